"""`zhibu say`: what a person of the sample does, and what everybody sees because of it."""

import json
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path

from bot.clock import BEIJING, Clock
from bot.operations.audience import Audience
from bot.operations.stage import Line, Message, Running, Stage
from bot.operations.trouble import Trouble

WHERE = frozenset({"group", "private", "press"})


def moment(words: str) -> datetime:
    """A moment as typed; Beijing's where no zone is given. Raises `Trouble`."""
    try:
        at = datetime.fromisoformat(words.strip())
    except ValueError:
        raise Trouble(f"“{words}” is no time; write it like 2026-03-10T09:00") from None
    return at if at.tzinfo else at.replace(tzinfo=BEIJING)


def lines(script: str) -> list[Line]:
    """The lines of a script: `2026-03-10T09:00 | 王秀英 | group | 签到`; the time may be left out, `#` is a comment. Raises `Trouble`."""
    found = []
    for number, written in enumerate(script.splitlines(), 1):
        if not written.strip() or written.lstrip().startswith("#"):
            continue
        parts = [part.strip() for part in written.split("|", 3)]
        if len(parts) > 2 and parts[1] in WHERE:
            parts = ["", *(part.strip() for part in written.split("|", 2))]
        if len(parts) != 4 or parts[2] not in WHERE:
            raise Trouble(f"line {number} of the script should read “TIME | NAME | group, private or press | TEXT”")
        found.append(Line(parts[1], parts[2], parts[3].replace("\\n", "\n"), moment(parts[0]) if parts[0] else None))
    return found


def read(path: Path) -> list[Line]:
    """The lines of a script file, `-` for standard input. Raises `Trouble`."""
    try:
        script = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Trouble(f"{path} cannot be read as text in UTF-8") from None
    found = lines(script)
    if not found:
        raise Trouble(f"{path} holds no line to say")
    return found


def line(who: str, where: str, text: str, at: datetime | None) -> Line:
    """One line. Raises `Trouble` for a place there is not."""
    if where not in WHERE:
        raise Trouble(f"--in is group or private, not “{where}”")
    return Line(who, where, text, at)


async def play(make: Callable[[Clock], Running], start: datetime, script: Sequence[Line]) -> AsyncIterator[list[Message]]:
    """Act a script out in this process; yields what is shown after each line."""
    stage = Stage(make, script[0].at or start)
    try:
        await stage.open()
        for number, each in enumerate(script):
            following = script[number + 1].at if number + 1 < len(script) else None
            yield await stage.play(each, following)
    finally:
        await stage.close()


async def tell(address: str, script: Sequence[Line]) -> AsyncIterator[list[Message]]:
    """Act a script out on the server that runs at an address, over its sockets. Raises `Trouble`."""
    if any(each.at is not None for each in script):
        raise Trouble("a running zhibu keeps its own time; stop it to use --at")
    if not address.startswith("http"):
        raise Trouble("another zhibu is using this database and serves no chat page; stop it first")
    from aiohttp import ClientError, ClientSession, WSServerHandshakeError  # noqa: PLC0415  what the play in this process does not need

    try:
        async with ClientSession() as session, AsyncExitStack() as stack:
            audience = Audience(address, lambda url: stack.enter_async_context(session.ws_connect(url)))
            await audience.gather()
            stack.callback(audience.leave)
            for each in script:
                yield await audience.say(each)
    except WSServerHandshakeError:
        raise Trouble("people can only be played on the sample, and the zhibu that is running does not serve it") from None
    except (ClientError, OSError, TimeoutError):
        raise Trouble(f"the zhibu at {address} does not answer") from None


def printed(message: Message, *, json_lines: bool, language: str) -> str:
    """A message as a JSON object, or as one reads it."""
    return json.dumps(message, ensure_ascii=False) if json_lines else readable(message, language)


def readable(message: Message, language: str) -> str:
    """A message as one reads it on a terminal."""
    group = message["chat"] == "group"
    words = {"zh": ("群", "私聊", "改", "标记"), "en": ("group", "private", "edited", "marked")}[language]
    head = words[0] if group else f"{words[1]} → {message['to'][language]}"
    note = f" ({words[2]})" if message["edited"] else ""
    text = message["text"][language].replace("\n", "\n    ")
    buttons = "".join(f" [{label[language]}]" for label in message["buttons"])
    marks = f" ({words[3]} {' '.join(message['reactions'])})" if message["reactions"] else ""
    return f"{head}{note} | {message['from'][language]}: {text}{buttons}{marks}"

"""`zhibu say`: what a person of the sample does, and what everybody sees because of it."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack
from datetime import datetime

from bot.clock import BEIJING, Clock
from bot.operations.audience import Audience
from bot.operations.opening import Trouble
from bot.operations.stage import Line, Message, Running, Stage

WHERE = frozenset({"group", "private", "press"})


def moment(words: str) -> datetime:
    """A moment as typed; Beijing's where no zone is given. Raises `Trouble`."""
    try:
        at = datetime.fromisoformat(words.strip())
    except ValueError:
        raise Trouble(f"“{words}” is no time; write it like 2026-03-10T09:00") from None
    return at if at.tzinfo else at.replace(tzinfo=BEIJING)


def lines(script: str) -> list[Line]:
    """The lines of a script: `2026-03-10T09:00 | 王秀英 | group | 签到`. The time may be left out, `#` begins a comment. Raises `Trouble`."""
    found = []
    for number, written in enumerate(script.splitlines(), 1):
        if not written.strip() or written.lstrip().startswith("#"):
            continue
        parts = [part.strip() for part in written.split("|", 3)]
        if len(parts) == 3:
            parts.insert(0, "")
        if len(parts) != 4 or parts[2] not in WHERE:
            raise Trouble(f"line {number} of the script should read “TIME | NAME | group, private or press | TEXT”")
        found.append(Line(parts[1], parts[2], parts[3].replace("\\n", "\n"), moment(parts[0]) if parts[0] else None))
    return found


async def play(make: Callable[[Clock], Running], start: datetime, script: Sequence[Line]) -> AsyncIterator[list[Message]]:
    """Act a script out in this process; yields what is shown after each line."""
    stage = Stage(make, script[0].at or start)
    try:
        await stage.open()
        for number, line in enumerate(script):
            following = script[number + 1].at if number + 1 < len(script) else None
            yield await stage.play(line, following)
    finally:
        await stage.close()


async def tell(address: str, script: Sequence[Line]) -> AsyncIterator[list[Message]]:
    """Act a script out on the server that runs at an address, over its sockets. Raises `Trouble`."""
    if any(line.at is not None for line in script):
        raise Trouble("a running zhibu keeps its own time; stop it to use --at")
    if not address.startswith("http"):
        raise Trouble("another zhibu is using this database and serves no chat page; stop it first")
    from aiohttp import ClientError, ClientSession, WSServerHandshakeError  # noqa: PLC0415  what the play in this process does not need

    try:
        async with ClientSession() as session, AsyncExitStack() as stack:
            audience = Audience(address, lambda url: stack.enter_async_context(session.ws_connect(url)))
            await audience.gather()
            for line in script:
                yield await audience.say(line)
    except WSServerHandshakeError:
        raise Trouble("people can only be played on the sample, and the zhibu that is running does not serve it") from None
    except (ClientError, OSError, TimeoutError):
        raise Trouble(f"the zhibu at {address} does not answer") from None


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

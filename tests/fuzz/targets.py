"""Every decoder and reader of outside text, each as a function of a source of chance; what may come of it is stated in the target."""

import importlib
import inspect
import json
import pkgutil
import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot import clock, discovery, language, reading
from bot.config import load
from bot.language.said import Setting
from bot.messages import Incoming
from bot.operations.docs import example
from bot.platforms import browser_frames
from bot.platforms.telegram.address import Self
from bot.platforms.telegram.decode import Decoder
from bot.platforms.typed import LONGEST
from bot.router import LONGEST as READ
from bot.rules import codes, lessons
from bot.sections.base import BadConfig
from tests.fuzz import hostile
from tests.lesson_folder import LONG, LONG_EN, TEXT

Target = Callable[[random.Random], None]
NOW = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
BESIDE: dict[str, tuple[Any, ...]] = {
    "today": (date(2026, 3, 10), date(2024, 2, 29), date(2026, 12, 31), date(2026, 1, 31)),
    "now": (NOW, datetime(2024, 2, 29, 15, 59, tzinfo=UTC)),
    "count": (0, 1, 3, 9, 99),
    "of_dues": (True, False),
    "pattern_of": ("A", "P", "B"),
    "setting": tuple(
        Setting(NOW.astimezone(clock.BEIJING), in_group, role, context)
        for in_group in (True, False)
        for role in ("member", "secretary", "stranger")
        for context in ("", "notice", "quiz", "ballot", "confirm_place")
    ),
    "addressed": (True, False, None),
}
"""What readers are told besides the text, by the name of the parameter."""
NO_READERS = {
    "enough",
    "checked",
    "yuan",
    "amount_in_words",
    "visible",
    "written",
    "title",
    "every",
    "place",
    "nearest",
    "of_kind",
    "positions",
    "readings",
}
"""Public functions of the language that read no text of a person: they are given what others have read."""


def readers() -> dict[str, Callable[..., Any]]:
    """Every public function of bot.language that reads what somebody typed, by module and name."""
    found = {}
    for module in pkgutil.iter_modules(language.__path__):
        loaded = importlib.import_module(f"bot.language.{module.name}")
        for name, function in vars(loaded).items():
            ours = inspect.isfunction(inspect.unwrap(function)) if callable(function) else False
            if (
                ours
                and function.__module__ == loaded.__name__
                and not name.startswith("_")
                and name not in NO_READERS
                and _takes_text(function)
            ):
                found[f"{module.name}.{name}"] = function
    return found


def _takes_text(function: Callable[..., Any]) -> bool:
    """Whether a text, and nothing that only a reader makes, is all that it has to be given."""
    needed = [each for each in inspect.signature(function).parameters.values() if each.default is each.empty and each.name not in BESIDE]
    return bool(needed) and all(each.annotation in {str, "str"} for each in needed)


def read(function: Callable[..., Any], words: str, chance: random.Random) -> Any:
    """What a reader makes of words; refusals that its docstring announces are answers, too."""
    values: dict[str, Any] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is not inspect.Parameter.VAR_POSITIONAL and (name in BESIDE or parameter.default is parameter.empty):
            values[name] = chance.choice(BESIDE[name]) if name in BESIDE else words if not values else hostile.text(chance)
    try:
        made = function(**values) if values else function(words, words)
        return list(made) if inspect.isgenerator(made) else made
    except Exception as refusal:
        if f"Raises `{type(refusal).__name__}`" not in (function.__doc__ or ""):
            raise
        return refusal


def language_target(function: Callable[..., Any]) -> Target:
    """A reader, as a target."""
    return lambda chance: read(function, hostile.text(chance), chance) and None


def _sound(event: Incoming) -> None:
    for words in (event.text, event.chat.title, event.sender.name, event.message_id, event.key, event.reply_to or ""):
        words.encode()
        assert "\0" not in words
        assert len(words) <= 3 * LONGEST
    assert event.at.tzinfo is not None
    if event.location:
        assert abs(event.location.latitude) <= 90
        assert abs(event.location.longitude) <= 180


_DECODER = Decoder("main", Self(7, "zhibu_bot"), lambda: NOW)


def telegram_update(chance: random.Random) -> None:
    """An update is decoded, or is none; what comes out can be stored."""
    update = hostile.broken(chance, chance.choice(hostile.UPDATES)) if chance.random() < 0.9 else hostile.value(chance)
    decoded = _DECODER.update(json.loads(json.dumps(update)) if chance.random() < 0.2 else update)
    for event in decoded.events if decoded else ():
        _sound(event)


def telegram_text(chance: random.Random) -> None:
    """A text with marks of every kind and place."""
    kinds = ("text_mention", "mention", "bot_command", "url", "pre", 5, None)
    marks = [
        {"type": chance.choice(kinds), "offset": chance.randint(-5, 40), "length": chance.randint(-5, 40), "user": {"id": 7}}
        for _ in range(chance.choice((0, 1, 2, 300)))
    ]
    heard = _DECODER.me.hear(hostile.text(chance).encode("utf-8", "replace").decode() + chance.choice(("", "@zhibu_bot", "/a@b")), marks)
    if heard:
        heard[0].encode()


def browser_frame(chance: random.Random) -> None:
    """A frame is decoded, or is none; what comes out can be stored."""
    draw = chance.random()
    if draw < 0.7:
        data = json.dumps(hostile.broken(chance, chance.choice(hostile.FRAMES)), ensure_ascii=chance.random() < 0.5)
    else:
        data = hostile.torn(chance, json.dumps(chance.choice(hostile.FRAMES)))
    frame = browser_frames.decode_frame(data)
    if frame is not None:
        browser_frames.nonce(frame).encode()
        for field in frame.values():
            assert len(str(field)) <= LONGEST
            assert "\0" not in str(field)
            str(field).encode()
        browser_frames.mention(str(frame.get("text", "")))


_REGISTRY = discovery.registry()
WHOLE = {f"commands: {each.__name__}": each for each in (_REGISTRY.called, _REGISTRY.grave)}
"""What goes over a text for every command at once."""


def commands(chance: random.Random) -> None:
    """Finding the command that a text calls or means."""
    words = hostile.text(chance)
    called = _REGISTRY.called(words[:LONGEST])
    _REGISTRY.grave((words * chance.choice((1, 1, 100)))[:LONGEST])
    if len(words) <= READ:
        reading.read(_REGISTRY, words, Setting(clock.parsed("2026-03-10T09:00"), in_group=chance.random() < 0.5))
        _REGISTRY.urgent(words, called, addressed=True)


def invite_code(chance: random.Random) -> None:
    """A code out of what was typed."""
    assert len(codes.typed(hostile.text(chance))) <= codes.LENGTH


_LESSON = TEXT.format(
    title="养猪",
    title_en="Pigs",
    topic="skills",
    series="种养门道",
    series_en="Farming",
    order=1,
    more="",
    body=LONG,
    body_en=LONG_EN,
)
_YAML = (
    "&a [*a]",
    "*a",
    "!!python/object/apply:os.system [id]",
    "? x",
    "<<: *a",
    "a: &b [" + "*b," * 50 + "]",
    "- - - -",
    "%TAG ! x",
    "|",
    "0o7",
)


def lesson(chance: random.Random) -> None:
    """A lesson is read, or every fault of it told; what is read can be stored."""
    words = hostile.torn(chance, _LESSON)
    if chance.random() < 0.3:
        words = words.replace("order: 1", f"order: {chance.choice(_YAML)}").replace("养猪", chance.choice(_YAML), 1)
    if chance.random() < 0.1:
        words = words.replace("养猪", chance.choice(('"\\0"', '"\\ud800"', '"\\u0007"')), 1)
    made = lessons.parse(words)
    if isinstance(made, lessons.LessonText):
        for field in (made.title, made.short, made.body, made.body_en, *(each for asked in made.questions for each in asked.options)):
            field.encode()
            assert "\0" not in field
    else:
        assert made
        assert all(fault.line >= 1 for fault in made)


_CONFIG = "\n".join(line.removeprefix("# ") if " = " in line else line for line in example().splitlines())


def config(chance: random.Random) -> None:
    """A configuration is read, or refused in one sentence."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        path.write_bytes(hostile.torn(chance, _CONFIG).encode("utf-8", "surrogatepass"))
        try:
            load(path)
        except BadConfig as refusal:
            said = str(refusal)
        else:
            said = "it is in order"
        assert "\n" not in said


DECODERS: dict[str, Target] = {
    "telegram: update": telegram_update,
    "telegram: text and marks": telegram_text,
    "browser: frame": browser_frame,
    "commands": commands,
    "invite code": invite_code,
    "lesson": lesson,
    "config.toml": config,
}

"""The text of a lesson: YAML front matter, the Chinese body, a line `<!-- en -->`, the English body. Read and checked, line by line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import yaml

from bot.patterns import Pattern

T = TypeVar("T")

TOPICS = ("party", "rights", "skills", "health", "hometown")
LONGEST_MINUTES = 3
A_MINUTE = 250
"""Chinese characters that are read aloud in a minute."""
TITLE, TITLE_EN, SHORT, SHORT_EN, SERIES, SERIES_EN = 20, 80, 200, 450, 16, 60
ASK, ASK_EN, WHY, WHY_EN = 60, 140, 120, 260
OPTION, OPTION_EN = 20, 45
"""Characters of an option: it is a button and a line on a phone."""
DIVIDER = "<!-- en -->"
LARGEST = 64 * 1024
PICTURES, RECORDINGS = (".png", ".jpg", ".jpeg"), (".mp3", ".ogg", ".m4a")
_UNFIT = Pattern("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
"""Signs that no text has and no database takes; quoted YAML can spell them, too."""
UNFIT = "there is a control character in it, which no text has"
_PLAIN = Pattern(r"[\w\-./]{1,160}")
_TWINS = ("title", "series", "source", "short")
_KEYS = frozenset(
    {*_TWINS, *(f"{name}_en" for name in _TWINS), "topic", "order", "date", "minutes", "picture", "audio", "questions"},
)
_QUESTION_KEYS = frozenset({"ask", "ask_en", "options", "options_en", "answer", "why", "why_en"})
_LETTERS = "ABCD"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a lesson, and in which line of its file."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class QuestionText:
    """A question of a lesson; `answer` is the index of the right option."""

    ask: str
    ask_en: str
    options: tuple[str, ...]
    options_en: tuple[str, ...]
    answer: int
    why: str
    why_en: str


@dataclass(frozen=True, slots=True)
class LessonText:
    """A sound lesson as its file says it. `day` is set for a lesson for one day; `position` is its place in the series."""

    title: str
    title_en: str
    topic: str
    series: str
    series_en: str
    position: int
    day: date | None
    minutes: int
    source: str
    source_en: str
    short: str
    short_en: str
    picture: str | None
    audio: str | None
    questions: tuple[QuestionText, ...]
    body: str
    body_en: str


LAST = 10_000
"""The position of a lesson that has a day and no order: after all others."""


def parse(text: str) -> LessonText | list[Fault]:
    """Read a lesson, or everything that is wrong with it."""
    lines = text.lstrip("\ufeff").splitlines()
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if not lines or lines[0].rstrip() != "---" or end is None:
        return [Fault(1, "there is no front matter: the file begins with a line --- and ends it with another")]
    if (unusable := _unusable(text, lines)) is not None:
        return [unusable]
    try:
        node = yaml.compose("\n".join(lines[1:end]), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        return [_broken(error)]
    except RecursionError:
        return [Fault(2, "the front matter is broken: it is nested too deeply")]
    if not isinstance(node, yaml.MappingNode):
        return [Fault(2, "the front matter is not a list of “name: value”")]
    faults: list[Fault] = []
    front = _Fields(node, _KEYS, faults)
    body, body_en = _bodies(lines, end, front, faults)
    made = _lesson(front, body, body_en)
    return sorted(faults, key=lambda each: each.line) if faults else made


def _unusable(text: str, lines: list[str]) -> Fault | None:
    unfit = next((number for number, line in enumerate(lines, 1) if _UNFIT.search(line)), None)
    if unfit is not None:
        return Fault(unfit, UNFIT)
    return Fault(1, f"the file is larger than {LARGEST // 1024} KiB") if len(text.encode()) > LARGEST else None


def _broken(error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    hint = "; put a value with “: ” or “#” in it into quotes" if "mapping" in problem else ""
    return Fault(mark.line + 2 if mark else 2, f"the front matter is broken: {problem}{hint}")


class _Fields:
    """The values of a mapping by name, each read once; what is wrong is noted with its line."""

    def __init__(self, node: yaml.MappingNode, known: frozenset[str], faults: list[Fault]) -> None:
        self.faults = faults
        self.line = node.start_mark.line + 2
        self._nodes: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 2
            if name not in known:
                self.fault(f"there is no “{name}”; there is {', '.join(sorted(known))}", line)
            elif name in self._nodes:
                self.fault(f"“{name}” is there twice", line)
            self._nodes[name] = value

    def fault(self, message: str, line: int | None = None) -> None:
        """Note what is wrong."""
        self.faults.append(Fault(self.line if line is None else line, message))

    def line_of(self, name: str) -> int:
        """The line of a value, or of the mapping where it is not there."""
        return self._nodes[name].start_mark.line + 2 if name in self._nodes else self.line

    def has(self, name: str) -> bool:
        """Whether there is something under a name."""
        node = self._nodes.get(name)
        return node is not None and not (isinstance(node, yaml.ScalarNode) and not node.value.strip())

    def words(self, name: str, longest: int | None = None) -> str:
        """A text that has to be there."""
        if not self.has(name):
            self.fault(f"there is no {name}", self.line_of(name))
            return ""
        node = self._nodes[name]
        if not isinstance(node, yaml.ScalarNode):
            self.fault(f"{name} is not a text", self.line_of(name))
            return ""
        said = " ".join(str(node.value).split())
        if _UNFIT.search(said):
            self.fault(f"{name}: {UNFIT}", self.line_of(name))
            return ""
        if longest is not None and len(said) > longest:
            self.fault(f"{name} has {len(said)} characters, {longest} at most", self.line_of(name))
        return said

    def read(self, name: str, reader: Callable[[str], T], usual: T, wanted: str) -> T:
        """A value of a kind, or the usual one where there is none."""
        said = self.words(name)
        try:
            return reader(said) if said else usual
        except ValueError:
            self.fault(f"{name} is “{said}”; it should be {wanted}", self.line_of(name))
            return usual

    def listed(self, name: str) -> list[yaml.Node]:
        """The items of a list that has to be there."""
        node = self._nodes.get(name)
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self.fault(f"there are no {name}", self.line_of(name))
            return []
        return list(node.value)


def _lesson(front: _Fields, body: str, body_en: str) -> LessonText:
    if not front.has("order") and not front.has("date"):
        front.fault("there is no order and no date")
    return LessonText(
        title=front.words("title", TITLE),
        title_en=front.words("title_en", TITLE_EN),
        topic=front.read("topic", _topic, "", f"one of {', '.join(TOPICS)}"),
        series=front.words("series", SERIES),
        series_en=front.words("series_en", SERIES_EN),
        position=front.read("order", _position, LAST, "a number from 1 to 999") if front.has("order") else LAST,
        day=front.read("date", date.fromisoformat, None, "a day like 2026-07-01") if front.has("date") else None,
        minutes=front.read("minutes", _minutes, 1, f"a number from 1 to {LONGEST_MINUTES}"),
        source=front.words("source", 160),
        source_en=front.words("source_en", 320),
        short=front.words("short", SHORT),
        short_en=front.words("short_en", SHORT_EN),
        picture=_path(front, "picture", PICTURES),
        audio=_path(front, "audio", RECORDINGS),
        questions=tuple(_question(node, front.faults) for node in front.listed("questions")),
        body=body,
        body_en=body_en,
    )


def _topic(said: str) -> str:
    return TOPICS[TOPICS.index(said)]


def _position(said: str) -> int:
    number = int(said)
    if not 1 <= number < 1000:
        raise ValueError(said)
    return number


def _minutes(said: str) -> int:
    number = int(said)
    if not 1 <= number <= LONGEST_MINUTES:
        raise ValueError(said)
    return number


def _path(front: _Fields, name: str, endings: tuple[str, ...]) -> str | None:
    """A path relative to the lesson's file; it may not climb out of the library."""
    if not front.has(name):
        return None
    said = front.words(name)
    if not _PLAIN.fullmatch(said) or said.startswith("/") or said.count("..") > 1 or not said.lower().endswith(endings):
        front.fault(f"{name} is “{said}”; it should be a file beside the lessons ending in {' or '.join(endings)}", front.line_of(name))
        return None
    return said


def _question(node: yaml.Node, faults: list[Fault]) -> QuestionText:
    if not isinstance(node, yaml.MappingNode):
        faults.append(Fault(node.start_mark.line + 2, "a question is not a list of “name: value”"))
        return QuestionText("", "", (), (), 0, "", "")
    asked = _Fields(node, _QUESTION_KEYS, faults)
    options, options_en = _options(asked, "options"), _options(asked, "options_en")
    if len(options) != len(options_en):
        asked.fault(f"there are {len(options)} options and {len(options_en)} options_en", asked.line_of("options_en"))
    letters = _LETTERS[: len(options)]
    answer = asked.read("answer", lambda said: list(letters).index(said.upper()), 0, f"a letter from A to {letters[-1:] or 'D'}")
    return QuestionText(
        asked.words("ask", ASK),
        asked.words("ask_en", ASK_EN),
        options,
        options_en,
        answer,
        asked.words("why", WHY),
        asked.words("why_en", WHY_EN),
    )


def _options(asked: _Fields, name: str) -> tuple[str, ...]:
    found = asked.listed(name)
    options = tuple(" ".join(str(each.value).split()) if isinstance(each, yaml.ScalarNode) else "" for each in found)
    line = asked.line_of(name)
    if found and not 2 <= len(options) <= len(_LETTERS):
        asked.fault(f"{name} are {len(options)}; 2 to {len(_LETTERS)} can be asked", line)
    if any(_UNFIT.search(each) for each in options):
        asked.fault(f"{name}: {UNFIT}", line)
    if found and not all(options):
        asked.fault(f"one of the {name} is no text", line)
    if len({each.casefold() for each in options}) < len(options):
        asked.fault(f"two of the {name} are the same", line)
    longest = OPTION if name == "options" else OPTION_EN
    if any(len(each) > longest for each in options):
        asked.fault(f"one of the {name} has more than {longest} characters", line)
    return options


def _bodies(lines: list[str], end: int, front: _Fields, faults: list[Fault]) -> tuple[str, str]:
    rest = lines[end + 1 :]
    divider = next((number for number, line in enumerate(rest) if line.strip() == DIVIDER), None)
    body = _body(rest if divider is None else rest[:divider])
    body_en = "" if divider is None else _body(rest[divider + 1 :])
    if not body:
        faults.append(Fault(end + 2, "there is no body"))
    if not body_en:
        faults.append(Fault(len(lines), f"there is no English body after a line {DIVIDER}"))
    minutes = front.words("minutes") if front.has("minutes") else ""
    room = A_MINUTE * (int(minutes) if minutes in {"1", "2", "3"} else LONGEST_MINUTES)
    if len(body) > room:
        faults.append(Fault(end + 2, f"the body has {len(body)} characters; {room} can be read in its minutes ({A_MINUTE} a minute)"))
    return body, body_en


def _body(lines: list[str]) -> str:
    """Paragraphs with one line break between them: a phone shows that well enough."""
    return "\n".join(each for line in lines if (each := line.strip()))

"""Reading the folder of lessons. This touches the disk: it is never called inside a transaction."""

import hashlib
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.language import lesson_words
from bot.patterns import Pattern
from bot.rules import lessons
from bot.rules.lessons import Fault, LessonText
from bot.texts import Text

PICTURE_FOLDER = "pictures"
"""Pictures for 画说家乡, picked by name."""
LARGEST_FILE = 1024 * 1024
"""Bytes of a picture or a recording: more is no low-signal lesson."""
TOPICS = {
    "party": Text("党章党史", "Party rules and history"),
    "rights": Text("打工维权", "rights at work"),
    "skills": Text("实用手艺", "practical skills"),
    "health": Text("健康", "health"),
    "hometown": Text("家乡的事", "home-town matters"),
}
_ID = Pattern(r"[a-z0-9][a-z0-9-]{0,59}")
_BESIDE = Path(__file__).parent.parent
_FORMAT = "1"
"""Changes when the same files are to be read anew by a newer program."""


@dataclass(frozen=True, slots=True)
class FileFault:
    """Something wrong in a file of the folder."""

    path: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Shelved:
    """A sound lesson, with its words as they are searched: normalising takes longer than writing."""

    text: LessonText
    words: str

    @property
    def heading(self) -> str:
        """What it is known by, as that is searched; made when it is taken over, which is seldom, for it needs large dictionaries."""
        text, topic = self.text, TOPICS[self.text.topic]
        return lesson_words.heading(text.title, text.title_en, text.series, text.series_en, topic.zh, topic.en)


_MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Folder:
    """What the folder of lessons holds: sound lessons by id, ids of broken ones, pictures and recordings by name.

    `readable` is false where there is no folder, so that nothing is concluded from it.
    """

    fingerprint: str
    readable: bool = True
    lessons: Mapping[str, Shelved] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    files: Mapping[str, bytes] = field(default_factory=dict)
    faults: tuple[FileFault, ...] = ()

    @property
    def mark(self) -> str:
        """What is kept in the database of what it held. Faults are read again after a start, since not everybody may have heard of them."""
        return f"{self.fingerprint}!" if self.faults else self.fingerprint


def taken_over(mark: str) -> Folder:
    """A folder of which only the mark is known, and nothing is concluded; as `previous` it spares reading the same files again."""
    return Folder(mark, readable=False)


def found(setting: str) -> Path:
    """The folder that a setting means: as it stands, seen from the working directory; else the one that comes with the program."""
    chosen = Path(setting).expanduser()
    shipped = (_BESIDE.parent / chosen, _BESIDE / chosen)
    return next((each for each in (chosen, *shipped) if each.is_dir()), chosen)


def read(setting: str, previous: Folder | None = None) -> Folder | None:
    """What the folder holds; `previous` itself while no file has changed. None where no library is wanted (an empty setting)."""
    if not setting:
        return None
    root = found(setting)
    if not root.is_dir():
        missing = FileFault(setting, 1, "there is no such folder")
        return (
            previous if previous is not None and previous.fingerprint == _MISSING else Folder(_MISSING, readable=False, faults=(missing,))
        )
    paths = sorted(path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))
    fingerprint = _fingerprint(root, paths)
    if previous is not None and previous.fingerprint == fingerprint:
        return previous
    return _read(root, paths, fingerprint)


def _fingerprint(root: Path, paths: list[Path]) -> str:
    digest = hashlib.sha256(_FORMAT.encode())
    for path in paths:
        about = path.stat()
        digest.update(f"{path.relative_to(root).as_posix()}\0{about.st_mtime_ns}\0{about.st_size}\n".encode())
    return digest.hexdigest()


def _read(root: Path, paths: list[Path], fingerprint: str) -> Folder:
    sound: dict[str, Shelved] = {}
    faults: list[FileFault] = []
    broken: set[str] = set()
    files = {f"{PICTURE_FOLDER}/{path.name}": path for path in paths if _is_picture(root, path)}
    seen: dict[str, str] = {}
    for path in paths:
        name = path.relative_to(root).as_posix()
        if path.suffix != ".md" or path.name == "README.md":
            continue
        wrong = _placed(name, path, seen)
        made = lessons.parse(text) if (text := _text(path)) is not None else [Fault(1, "it is not a text in UTF-8")]
        if isinstance(made, LessonText):
            wrong += _beside(root, path, made, files)
        else:
            wrong += made
        if wrong or not isinstance(made, LessonText):
            faults += [FileFault(name, each.line, each.message) for each in wrong]
            broken.add(path.stem)
        else:
            sound[path.stem] = shelved(_with_names(root, path, made))
        seen.setdefault(path.stem, name)
    contents = {name: path.read_bytes() for name, path in files.items() if path.stat().st_size <= LARGEST_FILE}
    faults += [_too_large(name) for name in files if name not in contents]
    return Folder(fingerprint, lessons=sound, broken=frozenset(broken - set(sound)), files=contents, faults=tuple(faults))


def shelved(text: LessonText) -> Shelved:
    """A lesson ready to be searched."""
    asked = [f"{each.ask}\n{each.ask_en}" for each in text.questions]
    words = "\n".join(map(lesson_words.plain, [text.body, text.short, text.body_en, text.short_en, *asked]))
    return Shelved(text, words)


def _is_picture(root: Path, path: Path) -> bool:
    return path.parent == root / PICTURE_FOLDER and path.suffix.lower() in lessons.PICTURES


def _too_large(name: str) -> FileFault:
    return FileFault(name, 1, f"the file is larger than {LARGEST_FILE // 1024} KiB")


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _placed(name: str, path: Path, seen: Mapping[str, str]) -> list[Fault]:
    wrong = []
    if not _ID.fullmatch(path.stem):
        wrong.append(Fault(1, "the file's name should be of a-z, 0-9 and -, at most 60 of them"))
    if path.stem in seen:
        wrong.append(Fault(1, f"there is a lesson of this name: {seen[path.stem]}"))
    return wrong


def _beside(root: Path, path: Path, made: LessonText, files: dict[str, Path]) -> list[Fault]:
    """The picture and the recording that a lesson names; they are added to `files`."""
    wrong = []
    if path.parent != root / made.topic:
        wrong.append(Fault(1, f"a lesson of the topic {made.topic} belongs into the folder {made.topic}"))
    for kind, said in (("picture", made.picture), ("audio", made.audio)):
        name = _name(root, path, said)
        if name is None:
            continue
        if name.startswith("..") or not (root / name).is_file():
            wrong.append(Fault(1, f"there is no {kind} file {said}"))
        else:
            files[name] = root / name
    return wrong


def _name(root: Path, path: Path, said: str | None) -> str | None:
    return posixpath.normpath(f"{path.parent.relative_to(root).as_posix()}/{said}") if said else None


def _with_names(root: Path, path: Path, made: LessonText) -> LessonText:
    values = {name: getattr(made, name) for name in LessonText.__dataclass_fields__}
    return LessonText(**{**values, "picture": _name(root, path, made.picture), "audio": _name(root, path, made.audio)})

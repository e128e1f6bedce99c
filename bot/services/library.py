"""The lesson library: taking over what the folder says, finding lessons, and how a lesson looks on a phone."""

import hashlib
import math
from collections.abc import Collection, Sequence
from dataclasses import asdict

import structlog

from bot.language import lesson_words
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.services import lesson_files, posting
from bot.services.lesson_files import FileFault, Folder, Shelved
from bot.texts import LIMIT, Language, Text, cut
from storage.keys import BranchId
from storage.lessons import FINGERPRINT, Heading, Lesson
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

TOPICS = lesson_files.TOPICS
HEADING = Text("【三分钟党课】", "[Three-minute lesson] ")
FAULTS = Text(
    "课程文件有 {count} 处要改，改好前用原来的那一版：\n{lines}\n在服务器上用 zhibu lessons check 能看全。",
    "{count} faults in the lesson files; until they are mended the old version stays:\n{lines}\nzhibu lessons check shows them all.",
)
_FAULT = Text("{path}:{line} {message}", "{path}:{line} {message}")
_FAULTS = "lesson_faults"
_SHOWN_FAULTS = 1
_FAULT_ROOM = 70
MOST = 8
"""How many finds are shown."""


async def known(work: UnitOfWork) -> Folder | None:
    """The folder as it was taken over last, without what it holds."""
    mark = await work.settings.get(FINGERPRINT)
    return lesson_files.taken_over(mark) if mark else None


async def where_new(work: UnitOfWork, folder: Folder | None, branches: Collection[BranchId]) -> set[BranchId]:
    """One branch, if the folder holds what is news; and those whose curators have not heard of its faults."""
    if folder is None or not branches:
        return set()
    named: set[BranchId] = set()
    if folder.readable and await work.settings.get(FINGERPRINT) != folder.mark:
        named.add(min(branches))
    if folder.faults:
        said = _said(folder.faults)
        heard = set(await work.job_runs.ran((_FAULTS, f"{each}:{said}") for each in branches))
        named |= {each for each in branches if (_FAULTS, f"{each}:{said}") not in heard}
    return named


def _said(faults: Sequence[FileFault]) -> str:
    return hashlib.sha256(repr(faults).encode()).hexdigest()[:16]


async def reload(work: UnitOfWork, actor: Actor, folder: Folder | None) -> bool:
    """Take over what the folder holds, if that is news; a broken file leaves its old version in place. Tells the curators, once."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    if folder is None:
        return False
    await _tell_faults(work, folder.faults)
    if not folder.readable or await work.settings.get(FINGERPRINT) == folder.mark:
        return False
    for lesson_id, shelved in folder.lessons.items():
        put(work, lesson_id, shelved)
    await work.lessons.remove_others([*folder.lessons, *folder.broken])
    await work.lessons.put_files(folder.files, await _files_of(work, folder.broken))
    work.settings.put(FINGERPRINT, folder.mark)
    log.debug("lessons read", lessons=len(folder.lessons), broken=len(folder.broken))
    return True


async def _files_of(work: UnitOfWork, ids: frozenset[str]) -> list[str]:
    named = [(each.content.get("picture"), each.content.get("audio")) for each in (await work.lessons.many(ids)).values()]
    return [name for pair in named for name in pair if name]


def put(work: UnitOfWork, lesson_id: str, shelved: Shelved) -> None:
    """Keep a lesson as its file says it, with what is searched."""
    values = asdict(shelved.text)
    head = {name: values.pop(name) for name in Heading.__dataclass_fields__ if name != "id"}
    work.lessons.put(Lesson(id=lesson_id, **head, content=values), heading=shelved.heading, words=shelved.words)


async def _tell_faults(work: UnitOfWork, faults: Sequence[FileFault]) -> None:
    """To the log and the curators of this branch; the same faults once."""
    if not faults:
        return
    if not await work.job_runs.begin(_FAULTS, f"{work.branch_id}:{_said(faults)}"):
        return
    for each in faults:
        log.warning("a lesson cannot be used", path=each.path, line=each.line, fault=each.message)
    shown = [_FAULT(path=each.path, line=each.line, message=each.message[:_FAULT_ROOM]) for each in faults[:_SHOWN_FAULTS]]
    text = FAULTS(count=len(faults), lines=Text.join(shown))
    await to_curators(work, Outgoing(text))


async def to_curators(work: UnitOfWork, outgoing: Outgoing, *, priority: Priority = Priority.NOTICE) -> None:
    """Say something in private to the curators; where there is none, to the secretaries."""
    role = Role.CURATOR if await work.members.holding(Role.CURATOR.value) else Role.SECRETARY
    await posting.to_role(work, role.value, outgoing, priority=priority)


async def search(work: UnitOfWork, actor: Actor, query: str) -> list[Heading]:
    """Lessons about something, the best first; none where the query names nothing."""
    require(actor, Permission.STUDY, Subject(work.branch_id, actor.member))
    weights = lesson_words.terms(query)
    return [found for found, score in await work.lessons.found(weights, MOST) if lesson_words.enough(weights, score)]


def title(heading: Heading) -> Text:
    """A lesson's title."""
    return Text(heading.title, heading.title_en)


def short(lesson: Lesson) -> Text:
    """A lesson in one message."""
    return Text(lesson.content["short"], lesson.content["short_en"])


def source(lesson: Lesson) -> Text:
    """What a lesson rests on."""
    return Text("出处：", "Source: ") + Text(lesson.content["source"], lesson.content["source_en"])


_FOOT = 24
"""Characters kept free on a page, for “第 2/5 页”."""
_PAGE = Text("（{page}/{pages}）", " ({page}/{pages})")


def pages(lesson: Lesson) -> list[Text]:
    """A lesson page by page: the heading on the first, the source at the end, as many pages in both languages."""
    head = HEADING + title(lesson)
    words = {
        Language.ZH: f"{lesson.content['body']}\n{source(lesson).zh}",
        Language.EN: f"{lesson.content['body_en']}\n{source(lesson).en}",
    }
    rooms = {each: LIMIT[each] - len(head.to(each)) - _FOOT for each in Language}
    count = max(len(cut(words[each], rooms[each])) for each in Language)
    spread: dict[Language, list[str]] = {}
    while len(spread) < len(rooms):
        spread = {each: parts for each in Language if (parts := _spread(words[each], count, rooms[each])) is not None}
        count += 1
    made = [Text(*both) for both in zip(spread[Language.ZH], spread[Language.EN], strict=True)]
    heads = [head + Text.plain("\n"), *[Text("", "")] * (len(made) - 1)]
    if len(made) == 1:
        return [heads[0] + made[0]]
    return [top + page + _PAGE(page=number, pages=len(made)) for number, (top, page) in enumerate(zip(heads, made, strict=True), 1)]


def _spread(words: str, count: int, room: int) -> list[str] | None:
    """Words in exactly `count` parts of about the same length; None if they do not fit."""
    parts: list[str] = []
    for left in range(count, 1, -1):
        fair = math.ceil(len(words) / left)
        part = cut(words, max(1, min(room, fair + fair // 5 + 8, len(words) - left)))[0]
        parts.append(part)
        words = words[len(part) :].strip()
    parts.append(words)
    return parts if all(0 < len(part) <= room for part in parts) else None

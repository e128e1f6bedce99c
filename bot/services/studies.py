"""Reading lessons: page by page, taken up again where one stopped, marked as done. What somebody reads is shown to nobody else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.clock import beijing_day
from bot.errors import UserError
from bot.permissions import Actor, Permission, Subject, require
from bot.services import library, posting
from bot.services.asking import Ask, Choice
from bot.texts import Text
from storage import tombstones
from storage.keys import MemberId
from storage.lessons import Lesson
from storage.studies import Seen
from storage.unit_of_work import UnitOfWork

DONE = "lesson_done"
"""The kind of the question under 学完了, in the group and in private; its data holds `lesson`."""
NEXT = "lesson_next"
READING = timedelta(days=3)
DONE_CHOICE = Choice(Text("学完了", "done"), ("学完", "看完了", "读完了", "学过了", "done"))
NEXT_CHOICE = Choice(Text("下一页", "next page"), ("下一页", "更多", "往下", "继续", "more", "next"))
SHORT_CHOICE = Choice(Text("省流量版", "short version"), ("短一点", "短点", "省流量", "short"))
AUDIO_KINDS = {"mp3": "audio/mpeg", "ogg": "audio/ogg", "m4a": "audio/mp4"}
GONE = Text("这一课不在课程库里了。发“课程”看现在有哪些。", "That lesson is no longer in the library. “lessons” shows what there is.")
_READ = Text("{title}（{day}{done}）", "{title} ({day}{done})")
_THROUGH = Text("，学完了", ", done")


async def lesson_of(work: UnitOfWork, lesson_id: str) -> Lesson:
    """A lesson by id. Raises `UserError` where there is none any more."""
    found = await work.lessons.get(lesson_id)
    if found is None:
        raise UserError(GONE)
    return found


def reader(work: UnitOfWork, actor: Actor) -> MemberId:
    """The member who studies. Raises `NotAllowed`."""
    require(actor, Permission.STUDY, Subject(work.branch_id, actor.member))
    if actor.member is None:
        raise LookupError("only a member studies")
    return actor.member


async def page(work: UnitOfWork, actor: Actor, lesson_id: str, number: int = 0) -> Ask:
    """A page of a lesson (0 is the first), noted as read by who asks; below the last one stands 学完了.

    For a weak signal it is the short version instead.
    """
    member, lesson = reader(work, actor), await lesson_of(work, lesson_id)
    known = await work.members.get(member)
    if number == 0 and known is not None and posting.text_only(known):
        return await short(work, actor, lesson_id)
    pages = library.pages(lesson)
    number = min(number, len(pages) - 1)
    await _note(work, member, lesson_id, number + 1)
    picture = await work.lessons.file(lesson.content["picture"]) if number == 0 and lesson.content["picture"] else None
    if number + 1 == len(pages):
        return Ask(DONE, pages[number], (DONE_CHOICE,), READING, {"lesson": lesson_id}, picture=picture)
    data = {"lesson": lesson_id, "page": number + 1}
    return Ask(NEXT, pages[number], (NEXT_CHOICE, SHORT_CHOICE), READING, data, picture=picture)


async def short(work: UnitOfWork, actor: Actor, lesson_id: str) -> Ask:
    """A lesson in one message, for a weak signal; that counts as read."""
    member, lesson = reader(work, actor), await lesson_of(work, lesson_id)
    await _note(work, member, lesson_id, 0)
    return Ask(DONE, library.short(lesson), (DONE_CHOICE,), READING, {"lesson": lesson_id})


async def _note(work: UnitOfWork, member: MemberId, lesson_id: str, pages: int) -> None:
    before = await work.studies.seen(member, lesson_id) or Seen(lesson_id, work.now, None, 0)
    work.studies.mark(member, replace(before, seen_at=work.now, page=pages or before.page))


async def done(work: UnitOfWork, actor: Actor, lesson_id: str) -> bool:
    """Note that who asks is through with a lesson; False if that was known."""
    member = reader(work, actor)
    await lesson_of(work, lesson_id)
    before = await work.studies.seen(member, lesson_id)
    if before is not None and before.done_at is not None:
        return False
    work.studies.mark(member, replace(before or Seen(lesson_id, work.now, None, 0), seen_at=work.now, done_at=work.now))
    work.deeds.add(member, DONE, {"lesson": lesson_id, "seen": before is not None})
    return True


async def undo_done(work: UnitOfWork, actor: Actor, lesson_id: str, *, seen: bool) -> None:
    """Take that back."""
    member = reader(work, actor)
    before = await work.studies.seen(member, lesson_id)
    if before is not None and seen:
        work.studies.mark(member, replace(before, done_at=None))
    elif before is not None:
        work.studies.unmark(member, lesson_id)


async def half_read(work: UnitOfWork, actor: Actor) -> Seen | None:
    """The lesson that who asks began last and has not come to the end of."""
    begun = [each for each in await work.studies.seen_by(reader(work, actor)) if each.done_at is None and each.page]
    known = await work.lessons.many([each.lesson_id for each in begun])
    left = (each for each in begun if each.lesson_id in known and each.page < len(library.pages(known[each.lesson_id])))
    return next(left, None)


async def at_hand(work: UnitOfWork, actor: Actor) -> Lesson | None:
    """The lesson that who asks read in last."""
    seen = await work.studies.seen_by(reader(work, actor))
    return await work.lessons.get(seen[0].lesson_id) if seen else None


async def recording(work: UnitOfWork, actor: Actor, lesson: Lesson) -> tuple[str, bytes, str]:
    """The name, content and kind of a lesson's recording, which counts as read; no content where there is none."""
    member, name = reader(work, actor), str(lesson.content["audio"] or "")
    content = await work.lessons.file(name) if name else None
    if content is None:
        return "", b"", ""
    await _note(work, member, lesson.id, 0)
    ending = name.rpartition(".")[2].lower()
    return f"{lesson.id}.{ending}", content, AUDIO_KINDS[ending]


async def forget(work: UnitOfWork, actor: Actor) -> int:
    """Delete everything that who asks has read; answers how many lessons that were."""
    member = reader(work, actor)
    for each in await work.deeds.of(member):
        if each.kind == DONE:
            work.deeds.remove(each)
    work.tombstones.add([member], tombstones.STUDY)
    return await work.studies.forget(member)


async def mine(work: UnitOfWork, actor: Actor) -> Sequence[Text]:
    """What who asks has read, the latest first."""
    member = reader(work, actor)
    seen = await work.studies.seen_by(member)
    known = await work.lessons.many([each.lesson_id for each in seen])
    return [
        _READ(
            title=library.title(known[each.lesson_id]),
            day=beijing_day(each.seen_at).isoformat(),
            done=_THROUGH if each.done_at else Text("", ""),
        )
        for each in seen
        if each.lesson_id in known
    ]

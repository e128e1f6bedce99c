"""How the lessons are received: counts for the curator, never a name, and no number so small that it tells of a person."""

from datetime import timedelta

from bot.permissions import Actor, Permission, Subject, require
from bot.rules.training import FEW
from bot.services import library
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

SINCE = timedelta(days=30)
_LINE = Text("《{title}》看过 {seen}，学完 {done}", "“{title}”: read by {seen}, finished by {done}")
_UNREAD = Text("《{title}》看过 不足 {few} 人", "“{title}”: read by fewer than {few}")
_PEOPLE, _FEW = Text("{count} 人", "{count}"), Text("不足 {few} 人", "fewer than {few}")


async def counts(work: UnitOfWork, actor: Actor) -> list[Text]:
    """A line for every lesson of the last month, the one read last first."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    counted = await work.study_times.lesson_counts(work.now - SINCE)
    known = await work.lessons.many([each.lesson_id for each in counted])
    return [_line(library.title(known[each.lesson_id]), each.seen, each.done) for each in counted if each.lesson_id in known]


def _line(title: Text, seen: int, done: int) -> Text:
    """Where few have read a lesson, no more have finished it."""
    return _LINE(title=title, seen=_people(seen), done=_people(done)) if seen >= FEW else _UNREAD(title=title, few=FEW)


def _people(count: int) -> Text:
    return _PEOPLE(count=count) if count >= FEW else _FEW(few=FEW)

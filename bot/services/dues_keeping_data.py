"""What is held about a member's dues beside amounts and claims: reminders, and where they pay."""

from bot.clock import beijing_day
from bot.permissions import Actor, Permission, Subject, require
from bot.services.dues_words import told
from bot.texts import Text
from storage.dues_elsewhere import Elsewhere
from storage.unit_of_work import UnitOfWork

_STOPPED = Text("{day} 起不再提醒党费", "no reminders of dues since {day}")
_REMINDED = Text("最近一次提醒党费：{month}", "last reminded of dues in {month}")
_ROW = Text("有几个月没交，书记知道：{month} 起", "some months are open and the secretary knows: from {month}")
_OPEN = Text("{since} 起在外地交党费", "pays dues elsewhere from {since} on")
_CLOSED = Text("{months}在外地交党费", "paid dues elsewhere for {months}")


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What is held, line by line; nothing for nothing."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        return []
    noted = await work.dues_reminding.of(actor.member)
    told_of = [
        _STOPPED(day=beijing_day(noted.stopped_at).isoformat()) if noted.stopped_at else None,
        _REMINDED(month=noted.reminded_in) if noted.reminded_in else None,
        _ROW(month=noted.run_since) if noted.run_since else None,
    ]
    elsewhere = [_elsewhere(work, each) for each in await work.dues_elsewhere.of(actor.member)]
    return [each for each in told_of if each is not None] + elsewhere


def _elsewhere(work: UnitOfWork, each: Elsewhere) -> Text:
    if each.until is None:
        return _OPEN(since=each.since)
    months = [each.since, each.until] if each.since != each.until else [each.since]
    return _CLOSED(months=told(months, beijing_day(work.now)) if len(months) == 1 else Text.plain("–".join(months)))

"""谁看过我的资料: what the trail says about a member, for that member alone. Jobs of the program are nobody, so they are not listed."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.clock import beijing_day
from bot.permissions import Actor, ActorKind, Permission, Role, Subject, require
from bot.services import people, privacy, trail
from bot.services.trail import KIND_NAMES, Deed, Kind
from bot.texts import Text
from storage.keys import MemberId
from storage.trail import Step
from storage.unit_of_work import UnitOfWork

SHOWN = timedelta(days=90)
"""What is told day by day; of before that the export tells the sums."""
_DEEDS = {
    Deed.SAW: Text("看了", "saw"),
    Deed.CHANGED: Text("改了", "changed"),
    Deed.EXPORTED: Text("导出了", "exported"),
    Deed.ERASED: Text("删除了", "erased"),
}
_LINE = Text("{day} {who}{deed}：{kinds}", "{day}, {who} {deed}: {kinds}")
_SUM = Text("{who}{deed}{kind}：{days} 天，最近 {day}", "{who} {deed} {kind}: on {days} days, last {day}")
_ROLES = Text("（{roles}）", " ({roles})")
_LEFT = Text("一位已离开的同志", "somebody who has left")
_OPERATOR = Text("管理员", "the operator")


async def by_day(work: UnitOfWork, actor: Actor, platform: str) -> list[Text]:
    """Who saw or changed what of the actor's data in the last days: a line for each day, person and deed, the newest first."""
    found = await _others(work, actor, work.now - SHOWN)
    names = await _names(work, platform, found)
    kinds: dict[tuple[date, MemberId | None, str], dict[str, None]] = {}
    for each in found:
        kinds.setdefault((beijing_day(each.at), each.actor_id, each.deed), {})[each.kind] = None
    return [
        _LINE(day=day.isoformat(), who=names[who], deed=_DEEDS[Deed(deed)], kinds=Text.join(map(_kind, those), "、", ", "))
        for (day, who, deed), those in kinds.items()
    ]


async def in_sum(work: UnitOfWork, actor: Actor, platform: str) -> list[Text]:
    """The same of three years: a line for each person, deed and kind, with the number of days and the last of them."""
    found = await _others(work, actor, work.now - trail.KEPT)
    names = await _names(work, platform, found)
    days: dict[tuple[MemberId | None, str, str], dict[date, None]] = {}
    for each in found:
        days.setdefault((each.actor_id, each.deed, each.kind), {})[beijing_day(each.at)] = None
    return [
        _SUM(who=names[who], deed=_DEEDS[Deed(deed)], kind=_kind(kind), days=len(those), day=next(iter(those)).isoformat())
        for (who, deed, kind), those in days.items()
    ]


async def _others(work: UnitOfWork, actor: Actor, since: datetime) -> list[Step]:
    """What others did, the newest first."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        return []
    found = await work.trail.about(actor.member, since)
    return [each for each in found if each.acted != ActorKind.JOB and each.actor_id != actor.member]


async def _names(work: UnitOfWork, platform: str, found: Iterable[Step]) -> dict[MemberId | None, Text]:
    """Who did it: as they may be named on a platform, with their present roles; without a name who is here no more."""
    ids = list(dict.fromkeys(each.actor_id for each in found if each.actor_id is not None))
    await work.members.prefetch(ids)
    known = [member for each in ids if (member := await work.members.get(each)) is not None and member.removed_at is None]
    shown, _ = await privacy.shown(work, platform, known)
    named = {each.id for each in shown}
    told: dict[MemberId | None, Text] = {None: _OPERATOR, **dict.fromkeys(ids, _LEFT)}
    for member in known:
        told[member.id] = people.person(member) + _offices(people.roles_of(member)) if member.id in named else people.titles(member)
    return told


def _offices(roles: Iterable[Role]) -> Text:
    """What somebody is in the branch, in brackets."""
    return _ROLES(roles=people.named_roles(frozenset(roles)))


def _kind(kind: str) -> Text:
    return KIND_NAMES[Kind(kind)]

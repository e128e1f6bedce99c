"""docs/privacy-table.md, cell by cell: each role asks the service that shows a kind of data, in its own branch and in another."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.messages import Outgoing
from bot.operations import privacy_table
from bot.operations.privacy_table import KINDS, ROLES, Data, Sight, sight
from bot.permissions import Actor, ActorKind, NotAllowed, Role
from bot.services import (
    aid_verify,
    check_ins,
    distribution,
    dues_arrears,
    dues_reductions,
    dues_table,
    emergencies,
    liaison_board,
    notice_reading,
    pairing,
    pledge_receipts,
    posting,
    reflections,
    register_view,
    seeking,
    trail_view,
    undelivered,
    units,
)
from bot.texts import Language, Text
from storage.keys import BranchId, MemberId
from storage.unit_of_work import UnitOfWork
from tests.appeals import asked
from tests.dialogue import Dialogue
from tests.dues_branch import assess
from tests.handlers.test_units import TOWN, grown, organises

WHO = "周海"
"""The member whose data somebody else would see."""
LOST = "郑远"
"""A member without an account."""
Probe = Callable[[UnitOfWork, Actor, MemberId], Awaitable[Any]]
PROBES: dict[str, Probe] = {
    "register": lambda work, actor, _: register_view.filtered(work, actor, ""),
    "history": register_view.history,
    "place": lambda work, actor, _: distribution.by_city(work, actor, "browser", Language.ZH),
    "check_in": lambda work, actor, _: check_ins.overview(work, actor, "browser"),
    "unheard": lambda work, actor, _: check_ins.unheard(work, actor, "browser"),
    "readers": lambda work, actor, _: notice_reading.unread(work, actor, "", "browser"),
    "dues": lambda work, actor, _: dues_table.overview(work, actor, ["2026-01"], "browser"),
    "arrears": lambda work, actor, _: dues_arrears.listed(work, actor, "browser"),
    "reduction": lambda work, actor, _: dues_reductions.pending(work, actor, "browser"),
    "appeal": lambda work, actor, _: aid_verify.waiting(work, actor, "browser"),
    "alarm": lambda work, actor, _: emergencies.listed(work, actor, "browser"),
    "pledge": lambda work, actor, _: pledge_receipts.situation(work, actor),
    "pairing": lambda work, actor, _: pairing.situation(work, actor),
    "reflection": lambda work, actor, _: reflections.waiting(work, actor, "browser"),
    "liaison": lambda work, actor, _: liaison_board.board(work, actor),
    "lost": lambda work, actor, _: seeking.lost(work, actor, "browser"),
    "delivery": lambda work, actor, _: undelivered.undelivered(work, actor, "browser"),
}
"""The service that shows each kind of data by name."""
LESS: dict[tuple[str, Sight], Probe] = {
    ("liaison", Sight.SOME): lambda work, actor, _: liaison_board.own(work, actor),
    ("place", Sight.COUNTS): lambda work, actor, _: distribution.counts(work, actor, Language.ZH),
}
"""The service that shows less of it."""


async def _filled(chat: Dialogue) -> None:
    """Something of every kind about one member; and one who is in touch with nobody."""
    await chat.join("孙丽二", "member")
    for person, words in (
        (WHO, "我的手机换成13800001234"),
        (WHO, "同意记位置"),
        (WHO, "我在哈尔滨"),
        (WHO, "签到"),
        (WHO, "心得 先留证据。"),
        (WHO, "结对"),
        ("王秀英", "安排联系人 周海 孙丽"),
    ):
        await chat.private(person, words)
    await assess(chat, WHO, since="2025-07")
    await asked(chat, WHO, "孩子上学，学费没着落")
    await chat.private("王秀英", "公告 明天停水")
    await chat.press("王秀英", "发")

    async def more(work: UnitOfWork) -> None:
        member = chat.members[WHO]
        lost = work.members.add(LOST, "Zheng Yuan", ["member"])
        await posting.to_member(work, lost.id, Outgoing(Text.plain("您好。")))
        work.alarms.add(member)
        await work.pledges.add(member, None, 500, anonymous=False)
        await work.dues_reductions.add(member, "家里遭灾")
        work.pairings.change(work.pairings.add(member), state="paired", household="村东李家", matched_at=work.now)

    await chat.in_branch(more)


def _actor(chat: Dialogue, role: Role, branch: BranchId) -> Actor:
    """Somebody of a role: of this branch the one who wrote the announcement, whose readers they may see by name."""
    roles = frozenset({role} if role is Role.STRANGER else {role, Role.MEMBER})
    return Actor(ActorKind.PERSON, branch, None if role is Role.STRANGER else chat.members["王秀英"], roles)


async def _seen(chat: Dialogue, probe: Probe, actor: Actor) -> str | None:
    """What a service shows, as text; None where it lets nobody in."""

    async def look(work: UnitOfWork) -> str | None:
        work.enter(chat.branch)
        try:
            return repr(await probe(work, actor, chat.members[WHO]))
        except NotAllowed:
            return None

    seen: str | None = await chat.run(look)
    return seen


async def _fault(chat: Dialogue, role: Role, data: Data, other: BranchId, *, own_branch: bool) -> str | None:
    """What is wrong with a cell, if anything."""
    wanted = sight(role, data, own_branch=own_branch)
    actor = _actor(chat, role, chat.branch if own_branch else other)
    if data.kept not in PROBES:
        return None if wanted in {Sight.OWN, Sight.NOTHING} else f"{role} {data.kept}: no service shows it"
    by_name = await _seen(chat, PROBES[data.kept], actor)
    if (by_name is not None) is not (wanted is Sight.NAMES):
        return f"{role} {data.kept} {own_branch=}: {wanted}, but by name {by_name}"
    for (kind, less), probe in LESS.items():
        shown = await _seen(chat, probe, actor) if kind == data.kept and wanted in {less, Sight.NOTHING} else None
        if shown is not None and (wanted is Sight.NOTHING or (wanted is Sight.COUNTS and WHO in shown)):
            return f"{role} {data.kept} {own_branch=}: {wanted}, but {shown}"
    return None


async def test_every_cell_is_what_the_services_show(chat: Dialogue) -> None:
    await _filled(chat)
    other = await chat.another_branch("河口村支部", {"马云飞": ["member", "secretary"]})
    cells = [(role, data, own) for role in ROLES for data in KINDS for own in (True, False)]
    faults = [fault for role, data, own in cells if (fault := await _fault(chat, role, data, other, own_branch=own)) is not None]
    assert faults == []
    assert len(cells) == len(ROLES) * len(KINDS) * 2


async def test_what_is_shown_by_name_is_of_the_one_whom_it_is_about(chat: Dialogue) -> None:
    """The services that were asked do show something: else every cell would be right for nothing."""
    await _filled(chat)
    secretary = _actor(chat, Role.SECRETARY, chat.branch)
    silent = []
    for kind, probe in PROBES.items():
        seen = await _seen(chat, probe, secretary)
        if seen is None or not ({WHO, LOST} & {name for name in (WHO, LOST) if name in seen} or kind == "history"):
            silent.append((kind, seen))
    assert silent == []


async def test_of_the_branches_below_an_organiser_hears_numbers_only(chat: Dialogue) -> None:
    await grown(chat)
    await organises(chat, "吴芳", TOWN)
    for role in ROLES:
        actor = Actor(ActorKind.PERSON, chat.branch, chat.members["吴芳"], frozenset({role}))
        shown = await _seen(chat, lambda work, actor, _: units.below(work, actor), actor)
        assert (shown is not None) is (privacy_table.of_units(role) is Sight.COUNTS)
        assert not any(name in (shown or "") for name in (WHO, "马云飞"))


async def test_nobody_is_shown_who_saw_anothers_data(chat: Dialogue) -> None:
    await _filled(chat)
    assert (await chat.private("王秀英", "看 周海"))[-1].text
    for role in ROLES:
        if role is not Role.STRANGER:
            seen = await _seen(chat, lambda work, actor, _: trail_view.by_day(work, actor, "browser"), _actor(chat, role, chat.branch))
            assert WHO not in (seen or "")


def test_every_kind_has_a_name_and_a_row() -> None:
    rows = privacy_table.table().splitlines()
    assert len(rows) == len(KINDS) + 4
    assert set(PROBES) == {data.kept for data in KINDS if data.names is not None}
    assert all(row.count("|") == len(ROLES) + 2 for row in rows)

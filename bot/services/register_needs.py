"""What needs the secretary this month: five things at most, the most urgent first, a deed each. Counts; names come with the deed.

One register a branch, refreshed every month (一支部一台账, D4 and D5).
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.messages import Priority
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.rules import register as rules
from bot.rules.appeals import State
from bot.rules.register import Field
from bot.services import agreements, asking, dues_cards, join_requests, liaison_board, people, posting, register_filters, register_view
from bot.services.asking import Ask, Choice
from bot.services.register_view import Line
from bot.texts import Text
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

KIND = "register_needs"
"""The kind of the question which of them to begin with."""
MOST = 5
LIVES = timedelta(days=20)
HEADING = Text("这个月要办的：", "What needs you this month:")
NOTHING = Text("这个月没有要您办的，都理顺了。", "Nothing needs you this month; all is in order.")
DONE_ALREADY = Text("这件已经办好了。", "This is done already.")
SENT = Text("发到您的私聊了：{what}。请到那里接着办。", "Sent to your private chat: {what}. Please go on there.")
LATER = Text("好，先放着。", "All right, later.")
CHOOSE = Text("回数字就去办。", "Answer with a number to begin.")
_ITEM = Text("{number}. {what}", "{number}. {what}")


@dataclass(frozen=True, slots=True)
class Need:
    """Something to do: what, the name of its button, and the command that does it, in either language. The most urgent is 0."""

    kind: str
    what: Text
    deed: Text
    command: str
    urgency: int
    count: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every source of needs is asked with."""

    work: UnitOfWork
    actor: Actor
    lines: Collection[Line]
    today: date


async def needs(work: UnitOfWork, actor: Actor) -> list[Need]:
    """What the actor may do something about, at most five, the most urgent first."""
    require(actor, Permission.SEE_REGISTER, Subject(work.branch_id))
    asked = _Asked(work, actor, await register_view.all_lines(work), beijing_day(work.now))
    found = [need for permission, source in _SOURCES if actor.may(permission) and (need := await source(asked)) is not None]
    return sorted(found, key=lambda each: each.urgency)[:MOST]


async def _appeals(asked: _Asked) -> Need | None:
    waiting = [each for each in await asked.work.appeals.of_state(State.ASKED.value) if each.member_id != asked.actor.member]
    return _need("appeals", len(waiting), 0)


async def _reports_in(asked: _Asked) -> Need | None:
    return _need("reports", len(await join_requests.waiting(asked.work, asked.actor)), 1)


async def _ending(asked: _Asked) -> Need | None:
    soon = asked.today + register_filters.SOON
    return _need("cards", sum(_by(each, Field.CARD_UNTIL, soon) for each in asked.lines), 2)


async def _probation(asked: _Asked) -> Need | None:
    soon = asked.today + register_filters.SOON
    return _need("probation", sum(_by(each, Field.PROBATION_UNTIL, soon) for each in asked.lines), 3)


async def _agreements(asked: _Asked) -> Need | None:
    return _need("agreements", len(await agreements.ending(asked.work)), 3)


async def _claims(asked: _Asked) -> Need | None:
    waiting = [each for each in await dues_cards.waiting(asked.work) if each.member_id != asked.actor.member]
    return _need("claims", len(waiting), 4)


async def _lost(asked: _Asked) -> Need | None:
    return _need("found", sum(not each.entry.holds(Field.FOUND_ON.value) for each in asked.lines), 5)


async def _unconfirmed(asked: _Asked) -> Need | None:
    return _need("confirm", sum(rules.is_overdue(each.entry.confirmed_on, asked.today) for each in asked.lines), 6)


async def _unassigned(asked: _Asked) -> Need | None:
    return _need("liaisons", await liaison_board.how_many_unassigned(asked.work), 7)


def _by(line: Line, field: Field, day: date) -> bool:
    ends: date | None = getattr(line.entry, field.value)
    return ends is not None and ends <= day


def _need(kind: str, count: int, urgency: int) -> Need | None:
    if not count:
        return None
    what, deed, command = _WORDS[kind]
    return Need(kind, what(count=count), deed, command, urgency, count)


_WORDS: Mapping[str, tuple[Text, Text, str]] = {
    "appeals": (Text("{count} 件求助等核实", "{count} appeals wait to be verified"), Text("看求助", "appeals"), "待核实"),
    "reports": (Text("{count} 位同志等着进支部", "{count} people wait to be let in"), Text("看报到", "reports"), "待办"),
    "cards": (
        Text("{count} 本活动证一个月内到期", "{count} activity cards end within a month"),
        Text("看活动证", "cards"),
        "名册 活动证快到期",
    ),
    "probation": (
        Text("{count} 位预备期一个月内满", "{count} probations end within a month"),
        Text("看预备", "probation"),
        "名册 预备期快到",
    ),
    "agreements": (
        Text("{count} 份双向管理协议一个月内到期", "{count} agreements with hosts end within a month"),
        Text("看协议", "agreements"),
        "双向管理",
    ),
    "claims": (Text("{count} 笔党费等核对", "{count} payments of dues wait to be checked"), Text("看党费", "dues"), "待核对"),
    "found": (Text("{count} 位还没报到", "{count} have not reported in"), Text("看没报到", "not found"), "名册 没报到"),
    "confirm": (Text("{count} 位 90 天没确认", "{count} not confirmed for 90 days"), Text("去确认", "confirm"), "名册 90天没确认"),
    "liaisons": (Text("{count} 位没有联系人", "{count} have no liaison"), Text("看联系人", "liaisons"), "名册 没有联系人"),
}
_Source = Callable[[_Asked], Awaitable[Need | None]]
_SOURCES: tuple[tuple[Permission, _Source], ...] = (
    (Permission.VERIFY_AID, _appeals),
    (Permission.INVITE, _reports_in),
    (Permission.KEEP_REGISTER, _ending),
    (Permission.KEEP_REGISTER, _probation),
    (Permission.SHARE, _agreements),
    (Permission.KEEP_DUES, _claims),
    (Permission.SEEK, _lost),
    (Permission.KEEP_REGISTER, _unconfirmed),
    (Permission.ASSIGN_LIAISON, _unassigned),
)


def card(found: Collection[Need]) -> Ask:
    """The list with a numbered choice each, to whom it is sent unasked: it stands beside what they are asked just then."""
    lines = [_ITEM(number=number, what=each.what) for number, each in enumerate(found, 1)]
    choices = [Choice(each.deed, (each.command,)) for each in found]
    data: dict[str, Any] = {"commands": [each.command for each in found]}
    return Ask(KIND, Text.join([HEADING, *lines, CHOOSE]), tuple(choices), LIVES, data, card=True)


def asked(found: Collection[Need]) -> Ask:
    """The same for who asked: a number answers it until something else is spoken of, its buttons for longer."""
    return replace(card(found), card=False, stays=True)


async def hand(work: UnitOfWork, actor: Actor, kind: str) -> Text:
    """Send the actor one of them in private, with its button: what is decided in a chat. Raises `UserError` for what is done already."""
    require(actor, Permission.SEE_REGISTER, Subject(work.branch_id))
    chosen = [each for each in await needs(work, actor) if each.kind == kind]
    if not chosen or actor.member is None:
        raise UserError(DONE_ALREADY)
    letter = await asking.prepare(work, actor.member, card(chosen))
    await work.questions.arm(KIND, since=work.now)
    await posting.to_member(work, actor.member, letter, priority=Priority.ANSWER)
    return SENT(what=chosen[0].what)


async def remind(work: UnitOfWork, actor: Actor) -> None:
    """Once a month, in private: the secretaries hear what needs them, if anything does."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    if work.branch_id not in await where_kept(work):
        return
    accounts = await posting.reached_of_branch(work)
    for secretary in await work.members.holding(Role.SECRETARY.value):
        found = await needs(work, people.actor_of(secretary))
        if found:
            letter = await asking.prepare(work, secretary.id, card(found))
            await posting.to_member(work, secretary.id, letter, priority=Priority.NOTICE, account=accounts.get(secretary.id))
    await work.questions.arm(KIND, since=work.now)


async def where_kept(work: UnitOfWork) -> set[BranchId]:
    """The branches that keep a register: where nothing was ever written nobody is asked to refresh it."""
    return await work.agenda.with_register()

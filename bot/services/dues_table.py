"""党费情况: what every member's months are, for those who keep the dues – and for nobody else, never in the group."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.clock import beijing_day
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.services import dues_standing, privacy, trail
from bot.services.dues_standing import Cell, State
from bot.services.dues_words import money, told
from bot.services.people import person
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

STATE_NAMES = {
    State.PAID: Text("已交", "paid"),
    State.CLAIMED: Text("待核对", "claimed"),
    State.DUE: Text("没交", "due"),
    State.REDUCED: Text("减免后没交", "reduced, due"),
    State.EXEMPT: Text("免交", "exempt"),
    State.ELSEWHERE: Text("在外地交", "paid elsewhere"),
    State.NOT_ASSESSED: Text("没核定", "not assessed"),
}
HEADING = Text("党费情况，{months}，共 {count} 人：", "Dues, {months}, {count} people:")
UNPAID = Text(
    "{months}没交党费的（只您看得到，别转到群里）：", "Who has not paid for {months} (only you see this; please keep it out of the group):"
)
ALL_IN = Text("{months}该交的都交了。", "Everybody who has to has paid for {months}.")
_OF_MONTH = Text("{month}：{counts}。{month}份的党费交了 {paid}，没交 {open}", "{month}: {counts}. Paid for that month {paid}, open {open}")
_COUNT = Text("{state} {count}", "{state} {count}")
_GROUP = Text("{state}：{names}", "{state}: {names}")
_WITH_MONTHS = Text("{state}（{months}）", "{state} ({months})")
_OPEN = frozenset({State.DUE, State.REDUCED})
_ORDER = (State.DUE, State.REDUCED, State.CLAIMED, State.NOT_ASSESSED, State.ELSEWHERE, State.EXEMPT)


@dataclass(frozen=True, slots=True)
class Overview:
    """Members in their order and each one's cells by month. `hidden` members may not be named where it is shown."""

    months: tuple[str, ...]
    members: tuple[Member, ...]
    cells: Mapping[MemberId, Mapping[str, Cell]]
    named: frozenset[MemberId]

    @property
    def hidden(self) -> int:
        """How many may not be named."""
        return len(self.members) - len(self.named)

    def shown(self) -> Iterator[Member]:
        """Who may be named."""
        return (each for each in self.members if each.id in self.named)

    def state(self, member: Member, month: str) -> State:
        """What a member's month counts as."""
        return seen_as(member, self.cells[member.id][month])

    def counts(self, month: str) -> dict[State, int]:
        """How many are in each state of a month, those that occur, in order."""
        states = [self.state(each, month) for each in self.members]
        return {state: states.count(state) for state in State if state in states}

    def sums(self, month: str) -> tuple[int, int]:
        """What was received for a month and what is open, in fen."""
        cells = [self.cells[each.id][month] for each in self.members]
        return sum(cell.paid for cell in cells), sum(cell.open for cell in cells)


def seen_as(member: Member, cell: Cell) -> State:
    """A member's month. A guest (流入党员) for whom nothing is assessed here pays the home branch (art. 9)."""
    return State.ELSEWHERE if cell.state is State.NOT_ASSESSED and Role.GUEST.value in member.roles else cell.state


async def overview(work: UnitOfWork, actor: Actor, months: Sequence[str], platform: str) -> Overview:
    """The months of everybody present, for who keeps the dues, from the first in which anybody was assessed. Raises `NotAllowed`."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    members = await work.members.present()
    standings = await dues_standing.of_branch(work, months[0], months[-1])
    named, _ = await privacy.shown(work, platform, members)
    await trail.saw(work, actor, [each.id for each in named], Trailed.DUES)
    cells = {each.id: standings[each.id].cells for each in members}
    return Overview(_told(months, cells), tuple(members), cells, frozenset(each.id for each in named))


def _told(months: Sequence[str], cells: Mapping[MemberId, Mapping[str, Cell]]) -> tuple[str, ...]:
    """Without the months before the books begin; the last one always."""
    begun = (month for month in months[:-1] if any(each[month].state is not State.NOT_ASSESSED for each in cells.values()))
    first = next(begun, months[-1])
    return tuple(months[months.index(first) :])


def lines(work: UnitOfWork, seen: Overview) -> tuple[Text, list[Text]]:
    """The table in words: the totals of each month first, then names by state and months."""
    today = beijing_day(work.now)
    heading = HEADING(months=told(seen.months, today), count=len(seen.members))
    totals = [_totals(seen, month, told([month], today)) for month in seen.months]
    groups = [line for state in _ORDER for line in _groups(work, seen, frozenset({state}), STATE_NAMES[state])]
    return heading, totals + groups


def unpaid(work: UnitOfWork, seen: Overview) -> tuple[Text, list[Text]]:
    """Who has something open in these months, by the months."""
    months = told(seen.months, beijing_day(work.now))
    found = _groups(work, seen, _OPEN, Text("", ""))
    return (UNPAID if found else ALL_IN)(months=months), found


def _totals(seen: Overview, month: str, words: Text) -> Text:
    counts = [_COUNT(state=STATE_NAMES[state], count=count) for state, count in seen.counts(month).items()]
    paid, still_open = seen.sums(month)
    return _OF_MONTH(month=words, counts=Text.join(counts, "、", ", "), paid=money(paid), open=money(still_open))


def _groups(work: UnitOfWork, seen: Overview, states: frozenset[State], title: Text) -> list[Text]:
    """The members with months in some states: a line for each set of months, names that may not be said counted."""
    by_months: dict[tuple[str, ...], list[Member]] = {}
    for member in seen.members:
        months = tuple(month for month in seen.months if seen.state(member, month) in states)
        if months:
            by_months.setdefault(months, []).append(member)
    today = beijing_day(work.now)
    return [_group(seen, told(months, today), members, title) for months, members in sorted(by_months.items())]


def _group(seen: Overview, months: Text, members: Sequence[Member], title: Text) -> Text:
    names = Text.join([person(each) for each in members if each.id in seen.named], "、", ", ")
    hidden = sum(each.id not in seen.named for each in members)
    parts = [names] if names else []
    if hidden:
        parts.append(privacy.MORE(count=hidden))
    told_names = Text.join(parts, "；", "; ")
    if len(seen.months) == 1:
        return _GROUP(state=title, names=told_names) if title else told_names
    return _GROUP(state=_WITH_MONTHS(state=title, months=months) if title else months, names=told_names)

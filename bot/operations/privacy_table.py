"""docs/privacy-table.md: which role sees what about whom, from the permissions themselves; a test tries every cell with the services."""

from dataclasses import dataclass
from enum import StrEnum

from bot.permissions import GRANTS, ROLE_NAMES, Permission, Role
from bot.texts import Text

BEGIN, END = "<!-- privacy -->", "<!-- /privacy -->"


class Sight(StrEnum):
    """How much of a kind of data a role sees."""

    NAMES = "names"
    SOME = "some"
    COUNTS = "counts"
    OWN = "own"
    NOTHING = "nothing"


_SAID: dict[Sight, Text] = {
    Sight.NAMES: Text("看得到是谁", "by name"),
    Sight.SOME: Text("自己联系的人", "their own people"),
    Sight.COUNTS: Text("只有人数", "counts"),
    Sight.OWN: Text("只有自己的", "one's own"),
    Sight.NOTHING: Text("—", "—"),
}


@dataclass(frozen=True, slots=True)
class Data:
    """A kind of data about members: which permission shows it by name, which in counts, which of some people only.

    `own`: whether each member sees theirs. `kept` is the key under which the test finds the service that shows it.
    """

    kept: str
    name: Text
    names: Permission | None
    counts: Permission | None = None
    some: Permission | None = None
    own: bool = True


P = Permission
KINDS: tuple[Data, ...] = (
    Data("register", Text("名册（单位、电话、家乡、党龄、备注）", "the register (employer, telephone, home, note)"), P.SEE_REGISTER),
    Data("history", Text("名册的修改历史", "the history of the register"), P.SEE_REGISTER),
    Data("place", Text("在哪座城市（本人同意记的）", "the city, of who agreed that it be kept"), P.SEE_PLACES, P.SEE_COUNTS),
    Data("check_in", Text("报平安", "check-ins"), P.SEE_CHECK_INS),
    Data("unheard", Text("很久没有消息", "not heard of for long"), P.SEE_UNHEARD),
    Data("readers", Text("谁还没看公告", "who has not read an announcement"), P.SEE_READERS),
    Data("dues", Text("逐人的党费", "dues of each"), P.KEEP_DUES),
    Data("arrears", Text("连续几个月没交党费", "months of dues open in a row"), P.SEE_ARREARS),
    Data("reduction", Text("党费减免的理由", "why somebody asks for less dues"), P.DECIDE_REDUCTION),
    Data("appeal", Text("求助的原话", "the words of an appeal"), P.VERIFY_AID),
    Data("alarm", Text("紧急情况", "alarms"), P.SEE_ALARMS),
    Data("pledge", Text("谁认捐了多少（没要求匿名的）", "who pledged what, unless they asked not to be named"), P.KEEP_FUND),
    Data("pairing", Text("谁结对帮哪一户", "who looks after which household"), P.MATCH_PAIRS),
    Data("reflection", Text("交上来的心得", "reflections handed in"), P.CURATE),
    Data("liaison", Text("谁由谁联系、该谈心走访", "who looks after whom, and what is due"), P.ASSIGN_LIAISON, some=P.LIAISE),
    Data("lost", Text("还没联系上的", "who is not in touch"), P.SEEK),
    Data("delivery", Text("没送达的消息（不看内容）", "what was not delivered, without its words"), P.SEE_UNDELIVERED),
    Data("trail", Text("谁看过谁的资料", "who saw whose data"), None),
)
"""Every kind of data about members that somebody else can be shown."""
ROLES = tuple(role for role in Role if role is not Role.OPERATOR)
"""The roles of the table. The operator keeps the machine and its database; what they do by `zhibu` is in docs/operating.md."""


def sight(role: Role, data: Data, *, own_branch: bool) -> Sight:
    """How much a role sees of a kind of data, in its own branch or in another."""
    if not own_branch:
        return Sight.NOTHING
    held = GRANTS[role]
    if data.names is not None and data.names in held:
        return Sight.NAMES
    if data.some is not None and data.some in held:
        return Sight.SOME
    if data.counts is not None and data.counts in held:
        return Sight.COUNTS
    return Sight.OWN if data.own and P.OWN_DATA in held else Sight.NOTHING


def of_units(role: Role) -> Sight:
    """What a role sees of the branches below the unit it is appointed to: members, accounts, places, dues, readers, as counts."""
    return Sight.COUNTS if P.SEE_UNITS in GRANTS[role] else Sight.NOTHING


def table() -> str:
    """The table in Markdown: a row for each kind of data, a column for each role; the rows of other branches last."""
    head = ["", *(f"{ROLE_NAMES[role].zh}<br>{ROLE_NAMES[role].en}" for role in ROLES)]
    rows = [_row(head), _row(["---"] * len(head))]
    rows += [_row([_both(data.name), *(_both(_SAID[sight(role, data, own_branch=True)]) for role in ROLES)]) for data in KINDS]
    other = Text("**别的支部**：以上每一项", "**another branch**: each of these")
    rows.append(_row([_both(other), *(_both(_SAID[Sight.NOTHING]) for _ in ROLES)]))
    below = Text("**分管的下级支部**：各项人数", "**branches below the unit one is appointed to**: how many")
    rows.append(_row([_both(below), *(_both(_SAID[of_units(role)]) for role in ROLES)]))
    return "\n".join(rows)


def _both(text: Text) -> str:
    return text.zh if text.zh == text.en else f"{text.zh}<br>{text.en}"


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"

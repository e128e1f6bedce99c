"""What each row of a file would do to the register, in view of who is there: new, changed, the same, or why it cannot be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.language.names import untold
from bot.permissions import Actor, Permission, Role
from bot.rules.register import Field
from bot.services import people, register
from bot.services.import_cells import Row
from bot.services.membership import RESTORABLE
from bot.texts import Text
from storage.keys import MemberId
from storage.members import Member
from storage.register import Entry
from storage.unit_of_work import UnitOfWork

SEVERAL = Text("支部里叫这个的不止一位：{names}，请写成名册里那样", "several people have that name: {names}; write it as the register does")
TWO_PEOPLE = Text(
    "第 {rows} 行都叫{name}，手机不同：是两个人就加个区别，比如{name}(东)",
    "rows {rows} are all {name} with different telephones: if they are two people, tell them apart: {name}(东)",
)
TWICE = Text("和第 {row} 行是同一个人，只取第 {row} 行", "the same person as in row {row}; row {row} is taken")
NOT_NEW = Text("名册里没有这个人，新增要请书记来导", "nobody of that name is here; a secretary adds people")
LEFT = Text("{name}三十天内离开过支部；回来了请发“恢复 {name}”", "{name} left within thirty days; if they are back, send “restore {name}”")
OTHER_CLASS = Text("名册里是{role}，身份不在这里改", "{role} in the register; that is not changed here")


class State(StrEnum):
    """What taking a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Change:
    """What a row would change: what stands there, None for nothing, and what would. Texts as in the history (`register_values.spoken`)."""

    field: Field
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A row, whom it is about, and what would become of it; a faulty one is never taken. `number` is the row as Excel shows it."""

    number: int
    name: str
    state: State
    member: MemberId | None = None
    changes: tuple[Change, ...] = ()
    problems: tuple[Text, ...] = ()
    hints: tuple[Text, ...] = ()
    role: Role | None = None


async def proposed(work: UnitOfWork, actor: Actor, rows: Sequence[Row]) -> tuple[Proposed, ...]:
    """What each row would do, in view of who is there: a few statements, however many rows."""
    named = _Named(await work.members.present())
    entries = await register.of_many(work, {each.id for row in rows for each in named.like(row.name)})
    left = frozenset(base(each.name) for each in await work.members.removed_since(work.now - RESTORABLE))
    new = NOT_NEW if not actor.may(Permission.INVITE) else None
    whom = [_whom(row, named, entries, _Strange(left, new)) for row in rows]
    twice = _twice(rows, whom)
    return tuple(
        _faulty(row, problem) if (problem := found if isinstance(found, Text) else twice.get(row.number)) else _change(row, found, entries)
        for row, found in zip(rows, whom, strict=True)
    )


class _Named:
    """Who is called how: exactly, and but for what tells people of one name apart."""

    def __init__(self, present: Sequence[Member]) -> None:
        self._by_name: dict[str, list[Member]] = {}
        for member in present:
            for name in {base(member.name), member.latin.casefold()}:
                self._by_name.setdefault(name, []).append(member)

    def like(self, name: str) -> list[Member]:
        """Those of a name, whatever tells them apart."""
        return self._by_name.get(base(name), [])


def base(name: str) -> str:
    """A name without what tells people of one name apart: 李小山(东) is 李小山."""
    return untold(name).casefold()


@dataclass(frozen=True, slots=True)
class _Strange:
    """What is said of somebody who is not there: whether they left lately, or may not be taken in by who imports; else nothing."""

    left: frozenset[str]
    refused: Text | None

    def of(self, name: str) -> Text | None:
        """Words that refuse somebody new, if anything does."""
        return LEFT(name=name) if base(name) in self.left else self.refused


_Found = Member | Text | None


def _whom(row: Row, named: _Named, entries: Mapping[MemberId, Entry], strange: _Strange) -> _Found:
    """Whom a row is about; None is somebody new, words say what is wrong with it."""
    if row.problems:
        return Text.join(row.problems, "；", "; ")
    like = named.like(row.name)
    if not like:
        return strange.of(row.name)
    if len(exact := [each for each in like if each.name == row.name]) == 1:
        return exact[0]
    if not exact and row.name != base(row.name) and not row.name.isascii():
        return strange.of(row.name)
    if len(like) == 1:
        return like[0]
    phone = row.values.get(Field.PHONE)
    same = [each for each in like if phone and register.readable(entries[each.id], Field.PHONE) == phone]
    return same[0] if len(same) == 1 else SEVERAL(names="、".join(sorted(each.name for each in like)))


def _twice(rows: Sequence[Row], whom: Sequence[_Found]) -> dict[int, Text]:
    """The rows about somebody whom another row is about as well, and what is said of them."""
    about: dict[object, list[Row]] = {}
    for row, found in zip(rows, whom, strict=True):
        if not isinstance(found, Text):
            about.setdefault(found.id if found else row.name.casefold(), []).append(row)
    told: dict[int, Text] = {}
    for several in about.values():
        first = several[0]
        phones = {row.values[Field.PHONE] for row in several if Field.PHONE in row.values}
        if len(phones) > 1:
            numbers = "、".join(str(row.number) for row in several[:5]) + ("…" if len(several) > 5 else "")
            told |= {row.number: TWO_PEOPLE(rows=numbers, name=first.name) for row in several}
        else:
            told |= {row.number: TWICE(row=first.number) for row in several[1:]}
    return told


def _faulty(row: Row, problem: Text) -> Proposed:
    return Proposed(row.number, row.name, State.FAULTY, problems=row.problems or (problem,), hints=row.hints)


def _change(row: Row, found: _Found, entries: Mapping[MemberId, Entry]) -> Proposed:
    entry = entries[found.id] if isinstance(found, Member) else Entry(MemberId(0))
    changes = tuple(
        Change(field, before, after) for field, after in row.values.items() if (before := register.readable(entry, field)) != after
    )
    plain = Proposed(row.number, row.name, State.NEW, None, changes, (), row.hints, row.role)
    if not isinstance(found, Member):
        return plain
    status = next((role for role in (Role.PROBATIONARY, Role.GUEST) if role in people.roles_of(found)), Role.MEMBER)
    hints = (*row.hints, OTHER_CLASS(role=people.named_roles([status]))) if row.role not in {None, status} else row.hints
    return replace(plain, state=State.CHANGED if changes else State.SAME, member=found.id, hints=hints)

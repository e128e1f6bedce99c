"""Whether an amount and months fit what is assessed. What does not fit is said with the arithmetic; nothing is guessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.errors import UserError
from bot.language import money
from bot.language.month_words import ImpossibleMonth
from bot.language.months import Months, read
from bot.language.normalise import is_blank, visible
from bot.patterns import Pattern
from bot.rules.dues import DuesPolicy
from bot.rules.months import after, index, month_of, span
from bot.services.dues_standing import Cell, Standing, State
from bot.services.dues_words import Flag, told
from bot.services.dues_words import money as yuan
from bot.texts import Text

AHEAD = 12
"""Months to come that can be paid beforehand."""
_WORD = Pattern(r"\b(?!rmb\b|cny\b|yuan\b|kuai\b)[a-z]+\b")
_WRONG = {
    money.Wrong.NEGATIVE: Text("金额不能是负数，请再看看。", "An amount cannot be negative; please look again."),
    money.Wrong.ZERO: Text("金额不能是 0，请再看看。", "An amount cannot be 0; please look again."),
    money.Wrong.HUGE: Text(
        "这个金额太大了，是不是多打了几位？请再写一次。", "That amount is too large; was a digit typed twice? Please write it again."
    ),
    money.Wrong.FRACTION: Text("金额最小到分，请再看看。", "An amount goes down to a fen; please look again."),
}
NO_SUCH_MONTH = Text(
    "没有这样的月份，请再看看，比如：已交 60 一月到三月。什么都没有记。",
    "There is no such month. Please look again, for example: paid 60 January to March. Nothing was noted.",
)
_TWICE = Text(
    "{months}写了两次，我没有记。请再写一次，每个月写一次就行。",
    "{months} is there twice, so I noted nothing. Please name each month once.",
)
_AMOUNTS = Text(
    "里面有两个金额（{amounts}），我不猜。请只写交了的那个，比如：已交 60 一月到三月。",
    "There are two amounts ({amounts}), and I do not guess. Please write only what was paid: paid 60 January to March.",
)
TWO_AMOUNTS = Text(
    "里面有两个数，我不猜。请只写一个，比如：税后六千党费多少。",
    "There are two numbers, and I do not guess. Please write one: dues on 6000 after tax.",
)
_TAKEN = Text(
    "{months}已经交过或报过了，不用再报。发“党费”能看到每个月。", "{months} is paid or reported already. “dues” shows every month."
)
_EXEMPT = Text("{months}核定为不用交。", "Nothing is due for {months}.")
_TOO_FAR = Text("最多预报到{last}，再往后的到时再交。", "At most until {last}; what comes later is paid later.")
_UNFIT = Text(
    "对不上：登记的是 {sums}，您写的是 {amount}。请看看是哪几个月，再写一次；自愿多交的请另写“自愿多交 20 元党费”。",
    "That does not fit: it is {sums}, and you wrote {amount}. Please see which months it was and write again; what you pay "
    "voluntarily goes apart: “I pay 20 more dues voluntarily”.",
)
_CAME_UNFIT = Text(
    "对不上：登记的是 {sums}，到账写的是 {amount}。什么都没有记。请看看是哪几个月，再写一次，比如：40 一月到二月；多出来的另报“自愿多交”。",
    "That does not fit: it is {sums}, and {amount} is said to have come. Nothing was booked. Please see which months it was: "
    "40 January to February; what is over is reported apart, as voluntary.",
)
_NO_EVEN_REST = Text(
    "对不上：登记的是 {sums}，到账写的是 {amount}，另外 {count} 个月还没有核定，分不出来。什么都没有记。",
    "That does not fit: it is {sums}, {amount} came, and {count} months are not assessed, so it cannot be divided. Nothing was booked.",
)
_NO_PREFIX = Text(
    "{amount} 和没交的月份对不上（{open}）。请写上是哪几个月，比如：已交 60 一月到三月。",
    "{amount} does not fit the months that are open ({open}). Please write which months it was: paid 60 January to March.",
)
_NOTHING_OPEN = Text("到{month}为止没有要交的，一切都好。", "Nothing is open until {month}. All is well.")
_AHEAD_HOW = Text(
    "到{month}为止都交清了。要预交，请写上金额和月份，比如：已交 20 四月。",
    "Everything is paid until {month}. To pay ahead, write the amount and the months: paid 20 April.",
)
_SHORT = Text(
    "{months}确认的比核定的少 {amount}，怎么补请问组织委员。",
    "For {months} {amount} less is confirmed than was assessed since; please ask the dues keeper how to pay it.",
)
_NOT_ASSESSED = Text(
    "您的党费还没有核定，请写上金额和月份，比如：已交 20 三月。组织委员会核对。",
    "Your dues are not assessed yet. Please write the amount and the months: paid 20 March. The dues keeper will check.",
)
_NO_EVEN = Text(
    "还没有核定，{amount}也不能平分到 {count} 个月。请一个月一个月地报。",
    "Nothing is assessed, and {amount} does not divide by {count} months. Please report each month by itself.",
)
_TOO_LONG = Text("请写短一点，{longest} 个字以内。什么都没有记。", "Please keep it within {longest} characters. Nothing was noted.")
_EACH, _TOTAL = Text("{month}{amount}", "{month} {amount}"), Text("，共 {total}", ", {total} together")


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote: an amount in fen or none, and months."""

    fen: int | None
    months: Months


@dataclass(frozen=True, slots=True)
class Fit:
    """Months with their fen. `sure` where the words said both; otherwise it is asked. `with_a_person` needs the keeper."""

    months: tuple[tuple[str, int], ...]
    fen: int
    flags: tuple[Flag, ...]
    sure: bool
    with_a_person: bool


def understood(words: str, today: date) -> Said:
    """Amount and months of a sentence. Raises `UserError` for an impossible one, a month twice, or two amounts."""
    try:
        months = read(words, today)
    except ImpossibleMonth as error:
        raise UserError(NO_SUCH_MONTH) from error
    if months.twice:
        raise UserError(_TWICE(months=told(months.twice, today)))
    found = money.amounts(_WORD.sub(" ; ", months.rest))
    named = [each for each in found if each.named] or found
    if len({each.yuan for each in named}) > 1:
        raise UserError(_AMOUNTS(amounts=Text.plain("、".join(f"{each.yuan}" for each in named[:3]))))
    return Said(fen(named[0]) if named else None, months)


def fen(amount: money.Amount) -> int:
    """An amount in fen. Raises `UserError` that says what is wrong with it."""
    return checked(amount.yuan)


def checked(amount: Decimal) -> int:
    """Yuan in fen. Raises `UserError` that says what is wrong with it."""
    try:
        return money.checked(amount, str(amount))
    except money.ImpossibleAmount as error:
        raise UserError(_WRONG[error.why]) from error


def sentence(words: str, longest: int, empty: Text) -> str:
    """A reason in somebody's own words, on one line. Raises `UserError` with `empty` for nothing, or if it is too long."""
    said = " ".join("".join(filter(visible, words)).split())
    if is_blank(said):
        raise UserError(empty)
    if len(said) > longest:
        raise UserError(_TOO_LONG(longest=longest))
    return said


def window(standing: Standing | None, said: Said, today: date) -> tuple[str, str]:
    """The first and last month that have to be known to fit what was said."""
    this = month_of(today)
    first = min([this, *said.months.months, *([min(standing.cells)] if standing else [])])
    return first, max([after(this, AHEAD), *said.months.months[-1:]])


def fit(standing: Standing, said: Said, today: date, policy: DuesPolicy, *, meant: bool = False) -> Fit:
    """How what was said fits a member's months (see `window`). Raises `UserError`.

    What is only `meant` for later leaves out the months that are paid already, and needs no amount.
    """
    cells = _meant(standing, said, today)
    if cells is None:
        return _by_amount(standing, said, today, policy)
    if meant:
        cells = [cell for cell in cells if cell.state not in {State.PAID, State.CLAIMED, State.EXEMPT}] or cells
    _check(cells, today)
    due = [cell.due for cell in cells]
    flags = flagged([cell.month for cell in cells], today, policy)
    person = Flag.BACK_PAY in flags
    if any(each is None for each in due):
        return _unassessed(cells, said, flags, person=person, meant=meant)
    total = sum(each or 0 for each in due)
    if said.fen is not None and said.fen != total:
        raise UserError(_UNFIT(sums=_sums(cells, today), amount=yuan(said.fen)))
    sure = said.fen is not None and said.months.count is None and not said.months.up_to
    return Fit(tuple((cell.month, cell.due or 0) for cell in cells), total, flags, sure, person)


def flagged(months: Sequence[str], today: date, policy: DuesPolicy) -> tuple[Flag, ...]:
    """What is remarkable about months: back-pay of long ago (art. 12), months to come, a whole year."""
    this = index(month_of(today))
    found = {
        Flag.BACK_PAY: any(this - index(month) > policy.back_pay_months for month in months),
        Flag.FUTURE: any(index(month) > this for month in months),
        Flag.WHOLE_YEAR: any(sum(month[:4] == year for month in months) == 12 for year in {month[:4] for month in months}),
    }
    return tuple(flag for flag, is_so in found.items() if is_so)


def spread(cells: Sequence[Cell], amount: int, today: date) -> list[tuple[str, int]]:
    """An amount over months: each gets what is due; what is not assessed shares the rest in equal parts. Raises `UserError`."""
    exempt = [cell.month for cell in cells if cell.due == 0]
    if exempt:
        raise UserError(_EXEMPT(months=told(exempt, today)))
    assessed, others = [cell for cell in cells if cell.due], [cell for cell in cells if not cell.due]
    rest = amount - sum(cell.due or 0 for cell in assessed)
    if rest and assessed and not others:
        raise UserError(_CAME_UNFIT(sums=_sums(assessed, today), amount=yuan(amount)))
    if others and (rest < len(others) or rest % len(others)):
        raise UserError(
            _NO_EVEN_REST(sums=_sums(assessed, today), amount=yuan(amount), count=len(others)) if assessed else _uneven(amount, others)
        )
    return [(cell.month, cell.due or rest // len(others)) for cell in cells]


def _uneven(amount: int, cells: Sequence[Cell]) -> Text:
    return _NO_EVEN(amount=yuan(amount), count=len(cells))


def _meant(standing: Standing, said: Said, today: date) -> list[Cell] | None:
    """The months that were said, or counted from where the member left off; None if nothing was said of months."""
    this = month_of(today)
    if said.months.up_to:
        last = said.months.months[-1]
        wanted = [cell for cell in standing.cells.values() if cell.month <= last and (cell.open or (cell.month > this and _payable(cell)))]
        if not wanted:
            raise UserError(_none_open(standing, last, today, _NOTHING_OPEN))
        return wanted
    if said.months.count is not None:
        ahead = [cell for cell in standing.cells.values() if cell.month > this and _payable(cell)]
        wanted = [*_open_until(standing, this), *ahead][: said.months.count]
        if len(wanted) < said.months.count:
            raise UserError(_NOT_ASSESSED if standing.assessment is None else _TOO_FAR(last=told([after(this, AHEAD)], today)))
        return wanted
    return [standing.cells[month] for month in said.months.months] or None


def _payable(cell: Cell) -> bool:
    return cell.open > 0


def _open_until(standing: Standing, month: str) -> list[Cell]:
    return [cell for cell in standing.open if cell.month <= month]


def _check(cells: Sequence[Cell], today: date) -> None:
    taken = [cell.month for cell in cells if cell.state in {State.PAID, State.CLAIMED}]
    if taken:
        raise UserError(_TAKEN(months=told(taken, today)))
    last = after(month_of(today), AHEAD)
    if any(cell.month > last for cell in cells):
        raise UserError(_TOO_FAR(last=told([last], today)))
    exempt = [cell.month for cell in cells if cell.state is State.EXEMPT]
    if exempt:
        raise UserError(_EXEMPT(months=told(exempt, today)))


def _unassessed(cells: Sequence[Cell], said: Said, flags: tuple[Flag, ...], *, person: bool, meant: bool) -> Fit:
    if said.fen is None:
        if person or meant:
            return Fit(tuple((cell.month, 0) for cell in cells), 0, (*flags, Flag.UNASSESSED), sure=True, with_a_person=True)
        raise UserError(_NOT_ASSESSED)
    if said.fen % len(cells):
        raise UserError(_uneven(said.fen, cells))
    parts = tuple((cell.month, said.fen // len(cells)) for cell in cells)
    return Fit(parts, said.fen, (*flags, Flag.UNASSESSED), sure=True, with_a_person=person)


def _none_open(standing: Standing, last: str, today: date, usual: Text) -> Text:
    """What is said where no month is open until `last`; not that all is paid where less is confirmed than was assessed since."""
    short = [cell for cell in standing.short if cell.month <= last]
    if not short:
        return usual(month=told([last], today))
    missing = sum((cell.due or 0) - cell.paid for cell in short)
    return _SHORT(months=told([cell.month for cell in short], today), amount=yuan(missing))


def _by_amount(standing: Standing, said: Said, today: date, policy: DuesPolicy) -> Fit:
    """Only an amount, or not even that: the oldest months that it pays exactly."""
    this = month_of(today)
    waiting = _open_until(standing, this)
    if standing.assessment is None and not waiting:
        raise UserError(_NOT_ASSESSED)
    if said.fen is None:
        if not waiting:
            raise UserError(_none_open(standing, this, today, _NOTHING_OPEN))
        return _these(waiting, today, policy)
    ahead = (
        [] if waiting else [standing.cells[month] for month in span(after(this), max(standing.cells)) if _payable(standing.cells[month])]
    )
    row = waiting or ahead
    for count in range(1, len(row) + 1):
        if sum(cell.open for cell in row[:count]) == said.fen:
            return _these(row[:count], today, policy)
    if not waiting:
        raise UserError(_none_open(standing, this, today, _AHEAD_HOW))
    raise UserError(_NO_PREFIX(amount=yuan(said.fen), open=_sums(row, today)))


def _these(cells: Sequence[Cell], today: date, policy: DuesPolicy) -> Fit:
    parts = tuple((cell.month, cell.open) for cell in cells)
    flags = flagged([cell.month for cell in cells], today, policy)
    return Fit(parts, sum(each for _, each in parts), flags, sure=False, with_a_person=Flag.BACK_PAY in flags)


def _sums(cells: Sequence[Cell], today: date) -> Text:
    """每月 20 元，共 60 元: the arithmetic of months, those of one amount together."""
    parts: list[Text] = []
    for due in dict.fromkeys(cell.due or 0 for cell in cells):
        months = [cell.month for cell in cells if (cell.due or 0) == due]
        parts.append(_EACH(month=told(months, today), amount=(_ONCE if len(months) == 1 else _A_MONTH)(amount=yuan(due))))
    total = sum(cell.due or 0 for cell in cells)
    return Text.join(parts, "、", ", ") + (_TOTAL(total=yuan(total)) if len(cells) > 1 else Text("", ""))


_ONCE, _A_MONTH = Text(" {amount}", "{amount}"), Text(" 每月 {amount}", "{amount} a month")

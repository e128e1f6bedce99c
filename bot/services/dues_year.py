"""公布党费, 党费账, 我的党费: a branch's totals for every member (RULES.md 1.19), and each one's own line for themselves alone."""

from bot.clock import beijing_day
from bot.errors import UserError
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.months import month_of, span
from bot.services import dues_periods, dues_standing, dues_totals, notices, posting
from bot.services.destinations import Matter
from bot.services.dues_standing import Cell, ClaimState, State
from bot.services.dues_table import STATE_NAMES
from bot.services.dues_totals import Totals
from bot.services.dues_words import money, told
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

WHICH = Text("请写哪一年，比如：{word} 2026。", "Please name the year: {word} 2026.")
NOTHING = Text("{year} 年还没有党费账可以公布。", "There are no books of {year} to publish yet.")
PUBLICATION = Text(
    "【党费公布】{year} 年（{until}）：收党费 {received}，{count} 人交；{large}上交 {handed}。"
    "账本校验码 {code}，谁都可以私聊我发“验账”核对，发“我的党费 {year}”看自己的。",
    "[Dues published] {year} ({until}): received {received} from {count} people; {large}handed upward {handed}. Check code {code}: "
    "anybody may send “audit” to me in private, and “my dues {year}” for their own.",
)
ACCOUNTS = Text(
    "{year} 年支部党费（{until}）：收 {received}，{count} 人交；{large}上交 {handed}；在组织委员手里 {held}。",
    "Dues of the branch in {year} ({until}): received {received} from {count} people; {large}handed upward {handed}; "
    "held by the keeper {held}.",
)
CHECK = Text(
    "账本第 {number} 笔，校验码 {code}；发“验账”从头算一遍。", "Ledger entry {number}, check code {code}; “audit” recomputes it all."
)
EMPTY = Text("党费账还没有开始记。", "The books of dues have not been begun.")
OWN = Text("您自己（{year} 年）：", "Your own ({year}):")
_LARGE = Text("大额党费另计 {amount}；", "large dues apart {amount}; ")
_TODAY, _WHOLE = Text("到 {day}", "until {day}"), Text("全年", "whole year")
_STATE = Text("{state}：{months}", "{state}: {months}")
_PAID = Text("{state}：{months}，共 {amount}", "{state}: {months}, {amount} together")
_RECEIPTS = Text("收据：{receipts}。发“收据 编号”拿文件。", "Receipts: {receipts}. Send “receipt” and a number for the file.")


def asked(work: UnitOfWork, words: str, word: Text) -> int:
    """The year that is meant. Raises `UserError`."""
    today = dues_periods.today(work)
    year = dues_periods.year(words, today)
    if year is None:
        raise UserError(WHICH(word=word))
    if year > today.year:
        raise UserError(dues_periods.TO_COME(months=Text.plain(str(year))))
    return year


async def _filled(work: UnitOfWork, year: int, text: Text) -> tuple[Text, Totals]:
    since, until = dues_totals.bounds(f"{year}-01", f"{year}-12")
    totals = await dues_totals.of_time(work, since, until)
    held, head = await dues_totals.at(work, until)
    today = beijing_day(work.now)
    words = text(
        year=year,
        until=_TODAY(day=today.isoformat()) if year == today.year else _WHOLE,
        received=money(totals.received),
        count=totals.payers,
        large=_LARGE(amount=money(totals.large)) if totals.large else Text("", ""),
        handed=money(totals.handed + totals.handed_large),
        held=money(held),
        code=head.code,
    )
    return words, totals


async def publication(work: UnitOfWork, actor: Actor, year: int) -> Text:
    """What would be said to the group: totals, and nobody's name. Raises `UserError` without a group or without books."""
    require(actor, Permission.PUBLISH_DUES, Subject(work.branch_id))
    await notices.require_group(work)
    words, totals = await _filled(work, year, PUBLICATION)
    if totals == Totals():
        raise UserError(NOTHING(year=year))
    return words


async def publish(work: UnitOfWork, actor: Actor, year: int) -> None:
    """Say it to the group; said again, the message of that year is changed."""
    outgoing = Outgoing(await publication(work, actor, year))
    await posting.to_groups(work, outgoing, priority=Priority.NOTICE, slot=f"dues_year:{year}", matter=Matter.TALLY)


async def accounts(work: UnitOfWork, actor: Actor) -> list[Text]:
    """The totals of the branch this year, the check code, and the actor's own line."""
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, actor.member))
    number, code = await work.ledger.head("dues")
    if not number:
        return [EMPTY]
    year = beijing_day(work.now).year
    words, _ = await _filled(work, year, ACCOUNTS)
    return [words, CHECK(number=number, code=code[:8]), OWN(year=year), *await own(work, actor, year)]


async def own(work: UnitOfWork, actor: Actor, year: int) -> list[Text]:
    """The actor's months of a year by what they are, and their receipts."""
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, actor.member))
    if actor.member is None:
        return []
    today = beijing_day(work.now)
    months = span(f"{year}-01", min(f"{year}-12", month_of(today)))
    cells = (await dues_standing.of_member(work, actor.member, months[0], months[-1])).cells.values()
    by_state = {state: [cell for cell in cells if cell.state is state] for state in State}
    lines = [_line(work, state, found) for state, found in by_state.items() if found]
    claims = await work.dues_claims.of(actor.member)
    receipts = [each.receipt for each in claims if each.receipt and each.state == ClaimState.CONFIRMED and f"-{year}-" in each.receipt]
    if receipts:
        lines.append(_RECEIPTS(receipts=Text.join(map(Text.plain, receipts), "、", ", ")))
    return lines


def _line(work: UnitOfWork, state: State, cells: list[Cell]) -> Text:
    months = told([cell.month for cell in cells], beijing_day(work.now))
    amount = sum(cell.paid or cell.claimed or cell.open for cell in cells)
    return (
        _PAID(state=STATE_NAMES[state], months=months, amount=money(amount)) if amount else _STATE(state=STATE_NAMES[state], months=months)
    )

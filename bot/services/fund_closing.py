"""When an appeal is over: open promises end, givers hear what is left, and after a week the rest goes to the fund in general."""

from collections.abc import Mapping

from bot.language.money import yuan
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.appeals import ENDED, State
from bot.rules.fund import WORD_TO_GIVERS
from bot.services import fund, fund_people, payouts, pledges, posting
from bot.services.fund import Sheet
from bot.services.ledgers import Book
from bot.services.pledge_refunds import REFUND
from bot.texts import Text
from storage.accounts import Account
from storage.keys import BranchId, MemberId
from storage.ledger import Line
from storage.payouts import FundCase
from storage.pledges import Pledge
from storage.unit_of_work import UnitOfWork

RELEASED = Text(
    "A{case} 已经结束，您认捐的 {amount} 元（P{number}）不用给了。谢谢您。",
    "A{case} is over, so the {amount} yuan of P{number} are no longer needed. Thank you.",
)
LEFT = Text(
    "A{case} 已经结束，还余 {left} 元。7 天后转入爱心基金，接着帮别的同志。想退的说一声：发“退款 P{number} 原因”。",
    "A{case} is over with {left} yuan left. In 7 days that goes to the care fund. To ask yours back: “refund P{number} why”.",
)


async def where_money(work: UnitOfWork) -> set[BranchId]:
    """The branches with anything in the book of the fund."""
    return await work.agenda.with_entries(Book.FUND.value)


async def close_due(work: UnitOfWork, actor: Actor) -> None:
    """Go on with the money of every appeal that is over. Running it again does nothing more."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    sheets = {case: sheet for case, sheet in (await fund.sheets(work)).items() if case is not None}
    known = await work.payouts.cases(sheets)
    open_numbers = {each.number for each in await work.appeals.of_state(*(state.value for state in State if state not in ENDED))}
    settled = {case for case, sheet in sheets.items() if case in known and known[case].settled_at and not (sheet.left or sheet.promised)}
    over = {case: sheet for case, sheet in sheets.items() if case not in open_numbers | settled}
    if not over:
        return
    by_case: dict[int, list[Pledge]] = {case: [] for case in over}
    for each in await work.pledges.of_appeals(over):
        by_case[each.appeal_number or 0].append(each)
    # Learns everybody with their roles by two statements, so that nobody is looked up alone below.
    await work.members.present()
    accounts = await posting.reached_of_branch(work)
    to_be_paid = {payouts.source_of(each) for each in await work.payouts.of_states(["proposed", "approved"])}
    asked_back = {each.data.get("number") for each in await work.questions.of_kind(REFUND)}
    for case, sheet in over.items():
        for each in by_case[case]:
            if each.state == "pledged":
                await pledges.release(work, actor, each, "released")
                text = RELEASED(case=case, amount=yuan(each.open_fen), number=each.number)
                await fund_people.tell(work, each.member_id, text, accounts.get(each.member_id))
        # A giver who asked in time is answered first, however long the keeper takes.
        if case not in to_be_paid and not any(each.number in asked_back for each in by_case[case]):
            await _go_on(work, known.get(case), sheet, by_case[case], accounts)


async def _go_on(work: UnitOfWork, known: FundCase | None, sheet: Sheet, given: list[Pledge], accounts: Mapping[MemberId, Account]) -> None:
    case = sheet.case or 0
    if known is None:
        work.payouts.put_case(FundCase(case, work.now, None if sheet.left else work.now))
        for each in given if sheet.left else []:
            if each.held_fen:
                text = LEFT(case=case, left=yuan(sheet.left), number=each.number)
                await fund_people.tell(work, each.member_id, text, accounts.get(each.member_id))
        if sheet.received:
            await payouts.report_case(work, case)
    elif known.settled_at is None and known.told_at > work.now + WORD_TO_GIVERS:
        # Told by a clock that was ahead: the week in which givers may ask begins now.
        work.payouts.put_case(FundCase(case, work.now, None))
    elif known.settled_at is None and known.told_at <= work.now - WORD_TO_GIVERS:
        if sheet.left:
            lines = [Line(fund.MOVED, sheet.left, case_number=case), Line(fund.MOVED, -sheet.left)]
            await work.ledger.append(Book.FUND.value, fund.SETTLED, lines, actor=None, ref=f"A{case}")
        work.payouts.put_case(FundCase(case, known.told_at, work.now))

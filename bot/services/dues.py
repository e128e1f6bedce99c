"""A member's own dues (党费): what is held about them."""

from bot.clock import beijing_day
from bot.language.money import yuan
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.dues import Category
from bot.services.dues_standing import ClaimState
from bot.services.dues_words import CATEGORY_NAMES, money, told
from bot.texts import Text
from storage.dues_assessments import Assessment
from storage.unit_of_work import UnitOfWork

CLAIM_STATES = {
    ClaimState.WAITING: Text("待核对", "waiting"),
    ClaimState.WITH_A_PERSON: Text("待人工核对", "with the dues keeper"),
    ClaimState.CONFIRMED: Text("已确认", "confirmed"),
    ClaimState.DECLINED: Text("没有通过", "declined"),
    ClaimState.WITHDRAWN: Text("已撤回", "withdrawn"),
    ClaimState.REVERSED: Text("已冲正", "reversed"),
}
REDUCTION_STATES = {
    "asked": Text("等支部研究", "waiting for the branch"),
    "branch_ok": Text("支部同意，等上级批准", "agreed by the branch, waiting for the higher committee"),
    "approved": Text("已批准", "approved"),
    "declined": Text("没有批准", "declined"),
    "withdrawn": Text("已撤回", "withdrawn"),
}
_ASSESSED = Text("{since} 起每月 {amount}（{category}）", "from {since} on {amount} a month ({category})")
_LESS = Text("{since} 到 {until} 减为每月 {amount}", "from {since} to {until} reduced to {amount} a month")
_NOT_ASSESSED = Text("{since} 起没有核定", "from {since} on not assessed")
_CLAIM = Text("C{number}，{day} 报，{amount} 元{months}，{state}", "C{number}, {day}, {amount} yuan{months}, {state}")
_REDUCTION = Text("减免申请 J{number}，{day}，{state}", "request J{number} for less, {day}, {state}")
_REASON = Text("，理由：{reason}", ", reason: {reason}")


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What is held about a member's dues, line by line; the booked money itself is told by the ledgers."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        return []
    lines = [_assessment(each) for each in await work.dues_assessments.of(actor.member)]
    for claim in await work.dues_claims.of(actor.member):
        months = told(claim.named, beijing_day(claim.at))
        lines.append(
            _CLAIM(
                number=claim.number,
                day=beijing_day(claim.at).isoformat(),
                amount=yuan(claim.fen),
                months=(Text("，", ", ") + months) if months else Text("", ""),
                state=CLAIM_STATES[ClaimState(claim.state)],
            )
            + (Text.plain(f" {claim.receipt}") if claim.receipt else Text("", ""))
            + (_REASON(reason=claim.reason) if claim.reason else Text("", ""))
        )
    for each in await work.dues_reductions.of(actor.member):
        line = _REDUCTION(number=each.number, day=beijing_day(each.asked_at).isoformat(), state=REDUCTION_STATES[each.state])
        lines.append(line + (_REASON(reason=each.reason) if each.reason else Text("", "")))
    return lines


def _assessment(each: Assessment) -> Text:
    if each.monthly_fen is None:
        return _NOT_ASSESSED(since=each.effective_from)
    if each.state != "normal":
        return _LESS(since=each.effective_from, until=each.until or "", amount=money(each.monthly_fen))
    line = _ASSESSED(since=each.effective_from, amount=money(each.monthly_fen), category=CATEGORY_NAMES[Category(each.category)])
    return line + (_REASON(reason=each.reason) if each.reason else Text("", ""))

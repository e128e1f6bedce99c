"""Assessing what a member pays (核定). The income typed for it is used once and kept nowhere; the amount and category are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import dues as words_of
from bot.language import money as amounts_of
from bot.language.month_words import ImpossibleMonth
from bot.language.months import read
from bot.patterns import Pattern
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.dues import (
    BaseMissing,
    Category,
    Dues,
    OutOfRange,
    Own,
    average_of_quarter,
    monthly_dues,
    needs_base,
    needs_choice,
    policy_on,
)
from bot.rules.months import after, month_of
from bot.services import asking, dues_cards, dues_fitting, dues_policies, dues_standing, privacy, trail
from bot.services.asking import CONFIRM, Ask
from bot.services.dues_words import CATEGORY_NAMES, explained, money, told
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.dues_assessments import Assessment
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

KIND, DEED = "dues_assess", "dues_assessed"
HOW = Text(
    "请像这样写：\n核定 周海 在职 6000（税后月收入，只用来算，不保存）\n核定 周海 农民 0.5\n核定 周海 离退休 定为20 原因 支部研究\n"
    "类别有：在职、年薪、个体、离退休、农民、学生、下岗、救济、低保。要从别的月份起，加“从1月”。",
    "Please write it like this:\nassess Zhou Hai salaried 6000 (after tax, used once and not kept)\nassess Zhou Hai farmer 0.5\n"
    "assess Zhou Hai retired fixed 20 reason the branch decided\nCategories: salaried, annual, self-employed, retired, farmer, student, "
    "unemployed, relief, dibao. For another first month add “from January”.",
)
OWN = Text("自己的党费要由别的同志来核定。", "Your own dues are assessed by somebody else.")
NO_BASE = Text(
    "{category}要按收入算，请写上{base}，比如：核定 周海 在职 6000。",
    "{category} is measured by income; please add it ({base}): assess Zhou Hai salaried 6000.",
)
AFTER_TAX = Text("要用税后的数来算，请写税后每月多少。", "The amount after tax is needed; please write that, by the month.")
RANGE = Text(
    "规定是每月 {low} 到 {high}，由支部定，请写上，比如：核定 周海 农民 0.5。",
    "The rule allows {low} to {high} a month, as the branch decides; please add it.",
)
TOO_MUCH = Text("{amount} 超过了上限（{high}），没有记。", "{amount} is above the limit ({high}); nothing was noted.")
NO_REASON = Text(
    "另定金额要写原因，比如：核定 周海 离退休 定为20 原因 支部研究。",
    "An amount of the branch's own needs its reason: … fixed 20 reason the branch decided.",
)
PREVIEW = Text(
    "{who}（{category}）：每月 {amount}，从{month}起。{why}对吗？", "{who} ({category}): {amount} a month from {month}. {why}Is that right?"
)
FROZEN = Text(
    "（今年已核定过，按年度核定从明年1月起；要当月起就写“从{month}”。）",
    " (Assessed this year already, so it starts in January; write “from {month}” for this month.) ",
)
DONE = Text(
    "好，{who}核定为每月 {amount}，从{month}起，已私下告诉本人。收入没有保存。",
    "Done: {who} pays {amount} a month from {month} and was told in private. The income is not kept.",
)
TOLD = Text(
    "您的党费核定为每月 {amount}（{category}），从{month}起。不对请找组织委员；问“依据”能看到规定。",
    "Your dues are assessed at {amount} a month ({category}) from {month}. "
    "Please tell the dues keeper if that is wrong; “grounds” shows the rule.",
)
PUT_ASIDE = Text(
    "前面那位的核定还没记，先放一边了。要记它，半小时内说“记上一份”。",
    "The assessment before this one is not noted; it is put aside. To note it, say “note the former” within half an hour.",
)
_ASIDE = (Text("记上一份", "note the former"), Text("不记上一份", "drop the former"))
NOT_ANY_MORE = Text("刚才的核定撤回了，党费还是照原来的。", "The assessment is taken back; your dues are as before.")
_QUARTER = Pattern("季度?|quarter")
_FIXED = Pattern(r"(?:定为|定|每月|fixed) ?(?P<amount>\S+)", re.IGNORECASE)
_REASON = Pattern(r"[ ,，:：]*(?:原因|理由|因为|reason)[ ,，:：是]*", re.IGNORECASE)
_FROM = Pattern("(?:从|自|from) ?(?P<month>[^,， ]+(?: 20[0-9]{2})?)(?:起|开始)?", re.IGNORECASE)
_OF_PERSON = {"quarter": Text("上季度总收入或月均", "the average of last quarter"), "month": Text("税后月收入", "monthly pay after tax")}


@dataclass(frozen=True, slots=True)
class Draft:
    """An assessment that is shown before it is made. It holds no income."""

    member: MemberId
    category: Category
    fen: int
    since: str
    reason: str
    article: str
    why: Text
    frozen: bool


async def draft(work: UnitOfWork, actor: Actor, member: Member, words: str) -> Draft:
    """What somebody would pay: category, perhaps an income, an amount of the branch's own with its reason, a first month.

    Raises `UserError`.
    """
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id, member.id))
    if member.id == actor.member:
        raise UserError(OWN)
    today = beijing_day(work.now)
    said, given = (*_REASON.split(words, maxsplit=1), "")[:2]
    reason = dues_fitting.sentence(given, dues_policies.LONGEST_REASON, NO_REASON) if given else ""
    head, _, rest = said.strip().partition(" ")
    category = words_of.category(head)
    if category is None:
        raise UserError(HOW)
    since, rest = _since(rest, today)
    dues, why = await _dues(work, Category(category), rest, reason, today)
    first, frozen = await _first_month(work, member.id, Category(category), since, today)
    own_reason = reason or ((await dues_policies.own(work, Category(category), today))[1] if dues.overridden else "")
    return Draft(member.id, Category(category), dues.fen, first, own_reason, dues.article[0], why, frozen)


def _since(rest: str, today: date) -> tuple[str | None, str]:
    """The first month, where one is named (从1月), and the rest."""
    named = _FROM.search(rest)
    if named is None:
        return None, rest
    try:
        months = read(named["month"], today).months
    except ImpossibleMonth as error:
        raise UserError(dues_fitting.NO_SUCH_MONTH) from error
    if len(months) != 1:
        raise UserError(HOW)
    return months[0], f"{rest[: named.start()]} {rest[named.end() :]}"


async def _dues(work: UnitOfWork, category: Category, rest: str, reason: str, today: date) -> tuple[Dues, Text]:
    rule = policy_on(today)
    own, _ = await dues_policies.own(work, category, today)
    fixed = _FIXED.search(rest)
    found = amounts_of.amounts(fixed["amount"] if fixed else rest)
    if len(found) > 1 or (fixed and not found):
        raise UserError(HOW)
    if found and found[0].yuan != 0:
        dues_fitting.fen(found[0])
    amount = found[0].yuan if found else None
    if fixed and amount is not None:
        if not reason:
            raise UserError(NO_REASON)
        own = Own(fen=int(amount * 100))
    if "税前" in rest or "before tax" in rest.casefold():
        raise UserError(AFTER_TAX)
    chosen = int(amount * 100) if amount is not None and needs_choice(category, rule) else None
    base = amount if needs_base(category, rule) and not fixed else None
    if base is not None and category is Category.SELF_EMPLOYED and _QUARTER.search(rest):
        base = average_of_quarter(base)
    try:
        dues = monthly_dues(category, base, rule, chosen=chosen, own=own, step=await dues_policies.step(work, today))
    except BaseMissing as error:
        base_of = _OF_PERSON["quarter" if category is Category.SELF_EMPLOYED else "month"]
        raise UserError(NO_BASE(category=CATEGORY_NAMES[category], base=base_of)) from error
    except OutOfRange as error:
        raise UserError(_out_of_range(error, amount)) from error
    return dues, explained(dues, rule)


def _out_of_range(error: OutOfRange, amount: Any) -> Text:
    high = error.high if error.high is not None else 0
    if error.low:
        return RANGE(low=money(error.low), high=money(high))
    return TOO_MUCH(amount=Text(f"{amount} 元", f"{amount} yuan"), high=money(high))


async def _first_month(work: UnitOfWork, member: MemberId, category: Category, since: str | None, today: date) -> tuple[str, bool]:
    """From when it holds: as said, else this month; where the branch freezes for a year and this year is assessed, next January."""
    this = month_of(today)
    if since is not None:
        return since, False
    held = dues_standing.in_force(await work.dues_assessments.of(member), this)
    same = held is not None and held.category == category.value and beijing_day(held.at).year == today.year
    if same and await dues_policies.frozen(work, today):
        return f"{today.year + 1}-01", True
    return this, False


def preview(work: UnitOfWork, drafted: Draft, who: Text) -> Ask:
    """The draft shown back. What waits in the question is the amount, never the income."""
    today = beijing_day(work.now)
    why = drafted.why + (FROZEN(month=told([month_of(today)], today)) if drafted.frozen else Text("", ""))
    shown = {"category": CATEGORY_NAMES[drafted.category], "amount": money(drafted.fen), "month": told([drafted.since], today)}
    data = {
        "member": drafted.member,
        "category": drafted.category.value,
        "fen": drafted.fen,
        "since": drafted.since,
        "reason": drafted.reason,
        "article": drafted.article,
    }
    return Ask(KIND, PREVIEW(who=who, why=why, **shown), CONFIRM, data=data)


async def put_aside(work: UnitOfWork, actor: Actor, drafted: Draft) -> Text | None:
    """Keep what waits for the actor's yes about somebody else; what to tell of it. None where nothing does."""
    waiting = await asking.waits(work, actor.member, KIND) if actor.member is not None else None
    if waiting is None or actor.member is None or waiting.data["member"] == drafted.member:
        return None
    await asking.set_aside(work, actor.member, waiting, _ASIDE)
    return PUT_ASIDE


async def assess(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], platform: str) -> Text:
    """Make the assessment that was shown; the member is told in private. Answers what was done."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id, data["member"]))
    member, today = await dues_cards.still_here(work, MemberId(data["member"])), beijing_day(work.now)
    made = await work.dues_assessments.add(
        member.id,
        effective_from=data["since"],
        category=data["category"],
        monthly_fen=data["fen"],
        article=data["article"],
        reason=data["reason"],
        set_by=actor.member,
    )
    await trail.changed(work, actor, [member.id], Trailed.DUES)
    if actor.member is not None:
        work.deeds.add(actor.member, DEED, {"member": member.id, "number": made.number})
    shown = {"amount": money(data["fen"]), "month": told([data["since"]], today)}
    await dues_cards.tell(work, member.id, TOLD(category=CATEGORY_NAMES[Category(data["category"])], **shown))
    return DONE(who=await privacy.named(work, platform, member), **shown)


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Let every month be again what it would be without an assessment, by ones that follow it; the member is told."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id, data["member"]))
    every = await work.dues_assessments.of(MemberId(data["member"]))
    undone = next(each for each in every if each.number == data["number"])
    others = [each for each in every if each.number != undone.number]
    for first, last, former in _stretches(others, undone.effective_from):
        await work.dues_assessments.add(
            undone.member_id,
            effective_from=first,
            until=last,
            category=former.category if former else undone.category,
            monthly_fen=former.monthly_fen if former else None,
            article=former.article if former else "",
            reason=former.reason if former else "",
            set_by=actor.member,
            at=former.at if former else None,  # a year in which nothing new was decided is not frozen by this
        )
    await trail.changed(work, actor, [undone.member_id], Trailed.DUES)
    await dues_cards.tell(work, undone.member_id, NOT_ANY_MORE)


def _stretches(assessments: Sequence[Assessment], since: str) -> list[tuple[str, str | None, Assessment | None]]:
    """From a month on: the months, to the last or without an end, in which one and the same assessment holds, or none."""
    begins = {each.effective_from for each in assessments} | {after(each.until) for each in assessments if each.until}
    firsts = [since, *sorted(month for month in begins if month > since)]
    lasts = [*(after(month, -1) for month in firsts[1:]), None]
    return [(first, last, dues_standing.in_force(assessments, first)) for first, last in zip(firsts, lasts, strict=True)]


async def missing(work: UnitOfWork, actor: Actor, platform: str) -> tuple[Sequence[Member], int, int]:
    """Who is not assessed this month: those that may be named, how many may not, and how many there are."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    this = month_of(beijing_day(work.now))
    assessed = await work.dues_assessments.of_all()
    without = [each for each in await work.members.present() if dues_standing.in_force(assessed.get(each.id, ()), this) is None]
    shown, hidden = await privacy.shown(work, platform, without)
    await trail.saw(work, actor, [each.id for each in shown], Trailed.DUES)
    return shown, hidden, len(without)

"""党费: what a member pays, which months are open, claimed, paid – and what that rests on."""

from collections.abc import Sequence

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language.month_words import ImpossibleMonth
from bot.language.months import read
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.dues import Category, DuesPolicy, Measure, policy_on
from bot.rules.months import after, index, month_of, span
from bot.services import dues_cards, dues_policies, dues_receipts, dues_standing, privacy
from bot.services.dues_standing import ClaimState, Standing, State
from bot.services.dues_words import CATEGORY_NAMES, excluded, money, told
from bot.services.ledgers import Book
from bot.texts import Text
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork

NOT_ASSESSED = Text(
    "您的党费还没有核定，组织委员会跟您核对。想先算一算，就发“税后六千党费多少”。",
    "Your dues are not assessed yet; the dues keeper will ask you. To work it out beforehand: “dues on 6000 after tax”.",
)
ASSESSED = Text(
    "您每月 {amount}（{category}，{article}{reason}），{since}起。",
    "You pay {amount} a month ({category}, {article}{reason}) from {since}.",
)
LESS = Text("{since}到{until}减为每月 {amount}。", "From {since} to {until} it is reduced to {amount}.")
OPEN = Text("没交：{months}，共 {amount}。", "Open: {months}, {amount} together.")
ALL_WELL = Text("到{month}为止都交清了。", "Everything is paid until {month}.")
SHORT = Text(
    "{months}确认的比核定的少 {amount}，组织委员会跟您核对。",
    "For {months} {amount} less is confirmed than was assessed since; the dues keeper will ask you.",
)
WAITS = Text("待核对：C{number} {what}。", "Waiting: C{number} {what}.")
PAID = Text("已确认：{months}。", "Confirmed: {months}.")
AHEAD = Text("已预交到{month}。", "Paid ahead until {month}.")
EXEMPT = Text("不用交：{months}。", "Nothing due: {months}.")
HOW = Text(
    "党费交给{keepers}，机器人不收钱。交完发“已交 60 一月到三月”（金额和月份），核对到账后给您收据号。家人、别的党员也可以代交。",
    "Dues are paid to {keepers}; the bot takes no money. Then send “paid 60 January to March” (amount and months), and you get a receipt "
    "number once it is checked. Your family or another member may pay for you.",
)
KEEPER = Text("组织委员", "the dues keeper")
TELL = Text("交了就发“已交”。", "Once paid, send “paid”.")
NO_RECEIPT = Text(
    "{months}还没有收据：组织委员确认到账后才有。", "There is no receipt for {months} yet: it comes once the dues keeper confirmed."
)
_RECENT = 6
"""Months of what was confirmed that are told at least, and all of this year's; the ledger has all of it (我的)."""


async def own(work: UnitOfWork, actor: Actor) -> list[Text]:
    """A member's own dues, line by line."""
    member = _member(actor)
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, member))
    today = beijing_day(work.now)
    this = month_of(today)
    standing = await dues_standing.since_assessed(work, member, this)
    later = await dues_standing.of_member(work, member, after(this), after(this, 12))
    claims = [each for each in await work.dues_claims.of(member) if each.state in dues_standing.OPEN]
    lines = [*_amounts(standing, work), *_months(standing, work)]
    ahead = [cell.month for cell in later.cells.values() if cell.state is State.PAID]
    if ahead:
        lines.append(AHEAD(month=told(ahead[-1:], today)))
    lines += [WAITS(number=each.number, what=dues_cards.what(each, work) + dues_cards.flags(each)) for each in claims]
    return [*lines, TELL] if standing.open else lines


def _amounts(standing: Standing, work: UnitOfWork) -> list[Text]:
    today, held = beijing_day(work.now), standing.assessment
    if held is None or held.monthly_fen is None:
        return [NOT_ASSESSED]
    article = Text(held.article, policy_on(today).measures[Category(held.category)].article[1])
    reason = Text("，支部定：{reason}", ", the branch's own: {reason}")(reason=held.reason) if held.reason else Text("", "")
    shown = {"amount": money(held.monthly_fen), "category": CATEGORY_NAMES[Category(held.category)], "article": article, "reason": reason}
    lines = [ASSESSED(since=told([held.effective_from], today), **shown)]
    less = dues_standing.reduction(standing.assessments, month_of(today))
    if less is not None and less.monthly_fen is not None:
        until = told([less.until], today) if less.until else Text("", "")
        lines.append(LESS(since=told([less.effective_from], today), until=until, amount=money(less.monthly_fen)))
    return lines


def _months(standing: Standing, work: UnitOfWork) -> list[Text]:
    today = beijing_day(work.now)
    this, lines = month_of(today), []
    waiting = standing.open
    if waiting:
        lines.append(OPEN(months=told([cell.month for cell in waiting], today), amount=money(sum(cell.open for cell in waiting))))
    if standing.short:
        missing = sum((cell.due or 0) - cell.paid for cell in standing.short)
        lines.append(SHORT(months=told([cell.month for cell in standing.short], today), amount=money(missing)))
    elif not waiting and standing.assessment is not None and all(cell.state is not State.CLAIMED for cell in standing.cells.values()):
        lines.append(ALL_WELL(month=told([this], today)))
    recent = [cell for cell in standing.cells.values() if index(this) - index(cell.month) < _RECENT or cell.month[:4] == this[:4]]
    for state, text in ((State.PAID, PAID), (State.EXEMPT, EXEMPT)):
        months = [cell.month for cell in recent if cell.state is state]
        if months:
            lines.append(text(months=told(months, today)))
    return lines


async def how_to_pay(work: UnitOfWork, actor: Actor, platform: str) -> Text:
    """To whom dues are paid, and what to say afterwards."""
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, actor.member))
    keepers = await dues_cards.keepers(work)
    shown, _ = await privacy.shown(work, platform, keepers)
    names = Text.join([Text(each.name, each.latin) for each in shown], "、", ", ")
    today = beijing_day(work.now)
    waiting = (await dues_standing.since_assessed(work, _member(actor), month_of(today))).open
    owed = OPEN(months=told([cell.month for cell in waiting], today), amount=money(sum(cell.open for cell in waiting)))
    how = HOW(keepers=KEEPER + (Text(f"（{names.zh}）", f" ({names.en})") if shown else Text("", "")))
    return Text.join([owed, how]) if waiting else how


async def month_to_close(work: UnitOfWork, actor: Actor) -> str:
    """The oldest month that is over and not closed, from the first with a closing or an entry on; "" where there is none."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    this = month_of(beijing_day(work.said_at))
    year = int(this[:4])
    closed = [each.month for each in [*await work.dues_closings.of_year(year - 1), *await work.dues_closings.of_year(year)]]
    entries = [] if closed else await work.ledger.entries(Book.DUES.value)
    begun = closed[0] if closed else month_of(beijing_day(entries[0].at)) if entries else this
    return next((month for month in span(begun, after(this, -1)) if month not in closed), "") if begun < this else ""


async def receipt_covering(work: UnitOfWork, actor: Actor, words: str) -> str:
    """The number of one's own receipt that covers a month in words; the words where they name none. Raises `UserError`."""
    member = _member(actor)
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, member))
    today = beijing_day(work.said_at)
    try:
        wanted = read(words, today).months
    except ImpossibleMonth:
        return words
    if not wanted or dues_receipts.numbered(words):
        return words
    of = [each for each in await work.dues_claims.of(member) if each.state == ClaimState.CONFIRMED and set(wanted) & set(each.named)]
    if not of:
        raise UserError(NO_RECEIPT(months=told(wanted, today)))
    return of[-1].receipt or ""


_BASE = Text(
    "{source}{article}：基数是{base}。{by}：不算{excluded}。",
    "{source}, {article}: the base is {base}. {by}: without {excluded}.",
)
_RATES = Text("{article}：{rates}，按全部基数算，每月最多 {cap}。", "{article}: {rates}, on the whole base, at most {cap} a month.")
_FIXED = Text(
    "{retired}：离退休{rates}。{farmer}：农民每月 {low} 到 {high}，学生、下岗、救济、低保 {amount}。",
    "{retired}: pensions {rates}. {farmer}: farmers {low} to {high} a month; students, unemployed, on relief or minimum living "
    "allowance {amount}.",
)
_HARDSHIP = Text(
    "第七条：交不起的，支部研究、上级党委批准后可少交或免交。第八条：预备党员从支部大会通过的当月起交。"
    "第十二条：一般按月交，补交一般不超过 {back_pay} 个月。",
    "Art. 7: in hardship less or nothing, once the branch has decided and the higher committee approved. Art. 8: probationary members pay "
    "from the month of the branch meeting. Art. 12: monthly as a rule; back-pay generally no more than {back_pay} months.",
)
_LARGE = Text(
    "第十一条：自愿一次多交 {large} 以上的另记，全部上缴中央。第十四条：任何组织不得垫交、扣缴。",
    "Art. 11: {large} and more at once, of one's own will, goes apart to the centre. Art. 14: nobody may advance or withhold dues.",
)
_MINE = Text("您的：{line}", "Yours: {line}")
_BRANCH = Text("支部自己定的：{line}", "The branch's own: {line}")


async def grounds(work: UnitOfWork, actor: Actor) -> Sequence[Text]:
    """The articles, the member's own assessment, and what the branch decided for itself."""
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, actor.member))
    today = beijing_day(work.now)
    rule = policy_on(today)
    measure = rule.measures[Category.SALARIED]
    standing = await dues_standing.since_assessed(work, _member(actor), month_of(today))
    base = _BASE(
        source=Text(*rule.source),
        article=Text(*rule.base_article),
        base=Text(*rule.base),
        by=Text(*rule.excluded_by),
        excluded=excluded(rule),
    )
    rated = _RATES(article=Text(*measure.article), rates=_rates(measure), cap=money(rule.cap or 0))
    others = [_fixed(rule), _HARDSHIP(back_pay=rule.back_pay_months), _LARGE(large=money(rule.large_from))]
    mine = [_MINE(line=line) for line in _amounts(standing, work)]
    branch = [_BRANCH(line=line) for line in await dues_policies.told(work, today)]
    return [*mine, *branch, base, rated, *others]


def _fixed(rule: DuesPolicy) -> Text:
    retired, farmer, student = (rule.measures[each] for each in (Category.RETIRED, Category.FARMER, Category.STUDENT))
    low, high = farmer.span or (0, 0)
    shown = {"rates": _rates(retired), "low": money(low), "high": money(high), "amount": money(student.fixed or 0)}
    return _FIXED(retired=Text(*retired.article), farmer=Text(*farmer.article), **shown)


def _rates(measure: Measure) -> Text:
    return Text.join([_rate(tier.up_to, tier.rate) for tier in measure.tiers], "，", ", ")


def _rate(up_to: object, rate: object) -> Text:
    percent = f"{float(str(rate)) * 100:g}%"
    return (
        Text(f"到 {up_to} 元 {percent}", f"to {up_to} yuan {percent}") if up_to is not None else Text(f"再多 {percent}", f"above {percent}")
    )


def _member(actor: Actor) -> MemberId:
    if actor.member is None:
        raise LookupError("dues are a member's")
    return actor.member

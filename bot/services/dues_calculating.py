"""Working out what somebody would pay, without keeping anything of it."""

from decimal import Decimal

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import dues as words_of
from bot.language import money as amounts_of
from bot.language.dues import Calculation
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.dues import BaseMissing, Category, Dues, DuesPolicy, OutOfRange, average_of_quarter, monthly_dues, needs_choice, policy_on
from bot.services import dues_fitting, dues_policies
from bot.services.dues_words import CATEGORY_NAMES, explained, money
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

ANSWER = Text("{category}：每月 {amount}。{why}", "{category}: {amount} a month. {why}")
NET = Text(
    "按税后、不含五险一金和各种补贴的算（发“依据”看全部），以支部核定的为准，这里不保存。",
    "It goes by pay after tax, without social insurance and allowances (“grounds” lists all); what the branch assessed counts. Not kept.",
)
ASK_TAX = Text(
    "您说的是税前还是税后？是税前的话，扣完再问一次。",
    "Is that before or after tax? Dues go by pay after tax; if it was before, please ask again with that.",
)
BEFORE = Text(
    "党费按税后的算：扣掉个人所得税和五险一金后，每月到手多少？请发：税后… 党费多少。",
    "Dues go by pay after tax: what is left a month after income tax and social insurance? Please ask again with that.",
)
PENSION = Text("只算基本养老金（离退休费），不含其他补贴。", "Only the basic pension counts, without other allowances. ")
ANNUAL = Text(
    "年薪制按当月实际领到的算，这个月没发就是 0。",
    "On an annual salary it is what was really received in the month: nothing paid, nothing due. ",
)
QUARTER = Text("没有固定月收入的，按上季度的月均算。", "Without monthly pay it is the monthly average of the last quarter. ")
CHOOSE = Text("{category}：每月 {low} 到 {high}，由支部定。{why}", "{category}: {low} to {high} a month, as the branch decides. {why}")
WHICH_BASE = Text(
    "{category}要按收入算。请写上每月多少，比如：税后六千党费多少。", "{category} is measured by income. Please write how much a month."
)
MONTHLY = Text("请写当月实际领到多少，比如：年薪制，这个月发了两万，党费多少。", "Please write what was received this month.")
STILL = Text("要交的。", "Yes, a little. ")


async def calculate(work: UnitOfWork, actor: Actor, words: str) -> Text:
    """What somebody in a position would pay by the rules and this branch's own measures. Raises `UserError`. Keeps nothing."""
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, actor.member))
    said = words_of.calculation(words)
    if len({each.yuan for each in amounts_of.amounts(words)}) > 1:
        raise UserError(dues_fitting.TWO_AMOUNTS)
    today = beijing_day(work.now)
    rule, category = policy_on(today), Category(said.category)
    if said.base is not None and (said.base < 0 or said.base * 100 > amounts_of.LARGEST * 10):
        dues_fitting.checked(said.base)
    if category is Category.ANNUAL_SALARY and said.base is not None and "年薪" in words and not words_of.of_this_month(words):
        raise UserError(MONTHLY)
    if said.before_tax:
        return BEFORE
    own, reason = await dues_policies.own(work, category, today)
    base = average_of_quarter(said.base) if said.base is not None and words_of.of_quarter(words) else said.base
    try:
        found = monthly_dues(category, base, rule, own=own, step=await dues_policies.step(work, today))
    except BaseMissing as error:
        raise UserError(WHICH_BASE(category=CATEGORY_NAMES[category])) from error
    except OutOfRange as error:
        return CHOOSE(category=CATEGORY_NAMES[category], low=money(error.low), high=money(error.high or 0), why=_article(category, rule))
    because = Text(f"（{reason}）", f" ({reason}) ") if found.overridden and reason else Text("", "")
    answer = ANSWER(category=CATEGORY_NAMES[category], amount=money(found.fen), why=explained(found, rule) + because)
    return Text.join([answer, *_notes(said, found, rule, base)], "\n")


def _article(category: Category, rule: DuesPolicy) -> Text:
    return explained(Dues(0, category, rule.measures[category].article, rule.source), rule)


def _notes(said: Calculation, found: Dues, rule: DuesPolicy, base: Decimal | None) -> list[Text]:
    if base is None or needs_choice(found.category, rule):
        return []
    if found.category is Category.RETIRED:
        return [PENSION]
    if found.category is Category.ANNUAL_SALARY:
        return [ANNUAL]
    if found.category is Category.SELF_EMPLOYED:
        return [QUARTER]
    return [NET, *([ASK_TAX] if said.before_tax is None else [])]

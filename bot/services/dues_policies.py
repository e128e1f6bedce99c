"""What a branch decides for itself about dues: its own measure for a category, the yearly freeze, rounding, the day of reminders."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import dues as words_of
from bot.language import money as amounts_of
from bot.language.normalise import clean
from bot.patterns import Pattern
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import dues_days
from bot.rules.dues import Category, OutOfRange, Own, monthly_dues, needs_base, policy_on
from bot.services import dues_fitting
from bot.services.dues_words import CATEGORY_NAMES, money
from bot.texts import Text
from storage.keys import BranchId
from storage.policies import Policy
from storage.unit_of_work import UnitOfWork

DEED = "dues_policy"
FREEZE, ROUNDING, DAY = "dues_freeze", "dues_rounding", "dues_day"
YEARLY, FOLLOW = "yearly", "follow"
LONGEST_REASON = 80
HOW = Text(
    "请像这样写，都要带原因：\n党费政策 农民 0.5 原因 支部研究\n党费政策 离退休 系数 0.3 原因 …\n党费政策 离退休 恢复 原因 …\n"
    "党费政策 核定 年度（或 随工资）原因 …\n党费政策 取整 角（或 分）原因 …\n党费政策 提醒日 10 原因 …",
    "Please write it like this, always with the reason:\nduespolicy farmer 0.5 reason …\nduespolicy retired factor 0.3 reason …\n"
    "duespolicy retired usual reason …\nduespolicy assess yearly (or follow) reason …\nduespolicy rounding 0.1 (or 0.01) reason …\n"
    "duespolicy day 10 reason …",
)
NO_REASON = Text(
    "请写上原因，比如：党费政策 农民 0.5 原因 支部研究决定。没有改。",
    "Please add the reason: … reason the branch decided so. Nothing was changed.",
)
OUT_OF_RANGE = Text(
    "规定是 {low} 到 {high}，{amount}不在里面，没有改。", "The rule allows {low} to {high}; {amount} is outside. Nothing was changed."
)
NOT_SO = Text("这个数不对，没有改。{how}", "That number does not work, so nothing was changed. {how}")
SET = Text(
    "好，从今天起：{what}。原因：{reason}。想改回，十分钟内发“撤销”。",
    "Done, from today: {what}. Reason: {reason}. “undo” within ten minutes takes it back.",
)
_FIXED, _RATE = Text("{category}每月 {amount}", "{category} {amount} a month"), Text("{category}按 {rate}% 交", "{category} at {rate}%")
_FACTOR = Text("{category}的基数乘 {factor}", "{category}: base times {factor}")
_USUAL = Text("{category}按规定交", "{category} by the rule")
_FREEZE = {
    YEARLY: Text("年初核定，一年内一般不变", "assessed at the start of the year, generally unchanged within it"),
    FOLLOW: Text("工资变了当月就变", "follows the pay from the month it changes"),
}
_ROUNDING = {1: Text("算到分", "to a fen"), 10: Text("算到角", "to a tenth of a yuan")}
_DAY = Text("每月 {day} 日提醒", "reminders on day {day} of the month")
_BECAUSE = Text("{what}（{day} 起，原因：{reason}）", "{what} (from {day}, reason: {reason})")
_SPLIT = Pattern(r"[ ,，:：]*(?:原因|理由|因为|reason)[ ,，:：是]*", re.IGNORECASE)
_WORDS = {
    "核定": FREEZE, "冻结": FREEZE, "assess": FREEZE, "freeze": FREEZE,
    "取整": ROUNDING, "进位": ROUNDING, "rounding": ROUNDING,
    "提醒日": DAY, "日期": DAY, "day": DAY,
}  # fmt: skip
_VALUES: Mapping[str, Mapping[str, Any]] = {
    FREEZE: {"年度": YEARLY, "一年": YEARLY, "年初": YEARLY, "yearly": YEARLY, "随工资": FOLLOW, "跟工资": FOLLOW, "follow": FOLLOW},
    ROUNDING: {"分": 1, "0.01": 1, "角": 10, "0.1": 10},
}
_BACK = frozenset({"恢复", "按规定", "取消", "usual", "none"})


async def own(work: UnitOfWork, category: Category, day: date) -> tuple[Own | None, str]:
    """A branch's own measure for a category on a day, and its reason; None where the rule holds."""
    found = await work.policies.get(_name(category), day)
    if found is None or found.value is None:
        return None, ""
    return _own(found.value), found.reason


async def step(work: UnitOfWork, day: date) -> int:
    """To how many fen amounts are rounded on a day."""
    found = await work.policies.get(ROUNDING, day)
    return int(found.value) if found is not None and found.value else 1


async def frozen(work: UnitOfWork, day: date) -> bool:
    """Whether an assessment generally holds for its year (2017 notice, 1), rather than following the pay at once."""
    found = await work.policies.get(FREEZE, day)
    return found is None or found.value != FOLLOW


async def reminder_day(work: UnitOfWork) -> int:
    """The day of the month on which members are reminded: the branch's, or the usual one."""
    found = await work.policies.get(DAY, beijing_day(work.now))
    return int(found.value) if found is not None and found.value else dues_days.USUAL_DAY


async def reminder_days(work: UnitOfWork) -> dict[BranchId, int]:
    """The same of every branch that chose a day of its own."""
    decided = await work.agenda.decided(DAY, beijing_day(work.now))
    return {branch: int(value) for branch, value in decided.items() if value}


async def told(work: UnitOfWork, day: date) -> list[Text]:
    """What the branch decided for itself, with the reasons; nothing where the rules hold."""
    found = [(category, await work.policies.get(_name(category), day)) for category in Category]
    lines = [
        _because(_measure(category, _own(each.value)), each) for category, each in found if each is not None and each.value is not None
    ]
    for name in (FREEZE, ROUNDING, DAY):
        each = await work.policies.get(name, day)
        if each is not None and each.value is not None:
            lines.append(_because(_value(name, each.value), each))
    return lines


def _because(what: Text, each: Policy) -> Text:
    return _BECAUSE(what=what, day=each.effective_from.isoformat(), reason=each.reason)


async def decide(work: UnitOfWork, actor: Actor, words: str) -> Text:
    """Note a decision of the branch, with its reason. Raises `UserError` for one that the rules do not allow or that is not clear."""
    require(actor, Permission.SET_DUES_POLICY, Subject(work.branch_id))
    parts = _SPLIT.split(clean(words), maxsplit=1)
    said = parts[0].split()
    if len(said) < 2:
        raise UserError(HOW)
    reason = dues_fitting.sentence(parts[1] if len(parts) > 1 else "", LONGEST_REASON, NO_REASON)
    name, value, what = _understood(said, beijing_day(work.now))
    await _put(work, actor, name, value, reason)
    return SET(what=what, reason=reason)


async def _put(work: UnitOfWork, actor: Actor, name: str, value: Any, reason: str) -> None:
    today = beijing_day(work.now)
    before = await work.policies.get(name, today)
    work.policies.put(name, value, effective_from=today, reason=reason, set_by=actor.member)
    if actor.member is not None:
        old = [before.value, before.reason] if before is not None else [None, ""]
        work.deeds.add(actor.member, DEED, {"name": name, "value": old[0], "reason": old[1]})


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Let what held before hold again, as a decision that follows."""
    require(actor, Permission.SET_DUES_POLICY, Subject(work.branch_id))
    work.policies.put(data["name"], data["value"], effective_from=beijing_day(work.now), reason=data["reason"], set_by=actor.member)


def _understood(said: list[str], today: date) -> tuple[str, Any, Text]:
    category = words_of.category(said[0])
    if category is not None:
        own_value = None if said[1] in _BACK else _own_value(Category(category), said[1:], today)
        what = _USUAL(category=CATEGORY_NAMES[Category(category)]) if own_value is None else _measure(Category(category), _own(own_value))
        return _name(Category(category)), own_value, what
    name = _WORDS.get(said[0].casefold())
    if name is None:
        raise UserError(HOW)
    if name == DAY:
        if not said[1].isascii() or not said[1].isdigit() or not 1 <= int(said[1]) <= 28:
            raise UserError(NOT_SO(how=Text("提醒日是 1 到 28。", "The day is 1 to 28.")))
        return name, int(said[1]), _DAY(day=int(said[1]))
    value = _VALUES[name].get(said[1].casefold())
    if value is None:
        raise UserError(HOW)
    return name, value, _value(name, value)


def _own_value(category: Category, said: list[str], today: date) -> dict[str, Any]:
    rule = policy_on(today)
    kind = {"系数": "factor", "factor": "factor", "比例": "rate", "rate": "rate"}.get(said[0].casefold())
    if kind is not None:
        if not needs_base(category, rule) or len(said) < 2:
            raise UserError(HOW)
        value = _decimal(said[1])
        if not 0 < value <= 1:
            raise UserError(
                NOT_SO(how=Text("系数和比例在 0 和 1 之间，或写百分数。", "A factor or rate lies between 0 and 1, or is a percentage."))
            )
        return {kind: str(value)}
    found = amounts_of.amounts(said[0])
    if len(found) != 1:
        raise UserError(HOW)
    fen = dues_fitting.fen(found[0])
    try:
        monthly_dues(category, Decimal(0), rule, own=Own(fen=fen))
    except OutOfRange as error:
        raise UserError(OUT_OF_RANGE(low=money(error.low), high=money(error.high or fen), amount=money(fen))) from error
    return {"fen": fen}


def _decimal(words: str) -> Decimal:
    try:
        return Decimal(words.removesuffix("%")) / (100 if words.endswith("%") else 1)
    except InvalidOperation as error:
        raise UserError(HOW) from error


def _own(value: Mapping[str, Any]) -> Own:
    rate, factor = value.get("rate"), value.get("factor")
    return Own(value.get("fen"), Decimal(rate) if rate else None, Decimal(factor) if factor else None)


def _measure(category: Category, measure: Own) -> Text:
    name = CATEGORY_NAMES[category]
    if measure.fen is not None:
        return _FIXED(category=name, amount=money(measure.fen))
    if measure.rate is not None:
        return _RATE(category=name, rate=f"{(measure.rate * 100).normalize():f}")
    return _FACTOR(category=name, factor=f"{measure.factor}")


def _value(name: str, value: Any) -> Text:
    if name == DAY:
        return _DAY(day=int(value))
    return _FREEZE[value] if name == FREEZE else _ROUNDING[value]


def _name(category: Category) -> str:
    return f"dues_override:{category.value}"

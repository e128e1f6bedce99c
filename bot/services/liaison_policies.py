"""What a branch decides about looking after members: how many a liaison has at most, and how often a year they are met at least."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language.normalise import clean
from bot.language.numerals import number
from bot.patterns import Pattern
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import liaisons as rules
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

DEED = "liaison_policy"
CAP, TALKS, VISITS = "liaison_cap", "liaison_talks", "liaison_visits"
_RANGE = {CAP: (1, 50), TALKS: (1, 12), VISITS: (0, 12)}
_USUAL = {CAP: rules.CAP, TALKS: rules.TALKS, VISITS: rules.VISITS}
_TOLD = {
    CAP: Text("一位联系人最多联系 {count} 位", "a liaison looks after {count} at most"),
    TALKS: Text("每人每年至少谈心 {count} 次", "a talk with each {count} times a year at least"),
    VISITS: Text("每人每年至少走访 {count} 次", "a visit to each {count} times a year at least"),
}
NOW = Text(
    "现在：{told}。要改，发“联系人上限 4”“每年谈心 2”“每年走访 1”。",
    "Now: {told}. To change it: liaisoncap 4, talksayear 2, visitsayear 1.",
)
SET = Text("好，从今天起：{what}。弄错了，十分钟内发“撤销”。", "Done, from today: {what}. “undo” within ten minutes takes it back.")
NOT_SO = Text("这个数在 {low} 到 {high} 之间，没有改。", "The number lies between {low} and {high}; nothing was changed.")
NOT_BELOW = Text(
    "谈心谈话每年至少一次（支部工作条例第十九条），不能再少，没有改。",
    "A talk with each at least once a year is the rule (art. 19), so nothing was changed.",
)
_REASON = Pattern(r"[ ,，:：]*(?:原因|理由|因为|reason)[ ,，:：是]*")
_UNIT = Pattern("(?:个|位|名|人|次|people|times)*")


@dataclass(frozen=True, slots=True)
class Measure:
    """What holds in a branch now."""

    cap: int
    talks: int
    visits: int


async def measure(work: UnitOfWork) -> Measure:
    """What holds now."""
    return Measure(await _held(work, CAP), await _held(work, TALKS), await _held(work, VISITS))


async def _held(work: UnitOfWork, name: str) -> int:
    found = await work.policies.get(name, beijing_day(work.now))
    return int(found.value) if found is not None and found.value is not None else _USUAL[name]


async def told(work: UnitOfWork) -> Text:
    """What holds now, in words."""
    parts = [_TOLD[name](count=await _held(work, name)) for name in _TOLD]
    return NOW(told=Text.join(parts, "；", "; "))


async def decide(work: UnitOfWork, actor: Actor, name: str, words: str) -> Text:
    """Set one of the numbers, perhaps with a reason. Raises `UserError`."""
    require(actor, Permission.ASSIGN_LIAISON, Subject(work.branch_id))
    parts = _REASON.split(clean(words), maxsplit=1)
    said = parts[0].strip()
    low, high = _RANGE[name]
    meant = number(_UNIT.sub("", said)) if said else None
    if name == TALKS and meant == 0:
        raise UserError(NOT_BELOW)
    if meant is None or not low <= meant <= high:
        raise UserError(NOT_SO(low=low, high=high))
    before = await work.policies.get(name, beijing_day(work.now))
    reason = parts[1].strip()[:80] if len(parts) > 1 else ""
    work.policies.put(name, meant, effective_from=beijing_day(work.now), reason=reason, set_by=actor.member)
    if actor.member is not None:
        old = [before.value, before.reason] if before is not None else [None, ""]
        work.deeds.add(actor.member, DEED, {"name": name, "value": old[0], "reason": old[1]})
    return SET(what=_TOLD[name](count=meant))


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Let what held before hold again, as a decision that follows."""
    require(actor, Permission.ASSIGN_LIAISON, Subject(work.branch_id))
    work.policies.put(data["name"], data["value"], effective_from=beijing_day(work.now), reason=data["reason"], set_by=actor.member)

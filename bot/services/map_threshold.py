"""What everybody may see of where people are (分布图): places of three people at least, unless the branch decided for more."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import numerals
from bot.language import places as gazetteer
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import regions
from bot.rules.regions import Region
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

POLICY = DEED = "map_fewest"
USUAL = 3
"""People in the smallest group that is shown; of two, each would know the other."""
MOST = 50
TOLD = Text(
    "分布图和人数：一个地方满 {count} 人才显示，不满的并到省里。要改，发“分布图起数 5”。",
    "The map shows places with at least {count} people; smaller ones merge into the province. To change: “mapfrom 5”.",
)
SET = Text(
    "好，满 {count} 人才显示。改回去，十分钟内发“撤销”。",
    "Done: places with at least {count} people. “undo” within ten minutes takes it back.",
)
UNCLEAR = Text(
    "请写 {least} 到 {most} 的数，比如：分布图起数 5。不到 {least} 人，谁在哪儿就看得出来了。",
    "Please give a number from {least} to {most}, as in “mapfrom 5”. With fewer than {least} it would show who is where.",
)


async def fewest(work: UnitOfWork) -> int:
    """People in the smallest group that the branch shows."""
    decided = await work.policies.get(POLICY, beijing_day(work.now))
    return _of(decided.value if decided else None)


def _of(value: Any) -> int:
    return USUAL if value is None else max(USUAL, int(value))


async def by_city(work: UnitOfWork) -> Counter[int]:
    """How many people each city has, or a province of which no city was said: not for everybody."""
    people: Counter[int] = Counter()
    for code, count in (await work.places.counts()).items():
        people[gazetteer.place(code).city_code] += count
    return people


async def groups(work: UnitOfWork) -> list[tuple[Region, int]]:
    """The only numbers by place that everybody may see, whatever they ask and how; small ones have merged upwards."""
    return regions.shown(await by_city(work), await fewest(work)).groups


async def told(work: UnitOfWork, actor: Actor) -> Text:
    """What holds now."""
    require(actor, Permission.SEE_PLACES, Subject(work.branch_id))
    return TOLD(count=await fewest(work))


async def decide(work: UnitOfWork, actor: Actor, words: str) -> Text:
    """Decide on the number that words name, from today on. Raises `UserError`."""
    require(actor, Permission.SEE_PLACES, Subject(work.branch_id))
    count = numerals.number(words.strip().removesuffix("人").removesuffix("个").strip())
    if count is None or not USUAL <= count <= MOST:
        raise UserError(UNCLEAR(least=USUAL, most=MOST))
    today = beijing_day(work.now)
    before = await work.policies.get(POLICY, today)
    work.policies.put(POLICY, count, effective_from=today, set_by=actor.member)
    if actor.member is not None:
        work.deeds.add(actor.member, DEED, {"value": before.value if before else None})
    return SET(count=count)


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Text:
    """Let the number before hold again."""
    require(actor, Permission.SEE_PLACES, Subject(work.branch_id))
    work.policies.put(POLICY, data["value"], effective_from=beijing_day(work.now), set_by=actor.member)
    return TOLD(count=_of(data["value"]))

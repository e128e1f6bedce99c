"""How much study a year is asked for, in class hours (学时), and how long one is. Dated, with the source of each number."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TrainingPolicy:
    """What holds from a day on. Targets are class hours a year; `minutes` is the length of one."""

    effective_from: date
    minutes: int
    member: int
    leader: int
    source: str
    source_en: str


POLICIES = (
    TrainingPolicy(
        date(2019, 5, 6),
        minutes=45,
        member=32,
        leader=56,
        source="《中国共产党党员教育管理工作条例》（2019-05-06）：党员每年集中学习培训一般不少于 32 学时，"
        "基层党组织书记和班子成员一般不少于 56 学时",
        source_en="Regulations on the education and management of party members (2019-05-06): members generally at least "
        "32 class hours a year, secretaries and committee members 56",
    ),
)
"""The oldest first. That a class hour has 45 minutes is common practice; the regulations do not say."""
LEADERS = frozenset({"secretary", "committee", "dues_keeper", "curator"})
"""Roles of a branch committee."""
FEW = 3
"""Fewer people than this are not counted out: a small number tells of persons."""
LONGEST = 12 * 60
"""Minutes that one statement may add."""


def policy(day: date) -> TrainingPolicy:
    """What holds on a day; before the first, the first."""
    return next((each for each in reversed(POLICIES) if each.effective_from <= day), POLICIES[0])


def target(roles: frozenset[str], day: date) -> int:
    """Class hours that are asked of somebody with these roles in the year of a day."""
    holds = policy(day)
    return holds.leader if roles & LEADERS else holds.member


def hours(minutes: int, day: date) -> str:
    """Minutes as class hours, to one decimal place, rounded down: what is not full is not claimed."""
    tenths = minutes * 10 // policy(day).minutes
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)

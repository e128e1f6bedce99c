"""Somebody new is to be entered in the branch: 把刘大山加进来, 新来个党员叫刘大山."""

from bot.language.normalise import bare
from bot.language.persons import ONE, is_person
from bot.language.simplified import simplified
from bot.patterns import Pattern

_LONGEST = 30
_NEW = "(?:同志|党员|成员|人)"
_WANTED = Pattern(
    f"(?:请|麻烦|帮我|你|,){{0,3}}(?:把|将)(?:新来的)?(?P<name>{ONE})(?:同志)?(?:也)?(?:加|拉|添|补|录)(?:进来|进去"
    "|进(?:咱们?)?支部(?:里)?(?:来)?"
    f"|到(?:咱们?)?(?:支部|名单)(?:里|上)?(?:来)?)(?:吧|一下|了)?"
    "|(?:我们|咱们?|支部)?(?:这里)?(?:新来|新到|新增|新转来|新加|刚来|来了|转来)(?:了)?(?:一?[个位名]"
    f"|个)?(?:新)?{_NEW}[,， :]?(?:名?叫|名字是|名字叫|是)?(?P<name2>{ONE})(?:同志)?"
    f"|(?:加|添|新增|增加)(?:一?[个位名])(?:新)?{_NEW}[,， :]{{0,2}}(?:名?叫|是)?(?P<name3>{ONE})(?:同志)?"
    f"|(?:a )?new member[:, ]{{1,2}}(?P<name4>{ONE})|add (?P<name5>{ONE}) ?(?:to the branch|as a member)"
)


def heard(text: str) -> str | None:
    """The name of who is to be invited; None for anything else."""
    said = simplified(bare(text))
    found = _WANTED.fullmatch(said) if len(said) <= _LONGEST else None
    name = next(filter(None, found.groups()), "") if found else ""
    return name if is_person(name) else None

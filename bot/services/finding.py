"""Finding the one person whom a typed name means. Nobody is taken silently for another whose name is written the same in latin letters."""

from collections.abc import Sequence

from bot.errors import UserError
from bot.language.names import untold
from bot.services import privacy
from bot.services.people import NOBODY, NobodyOfThatName
from bot.texts import Text
from storage.members import Member
from storage.unit_of_work import UnitOfWork

SEVERAL = Text(
    "叫“{name}”的不止一位，请写汉字姓名：{names}",
    "Several people are called “{name}”; please write the name in Chinese characters: {names}",
)
HERE = ""
"""No platform: what is said stays at the command line of this machine."""


class Several(UserError):
    """A name that means more than one person."""


async def by_name(work: UnitOfWork, name: str, platform: str) -> Member:
    """The one present member of a name. Raises `NobodyOfThatName` or `Several`, which names on a platform only whom it may."""
    found = await work.members.named(name)
    if not found:  # 钱小二, where there are 钱小二(东) and 钱小二(西)
        alike = [each for each in await work.members.present() if untold(each.name) == name.strip()]
        if len(alike) > 1:
            raise await several(work, alike, name, platform)
        found = alike
    member = await the_one(work, found, name, platform)
    if member is None:
        raise NobodyOfThatName(NOBODY(name=name[:20]))
    return member


async def the_one(work: UnitOfWork, found: Sequence[Member], name: str, platform: str, refusal: Text = SEVERAL) -> Member | None:
    """The first of those whose name is written exactly so, else the only one there is; None for nobody. Raises `Several`."""
    exact = [member for member in found if member.name == name.strip()]
    if len(found) > 1 and not exact:
        raise await several(work, found, name, platform, refusal)
    return next(iter(exact or found), None)


async def several(work: UnitOfWork, found: Sequence[Member], name: str, platform: str, refusal: Text = SEVERAL) -> Several:
    """The refusal that lists whom a name may mean, in characters in either language: in latin letters they are all the same."""
    shown, hidden = await privacy.shown(work, platform, found)
    names = [Text.plain(name) for name in sorted(member.name for member in shown)]
    listed = Text.join([*names, *([privacy.MORE(count=hidden)] if hidden else [])], "、", ", ")
    return Several(refusal(name=name[:40], names=listed))

"""Whom to ask about what the bot cannot do: the secretary; for the secretary, whoever keeps the bot running."""

from bot.permissions import Role
from bot.services import privacy
from bot.texts import Text
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork

SECRETARY = Text("书记", "the secretary")
NAMED = Text("书记{names}", "the secretary, {names}")
HIGHER = Text("上级党组织或管理员", "the higher party organisation or the operator")


async def secretary(work: UnitOfWork, asker: MemberId, platform: str) -> Text:
    """The secretary by name, as far as it may be written on this platform."""
    holding = await work.members.holding(Role.SECRETARY.value)
    if any(each.id == asker for each in holding):
        return HIGHER
    members, _ = await privacy.shown(work, platform, holding)
    names = Text.join([Text(each.name, each.latin) for each in members], "、", ", ")
    return NAMED(names=names) if names else SECRETARY

"""党费: what a member pays, and why."""

from collections.abc import Sequence

from bot.commands import Context, holds
from bot.services import dues
from bot.texts import Text


@holds("dues", Text("党费", "dues"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await dues.mine(ctx.work, ctx.actor)

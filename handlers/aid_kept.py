"""What mutual help keeps about a person, for 我的 and 导出."""

from collections.abc import Sequence

from bot.commands import Context, holds
from bot.services import aid_kept
from bot.texts import Text


@holds("aid", Text("互助", "mutual help"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await aid_kept.mine(ctx.work, ctx.actor)

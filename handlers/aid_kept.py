"""What mutual help keeps about a person, for 我的 and 导出, and what it rests on, for 依据."""

from collections.abc import Sequence

from bot.commands import Context, grounds, holds
from bot.services import aid_kept
from bot.texts import Text


@holds("aid", Text("互助", "mutual help"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await aid_kept.mine(ctx.work, ctx.actor)


@grounds("aid", Text("互助", "mutual help"), "求助", "互助求助", "求助互助", "appeals")
async def rests_on(ctx: Context) -> Sequence[Text]:
    return await aid_kept.rests_on(ctx.work, ctx.actor)

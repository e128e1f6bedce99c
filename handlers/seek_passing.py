"""我知道某同志在哪, and the answer of the one who is sought: 愿意联系, 不愿意联系."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Context, Reply, Say, Where, answer, command, undoes
from bot.language import seeking as words_of
from bot.permissions import Permission
from bot.rules import codes
from bot.services import seek_passing
from bot.texts import Text

SEEN = Text("好。", "All right.")
TAKES_CODE = Text("码", "CODE")


def _coded(words: str) -> bool:
    return codes.is_code(codes.typed(words))


@command(
    *("我知道谁在哪", "iknow"),
    needs=Permission.OFFER_AID,
    help=Text("知道一位没联系上的同志：先替支部问问本人", "you know somebody who is not in touch: they are asked first, through you"),
    where=Where.PRIVATE,
    takes=Text("姓名", "NAME"),
    understands=words_of.known,
    spoken_to=True,
)
async def known(ctx: Context) -> Reply:
    return Say(await seek_passing.known(ctx.work, ctx.actor, ctx.args), private=True)


@command(
    *("愿意联系", "willing"),
    needs=Permission.REPORT_IN,
    help=Text("别人转给您一个码：愿意和支部联系", "you were given a code: you would like to be in touch"),
    where=Where.PRIVATE,
    takes=TAKES_CODE,
    understands=words_of.willing,
    fits=_coded,
    hidden=True,
)
async def willing(ctx: Context) -> Reply:
    return await _answered(ctx, willing=True)


@command(
    *("不愿意联系", "unwilling"),
    needs=Permission.REPORT_IN,
    help=Text("别人转给您一个码：不愿意联系，以后不再打扰", "you were given a code: you would rather not be in touch"),
    where=Where.PRIVATE,
    takes=TAKES_CODE,
    understands=words_of.unwilling,
    fits=_coded,
    hidden=True,
)
async def unwilling(ctx: Context) -> Reply:
    return await _answered(ctx, willing=False)


async def _answered(ctx: Context, *, willing: bool) -> Reply:
    told = await seek_passing.answer(ctx.work, ctx.actor, ctx.incoming, ctx.args, willing=willing)
    return Say(told, private=True) if told else []


@answer(seek_passing.CARD_KIND, needs=Permission.INVITE)
async def seen(_ctx: Context) -> Reply:
    return SEEN


@undoes(seek_passing.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await seek_passing.undo(ctx.work, ctx.actor, data)
    return seek_passing.TAKEN_BACK

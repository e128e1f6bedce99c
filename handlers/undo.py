"""撤销: taking back what one did last."""

from collections.abc import Mapping
from typing import Any

from bot import questions
from bot.commands import Context, Reply, Where, command, undoes
from bot.language import undoing
from bot.language.normalise import bare
from bot.permissions import Permission
from bot.services import departures, dues_reductions, undo
from bot.services.abroad import NOTHING_ASKED
from bot.texts import Text

HELP = Text("撤销十分钟内刚做的那一件", "take back the last thing you did, within ten minutes")
NOTHING = Text("十分钟内没有能撤销的事，放心。", "There is nothing from the last ten minutes to take back. All is well.")
WHAT = Text(
    "十分钟内没有能撤销的事。哪一件弄错了？请说清楚些，或发“帮助”。",
    "There is nothing from the last ten minutes to take back. What went wrong? Please say more, or send “help”.",
)
IN_PRIVATE = Text("要撤销刚才那一件，请在这里发“撤销”。", "To take back the last thing you did, send “undo” here.")
CLOSED = Text("好，刚才问您的作罢，什么都没变。", "All right, what I asked is dropped; nothing has changed.")
FINAL = Text("{what}，这一步撤不回来。{back}", "{what}. That cannot be taken back. {back}")
NOT_WITHDRAWN = Text(
    "没有等您回答的问题，减免申请还在。真要撤回，发“撤回减免”。",
    "No question waits for you, and your request for less dues stands. To take it back, send “withdraw reduction”.",
)
_BY_NAME = {dues_reductions.DEED: NOT_WITHDRAWN}
"""What was asked of several people and is written anew when it is lost: a bare 取消 is not enough."""
MISTYPED = (
    *("撤消", "撒销", "撒消", "撤銷", "撒銷", "撤肖", "chexiao", "che xiao", "chehui"),
    *(
        f"{word}{what}"
        for word in ("撤销", "撤消", "撤回")
        for what in ("一下", "上一条", "上一步", "上一个", "刚才", "刚才的", "刚才那条")
    ),
)


@command(
    "撤销",
    "撤回",
    "undo",
    needs=Permission.UNDO,
    help=HELP,
    where=Where.PRIVATE,
    understands=undoing.mistaken,
    also=MISTYPED,
    intents=("cancel",),
)
async def take_back(ctx: Context) -> Reply:
    if ctx.in_group and not ctx.word:
        return IN_PRIVATE if ctx.addressed else None
    if not ctx.in_group and (closed := await undo.close_question(ctx.work, ctx.actor)) is not None:
        await departures.dropped(ctx.work, ctx.actor, closed.data)
        return CLOSED
    if _only_cancels(ctx) and (last := await undo.last(ctx.work, ctx.actor)) is not None and last.kind in _BY_NAME:
        return _BY_NAME[last.kind]
    return (None if ctx.in_group else await undo.instead(ctx.work, ctx.actor)) or await _take_back(ctx)


async def _take_back(ctx: Context) -> Reply:
    deed = await undo.take_last(ctx.work, ctx.actor)
    if deed is None and not ctx.in_group and await questions.nothing_to_cancel(ctx.work, ctx.member, ctx.incoming.text):
        return NOTHING_ASKED
    if deed is None:
        return (NOTHING if ctx.word else WHAT) if ctx.addressed else None
    undone = await ctx.registry.undos[deed.kind].handler(ctx, deed.data)
    return undo.when(ctx.work, deed) + undone


def _only_cancels(ctx: Context) -> bool:
    """Whether somebody said no more than 取消: perhaps of a question that is answered already, and not of what they did."""
    return not ctx.word and bare(ctx.incoming.text) in questions.CANCEL


@undoes(undo.FINAL)
async def final(ctx: Context, data: Mapping[str, Any]) -> Text:
    return FINAL(what=Text(*data["what"]), back=Text(*data["back"]))

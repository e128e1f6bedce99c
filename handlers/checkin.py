"""报平安: the word that says one is fine."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands import Context, Mark, MemberId, Reply, Say, command, entry, holds, undoes
from bot.permissions import Permission
from bot.services import check_ins
from bot.texts import Text

HELP = Text("报一声平安，自愿，一天一次就够", "say that you are fine; voluntary, once a day is enough")
DONE = Text("收到，一路平安。想撤回，十分钟内发“撤销”。", "Noted, keep well. To take it back, send “undo” within ten minutes.")
NOT_FOR_OTHERS = Text(
    "报平安是自愿的，各人报各人的。请本人发一句“签到”。", "Checking in is everybody's own choice; they can send “check in” themselves."
)
FOR_OTHERS = Text(
    "替人报，请发“补录 姓名 报平安”，会标明是补录的。", "For somebody else send “enter NAME check in”; it is marked as entered."
)
NO_NEED = Text(
    "前几天的不用补，报平安不是考勤。今天的记上了。", "No need to make up for days before: it is no attendance. Today's is noted."
)
ENTERED = Text("好，已补录今天报平安。", "Entered: checked in today.")
ENTERED_AGAIN = Text("今天已经有记录了，不用补。", "There is a check-in today already.")


@command(
    *("签到", "报平安", "平安", "打卡", "checkin", "check in", "qiandao"),
    needs=Permission.CHECK_IN,
    help=HELP,
    free=True,
    warm=check_ins.warm,
    intents=("checkin",),
)
async def check_in(ctx: Context) -> Reply:
    slots = ctx.meaning.slots if ctx.meaning is not None else {}
    if "for" in slots or slots.get("needs_clarify"):
        return Say(FOR_OTHERS if ctx.actor.may(Permission.ENTER_FOR_OTHERS) else NOT_FOR_OTHERS, private=True)
    if not await check_ins.check_in(ctx.work, ctx.actor, ctx.member, group=ctx.incoming.chat.key if ctx.in_group else None):
        return [Mark(), Say(check_ins.AGAIN, private=True)]
    return Mark() if ctx.in_group else NO_NEED if "date" in slots else DONE


@undoes(check_ins.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    return await check_ins.undo(ctx.work, ctx.actor, data)


@holds("check_in", Text("报平安", "check-ins"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await check_ins.mine(ctx.work, ctx.actor)


@entry(check_ins.entered, Text("补录 李小山 报平安", "enter Li Xiaoshan check in"))
async def enter(ctx: Context, member_id: MemberId) -> Reply:
    done = await check_ins.check_in(ctx.work, ctx.actor, member_id, entered_by=ctx.member)
    return ENTERED if done else ENTERED_AGAIN

"""催缴 and the reminders themselves: in private alone, and only for who does not mind them."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands import Ask, Choice, Context, Pages, Reply, Say, Where, answer, command, grounds, holds, undoes
from bot.language.dues_talk import chases, stops
from bot.permissions import Permission
from bot.replies import sheet
from bot.services import dues_answers, dues_keeping_data, dues_keeping_grounds, dues_reminder_words, dues_reminders, finals
from bot.texts import Text

SEND = Choice(Text("发", "send"), ("发", "发送", "好", "对", "是", "可以", "确认", "ok", "yes", "send"))
DO_NOT = Choice(Text("不发", "do not"), ("不发", "不", "不要", "取消", "算了", "no"))
SURE = Text("私下提醒这 {count} 位，现在发吗？", "Remind these {count} in private now?")
SENT = Text(
    "好，私下提醒了 {count} 位，群里什么也没说。本月不会再提醒他们。",
    "Done: {count} reminded in private, nothing in the group. They hear no more this month.",
)
NOT_SENT = Text("好，没有发。", "Nothing was sent.")
STOPPED = Text(
    "好，以后不提醒您交党费了。该交的还是要交，发“党费”随时能看。想恢复，发“党费照常提醒”。",
    "I will not remind you of dues any more. What is due stays due; “dues” shows it. For reminders again, send “dues reminders”.",
)
STOPPED_ALREADY = Text(
    "已经不提醒了。该交的还是要交，发“党费”能看。", "You get no reminders already. What is due stays due; “dues” shows it."
)
RESUMED = Text("好，以后每月最多私下提醒一次。", "You will be reminded in private, once a month at most.")
UNDONE = Text("好，党费提醒和原来一样。", "Dues reminders are as they were.")


@command(
    *("催缴", "催党费", "催交党费", "chase"),
    needs=Permission.KEEP_DUES,
    help=Text("先看会私下提醒谁交党费，再决定发不发", "see who would be reminded of dues, then decide"),
    where=Where.PRIVATE,
    understands=chases,
    matter="dues_keeping",
)
async def chase(ctx: Context) -> Reply:
    plan = await dues_reminders.preview(ctx.work, ctx.actor)
    pages = Pages(*await dues_reminder_words.lines(ctx.work, plan, ctx.platform))
    if not plan.remind:
        return pages
    if not dues_reminders.in_daytime(ctx.work):
        return [*sheet(pages), Say(dues_reminders.TOO_EARLY, private=True)]
    return [*sheet(pages), Ask(dues_reminders.CHASE, SURE(count=len(plan.remind)), (SEND, DO_NOT))]


@answer(dues_reminders.CHASE, needs=Permission.KEEP_DUES, matter="dues")
async def decided(ctx: Context) -> Reply:
    if ctx.choice:
        return NOT_SENT
    plan = await dues_reminders.chase(ctx.work, ctx.actor)
    if plan.remind:
        finals.note(ctx.work, ctx.actor, finals.CHASED)
    return SENT(count=len(plan.remind))


@answer(dues_reminders.KIND, needs=Permission.DUES_OWN, matter="dues")
async def answered(ctx: Context) -> Reply:
    if ctx.choice:
        return await _stop(ctx)
    return await dues_answers.paid(ctx.work, ctx.actor, "", "", ctx.platform)


@command(
    *("党费别再提醒", "别再提醒党费", "不要提醒党费", "党费不用提醒", "别催党费", "noduesreminders", "no dues reminders"),
    needs=Permission.DUES_OWN,
    help=Text("不再收党费提醒（该交的还是要交）", "no more reminders of dues (they stay due)"),
    where=Where.PRIVATE,
    understands=stops,
    matter="dues_keeping",
    intents=("remind_settings:dues",),
)
async def stop(ctx: Context) -> Reply:
    return await _stop(ctx) if ctx.addressed and (ctx.word or not ctx.in_group) else None


async def _stop(ctx: Context) -> Text:
    return STOPPED if await dues_reminders.stop(ctx.work, ctx.actor) else STOPPED_ALREADY


@command(
    *("党费照常提醒", "恢复党费提醒", "党费提醒我", "duesreminders", "dues reminders"),
    needs=Permission.DUES_OWN,
    help=Text("恢复党费提醒，每月最多一次", "reminders of dues again, once a month at most"),
    where=Where.PRIVATE,
    matter="dues_keeping",
    spoken_to=True,
)
async def resume(ctx: Context) -> Reply:
    await dues_reminders.resume(ctx.work, ctx.actor)
    return RESUMED


@undoes(dues_reminders.STOPPED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await dues_reminders.undo_switch(ctx.work, ctx.actor, was_on=not data["on"])
    return UNDONE


@holds("dues_keeping", Text("党费提醒和在外地交", "reminders of dues, dues paid elsewhere"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await dues_keeping_data.mine(ctx.work, ctx.actor)


@grounds(
    "dues_keeping", Text("党费提醒和欠缴", "dues reminders and arrears"), "催缴", "欠缴", "在外地交党费", "党费结账", "公布党费", "arrears"
)
async def rests_on(ctx: Context) -> Sequence[Text]:
    return await dues_keeping_grounds.lines(ctx.work, ctx.actor)

"""上缴: what the dues keeper handed to the next-higher committee, booked."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.commands import Ask, Choice, Context, Reply, Where, answer, command, undoes
from bot.permissions import Permission
from bot.services import dues_handing, dues_periods, finals
from bot.services.dues_handing import Handing
from bot.services.dues_words import money, told
from bot.texts import Text

KIND = "dues_hand"
BOOK = Choice(Text("记上", "book"), ("记上", "记", "好", "对", "是", "可以", "确认", "ok", "yes", "book"))
DO_NOT = Choice(Text("取消", "cancel"), ("不", "不对", "不记", "取消", "算了", "no"))
BOOKED = Text(
    "好，记了上缴 {month}{what} {amount}（账本第 {number} 笔）。手里还有党费 {held}。错了，十分钟内“撤销”，以后发“冲正上缴 {month} 原因”。",
    "Booked as handed up: {month}, {what}, {amount} (entry {number}). Still held: {held}. If wrong, “undo” within ten minutes, later "
    "“reverse handing {month}” and the reason.",
)
NOT_BOOKED = Text("好，没有记。", "Nothing was booked.")
REVERSED = Text(
    "好，那笔上缴冲正了（账本第 {number} 笔），钱回到组织委员手里的账上。",
    "That handing is reversed (entry {number}); the books have the money with the keeper again.",
)
GONE = Text("那笔上缴已经冲正过了，没有动。", "That was reversed already; nothing was changed.")


@command(
    *("上缴", "上缴党费", "上交", "上交党费", "handup", "hand up"),
    needs=Permission.KEEP_DUES,
    help=Text("记一笔上缴的党费，手里有多少才能缴多少", "book dues handed upward, no more than is held"),
    where=Where.PRIVATE,
    takes=Text("3月 560", "2026-03 560"),
    matter="dues_keeping",
    spoken_to=True,
)
async def hand_up(ctx: Context) -> Reply:
    drafted = await dues_handing.draft(ctx.work, ctx.actor, ctx.args)
    month = told([drafted.month], dues_periods.today(ctx.work))
    sure = dues_handing.SURE(month=month, what=drafted.what, amount=money(drafted.fen))
    return Ask(KIND, sure, (BOOK, DO_NOT), data=asdict(drafted))


@answer(KIND, needs=Permission.KEEP_DUES, matter="dues")
async def decided(ctx: Context) -> Reply:
    if ctx.choice or ctx.question is None:
        return NOT_BOOKED
    drafted = Handing(**ctx.question.data)
    entry = await dues_handing.book(ctx.work, ctx.actor, drafted)
    month = told([drafted.month], dues_periods.today(ctx.work))
    held, _ = await dues_handing.held(ctx.work)
    return BOOKED(month=month, what=drafted.what, amount=money(drafted.fen), number=entry.number, held=money(held))


@command(
    *("冲正上缴", "reversehanding", "reverse handing"),
    needs=Permission.KEEP_DUES,
    help=Text("上缴记错了，写明原因冲正", "reverse what was booked as handed upward, with a reason"),
    where=Where.PRIVATE,
    takes=Text("3月 原因", "2026-03 reason"),
    matter="dues_keeping",
)
async def reverse(ctx: Context) -> Reply:
    entry = await dues_handing.reverse(ctx.work, ctx.actor, ctx.args)
    finals.note(ctx.work, ctx.actor, finals.HANDING_REVERSED)
    return REVERSED(number=entry.number)


@undoes(dues_handing.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    entry = await dues_handing.undo(ctx.work, ctx.actor, data)
    return REVERSED(number=entry.number) if entry is not None else GONE

"""公告: what the secretary tells everybody, shown back first when it was typed in private."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.commands import Ask, Context, Mark, Pages, Reply, Say, Undo, Where, answer, command, undoes
from bot.language import notice_slips
from bot.permissions import Permission
from bot.services import notice_drafts, notices
from bot.services.asking import CONFIRM
from bot.services.notice_messages import when
from bot.texts import Text

POSTED = Text(
    "好，公告 N{number} 发到群里了。想撤，十分钟内发“撤销”，以后发“撤回公告 N{number}”。",
    "Notice N{number} is posted. To take it back, send “undo” within ten minutes, or “recall N{number}” later.",
)
SCHEDULED = Text(
    "好，公告 N{number} 会在{when}发到群里。不发了，就发“取消公告 N{number}”。",
    "Notice N{number} will be posted at {when}. To cancel, send “recall N{number}”.",
)
NOT_POSTED = Text("好，没有发。", "Nothing was posted.")
EDITED = Text(
    "公告 N{number} 改好了。想改回去，十分钟内发“撤销”。", "Notice N{number} is changed. To go back, send “undo” within ten minutes."
)
RECALLED = Text(
    "公告 N{number} 撤回了。想恢复，十分钟内发“撤销”。", "Notice N{number} is recalled. To restore it, send “undo” within ten minutes."
)
UNPOSTED = Text("好，公告 N{number} 撤回了。", "Notice N{number} is taken back.")
UNEDITED = Text("好，公告 N{number} 恢复成原来的文字了。", "Notice N{number} has its old words again.")
RESTORED = Text("好，公告 N{number} 恢复了。", "Notice N{number} is restored.")
COMING = Text("还没发的定时公告：", "Scheduled notices:")
NONE_COMING = Text("没有定时公告。要定时，就发“公告 明天9点 内容”。", "None is scheduled. To schedule one: “announce tomorrow 9:00 …”.")
HELP_AMISS = Text("刚发的公告有错，说对的是什么", "what is wrong in the notice just posted")
INSTEAD = Text("公告 N{number} 改成这样吗？", "Change notice N{number} to this?")
REWRITE = Text(
    "要更正 N{number} 吗？请整条重写：改公告 N{number} 新的内容。现在是：{text}",
    "To correct N{number}, send it anew: edit notice N{number} the new text. Now it is: {text}",
)
NONE_JUST_POSTED = Text(
    "您这一天没有发过公告。要更正别的，发：改公告 N3 新的内容。", "You posted none today. For another send: edit notice N3 the new text."
)
UNCHANGED = Text("好，没有动。", "Nothing was changed.")
_AMISS = "notice_amiss"


@command(
    "公告",
    "发公告",
    "announce",
    needs=Permission.ANNOUNCE,
    help=Text("发公告到支部群；先写时间就是定时发", "post a notice in the group; with a time first, then"),
    takes=Text("[明天9点] 内容", "[tomorrow 9:00] text"),
    intents=("announce_publish",),
)
async def announce(ctx: Context) -> Reply:
    drafted = await notice_drafts.draft(ctx.work, ctx.actor, ctx.args)
    if ctx.in_group and drafted.at is None:
        await notices.announce(ctx.work, ctx.actor, drafted.words)
        return Mark()
    before, ask = notice_drafts.preview(ctx.work, drafted)
    return [*(Say(each, private=True) for each in before), ask]


@answer(notice_drafts.KIND, needs=Permission.ANNOUNCE)
async def decide(ctx: Context) -> Reply:
    made = await notice_drafts.decide(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.choice)
    if made is None:
        return NOT_POSTED
    notices.decided(ctx.work, ctx.question, made)
    return SCHEDULED(number=made.number, when=when(made.post_at)) if made.state == "scheduled" else POSTED(number=made.number)


def _undone(kind: str, take_back: Callable[..., Awaitable[None]], text: Text) -> Undo:
    @undoes(kind)
    async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
        await take_back(ctx.work, ctx.actor, data)
        return text(number=data["number"])

    return undo


undo_post = _undone("notice_post", notices.undo_post, UNPOSTED)
undo_edit = _undone("notice_edit", notices.undo_edit, UNEDITED)
undo_recall = _undone("notice_recall", notices.undo_recall, RESTORED)


@command(
    "改公告",
    "更正公告",
    "editnotice",
    "edit notice",
    needs=Permission.ANNOUNCE,
    help=Text("更正一条公告，群里那条跟着改", "correct a notice; the one in the group changes"),
    takes=Text("N3 新的内容", "N3 new text"),
)
async def edit(ctx: Context) -> Reply:
    edited = await notices.edit(ctx.work, ctx.actor, ctx.args)
    return Say(EDITED(number=edited.number), private=True)


@command(
    *("公告有错", "amiss"),
    needs=Permission.ANNOUNCE,
    help=HELP_AMISS,
    where=Where.PRIVATE,
    hidden=True,
    spoken_to=True,
    understands=notice_slips.heard,
)
async def amiss(ctx: Context) -> Reply:
    posted = await notices.just_posted(ctx.work, ctx.actor)
    if posted is None:
        return NONE_JUST_POSTED
    right = notice_slips.reworded(posted.text, ctx.args)
    if right is None:
        return REWRITE(number=posted.number, text=posted.text[:_SHOWN])
    *before, last = notice_drafts.shown(INSTEAD(number=posted.number), right)
    return [*map(Say, before), Ask(_AMISS, last, CONFIRM, data={"number": posted.number, "text": right})]


_SHOWN = 80


@answer(_AMISS, needs=Permission.ANNOUNCE)
async def put_right(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return UNCHANGED
    edited = await notices.edit(ctx.work, ctx.actor, f"N{ctx.question.data['number']} {ctx.question.data['text']}")
    return EDITED(number=edited.number)


@command(
    "撤回公告",
    "取消公告",
    "recall",
    needs=Permission.ANNOUNCE,
    help=Text("撤回一条公告，或取消定时的", "recall a notice, or cancel a scheduled one"),
    takes=Text("N3", "N3"),
)
async def recall(ctx: Context) -> Reply:
    recalled = await notices.recall(ctx.work, ctx.actor, ctx.args)
    return Say(RECALLED(number=recalled.number), private=True)


@command(
    "定时公告",
    "scheduled",
    needs=Permission.ANNOUNCE,
    help=Text("看还没发的定时公告", "see scheduled notices"),
    where=Where.PRIVATE,
)
async def scheduled(ctx: Context) -> Reply:
    lines = await notices.scheduled(ctx.work, ctx.actor)
    return Pages(COMING, lines) if lines else NONE_COMING

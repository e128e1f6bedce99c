"""收到: what members do with an announcement, and who has not read it yet, for those who post."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands import Context, Mark, Pages, Reply, Say, Where, answer, command, holds, undoes
from bot.language import contexts
from bot.language import unread as unread_words
from bot.permissions import Permission
from bot.services import notice_messages, notice_reading, notices
from bot.texts import Text

NOTED = Text("好，公告 N{number} 记上了，谢谢。", "Noted for notice N{number}, thank you.")
KNOWN = Text("公告 N{number} 您已经回过了，谢谢。", "You have already confirmed notice N{number}, thank you.")
UNDONE = Text("好，公告 N{number} 的“收到”撤回了。", "Your confirmation of notice N{number} is taken back.")
RECENT = Text("最近 30 天的公告：", "Notices of the last 30 days:")


@command(
    "收到",
    "已收到",
    "received",
    needs=Permission.READ_NOTICES,
    help=Text("告诉支部公告看到了；几条一起就带编号", "say that you have read a notice; with its number if there are several"),
    takes=Text("[N3、N4]", "[N3, N4]"),
    fits=lambda words: notice_reading.understood(f"收到 {words}") is not None,
    understands=notice_reading.understood,
    free=True,
    intents=("ack",),
    contexts=frozenset({contexts.NOTICE}),
)
async def received(ctx: Context) -> Reply:
    meant = await notice_reading.meant(ctx.work, ctx.actor, ctx.incoming, ctx.args, addressed=ctx.addressed)
    fresh = await notice_reading.read(ctx.work, ctx.actor, meant.notices)
    if ctx.in_group and not ctx.addressed:
        return Mark() if fresh else None
    numbers = {KNOWN: [each.number for each in meant.notices if each not in fresh], notices.NONE: meant.missing}
    if not ctx.in_group:
        numbers = {NOTED: [each.number for each in fresh], **numbers}
    lines = [text(number=notice_reading.in_a_row(which)) for text, which in numbers.items() if which]
    if ctx.in_group and fresh:
        return [Mark(), *lines]
    return Text.join(lines) if lines else meant.otherwise


@answer(notice_messages.KIND, needs=Permission.READ_NOTICES)
async def pressed(ctx: Context) -> Reply:
    number = ctx.question.data["notice"] if ctx.question else 0
    if ctx.choice:
        before, ask = await notice_reading.whole(ctx.work, ctx.actor, number)
        return [*(Say(each, private=True) for each in before), ask]
    fresh = await notice_reading.confirm(ctx.work, ctx.actor, number)
    return None if ctx.in_group else (NOTED if fresh else KNOWN)(number=number)


@undoes("notice_read")
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    return UNDONE(number=await notice_reading.undo_read(ctx.work, ctx.actor, data))


@command(
    "谁没读",
    "没读的",
    "unread",
    also=("未读", "未读名单", "没读名单", "谁没收到", "谁没回", "谁没看"),
    needs=Permission.SEE_READERS,
    help=Text("看谁还没读公告，只在私聊里", "see who has not read a notice, in private only"),
    where=Where.PRIVATE,
    takes=Text("[N3]", "[N3]"),
    understands=unread_words.asked,
)
async def unread(ctx: Context) -> Reply:
    heading, lines = await notice_reading.unread(ctx.work, ctx.actor, ctx.args, ctx.incoming.chat.key.platform)
    return Pages(heading, lines)


@command(
    "最近公告",
    "公告列表",
    "notices",
    needs=Permission.READ_NOTICES,
    help=Text("看还有效的公告", "see the notices that are still valid"),
    where=Where.PRIVATE,
    intents=("announce_query",),
)
async def recent(ctx: Context) -> Reply:
    lines = await notice_reading.recent(ctx.work, ctx.actor)
    return Pages(RECENT, lines) if lines else notice_reading.NONE_YET


@holds("notice", Text("公告", "notices"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await notice_reading.mine(ctx.work, ctx.actor)

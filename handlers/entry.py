"""补录: what a secretary enters on somebody's behalf."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.commands import Context, MemberId, Pages, Reply, Where, command, undoes
from bot.commands import entry as entered
from bot.permissions import Permission, require
from bot.services import entry, privacy, talk
from bot.texts import Text

HELP = Text("替同志记一笔，如报平安、在哪里、联系过", "enter for somebody: where they are, a check-in, a contact")
TAKES = Text("姓名 和 要记的事", "the name, and what to note")
EXAMPLES = Text("补录像这样写，一次一件：", "Enter one thing at a time, like this:")
UNCLEAR = Text("没看懂要给{name}补录什么。像这样写：", "I did not get what to enter for {name}. Write it like this:")
CONTACT = Text("好，已补录今天联系过，内容不记。", "Entered: heard of today. What was said is not kept.")
UNDONE = Text("好，这次联系的补录撤回了。", "Done; that contact is taken back.")


@command(
    "补录",
    "enter",
    needs=Permission.ENTER,
    help=HELP,
    where=Where.PRIVATE,
    takes=TAKES,
    understands=entry.unspaced,
    intents=("proxy_entry",),
)
async def enter(ctx: Context) -> Reply:
    examples = [each.example for each in ctx.registry.entries if ctx.actor.may(each.needs)]
    if not ctx.args:
        return Pages(EXAMPLES, examples) if ctx.addressed else None
    member, words = await entry.whom(ctx.work, ctx.actor, ctx.args, ctx.platform)
    placed = entry.placed(ctx.incoming.text, await talk.setting(ctx.work, ctx.actor, ctx.incoming))
    for said in (words, *([placed] if placed else [])):
        for each in ctx.registry.entries:
            if (args := each.understands(said)) is not None:
                require(ctx.actor, each.needs)
                return await each.handler(replace(ctx, args=args), member.id)
    return Pages(UNCLEAR(name=await privacy.named(ctx.work, ctx.platform, member)), examples)


@entered(entry.spoken, Text("补录 李小山 联系过", "enter Li Xiaoshan contacted"))
async def contact(ctx: Context, member_id: MemberId) -> Reply:
    await entry.contact(ctx.work, ctx.actor, member_id)
    return CONTACT


@undoes(entry.CONTACT)
async def undo_contact(ctx: Context, data: Mapping[str, Any]) -> Text:
    await entry.undo_contact(ctx.work, ctx.actor, data)
    return UNDONE

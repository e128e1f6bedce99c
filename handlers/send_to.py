"""发到: which kind of matter is posted in which of the branch's groups."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Ask, Choice, Context, Pages, Reply, Where, answer, command, undoes
from bot.permissions import Permission
from bot.services import destinations
from bot.services.destinations import NAMES, Matter
from bot.services.groups import chat_key
from bot.texts import Text, too_long

HELP = Text("定哪个群发什么", "decide which group gets what")
TAKES = Text("群 公告 课…", "GROUP notices lessons …")
HEADING = Text("各群发什么：", "What is posted where:")
HOW = Text(
    "要改，发“发到 1 公告 课”这样的一句，或选一个群。", "To change it, send something like “postto 1 notices lessons”, or choose a group."
)
NOW = Text("{group}现在发：{what}。选一样就改，改错了发“撤销”。", "In {group} now: {what}. Choose one to change it; “undo” takes it back.")
SET = Text("好，{group}现在发：{what}。十分钟内可以“撤销”。", "Done. In {group} now: {what}. “undo” within ten minutes.")
UNDONE = Text("好，改回来了。{group}发：{what}。", "Taken back. In {group}: {what}.")
LEFT = Text("好，就这样。", "All right, left as it is.")
DONE = Choice(Text("好了", "done"), ("好了", "好", "完成", "取消", "不", "done", "no"))
_ON = Text("{name} ✓", "{name} ✓")
_OFF = Text("{name}（不发）", "{name} (off)")


@command(
    "发到",
    "哪个群发什么",
    "postto",
    needs=Permission.BIND_GROUP,
    help=HELP,
    where=Where.PRIVATE,
    takes=TAKES,
    fits=destinations.is_meant,
    also=("发到哪个群", "发到哪些群", "各群发什么", "哪些群发什么", "公告发到哪个群", "公告发到哪些群"),
    spoken_to=True,
)
async def send_to(ctx: Context) -> Reply:
    found = await destinations.of_branch(ctx.work, ctx.actor)
    if not ctx.args:
        lines = Text.join([HEADING, *destinations.told(found), HOW])
        choices = (*(Choice(destinations.title(each)) for each in found), DONE)
        asked = Ask("send_to", lines, choices, data={"chats": [list(each.key) for each in found]}, columns=1)
        return [Pages(HEADING, destinations.told(found)), HOW] if too_long(lines) else asked
    group, wanted = destinations.read(found, ctx.args)
    if len(ctx.args.split()) == 1:
        return _switches(group)
    chosen = await destinations.choose(ctx.work, ctx.actor, group.key, wanted)
    return SET(group=destinations.title(chosen), what=destinations.what(chosen))


def _switches(group: destinations.Group) -> Ask:
    """What is posted in a group, each kind with its switch."""
    labels = [(_OFF if each.value in group.spared else _ON)(name=NAMES[each]) for each in Matter]
    choices = tuple(Choice(label, (NAMES[each].zh, NAMES[each].en)) for label, each in zip(labels, Matter, strict=True))
    text = NOW(group=destinations.title(group), what=destinations.what(group))
    return Ask("send_to_matter", text, (*choices, DONE), data={"chat": list(group.key)})


@answer("send_to", needs=Permission.BIND_GROUP)
async def group_chosen(ctx: Context) -> Reply:
    chats = ctx.question.data["chats"] if ctx.question else []
    if ctx.choice >= len(chats):
        return LEFT
    found = await destinations.of_branch(ctx.work, ctx.actor)
    group = next((each for each in found if list(each.key) == chats[ctx.choice]), None)
    return destinations.GONE if group is None else _switches(group)


@answer("send_to_matter", needs=Permission.BIND_GROUP)
async def switched(ctx: Context) -> Reply:
    if ctx.question is None or ctx.choice >= len(Matter):
        return LEFT
    chat = chat_key(ctx.question.data)
    return _switches(await destinations.switch(ctx.work, ctx.actor, chat, list(Matter)[ctx.choice]))


@undoes(destinations.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    group = await destinations.undo(ctx.work, ctx.actor, data)
    return UNDONE(group=destinations.title(group), what=destinations.what(group))

"""谈过, 走访过, 打过电话: that somebody was met, by day and kind alone."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Context, Reply, Where, command, undoes
from bot.language import care_talks as language
from bot.permissions import Permission
from bot.services import care_talks, privacy
from bot.texts import Text

NOTED = Text("记下了：{day} {kind}{names}。弄错了发“撤销”。", "Noted: {day}, {kind} {names}. “undo” if that is wrong.")
NOT_KEPT = Text("谈了什么没有记，也不会记。", " What was said is not kept, and never is.")
UNDONE = Text("好，这次不记了。", "Done; that note is taken back.")


@command(
    *language.NAMES,
    needs=Permission.LIAISE,
    help=Text("记谈过、走访过、打过电话：只记日子", "note a talk, a visit or a call: the day alone"),
    where=Where.PRIVATE,
    takes=Text("姓名 [昨天]", "NAME [yesterday]"),
    understands=language.heard,
    spoken_to=True,
)
async def talked(ctx: Context) -> Reply:
    if not ctx.args:
        return care_talks.WHOM if ctx.addressed else None
    kind = language.kind_of(ctx.word) if ctx.word else language.said_kind(ctx.args) or language.Kind.TALK
    members, day, more = await care_talks.read(ctx.work, ctx.actor, ctx.args, ctx.platform)
    noted = await care_talks.talked(ctx.work, ctx.actor, [each.id for each in members], kind, day, platform=ctx.platform, more=more)
    names = await privacy.listed(ctx.work, ctx.platform, noted.members)
    said = NOTED(day=noted.day.isoformat(), kind=care_talks.KIND_NAMES[noted.kind], names=names)
    return said + NOT_KEPT if noted.more else said


@undoes(care_talks.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await care_talks.undo(ctx.work, ctx.actor, data)
    return UNDONE

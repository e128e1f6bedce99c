"""在流入地交党费: who pays where they are, so that no two branches ask."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Context, MemberId, Reply, Where, command, undoes
from bot.commands import entry as entered
from bot.language import dues_elsewhere as words_of
from bot.permissions import Permission
from bot.services import dues_elsewhere
from bot.services.dues_elsewhere import Noted
from bot.texts import Text

NOTED = Text(
    "好，记下了：{months}您在流入地支部交党费，这里不再提醒，也不用再交。请留好那边的收据。回来交了，发“回本支部交党费”。",
    "Noted: for {months} you pay your dues where you are; you are not asked for them here. Please keep the receipts from there. "
    "When you pay here again, send “dues here”.",
)
TOO_OLD = Text(
    "{months}太早了，我没有记，已请组织委员核实。那边的收据请给组织委员看看。",
    "{months} is long ago and not noted; the dues keeper was asked to look. Please show them the receipts from there.",
)
NOTED_FOR = Text(
    "好，已补录：{name}{months}在外地支部交党费，不再向他要。", "Entered: {name} pays dues elsewhere for {months} and is not asked here."
)
HERE = Text("好，从{month}起您的党费又在本支部交。", "From {month} on you pay your dues here again.")
UNDONE = Text("好，在外地交党费的记录和原来一样。", "What is noted of dues paid elsewhere is as it was.")


@command(
    *("在流入地交党费", "在外地交党费", "外地交党费", "dueselsewhere", "dues elsewhere"),
    needs=Permission.DUES_OWN,
    help=Text("告诉支部党费在流入地交，免得两边都要", "say that dues are paid where you are, so that nobody asks twice"),
    where=Where.PRIVATE,
    takes=Text("[1–3月]", "[Jan-Mar]"),
    understands=words_of.elsewhere,
    matter="dues_keeping",
    spoken_to=True,
)
async def elsewhere(ctx: Context) -> Reply:
    return _said(NOTED, await dues_elsewhere.note(ctx.work, ctx.actor, ctx.args))


def _said(text: Text, noted: Noted, **values: Text) -> Reply:
    said = [text(months=noted.months, **values)] if noted.months else []
    return [*said, TOO_OLD(months=noted.too_old)] if noted.too_old else said


@command(
    *("回本支部交党费", "党费回本支部交", "dueshere", "dues here"),
    needs=Permission.DUES_OWN,
    help=Text("告诉支部党费又在本支部交", "say that dues are paid here again"),
    where=Where.PRIVATE,
    understands=lambda text: "" if words_of.here(text) else None,
    matter="dues_keeping",
    spoken_to=True,
)
async def here(ctx: Context) -> Reply:
    return HERE(month=await dues_elsewhere.end(ctx.work, ctx.actor))


@entered(
    lambda words: words_of.elsewhere(words, of_dues=False),
    Text("补录 周海 在外地支部交党费", "enter Zhou Hai 在外地支部交党费"),
    needs=Permission.KEEP_DUES,
)
async def enter(ctx: Context, member_id: MemberId) -> Reply:
    noted = await dues_elsewhere.note(ctx.work, ctx.actor, ctx.args, member_id)
    return _said(NOTED_FOR, noted, name=await dues_elsewhere.who(ctx.work, member_id, ctx.platform))


@undoes(dues_elsewhere.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await dues_elsewhere.undo(ctx.work, ctx.actor, data)
    return UNDONE


@undoes(dues_elsewhere.ENDED)
async def undo_end(ctx: Context, data: Mapping[str, Any]) -> Text:
    await dues_elsewhere.undo_end(ctx.work, ctx.actor, data)
    return UNDONE

"""能帮忙的、我的本事: what somebody offers in advance, and being asked again."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Context, Reply, Where, command, undoes
from bot.language import appeals as language
from bot.permissions import Permission
from bot.services import aid_matches, finals
from bot.texts import Text


@command(
    *("能帮忙的", "我能帮忙的", "canhelp", "can help"),
    needs=Permission.OFFER_AID,
    help=Text("预先说您能帮什么，有人需要再问您", "say in advance what you can do for others"),
    where=Where.PRIVATE,
    takes=Text("修电器", "repairs"),
    understands=language.skill,
    spoken_to=True,
    intents=("aid_offer",),
)
async def offer(ctx: Context) -> Reply:
    return await aid_matches.offer_skill(ctx.work, ctx.actor, ctx.args)


@command(
    *("我的本事", "myskills", "my skills"),
    needs=Permission.OFFER_AID,
    help=Text("看您预先说过能帮什么", "see what you offered in advance"),
    where=Where.PRIVATE,
    spoken_to=True,
)
async def listed(ctx: Context) -> Reply:
    return await aid_matches.skills(ctx.work, ctx.actor)


@command(
    *("删除本事", "删掉本事", "forgetskill", "forget skill"),
    needs=Permission.OFFER_AID,
    help=Text("删掉预先说过能帮的一样，或全部", "forget something you offered, or all of it"),
    where=Where.PRIVATE,
    takes=Text("修电器", "repairs"),
)
async def forget(ctx: Context) -> Reply:
    told = await aid_matches.forget_skill(ctx.work, ctx.actor, ctx.args)
    finals.note(ctx.work, ctx.actor, finals.SKILL_FORGOTTEN)
    return told


@command(
    *("互助提醒恢复", "hintson", "hints on"),
    needs=Permission.OFFER_AID,
    help=Text("恢复问您能不能帮忙", "be asked about appeals again"),
    where=Where.PRIVATE,
)
async def ask_again(ctx: Context) -> Reply:
    return await aid_matches.unmute(ctx.work, ctx.actor)


@undoes(aid_matches.SKILL_DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    return await aid_matches.undo_skill(ctx.work, ctx.actor, data["words"])

"""我能帮: offering help, being chosen, agreeing to be in touch; and being asked about appeals nearby."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Context, Pages, Reply, Say, Where, answer, command, undoes
from bot.language import appeals as language
from bot.language.appeal_numbers import leading
from bot.permissions import Permission
from bot.services import aid_matches, aid_offers, aid_posts
from bot.services.aid_words import numbered
from bot.texts import Text


def _data(ctx: Context) -> Mapping[str, Any]:
    return ctx.question.data if ctx.question else {}


async def _only_one(ctx: Context) -> bool:
    """Whether the post's own words, said without anything else, can only mean the one post there is."""
    return bool(ctx.word) and not ctx.args and await aid_offers.only_one(ctx.work, ctx.actor)


@command(
    *("我能帮", "我可以帮", "ican", "help with", "i can help"),
    needs=Permission.OFFER_AID,
    help=Text("说您能帮一件求助，只有求助的同志看到", "offer to help with an appeal; only who asked sees it"),
    where=Where.PRIVATE,
    takes=Text("A12 能帮什么", "A12 what you can do"),
    understands=language.offers,
    matter="aid",
    intents=("aid_offer",),
)
async def offer(ctx: Context) -> Reply:
    if ctx.in_group and not ctx.addressed and leading(ctx.args) is None and not await _only_one(ctx):
        return None
    number, words = leading(ctx.args) or (None, ctx.args)
    return await aid_offers.offer(ctx.work, ctx.actor, number, words)


@answer(aid_posts.KIND, needs=Permission.OFFER_AID, matter="aid")
async def pressed(ctx: Context) -> Reply:
    told = await aid_offers.offer(ctx.work, ctx.actor, _data(ctx)["number"], "")
    return Say(told, private=True) if isinstance(told, Text) else told


@answer(aid_matches.HINT, needs=Permission.OFFER_AID, matter="aid")
async def hinted(ctx: Context) -> Reply:
    if ctx.choice == 0:
        return await aid_offers.offer(ctx.work, ctx.actor, _data(ctx)["number"], "")
    return await aid_matches.mute(ctx.work, ctx.actor, _data(ctx)["number"])


@answer(aid_offers.WHAT, needs=Permission.OFFER_AID, matter="aid")
async def say_what(ctx: Context) -> Reply:
    return await aid_offers.say_what(ctx.work, ctx.actor, _data(ctx), ctx.args)


@answer(aid_offers.CHOOSE, needs=Permission.ASK_AID, matter="aid")
async def choose(ctx: Context) -> Reply:
    return await aid_offers.choose(ctx.work, ctx.actor, _data(ctx), wanted=ctx.choice == 0)


@answer(aid_offers.AGREE, needs=Permission.OFFER_AID, matter="aid")
async def agree(ctx: Context) -> Reply:
    return await aid_offers.agree(ctx.work, ctx.actor, _data(ctx), agreed=ctx.choice == 0)


@answer(aid_offers.LEAVE, needs=Permission.ASK_AID, matter="aid")
async def leave(ctx: Context) -> Reply:
    return await aid_offers.ask_contact(ctx.work, ctx.actor, _data(ctx)) if ctx.choice == 0 else aid_offers.NOT_LEFT


@answer(aid_offers.CONTACT, needs=Permission.OFFER_AID, matter="aid")
async def contact(ctx: Context) -> Reply:
    return await aid_offers.pass_on(ctx.work, ctx.actor, _data(ctx), ctx.args) if ctx.args else aid_offers.NOT_LEFT


@command(
    *("留联系方式", "leavecontact", "leave contact"),
    needs=Permission.OFFER_AID,
    help=Text("双方都愿意时，转交您的电话或微信", "pass on how to reach you when both agreed"),
    where=Where.PRIVATE,
    takes=Text("139…", "139…"),
    understands=language.contact,
    hidden=True,
    intents=("profile_update",),
    spoken_to=True,
)
async def leave_contact(ctx: Context) -> Reply:
    return await aid_offers.said_contact(ctx.work, ctx.actor, ctx.args)


@answer(aid_offers.DONE, needs=Permission.OFFER_AID, matter="aid")
async def done(ctx: Context) -> Reply:
    return await aid_offers.done(ctx.work, ctx.actor, _data(ctx), helped=ctx.choice == 0)


@command(
    *("谁需要帮忙", "谁在求助", "谁要帮忙", "有谁求助", "有人求助吗", "whoneeds", "who needs help"),
    needs=Permission.OFFER_AID,
    help=Text("看群里正在求助的事，不写名字", "see what help is asked for in the group, without names"),
    where=Where.PRIVATE,
    takes=Text("[A12]", "[A12]"),
    understands=language.about,
    matter="aid",
    hidden=True,
    spoken_to=True,
)
async def listed(ctx: Context) -> Reply:
    meant = leading(ctx.args)
    return Pages(aid_offers.LISTED, await aid_offers.listed(ctx.work, ctx.actor, meant[0] if meant else None))


@command(
    *("帮不了", "不能帮了", "cannothelp", "cannot help"),
    needs=Permission.OFFER_AID,
    help=Text("收回您说能帮的一件求助", "take your offer back"),
    where=Where.PRIVATE,
    takes=Text("A12", "A12"),
    spoken_to=True,
)
async def take_back(ctx: Context) -> Reply:
    number, _ = numbered(ctx.args, Text("帮不了 A12", "cannot help A12"))
    return await aid_offers.take_back(ctx.work, ctx.actor, number)


@undoes(aid_offers.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    return await aid_offers.undo(ctx.work, ctx.actor, data)

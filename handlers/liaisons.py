"""安排联系人, 联系人建议, 换联系人, 我联系的人: who looks after whom."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands import Ask, Context, Pages, Reply, Where, answer, command, holds, undoes
from bot.language import liaisons as language
from bot.permissions import Permission
from bot.services import liaison_assigning, liaison_cards, liaison_policies, liaison_saying, roles
from bot.services.liaison_saying import Asked
from bot.texts import Text

NOT_DONE = Text("好，没有安排。", "All right, nothing was changed.")
UNDONE = Text("好，联系人和原来一样了。", "Done; it is as it was.")
DECLINED = Text(
    "好，换一位，书记会另外安排，不问原因。改主意了，十分钟内发“撤销”。",
    "All right: the secretary will find another, no reason asked. “undo” within ten minutes.",
)
NOBODY = Text("好，先不安排联系人。想要了发“要联系人”。", "All right, nobody will be assigned. To have somebody again: “want liaison”.")
NO_GREETING = Text(
    "好，入党纪念日不提醒联系人。想要了发“要生日问候”。", "All right, your liaison is not told of the day. “want greeting” turns it on."
)
GREETING = Text("好，入党纪念日会提醒联系人问候一声。", "All right, your liaison is told of the day you joined.")
WANTED = Text("好，书记会给您安排一位联系人。", "All right, the secretary will assign somebody.")
NAMES = Text("李小山、陈立夏 周海（最后是联系人）", "NAME and NAME to LIAISON")


@command(
    *("安排联系人", "指定联系人", "assignliaison", "assign liaison"),
    needs=Permission.ASSIGN_LIAISON,
    help=Text("安排谁联系谁，可以几位一起", "assign who looks after whom, several at once"),
    where=Where.PRIVATE,
    takes=NAMES,
    understands=language.assigns,
    intents=("assign_liaison",),
    spoken_to=True,
)
async def assign(ctx: Context) -> Reply:
    if not ctx.args and ctx.meaning is None:
        return liaison_saying.HOW if ctx.addressed else None
    slots = ctx.meaning.slots if ctx.meaning is not None else {}
    asked = await liaison_saying.read(ctx.work, ctx.actor, ctx.args, slots, ctx.platform)
    return asked if isinstance(asked, Ask) else await liaison_saying.assigned(ctx.work, ctx.actor, asked, ctx.platform)


@answer(liaison_saying.SURE, needs=Permission.ASSIGN_LIAISON)
async def sure(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return NOT_DONE
    asked = Asked(ctx.question.data["liaison"], tuple(ctx.question.data["members"]))
    if ctx.question.data["appoint"]:
        await roles.make_liaison(ctx.work, ctx.actor, asked.liaison)
    return await liaison_saying.assigned(ctx.work, ctx.actor, asked, ctx.platform)


@command(
    *("取消联系人", "不再联系", "unassign"),
    needs=Permission.ASSIGN_LIAISON,
    help=Text("取消某位同志的联系人", "take somebody's liaison away"),
    where=Where.PRIVATE,
    takes=Text("姓名", "NAME"),
    understands=language.ended,
    spoken_to=True,
)
async def unassign(ctx: Context) -> Reply:
    return await liaison_saying.unassigned(ctx.work, ctx.actor, ctx.args, ctx.platform)


@command(
    *("联系人建议", "liaisonplan"),
    needs=Permission.ASSIGN_LIAISON,
    help=Text("看谁没有联系人、谁合适，说明原因", "see who has no liaison, and who would fit and why"),
    where=Where.PRIVATE,
    understands=language.asks_who_has_none,
    spoken_to=True,
)
async def suggestions(ctx: Context) -> Reply:
    return await liaison_saying.suggested(ctx.work, ctx.actor, ctx.platform)


@answer(liaison_saying.PLAN, needs=Permission.ASSIGN_LIAISON, fits=language.may_choose)
async def confirmed(ctx: Context) -> Reply:
    if ctx.choice == 1:
        return NOT_DONE
    data = ctx.question.data if ctx.question else {"pairs": []}
    return await liaison_saying.confirmed(ctx.work, ctx.actor, data["pairs"], ctx.args, ctx.platform)


@answer(liaison_cards.CARD, needs=Permission.ASSIGN_LIAISON)
async def card(ctx: Context) -> Reply:
    return await liaison_saying.suggested(ctx.work, ctx.actor, ctx.platform) if ctx.choice == 0 else liaison_cards.LATER


@command(
    *("联系人上限", "liaisoncap"),
    needs=Permission.ASSIGN_LIAISON,
    help=Text("定一位联系人最多联系几位", "set how many a liaison looks after at most"),
    where=Where.PRIVATE,
    takes=Text("[4]", "[4]"),
    spoken_to=True,
)
async def cap(ctx: Context) -> Reply:
    return await _policy(ctx, liaison_policies.CAP)


@command(
    *("每年谈心", "talksayear"),
    needs=Permission.ASSIGN_LIAISON,
    help=Text("定每人每年至少谈心几次", "set how often a year each is talked with at least"),
    where=Where.PRIVATE,
    takes=Text("[2]", "[2]"),
    hidden=True,
    spoken_to=True,
)
async def talks(ctx: Context) -> Reply:
    return await _policy(ctx, liaison_policies.TALKS)


@command(
    *("每年走访", "visitsayear"),
    needs=Permission.ASSIGN_LIAISON,
    help=Text("定每人每年至少走访几次", "set how often a year each is visited at least"),
    where=Where.PRIVATE,
    takes=Text("[1]", "[1]"),
    hidden=True,
    spoken_to=True,
)
async def visits(ctx: Context) -> Reply:
    return await _policy(ctx, liaison_policies.VISITS)


async def _policy(ctx: Context, name: str) -> Reply:
    return await liaison_policies.decide(ctx.work, ctx.actor, name, ctx.args) if ctx.args else await liaison_policies.told(ctx.work)


@command(
    *("联系情况", "liaisonboard"),
    needs=Permission.ASSIGN_LIAISON,
    help=Text("看谁联系谁、谁还没有联系人", "see who looks after whom, and who has nobody"),
    where=Where.PRIVATE,
    spoken_to=True,
)
async def situation(ctx: Context) -> Reply:
    return Pages(*await liaison_saying.situation(ctx.work, ctx.actor, ctx.platform))


@command(
    *("查联系人", "liaisonof"),
    needs=Permission.ASSIGN_LIAISON,
    help=Text("看谁联系一位同志", "see who looks after a member"),
    where=Where.PRIVATE,
    takes=Text("姓名", "NAME"),
    understands=language.asks_whose,
    hidden=True,
    spoken_to=True,
)
async def whose_liaison(ctx: Context) -> Reply:
    return await liaison_saying.of_member(ctx.work, ctx.actor, ctx.args, ctx.platform)


@command(
    *("我联系的人", "我联系谁", "mypeople"),
    needs=Permission.LIAISE,
    help=Text("看自己联系的同志，该问候谁", "see whom you look after, and who is due a word"),
    where=Where.PRIVATE,
    spoken_to=True,
)
async def mine(ctx: Context) -> Reply:
    lines = await liaison_saying.own(ctx.work, ctx.actor, ctx.platform)
    return Pages(liaison_saying.MINE, lines) if lines else liaison_saying.NONE_OF_MINE


@command(
    *("我的联系人", "谁是我的联系人", "myliaison"),
    needs=Permission.OWN_DATA,
    help=Text("看谁是自己的联系人", "see who looks after you"),
    where=Where.PRIVATE,
    understands=language.asks_own,
    spoken_to=True,
)
async def whose(ctx: Context) -> Reply:
    lines = await liaison_assigning.history(ctx.work, ctx.actor, ctx.member)
    return Pages(liaison_saying.YOURS, lines) if lines else liaison_cards.NOBODY_YET


@command(
    *("换联系人", "换个联系人", "anotherliaison", "another liaison"),
    needs=Permission.OWN_SETTINGS,
    help=Text("换一位联系人，不用说理由", "have another liaison; no reason is needed"),
    where=Where.PRIVATE,
    understands=language.wants_another,
    spoken_to=True,
)
async def another(ctx: Context) -> Reply:
    await liaison_cards.decline(ctx.work, ctx.actor)
    return DECLINED


@command(
    *("不要联系人", "noliaison", "no liaison"),
    needs=Permission.OWN_SETTINGS,
    help=Text("先不要联系人", "have no liaison for now"),
    where=Where.PRIVATE,
    understands=language.wants_nobody,
    hidden=True,
    spoken_to=True,
)
async def nobody(ctx: Context) -> Reply:
    await liaison_cards.decline_all(ctx.work, ctx.actor)
    return NOBODY


@command(
    *("要联系人", "wantliaison", "want liaison"),
    needs=Permission.OWN_SETTINGS,
    help=Text("又想有一位联系人", "have a liaison again"),
    where=Where.PRIVATE,
    hidden=True,
    spoken_to=True,
)
async def somebody(ctx: Context) -> Reply:
    await liaison_assigning.want(ctx.work, ctx.actor, liaison=True)
    return WANTED


@command(
    *("找联系人", "请联系人找我", "让联系人联系我", "askliaison"),
    needs=Permission.OWN_SETTINGS,
    help=Text("请联系人跟自己联系一下，不用说原因", "ask your liaison to get in touch; no reason is needed"),
    where=Where.PRIVATE,
    spoken_to=True,
)
async def call(ctx: Context) -> Reply:
    return await liaison_assigning.call(ctx.work, ctx.actor)


@command(
    *("不要生日问候", "nogreeting", "no greeting"),
    needs=Permission.OWN_SETTINGS,
    help=Text("入党纪念日不用问候", "no word on the day you joined the Party"),
    where=Where.PRIVATE,
    hidden=True,
    spoken_to=True,
)
async def no_greeting(ctx: Context) -> Reply:
    await liaison_assigning.want(ctx.work, ctx.actor, birthday=False)
    return NO_GREETING


@command(
    *("要生日问候", "wantgreeting", "want greeting"),
    needs=Permission.OWN_SETTINGS,
    help=Text("入党纪念日可以问候", "a word on the day you joined the Party"),
    where=Where.PRIVATE,
    hidden=True,
    spoken_to=True,
)
async def greeting(ctx: Context) -> Reply:
    await liaison_assigning.want(ctx.work, ctx.actor, birthday=True)
    return GREETING


@undoes(liaison_assigning.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await liaison_assigning.undo(ctx.work, ctx.actor, data)
    return UNDONE


@undoes(liaison_assigning.TAKEN)
async def undo_taken(ctx: Context, data: Mapping[str, Any]) -> Text:
    await liaison_assigning.undo(ctx.work, ctx.actor, data)
    return UNDONE


@undoes(liaison_cards.DECLINED)
async def undo_declined(ctx: Context, data: Mapping[str, Any]) -> Text:
    await liaison_cards.undo_decline(ctx.work, ctx.actor, data)
    return UNDONE


@undoes(liaison_assigning.WISH)
async def undo_wish(ctx: Context, data: Mapping[str, Any]) -> Text:
    await liaison_assigning.unwant(ctx.work, ctx.actor, data)
    return UNDONE


@undoes(liaison_policies.DEED)
async def undo_policy(ctx: Context, data: Mapping[str, Any]) -> Text:
    await liaison_policies.undo(ctx.work, ctx.actor, data)
    return UNDONE


@holds("liaison", Text("联系人和谈心走访", "liaison, talks and visits"))
async def held(ctx: Context) -> Sequence[Text]:
    return await liaison_saying.held(ctx.work, ctx.actor)

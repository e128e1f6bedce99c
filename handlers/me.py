"""我的、导出: everything held about the person who asks, and what of it they can delete."""

from bot.commands import Ask, Choice, Context, Pages, Reply, Say, Where, answer, command, holds
from bot.messages import File
from bot.permissions import Permission
from bot.questions import OWN_WORDS
from bot.services import check_ins, erasing, finals, me, own_erasing, whom
from bot.texts import Text

HELP = Text("看我这里记着的您的一切", "see everything that is kept about you")
HEADING = Text("关于您，我记着这些：", "This is what I keep about you:")
HELP_EXPORT = Text("把您的资料作为文件拿走", "get everything kept about you as a file")
EXPORTED = Text("这是我这里关于您的全部资料，请自己收好。", "This is everything that is kept about you. Please look after it.")
HELP_DELETE = Text("删除您自己的资料，先说清删什么、留什么", "delete what is kept about you; first you hear what goes and what stays")
STAYS = Text("好，都留着。", "Everything stays.")
ERASED = Text(
    "都删了。留下的是姓名党籍和组织上的记录、账、查看记录；三十天内备份里也没有了。以后要用，照常说就行。",
    "All of it is deleted. What stays is the membership, the books and the list of who saw what; within thirty days the back-ups have "
    "nothing either. You can use everything as before.",
)
HELP_FORGET = Text("删除您报平安的全部记录", "delete all your check-ins")
FORGOTTEN = Text(
    "已删除您 {days} 天的报平安记录。别的不受影响，以后照样可以报平安。",
    "Your check-ins of {days} days are deleted. Nothing else changes; you can check in as before.",
)
NOTHING = Text("没有报平安的记录，不用删。", "There are no check-ins of yours to delete.")
FOR_PROGRAMS = Text("同样的内容，给程序读的。", "The same, for programs to read.")
HELP_PHONE = Text("删除记着的您的手机号", "delete your telephone number")
PHONE_ERASED = Text("您的手机号删了，改动记录里也删了。", "Your telephone number is deleted, also from the history.")
PHONE_SURE = Text(
    "把记着的您的手机号删掉吗？改动记录里的也删，找不回来；支部以后打不了您的电话。",
    "Shall your telephone number be deleted, also from the history? It cannot be had back, and the branch can no longer call you.",
)
PHONE_KIND = "erase_phone"
PHONE_CHOICES = (
    Choice(Text("删手机号", "delete number"), ("删", "删除", "删吧", "删掉", "delete")),
    Choice(Text("不删", "keep it"), ("不", "不要", "算了", "留着", "别删", "keep")),
)
PHONE_STAYS = Text("好，手机号留着。", "All right, the number stays.")
NO_PHONE = Text("没有记您的手机号，不用删。", "I have no telephone number of yours; there is nothing to delete.")
PAGE, FILE = "zhibu-my-data.html", "zhibu-my-data.json"


async def _kept(ctx: Context) -> list[me.Kept]:
    return [me.Kept(each.name, each.title, await each.handler(ctx)) for each in ctx.registry.holdings]


@holds("erased", Text("您删过的（只记编号，旧备份恢复时再删一遍）", "what you erased (by numbers, so that a restore erases it again)"))
async def erased(ctx: Context) -> list[Text]:
    return await erasing.mine(ctx.work, ctx.actor)


@command(
    "我的",
    "我的资料",
    "我的数据",
    "看我的数据",
    "me",
    needs=Permission.OWN_DATA,
    help=HELP,
    where=Where.PRIVATE,
    intents=("data_export:view",),
    spoken_to=True,
)
async def mine(ctx: Context) -> Reply:
    return Pages(HEADING, await me.told(ctx.work, ctx.actor, await _kept(ctx)))


@command(
    "导出",
    "导出我的资料",
    "导出我的数据",
    "export",
    needs=Permission.OWN_DATA,
    help=HELP_EXPORT,
    where=Where.PRIVATE,
    intents=("data_export",),
    spoken_to=True,
)
async def export(ctx: Context) -> Reply:
    kept = await _kept(ctx)
    read = File(PAGE, await me.page(ctx.work, ctx.actor, kept, ctx.language), "text/html")
    content = File(FILE, await me.exported(ctx.work, ctx.actor, kept, ctx.language), "application/json")
    return [Say(EXPORTED, private=True, file=read), Say(FOR_PROGRAMS, private=True, file=content)]


@command(
    "删除我的报平安记录",
    "删除我的签到记录",
    "forgetcheckins",
    "delete my check ins",
    needs=Permission.OWN_DATA,
    help=HELP_FORGET,
    where=Where.PRIVATE,
    intents=("data_delete:checkin",),
)
async def forget_check_ins(ctx: Context) -> Reply:
    days = await check_ins.forget(ctx.work, ctx.actor)
    if not days:
        return NOTHING
    finals.note(ctx.work, ctx.actor, finals.CHECK_INS_FORGOTTEN)
    return FORGOTTEN(days=days)


@command(
    *("删除我的手机号", "删除我的电话", "删除我的联系方式", "deletephone", "delete my phone"),
    needs=Permission.OWN_DATA,
    help=HELP_PHONE,
    where=Where.PRIVATE,
    intents=("data_delete:contact",),
)
async def forget_phone(ctx: Context) -> Reply:
    return await _phone_gone(ctx) if ctx.word else Ask(PHONE_KIND, PHONE_SURE, PHONE_CHOICES)


@answer(PHONE_KIND, needs=Permission.OWN_DATA)
async def phone_chosen(ctx: Context) -> Reply:
    return PHONE_STAYS if ctx.choice else await _phone_gone(ctx)


async def _phone_gone(ctx: Context) -> Reply:
    if not await own_erasing.contact(ctx.work, ctx.actor):
        return NO_PHONE
    finals.note(ctx.work, ctx.actor, finals.CONTACT_ERASED)
    return PHONE_ERASED


@command(
    *("删除我的资料", "删除资料", "注销账号", "注销", "deletemydata", "delete my data"),
    needs=Permission.OWN_DATA,
    help=HELP_DELETE,
    where=Where.PRIVATE,
    intents=("data_delete",),
    spoken_to=True,
)
async def delete(ctx: Context) -> Reply:
    if ctx.actor.member is None:
        return None
    who = await whom.secretary(ctx.work, ctx.member, ctx.platform)
    return Ask(own_erasing.ASK, own_erasing.WHAT(who=who), (own_erasing.DELETE, own_erasing.LEAVE))


@answer(own_erasing.ASK, needs=Permission.OWN_DATA)
async def delete_chosen(ctx: Context) -> Reply:
    return STAYS if ctx.choice else own_erasing.code(ctx.work)


@answer(own_erasing.CODE, needs=Permission.OWN_DATA)
async def delete_confirmed(ctx: Context) -> Reply:
    if ctx.choice != OWN_WORDS or ctx.question is None:
        return STAYS
    await own_erasing.erase(ctx.work, ctx.actor, ctx.question.data["code"], ctx.args)
    finals.note(ctx.work, ctx.actor, finals.OWN_ERASED)
    return ERASED

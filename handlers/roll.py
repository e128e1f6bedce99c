"""名册: the register as those who keep it see and change it, in private."""

from bot.commands import Context, Pages, Reply, Where, command
from bot.language import register_words as language
from bot.permissions import Permission
from bot.rules.register import Field
from bot.services import register_keeping, register_saying
from bot.texts import Text

NAME, NAMES = Text("姓名", "NAME"), Text("姓名 姓名", "NAME, NAME")
WHOM = Text("请写上姓名。", "Please add a name.")


@command(
    *("名册", "roster"),
    needs=Permission.SEE_REGISTER,
    help=Text("看名册，可写条件：深圳、90天没确认、没报到", "see the register; add words to choose: Shenzhen, 90 days"),
    where=Where.PRIVATE,
    takes=Text("[条件]", "[WORDS]"),
    also=("花名册", "党员名册", "看名册", "台账"),
    understands=language.roster,
    spoken_to=True,
)
async def roster(ctx: Context) -> Reply:
    return _pages(*await register_saying.listed(ctx.work, ctx.actor, ctx.args, ctx.platform))


def _pages(heading: Text, lines: list[Text]) -> Reply:
    return Pages(heading, lines) if lines else heading


@command(
    *("看资料", "entry"),
    needs=Permission.SEE_REGISTER,
    help=Text("看一位同志的全部资料", "see all that is kept of a member"),
    where=Where.PRIVATE,
    takes=NAME,
    understands=language.looked_at,
    spoken_to=True,
)
async def look(ctx: Context) -> Reply:
    if not ctx.args:
        return WHOM
    return _pages(*await register_saying.by_name(ctx.work, ctx.actor, ctx.args, ctx.platform))


@command(
    *("资料历史", "history"),
    needs=Permission.SEE_REGISTER,
    help=Text("看谁什么时候改过一位同志的资料", "see who changed what of a member and when"),
    where=Where.PRIVATE,
    takes=NAME,
    understands=language.history_of,
    spoken_to=True,
)
async def history(ctx: Context) -> Reply:
    if not ctx.args:
        return WHOM
    return _pages(*await register_saying.history(ctx.work, ctx.actor, ctx.args, ctx.platform))


@command(
    *("改资料", "edit"),
    needs=Permission.KEEP_REGISTER,
    help=Text("改一位同志的资料：改 李小山 单位 …", "change what is kept of a member: edit Li Xiaoshan employer …"),
    where=Where.PRIVATE,
    takes=Text("姓名 单位 …", "NAME employer …"),
    understands=language.edited,
    spoken_to=True,
)
async def edit(ctx: Context) -> Reply:
    return await register_keeping.edit(ctx.work, ctx.actor, ctx.args, ctx.platform)


@command(
    *("确认情况", "confirmed"),
    needs=Permission.KEEP_REGISTER,
    help=Text("记下名册里的情况今天核对过", "note that what is kept of members was found right today"),
    where=Where.PRIVATE,
    takes=NAMES,
    understands=language.confirmed,
    spoken_to=True,
)
async def confirm(ctx: Context) -> Reply:
    return await register_keeping.confirm(ctx.work, ctx.actor, ctx.args, ctx.platform)


@command(
    *("书发到", "bookssent"),
    needs=Permission.KEEP_REGISTER,
    help=Text("点亮“书发到”，可写几位", "note that study material was sent, to several at once"),
    where=Where.PRIVATE,
    takes=NAMES,
    also=("书发到了", "books sent"),
    spoken_to=True,
)
async def books(ctx: Context) -> Reply:
    return await register_keeping.light(ctx.work, ctx.actor, Field.BOOKS_ON, ctx.args, ctx.platform)


@command(
    *("过组织生活", "tookpart"),
    needs=Permission.KEEP_REGISTER,
    help=Text("点亮“过一次组织生活”，可写几位", "note that members took part in the organisation's life"),
    where=Where.PRIVATE,
    takes=NAMES,
    also=("过了组织生活", "took part"),
    spoken_to=True,
)
async def life(ctx: Context) -> Reply:
    return await register_keeping.light(ctx.work, ctx.actor, Field.LIFE_ON, ctx.args, ctx.platform)

"""公布党费, 党费账, 我的党费: totals for every member, the own line for each alone."""

from bot.commands import Ask, Choice, Context, Pages, Reply, Say, Where, answer, command
from bot.permissions import Permission
from bot.services import dues_view, dues_year, posting
from bot.texts import Text

KIND = "dues_publish"
POST = Choice(Text("发到群里", "post"), ("发", "发到群里", "公布", "好", "对", "是", "可以", "确认", "ok", "yes", "post"))
DO_NOT = Choice(Text("不发", "do not"), ("不发", "不", "不要", "取消", "算了", "no"))
PREVIEW = Text(
    "这条会发到支部群，只有合计、没有姓名，先请您看一遍：", "This goes to the group: totals only, no names. Please look at it first:"
)
POSTED = Text("好，{year} 年的党费公布到群里了。", "The dues of {year} are published in the group.")
NOT_POSTED = Text("好，没有发。", "Nothing was posted.")
HEADING = Text("{year} 年您的党费（只有您看得到）：", "Your dues of {year} (only you see this):")
NOW = Text("您的党费：", "Your dues:")
WORD, MINE = Text("公布党费", "publish dues"), Text("我的党费", "my dues")


@command(
    *("公布党费", "党费公布", "publishdues", "publish dues"),
    needs=Permission.PUBLISH_DUES,
    help=Text("一年一次，把党费合计公布给党员（不出姓名）", "publish the year's totals of dues to the members, no names"),
    where=Where.PRIVATE,
    takes=Text("2026", "2026"),
    matter="dues_keeping",
)
async def publish(ctx: Context) -> Reply:
    year = dues_year.asked(ctx.work, ctx.args, WORD)
    words = await dues_year.publication(ctx.work, ctx.actor, year)
    return [Say(PREVIEW, private=True), Ask(KIND, words, (POST, DO_NOT), data={"year": year})]


@answer(KIND, needs=Permission.PUBLISH_DUES, matter="dues")
async def decided(ctx: Context) -> Reply:
    if ctx.choice or ctx.question is None:
        return NOT_POSTED
    await dues_year.publish(ctx.work, ctx.actor, ctx.question.data["year"])
    return POSTED(year=ctx.question.data["year"]) + await posting.until_posted(ctx.work)


@command(
    *("党费账", "党费账目", "支部党费", "duesaccounts"),
    needs=Permission.DUES_OWN,
    help=Text("看支部党费的合计、校验码和自己那一行", "see the branch's totals of dues, the check code and one's own line"),
    where=Where.PRIVATE,
    matter="dues",
    spoken_to=True,
)
async def accounts(ctx: Context) -> Reply:
    first, *lines = await dues_year.accounts(ctx.work, ctx.actor)
    return Pages(first, lines)


@command(
    *("我的党费", "我的党费明细", "mydues"),
    needs=Permission.DUES_OWN,
    help=Text("看自己某一年的党费和收据", "see one's own dues of a year, and receipts"),
    where=Where.PRIVATE,
    takes=Text("[2026]", "[2026]"),
    matter="dues",
    intents=("dues_query:own_list",),
    spoken_to=True,
)
async def own(ctx: Context) -> Reply:
    if not ctx.args:
        return Pages(NOW, await dues_view.own(ctx.work, ctx.actor))
    year = dues_year.asked(ctx.work, ctx.args, MINE)
    return Pages(HEADING(year=year), await dues_year.own(ctx.work, ctx.actor, year))

"""党费: what a member pays and why, how it is paid, and what anybody would pay."""

from collections.abc import Sequence

from bot.commands import Context, Pages, Reply, Where, command, grounds, holds
from bot.language.dues import calculates, how, paid, query, why
from bot.permissions import Permission
from bot.services import dues, dues_answers, dues_calculating, dues_view
from bot.texts import Text

TITLE = Text("党费", "dues")
HEADING = Text("您的党费：", "Your dues:")
HELP = Text("看自己的党费；后面写收入就算一算，不保存", "see your dues; with an income, work it out and keep nothing")
TAKES = Text("[税后6000]", "[6000 after tax]")
HELP_HOW = Text("党费怎么交", "how dues are paid")
HELP_RULES = Text("看党费按什么标准交", "see by which rules dues are measured")
RULES = Text("党费是这样算的：", "Dues are measured like this:")
HELP_CALCULATE = Text("算一算党费，不保存", "work dues out; nothing is kept")


@command(
    *("党费", "查党费", "党费多少", "dues", "dangfei"),
    needs=Permission.DUES_OWN,
    help=HELP,
    where=Where.PRIVATE,
    takes=TAKES,
    understands=query,
    matter="dues",
    intents=("dues_query",),
    spoken_to=True,
)
async def mine(ctx: Context) -> Reply:
    if paid(f"党费{ctx.args}") is not None:
        return await dues_answers.paid(ctx.work, ctx.actor, ctx.word, ctx.args, ctx.platform)
    if how(f"党费{ctx.args}") is not None:
        return await dues_view.how_to_pay(ctx.work, ctx.actor, ctx.platform)
    if ctx.args and query(f"党费{ctx.args}") is None:
        return await dues_calculating.calculate(ctx.work, ctx.actor, ctx.args)
    return Pages(HEADING, await dues_view.own(ctx.work, ctx.actor))


@command(
    "怎么交党费",
    "党费怎么交",
    "howtopay",
    needs=Permission.DUES_OWN,
    help=HELP_HOW,
    where=Where.PRIVATE,
    understands=how,
    matter="dues",
    intents=("dues_query:how",),
    spoken_to=True,
)
async def how_to_pay(ctx: Context) -> Reply:
    return await dues_view.how_to_pay(ctx.work, ctx.actor, ctx.platform)


@command(
    *("算党费", "党费计算", "calculatedues"),
    needs=Permission.DUES_OWN,
    help=HELP_CALCULATE,
    where=Where.PRIVATE,
    takes=TAKES,
    understands=calculates,
    matter="dues",
    intents=("dues_calc",),
    spoken_to=True,
)
async def calculate(ctx: Context) -> Reply:
    return await dues_calculating.calculate(ctx.work, ctx.actor, ctx.args)


@command(
    *("党费标准", "党费怎么算", "duesrules"),
    needs=Permission.DUES_OWN,
    help=HELP_RULES,
    where=Where.PRIVATE,
    understands=why,
    matter="dues",
    intents=("dues_query:rule",),
    spoken_to=True,
)
async def rules(ctx: Context) -> Reply:
    return Pages(RULES, await dues_view.grounds(ctx.work, ctx.actor))


@grounds("dues", TITLE, "缴费", "交党费", "do i owe", "do i pay")
async def rests_on(ctx: Context) -> Sequence[Text]:
    return await dues_view.grounds(ctx.work, ctx.actor)


@holds("dues", TITLE)
async def held(ctx: Context) -> Sequence[Text]:
    return await dues.mine(ctx.work, ctx.actor)

"""欠缴: for committee and secretary, in private: who has not paid for months, and what the rule says and does not say."""

from bot.commands import Context, Pages, Reply, Where, command
from bot.permissions import Permission
from bot.replies import sheet
from bot.services import dues_arrears
from bot.texts import Text

HEADING = Text("连续欠缴（已经过完的月份）：", "Months in a row, of those that are over:")


@command(
    *("欠缴", "欠党费", "欠缴党费", "arrears"),
    needs=Permission.SEE_ARREARS,
    help=Text("看谁连续几个月没交党费，只给支委和书记", "see months of dues open in a row: committee and secretary only"),
    where=Where.PRIVATE,
    matter="dues_keeping",
    spoken_to=True,
)
async def arrears(ctx: Context) -> Reply:
    lines = await dues_arrears.listed(ctx.work, ctx.actor, ctx.platform)
    return sheet(Pages(HEADING, lines)) if lines else dues_arrears.NOBODY

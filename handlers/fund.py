"""爱心基金: what there is and what moved, for every member; what it rests on; why there are no payment codes."""

from collections.abc import Sequence

from bot.commands import Context, Pages, Reply, Say, Where, command, grounds
from bot.language import pledges as language
from bot.language.money import yuan
from bot.permissions import Permission
from bot.rules import fund as rules
from bot.services import fund, fund_table
from bot.services.fund_words import NO_CODES
from bot.texts import Text

HELP = Text("看爱心基金的余额和收支，不写名字", "see the care fund's balance and movements, without names")
HEADING = Text(
    "{lines}\n合计余 {cash} 元，待到账 {promised} 元。机器人不收钱、不管钱，只记账。",
    "{lines}\nTogether {cash} yuan, {promised} to come. The bot holds no money; it only keeps the books.",
)
NONE = Text("没有 A{case} 的账。", "There are no entries for A{case}.")
MOVEMENTS = Text("最近的收支：", "The last movements:")
NO_MOVEMENTS = Text("还没有收支。", "Nothing has moved yet.")
LISTED = 30
"""Movements in the list; the picture shows fewer."""
LINE = Text("{day} {case} {kind} {amount}", "{day} {case} {kind} {amount}")


@command(
    *("爱心基金", "爱心基金账", "fund", "care fund"),
    needs=Permission.PLEDGE,
    help=HELP,
    takes=Text("[A12]", "[A12]"),
    where=Where.PRIVATE,
    understands=language.asks_balance,
    matter="fund",
    intents=("fund_query",),
    spoken_to=True,
)
async def overview(ctx: Context) -> Reply:
    case = language.appeal(ctx.args)
    sheets = await fund.overview(ctx.work, ctx.actor)
    if case is not None and case not in sheets:
        return NONE(case=case)
    shown = [sheets[case]] if case is not None else [sheets[None], *fund.open_sheets(sheets)]
    cash, promised = sum(each.left for each in shown), sum(each.promised for each in shown)
    heading = HEADING(lines=Text.join([fund.told(each) for each in shown[:5]]), cash=yuan(cash), promised=yuan(promised))
    moved = await fund.movements(ctx.work, ctx.actor, case, LISTED)
    if not moved:
        return Text.join([heading, NO_MOVEMENTS])
    lines = [_line(each) for each in moved]
    return [Say(heading, private=True, drawing=fund_table.drawing(moved, ctx.language)), Pages(MOVEMENTS, lines)]


def _line(each: fund.Movement) -> Text:
    kind = fund.ENTRY_NAMES[each.kind]
    return LINE(day=f"{each.day:%m-%d}", case=fund.case_name(each.case), kind=kind, amount=yuan(each.fen))


@command(
    *("收款码", "发收款码", "捐款码", "paymentcode"),
    needs=Permission.PLEDGE,
    help=Text("为什么我不发收款码和筹款链接", "why I post no payment codes or links"),
    where=Where.PRIVATE,
    hidden=True,
    understands=lambda text: "" if rules.asks_for_code(text) and "党费" not in text else None,
    matter="fund",
    spoken_to=True,
)
async def no_codes(ctx: Context) -> Reply:
    return NO_CODES


@grounds("fund", Text("爱心基金", "care fund"), "认捐", "捐款", "支出", "募捐", "fundraising")
async def rests_on(_ctx: Context) -> Sequence[Text]:
    return [
        Text(
            "《慈善法》（2023 年修正）第二十六、二十七、一百一十三条：没有公开募捐资格的，不得公开募捐。所以只在本支部内，不发码、"
            "不发链接。",
            "Charity Law (2023) art. 26, 27, 113: no public fundraising without qualification. So inside the branch only, no codes, no "
            "links.",
        ),
        Text(
            "第一百二十二条：城乡社区、单位可以在内部开展互助。爱心基金就是这种互助，自愿，多少不比。",
            "Art. 122: communities and units may hold mutual help inside. That is what the care fund is: voluntary, and nothing is "
            "compared.",
        ),
        Text(
            "第一百二十四条：求助人和发布人对真实性负责。先核实，本人同意，再发。",
            "Art. 124: who asks and who publishes answer for the truth. Verified first, agreed by the person, then posted.",
        ),
        Text(
            "支出两位批准，受助人、求助人、经办人都不能批；不够两位，报上级党委批。批的人不经手付款。这是本程序的规矩，为的是钱经得起查。",
            "Two approve a payment, never who benefits, asked or recorded it; with too few, the higher committee does. Who approves "
            "does not pay. "
            "That is this program's own rule, so that the money can be checked.",
        ),
        Text(
            "党费是另一本账，两本不相混（《党费收缴、使用和管理的规定》）。余款：求助结束后问过捐款人，7 天后转入爱心基金。",
            "Dues are another book and never mixed (2008 rule on dues). What is left of an appeal goes to the fund 7 days after its "
            "givers were asked.",
        ),
    ]

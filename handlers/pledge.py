"""认捐: giving to the care fund, in private."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands import Ask, Context, MemberId, Pages, Reply, Where, answer, command, entry, holds, undoes
from bot.language import pledges as language
from bot.language.money import yuan
from bot.permissions import Permission
from bot.services import finals, fund, payouts, pledge_receipts, pledges
from bot.texts import Text

HELP = Text("给求助或爱心基金认捐，私下记，群里不写名字", "give to an appeal or the care fund; no names in the group")
DONE = Text(
    "记下了：P{number}，{case} {amount} 元，待到账。{more}钱请交给组织委员，机器人不收钱；到账后给您一行账。改主意就发“撤回认捐 "
    "P{number}”。",
    "Noted: P{number}, {case} {amount} yuan, to come. {more}Please hand it to the dues keeper; the bot takes no money. You hear when "
    "it came. "
    "To take it back: “unpledge P{number}”.",
)
NAMELESS = Text("群里和单子上都只写匿名，只有核对到账的同志知道。", "Lists say anonymous; only who confirms the money knows. ")
BEYOND = Text("大家认捐的已经够了，多出来的以后转爱心基金。", "More than enough is promised; what is over goes to the care fund. ")
ENTERED = Text(
    "好，已补录 P{number}：{case} {amount} 元，待到账。到了账再发“到账 P{number}”。",
    "Entered P{number}: {case} {amount} yuan, to come. Then send “arrived P{number}”.",
)
NOT_NOTED = Text("好，没有记。", "Nothing was noted.")
WITHDRAWN = Text("P{number} 撤回了，不用给了。", "P{number} is taken back.")
REST_WITHDRAWN = Text(
    "P{number} 余下的不用给了，到账的 {received} 元照记。", "The rest of P{number} is dropped; the {received} yuan that came stay."
)
MINE = Text("您的认捐：", "Your pledges:")
NO_PLEDGES = Text("您还没有认捐。自愿的，多少都是心意。", "You have pledged nothing; it is voluntary.")
TOLD = Text(
    "好，已请核对的同志看一下，到账后给您一行账。机器人看不到钱。",
    "Those who keep the books are asked to look; you hear when it came. The bot sees no money.",
)


def _said(made: Any, more: Text) -> Text:
    return DONE(number=made.number, case=fund.case_name(made.appeal_number), amount=yuan(made.fen), more=more)


async def _next(ctx: Context, following: Any) -> Reply:
    if following is None:
        return NOT_NOTED
    if isinstance(following, Ask):
        return following
    if following.member_id != ctx.member:
        return ENTERED(number=following.number, case=fund.case_name(following.appeal_number), amount=yuan(following.fen))
    beyond = BEYOND if await pledges.beyond_goal(ctx.work, following) else Text("", "")
    return _said(following, (NAMELESS if following.anonymous else Text("", "")) + beyond)


@command(
    *("认捐", "捐", "捐款", "献爱心", "pledge", "give"),
    needs=Permission.PLEDGE,
    help=HELP,
    takes=Text("A12 100 [匿名]", "A12 100 [anonymous]"),
    where=Where.PRIVATE,
    understands=language.gives,
    matter="fund",
    intents=("aid_pledge",),
)
async def give(ctx: Context) -> Reply:
    if not ctx.addressed and language.appeal(ctx.args) is None:
        return None
    wish = await pledges.begin(ctx.work, ctx.actor, ctx.args)
    return await _next(ctx, await pledges.step(ctx.work, ctx.actor, wish))


@answer(pledges.KIND, needs=Permission.PLEDGE, matter="fund")
async def decide(ctx: Context) -> Reply:
    return await _next(ctx, await pledges.decide(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.choice, ctx.args))


@entry(language.entered_gift, Text("补录 李小山 认捐 A12 100", "enter Li Xiaoshan pledge A12 100"), needs=Permission.KEEP_FUND)
async def enter(ctx: Context, member_id: MemberId) -> Reply:
    wish = await pledges.begin(ctx.work, ctx.actor, ctx.args, member_id)
    return await _next(ctx, await pledges.step(ctx.work, ctx.actor, wish))


@undoes(pledges.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    return WITHDRAWN(number=(await pledges.undo(ctx.work, ctx.actor, data)).number)


@command(
    *("撤回认捐", "取消认捐", "不捐了", "unpledge", "withdraw pledge"),
    needs=Permission.PLEDGE,
    help=Text("撤回还没到账的认捐", "take back a pledge that has not come yet"),
    takes=Text("P7", "P7"),
    where=Where.PRIVATE,
    matter="fund",
)
async def withdraw(ctx: Context) -> Reply:
    if not ctx.addressed and not ctx.args:
        return None
    gone = await pledges.withdraw(ctx.work, ctx.actor, ctx.args)
    finals.note(ctx.work, ctx.actor, finals.UNPLEDGED, gone.number)
    if gone.received_fen:
        return REST_WITHDRAWN(number=gone.number, received=yuan(gone.received_fen))
    return WITHDRAWN(number=gone.number)


@command(
    *("我的认捐", "我捐了多少", "mypledges", "my pledges"),
    needs=Permission.PLEDGE,
    help=Text("看自己认捐了什么、到账没有", "see what you pledged and whether it came"),
    where=Where.PRIVATE,
    matter="fund",
    spoken_to=True,
)
async def own(ctx: Context) -> Reply:
    lines = await pledges.mine(ctx.work, ctx.actor)
    return Pages(MINE, lines) if lines else NO_PLEDGES


def _handed_over(text: str) -> str | None:
    said = language.has_moved(text)
    return language.handed_to(text) if said is None else said


@command(
    *("钱已经转了", "钱转了", "moneysent", "money sent"),
    needs=Permission.PLEDGE,
    help=Text("告诉记账的同志：认捐的钱交了", "tell who keeps the books that the money was handed over"),
    where=Where.PRIVATE,
    understands=_handed_over,
    matter="fund",
    intents=("aid_pledge:paid_claim",),
    spoken_to=True,
)
async def handed_over(ctx: Context) -> Reply:
    await pledge_receipts.claim(ctx.work, ctx.actor, "" if ctx.word else ctx.args)
    finals.note(ctx.work, ctx.actor, finals.HANDED_OVER)
    return TOLD


@holds("pledge", Text("认捐（按规定保留）", "pledges (kept as the rules demand)"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await pledges.mine(ctx.work, ctx.actor)


@holds("payout", Text("爱心基金付款里您的经手和意见（按规定保留）", "your part in payments of the care fund (kept as the rules demand)"))
async def parts(ctx: Context) -> Sequence[Text]:
    return await payouts.mine(ctx.work, ctx.actor)

"""求助: asking for help in private, one question at a time; what was said in the group can be deleted there."""

from bot import turning
from bot.commands import Context, MemberId, Reply, Say, Where, answer, command, entry
from bot.language import appeals as words
from bot.permissions import Permission
from bot.questions import OWN_WORDS
from bot.services import aid_drafts, aid_questions, emergencies
from bot.services.aid_words import tag
from bot.texts import Text

ENDED = Text("好，这份求助不写了，写过的也删了。", "The draft is dropped and its words erased.")
DELETING = Text("好，这就删。", "Deleting it.")
LEFT = Text("好，留着。", "It stays.")
ENTERED = Text(
    "记下了，编号 {tag}。请本人说“以上属实”，再核实；本人同意每个字才发群。",
    "Noted as {tag}. The person has to declare it true; only then it is verified, worded and approved.",
)


@command(
    *("求助", "我要求助", "helpme", "help me"),
    needs=Permission.ASK_AID,
    help=Text("有难处，私下说，书记核实后请大家帮", "ask for help in private; the secretary verifies it first"),
    where=Where.PRIVATE,
    takes=Text("[难处]", "[what is hard]"),
    understands=words.asks,
    matter="aid",
    defers=True,
    intents=("aid_request",),
)
async def ask(ctx: Context) -> Reply:
    if ctx.in_group and not ctx.addressed and not ctx.args:
        return None
    if ctx.in_group and (here := await emergencies.in_group_only(ctx.work, ctx.actor, ctx.incoming.sender.key)) is not None:
        return Say(here, here=True)
    asked = await aid_drafts.begin(ctx.work, ctx.actor, ctx.args)
    if not ctx.in_group or not ctx.incoming.message_id:
        return asked
    return [asked, aid_drafts.offer_to_remove(ctx.incoming.chat.key, ctx.incoming.message_id)]


@answer(aid_drafts.REMOVE, needs=Permission.ASK_AID, matter="aid")
async def remove(ctx: Context) -> Reply:
    if ctx.choice != 0 or ctx.question is None:
        return LEFT
    await aid_drafts.removed(ctx.work, ctx.actor, ctx.question.data)
    return DELETING


_NO_ANSWERS = frozenset({"aid_status", "checkin", "dues_query", "dues_pay_claim", "fund_query", "help", "map_query", "study_query"})
"""What a person turns to in the middle of an appeal; a city, a kind and more of the story mean something else."""


@answer(aid_questions.STEP, needs=Permission.ASK_AID, matter="aid")
async def step(ctx: Context) -> Reply:
    data = ctx.question.data if ctx.question else {}
    if ctx.choice == OWN_WORDS and (other := await turning.something_else(ctx, _NO_ANSWERS)) is not None:
        return await turning.done(ctx, other)
    return await aid_drafts.answered(ctx.work, ctx.actor, data, ctx.choice, ctx.args) or ENDED


@answer(aid_questions.TRUTH, needs=Permission.ASK_AID, matter="aid")
async def declare(ctx: Context) -> Reply:
    return await aid_drafts.decided(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.choice) or ENDED


@entry(
    words.entered,
    Text("补录 李小山 求助 家里受灾，缺人手", "enter Li Xiaoshan 求助 a flood, hands are needed"),
    needs=Permission.VERIFY_AID,
)
async def enter(ctx: Context, member_id: MemberId) -> Reply:
    return ENTERED(tag=tag((await aid_drafts.enter(ctx.work, ctx.actor, member_id, ctx.args)).number))

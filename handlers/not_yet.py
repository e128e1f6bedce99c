"""找谁: matters that the branch has and the bot does not: understood, and answered with whom to ask."""

from bot.commands import Context, Reply, Say, Where, command
from bot.language import people_wanted
from bot.permissions import Permission, Role
from bot.services import whom
from bot.texts import Text

HELP = Text("我办不了的事该找谁", "whom to ask about what I cannot do")
MATTERS = {
    "vote_cast": Text("表决", "voting"),
    "vote_create": Text("发起表决", "calling a vote"),
    "vote_query": Text("查表决", "asking about a vote"),
    "rsvp": Text("活动报名", "signing up for an activity"),
    "leave_request": Text("请假", "asking for leave"),
    "event_create": Text("安排活动", "planning an activity"),
    "departure_report": Text("外出报备", "reporting that you go away"),
    "transfer_request": Text("转组织关系", "transferring one's membership"),
    "transfer_status": Text("查组织关系", "asking about a transfer"),
    "card_request": Text("流动党员活动证", "the activity card"),
    "apply_join": Text("入党申请", "applying to join the party"),
    "develop_status": Text("发展和转正", "admission and probation"),
    "job_seek": Text("找工作", "finding work"),
    "job_offer": Text("招工", "offering work"),
    "service_query": Text("政策咨询", "advice on policies"),
    "project_list": Text("微实事", "small projects"),
    "project_claim": Text("认领微实事", "taking on a small project"),
    "project_release": Text("退回微实事", "giving a small project back"),
    "project_done": Text("报微实事做完", "reporting a small project done"),
    "proposal_create": Text("提议", "proposals"),
    "package_address": Text("收红色礼包", "the care package"),
    "package_received": Text("收红色礼包", "the care package"),
    "package_status": Text("查红色礼包", "asking about the care package"),
    "opinion_submit": Text("提意见", "giving an opinion"),
    "opinion_status": Text("查意见的答复", "asking about an opinion"),
    "thought_report": Text("思想汇报", "the thought report"),
    "talk_request": Text("约谈心", "asking for a talk"),
    "rights_case:status": Text("查维权进展", "asking about a rights case"),
    "profile_update": Text("改登记的资料", "changing what is registered"),
    "report_request": Text("出报表", "making a report"),
}
"""What is meant, by intent; which of them a sentence was is told by `Context.meaning`."""
ASK = Text(
    "{matter}我这里还办不了，没有记下什么。请直接找{who}。",
    "I cannot do that here yet ({matter}), and nothing was noted. Please ask {who}.",
)
YOURSELF = Text(
    "{matter}我这里还办不了，没有记下什么。请先按支部原来的办法办。",
    "I cannot do that here yet ({matter}), and nothing was noted. Please do it as you did before.",
)
WHO = Text("我办不了的，请找{who}。发“帮助”看我能做什么。", "For what I cannot do please ask {who}. Send “help” to see what I can do.")


@command(
    "找谁",
    "whotoask",
    needs=Permission.HELP,
    help=HELP,
    where=Where.PRIVATE,
    hidden=True,
    intents=("help:human",),
    spoken_to=True,
    understands=people_wanted.heard,
)
async def who(ctx: Context) -> Reply:
    if ctx.actor.member is None:
        return None
    return Say(WHO(who=await whom.secretary(ctx.work, ctx.member, ctx.platform)), private=True)


@command(
    "还办不了的",
    "notyet",
    needs=Permission.HELP,
    help=HELP,
    where=Where.PRIVATE,
    hidden=True,
    intents=tuple(MATTERS),
    spoken_to=True,
)
async def ask(ctx: Context) -> Reply:
    if ctx.actor.member is None or ctx.meaning is None:
        return None if ctx.actor.member is None else await who.handler(ctx)
    matter = MATTERS.get(ctx.meaning.intent) or next(
        text for intent, text in MATTERS.items() if intent.partition(":")[0] == ctx.meaning.intent
    )
    if Role.SECRETARY in ctx.actor.roles:
        return Say(YOURSELF(matter=matter), private=True)
    return Say(ASK(matter=matter, who=await whom.secretary(ctx.work, ctx.member, ctx.platform)), private=True)

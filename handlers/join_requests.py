"""Somebody asks the platform to be let into the branch's group: the secretary decides by a card."""

from bot.commands import Context, Reply, answer, observer
from bot.messages import EventKind
from bot.permissions import Permission
from bot.services import join_requests
from bot.services.join_requests import KIND
from bot.texts import Text

LET_IN = Text(
    "好，同意{who}进群了。进来后请他在群里发“报到 姓名”，或给他一个邀请码。",
    "{who} is let in. Once they are there, ask them to send “join NAME”, or make a code for them.",
)
REFUSED = Text("好，没有让{who}进群，也没有说原因。", "{who} is not let in; no reason was given.")


@observer(EventKind.ASKED_TO_JOIN)
async def asked(ctx: Context) -> Reply:
    return [] if await join_requests.asked(ctx.work, ctx.incoming) else None


@observer(EventKind.JOINED)
async def joined(ctx: Context) -> Reply:
    return [] if await join_requests.joined(ctx.work, ctx.incoming) else None


@answer(KIND, needs=Permission.INVITE)
async def decide(ctx: Context) -> Reply:
    accept = ctx.choice == 0
    data = ctx.question.data if ctx.question else {}
    refused = await join_requests.answer(ctx.work, ctx.actor, data, accept=accept)
    return refused or (LET_IN if accept else REFUSED)(who=join_requests.asker(data))

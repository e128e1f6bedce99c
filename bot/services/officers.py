"""What waits for an officer (待办): how many of each, and the word that shows them."""

from bot.permissions import Actor, Permission, Subject, require
from bot.rules.appeals import State
from bot.services import dues_cards, dues_reductions, join_requests, reflections
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

_CLAIMS = Text("{count} 笔党费等核对，发“待确认”", "dues to be confirmed: {count}, “toconfirm”")
_APPEALS = Text("{count} 件求助等核实，发“待核实”", "appeals to be verified: {count}, “appeals”")
_REFLECTIONS = Text("{count} 篇心得等您看，发“看心得”", "reflections to be read: {count}, “reflections”")
_PAYOUTS = Text("{count} 笔付款等着批或等着付，发“付款情况”", "payments that wait: {count}, “payouts”")
_REDUCTIONS = Text("{count} 件减免申请在办，发“减免申请”", "requests for less dues: {count}, “reductions”")


async def waiting(work: UnitOfWork, actor: Actor) -> list[Text]:
    """A line for each matter in which something waits that the actor may do; what is the actor's own waits for others."""
    require(actor, Permission.ENTER, Subject(work.branch_id))
    counts: list[tuple[Text, int]] = []
    if actor.may(Permission.KEEP_DUES):
        counts.append((_CLAIMS, sum(each.member_id != actor.member for each in await dues_cards.waiting(work))))
    if actor.may(Permission.VERIFY_AID):
        asked = await work.appeals.of_state(State.ASKED.value)
        counts.append((_APPEALS, sum(each.member_id != actor.member for each in asked)))
    if actor.may(Permission.CURATE):
        written = await work.reflections.since(work.now - reflections.SHOWN)
        counts.append((_REFLECTIONS, sum(not each.noted and each.member_id != actor.member for each in written)))
    if actor.may(Permission.APPROVE_PAYOUT):
        counts.append((_PAYOUTS, len(await work.payouts.of_states(["proposed", "approved"]))))
    if actor.may(Permission.DECIDE_REDUCTION):
        requests = await work.dues_reductions.of_state(dues_reductions.PENDING)
        counts.append((_REDUCTIONS, sum(each.member_id != actor.member for each in requests)))
    asking = await join_requests.waiting(work, actor) if actor.may(Permission.INVITE) else []
    return [*(line(count=count) for line, count in counts if count), *asking]

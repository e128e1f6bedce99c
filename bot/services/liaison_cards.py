"""People without a liaison are never lost silently: who assigns is told at once, whether somebody said no or a liaison left."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.errors import UserError
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.services import asking, liaison_assigning, people, posting, privacy
from bot.services.asking import Ask, Choice
from bot.texts import Text
from storage.keys import MemberId
from storage.liaisons import Assignment
from storage.members import Member
from storage.unit_of_work import UnitOfWork

CARD, DECLINED = "liaison_card", "liaison_declined"
LIVES = timedelta(days=30)
NOBODY_YET = Text("您现在没有联系人，有事直接找书记就行。", "Nobody is assigned to you now; you may turn to the secretary.")
THEIRS = Text("{who}同志的联系改由支部另外安排，谢谢您的关心。", "The branch arranges anew who looks after {who}. Thank you for your care.")
ANOTHER = Text(
    "{who}想换一位联系人（没有问原因）。现在没人联系。",
    "{who} would like another liaison (no reason was asked). Nobody looks after them now.",
)
LEFT = Text(
    "{liaison}不再做联系人，{count} 位同志没人联系了：{names}。", "{liaison} is no liaison any more; {count} have none now: {names}."
)
CHOICES = (
    Choice(Text("看建议", "suggestions"), ("看看", "建议")),
    Choice(Text("以后再说", "later"), ("以后", "先不")),
)
LATER = Text("好。想安排时发“联系人建议”。", "All right. When you want to assign: “liaisonplan”.")
CHANGED_SINCE = Text("支部已经另外安排了，撤不回来。想换回来，请跟书记说。", "The branch has arranged it anew; please tell the secretary.")


async def decline(work: UnitOfWork, actor: Actor) -> None:
    """The actor wants another liaison: it ends at once, no reason asked. Raises `UserError` where they have none."""
    require(actor, Permission.OWN_SETTINGS, Subject(work.branch_id, actor.member))
    if actor.member is None:
        raise LookupError("only a member has a liaison")
    found = next((each for each in reversed(await work.liaisons.of(actor.member)) if each.until is None), None)
    if found is None:
        raise UserError(NOBODY_YET)
    work.liaisons.end(found, "declined")
    work.deeds.add(actor.member, DECLINED, {"ended": found.id})
    member = await people.present(work, actor.member)
    if found.liaison_id is not None:
        who = await privacy.named(work, await posting.read_on(work, found.liaison_id), member)
        slot = f"liaison_over:{found.id}"
        await posting.to_member(work, found.liaison_id, Outgoing(THEIRS(who=who)), priority=Priority.NOTICE, slot=slot)
    await _cards(work, [member], ANOTHER, {"ended": [found.id]})


async def decline_all(work: UnitOfWork, actor: Actor) -> None:
    """The actor wants no liaison at all for now: the one they have ends, and nobody is suggested for them."""
    if actor.member is not None and any(each.until is None for each in await work.liaisons.of(actor.member)):
        await decline(work, actor)
    await liaison_assigning.want(work, actor, liaison=False)


async def undo_decline(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """The actor thought better of it, and nobody has been assigned since."""
    require(actor, Permission.UNDO, Subject(work.branch_id, actor.member))
    theirs = await work.liaisons.of(actor.member) if actor.member is not None else []
    if any(each.until is None for each in theirs) or all(each.id != data["ended"] for each in theirs):
        raise UserError(CHANGED_SINCE)
    work.liaisons.reopen(data["ended"])
    await work.outbox.drop_unsent(f"liaison_over:{data['ended']}")
    await asking.close_cards(work, CARD, "ended", [[data["ended"]]])


async def gone(work: UnitOfWork, liaison: Member) -> None:
    """A liaison was removed, or is none any more: whom they looked after has nobody now, and who assigns is told so."""
    present = {each.id: each for each in await work.members.present()}
    ended = [each for each in await work.liaisons.by(liaison.id) if each.until is None and each.member_id in present]
    if not ended:
        return
    for each in ended:
        work.liaisons.end(each, "gone")
    theirs = {each.member_id for each in ended}
    await _cards(work, [each for each in present.values() if each.id in theirs], LEFT, {"ended": [each.id for each in ended]}, liaison)


async def back(work: UnitOfWork, liaison_id: MemberId) -> None:
    """That was undone: they look after those again who have had nobody since."""
    taken = {each.member_id for each in await work.liaisons.current()}
    reopened = [each for each in await work.liaisons.by(liaison_id) if _just_gone(work, each) and each.member_id not in taken]
    for each in reopened:
        work.liaisons.reopen(each.id)
    for card in await work.questions.of_kind(CARD):
        if {each.id for each in reopened} & set(card.data.get("ended", ())):
            work.questions.spend(card)


def _just_gone(work: UnitOfWork, each: Assignment) -> bool:
    return each.ended_how == "gone" and each.until is not None and each.until >= work.now - timedelta(minutes=10)


async def _cards(work: UnitOfWork, members: Sequence[Member], text: Text, data: Mapping[str, Any], liaison: Member | None = None) -> None:
    """A card to everybody who assigns, each naming only whom it may where it is read."""
    concerned = {each.id for each in members} | ({liaison.id} if liaison is not None else set())
    accounts = await posting.reached_of_branch(work)
    for officer in await work.members.present():
        if officer.id in concerned or not people.actor_of(officer).may(Permission.ASSIGN_LIAISON):
            continue
        account = accounts.get(officer.id)
        platform = posting.platform_of(account)
        names = await privacy.listed(work, platform, members[:20])
        if liaison is None:
            said = text(who=names)
        else:
            said = text(liaison=await privacy.named(work, platform, liaison), count=len(members), names=names)
        ask = Ask(CARD, said, CHOICES, LIVES, dict(data), card=True)
        await posting.to_member(work, officer.id, await asking.prepare(work, officer.id, ask), priority=Priority.NOTICE, account=account)

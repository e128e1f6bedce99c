"""What the secretaries are told of who goes away and comes back: one private letter each, taken back with the report."""

from dataclasses import replace

from bot.clock import beijing_day
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Role
from bot.services import departure_questions, deployment, posting, privacy, trail
from bot.services.people import present
from bot.texts import Text
from storage.departures import Departure
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork

GOES = Text("{who}报备外出：{what}。", "{who} goes away: {what}.")
IS_BACK = Text("{who}回来了。", "{who} is back.")
TAKEN_BACK = Text("刚才说的外出（或回来）撤回了，以后来的为准。", "What I just said of somebody going away or coming back is taken back.")
ABROAD = Text("{who}报备了外出或回来，细节请在网页看。", "{who} reported going away or coming back; the rest is on the web page.")
UNNAMED = Text("有一位同志报备外出或回来了，请在网页看。", "Somebody reported going away or coming back; please see the web page.")


def _slot(which: int) -> str:
    return f"departure:{which}"


def _back_slot(which: int) -> str:
    return f"departure_back:{which}"


async def to_secretaries(work: UnitOfWork, actor: Actor, kept: Departure, told: Departure) -> None:
    """The secretaries hear of a report (not the one who entered it); without the telephone number, which is in the register."""
    await _tell(
        work,
        actor,
        kept,
        GOES(who="{who}", what=departure_questions.in_words(replace(told, phone=""), beijing_day(work.now))),
        _slot(kept.id),
    )


async def back(work: UnitOfWork, actor: Actor, ended: Departure) -> None:
    """The secretaries hear that somebody is back."""
    await _tell(work, actor, ended, IS_BACK, _back_slot(ended.id))


async def _tell(work: UnitOfWork, actor: Actor, about: Departure, text: Text, slot: str) -> None:
    member = await present(work, about.member_id)
    officers = [each.id for each in await work.members.holding(Role.SECRETARY.value) if each.id not in {about.member_id, actor.member}]
    await trail.told(work, {each: [about.member_id] for each in officers}, trail.Kind.REGISTER)
    accounts = await posting.reached_of_branch(work)
    for each in officers:
        account = accounts.get(each)
        named, _ = await privacy.shown(work, posting.platform_of(account), [member])
        abroad = await deployment.asks_consent(work, posting.platform_of(account))
        who = await privacy.named(work, posting.platform_of(account), member)
        said = UNNAMED if not named else ABROAD(who=who) if abroad else text(who=who)
        await posting.to_member(work, each, Outgoing(said), priority=Priority.REMINDER, slot=slot, account=account)


async def recall(work: UnitOfWork, which: int) -> None:
    """A report was taken back: unsent letters go, sent ones say so."""
    await _recall(work, _slot(which))


async def recall_back(work: UnitOfWork, which: int) -> None:
    """Somebody is not back after all."""
    await _recall(work, _back_slot(which))


async def forget(work: UnitOfWork, member: MemberId) -> None:
    """Somebody erases what is theirs: what waits to be sent of their going away is not sent, and what was sent is taken back."""
    for each in await work.departures.of(member, "kept", "ended"):
        await _recall(work, _slot(each.id))
        await _recall(work, _back_slot(each.id))


async def _recall(work: UnitOfWork, slot: str) -> None:
    await work.outbox.drop_unsent(slot)
    for letter in await work.outbox.in_slots(slot):
        await work.outbox.replace(letter, posting.pack(Outgoing(TAKEN_BACK)), letter.not_before)

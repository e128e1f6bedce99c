"""Whether somebody's place may be kept: asked once, refused for good, withdrawn by one sentence (PIPL art. 14-16, 47)."""

from datetime import timedelta

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import places as gazetteer
from bot.messages import Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.services import asking, consents, finals, place_questions, place_words, places, posting
from bot.services.asking import Ask, Choice
from bot.services.consents import Purpose
from bot.services.places import Told
from bot.texts import Text
from storage import tombstones
from storage.keys import MemberId
from storage.questions import OpenQuestion
from storage.unit_of_work import UnitOfWork

DELETE = "place_delete"

ALLOWED = Text(
    "好。现在在哪儿？说一句“我在哈尔滨”就行，到市即可。", "Good. Where are you now? “I'm in Harbin” will do; the city is enough."
)
DECLINED = Text(
    "好，不记，以后也不问了，别的功能照用。想记了，发“同意记位置”。",
    "All right: not kept, not asked again; all else works. To allow it later: “keep my place”.",
)
STOPPED = Text(
    "好，以后不记您的位置了，别的功能照用。想记了，发“同意记位置”。",
    "Done: your place will not be kept; all else works. To allow it later: “keep my place”.",
)
STOPPED_ASK = Text(
    "好，从现在起不记了，分布图和书记那里也看不到您了。之前记的那一处要删吗？回“删”或“留着”。",
    "Done: from now on it is not kept, and the map and the secretary do not see you. Delete what was noted? Answer “delete” or “leave it”.",
)
DELETED = Text("已删除您的位置，不留底。", "Your place is deleted; no copy is left.")
NONE_KEPT = Text("没有记您的位置，不用删。", "I have no place of yours; there is nothing to delete.")
LEFT = Text(
    "好，先留着，只有您自己看得到。随时发“删除我的位置”就删。",
    "All right, it stays, for your eyes only. “delete my place” erases it any time.",
)
DELETE_IT = Choice(Text("删", "delete"), ("删除", "删掉", "删了", "删吧", "好", "是", "yes", "删除我的位置"))
LEAVE_IT = Choice(Text("留着", "leave it"), ("不删", "先留着", "不用", "不", "no"))
NOT_YET_ASKED = Text(
    "这位同志还没同意记位置，这次没有记。我会私下问一声，同意了您再补。",
    "This member has not agreed to that yet, so nothing was kept. I will ask them in private; once they agree, enter it again.",
)
_PLACE = Text("{place}（{day}确认{how}）", "{place} (confirmed {day}{how})")
_MOVED = Text("城市是新的，傍晚小结里告诉书记", "A new city; the secretary hears of it in the evening")
_BEFORE = Text("可撤销回：{place}（只留十分钟）", "to go back to: {place} (kept ten minutes)")
_WAITING = Text("等您回答、还没记的：{place}", "not kept, waiting for your answer: {place}")


async def answered(work: UnitOfWork, actor: Actor, asked: OpenQuestion | None, *, agreed: bool) -> Told:
    """Note a member's answer; with a yes what they had said in private a moment ago is kept now."""
    require(actor, Permission.SET_PLACE, Subject(work.branch_id, actor.member))
    member_id = _member(actor)
    if not agreed:
        await _withdraw(work, member_id)
        return DECLINED
    work.consents.put(member_id, Purpose.LOCATION.value, given=True)
    found = place_questions.said(work, asked)
    if asked is None or not found:
        return ALLOWED
    return await places.settle(work, actor, member_id, found, corrects=asked.data["corrects"])


async def allow(work: UnitOfWork, actor: Actor) -> Told:
    """Consent given of one's own accord, or to the question that is open."""
    asked = await place_questions.open_now(work, _member(actor), place_questions.CONSENT)
    if asked is not None:
        work.questions.spend(asked)
    else:
        finals.note(work, actor, finals.PLACE_ALLOWED)
    return await answered(work, actor, asked, agreed=True)


async def stop(work: UnitOfWork, actor: Actor) -> Text | Ask:
    """Withdraw consent, at once; then offer to delete what is kept."""
    require(actor, Permission.SET_PLACE, Subject(work.branch_id, actor.member))
    member_id = _member(actor)
    await _withdraw(work, member_id)
    if await work.places.get(member_id) is None:
        return STOPPED
    return Ask(DELETE, STOPPED_ASK, (DELETE_IT, LEAVE_IT), timedelta(days=1))


async def _withdraw(work: UnitOfWork, member_id: MemberId) -> None:
    work.consents.put(member_id, Purpose.LOCATION.value, given=False)
    await work.departures.forget_places(member_id)
    await _forget_said(work, member_id)


async def _forget_said(work: UnitOfWork, member_id: MemberId) -> None:
    """Drop what tells a member's place: questions, whoever was asked, lists still open, answers unsent, the place to go back to."""
    kinds = (place_questions.CONSENT, place_questions.WHICH, place_questions.CITY)
    for asked in await work.questions.unanswered(kinds):
        if asked.data.get("member") == member_id:
            work.questions.spend(asked)
    await places.forget_previous(work, member_id)
    await asking.forget_pages(work)
    await work.outbox.drop_answers(member_id, int(Priority.ANSWER))


async def delete(work: UnitOfWork, actor: Actor) -> Text:
    """Erase a member's place and everything it could be restored from."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    member_id = _member(actor)
    await _forget_said(work, member_id)
    await work.departures.forget_places(member_id)
    if await work.places.get(member_id) is None:
        return NONE_KEPT
    work.places.remove(member_id)
    work.tombstones.add([member_id], tombstones.PLACE)
    finals.note(work, actor, finals.PLACE_DELETED)
    return DELETED


async def delete_answered(work: UnitOfWork, actor: Actor, choice: int) -> Text:
    """Take the answer to whether what is kept should be deleted, too."""
    return LEFT if choice else await delete(work, actor)


async def enter(work: UnitOfWork, actor: Actor, about: MemberId, words: str) -> Told:
    """A secretary enters where somebody is. Without that person's consent nothing is kept; who was never asked is asked, once."""
    require(actor, Permission.ENTER_FOR_OTHERS, Subject(work.branch_id, about))
    if about == actor.member:
        return await places.tell(work, actor, about, words)
    found = place_words.meant(words)
    if not found:
        raise UserError(places.UNKNOWN)
    agreed = await consents.given(work, about, Purpose.LOCATION)
    if agreed is False:
        raise UserError(places.THEY_REFUSED)
    if agreed:
        return await places.settle(work, actor, about, found)
    if await work.questions.open_of(about, place_questions.CONSENT) is None:
        question = await asking.prepare(work, about, place_questions.consent_card())
        await posting.to_member(work, about, question, priority=Priority.NOTICE)
    return NOT_YET_ASKED


async def held(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What is held of the actor's place: the present one, the one to go back to, the one that waits for an answer."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    member_id = _member(actor)
    lines = []
    if (kept := await work.places.get(member_id)) is not None:
        day = beijing_day(kept.confirmed_at).isoformat()
        lines.append(_PLACE(place=place_words.full(place_words.of(kept)), day=day, how=places.how(kept)))
        lines += [_MOVED] if kept.moved else []
    previous = [
        each.data["before"][0] for each in await work.deeds.of_kind(places.DEED) if each.data["member"] == member_id and each.data["before"]
    ]
    lines += [_BEFORE(place=place_words.full(gazetteer.place(code))) for code in previous]
    asked = await place_questions.open_now(work, member_id)
    if asked is not None and asked.data["member"] == member_id and asked.data["codes"]:
        said = Text.join((place_words.full(gazetteer.place(code)) for code in asked.data["codes"]), "、", "; ")
        lines.append(_WAITING(place=said))
    return lines


def _member(actor: Actor) -> MemberId:
    if actor.member is None:
        raise LookupError("a stranger has no place")
    return actor.member

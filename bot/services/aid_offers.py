"""Offers to help: told to the one who asked alone; how to reach each other is passed on only when both agreed, and not kept."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.errors import UserError
from bot.messages import Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.appeals import OfferState, State, offer_may_become
from bot.services import aid_cases, aid_contacts, aid_finals, aid_letters, aid_posts, asking, posting
from bot.services.aid_words import NONE, OFFER_NAMES, tag
from bot.services.asking import Ask, Choice
from bot.texts import Text
from storage.aid_offers import Offer
from storage.appeals import Appeal
from storage.unit_of_work import UnitOfWork

WHAT, CHOOSE, AGREE, LEAVE, CONTACT, DONE = "aid_what", "aid_choose", "aid_agree", "aid_leave", "aid_contact", "aid_done"
DEED = "aid_offer"
LIVES = timedelta(days=14)
LONGEST, LONGEST_CONTACT = 200, 60
ONES_OWN = Text("这是您自己的求助。", "That is your own appeal.")
NO_OPEN = Text(
    "现在没有正在求助的。想预先说能帮什么，就发“能帮忙的：修电器”。", "Nobody asks for help now. To offer in advance: “can help: repairs”."
)
WHICH = Text(
    "有几件在求助：{tags}。请写上编号，比如“我能帮 {example}”。",
    "There are several appeals: {tags}. Please give the number: “help {example}”.",
)
LISTED = Text("正在求助的，能帮就发“我能帮 A…”：", "Help is asked for; to offer it, send “help with A…”:")
_LISTED = Text("{tag}：{words}", "{tag}: {words}")
AGAIN = Text("您已经说过能帮 {tag} 了，谢谢。", "You have offered to help with {tag} already, thank you.")
ASK_WHAT = Text(
    "谢谢！记下您愿意帮 {tag}。能帮什么？写一句，如“我周六有空”，或点“跳过”。",
    "Thank you, noted for {tag}. What can you do? A sentence like “free on Saturday”, or “skip”.",
)
SKIP = Choice(Text("跳过", "skip"), ("不说",))
THANKS = Text(
    "谢谢！已告诉求助的同志，先由我转话，双方都同意才互给联系方式。",
    "Thank you! The one who asked is told; contacts are passed on only when both agree.",
)
TOO_LONG = Text("太长了，请写一两句。", "That is too long; a sentence or two, please.")
OFFERED = Text("{who}愿意帮 {tag}：{what}\n要联系吗？", "{who} offers to help with {tag}: {what}\nWould you like to be in touch?")
_NO_WORDS = Text("（没写能帮什么）", "(no words)")
WANT = Choice(Text("愿意联系", "yes, contact"), ("愿意", "联系", "要", "好", "可以", "行", "yes"))
NO_NEED = Choice(Text("不用了", "no, thanks"), ("不用", "不要", "不联系", "不", "no"))
CHOSEN = Text("好，我去问对方。双方都同意才互给联系方式。", "Good, I ask them. Contacts are passed on only when both agree.")
DECLINED = Text("好，我会谢谢对方。", "Good, I thank them.")
TOLD_DECLINED = Text(
    "求助 {tag} 的同志说这次先不用了，谢谢您的好心。", "Who asked for {tag} does not need it this time. Thank you for your kindness."
)
ASK_AGREE = Text(
    "求助 {tag} 的同志愿意和您联系。您愿意吗？同意后我再告诉您是谁。",
    "Who asked for {tag} would like to be in touch. Would you? Then you learn who it is.",
)
YES = Choice(Text("愿意", "yes"), ("愿意联系", "好", "可以", "行"))
NO = Choice(Text("不方便", "no"), ("不愿意", "不"))
ASK_CONTACT = Text(
    "请写怎么联系您（电话或微信），我只转给对方一次，不保存。不想留就点“先不留”。",
    "How can you be reached (telephone or WeChat)? It is passed on once and not kept. Or press “rather not”.",
)
NOT_NOW = Choice(Text("先不留", "rather not"), ("不留", "不写"))
AGREED = Text(
    "您和{who}都愿意联系 {tag} 的事。要留您的联系方式吗？", "You and {who} both want to be in touch about {tag}. Leave your contact?"
)
IS_WHO = Text("求助的是{who}。", "It is {who} who asked. ")
LEAVE_IT = Choice(Text("留联系方式", "leave it"), ("留",))
NOT_LEFT = Text("好，没有留。等对方先联系您。", "Nothing is passed on. Wait for the other to get in touch.")
PASSED = Text("转给对方了，我这里不保存。", "Passed on; nothing is kept here.")
HIDDEN = Text("（请在网页发“我的求助”看）", "(send “my appeals” on the web page)")
NOBODY_WAITS = Text(
    "现在没有人等您的联系方式，没有转给谁，也没有记。", "Nobody waits for your contact; it was neither passed on nor noted."
)
NOT_AGREED = Text("求助 {tag}：对方这次不方便，别的同志再看看。", "{tag}: they cannot after all; let us see who else can.")
TAKEN_BACK = Text("好，{tag} 您不帮了，已经告诉对方。", "Done, your offer for {tag} is taken back and the other told.")
HELPED = Text("谢谢您！记下帮上了。", "Thank you! Noted that you helped.")
NOT_YET = Text("好，不急。", "All right, no hurry.")


async def _appeal(work: UnitOfWork, actor: Actor, number: int | None) -> Appeal:
    """The open appeal meant: of a number, or the only one. Raises `UserError`."""
    require(actor, Permission.OFFER_AID, Subject(work.branch_id, actor.member))
    if number is not None:
        return await aid_cases.open_one(work, number)
    there = await work.appeals.of_state(State.OPEN.value)
    if not there:
        raise UserError(NO_OPEN)
    if len(there) > 1:
        raise UserError(WHICH(tags=Text.plain("、".join(tag(each.number) for each in there)), example=tag(there[0].number)))
    return there[0]


async def only_one(work: UnitOfWork, actor: Actor) -> bool:
    """Whether exactly one appeal is open."""
    require(actor, Permission.OFFER_AID, Subject(work.branch_id, actor.member))
    return len(await work.appeals.of_state(State.OPEN.value)) == 1


async def listed(work: UnitOfWork, actor: Actor, number: int | None) -> list[Text]:
    """What stands in the group now, or one of it, in its public words. Raises `UserError` where there is nothing."""
    require(actor, Permission.OFFER_AID, Subject(work.branch_id, actor.member))
    there = [await aid_cases.open_one(work, number)] if number is not None else await work.appeals.of_state(State.OPEN.value)
    if not there:
        raise UserError(NO_OPEN)
    return [_LISTED(tag=tag(each.number), words=each.public_text) for each in there]


async def offer(work: UnitOfWork, actor: Actor, number: int | None, words: str) -> Text | Ask:
    """Offer to help; without words they are asked for. Raises `UserError` for one's own appeal, or none that is open."""
    appeal = await _appeal(work, actor, number)
    member = aid_cases.speaker(work, actor, Permission.OFFER_AID)
    if appeal.member_id == member:
        raise UserError(ONES_OWN)
    if len(words) > LONGEST:
        raise UserError(TOO_LONG)
    mine = next((each for each in await work.aid_offers.to(appeal.id) if each.member_id == actor.member), None)
    if mine is not None and mine.state not in {OfferState.DECLINED, OfferState.WITHDRAWN}:
        if not words or mine.state != OfferState.OFFERED:
            raise UserError(AGAIN(tag=tag(appeal.number)))
        return await _put(work, appeal, work.aid_offers.change(mine, what=words))
    if mine is not None and mine.state == OfferState.DECLINED:
        raise UserError(TOLD_DECLINED(tag=tag(appeal.number)))
    if mine is not None:
        made = work.aid_offers.change(mine, state=OfferState.OFFERED.value, what=words, at=work.now)
    else:
        made = work.aid_offers.add(appeal.id, member, words, OfferState.OFFERED.value)
    work.deeds.add(member, DEED, {"offer": made.id})
    told = await _put(work, appeal, made)
    await aid_posts.refresh(work, appeal)
    return told if words else Ask(WHAT, ASK_WHAT(tag=tag(appeal.number)), (SKIP,), data={"offer": made.id}, free=True)


async def say_what(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], words: str) -> Text:
    """The words for an offer that was made by the button. Raises `UserError`."""
    made, appeal = await _own(work, actor, data)
    if len(words) > LONGEST:
        raise UserError(TOO_LONG)
    if made.state != OfferState.OFFERED or not words:
        return THANKS
    return await _put(work, appeal, work.aid_offers.change(made, what=words))


async def _put(work: UnitOfWork, appeal: Appeal, made: Offer) -> Text:
    """Show an offer to the one who asked, in the place of what was shown of it before."""
    await work.questions.drop_about(appeal.member_id, CHOOSE, "offer", made.id)
    who = await aid_cases.name_for(work, appeal.member_id, made.member_id)
    shown = made if who != aid_cases.SOMEBODY else replace(made, what=HIDDEN.zh if made.what else "")
    prepared = await asking.prepare(work, appeal.member_id, asked_again(appeal, shown, who))
    await posting.to_member(work, appeal.member_id, prepared, priority=Priority.NOTICE, slot=f"aid_offer:{made.id}")
    await work.questions.arm(CHOOSE, since=work.now)
    return THANKS


def asked_again(appeal: Appeal, made: Offer, who: Text) -> Ask:
    """The question to the one who asked about an offer."""
    text = OFFERED(who=who, tag=tag(appeal.number), what=made.what or _NO_WORDS)
    return Ask(CHOOSE, text, (WANT, NO_NEED), LIVES, {"offer": made.id}, card=True)


async def _of(work: UnitOfWork, data: Mapping[str, Any]) -> tuple[Offer, Appeal]:
    made = await work.aid_offers.get(data["offer"])
    appeal = await work.appeals.get(made.appeal_id) if made is not None else None
    if made is None or appeal is None:
        raise UserError(NONE)
    return made, appeal


async def _own(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> tuple[Offer, Appeal]:
    require(actor, Permission.OFFER_AID, Subject(work.branch_id, actor.member))
    made, appeal = await _of(work, data)
    if made.member_id != actor.member:
        raise UserError(NONE)
    return made, appeal


async def _asked(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> tuple[Offer, Appeal]:
    require(actor, Permission.ASK_AID, Subject(work.branch_id, actor.member))
    made, appeal = await _of(work, data)
    if appeal.member_id != actor.member:
        raise UserError(NONE)
    return made, appeal


def _become(work: UnitOfWork, made: Offer, following: OfferState, **values: Any) -> Offer:
    if not offer_may_become(made.state, following):
        raise UserError(OFFER_NOT_NOW(state=OFFER_NAMES[made.state]))
    return work.aid_offers.change(made, state=following.value, **values)


OFFER_NOT_NOW = Text("这份心意现在是“{state}”，这一步做不了。", "This offer is “{state}” now; that cannot be done.")


async def choose(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], *, wanted: bool) -> Text:
    """The one who asked would like to be in touch, or not. Raises `UserError`."""
    made, appeal = await _asked(work, actor, data)
    if appeal.state != State.OPEN:
        raise UserError(aid_cases.not_now(appeal))
    work.appeals.change(appeal, step_at=work.now)
    if not wanted:
        _become(work, made, OfferState.DECLINED)
        aid_finals.note(work, actor, aid_finals.NOT_WANTED, appeal)
        await aid_cases.tell(work, made.member_id, TOLD_DECLINED(tag=tag(appeal.number)))
        await aid_posts.refresh(work, appeal)
        return DECLINED
    _become(work, made, OfferState.WANTED)
    aid_finals.note(work, actor, aid_finals.WANTED, appeal)
    ask = Ask(AGREE, ASK_AGREE(tag=tag(appeal.number)), (YES, NO), LIVES, {"offer": made.id}, card=True)
    await aid_letters.ask(work, appeal, made.member_id, ask, part=aid_letters.HELPER)
    return CHOSEN


async def agree(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], *, agreed: bool) -> Text | Ask:
    """The helper would like to be in touch, or not: only now each learns who the other is. Raises `UserError`."""
    made, appeal = await _own(work, actor, data)
    if appeal.state != State.OPEN:
        raise UserError(aid_cases.not_now(appeal))
    if not agreed:
        aid_finals.note(work, actor, aid_finals.CANNOT, appeal)
        return await _leave(work, made, appeal)
    _become(work, made, OfferState.AGREED, agreed_at=work.now)
    aid_finals.note(work, actor, aid_finals.AGREED, appeal)
    who = await aid_cases.name_for(work, appeal.member_id, made.member_id)
    asked = Ask(LEAVE, AGREED(who=who, tag=tag(appeal.number)), (LEAVE_IT, NOT_NOW), LIVES, {"offer": made.id}, card=True)
    await aid_letters.ask(work, appeal, appeal.member_id, asked, part=aid_letters.ASKER)
    is_who = IS_WHO(who=await aid_cases.name_for(work, made.member_id, appeal.member_id))
    return Ask(CONTACT, is_who + ASK_CONTACT, (NOT_NOW,), data={"offer": made.id}, free=True)


async def ask_contact(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Ask:
    """Ask the one who asked for help how they can be reached. Raises `UserError`."""
    made, _ = await _asked(work, actor, data)
    return Ask(CONTACT, ASK_CONTACT, (NOT_NOW,), data={"offer": made.id}, free=True)


async def pass_on(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], words: str) -> Text:
    """Pass how to reach one of the two on to the other, once; it is kept nowhere but in the message. Raises `UserError`."""
    member = aid_cases.speaker(work, actor, Permission.OFFER_AID)
    made, appeal = await _of(work, data)
    pair = {made.member_id: appeal.member_id, appeal.member_id: made.member_id}
    if member not in pair or made.state not in {OfferState.AGREED, OfferState.INTRODUCED}:
        raise UserError(NONE)
    if appeal.state != State.OPEN:
        raise UserError(aid_cases.not_now(appeal))
    if len(words) > LONGEST_CONTACT:
        raise UserError(TOO_LONG)
    other = pair[member]
    await aid_contacts.hand_over(work, appeal, member, other, words)
    if made.state == OfferState.AGREED:
        _become(work, made, OfferState.INTRODUCED)
    aid_finals.note(work, actor, aid_finals.PASSED, appeal)
    return PASSED


async def said_contact(work: UnitOfWork, actor: Actor, words: str) -> Text | Ask:
    """A telephone number or the like, typed where the question about it stands open. Raises `UserError` where none does."""
    member = aid_cases.speaker(work, actor, Permission.OFFER_AID)
    waits = await work.questions.open_of(member, CONTACT) or await work.questions.open_of(member, LEAVE)
    if waits is None:
        raise UserError(NOBODY_WAITS)
    if waits.kind == LEAVE and not words:
        return await ask_contact(work, actor, waits.data)
    work.questions.spend(waits)
    return await pass_on(work, actor, waits.data, words)


async def _leave(work: UnitOfWork, made: Offer, appeal: Appeal) -> Text:
    told = made.state in {OfferState.WANTED, OfferState.AGREED, OfferState.INTRODUCED}
    _become(work, made, OfferState.WITHDRAWN)
    await work.outbox.drop_unsent(f"aid_offer:{made.id}")
    await work.questions.drop_about(appeal.member_id, CHOOSE, "offer", made.id)
    if told:
        await aid_cases.tell(work, appeal.member_id, NOT_AGREED(tag=tag(appeal.number)))
    if appeal.state == State.OPEN:
        await aid_posts.refresh(work, appeal)
    return TAKEN_BACK(tag=tag(appeal.number))


async def take_back(work: UnitOfWork, actor: Actor, number: int) -> Text:
    """The helper cannot help after all. Raises `UserError`."""
    require(actor, Permission.OFFER_AID, Subject(work.branch_id, actor.member))
    appeal = await work.appeals.numbered(number)
    offers = await work.aid_offers.to(appeal.id) if appeal is not None else []
    mine = next((each for each in offers if each.member_id == actor.member), None)
    if appeal is None or mine is None:
        raise UserError(NONE)
    aid_finals.note(work, actor, aid_finals.CANNOT, appeal)
    return await _leave(work, mine, appeal)


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Text:
    """Take back an offer that was just made. Raises `UserError` where the other has acted on it."""
    made, appeal = await _own(work, actor, data)
    return await _leave(work, made, appeal)


async def done(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], *, helped: bool) -> Text:
    """Whether the helper has helped meanwhile. Raises `UserError`."""
    made, appeal = await _own(work, actor, data)
    if not helped:
        return NOT_YET
    if made.state != OfferState.DONE:
        _become(work, made, OfferState.DONE)
        aid_finals.note(work, actor, aid_finals.HELPED, appeal)
    return HELPED

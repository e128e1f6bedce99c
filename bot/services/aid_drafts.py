"""An appeal being written: one question at a time, what the first words said is not asked again, each can be skipped.

The draft is a row, so a restart or another matter in between loses nothing: 求助 goes on where it stopped.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.errors import UserError
from bot.language import appeals as words
from bot.language import choices, money, places
from bot.language.money import ImpossibleAmount
from bot.language.places import Level, Place
from bot.messages import Priority
from bot.patterns import Pattern
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.appeals import ForWhom, Kind, State
from bot.services import aid_cases, aid_finals, aid_letters, aid_verify, asking, posting, trail
from bot.services.aid_questions import LIVES, SKIP, STEPS, TRUTH, TRUTH_CHOICES, following, summary, which
from bot.services.aid_words import NONE
from bot.services.asking import Ask, Choice
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.appeals import Appeal
from storage.keys import ChatKey, MemberId
from storage.unit_of_work import UnitOfWork

REMOVE = "aid_remove"
MOST = 3
"""Appeals of one person that may be under way at once."""
LONGEST = 1000
OWN_WORDS = -1
ASK_REMOVE = Text("求助的话我们私下说。群里那条要我删掉吗？", "Let us talk in private. Shall I delete what you wrote in the group?")
DELETE = Choice(Text("删掉", "delete"), ("删", "要"))
LEAVE = Choice(Text("留着", "leave it"), ("不删", "不用"))
NO_CITY = Text(
    "没认出“{words}”是哪座城市。写城市名就行，比如“武汉”，或者点“跳过”。",
    "I do not know the city “{words}”. Write its name, like “Wuhan”, or press “skip”.",
)
TOO_LONG = Text("加起来太长了，请写短些，1000 字以内。", "Together that is too long; please keep it within 1000 characters.")
TOO_MANY = Text(
    "您已有 {count} 件求助在办，先办完一件再提。发“我的求助”看进展。", "You have {count} appeals under way; send “my appeals” to see them."
)
WRONG_SUM = Text(
    "这个金额记不了，请写 0.01 到 100 万元之间的数。", "That amount cannot be right; please write one between 0.01 and a million yuan."
)
UNCLEAR = Text("没听明白，请选一个，或者点“跳过”。问的是：", "I did not get that; please choose one, or press “skip”. The question: ")
NOTHING = Text("还不知道要帮什么，请点“重写”说一句。", "I do not know yet what is needed; press “write anew” and say a sentence.")
ENTERED = Text("书记替您记了一份求助。", "The secretary wrote down an appeal for you. ")
_COMMA = Pattern(r"(?<![0-9]) ?, ?|, ?(?![0-9])")
_FEW = 6
_CITY = 9
"""Characters beyond which what names no city tells more of what is needed."""


async def begin(work: UnitOfWork, actor: Actor, said: str) -> Ask:
    """Begin an appeal, or go on with the one begun; answers the next question. Raises `UserError`."""
    member = aid_cases.speaker(work, actor, Permission.ASK_AID)
    draft = await of(work, member) or await _new(work, member)
    return await following(work, _filled(work, draft, said) if said else draft)


def offer_to_remove(chat: ChatKey, message_id: str) -> Ask:
    """Whether what was said in the group is to be deleted there."""
    return Ask(REMOVE, ASK_REMOVE, (DELETE, LEAVE), timedelta(days=2), {"chat": list(chat), "message": message_id}, card=True)


async def removed(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Have what the actor said in the group deleted; should that be refused, they hear how to do it."""
    member = aid_cases.speaker(work, actor, Permission.ASK_AID)
    await posting.remove(work, ChatKey(*data["chat"]), data["message"], member)


async def of(work: UnitOfWork, member_id: MemberId) -> Appeal | None:
    """The appeal a member is writing."""
    return next((each for each in await work.appeals.of(member_id) if each.state == State.DRAFT), None)


async def _new(work: UnitOfWork, member_id: MemberId, entered_by: MemberId | None = None) -> Appeal:
    live = await aid_cases.live_of(work, member_id)
    if len(live) >= MOST:
        raise UserError(TOO_MANY(count=len(live)))
    return await work.appeals.add(member_id, State.DRAFT.value, entered_by=entered_by)


def _filled(work: UnitOfWork, draft: Appeal, said: str) -> Appeal:
    """What words tell, noted where it was open."""
    said = _COMMA.sub("，", said)
    values = {"need": _joined(draft, said), **_told(draft, said)}
    settled = tuple(dict.fromkeys([*draft.settled, *(step for step in STEPS if step in values)]))
    return work.appeals.change(draft, **values, settled=settled, step_at=work.now)


def _told(draft: Appeal, said: str) -> dict[str, Any]:
    """What words tell besides the need, where it is still open."""
    values: dict[str, Any] = {}
    if draft.kind is None and (kind := words.kind_of(said)) is not None:
        values["kind"] = kind
    if draft.city is None and (where := words.city(said)) is not None:
        values["city"] = where.city_code
    if draft.for_whom is None and (whom := words.for_whom(said)) is not None:
        values["for_whom"] = whom
    wants = words.wants_money(said)
    if wants is not None:
        values["money"] = wants
    return values


async def answered(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int, said: str) -> Ask | None:
    """Take an answer; the next question, or None where the draft was given up. Raises `UserError` for an answer of no use."""
    require(actor, Permission.ASK_AID, Subject(work.branch_id, actor.member))
    draft = await work.appeals.get(data["appeal"])
    if draft is None or draft.member_id != actor.member or draft.state != State.DRAFT:
        raise UserError(NONE)
    step, values = data["step"], data["values"]
    if choice == len(values):
        await dropped(work, actor, draft)
        return None
    if choice != OWN_WORDS:
        return await following(work, _settle(work, draft, step, values[choice]))
    if step == "city":
        return await _in_city(work, draft, said)
    try:
        written = _written(work, draft, step, said)
    except _Unclear:
        return await following(work, draft, before=UNCLEAR)
    return await following(work, written)


async def _in_city(work: UnitOfWork, draft: Appeal, said: str) -> Ask:
    """What somebody wrote when asked for the city."""
    if len(said) > _CITY and not places.find(said) and words.city(said) is None:
        return await following(work, work.appeals.change(draft, need=_joined(draft, said), step_at=work.now), heard=True)
    found = _cities(said)
    if len(found) > 1:
        return which(draft, said, found)
    return await following(work, _settle(work, draft, "city", str(found[0].code)))


def _cities(said: str) -> list[Place]:
    found = {each.city_code: places.place(each.city_code) for each in places.find(said) if each.level is not Level.PROVINCE}
    if not found and (meant := words.city(said)) is not None:
        found = {meant.city_code: places.place(meant.city_code)}
    if not found:
        raise UserError(NO_CITY(words=said[:20]))
    return list(found.values())[:6]


def _settle(work: UnitOfWork, draft: Appeal, step: str, value: str) -> Appeal:
    values: dict[str, Any] = {}
    if value != SKIP:
        values[step] = int(value) if step == "city" else value == "yes" if step == "money" else value
    return work.appeals.change(draft, **values, settled=(*draft.settled, step), step_at=work.now)


def _written(work: UnitOfWork, draft: Appeal, step: str, said: str) -> Appeal:
    """What somebody wrote instead of pressing a button."""
    values: dict[str, Any] = {}
    if step == "kind":
        if (kind := words.kind_of(said)) is None and len(said) <= _FEW:
            raise _Unclear
        values = {"kind": kind or Kind.OTHER.value}
        values |= {"need": _joined(draft, said), "settled": (*draft.settled, "kind", "need")} if len(said) > _FEW else {}
    elif step == "need":
        told = {name: value for name, value in _told(draft, said).items() if name not in draft.settled}
        values = {"need": _joined(draft, said), **told, "settled": (*draft.settled, "need", *told)}
    elif step == "for_whom":
        if (whom := words.for_whom(said)) is None:
            raise _Unclear
        values = {"for_whom": whom}
    elif step == "money":
        values = _money(said)
    return work.appeals.change(draft, **{"settled": (*draft.settled, step), **values}, step_at=work.now)


class _Unclear(Exception):
    """An answer to the question of a step that says nothing about it."""


def _joined(draft: Appeal, said: str) -> str:
    need = words.fuller(draft.need, said) or "，".join(each for each in (draft.need, said.strip()) if each)
    if len(need) > LONGEST:
        raise UserError(TOO_LONG)
    return need


def _money(said: str) -> dict[str, Any]:
    try:
        sums = [each.fen for each in money.amounts(said)]
    except ImpossibleAmount as error:
        raise UserError(WRONG_SUM) from error
    wants = True if sums else words.wants_money(said)
    if wants is None and (wants := choices.yes_no(said)) is None:
        raise _Unclear
    return {"money": wants, "goal_fen": sums[0] if len(sums) == 1 else None}


async def give_up(work: UnitOfWork, draft: Appeal) -> None:
    """End a draft: its words are erased at once."""
    gone = aid_cases.become(work, draft, State.WITHDRAWN, closed_at=work.now, need="", city=None, for_whom=None)
    await aid_letters.recall(work, gone)


async def dropped(work: UnitOfWork, actor: Actor, draft: Appeal) -> None:
    """The actor gives their draft up: there is nothing left to go back to."""
    await give_up(work, draft)
    aid_finals.note(work, actor, aid_finals.ERASED, draft)


async def decided(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int) -> Text | Ask | None:
    """What the person says of the summary: it goes to the officers, the first question comes anew, or None for an end."""
    require(actor, Permission.ASK_AID, Subject(work.branch_id, actor.member))
    draft = await work.appeals.get(data["appeal"])
    if draft is None or draft.member_id != actor.member or draft.state != State.DRAFT:
        raise UserError(NONE)
    if choice == 2:
        await dropped(work, actor, draft)
        return None
    if choice == 1:
        fresh = {"kind": None, "city": None, "for_whom": None, "need": "", "money": False, "goal_fen": None}
        return await following(work, work.appeals.change(draft, settled=(), step_at=work.now, **fresh))
    if not draft.need and draft.kind in {None, Kind.OTHER.value}:
        raise UserError(NOTHING)
    kind = draft.kind or Kind.OTHER.value
    whom = await _beneficiary(work, draft)
    known = {"kind": kind, "beneficiary_id": whom, "beneficiary_unknown": whom is None}
    asked = aid_cases.become(work, draft, State.ASKED, truth_at=work.now, asked_at=work.now, **known)
    aid_finals.note(work, actor, aid_finals.SENT_IN, asked)
    return await aid_verify.send_in(work, asked)


async def _beneficiary(work: UnitOfWork, draft: Appeal) -> MemberId | None:
    """The member it is for: who asked, or – for somebody else – the one other member whom the words name."""
    if draft.for_whom != ForWhom.OTHER:
        return draft.member_id
    named = [each.id for each in await work.members.present() if each.name in draft.need and each.id != draft.member_id]
    return named[0] if len(named) == 1 else None


async def enter(work: UnitOfWork, actor: Actor, member_id: MemberId, said: str) -> Appeal:
    """An officer enters somebody's appeal: nothing goes on before that person has declared it true. Raises `UserError`."""
    require(actor, Permission.VERIFY_AID, Subject(work.branch_id, member_id))
    there = await of(work, member_id)
    if there is not None:
        raise UserError(aid_cases.not_now(there))
    draft = _filled(work, await _new(work, member_id, actor.member), said)
    draft = work.appeals.change(draft, settled=STEPS, for_whom=draft.for_whom or ForWhom.SELF.value)
    ask = Ask(TRUTH, summary(draft, ENTERED), TRUTH_CHOICES, LIVES, {"appeal": draft.id}, card=True, columns=3)
    card = await asking.prepare(work, member_id, ask)
    await aid_letters.send(work, draft, member_id, card, part=aid_letters.ASKER, priority=Priority.NOTICE)
    await trail.changed(work, actor, [member_id], Trailed.AID)
    aid_finals.note(work, actor, aid_finals.NOTED_FOR, draft)
    return draft

"""What members can do for others, and the one private hint to those who may be able to help with a new appeal."""

from datetime import timedelta

from bot.errors import UserError
from bot.language import places
from bot.language.appeals import matches
from bot.language.normalise import bare, is_blank
from bot.messages import Priority
from bot.permissions import Actor, Permission
from bot.services import aid_letters, asking, posting
from bot.services.aid_cases import speaker
from bot.services.aid_words import KIND_NAMES, tag
from bot.services.asking import Ask, Choice
from bot.services.consents import Purpose
from bot.texts import Text
from storage.appeals import Appeal
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork

HINT = "aid_hint"
SKILL_DEED = "aid_skill"
LIVES = timedelta(days=14)
MOST = 10
LONGEST = 60
I_CAN = Choice(Text("我能帮", "I can help"), ("能帮",))
NO_MORE = Choice(Text("别再问我这类", "not again"), ("别再问我", "以后别问"))
HINT_TEXT = Text(
    "支部有件互助 {tag}，{why}，您也许帮得上：\n{words}\n不方便就不用回。",
    "The branch has an appeal {tag}; {why}, so you may be able to help:\n{words}\nNo answer is needed.",
)
_IN_CITY, _BY_SKILL = Text("您在那座城市", "you are in that city"), Text("您说过会帮这类忙", "you offered this kind of help")
MUTED = Text(
    "好，“{kind}”这类不再问您。想恢复，发“互助提醒恢复”。", "You will not be asked about “{kind}” again. To change that, send “hints on”."
)
UNMUTED = Text("好，以后有合适的再问您。", "Done, you will be asked again.")
NOT_MUTED = Text("没有关过，照常问您。", "Nothing was muted.")
NOTED = Text(
    "记下了：{words}。有人需要，我先私下问您，不公开。想撤回，十分钟内发“撤销”。",
    "Noted: {words}. If somebody needs it you are asked in private first. “undo” within ten minutes.",
)
KNOWN = Text("这个已经记着了。", "That is noted already.")
TOO_MANY = Text("最多记十样，先发“删除本事 …”删一样。", "At most ten; first remove one: “forget skill …”.")
TOO_LONG = Text("请写短一些，六十字以内，比如“能帮忙的：修电器”。", "Please keep it within sixty characters, like “can help: repairs”.")
NO_SUCH = Text("没有记过这一样。发“我的本事”看有哪些。", "That is not noted. Send “my skills”.")
FORGOTTEN = Text("好，删了 {count} 样。", "Done, {count} removed.")
NONE = Text("还没记过。想预先说能帮什么，就发“能帮忙的：修电器”。", "Nothing is noted. To offer in advance: “can help: repairs”.")
UNDONE = Text("好，“{words}”不记了。", "Done, “{words}” is not noted any more.")


async def hint(work: UnitOfWork, appeal: Appeal) -> None:
    """Ask once, in private, those who are in the city or offered such help; never who asked, nor who muted the kind."""
    reasons = {**await _in_city(work, appeal), **await _by_skill(work, appeal)}
    muted = await work.skills.muted(appeal.kind or "other")
    offered = {each.member_id for each in await work.aid_offers.to(appeal.id)}
    spared = muted | offered | {appeal.member_id, appeal.beneficiary_id, appeal.verified_by}
    accounts = await posting.reached_of_branch(work)
    for member_id, why in reasons.items():
        if member_id in spared or member_id not in accounts:
            continue
        text = HINT_TEXT(tag=tag(appeal.number), why=why, words=appeal.public_text)
        ask = Ask(HINT, text, (I_CAN, NO_MORE), LIVES, {"number": appeal.number}, card=True)
        prepared = await asking.prepare(work, member_id, ask)
        await aid_letters.send(work, appeal, member_id, prepared, part=aid_letters.HELPER, priority=Priority.REMINDER)


async def _in_city(work: UnitOfWork, appeal: Appeal) -> dict[MemberId, Text]:
    """Those whose place is in the appeal's city, if they agreed that it is kept."""
    if appeal.city is None:
        return {}
    city = places.place(appeal.city).city_code
    there = [each.member_id for each in await work.places.all() if places.place(each.code).city_code == city]
    return dict.fromkeys(await work.consents.given(there, Purpose.LOCATION.value), _IN_CITY)


async def _by_skill(work: UnitOfWork, appeal: Appeal) -> dict[MemberId, Text]:
    return {each.member_id: _BY_SKILL for each in await work.skills.all() if matches(each.words, appeal.need)}


async def mute(work: UnitOfWork, actor: Actor, number: int) -> Text:
    """Do not ask the actor about appeals of the kind of this one again."""
    member = speaker(work, actor, Permission.OFFER_AID)
    appeal = await work.appeals.numbered(number)
    kind = (appeal.kind if appeal is not None else None) or "other"
    work.skills.mute(member, kind)
    return MUTED(kind=KIND_NAMES[kind])


async def unmute(work: UnitOfWork, actor: Actor) -> Text:
    """Ask the actor about every kind again."""
    return UNMUTED if await work.skills.unmute(speaker(work, actor, Permission.OFFER_AID)) else NOT_MUTED


async def offer_skill(work: UnitOfWork, actor: Actor, words: str) -> Text:
    """Note something the actor can do for others. Raises `UserError`."""
    member, said = speaker(work, actor, Permission.OFFER_AID), bare(words)
    if is_blank(said):
        return await skills(work, actor)
    if len(said) > LONGEST:
        raise UserError(TOO_LONG)
    known = await work.skills.of(member)
    if said in {each.words for each in known}:
        return KNOWN
    if len(known) >= MOST:
        raise UserError(TOO_MANY)
    work.skills.add(member, said)
    work.deeds.add(member, SKILL_DEED, {"words": said})
    return NOTED(words=said)


async def skills(work: UnitOfWork, actor: Actor) -> Text:
    """What the actor offered in advance."""
    known = await work.skills.of(speaker(work, actor, Permission.OFFER_AID))
    return Text.join([MINE, *(Text.plain(f"· {each.words}") for each in known)]) if known else NONE


MINE = Text(
    "您说过能帮的（发“删除本事 …”可删，“删除本事 全部”全删）：", "What you offered (“forget skill …” removes one, “forget skill all” all):"
)


async def forget_skill(work: UnitOfWork, actor: Actor, words: str) -> Text:
    """Forget one of the actor's skills, or all. Raises `UserError`."""
    member, said = speaker(work, actor, Permission.OFFER_AID), bare(words)
    count = await work.skills.forget(member) if said in {"全部", "all"} else await work.skills.remove(member, said)
    if not count:
        raise UserError(NO_SUCH)
    return FORGOTTEN(count=count)


async def undo_skill(work: UnitOfWork, actor: Actor, words: str) -> Text:
    """Take back what was just offered in advance."""
    await work.skills.remove(speaker(work, actor, Permission.OFFER_AID), words)
    return UNDONE(words=words)

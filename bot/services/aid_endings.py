"""How an appeal ends – solved, closed, withdrawn, expired – or goes on; and where the one who asked sees how it stands."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.clock import BEIJING
from bot.errors import UserError
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.appeals import HELPED, LIVE, STANDING, OfferState, State
from bot.services import aid_cases, aid_drafts, aid_finals, aid_letters, aid_offers, aid_posts, aid_wording, posting
from bot.services.aid_words import NONE, OFFER_NAMES, numbered, state_name, tag
from bot.services.asking import Ask, Choice
from bot.texts import Text
from storage.appeals import Appeal
from storage.unit_of_work import UnitOfWork

ENDING, DEED = "aid_ending", "aid_closed"
SOLVED = Choice(Text("解决了", "solved"), ("已解决",))
LONGER = Choice(Text("再延长", "longer"), ("延长",))
CLOSE = Choice(Text("关闭", "close"), ("不用了",))
ASK_ENDING = Text("求助 {tag} 到 {day} 就到期了。解决了吗？", "Appeal {tag} expires on {day}. Is it solved?")
CLOSED = Text(
    "好，{tag} 结束了，谢谢大家。弄错了，十分钟内发“撤销”。",
    "{tag} is closed, thank you all. If that was a mistake, “undo” within ten minutes.",
)
WITHDRAWN = Text("好，{tag} 撤回了，发出去的也改了。", "{tag} is withdrawn, and so is its post.")
NOT_POSTED_YET = Text(
    "好，{tag} 还没发到群里，就当撤回了，不再往下办。还要人帮，再发“求助”。",
    "{tag} was not in the group yet, so it is withdrawn. If you need help again, send “help me”.",
)
DRAFT_ENDED = Text("好，这份求助不写了，写过的也删了。", "The draft is dropped and its words erased.")
EXTENDED = Text("好，{tag} 延长到 {day}。", "{tag} now runs until {day}.")
REOPENED = Text("好，{tag} 接着求助。", "{tag} goes on.")
EXPIRED = Text(
    "求助 {tag} 到期了，群里那条已经改了。还要人帮，就再发一次“求助”。",
    "Appeal {tag} has expired. If you still need help, send “help me” again.",
)
TOLD_OVER = Text("求助 {tag} 结束了，谢谢您的好心。", "Appeal {tag} is over. Thank you for your kindness.")
WHICH = Text(
    "您有几件求助：{tags}。请写上编号，比如“{example}”。", "You have several appeals: {tags}. Please give the number, like “{example}”."
)
NOTHING = Text("您没有在办的求助。要人帮忙就发“求助”。", "You have no appeal under way. If you need help, send “help me”.")
HEADING = Text("您的求助：", "Your appeals:")
_LINE = Text("{tag} {state}，{day} 提的{until}", "{tag}: {state}, of {day}{until}")
_DRAFT = Text("没写完的一份：发“求助”接着写，“放弃求助”不写了", "an unfinished one: “help me” goes on, “withdraw” drops it")
_UNTIL = Text("，到 {day}，{count} 位愿意帮", ", until {day}, {count} offered")
_OFFER = Text("　{who}：{what}（{state}）", "  {who}: {what} ({state})")


async def mine(work: UnitOfWork, actor: Actor) -> tuple[Sequence[Text], Sequence[Ask]]:
    """Where the actor's appeals stand, line by line, and what they still have to say to them."""
    member = aid_cases.speaker(work, actor, Permission.ASK_AID)
    lines: list[Text] = []
    asks: list[Ask] = []
    to_come = await aid_posts.still_to_come(work)
    for each in await aid_cases.live_of(work, member):
        if each.state == State.DRAFT:
            lines.append(_DRAFT)
            continue
        offers = await work.aid_offers.to(each.id) if each.state == State.OPEN else []
        standing = [offer for offer in offers if offer.state in STANDING]
        until = _UNTIL(day=_day(each), count=len(standing)) if each.expires_at else Text("", "")
        asked = each.asked_at.astimezone(BEIJING)
        lines.append(
            _LINE(
                tag=tag(each.number),
                state=to_come.get(aid_posts.slot(each)) or state_name(each),
                day=Text(f"{asked.month}月{asked.day}日", f"{asked.day} {asked:%b}"),
                until=until,
            )
        )
        for offer in standing:
            who = await aid_cases.name_for(work, member, offer.member_id)
            lines.append(_OFFER(who=who, what=offer.what, state=OFFER_NAMES[offer.state]))
            if offer.state == OfferState.OFFERED:
                asks.append(aid_offers.asked_again(each, offer, who))
        if each.state == State.WORDING:
            asks.append(await aid_wording.following(work, each))
    return lines, asks


def _day(appeal: Appeal) -> Text:
    if appeal.expires_at is None:
        return Text("", "")
    local = appeal.expires_at.astimezone(BEIJING)
    return Text(f"{local.month}月{local.day}日", f"{local.day} {local:%b}")


async def _meant(work: UnitOfWork, actor: Actor, words: str, states: frozenset[State], example: Text) -> Appeal:
    """The appeal that words name – one's own, or an officer's to close –, or one's only one. Raises `UserError`."""
    member = aid_cases.speaker(work, actor, Permission.ASK_AID)
    if words:
        return await aid_cases.own_or_verified(work, actor, numbered(words, example)[0])
    there = [each for each in await aid_cases.live_of(work, member) if each.state in states]
    if not there:
        raise UserError(NOTHING)
    if len(there) > 1:
        raise UserError(WHICH(tags=Text.plain("、".join(tag(each.number) for each in there)), example=example))
    return there[0]


async def close(work: UnitOfWork, actor: Actor, words: str, *, solved: bool) -> Text:
    """End an open appeal: the group hears how many helped, and nobody's name; before it was posted it is withdrawn. Raises `UserError`."""
    example = Text("解决了 A12", "solved A12") if solved else Text("关闭求助 A12", "close A12")
    member = aid_cases.speaker(work, actor, Permission.ASK_AID)
    is_open = any(each.state == State.OPEN for each in await aid_cases.live_of(work, member))
    appeal = await _meant(work, actor, words, frozenset({State.OPEN}) if is_open else LIVE, example)
    if appeal.member_id == member and appeal.state in LIVE - {State.OPEN}:
        await _withdraw(work, actor, appeal)
        return DRAFT_ENDED if appeal.state == State.DRAFT else NOT_POSTED_YET(tag=tag(appeal.number))
    return await _close(work, actor, appeal, solved=solved)


async def _close(work: UnitOfWork, actor: Actor, appeal: Appeal, *, solved: bool) -> Text:
    offers = await work.aid_offers.to(appeal.id)
    helped = sum(each.state in HELPED for each in offers)
    closed = aid_cases.become(work, appeal, State.CLOSED, closed_at=work.now, helped_count=helped, solved=solved)
    work.deeds.add(aid_cases.speaker(work, actor, Permission.ASK_AID), DEED, {"appeal": appeal.id})
    await _over(work, closed)
    if solved:
        await aid_posts.thank(work, closed)
    return CLOSED(tag=tag(appeal.number))


async def _tell_helpers(work: UnitOfWork, appeal: Appeal) -> None:
    for each in await work.aid_offers.to(appeal.id):
        if each.state in STANDING:
            over = Outgoing(TOLD_OVER(tag=tag(appeal.number)))
            await posting.to_member(work, each.member_id, over, priority=Priority.REMINDER, slot=f"aid_over:{each.id}")


async def undo_close(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Text:
    """Take a closing back. Raises `UserError`."""
    require(actor, Permission.ASK_AID, Subject(work.branch_id, actor.member))
    appeal = await work.appeals.get(data["appeal"])
    if appeal is None:
        raise UserError(NONE)
    reopened = aid_cases.become(work, appeal, State.OPEN, closed_at=None, helped_count=0, solved=False)
    await aid_posts.reopen(work, reopened)
    for each in await work.aid_offers.to(appeal.id):
        await work.outbox.drop_unsent(f"aid_over:{each.id}")
    return REOPENED(tag=tag(appeal.number))


async def withdraw(work: UnitOfWork, actor: Actor, words: str) -> Text:
    """Take one's own appeal back, whatever state it is in. Raises `UserError`."""
    appeal = await _meant(work, actor, words, LIVE, Text("撤回求助 A12", "withdraw A12"))
    if appeal.member_id != actor.member:
        raise UserError(NONE)
    return await _withdraw(work, actor, appeal)


async def _withdraw(work: UnitOfWork, actor: Actor, appeal: Appeal) -> Text:
    if appeal.state == State.DRAFT:
        await aid_drafts.dropped(work, actor, appeal)
        return DRAFT_ENDED
    await _over(work, aid_cases.become(work, appeal, State.WITHDRAWN, closed_at=work.now))
    aid_finals.note(work, actor, aid_finals.WITHDRAWN, appeal)
    return WITHDRAWN(tag=tag(appeal.number))


async def end_for_gone(work: UnitOfWork, appeal: Appeal) -> None:
    """Who asked is a member no more: a post says that it is over, the rest is dropped."""
    if appeal.state == State.OPEN:
        await _over(work, aid_cases.become(work, appeal, State.CLOSED, closed_at=work.now))
    elif appeal.state == State.DRAFT:
        await aid_drafts.give_up(work, appeal)
    else:
        await _over(work, aid_cases.become(work, appeal, State.WITHDRAWN, closed_at=work.now))


async def _over(work: UnitOfWork, appeal: Appeal) -> None:
    """What stands says so, what is on its way stops, and nobody who offered is left without an answer."""
    await aid_letters.recall(work, appeal)
    for each in await work.aid_offers.to(appeal.id):
        await work.outbox.drop_unsent(f"aid_offer:{each.id}")
    if appeal.posted_at is not None:
        await aid_posts.take_down(work, appeal)
        await _tell_helpers(work, appeal)


async def decided(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int) -> Text:
    """What the one who asked says shortly before the end: solved, longer, or closed. Raises `UserError`."""
    appeal = await work.appeals.get(data["appeal"])
    if appeal is None or appeal.member_id != actor.member:
        raise UserError(NONE)
    if choice == 1:
        return await extend(work, actor, tag(appeal.number))
    return await _close(work, actor, appeal, solved=choice == 0)


async def extend(work: UnitOfWork, actor: Actor, words: str) -> Text:
    """Let one's own open appeal run as long again. Raises `UserError`."""
    appeal = await _meant(work, actor, words, frozenset({State.OPEN}), Text("延长求助 A12", "extend A12"))
    if appeal.member_id != actor.member or appeal.state != State.OPEN:
        raise UserError(aid_cases.not_now(appeal) if appeal.member_id == actor.member else NONE)
    longer = work.appeals.change(appeal, expires_at=work.now + await aid_posts.lives(work), ending_told_at=None, step_at=work.now)
    await aid_posts.refresh(work, longer)
    aid_finals.note(work, actor, aid_finals.LONGER, longer)
    return EXTENDED(tag=tag(longer.number), day=_day(longer))


async def edit(work: UnitOfWork, actor: Actor, words: str) -> Ask:
    """Change the words in the group: written anew, redacted, and approved once more. Raises `UserError`."""
    appeal = await _meant(work, actor, words, frozenset({State.OPEN, State.WORDING}), Text("改求助 A12", "edit appeal A12"))
    return await aid_wording.own_words(work, actor, {"appeal": appeal.id})


async def expire(work: UnitOfWork, appeal: Appeal) -> None:
    """The time of an open appeal is over."""
    over = aid_cases.become(work, appeal, State.EXPIRED, closed_at=work.now)
    await _over(work, over)
    await aid_cases.tell(work, appeal.member_id, EXPIRED(tag=tag(appeal.number)))


def ending_of(appeal: Appeal) -> Ask:
    """The question shortly before the end."""
    choices = (SOLVED, LONGER, CLOSE)
    return Ask(
        ENDING, ASK_ENDING(tag=tag(appeal.number), day=_day(appeal)), choices, aid_offers.LIVES, {"appeal": appeal.id}, card=True, columns=3
    )

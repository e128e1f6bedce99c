"""Looking at an appeal before anybody else reads it: the secretary or the deputy rings the person, and verifies or declines.

Nobody verifies their own. Charity Law 2023 art. 124: who posts an appeal answers for it, too.
"""

from datetime import timedelta

from bot.errors import UserError
from bot.language import places
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.appeals import State
from bot.services import aid_cases, aid_finals, aid_letters, aid_wording, asking, privacy, trail
from bot.services.aid_words import FOR_WHOM_NAMES, KIND_NAMES, NONE, tag
from bot.services.asking import Ask, Choice
from bot.services.people import person
from bot.services.trail import Kind as Trailed
from bot.texts import Text, cut
from storage.appeals import Appeal
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

KIND, REASON = "aid_verify", "aid_reason"
LIVES = timedelta(days=14)
CARD = Text(
    "求助 {tag}，{who}：{kind}，{city}，帮{whom}{money}。\n{need}\n请先打电话核实，再选一个。不核实不会发群。",
    "Appeal {tag}, {who}: {kind}, {city}, for {whom}{money}.\n{need}\nPlease call first, then choose one. Nothing is posted before.",
)
VERIFIED = Choice(Text("核实", "verified"), ("核实了",))
CONTACTED = Choice(Text("联系过了", "contacted"), ("已联系",))
DECLINED = Choice(Text("不受理", "decline"), ("不办",))
NO_REASON = Choice(Text("不写理由", "no reason"), ("不写", "没有理由"))
ASK_REASON = Text(
    "不受理 {tag}。写一句理由告诉对方，或点“不写理由”。", "{tag} is declined. Write a reason for the person, or press “no reason”."
)
SENT = Text(
    "交给书记核实了，编号 {tag}。核实后我先给您看发群的话，您同意才发。发“我的求助”看进展，“撤回求助 {tag}”随时能撤。",
    "It is with the secretary now, number {tag}. Then you see the words for the group first. “my appeals” shows where it stands, "
    "“withdraw {tag}” takes it back.",
)
SENT_TO_NOBODY = Text(
    "记下了，编号 {tag}。可现在除您以外没有人能核实（书记、副书记），请支部先任命一位。",
    "It is noted as {tag}, but nobody besides you can verify it (secretary or deputy). The branch has to appoint somebody first.",
)
DONE = Text(
    "好，{tag} 核实了。我去请本人看发群的话，同意了才发。",
    "Good, {tag} is verified. I now show the person the words; only then they are posted.",
)
NOTED = Text("好，{tag} 记下联系过了。核实清楚了再选一个：", "Noted for {tag}. Choose one when you have checked it:")
REFUSED = Text("好，{tag} 没有受理，已经告诉本人。", "{tag} is declined, and the person was told.")
TOLD_REFUSED = Text(
    "求助 {tag} 这次没有受理。{reason}有疑问可以直接找书记。",
    "Appeal {tag} was not accepted. {reason}Please ask the secretary if you wonder why.",
)
_BECAUSE = Text("理由：{reason}。", "Reason: {reason}. ")
VERIFIED_ALREADY = {
    State.WORDING: Text(
        "求助 {tag} 已经核实过了，正等本人看发群的话，您不用再做什么。核实错了，请打电话给本人，本人可以“撤回求助 {tag}”。",
        "Appeal {tag} is verified already and waits for its person to approve the words; there is nothing for you to do. "
        "If that was a mistake, call them: they can “withdraw {tag}”.",
    ),
    State.APPROVED: Text(
        "求助 {tag} 已经核实过了，本人也同意了，支部绑定群后就发。核实错了，请打电话给本人，本人可以“撤回求助 {tag}”。",
        "Appeal {tag} is verified and approved already; it is posted once the branch has a group. "
        "If that was a mistake, call them: they can “withdraw {tag}”.",
    ),
    State.OPEN: Text(
        "求助 {tag} 已经核实过、交给群里了。要结束它，发“关闭求助 {tag}”。",
        "Appeal {tag} is verified already and handed to the group. To end it, send “close {tag}”.",
    ),
}
NOT_ONES_OWN = Text("自己的求助要请别人核实。", "Your own appeal has to be verified by somebody else.")
NONE_WAITING = Text("没有等核实的求助。", "No appeal is waiting.")
_WHERE_UNKNOWN, _WHOM_UNKNOWN = Text("城市没说", "no city"), Text("谁没说", "—")
_MONEY = Text("，也需要捐助", ", donations, too")
_ROOM = 90


async def send_in(work: UnitOfWork, appeal: Appeal) -> Text:
    """Put an appeal that was declared true before the officers; answers what its person is told."""
    officers = await aid_cases.officers(work, appeal.member_id)
    for each in officers:
        await aid_letters.send(work, appeal, each.id, await _card(work, appeal, each), part=aid_letters.OFFICER, priority=Priority.NOTICE)
    return (SENT if officers else SENT_TO_NOBODY)(tag=tag(appeal.number))


async def _card(work: UnitOfWork, appeal: Appeal, officer: Member) -> Outgoing:
    asker = await work.members.get(appeal.member_id)
    if asker is None or not await aid_cases.may_read(work, officer.id, asker):
        return Outgoing(aid_cases.ON_THE_WEB(tag=tag(appeal.number)))
    return await asking.prepare(work, officer.id, _ask(appeal, asker))


def _ask(appeal: Appeal, asker: Member) -> Ask:
    where = places.place(appeal.city) if appeal.city else None
    text = CARD(
        tag=tag(appeal.number),
        who=person(asker),
        kind=KIND_NAMES[appeal.kind or "other"],
        city=Text(where.full, where.latin) if where else _WHERE_UNKNOWN,
        whom=FOR_WHOM_NAMES[appeal.for_whom] if appeal.for_whom else _WHOM_UNKNOWN,
        money=_MONEY if appeal.money else Text("", ""),
        need=next(iter(cut(appeal.need, _ROOM)), ""),
    )
    return _card_of(appeal, text)


def _card_of(appeal: Appeal, text: Text) -> Ask:
    return Ask(KIND, text, (VERIFIED, CONTACTED, DECLINED), LIVES, {"number": appeal.number}, card=True, columns=3)


async def waiting(work: UnitOfWork, actor: Actor, platform: str) -> list[Ask | Text]:
    """The appeals that wait for an officer, as cards, and the rest of the words of each; where they may not be written, only how many."""
    require(actor, Permission.VERIFY_AID, Subject(work.branch_id))
    told: list[Ask | Text] = []
    members = {each.id: each for each in await work.members.present()}
    listed = [
        each for each in await work.appeals.of_state(State.ASKED.value) if each.member_id in members and each.member_id != actor.member
    ]
    named, hidden = await privacy.shown(work, platform, [members[each.member_id] for each in listed])
    await trail.saw(work, actor, [each.id for each in named], Trailed.AID)
    for each in listed:
        if members[each.member_id] in named:
            told += [Text.plain(part) for part in cut(each.need, _ROOM)[1:]]
            told.append(_ask(each, members[each.member_id]))
    return [*told, privacy.MORE(count=hidden)] if hidden else told


async def _waiting(work: UnitOfWork, actor: Actor, number: int) -> Appeal:
    require(actor, Permission.VERIFY_AID, Subject(work.branch_id))
    appeal = await work.appeals.numbered(number)
    if appeal is None or appeal.state == State.DRAFT:
        raise UserError(NONE)
    if appeal.member_id == actor.member:
        raise UserError(NOT_ONES_OWN)
    if appeal.state != State.ASKED:
        raise UserError(_decided(appeal))
    await trail.changed(work, actor, [appeal.member_id], Trailed.AID)
    return appeal


def _decided(appeal: Appeal) -> Text:
    """Why an appeal needs no look any more, to the officer, and what can still be done with it."""
    if appeal.state in VERIFIED_ALREADY:
        return VERIFIED_ALREADY[State(appeal.state)](tag=tag(appeal.number))
    return aid_cases.not_now(appeal)


async def verify(work: UnitOfWork, actor: Actor, number: int) -> Text:
    """Note that the actor has checked an appeal; its person is shown the words for the group. Raises `UserError`."""
    appeal = await _waiting(work, actor, number)
    verified = aid_cases.become(work, appeal, State.WORDING, verified_by=actor.member, liaison_told_at=None)
    await aid_letters.stop(work, verified, aid_letters.OFFICER)
    await aid_wording.put_to(work, verified)
    aid_finals.note(work, actor, aid_finals.VERIFIED, appeal)
    return DONE(tag=tag(appeal.number))


async def contacted(work: UnitOfWork, actor: Actor, number: int) -> Ask:
    """Note that the actor has spoken with the person: a step, and the card stays to be decided. Raises `UserError`."""
    appeal = await _waiting(work, actor, number)
    work.appeals.change(appeal, step_at=work.now, liaison_told_at=None)
    aid_finals.note(work, actor, aid_finals.RANG, appeal)
    return _card_of(appeal, NOTED(tag=tag(appeal.number)))


async def reason_for(work: UnitOfWork, actor: Actor, number: int) -> Ask:
    """Ask the officer for a reason to give. Raises `UserError`."""
    appeal = await _waiting(work, actor, number)
    return Ask(REASON, ASK_REASON(tag=tag(appeal.number)), (NO_REASON,), data={"number": appeal.number}, free=True)


async def decline(work: UnitOfWork, actor: Actor, number: int, reason: str) -> Text:
    """Decline an appeal and tell its person why. Raises `UserError`."""
    appeal = await _waiting(work, actor, number)
    await aid_letters.recall(work, aid_cases.become(work, appeal, State.DECLINED, closed_at=work.now))
    told = _BECAUSE(reason=reason.strip()[:100]) if reason.strip() else Text("", "")
    await aid_cases.tell(work, appeal.member_id, TOLD_REFUSED(tag=tag(appeal.number), reason=told))
    aid_finals.note(work, actor, aid_finals.TURNED_DOWN, appeal)
    return REFUSED(tag=tag(appeal.number))


async def remind(work: UnitOfWork, appeal: Appeal, officer: MemberId) -> None:
    """Put an appeal before an officer once more."""
    member = await work.members.get(officer)
    if member is not None:
        await aid_letters.stop(work, appeal, aid_letters.OFFICER, officer)
        card = await _card(work, appeal, member)
        await aid_letters.send(work, appeal, officer, card, part=aid_letters.OFFICER, priority=Priority.REMINDER)

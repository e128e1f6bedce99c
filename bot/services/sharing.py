"""What of a member is given to the organisation where they are: only while an agreement stands, and only if they consent to that one.

Each is asked by themselves, in private, and nobody twice who has said no (PIPL art. 14-16, 23: a separate consent for giving data to
another). The telephone is agreed to separately. What was given is noted, and the person hears of it each time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import agreements as language
from bot.messages import Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.services import agreements, asking, consents, deployment, finals, finding, fund_people, people, posting, privacy
from bot.services.asking import Ask, Choice
from bot.services.consents import Purpose
from bot.texts import Text
from storage.agreements import Agreement, SharingConsent
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

KIND, READY = agreements.CONSENT, "sharing_ready"
"""The kinds of the question to a member, and of the card that tells who asked that the paper can be made."""
LIVES = timedelta(days=30)
MOST = 10
_YES = ("同意", "我同意", "愿意", "我愿意", "同意不给电话", "不给电话", "电话不给", "别给电话", "可以给", "给吧", "agree")
_NO = ("我不同意", "不愿意", "我不愿意", "不给", "不想给", "我不想给", "不太想给", "不太愿意", "别给", "disagree")
CHOICES = (
    Choice(Text("同意，不给电话", "agree, without my number"), _YES),
    Choice(Text("同意，电话也给", "agree, my number too"), ("同意电话也给", "电话也给", "都同意")),
    Choice(Text("不同意", "do not agree"), _NO),
)
"""Only words that say so: a 好 or 是 that was meant for something else is no consent."""
_NO_PHONE = (Choice(Text("同意", "agree"), CHOICES[0].words), CHOICES[2])
TAKE = (Choice(Text("拿材料", "get the paper"), ("拿材料",)), Choice(Text("先放着", "later")))
HOW = Text("请写上姓名和对方：提供资料 李小山 给 佛山石湾街道", "Please add the name and the host: share NAME to HOST")
TOO_MANY = Text("一次最多 {most} 位，请分几次发。", "At most {most} people at a time; please send them in parts.")
ASK = Text(
    "支部和{host}签了双向管理协议（到{until}）。您愿意把姓名、入党时间、党费类别告诉对方吗？只用于在那边参加组织生活，另外请您选电话给不给。"
    "不同意不影响任何权利，同意了也随时能收回。",
    "There is an agreement with {host} until {until}. May they be told your name, when you joined and your dues category? Only so that you "
    "can take part there; you choose about your number. A no costs you nothing, and a yes can be taken back at any time.",
)
ASK_NO_PHONE = Text(
    "支部和{host}签了双向管理协议（到{until}）。您愿意把姓名、入党时间、党费类别告诉对方吗？只用于在那边参加组织生活。"
    "不同意不影响任何权利，同意了也随时能收回。",
    "There is an agreement with {host} until {until}. May they be told your name, when you joined and your dues category? Only so that you "
    "can take part there. A no costs you nothing, and a yes can be taken back at any time.",
)
ASKED = Text("已经私下问{who}愿不愿意，答应了告诉您。", "{who} is asked in private; you will hear if they agree.")
WAITS = Text("{who}已经问过了，还没有回话。", "{who} was asked and has not answered yet.")
SAID_NO = Text("{who}不同意提供，请尊重，不再问。", "{who} does not agree; please respect that, they are not asked again.")
UNREACHED = Text("{who}还没有绑定账号，没法问本人，先请绑定。", "{who} has no bound account and cannot be asked; please invite them first.")
AGREED = Text(
    "好，谢谢您。只告诉{host}您同意的这些，每次给都会告诉您。改主意了，发“不再提供资料”。",
    "Thank you. {host} is told only what you agreed to, and you hear of it each time. If you change your mind: “stopsharing”.",
)
DECLINED = Text(
    "好，不提供，以后也不再问。哪天愿意了，发“同意提供资料”。",
    "All right, nothing is given and nobody asks again: “allowsharing” if you ever want it.",
)
OVER = Text("和对方的协议已经不在有效期，不用答了，什么都没有提供。", "That agreement is over; nothing was given.")
ANSWERED = Text("这一问已经答过了。", "That was answered already.")
IS_READY = Text(
    "{who}同意把资料提供给{host}。拿到材料后由您转给对方。", "{who} agrees that {host} gets the data. You pass the paper on to them."
)
IS_READY_ABROAD = Text(
    "有一位同志同意把资料提供给{host}，请在网页里发“提供资料 姓名 给 {host}”拿材料。",
    "Somebody agrees that {host} gets their data; on the web page send “share NAME to {host}”.",
)
REFUSED = Text("{who}不同意把资料提供给{host}，不再问。", "{who} does not agree that {host} gets their data; they are not asked again.")
WITHDRAWN = Text(
    "好，收回了，不再向任何党组织提供您的资料。给过的，已经请书记通知对方删除。",
    "Withdrawn: nothing of you is given any more. Where something was given, the secretary is to ask for its deletion.",
)
NEVER = Text(
    "记下了：不提供您的资料，以后也不问。以前没有给过。", "Noted: nothing of you is given, nor are you asked. Nothing was given before."
)
FORGET = Text(
    "{who}收回了同意。给过{host}的资料，请通知对方删除；不要再提供。",
    "{who} has withdrawn. Please ask {host} to delete what they were given, and give them nothing more.",
)
FORGET_LEFT = Text(
    "{who}离开支部了。给过{host}的资料，请通知对方删除。要是移除错了，撤销就行，不用通知。",
    "{who} has left the branch. Please ask {host} to delete what they were given; not if the removal was a mistake.",
)
_SOMEBODY = Text("一位同志", "Somebody")
ALLOWED = Text(
    "好，以后支部要把资料给哪个党组织，会先问您一声再给。",
    "All right: before anything is given to anybody, you are asked once more.",
)
NOTHING_ASKED = Text(
    "现在没有要您同意的：支部还没有请您向哪个党组织提供资料。", "There is nothing to agree to: you were not asked about any host."
)
LATER = Text("好，先放着。要的时候发“提供资料 姓名 给 对方”。", "All right. When you want it: “share NAME to HOST”.")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member stands with an agreement: `agreed`, `declined`, `waiting`, or `open` while they may be asked."""

    state: str
    consent: SharingConsent | None = None


async def begin(work: UnitOfWork, actor: Actor, words: str, platform: str) -> tuple[Agreement, list[Member]]:
    """The agreement and the members that words name. Raises `UserError`."""
    require(actor, Permission.SHARE, Subject(work.branch_id))
    said = language.shared(words)
    if said is None:
        raise UserError(HOW)
    if len(said[0]) > MOST:
        raise UserError(TOO_MANY(most=MOST))
    about = await agreements.standing(work, said[1])
    return about, [await finding.by_name(work, name, platform) for name in said[0]]


async def standing(work: UnitOfWork, member_id: MemberId, about: Agreement) -> Standing:
    """What a member says to an agreement: the newest word about it, and to sharing at all."""
    mine = [each for each in await work.agreements.consents_of(member_id) if each.agreement_id == about.id]
    last = mine[-1] if mine else None
    if await consents.given(work, member_id, Purpose.SHARING) is False or (last and last.state in {"declined", "withdrawn"}):
        return Standing("declined", last)
    if last is None or last.state == "lapsed" or (last.state == "asked" and work.now - last.at >= LIVES):
        return Standing("open")
    return Standing("agreed" if last.state == "agreed" else "waiting", last)


async def ask(work: UnitOfWork, actor: Actor, member: Member, about: Agreement, platform: str) -> Text:
    """Ask a member, in private, unless they were asked before; answers what whoever wants it is told."""
    require(actor, Permission.SHARE, Subject(work.branch_id, member.id))
    who, now = await privacy.named(work, platform, member), await standing(work, member.id, about)
    if now.state != "open":
        return (SAID_NO if now.state == "declined" else WAITS)(who=who)
    if not await work.accounts.of(member.id):
        return UNREACHED(who=who)
    made = work.agreements.ask(member.id, about, actor.member)
    await _put(work, made, about)
    return ASKED(who=who)


async def _put(work: UnitOfWork, made: SharingConsent, about: Agreement) -> None:
    letter = await asking.prepare(work, made.member_id, await question(work, made, about))
    await posting.to_member(work, made.member_id, letter, priority=Priority.NOTICE)


async def question(work: UnitOfWork, made: SharingConsent, about: Agreement) -> Ask:
    """What a member is asked; about the telephone only where there is one."""
    phone = (await work.register.of(made.member_id)).holds("phone")
    text = (ASK if phone else ASK_NO_PHONE)(host=about.host, until=about.until.isoformat())
    data = {"consent": made.id, "phone": phone}
    return Ask(KIND, text, CHOICES if phone else _NO_PHONE, LIVES, data, card=True, columns=1)


async def answered(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int) -> Text:
    """A member answers for themselves; whoever asked hears it."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    asked = await work.agreements.consent(data["consent"])
    if asked is None or asked.member_id != actor.member or asked.state != "asked":
        raise UserError(ANSWERED)
    about = await work.agreements.get(asked.agreement_id)
    if about is None or not about.stands(beijing_day(work.now)):
        raise UserError(OVER)
    if choice == (2 if data["phone"] else 1):
        return await _declined(work, actor, asked, about)
    work.consents.put(asked.member_id, Purpose.SHARING.value, given=True)
    work.agreements.answer(asked, state="agreed", phone=choice == 1)
    finals.note(work, actor, finals.SHARING_AGREED)
    await _tell_ready(work, asked, about)
    return AGREED(host=about.host)


async def _declined(work: UnitOfWork, actor: Actor, asked: SharingConsent, about: Agreement) -> Text:
    """A no to one host is a no to being asked at all, unless they agreed to another."""
    work.agreements.answer(asked, state="declined")
    others = await work.agreements.consents_of(asked.member_id)
    if not any(each.state == "agreed" for each in others if each.id != asked.id):
        work.consents.put(asked.member_id, Purpose.SHARING.value, given=False)
    finals.note(work, actor, finals.SHARING_DECLINED)
    member = await people.present(work, asked.member_id)
    for reader in await _readers(work, asked.asked_by):
        who = await privacy.named(work, await posting.read_on(work, reader), member)
        await fund_people.tell(work, reader, REFUSED(who=who, host=about.host))
    return DECLINED


async def _readers(work: UnitOfWork, asked_by: MemberId | None) -> list[MemberId]:
    """Whoever asked, if they still may; otherwise all who may."""
    holding = [each.id for each in await fund_people.holding(work, Permission.SHARE)]
    return [asked_by] if asked_by in holding and asked_by is not None else holding


async def _tell_ready(work: UnitOfWork, asked: SharingConsent, about: Agreement) -> None:
    member = await people.present(work, asked.member_id)
    for reader in await _readers(work, asked.asked_by):
        if await deployment.asks_consent(work, await posting.read_on(work, reader)):
            await fund_people.tell(work, reader, IS_READY_ABROAD(host=about.host))
            continue
        card = Ask(READY, IS_READY(who=people.person(member), host=about.host), TAKE, LIVES, {"consent": asked.id}, card=True)
        await fund_people.card(work, reader, card)


async def withdrawn(work: UnitOfWork, actor: Actor) -> Text:
    """A member takes their consent back, or says no before being asked; the secretary is to have deleted what was given."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        raise LookupError("consent is a member's")
    work.consents.put(actor.member, Purpose.SHARING.value, given=False)
    mine = [each for each in await work.agreements.consents_of(actor.member) if each.state in {"agreed", "asked", "lapsed"}]
    for each in mine:
        work.agreements.answer(each, state="withdrawn" if each.state == "agreed" else "declined", phone=False)
    for kind in (KIND, READY):
        await asking.close_cards(work, kind, "consent", [each.id for each in mine])
    finals.note(work, actor, finals.SHARING_DECLINED)
    given = await _have_deleted(work, await people.present(work, actor.member), FORGET)
    return WITHDRAWN if given or any(each.state == "agreed" for each in mine) else NEVER


async def left(work: UnitOfWork, member: Member) -> None:
    """A member is taken out of the branch: nothing more is given, and what was given is to be deleted."""
    await asking.close_cards(work, READY, "consent", [each.id for each in await work.agreements.consents_of(member.id)])
    await _have_deleted(work, member, FORGET_LEFT)


async def _have_deleted(work: UnitOfWork, member: Member, told: Text) -> bool:
    """Whoever manages members together with hosts asks them to delete what they were given; whether there is any."""
    hosts = sorted({each.host for each in await work.agreements.shared([member.id])})
    named = Text.join([Text.plain(each) for each in hosts], "、", ", ")
    for reader in await fund_people.holding(work, Permission.SHARE) if hosts else ():
        shown, _ = await privacy.shown(work, await posting.read_on(work, reader.id), [member])
        await fund_people.tell(work, reader.id, told(who=people.person(member) if shown else _SOMEBODY, host=named))
    return bool(hosts)


async def allowed(work: UnitOfWork, actor: Actor) -> list[Ask] | Text:
    """A member who said no, or never answered, wants to be asked after all: the question for each agreement. Raises `UserError`."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        raise LookupError("consent is a member's")
    today = beijing_day(work.now)
    standing_ones = {each.id: each for each in await work.agreements.every() if each.stands(today)}
    last = {each.agreement_id: each for each in await work.agreements.consents_of(actor.member)}
    again = [each for which, each in last.items() if which in standing_ones and each.state != "agreed"]
    if not again:
        if await consents.given(work, actor.member, Purpose.SHARING) is not False:
            raise UserError(NOTHING_ASKED)
        work.consents.put(actor.member, Purpose.SHARING.value, given=True)
        return ALLOWED
    await asking.close_cards(work, KIND, "consent", [each.id for each in again])
    asked = []
    for each in again:
        about = standing_ones[each.agreement_id]
        asked.append(await question(work, work.agreements.ask(actor.member, about, each.asked_by), about))
    return asked

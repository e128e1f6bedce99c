"""Reading and saying who looks after whom: which name is the liaison's, suggestions by number, lists for the chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import care_talks as names_in
from bot.language import liaisons as language
from bot.permissions import Actor, Permission, Subject, require
from bot.services import care_talks, finding, liaison_assigning, liaison_board, liaison_policies, people, privacy, trail
from bot.services.asking import CONFIRM, Ask, Choice
from bot.services.people import NOBODY, NobodyOfThatName
from bot.texts import Text
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

SURE, PLAN = "liaison_sure", "liaison_plan"
LIVES = timedelta(hours=2)
SHOWN = 8
"""Suggestions in one message."""
HOW = Text(
    "请写上名字，最后写联系人：安排联系人 李小山、陈立夏 周海。也可以说“周海联系李小山、陈立夏”。",
    "Please write the names, the liaison last: assignliaison Li Xiaoshan, Chen Lixia Zhou Hai.",
)
APPOINT = Text(
    "{who}还不是联络员。请{who}做联络员，来联系{names}，对吗？", "{who} is no liaison yet. Make {who} one, to look after {names}?"
)
TURNED = Text("是请{who}来联系{names}，对吗？", "Is {who} to look after {names}?")
DONE = Text(
    "安排好了：{who}联系{names}，都私下告诉了。弄错了，十分钟内发“撤销”。",
    "Done: {who} looks after {names}; all are told in private. “undo” within ten minutes.",
)
MOVED = Text("其中 {count} 位原来由别人联系，也告诉了。", " {count} of them had another before, who is told.")
TAKEN = Text("好，{names}现在没有联系人了。发“联系人建议”再安排。", "Done, {names}: nobody assigned now. “liaisonplan” suggests anew.")
WHOSE = Text("请写上姓名：查联系人 李小山", "Please add a name: liaisonof Li Xiaoshan")
HAS = Text(
    "{who}的联系人是{liaison}，{day} 起。不要了，发“取消联系人 {who}”。",
    "{liaison} looks after {who} since {day}. To end it: “unassign {who}”.",
)
HAS_NONE = Text("{who}现在没有联系人。发“安排联系人 {who} 联系人姓名”。", "Nobody looks after {who}. Send “assignliaison {who} LIAISON”.")
ALL_HAVE = Text("每位同志都有联系人了，很好。", "Everybody has somebody. Good.")
NO_ROOM = Text(
    "还有 {count} 位没有联系人，可现在没有谁还有空。可以再任命联络员，或改“联系人上限”。",
    "{count} have nobody and no liaison has room: appoint another, or change “liaisoncap”.",
)
PLAN_CHOICES = (
    Choice(Text("全部", "all"), ("全部安排", "都安排", "都行")),
    Choice(Text("先不安排", "not now"), ("不用了", "不用", "算了", "先不", "不安排", "不要", "不", "no")),
)
PLANNED = Text(
    "这 {count} 位还没有联系人，可以这样安排（回序号，如“1、3”，或回“全部”）：",
    "{count} have nobody. It could be so (answer with numbers, “1, 3”, or “all”):",
)
_LINE = Text("{number}. {member} ← {liaison}：{reasons}", "{number}. {member} ← {liaison}: {reasons}")
CONFIRMED = Text("安排好了 {count} 位，都私下告诉了。{rest}", "{count} assigned, and told in private. {rest}")
UNCLEAR = Text(
    "没看懂选哪几个。请回序号，如“1、3”，或回“全部”。没有安排。",
    "Which ones? Please answer with numbers, “1, 3”, or “all”. Nothing was changed.",
)
HAVE_ONE = Text("这几位已经有联系人了，没有动。", "These have a liaison by now; nothing was changed.")
MORE = Text("还有的发“联系人建议”接着看。", "For the others: “liaisonplan”.")
MINE, YOURS = Text("您联系的同志（只您看得到）：", "Whom you look after (seen by you alone):"), Text("您的联系人：", "Your liaison:")
NONE_OF_MINE = Text("现在没有安排您联系的同志。", "Nobody is assigned to you now.")
WELL = Text("都好", "all is well")
AWAY = Text("在没信号的地方，不用急", "without a signal; no hurry")
_PERSON = Text("{who}：{what}", "{who}: {what}")
SITUATION = Text(
    "有联系人 {assigned} 位，没有 {unassigned} 位；今年谈过 {talked} 位，走访过 {visited} 位。",
    "{assigned} have a liaison, {unassigned} none; this year {talked} talked with, {visited} visited.",
)
_LOAD = Text("{who}（{count}/{cap}）：{names}", "{who} ({count}/{cap}): {names}")
_WITHOUT = Text("还没有联系人：{names}", "With nobody: {names}")
_EMPTY = Text("还没有", "nobody yet")
_MET = Text("{day} {kind}", "{day}: {kind}")
NO_GREETING = Text("不要生日问候", "no word on the political birthday")
NO_LIAISON = Text("先不要联系人", "no liaison for now")


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is to look after whom."""

    liaison: MemberId
    members: tuple[MemberId, ...]


async def read(work: UnitOfWork, actor: Actor, words: str, slots: Mapping[str, Any], platform: str) -> Asked | Ask:
    """Who is meant; a question where the liaison is none yet, or may have been named first. Raises `UserError`."""
    require(actor, Permission.ASSIGN_LIAISON, Subject(work.branch_id))
    if slots.get("liaison") and slots.get("members"):
        liaison = (await care_talks.named(work, [slots["liaison"]], platform))[0]
        return await _checked(work, actor, liaison, await care_talks.named(work, slots["members"], platform), platform)
    before, verb, after = words.partition("联系")
    members = await _named(work, words, platform)
    if len(members) < 2:
        raise UserError(HOW)
    first = bool(verb) and bool(before.strip()) and bool(after.strip())
    liaison, others = (members[0], members[1:]) if first else (members[-1], members[:-1])
    if not first and not _liaises(liaison) and len(others) == 1 and _liaises(others[0]):
        return await _asked(work, TURNED, others[0], [liaison], platform)
    return await _checked(work, actor, liaison, others, platform)


async def _named(work: UnitOfWork, words: str, platform: str) -> list[Member]:
    present = await work.members.present()
    found, unknown = names_in.named(words, [name for each in present for name in (each.name, each.latin)])
    if unknown:
        raise NobodyOfThatName(NOBODY(name=unknown[0]))
    return await care_talks.named(work, found, platform)


def _liaises(member: Member) -> bool:
    return people.actor_of(member).may(Permission.LIAISE)


async def _checked(work: UnitOfWork, actor: Actor, liaison: Member, others: Sequence[Member], platform: str) -> Asked | Ask:
    if not _liaises(liaison) and actor.may(Permission.APPOINT) and liaison not in others:
        return await _asked(work, APPOINT, liaison, others, platform, appoint=True)
    return Asked(liaison.id, tuple(each.id for each in others))


async def _asked(work: UnitOfWork, text: Text, liaison: Member, others: Sequence[Member], platform: str, *, appoint: bool = False) -> Ask:
    said = text(who=await privacy.named(work, platform, liaison), names=await privacy.listed(work, platform, others))
    data = {"liaison": liaison.id, "members": [each.id for each in others], "appoint": appoint}
    return Ask(SURE, said, CONFIRM, data=data)


async def assigned(work: UnitOfWork, actor: Actor, asked: Asked, platform: str) -> Text:
    """Assign, and say what was done."""
    done = await liaison_assigning.assign(work, actor, asked.liaison, asked.members, platform)
    names = await privacy.listed(work, platform, done.members)
    said = DONE(who=await privacy.named(work, platform, done.liaison), names=names)
    return said + MOVED(count=len(done.moved)) if done.moved else said


async def unassigned(work: UnitOfWork, actor: Actor, words: str, platform: str) -> Text:
    """Take the liaisons of the named away, and say so."""
    require(actor, Permission.ASSIGN_LIAISON, Subject(work.branch_id))
    members = await _named(work, words, platform)
    if not members:
        raise UserError(HOW)
    taken = await liaison_assigning.unassign(work, actor, [each.id for each in members], platform)
    return TAKEN(names=await privacy.listed(work, platform, taken))


async def of_member(work: UnitOfWork, actor: Actor, name: str, platform: str) -> Text:
    """Who looks after a member now."""
    require(actor, Permission.ASSIGN_LIAISON, Subject(work.branch_id))
    if not name.strip():
        raise UserError(WHOSE)
    member = await finding.by_name(work, name, platform)
    await trail.saw(work, actor, [member.id], trail.Kind.LIAISON)
    who = await privacy.named(work, platform, member)
    held = next((each for each in await work.liaisons.current() if each.member_id == member.id), None)
    if held is None or held.liaison_id is None:
        return HAS_NONE(who=who)
    liaison = await people.present(work, held.liaison_id)
    return HAS(who=who, liaison=await privacy.named(work, platform, liaison), day=str(beijing_day(held.since)))


async def suggested(work: UnitOfWork, actor: Actor, platform: str) -> Text | Ask:
    """The first suggestions as a question that is answered by numbers; only those who may be named here."""
    found = await liaison_board.suggestions(work, actor)
    if not found:
        without = await liaison_board.unassigned(work, actor)
        return NO_ROOM(count=len(without)) if without else ALL_HAVE
    named, hidden = await privacy.shown(work, platform, [each.member for each in found])
    may = {each.id for each in named}
    shown = [each for each in found if each.member.id in may][:SHOWN]
    if not shown:
        return privacy.MORE(count=hidden)
    lines = [
        _LINE(
            number=number,
            member=people.person(each.member),
            liaison=await privacy.named(work, platform, each.liaison),
            reasons=each.reasons,
        )
        for number, each in enumerate(shown, 1)
    ]
    text = Text.join([PLANNED(count=len(found)), *lines])
    pairs = [[each.member.id, each.liaison.id] for each in shown]
    return Ask(PLAN, text, PLAN_CHOICES, LIVES, {"pairs": pairs}, free=True)


async def confirmed(work: UnitOfWork, actor: Actor, pairs: Sequence[Sequence[MemberId]], words: str, platform: str) -> Text:
    """Assign the suggestions of the numbers named; the button means all of them. Raises `UserError`."""
    require(actor, Permission.ASSIGN_LIAISON, Subject(work.branch_id))
    numbers = language.chosen(words or "全部", range(1, len(pairs) + 1))
    if numbers is None:
        raise UserError(UNCLEAR)
    looked_after = {each.member_id for each in await work.liaisons.current()}
    by_liaison: dict[MemberId, list[MemberId]] = {}
    for member, liaison in (pairs[number - 1] for number in numbers):
        if member not in looked_after:
            by_liaison.setdefault(liaison, []).append(member)
    if not by_liaison:
        raise UserError(HAVE_ONE)
    done = [await liaison_assigning.assign(work, actor, liaison, members, platform, noted=False) for liaison, members in by_liaison.items()]
    made, ended = [which for each in done for which in each.made], [which for each in done for which in each.ended]
    liaison_assigning.note(work, actor, made, ended)
    left = await liaison_board.unassigned(work, actor)
    return CONFIRMED(count=sum(len(each.members) for each in done), rest=MORE if left else Text("", ""))


def line(person: liaison_board.Person, name: Text) -> Text:
    """Somebody who is looked after, and what is due with them."""
    if person.dues:
        return _PERSON(who=name, what=Text.join(person.dues, "，", ", "))
    return _PERSON(who=name, what=AWAY if person.member.away_since is not None else WELL)


async def own(work: UnitOfWork, actor: Actor, platform: str) -> list[Text]:
    """Whom the actor looks after, a line each."""
    return [line(each, await privacy.named(work, platform, each.member)) for each in await liaison_board.own(work, actor)]


async def situation(work: UnitOfWork, actor: Actor, platform: str) -> tuple[Text, list[Text]]:
    """The board in lines: counts, each liaison with their people, and who has nobody."""
    board = await liaison_board.board(work, actor)
    counts = board.counts
    heading = SITUATION(assigned=counts.assigned, unassigned=counts.unassigned, talked=counts.talked, visited=counts.visited)
    lines = []
    for each in board.loads:
        names = await privacy.listed(work, platform, [held.member for held in each.people]) if each.people else _EMPTY
        who = await privacy.named(work, platform, each.liaison)
        lines.append(_LOAD(who=who, count=len(each.people), cap=board.measure.cap, names=names))
    if board.unassigned:
        lines.append(_WITHOUT(names=await privacy.listed(work, platform, board.unassigned[:20])))
    return heading, [*lines, await liaison_policies.told(work)]


async def held(work: UnitOfWork, actor: Actor) -> list[Text]:
    """Everything kept of the actor: their liaisons with dates, when they were met, and what they do not want."""
    if actor.member is None:
        return []
    lines = await liaison_assigning.history(work, actor, actor.member)
    met = list(await work.care_contacts.of(actor.member))
    kinds = care_talks.KIND_NAMES
    lines += [_MET(day=each.day.isoformat(), kind=kinds[names_in.Kind(each.kind)]) for each in met[:20]]
    wish = await work.liaisons.wish(actor.member)
    lines += [text for wanted, text in ((wish.birthday, NO_GREETING), (wish.liaison, NO_LIAISON)) if not wanted]
    waiting = [each for each in await work.liaisons.prompts() if each.member_id == actor.member]
    if waiting:
        lines.append(Text("等着告诉您的联系人：{count} 件", "Waiting to be told to your liaison: {count}")(count=len(waiting)))
    return lines

"""Less or no dues in hardship (申请减免): asked in private, decided by the branch, approved by the next-higher committee (art. 7).

Only with both on record it takes effect. The reason is the member's own and is erased with the decision.
"""

import re
from datetime import date, timedelta

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import dates
from bot.language import money as amounts_of
from bot.language.month_words import ImpossibleMonth
from bot.language.months import read
from bot.language.normalise import clean, is_blank
from bot.messages import Outgoing, Priority
from bot.patterns import Pattern
from bot.permissions import Actor, Permission, Subject, holders, require
from bot.rules import dues
from bot.services import asking, dues_cards, dues_fitting, dues_standing, posting, privacy, trail
from bot.services.asking import Ask, Choice
from bot.services.dues import REDUCTION_STATES
from bot.services.dues_words import money, told
from bot.services.people import person
from bot.services.trail import Kind as Trailed
from bot.texts import Text, pieces, too_long
from storage.dues_reductions import Reduction
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

KIND, DEED = "reduction_card", "reduction_asked"
LIVES, KEPT = timedelta(days=60), timedelta(days=180)
"""How long a card waits, and how long the reason of a request that nobody decides is kept."""
LONGEST_REASON = 300
PENDING = ("asked", "branch_ok")
DISCUSSED = Choice(Text("支部同意", "the branch agrees"))
REFUSED = Choice(Text("没有同意", "not agreed"))
CARD = Text(
    "减免申请 J{number}：{who}说：{reason}\n请支部研究。这件事只给书记和支委看，请不要外传。",
    "Request J{number} for less dues: {who} says: {reason}\n"
    "Please discuss it in the branch committee. Only you see this; please keep it so.",
)
ON_THE_WEB = Text(
    "有减免申请 J{number}，内容不能写在这里。请发“网页”打开网页，再发“减免申请”看。",
    "There is a request J{number} for less dues, which may not be written here: send “web”, open the page and send “reductions”.",
)
POINTER = Text("有减免申请 J{number}，发“减免申请”看。", "There is a request J{number} for less dues; send “reductions” to see it.")
ENDED = Text("减免申请 J{number} 已经办完或撤回，里面写的情况删了。", "Request J{number} is decided or withdrawn; what it said is erased.")
AGREE_HOW = Text(
    "请写上哪天研究的、减到多少、从几月到几月，比如：3月5日 减到5元 3月到8月（全免写“免交”）。",
    "Please write the day, the amount and the months: 5 March, reduced to 5, March to August (or “none”).",
)
APPROVE_HOW = Text(
    "请写上编号、上级批准的日期和文号，比如：减免批准 J1 3月20日 乡党委〔2026〕5号。",
    "Please write its number, the day of the approval and its reference: approve reduction J1 2026-03-20 No. 5.",
)
NO_SUCH_DAY = Text("没有这样的日期，请再看看。什么都没有记。", "There is no such day. Please look again; nothing was noted.")
FUTURE_DAY = Text("日期不能在今天以后，请再看看。", "The day cannot lie ahead; please look again.")
EARLIER = Text("上级批准的日期不能早于支部研究的日期（{day}）。", "The approval cannot be earlier than the branch's decision ({day}).")
NONE = Text("没有 J{number} 这份申请，或者已经办完了。", "There is no request J{number}, or it is done.")
NOT_YET = Text("J{number} 还要先记上支部的决定，才能记上级批准。", "J{number} needs the branch's decision first.")
OWN = Text("自己的申请要由别的同志来办。", "Your own request is handled by somebody else.")
NOT_ASSESSED = Text("这位同志还没有核定党费，请先核定。", "Their dues are not assessed; please do that first.")
NOT_LESS = Text("减到 {fen} 并不比现在的 {due} 少，请再看看。", "{fen} is not less than the present {due}; please look again.")
PENDING_ALREADY = Text(
    "您的申请 J{number} 还在办，有结果会私下告诉您。不想申请了，发“撤回减免”。",
    "Your request J{number} is under way; you will be told. “withdraw reduction” takes it back.",
)
NOTHING_PENDING = Text("您没有在办的减免申请。", "You have no request under way.")
EMPTY = Text("请写一句情况就行，只有书记和支委看得到。", "One sentence is enough; only the secretary and the committee see it.")
TOLD_BRANCH = Text(
    "您的减免申请 J{number}，支部研究同意了，正报上级党委批准。批下来才生效，到时告诉您。",
    "The branch agreed to your request J{number}; the higher committee has to approve it. It takes effect then, and you will be told.",
)
TOLD_APPROVED = Text(
    "您的减免申请 J{number} 批准了：{months}每月交 {amount}。申请里写的情况已删除。",
    "Your request J{number} is approved: {months}, {amount} a month. What you wrote in it is erased.",
)
TOLD_DECLINED = Text(
    "您的减免申请 J{number} 这次没有批准，党费照原来的。有难处请直接找书记说说。申请里写的情况已删除。",
    "Your request J{number} was not approved this time; your dues are as before. Please talk to the secretary. What you wrote is erased.",
)
_DAY = Pattern(
    r"(?:20\d{2}[-/.])?\d{1,2}[-/.]\d{1,2}(?!\d)|(?:20\d{2} ?年 ?)?[\d一二三四五六七八九十]{1,3} ?月 ?"
    r"[\d一二三四五六七八九十]{1,3} ?[日号]|今天|昨天"
)
_NONE_AT_ALL = Pattern("免交|全免|不用交|none", re.IGNORECASE)


async def ask(work: UnitOfWork, actor: Actor, reason: str) -> Reduction:
    """Ask for less, with the reason in one's own words; those who decide get it as a card, in private. Raises `UserError`."""
    member = await _member(work, actor)
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, member.id))
    await nothing_pending(work, actor)
    said = dues_fitting.sentence(reason, LONGEST_REASON, EMPTY)
    made = await work.dues_reductions.add(member.id, said)
    work.deeds.add(member.id, DEED, {"number": made.number})
    await _show(work, member, made)
    return made


async def _show(work: UnitOfWork, member: Member, made: Reduction) -> None:
    """A card for everybody who decides. The reason is only written where it may be read, and where it can be taken away again."""
    accounts = await posting.reached_of_branch(work)
    for decider in await _deciders(work, member.id):
        account = accounts.get(decider.id)
        named, _ = await privacy.shown(work, posting.platform_of(account), [member])
        if account is None or not named:
            pointer = Outgoing((ON_THE_WEB if account else POINTER)(number=made.number))
            await posting.to_member(work, decider.id, pointer, priority=Priority.NOTICE, account=account)
            continue
        *before, last = _parts(CARD(number=made.number, who=person(member), reason=made.reason))
        asked = Ask(KIND, last, (DISCUSSED, REFUSED), LIVES, {"number": made.number}, card=True)
        for part, message in enumerate([*map(Outgoing, before), await asking.prepare(work, decider.id, asked)]):
            slot = f"{_slot(made.number)}:{part}"
            await posting.to_member(work, decider.id, message, priority=Priority.NOTICE, slot=slot, account=account)


def _slot(number: int) -> str:
    return f"reduction:{number}"


def _parts(text: Text) -> list[Text]:
    return pieces(text) if too_long(text) else [text]


async def nothing_pending(work: UnitOfWork, actor: Actor) -> None:
    """Raise `UserError` if the actor has a request under way."""
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, actor.member))
    pending = [each for each in await work.dues_reductions.of_state(PENDING) if each.member_id == actor.member]
    if pending:
        raise UserError(PENDING_ALREADY(number=pending[-1].number))


async def withdraw(work: UnitOfWork, actor: Actor) -> Reduction:
    """Take one's request back; its reason is erased. Raises `UserError` if there is none."""
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, actor.member))
    pending = [each for each in await work.dues_reductions.of_state(PENDING) if each.member_id == actor.member]
    if not pending:
        raise UserError(NOTHING_PENDING)
    return await _end(work, pending[-1], "withdrawn")


async def decidable(work: UnitOfWork, actor: Actor, number: int) -> Reduction:
    """A request that the actor may decide about now. Raises `UserError`."""
    require(actor, Permission.DECIDE_REDUCTION, Subject(work.branch_id))
    found = await work.dues_reductions.numbered(number)
    if found is None or found.state not in PENDING:
        raise UserError(NONE(number=number))
    if found.member_id == actor.member:
        raise UserError(OWN)
    return found


async def agree(work: UnitOfWork, actor: Actor, number: int, words: str) -> Reduction:
    """Note the branch's decision: the day, what is paid instead, and for which months. Nothing is reduced yet. Raises `UserError`."""
    found = await decidable(work, actor, number)
    today = beijing_day(work.now)
    day, rest = _day(words, work)
    try:
        months = read(rest, today).months
        amounts = amounts_of.amounts(read(rest, today).rest)
    except ImpossibleMonth as error:
        raise UserError(dues_fitting.NO_SUCH_MONTH) from error
    none = bool(_NONE_AT_ALL.search(rest))
    if day is None or not months or (len(amounts) != 1 and not none):
        raise UserError(AGREE_HOW)
    fen = 0 if none else dues_fitting.fen(amounts[0])
    standing = await dues_standing.of_member(work, found.member_id, months[0], months[-1])
    least = min((cell.due or 0 for cell in standing.cells.values()), default=0)
    if not least:
        raise UserError(NOT_ASSESSED)
    if fen >= least:
        raise UserError(NOT_LESS(fen=money(fen), due=money(least)))
    changed = work.dues_reductions.change(
        found, state="branch_ok", branch_on=day, branch_by=actor.member, fen=fen, since=months[0], until=months[-1]
    )
    await trail.changed(work, actor, [found.member_id], Trailed.DUES)
    await asking.close_cards(work, KIND, "number", [number])
    await dues_cards.tell(work, found.member_id, TOLD_BRANCH(number=number))
    return changed


async def approve(work: UnitOfWork, actor: Actor, number: int, words: str) -> Reduction:
    """Note the next-higher committee's approval, with its reference: now it takes effect. Raises `UserError`."""
    found = await decidable(work, actor, number)
    if found.state != "branch_ok" or found.branch_on is None or found.fen is None or not found.since or not found.until:
        raise UserError(NOT_YET(number=number))
    day, rest = _day(words, work)
    reference = clean(rest).strip(" ,，:：")[:80]
    if day is None or is_blank(reference):
        raise UserError(APPROVE_HOW)
    if day < found.branch_on:
        raise UserError(EARLIER(day=found.branch_on.isoformat()))
    standing = await dues_standing.of_member(work, found.member_id, found.since, found.until)
    held = standing.assessment
    if held is None or held.monthly_fen is None:
        raise UserError(NOT_ASSESSED)
    fen = dues.reduced(held.monthly_fen, found.fen, branch_decided=found.branch_on, higher_approved=day)
    await work.dues_assessments.add(
        found.member_id,
        effective_from=found.since,
        until=found.until,
        category=held.category,
        monthly_fen=fen,
        article="第七条",
        state="reduced" if fen else "waived",
        set_by=actor.member,
    )
    await trail.changed(work, actor, [found.member_id], Trailed.DUES)
    changed = work.dues_reductions.change(found, higher_on=day, higher_reference=reference, higher_by=actor.member)
    changed = await _end(work, changed, "approved")
    months = told([found.since, found.until], beijing_day(work.now)) if found.since == found.until else _span(found, work)
    await dues_cards.tell(work, found.member_id, TOLD_APPROVED(number=number, months=months, amount=money(fen)))
    return changed


def _span(found: Reduction, work: UnitOfWork) -> Text:
    today = beijing_day(work.now)
    return told([found.since or ""], today) + Text("到", " to ") + told([found.until or ""], today)


async def decline(work: UnitOfWork, actor: Actor, number: int) -> Reduction:
    """Note that a request was not agreed to or not approved; the member is told kindly. Raises `UserError`."""
    found = await decidable(work, actor, number)
    await trail.changed(work, actor, [found.member_id], Trailed.DUES)
    changed = await _end(work, found, "declined")
    await dues_cards.tell(work, found.member_id, TOLD_DECLINED(number=number))
    return changed


async def _end(work: UnitOfWork, found: Reduction, state: str) -> Reduction:
    await asking.close_cards(work, KIND, "number", [found.number])
    await _take_away(work, found)
    return work.dues_reductions.change(found, state=state, reason="", decided_at=work.now)


async def _take_away(work: UnitOfWork, found: Reduction) -> None:
    """No letter with the reason goes out any more, whatever it waits for; where one was read, it is replaced."""
    await asking.forget_pages(work)
    await work.outbox.drop_unsent(_slot(found.number))
    for letter in await work.outbox.in_slots(_slot(found.number)):
        await work.outbox.replace(letter, posting.pack(Outgoing(ENDED(number=found.number))), letter.not_before)
    member = await work.members.get(found.member_id)
    if member is not None:  # who lost the chat that a letter was for has it without its slot
        told = {each.zh for each in _parts(CARD(number=found.number, who=person(member), reason=found.reason))}
        await work.outbox.drop([each for each in await work.outbox.undelivered() if each.content and each.content["zh"] in told])


def _day(words: str, work: UnitOfWork) -> tuple[date | None, str]:
    """The day that words name and the rest. Raises `UserError` for one that does not exist or lies ahead."""
    said = clean(words)
    named = _DAY.search(said)
    if named is None:
        return None, said
    rest = f"{said[: named.start()]} {said[named.end() :]}"
    if named[0] == "昨天":
        return beijing_day(work.now) - timedelta(days=1), rest
    words_of_day = named[0] if named[0][0] == "今" or named[0][-1] in "日号" or named[0][:2] == "20" else None
    if words_of_day is None:
        month, day = re.split("[-/.]", named[0])[-2:]
        words_of_day = f"{int(month)}月{int(day)}日"
    try:
        found = dates.moment(words_of_day, work.now)
    except dates.ImpossibleMoment as error:
        raise UserError(NO_SUCH_DAY) from error
    if found is None:
        raise UserError(NO_SUCH_DAY)
    if found[0].date() > beijing_day(work.now):
        raise UserError(FUTURE_DAY)
    return found[0].date(), rest


_LINE = Text("J{number} {who}，{state}", "J{number} {who}, {state}")
_REASON = Text("：{reason}", ": {reason}")


async def pending(work: UnitOfWork, actor: Actor, platform: str) -> list[Text]:
    """The requests under way that the actor may decide about; whose they are and the reasons only where that may be read."""
    require(actor, Permission.DECIDE_REDUCTION, Subject(work.branch_id))
    found = [each for each in await work.dues_reductions.of_state(PENDING) if each.member_id != actor.member]
    asking_now = {each.member_id for each in found}
    shown, _ = await privacy.shown(work, platform, [each for each in await work.members.present() if each.id in asking_now])
    await trail.saw(work, actor, [each.id for each in shown], Trailed.DUES)
    names = {each.id: person(each) for each in shown}
    return [_line(each, names.get(each.member_id)) for each in found]


def _line(each: Reduction, who: Text | None) -> Text:
    line = _LINE(number=each.number, who=who or Text("一位同志", "somebody"), state=REDUCTION_STATES[each.state])
    return line + _REASON(reason=each.reason) if who is not None and each.reason else line


async def _deciders(work: UnitOfWork, without: MemberId) -> list[Member]:
    found = [each for role in holders(Permission.DECIDE_REDUCTION) for each in await work.members.holding(role.value)]
    return list({each.id: each for each in found if each.id != without}.values())


async def _member(work: UnitOfWork, actor: Actor) -> Member:
    member = await work.members.get(actor.member) if actor.member is not None else None
    if member is None:
        raise LookupError("a request is a member's")
    return member

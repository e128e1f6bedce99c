"""双向管理: agreements with the organisations where members are (双向管理协议书), made, renewed, ended.

Nobody is named here; what is given of whom, and only with their consent, is `sharing`; what is done under them is `mutuals`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import agreements as language
from bot.language.normalise import bare
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import away
from bot.services import asking, fund_people, posting, register_values
from bot.services.consents import Purpose
from bot.texts import Text
from storage.agreements import Agreement
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

MADE, RENEWED, ENDED = "agreement_made", "agreement_renewed", "agreement_ended"
"""Kinds of deeds."""
CONSENT = "sharing_asked"
"""The kind of the question whether somebody may be named to a host."""
SOON = timedelta(days=30)
LONGEST, FAR = 40, timedelta(days=366 * 10)
HOW = Text(
    "请写上对方组织和到期日：签协议 佛山石湾街道党工委 2026年3月1日 到 2027年2月28日 联系 0757-8800000",
    "Please add the host and the last day: newagreement Foshan Street Office 2026-03-01 to 2027-02-28 contact 0757-8800000",
)
HOW_RENEW = Text("请写上到哪天：续协议 {host} 到 2028年2月28日", "Please add until when: renewagreement {host} to 2028-02-28")
NO_SUCH_DAY = Text("没有“{words}”这样的日期，请再看看。没有记。", "There is no day “{words}”. Please look again; nothing was noted.")
BACKWARDS = Text("到期日（{until}）要在开始日（{since}）以后，请写年份。", "The last day ({until}) must follow the first ({since}).")
OVER_ALREADY = Text("{until} 已经过了，请看看年份。没有记。", "{until} is past already; please look at the year. Nothing was noted.")
TOO_FAR = Text("{day} 太远了，请看看年份。没有记。", "{day} is too far ahead; please look at the year. Nothing was noted.")
TOO_LONG = Text("对方的名称和联系方式各最多 {most} 个字，请写短些。", "The host and its contact have {most} characters at most.")
TAKEN = Text(
    "和{host}的协议还在有效期（到 {until}）。要延长，发“续协议 {host} 到 …”。",
    "There is one with {host} until {until}; see “renewagreement”.",
)
NONE = Text(
    "还没有双向管理协议。签了，发“签协议 对方组织 到 2027年2月28日”。", "There is no agreement yet: “newagreement HOST until 2027-02-28”."
)
NOT_FOUND = Text("没有和“{words}”的有效协议。现有：{hosts}。", "No agreement with “{words}” stands. There are: {hosts}.")
WHICH = Text("是和哪一家的？请写上对方：{hosts}。", "With whom? Please name one: {hosts}.")
NOT_LONGER = Text("现在就到 {until}，没有更晚。没有改。", "It lasts until {until} already; nothing was changed.")
CHANGED_SINCE = Text("后来又有变化，撤不回来了。", "It has changed since and cannot be taken back.")
EXPIRING = Text(
    "和{host}的双向管理协议 {until} 到期。要续，发“续协议 {host} 到 日期”；不续就不用管，到期后不再向对方提供资料。",
    "The agreement with {host} ends on {until}. To go on send “renewagreement {host} to DAY”; otherwise nothing is given afterwards.",
)
IS_OVER = Text(
    "和{host}的双向管理协议到期了，不再提供资料。给过对方 {count} 位同志的资料，请通知对方删除；要续，发“续协议 {host} 到 日期”。",
    "The agreement with {host} is over. They were given data of {count} people: please ask them to delete these, or “renewagreement”.",
)
IS_OVER_NONE = Text(
    "和{host}的双向管理协议到期了。要续，发“续协议 {host} 到 日期”。",
    "The agreement with {host} is over; “renewagreement {host} to DAY” renews it.",
)


async def make(work: UnitOfWork, actor: Actor, words: str) -> Agreement:
    """Note an agreement: with whom, its days, how they are reached. It begins today where no first day is said. Raises `UserError`."""
    require(actor, Permission.SHARE, Subject(work.branch_id))
    today, said = beijing_day(work.now), language.terms(words, work.now)
    if said.odd:
        raise UserError(NO_SUCH_DAY(words=said.odd[:20]))
    if len(bare(said.host)) < 2 or (said.until is None and said.months is None):
        raise UserError(HOW)
    if len(said.host) > LONGEST or len(said.contact) > LONGEST:
        raise UserError(TOO_LONG(most=LONGEST))
    if register_values.holds_identity(words):
        raise UserError(register_values.IDENTITY)
    since = said.since or today
    until = said.until or away.later(since, said.months or 0) - timedelta(days=1)
    _check(since, until, today)
    same = [each for each in await work.agreements.every() if bare(each.host) == bare(said.host) and _open(each, today)]
    if same:
        raise UserError(TAKEN(host=same[0].host, until=same[0].until.isoformat()))
    made = work.agreements.add(said.host, since, until, said.contact, actor.member)
    _deed(work, actor, MADE, {"agreement": made.id})
    return made


def _check(since: date, until: date, today: date) -> None:
    if until < since:
        raise UserError(BACKWARDS(until=until.isoformat(), since=since.isoformat()))
    if until < today:
        raise UserError(OVER_ALREADY(until=until.isoformat()))
    late = next((day for day in (since, until) if day > today + FAR), None)
    if late is not None:
        raise UserError(TOO_FAR(day=late.isoformat()))


def _open(each: Agreement, today: date) -> bool:
    """Whether an agreement stands or is still to begin."""
    return each.ended_on is None and each.until >= today


async def renew(work: UnitOfWork, actor: Actor, words: str) -> Agreement:
    """Let an agreement last until a later day; one that is over goes on, too. Raises `UserError`."""
    require(actor, Permission.SHARE, Subject(work.branch_id))
    today, said = beijing_day(work.now), language.terms(words, work.now)
    if said.odd:
        raise UserError(NO_SUCH_DAY(words=said.odd[:20]))
    found = await named(work, said.host, lambda each: each.ended_on is None)
    until = said.until or (away.later(found.until, said.months) if said.months else None)
    if until is None:
        raise UserError(HOW_RENEW(host=found.host))
    _check(found.since, until, today)
    if until <= found.until:
        raise UserError(NOT_LONGER(until=found.until.isoformat()))
    changed = work.agreements.change(found, until=until)
    # They agreed until the day of then: for the longer time each is asked anew (PIPL art. 14).
    consented = await work.agreements.open_under(found)
    for each in consented:
        work.agreements.answer(each, state="lapsed", answered_at=each.answered_at)
    # A card that names the day of then may still be answered, and would be a yes to something else.
    await asking.close_cards(work, CONSENT, "consent", [each.id for each in consented])
    lapsed = [each.id for each in consented if each.state == "agreed"]
    _deed(work, actor, RENEWED, {"agreement": found.id, "until": found.until.isoformat(), "now": until.isoformat(), "lapsed": lapsed})
    return changed


async def end(work: UnitOfWork, actor: Actor, words: str) -> tuple[Agreement, int]:
    """End an agreement before its time; answers also of how many something was given, whom the host is to forget. Raises `UserError`."""
    require(actor, Permission.SHARE, Subject(work.branch_id))
    found = await named(work, words.strip(), lambda each: _open(each, beijing_day(work.now)))
    changed = work.agreements.change(found, ended_on=beijing_day(work.now))
    _deed(work, actor, ENDED, {"agreement": found.id})
    return changed, len(await work.agreements.given_under(found))


async def standing(work: UnitOfWork, words: str) -> Agreement:
    """The agreement in force that words name; the only one where they name none. Raises `UserError`."""
    return await named(work, words, lambda each: each.stands(beijing_day(work.now)))


async def named(work: UnitOfWork, words: str, fits: Callable[[Agreement], bool]) -> Agreement:
    """The agreement that words name among those that fit; the only one where they name none. Raises `UserError`."""
    possible = [each for each in await work.agreements.every() if fits(each)]
    if not possible:
        raise UserError(NONE)
    wanted = bare(words)
    exact = [each for each in possible if bare(each.host) == wanted]
    found = exact or [each for each in possible if wanted in bare(each.host) or bare(each.host) in wanted] if wanted else possible
    hosts = Text.join([Text.plain(each.host) for each in found or possible], "、", ", ")
    if not found:
        raise UserError(NOT_FOUND(words=words[:20], hosts=hosts))
    if len(found) > 1:
        raise UserError(WHICH(hosts=hosts))
    return found[0]


async def ending(work: UnitOfWork) -> Sequence[Agreement]:
    """The agreements that end within thirty days."""
    today = beijing_day(work.now)
    return [each for each in await work.agreements.every() if each.stands(today) and each.until <= today + SOON]


async def where_ending(work: UnitOfWork) -> set[BranchId]:
    """The branches in which somebody is to be told that an agreement ends."""
    today = beijing_day(work.now)
    return await work.agenda.agreements_ending(today, today + SOON)


async def remind(work: UnitOfWork, actor: Actor) -> None:
    """Who manages members together with a host hears thirty days before that an agreement ends, and once more when it is over.

    `told` is its last day once the first was said, and the day after once the second was.
    """
    require(actor, Permission.JOBS, Subject(work.branch_id))
    today = beijing_day(work.now)
    coming = [each for each in await ending(work) if each.told is None or each.told < each.until]
    past = [each for each in await work.agreements.every() if each.ended_on is None and each.until < today]
    over = [each for each in past if each.told is None or each.told <= each.until]
    letters = [EXPIRING(host=each.host, until=each.until.isoformat()) for each in coming]
    for each in coming:
        work.agreements.change(each, told=each.until)
    for each in over:
        work.agreements.change(each, told=each.until + timedelta(days=1))
        given = len(await work.agreements.given_under(each))
        letters.append(IS_OVER(host=each.host, count=given) if given else IS_OVER_NONE(host=each.host))
    await _tell(work, letters)


async def _tell(work: UnitOfWork, letters: Sequence[Text]) -> None:
    readers = await fund_people.holding(work, Permission.SHARE) if letters else []
    accounts = await posting.reached_of_branch(work) if readers else {}
    for reader in readers:
        for letter in letters:
            await posting.to_member(work, reader.id, Outgoing(letter), priority=Priority.NOTICE, account=accounts.get(reader.id))


async def undo_making(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """It was noted by mistake: gone, with who was asked about it. Raises `UserError` once something was given under it."""
    require(actor, Permission.SHARE, Subject(work.branch_id))
    about = await _still(work, data)
    if await work.agreements.given_under(about):
        raise UserError(CHANGED_SINCE)
    work.agreements.remove(about.id)


async def undo_renewing(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """The last day is as it was."""
    require(actor, Permission.SHARE, Subject(work.branch_id))
    about = await _still(work, data)
    if about.until != date.fromisoformat(data["now"]):
        raise UserError(CHANGED_SINCE)
    work.agreements.change(about, until=date.fromisoformat(data["until"]))
    lapsed = [each for each in await work.agreements.consents(data.get("lapsed", ())) if each.state == "lapsed"]
    agreed = await work.consents.given([each.member_id for each in lapsed], Purpose.SHARING.value)
    for each in lapsed:
        if each.member_id in agreed:
            work.agreements.answer(each, state="agreed", answered_at=each.answered_at)


async def undo_ending(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """It stands again."""
    require(actor, Permission.SHARE, Subject(work.branch_id))
    work.agreements.change(await _still(work, data), ended_on=None)


async def _still(work: UnitOfWork, data: Mapping[str, Any]) -> Agreement:
    found = await work.agreements.get(data["agreement"])
    if found is None:
        raise UserError(CHANGED_SINCE)
    return found


def _deed(work: UnitOfWork, actor: Actor, kind: str, data: dict[str, Any]) -> None:
    if actor.member is not None:
        work.deeds.add(actor.member, kind, data)

"""Where there is no signal: what is unasked waits, emergencies do not, and one message tells it all on the return (出海, 省流量).

What waits is kept: a notice, a ballot, a sum due. Silence in between, and after the day that was named, is no sign of anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import low_signal as said
from bot.language.low_signal import Leaving
from bot.permissions import Actor, Permission, Subject, require
from bot.services import asking, deployment, posting
from bot.texts import Text
from storage.keys import BranchId, MemberId, QuestionId
from storage.members import Member
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

DEED = "low_signal"
KEPT = timedelta(days=30)
"""How long things wait for somebody; then they are told, wherever they are."""
DAYS_UNCLEAR = Text("去几天？像这样写：出海 10天。说不准就发“出海”。", "For how many days? Write “at sea 10 days”, or just “at sea”.")
NO_DAY = Text("天数要在 1 到 365 之间。说不准就发“出海”。", "The days must be from 1 to 365; if you cannot say, send “at sea”.")
_NOTICE = Text("公告 N{number}：", "Notice N{number}: ")
_BUTTONS = Text("另有 {count} 件要您回话或收文件，跟着就来。", "{count} more to answer or with files follow at once.")
LESSONS_BY_WORD = Text("学习 {count} 条，想看发“补课”。", "{count} lessons; to read them send “catchup”.")
_ELSEWHERE = Text("另有 {count} 件只能发在原来那边，去那边看。", "{count} more can only be told where they were meant to go; look there.")
_RINGS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_AWAY = Text("出海：{since} 起，不急的攒着", "At sea: since {since}, what is not urgent waits")
_TEXT_ONLY = Text("省流量：只发短的文字，不发图", "Saving data: short texts, no pictures")


@dataclass(frozen=True, slots=True)
class HandOver:
    """What somebody missed, a line each with its number, how many things that was, and how many lessons apart from them."""

    count: int
    lines: Sequence[Text]
    lessons: int = 0


def asked_leave(words: str) -> Leaving:
    """What follows the word 出海: nothing, or the days. Raises `UserError`."""
    meant = said.leaving(f"出海 {words}".strip()) or said.leaving(f"出海{words}")
    if meant is None:
        raise UserError(DAYS_UNCLEAR)
    return meant


async def _self(work: UnitOfWork, actor: Actor) -> Member:
    require(actor, Permission.OWN_SETTINGS, Subject(work.branch_id, actor.member))
    member = await work.members.get(actor.member) if actor.member is not None else None
    if member is None:
        raise LookupError("only a member goes away")
    return member


def _note(work: UnitOfWork, member: Member) -> None:
    before = {
        "away_since": member.away_since.isoformat() if member.away_since else None,
        "away_until": member.away_until.isoformat() if member.away_until else None,
        "text_only": member.text_only,
    }
    work.deeds.add(member.id, DEED, before)


async def leave(work: UnitOfWork, actor: Actor, leaving: Leaving) -> None:
    """From now on only emergencies reach the actor unasked. Raises `UserError` for days that cannot be."""
    member = await _self(work, actor)
    if leaving.days is not None and not 1 <= leaving.days <= 365:
        raise UserError(NO_DAY)
    _note(work, member)
    until = beijing_day(work.now) + timedelta(days=leaving.days) if leaving.days else None
    await work.members.change(member.id, away_since=member.away_since or work.now, away_until=until)
    await _hold(work, member.id)


async def _hold(work: UnitOfWork, member_id: MemberId) -> None:
    if (member := await work.members.get(member_id)) is not None:
        await posting.hold_if_away(work, member)


async def save_data(work: UnitOfWork, actor: Actor) -> None:
    """Short texts and no pictures for the actor; nothing is held back."""
    member = await _self(work, actor)
    _note(work, member)
    await work.members.change(member.id, text_only=True)


async def come_back(work: UnitOfWork, actor: Actor, platform: str, *, pictures: bool = False) -> HandOver | None:
    """The actor is back on a platform, or (`pictures`) wants everything as before: what they missed; None if they were not away."""
    member = await _self(work, actor)
    if member.away_since is None and not (pictures and member.text_only):
        return None
    _note(work, member)
    if pictures:
        await work.members.change(member.id, text_only=False)
    return (await _hand_over(work, [member], {member.id: platform}))[member.id] if member.away_since is not None else None


async def missed_since(work: UnitOfWork, actor: Actor, since: datetime, platform: str) -> HandOver:
    """What somebody missed since a moment who was away with a signal: the announcements and lessons they did not open."""
    member = await _self(work, actor)
    return (await _hand_over(work, [replace(member, away_since=since)], {member.id: platform}))[member.id]


async def where_overdue(work: UnitOfWork) -> set[BranchId]:
    """The branches with somebody who has been away for longer than things are kept."""
    return await work.agenda.away_before(work.now - KEPT)


async def overdue(work: UnitOfWork, actor: Actor) -> dict[MemberId, HandOver]:
    """Who has been away for longer than things are kept: they are away no more, and this is what waited for each."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    members = await work.members.away_before(work.now - KEPT)
    if not members:
        return {}
    accounts = await posting.reached_of_branch(work)
    return await _hand_over(work, members, {each.id: posting.platform_of(accounts.get(each.id)) for each in members})


async def _hand_over(work: UnitOfWork, members: Sequence[Member], platforms: Mapping[MemberId, str]) -> dict[MemberId, HandOver]:
    """What waited for each is taken out of the outbox; what needs a button, is a file or was written for elsewhere follows by itself."""
    back = {member.id for member in members}
    letters = [each for each in await work.outbox.kept_back("away") if each.member_id in back]
    apart = {each.id for each in letters if each.member_id is not None and _bound_elsewhere(each, platforms[each.member_id])}
    asks = await _still_asking(work, letters) - apart
    alone = asks | apart
    await work.outbox.drop([each for each in letters if each.id not in alone])
    await work.outbox.let_go(back)
    notices, lessons = await _notices(work, members), await _lessons(work, members)
    made = {}
    for member in members:
        theirs = [each for each in letters if each.member_id == member.id]
        told = [each.content for each in theirs if each.id not in alone and each.content and not _of_notice(each)]
        texts = dict.fromkeys(Text(each["zh"], each["en"]) for each in told)
        more, elsewhere = (sum(each.id in ids for each in theirs) for ids in (asks, apart))
        made[member.id] = _listed([*notices[member.id], *texts], more, elsewhere, lessons[member.id])
        await work.members.change(member.id, away_since=None, away_until=None)
    return made


def _bound_elsewhere(letter: Letter, platform: str) -> bool:
    """Whether a letter names, perhaps, people who did not agree to be named on the platform abroad where its reader is back."""
    return platform in deployment.ABROAD and letter.chat is not None and letter.chat.platform != platform


def _listed(missed: Sequence[Text], more: int, elsewhere: int, lessons: int) -> HandOver:
    lines = [Text.plain(_ring(number)) + text for number, text in enumerate(missed)]
    if more:
        lines.append(_BUTTONS(count=more))
    if elsewhere:
        lines.append(_ELSEWHERE(count=elsewhere))
    return HandOver(len(missed) + more + elsewhere, lines, lessons)


def _ring(number: int) -> str:
    return _RINGS[number] if number < len(_RINGS) else f"({number + 1})"


def _of_notice(letter: Letter) -> bool:
    """Whether a letter only points to an announcement, which is told itself."""
    return (letter.slot or "").startswith("nudge:")


async def _still_asking(work: UnitOfWork, letters: Sequence[Letter]) -> set[int]:
    """The letters that a line of text cannot stand for: with a file, or with buttons that somebody still waits for."""
    asked: dict[int, list[QuestionId]] = {}
    for letter in letters:
        buttons = [button for row in (letter.content or {}).get("buttons", ()) for button in row]
        if not _of_notice(letter):
            asked[letter.id] = [meant[0] for *_, data in buttons if (meant := await asking.pressed(work, data)) is not None]
    await work.questions.prefetch([each for listed in asked.values() for each in listed])
    open_now = {letter for letter, listed in asked.items() for each in listed if await _is_open(work, each)}
    return open_now | {letter.id for letter in letters if letter.file is not None or "drawing" in (letter.content or {})}


async def _is_open(work: UnitOfWork, question: QuestionId) -> bool:
    found = await work.questions.get(question)
    return found is not None and found.spent_at is None and found.expires_at > work.now


async def _notices(work: UnitOfWork, members: Sequence[Member]) -> dict[MemberId, list[Text]]:
    """The announcements of the time each was away that are still up and that they have not confirmed, the oldest first."""
    since = {member.id: member.away_since or work.now for member in members}
    posted = await work.notices.of_state("open", after=min(since.values()))
    read = await work.notices.read_of([each.id for each in posted])
    return {
        member.id: [
            _NOTICE(number=each.number) + Text.plain(each.text)
            for each in reversed(posted)
            if each.post_at > since[member.id] and (each.id, member.id) not in read and each.author_id != member.id
        ]
        for member in members
    }


async def _lessons(work: UnitOfWork, members: Sequence[Member]) -> dict[MemberId, int]:
    """How many lessons were pushed while each was away that they have not read."""
    since = {member.id: member.away_since or work.now for member in members}
    posted = await work.studies.recent(beijing_day(min(since.values())))
    read = await work.studies.seen_by_many(list(since))
    return {
        member: len({each.lesson_id for each in posted if each.posted_at > left} - set(read.get(member, ())))
        for member, left in since.items()
    }


async def undo(work: UnitOfWork, actor: Actor, before: Mapping[str, Any]) -> None:
    """Make it what it was before; what waited comes one by one, what was told stays told."""
    member = await _self(work, actor)
    since, until = before["away_since"], before["away_until"]
    await work.members.change(
        member.id,
        away_since=datetime.fromisoformat(since) if since else None,
        away_until=date.fromisoformat(until) if until else None,
        text_only=before["text_only"],
    )
    if since is None:
        await work.outbox.let_go({member.id})
    else:
        await _hold(work, member.id)


async def of(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What the actor has set, for 我的."""
    member = await _self(work, actor)
    away = [_AWAY(since=beijing_day(member.away_since).isoformat())] if member.away_since else []
    return away + ([_TEXT_ONLY] if member.text_only else [])

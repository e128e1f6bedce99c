"""Who has read an announcement: counts for the group, names for those who post, one's own for oneself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.clock import BEIJING
from bot.errors import UserError
from bot.language import choices
from bot.language.normalise import is_blank
from bot.language.notice_numbers import leading
from bot.messages import ChatKind, Incoming
from bot.permissions import Actor, Permission, Subject, require
from bot.services import notice_messages, notice_nudges, notices, privacy, trail
from bot.services.asking import Ask
from bot.services.notice_messages import KEPT
from bot.services.people import actor_of, person
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.keys import MemberId
from storage.members import Member
from storage.notices import Notice
from storage.unit_of_work import UnitOfWork

FRESH = timedelta(hours=24)
"""How long a bare 收到 in the group, not said to the bot, is taken for the newest announcement there."""
NOTHING = Text("现在没有等您回“收到”的公告。发“最近公告”可以再看看。", "No notice waits for you. “notices” shows the recent ones.")
SEVERAL = Text(
    "您还有几条没回：{numbers}。请带上编号，比如“收到 {first}”。",
    "Several wait for you: {numbers}. Please name one, like “received {first}”.",
)
NOT_PLAIN = Text(
    "您回的那条不是公告。要回公告，请带上编号，比如“收到 {first}”。",
    "That message is no notice. To confirm one, please give its number, like “received {first}”.",
)
UNREAD = Text(
    "公告 N{number}：{read} 人已收到，{left} 人还没回。名单只有您看得到，请私下问候，别在群里点名。",
    "Notice N{number}: {read} have read it, {left} have not. Only you see the names; please ask them privately, never in the group.",
)
UNREAD_LEFT = Text(
    "公告 N{number}：{read} 人已收到，{left} 人还没回。发的人已不是书记，名单由书记看。请私下问候，别在群里点名。",
    "Notice N{number}: {read} have read it, {left} have not. Whoever posted it is no longer secretary, so secretaries see the names; "
    "please ask them privately, never in the group.",
)
UNREAD_ELSEWHOSE = Text(
    "公告 N{number}：{read} 人已收到，{left} 人还没回。这条是{who}发的，没回的名单只给{who}看。",
    "Notice N{number}: {read} have read it, {left} have not. {who} posted it and alone sees the names.",
)
ALL_READ = Text("公告 N{number}：大家都回了收到。", "Notice N{number}: everybody has read it.")
NONE_YET = Text("最近 30 天没有公告。", "There was no notice in the last 30 days.")
_LINE = Text("N{number}（{day}{mine}）", "N{number} ({day}{mine}) ")
_READ, _NOT_READ, _OWN = Text("，已收到", ", read"), Text("，还没回", ", not read"), Text("，您发的", ", yours")
_I_READ, _I_POSTED = Text("回过收到：{numbers}", "read: {numbers}"), Text("发过：{numbers}", "posted: {numbers}")
_NAMES_IN_A_LINE = 8


def understood(text: str) -> str | None:
    """What 收到, 已阅, 1, +1 or 收到 N3 says: the numbers, an empty word, or None where it says something else."""
    if numbers := choices.ack_numbers(text):
        return " ".join(f"N{number}" for number in numbers)
    return "" if choices.is_ack(text) else None


@dataclass(frozen=True, slots=True)
class Meant:
    """The announcements that a typed 收到 is for, and the numbers it names of which none is up."""

    notices: tuple[Notice, ...] = ()
    missing: tuple[int, ...] = ()
    otherwise: Text = NOTHING
    """What is said where it is for none."""


async def meant(work: UnitOfWork, actor: Actor, incoming: Incoming, words: str, *, addressed: bool) -> Meant:
    """Which announcements a typed 收到 is for: those it names, the one it answers, in a group the newest that was posted there.

    In a group that is none where it is not plain, and among people (not `addressed`) a bare word is talk again after a day. In private
    a `UserError` says what to add.
    """
    require(actor, Permission.READ_NOTICES, Subject(work.branch_id, actor.member))
    if numbers := choices.ack_numbers(f"收到 {words}"):
        up = {each.number: each for each in await work.notices.of_state("open", after=work.now - KEPT)}
        return Meant(tuple(up[each] for each in numbers if each in up), tuple(each for each in numbers if each not in up))
    in_group = incoming.chat.kind is ChatKind.GROUP
    if incoming.reply_to is not None:
        found = await notice_messages.answered(work, incoming.chat.key, incoming.reply_to)
        if found is not None:
            return Meant((found,)) if notices.live(work, found) else Meant(missing=(found.number,))
    if in_group:
        newest = await notice_messages.newest_in(work, incoming.chat.key, work.now - (KEPT if addressed else FRESH))
        if newest is not None and incoming.reply_to is not None:
            return Meant(otherwise=NOT_PLAIN(first=f"N{newest.number}"))
        return Meant((newest,)) if newest is not None else Meant()
    return Meant((await _only_unread(work, actor),))


async def awaited(work: UnitOfWork, actor: Actor, incoming: Incoming) -> bool:
    """Whether a notice waits for a word: in a group one that is up, in private one that this person has not read.

    Who says to the bot in a group that they received something never means anything else.
    """
    if incoming.chat.kind is ChatKind.GROUP:
        there = incoming.mentioned or incoming.reply_to is not None
        return there or bool(await work.notices.of_state("open", after=work.now - FRESH))
    there_now = await work.notices.of_state("open", after=work.now - KEPT)
    known = {number for number, _ in await work.notices.read_by(actor.member)} if there_now and actor.member else set()
    return any(notice.number not in known for notice in there_now)


async def _only_unread(work: UnitOfWork, actor: Actor) -> Notice:
    there = await work.notices.of_state("open", after=work.now - KEPT)
    known = {number for number, _ in await work.notices.read_by(actor.member)} if actor.member else set()
    waiting = [notice for notice in there if notice.number not in known]
    lately = [notice for notice in waiting if max(notice.post_at, notice.nudged_at or notice.post_at) > work.now - FRESH]
    waiting = lately or waiting
    if not waiting:
        raise UserError(NOTHING)
    if len(waiting) > 1:
        numbers = Text.join([Text.plain(f"N{each.number}") for each in waiting], "、", ", ")
        raise UserError(SEVERAL(numbers=numbers, first=f"N{waiting[0].number}"))
    return waiting[0]


async def read(work: UnitOfWork, actor: Actor, meant_ones: Sequence[Notice]) -> list[Notice]:
    """Note that the actor has read announcements; answers those of which that was not known. The counts in the groups follow."""
    require(actor, Permission.READ_NOTICES, Subject(work.branch_id, actor.member))
    if actor.member is None:
        return []
    fresh = [each for each in meant_ones if notices.live(work, each) and await work.notices.read(each.id, actor.member)]
    if fresh:
        work.deeds.add(actor.member, "notice_read", {"number": fresh[0].number, "numbers": [each.number for each in fresh]})
    for notice in fresh:
        await notice_messages.recount(work, notice)
        await notice_nudges.drop(work, notice, actor.member)
    return fresh


async def confirm(work: UnitOfWork, actor: Actor, number: int) -> bool:
    """As `read`, for the announcement whose button was pressed; False if that was known, or it is over."""
    notice = await work.notices.numbered(number)
    return bool(await read(work, actor, [notice] if notice is not None else []))


async def undo_read(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Text:
    """Take the actor's 收到 back; answers the numbers it was for."""
    require(actor, Permission.UNDO, Subject(work.branch_id, actor.member))
    numbers = data.get("numbers", [data["number"]])
    for number in numbers:
        notice = await work.notices.numbered(number)
        if notice is not None and actor.member is not None:
            work.notices.unread(notice.id, actor.member)
            if notices.live(work, notice):
                await notice_messages.recount(work, notice)
    return in_a_row(numbers)


def in_a_row(numbers: Sequence[int]) -> Text:
    """Numbers of announcements behind the N of a sentence: N8、N9."""
    return Text.join([Text.plain(str(each)) for each in numbers], "、N", ", N")


async def whole(work: UnitOfWork, actor: Actor, number: int) -> tuple[list[Text], Ask]:
    """All of a long announcement: its messages, and the last one with the button."""
    require(actor, Permission.READ_NOTICES, Subject(work.branch_id, actor.member))
    notice = await notices.changeable(work, number)
    *before, last = notice_messages.parts(notice)
    return before, notice_nudges.ask(work, notice, last)


async def unread(work: UnitOfWork, actor: Actor, words: str, platform: str) -> tuple[Text, list[Text]]:
    """Who has not read an announcement, the newest unless a number is given: names to its author alone, to other secretaries numbers.

    Where the author may post no more, any secretary takes their place. The author counts neither as a reader nor as one missing.
    """
    require(actor, Permission.SEE_READERS, Subject(work.branch_id))
    notice = await _asked_about(work, words)
    readers = await work.notices.readers(notice.id)
    left = [each for each in await work.members.present() if each.id not in readers and each.id != notice.author_id]
    if not left:
        return ALL_READ(number=notice.number), []
    author = await _author(work, notice)
    counts = {"number": notice.number, "read": len(readers), "left": len(left)}
    if author is not None and author.id != actor.member:
        return UNREAD_ELSEWHOSE(**counts, who=await privacy.named(work, platform, author)), []
    named, hidden = await privacy.shown(work, platform, left)
    await trail.saw(work, actor, [each.id for each in named], Trailed.READING)
    names = [person(each) for each in named]
    lines = [Text.join(names[at : at + _NAMES_IN_A_LINE], "、", ", ") for at in range(0, len(names), _NAMES_IN_A_LINE)]
    if hidden:
        lines.append(privacy.MORE(count=hidden))
    return (UNREAD if author is not None else UNREAD_LEFT)(**counts), lines


async def _author(work: UnitOfWork, notice: Notice) -> Member | None:
    """Who posted an announcement, while they are here and may post."""
    author = await work.members.get(MemberId(notice.author_id)) if notice.author_id else None
    return author if author is not None and actor_of(author).may(Permission.SEE_READERS) else None


async def _asked_about(work: UnitOfWork, words: str) -> Notice:
    said = leading(words)
    if said is not None:
        notice = await work.notices.numbered(said[0])
        if notice is None or not notices.live(work, notice):
            raise UserError(notices.NONE(number=said[0]))
        return notice
    there = await work.notices.of_state("open", after=work.now - KEPT)
    if not there:
        raise UserError(NONE_YET)
    if not is_blank(words):
        raise UserError(notices.WHICH(example=Text("谁没读 N3", "unread N3")))
    return there[0]


async def recent(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What is still valid, the newest first, with whether the actor has read it."""
    require(actor, Permission.READ_NOTICES, Subject(work.branch_id, actor.member))
    known = {number for number, _ in await work.notices.read_by(actor.member)} if actor.member else set()
    there = await work.notices.of_state("open", after=work.now - KEPT)
    return [_line(each, _OWN if each.author_id == actor.member else _READ if each.number in known else _NOT_READ) for each in there]


def _line(notice: Notice, mine: Text) -> Text:
    return _LINE(number=notice.number, day=notice_messages.day(notice.post_at), mine=mine) + Text.plain(notice.text)


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What is kept of the actor's reading and posting: the numbers and days."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        return []
    read_them = [_dated(number, at) for number, at in await work.notices.read_by(actor.member)]
    posted = [_dated(each.number, each.post_at) for each in await work.notices.of_author(actor.member)]
    return [text(numbers=" ".join(numbers)) for text, numbers in ((_I_READ, read_them), (_I_POSTED, posted)) if numbers]


def _dated(number: int, at: datetime) -> str:
    return f"N{number}({at.astimezone(BEIJING):%m-%d})"

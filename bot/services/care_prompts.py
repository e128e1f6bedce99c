"""What liaisons are told unasked: their short list of the month; in the morning who moved, whose day it is, and that a festival comes."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.clock import beijing_day
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import festivals
from bot.rules.festivals import Festival
from bot.services import liaison_board, posting, privacy, trail
from bot.services.liaison_board import Person
from bot.texts import Text
from storage.keys import BranchId, MemberId
from storage.members import Member
from storage.register import Entry
from storage.unit_of_work import UnitOfWork

MOVED = "moved"
MOST = 3
"""People of a list at most: what is longer is not read, and nobody has time for more on one day."""
LIST = Text("这个月请惦记一下（只您看得到）：", "Please think of these this month (only you see this):")
LINE = Text("\n{who}：{what}", "\n{who}: {what}")
MORE = Text("\n其余 {count} 位发“我联系的人”看。", "\n{count} more: “mypeople”.")
NOTE = Text("\n谈过了发“谈过 姓名”，只记日期。", "\nAfterwards “talked NAME”; only the day is kept.")
HAS_MOVED = Text("{names}换了地方，方便时问问安顿得怎么样。", "{names} moved; when you have a moment, ask how they are settling in. ")
BIRTHDAY = Text("今天是{names}的入党纪念日，可以问候一声。", "Today is the day {names} joined the Party; a word would be kind. ")
COMES: Mapping[Festival, Text] = {
    Festival.SPRING: Text("快过年了，给{names}打个电话吧。", "The Spring Festival is near: a call to {names} would be kind. "),
    Festival.MID_AUTUMN: Text("快过中秋了，给{names}打个电话吧。", "Mid-Autumn is near: a call to {names} would be kind. "),
    Festival.FOUNDING: Text("快到“七一”了，给{names}道声好吧。", "1 July is near: a word to {names} would be kind. "),
}


async def where_looked_after(work: UnitOfWork) -> set[BranchId]:
    """The branches in which somebody looks after somebody."""
    return await work.agenda.with_liaisons()


async def month(work: UnitOfWork, actor: Actor) -> None:
    """Each liaison hears who has not been heard of, and with whom a talk or visit is due: three at most, once a month."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    this_month, wishes = f"{beijing_day(work.now):%Y-%m}", await work.liaisons.wishes()
    due = {liaison: [each for each in theirs if each.dues] for liaison, theirs in (await liaison_board.by_liaison(work)).items()}
    due = {each: theirs for each, theirs in due.items() if theirs and (each not in wishes or wishes[each].listed_in != this_month)}
    await trail.told(work, {each: [person.member.id for person in theirs[:MOST]] for each, theirs in due.items()}, trail.Kind.LIAISON)
    accounts = await posting.reached_of_branch(work)
    for liaison, theirs in due.items():
        account = accounts.get(liaison)
        text = await _list(work, theirs, posting.platform_of(account))
        await posting.to_member(work, liaison, Outgoing(text), priority=Priority.REMINDER, account=account)
        await work.liaisons.listed(liaison, this_month)


async def _list(work: UnitOfWork, theirs: Sequence[Person], platform: str) -> Text:
    text = LIST
    for each in theirs[:MOST]:
        text += LINE(who=await privacy.named(work, platform, each.member), what=Text.join(each.dues, "，", ", "))
    return text + (MORE(count=len(theirs) - MOST) if len(theirs) > MOST else Text("", "")) + NOTE


async def morning(work: UnitOfWork, actor: Actor) -> None:
    """Each liaison hears in one message who of theirs moved, whose political birthday it is, and that a festival comes."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    today = beijing_day(work.now)
    waiting = await work.liaisons.prompts()
    held = {liaison: [each.member for each in theirs] for liaison, theirs in (await liaison_board.by_liaison(work)).items()}
    moved, birthdays, festival = {each.member_id for each in waiting}, await _birthdays(work, today), festivals.ahead(today)
    said: dict[MemberId, list[tuple[Text, list[Member]]]] = {}
    for liaison, theirs in held.items():
        matters = [
            (HAS_MOVED, [each for each in theirs if each.id in moved]),
            (BIRTHDAY, [each for each in theirs if each.id in birthdays]),
        ]
        matters += [(COMES[festival], theirs)] if festival is not None else []
        if found := [(text, members) for text, members in matters if members]:
            said[liaison] = found
    await trail.told(work, {who: [each.id for _, members in found for each in members] for who, found in said.items()}, trail.Kind.LIAISON)
    accounts = await posting.reached_of_branch(work)
    for liaison, found in said.items():
        account = accounts.get(liaison)
        platform = posting.platform_of(account)
        text = Text.join([text(names=await privacy.listed(work, platform, members)) for text, members in found], "", "")
        await posting.to_member(work, liaison, Outgoing(text), priority=Priority.REMINDER, account=account)
    for each in waiting:
        work.liaisons.unprompt(each.id)


async def _birthdays(work: UnitOfWork, today: date) -> set[MemberId]:
    """Who joined the Party on this day of an earlier year, as far as the day is known, and does not mind being greeted."""
    unwilling = {each.member_id for each in (await work.liaisons.wishes()).values() if not each.birthday}
    return {who for who, entry in (await work.register.all()).items() if who not in unwilling and _is_the_day(entry, today)}


def _is_the_day(entry: Entry, today: date) -> bool:
    joined = entry.joined_on
    if joined is None or (entry.joined_to or "day") != "day" or joined.year >= today.year:
        return False
    return (joined.month, joined.day) == (today.month, today.day)


async def moved(work: UnitOfWork, member_id: MemberId) -> None:
    """A member said that they are in another city now: whoever looks after them hears it in the morning; not which."""
    looked_after = any(each.member_id == member_id for each in await work.liaisons.current())
    if looked_after and all(each.member_id != member_id or each.kind != MOVED for each in await work.liaisons.prompts()):
        work.liaisons.prompt(member_id, MOVED)


async def not_moved(work: UnitOfWork, member_id: MemberId) -> None:
    """They took it back."""
    for each in await work.liaisons.prompts():
        if each.member_id == member_id and each.kind == MOVED:
            work.liaisons.unprompt(each.id)

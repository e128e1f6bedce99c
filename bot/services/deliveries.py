"""What delivery notes about letters, and how giving up is made known."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from bot.clock import BEIJING, beijing_day, zone
from bot.messages import ChatKind, Outgoing, Priority
from bot.rules import quiet_hours
from bot.rules.turns import Turns, Waiting, heads
from bot.services import accounts, merging, message_counts, posting
from bot.texts import Text
from storage.dispatch import Due
from storage.keys import AccountKey, ChatKey, EventKey, OutboxId
from storage.outbox import ONCE, Letter
from storage.unit_of_work import UnitOfWork

NOT_REMOVED = Text(
    "群里那条我删不掉（没有这个权限，或者发得太久了）。请您自己长按那条消息，选“撤回”或“删除”。",
    "I could not delete that message in the group: I may not, or it is too old. Please press it long and choose “delete” yourself.",
)
NOT_ADMITTED = Text(
    "进群的事那边没有办成：可能已经有人处理过，或者申请过期了。请到群的申请里看一眼。",
    "About who asked to join: it could not be done; perhaps somebody did it already, or it is too late. Please look in the group.",
)
_UNDONE = {"remove": NOT_REMOVED, "admission": NOT_ADMITTED}
TOLD = Text("有消息没送到，发“未送达”看是哪些。", "Some messages were not delivered; send “undelivered” to see which.")
_TOLD_SLOT = "undelivered"
CHANGES = 5
"""How often a message is changed within a minute at most: see `posting.may_change_at`."""
FEW = 16
"""How many are read at first where none may go but what somebody asked for, which comes first."""
SOME = 64
"""How many letters more are read than there are places for, so that no branch or chat hides the others."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much may go through an account now: messages in all, and those that nobody asked for; the chats that rest; what is under way."""

    account: tuple[str, str]
    messages: int
    unasked: int
    resting: Mapping[ChatKey, datetime] = field(default_factory=dict)
    under_way: int = 0
    put_off: Callable[[datetime], datetime] | None = None
    """From now to the moment, taken at random, at which something goes that nobody asked for; None where it goes at once."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What is to be sent now, and when to look again; the accounts and chats that could send more if there were room."""

    letters: list[Letter]
    due: datetime | None
    held: frozenset[tuple[str, str] | ChatKey]
    put_off: Sequence[tuple[tuple[str, str], datetime]] = ()
    """The moment of each letter that was put off a little, with its account."""


NOTHING = Turn([], None, frozenset())


async def turn(work: UnitOfWork, arrived: Sequence[tuple[Letter, str]], places: int, rooms: Sequence[Room], turns: Turns) -> Turn:
    """Note what arrived, and take up letters, one of a chat, as far as the accounts have room: each has at most `places` under way."""
    for letter, message_id in arrived:
        await sent(work, letter, message_id)
    letters: list[Letter] = []
    found = _Found()
    for room in rooms:
        letters += await _claimed(work, room, max(0, places - room.under_way), turns, found)
    due = await work.dispatch.next_due([room.account for room in rooms])
    return Turn(letters, due, frozenset(found.held), found.put_off)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a turn learns beside its letters."""

    held: set[tuple[str, str] | ChatKey] = field(default_factory=set)
    put_off: list[tuple[tuple[str, str], datetime]] = field(default_factory=list)

    def later(self, room: Room, now: datetime, letter: Letter) -> datetime | None:
        """When a letter goes that was not put off yet and nobody asked for; None: now."""
        if room.put_off is None or letter.mark or letter.priority < Priority.NOTICE or letter.attempts or letter.error is not None:
            return None
        until = room.put_off(now)
        self.put_off.append((room.account, until))
        return until


async def _claimed(work: UnitOfWork, room: Room, places: int, turns: Turns, found: _Found) -> list[Letter]:
    """The letters of an account that go now; what could go if there were room is put among the held."""
    held = found.held
    chosen: list[Waiting] = []
    met: dict[str, list[Due]] = {}
    rests = {chat.chat_id for chat in room.resting}
    number = places * 4 + SOME
    while True:
        page, more = await _page(work, room, number, list(met), held)
        first = heads(_waiting(page, rests))
        for each in page:
            met.setdefault(each.chat_id, []).append(each)
        used = [each for each in chosen if not each.free]
        unasked = sum(each.priority >= Priority.NOTICE for each in used)
        taken = turns.take(
            first,
            places - len(chosen),
            room=room.messages - len(used),
            unasked_from=Priority.NOTICE,
            most_unasked=room.unasked - unasked,
        )
        chosen += taken
        if len(taken) < len(first):
            held.add(room.account)
        held.update(chat for chat in room.resting if chat.chat_id in met)
        if not more or room.account in held or len(chosen) >= places:
            break
    place = {OutboxId(each.id): at for at, each in enumerate(chosen)}
    letters = sorted(await work.dispatch.take(list(place), partial(found.later, room, work.now)), key=lambda letter: place[letter.id])
    behind = {OutboxId(each.id): _behind(each, met[str(each.chat)]) for each in chosen if len(met[str(each.chat)]) > 1}
    return await merging.merged(work, letters, behind)


def _behind(first: Waiting, page: Sequence[Due]) -> list[OutboxId]:
    """What waits in a chat behind a letter and is as urgent; marks go by themselves."""
    return [each.id for each in page if each.priority == first.priority and each.id > first.id and not each.mark]


def _waiting(page: Sequence[Due], rests: Collection[str]) -> Iterator[Waiting]:
    for each in page:
        yield Waiting._make(each) if each.mark or each.chat_id not in rests else Waiting(*each[:4], ready=False)


async def _page(
    work: UnitOfWork, room: Room, number: int, beside: Collection[str], held: set[tuple[str, str] | ChatKey]
) -> tuple[list[Due], bool]:
    """The next letters, at most so many, and whether there may be more.

    While nothing unasked may go, those are not read: a lesson to thousands would be at every turn. And a little further than there is
    room for is far enough, unless a few branches have so many letters there that they may hide the others.
    """
    if room.unasked <= 0:
        page = await work.dispatch.due(room.account, FEW, beside)
        if len(page) == FEW and page[-1].priority >= Priority.NOTICE:
            held.add(room.account)
            return page, True
        if len(page) < FEW:
            return page, False
    elif (enough := room.unasked * 4 + SOME) < number:
        page = await work.dispatch.due(room.account, enough, beside)
        if len(page) < enough or 2 * len({each.branch_id for each in page}) >= enough:
            return page, len(page) == enough
    page = await work.dispatch.due(room.account, number, beside)
    return page, len(page) == number


async def sent_within(work: UnitOfWork, span: timedelta) -> list[tuple[ChatKey, ChatKind, datetime, bool]]:
    """What went where within a span before now, the oldest first, and whether it was a mark.

    It still counts against the budgets of a process that starts.

    A message that was changed counts as often as it can have been changed meanwhile.
    """
    return [
        (each.chat, ChatKind(each.kind), each.at, each.mark)
        for each in await work.dispatch.sent_since(work.now - span)
        for _ in range(min(each.version, CHANGES))
    ]


async def let_go(work: UnitOfWork, in_hand: Collection[OutboxId]) -> None:
    """Nothing is known of other letters than those `in_hand`, which this process may have taken up without hearing that it has."""
    await work.dispatch.let_go(in_hand)


async def sent(work: UnitOfWork, letter: Letter, message_id: str) -> None:
    """It arrived: erase its words, and count it."""
    await work.dispatch.mark_sent(letter, message_id)
    message_counts.count(work, letter, message_id)


async def unsaid(work: UnitOfWork, letter: Letter) -> None:
    """It changed what cannot be changed where it is, and is not worth a message of its own."""
    await work.dispatch.mark_sent(letter, letter.message_id or "")


async def put_off_at_night(work: UnitOfWork, letter: Letter) -> bool:
    """Whether a late letter would arrive in the quiet hours of whom it is for; then it waits for their end, unless it was meant so."""
    if letter.branch_id is not None:
        work.enter(letter.branch_id)
    member = await work.members.get(letter.member_id) if letter.member_id is not None and letter.kind == ChatKind.PRIVATE else None
    start, end = posting.quiet_of(member) if member is not None else quiet_hours.DEFAULT
    where = zone(member.zone) if member is not None else BEIJING
    morning = quiet_hours.next_allowed(work.now, start, end, where)
    if morning == work.now or quiet_hours.is_quiet(letter.not_before, start, end, where):
        return False
    await work.dispatch.postpone(letter, morning)
    return True


async def postpone(work: UnitOfWork, letter: Letter, until: datetime) -> None:
    """It may not go yet, and holds up nothing else meanwhile."""
    await work.dispatch.postpone(letter, until)


async def put_back(work: UnitOfWork, letter: Letter, retry_at: datetime, error: str, *, attempts: int) -> None:
    """It did not arrive: try again later."""
    await work.dispatch.put_back(letter, retry_at, error, attempts=attempts)


async def stale(work: UnitOfWork, letter: Letter) -> None:
    """It waited for longer than it is worth anything: it is not sent any more."""
    await work.dispatch.drop(letter)


async def moved(work: UnitOfWork, letter: Letter, new_chat_id: str) -> None:
    """The chat has a new id: follow it, and send at once."""
    if letter.chat is not None:
        await work.dispatch.move(letter.chat, new_chat_id)
    await work.dispatch.put_back(letter, work.now, "the chat moved", attempts=letter.attempts + 1)


async def vanished(work: UnitOfWork, letter: Letter) -> None:
    """What was to be edited is gone: say it anew. A mark under it is not needed any more, nor is what was only to be edited."""
    if letter.content and (letter.content.get("reaction") or letter.content.get("remove")):
        await work.dispatch.mark_sent(letter, "")
    elif letter.content and letter.content.get("only_edit"):
        await work.dispatch.drop(letter)
    else:
        await work.dispatch.put_back(letter, work.now, "the message is gone", attempts=letter.attempts + 1, anew=True)


async def unreachable(work: UnitOfWork, letter: Letter) -> None:
    """The person stopped the bot: another account of theirs takes the letter, or it waits for them. A group is given up."""
    if letter.branch_id is not None:
        work.enter(letter.branch_id)
    if letter.content and letter.content.get("remove"):
        await give_up(work, letter, "nobody can be reached there")
        return
    if letter.kind != ChatKind.PRIVATE or letter.member_id is None or letter.chat is None:
        await give_up(work, letter, "nobody can be reached there")
        return
    for account in await work.accounts.of(letter.member_id):
        if account.chat == letter.chat:
            await accounts.blocked(work, AccountKey(*account.key))
    await work.dispatch.give_up(letter, "the person cannot be reached", "unaddressed")
    member = await work.members.get(letter.member_id)
    other = next((each for each in await work.accounts.of(letter.member_id) if each.private_chat), None)
    if member is not None and other is not None:
        await posting.introduce(work, member, other)
        await posting.forward_waiting(work, member, other)


async def heard_lately(work: UnitOfWork, chat: ChatKey, since: datetime) -> list[tuple[EventKey, datetime]]:
    """What was said last in a chat since a moment, by its keys: what may still be answered there after a restart."""
    return await work.inbox.of_chat(chat, since, 5)


async def give_up(work: UnitOfWork, letter: Letter, error: str) -> None:
    """It will not arrive: keep it seven days for 未送达, and tell the secretary, once a day."""
    if letter.branch_id is not None:
        work.enter(letter.branch_id)
    if letter.content and (undone := next((told for deed, told in _UNDONE.items() if letter.content.get(deed)), None)) is not None:
        await work.dispatch.drop(letter)
        if letter.member_id is not None:
            await posting.to_member(work, letter.member_id, Outgoing(undone))
        return
    gone = await work.dispatch.give_up(letter, error[:200])
    if gone and letter.branch_id is not None and not (letter.slot or "").removeprefix(ONCE).startswith(_TOLD_SLOT):
        slot = f"{_TOLD_SLOT}:{beijing_day(work.now)}"
        await posting.to_role(work, "secretary", Outgoing(TOLD, repeatable=True), priority=Priority.REMINDER, slot=slot)

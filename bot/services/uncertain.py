"""Messages that may have arrived: how that is found out, and what a person is asked where it cannot be (docs/decisions/0005).

What is about money, and what nobody asked for, is never repeated on a guess. A message that somebody answers, or whose button they press,
has arrived. Of the rest the secretary hears, asks the person, and decides.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.clock import BEIJING, beijing_day, zone
from bot.errors import UserError
from bot.messages import ChatKind, EventKind, Incoming, Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import quiet_hours
from bot.services import finals, posting, privacy, trail
from bot.services.asking import Ask, Choice
from bot.services.people import person
from bot.services.trail import Kind as Trailed
from bot.texts import Language, Text
from storage.doubts import LOST
from storage.keys import BranchId
from storage.outbox import ONCE, Letter
from storage.unit_of_work import UnitOfWork

KIND = "uncertain"
"""The kind of the question whether to send again; its data holds the `letters` that it is about."""
LIVES = timedelta(days=1)
TOLD_SLOT = f"{ONCE}undelivered-maybe"
_WAITS = frozenset({"waiting", "held", "digest", "away", "unaddressed", "awaiting"})
"""The states of a word that will still be told by itself. One that is being sent may be lost, so that of yesterday does not count."""
TOLD = Text(
    "有消息不知道送到没有，没敢重发。发“未送达”看是谁的，重不重发您定。",
    "Of some messages it is not known whether they arrived, so they were not repeated. Send “undelivered” to decide.",
)
ASK = Text(
    "{who}有 {count} 条（{when}{money}）可能已收到，平台没回话。先问一声；真没收到再重发。",
    "{count} for {who} ({when}{money}) may have arrived; the platform did not answer. Please ask first, and repeat only what did not.",
)
MONEY = Text("，与钱有关", ", about money")
AGAIN = Text("好，重发。", "They are sent again.")
LEFT = Text("好，不重发了。", "They are left as they are.")
OVER = Text("这几条已经有着落了。", "These have been seen to already.")
GROUP = Text("支部群", "the branch's group")
SOMEBODY = Text("一位同志", "a comrade")
CHOICES = (
    Choice(Text("重发", "send again"), ("再发", "没收到", "again")),
    Choice(Text("不用了", "leave it"), ("不用", "收到了", "不发", "no")),
)


async def mark(work: UnitOfWork, letter: Letter, error: str) -> None:
    """It may have arrived and is not repeated: the secretary hears of it, once a day."""
    if letter.branch_id is not None:
        work.enter(letter.branch_id)
    news = letter.branch_id is not None and not _only_tells(letter)
    if news and not await _open(work):
        await _all_decided(work)
    await work.doubts.mark(letter, error)
    if news:
        await _tell(work)


async def repeat(work: UnitOfWork, letter: Letter, retry_at: datetime, error: str) -> None:
    """It may have arrived and is repeated: a doubled answer is better than none."""
    await work.doubts.repeat(letter, retry_at, error)


async def recover(work: UnitOfWork, recognising: frozenset[tuple[str, str]]) -> tuple[int, int, list[BranchId]]:
    """Take up what a stopped process was sending: how many may arrive twice, how many became uncertain, and which branches to `tell`."""
    return await work.doubts.recover(recognising, _told_slot(work))


async def tell(work: UnitOfWork, branch: BranchId) -> None:
    """The secretary of a branch hears that there is something to decide, once a day."""
    work.enter(branch)
    await _tell(work)


async def _tell(work: UnitOfWork) -> None:
    """Whoever was told today is not told again, nor is anybody for whom the word waits until they can be reached, of whatever day it is.

    A word of which nobody knows whether it arrived counts as said: while a platform gives no answers there would be one for every letter.
    """
    slot = _told_slot(work)
    letters = await work.outbox.in_slots(TOLD_SLOT)
    await work.outbox.drop([each for each in letters if each.slot == slot and each.state == LOST])
    told = {each.member_id for each in letters if each.state in _WAITS or (each.slot == slot and each.state != LOST)}
    said = Outgoing(TOLD, repeatable=True)
    await posting.to_role(work, "secretary", said, priority=Priority.REMINDER, slot=slot, but=told)


def _told_slot(work: UnitOfWork) -> str:
    return f"{TOLD_SLOT}:{beijing_day(work.now)}"


async def _all_decided(work: UnitOfWork) -> None:
    """What is in doubt from now on is news again, on the same day too; what was still on its way has nothing to tell any more."""
    await work.outbox.drop_unsent(TOLD_SLOT)
    await work.outbox.leave_slot(_told_slot(work))


async def latest_moment(work: UnitOfWork) -> datetime | None:
    """The latest moment that the outbox bears."""
    return await work.doubts.latest_moment()


async def clock_set_back(work: UnitOfWork, was: datetime) -> int:
    """No letter waits until the clock shows again what it showed; answers how many would have."""
    return await work.doubts.set_back(was)


async def prove(work: UnitOfWork, incoming: Incoming) -> None:
    """An event that shows a message of ours proves that it arrived: who presses its button or answers it has it before them."""
    if incoming.kind is EventKind.BUTTON:
        message_id = incoming.message_id
    elif incoming.quoted is not None and incoming.reply_to is not None:
        message_id = incoming.reply_to
    else:
        return
    letters = await work.doubts.in_chat(incoming.chat.key)
    meant = next((each for each in letters if _shows(incoming, each)), None)
    if meant is not None and not await work.doubts.is_known(incoming.chat.key, message_id):
        await work.doubts.proven(meant, message_id)


def _shows(incoming: Incoming, letter: Letter) -> bool:
    content = letter.content or {}
    if incoming.kind is EventKind.BUTTON:
        return any(data == incoming.text for row in content.get("buttons", ()) for *_, data in row)
    if incoming.quoted is None or incoming.quoted.at.replace(microsecond=0) < letter.created_at.replace(microsecond=0):
        return False
    said, quoted = str(content.get(Language(letter.language).value, "")).strip(), incoming.quoted.text.strip()
    # Where there are no buttons, what to type instead stands under the words.
    return quoted == said or (bool(content.get("buttons")) and quoted.startswith(f"{said}\n"))


async def first(work: UnitOfWork, actor: Actor, platform: str) -> Ask | None:
    """What is to be decided first; None where nothing is in doubt."""
    require(actor, Permission.SEE_UNDELIVERED, Subject(work.branch_id))
    return await _asked(work, actor, platform, await _open(work))


async def _open(work: UnitOfWork) -> list[Letter]:
    """What is to be decided, the oldest first: the word that there is something to decide is not."""
    return [each for each in await work.doubts.of_branch() if not _only_tells(each)]


def _only_tells(letter: Letter) -> bool:
    return (letter.slot or "").removeprefix(ONCE).startswith("undelivered")


async def _asked(work: UnitOfWork, actor: Actor, platform: str, letters: Sequence[Letter]) -> Ask | None:
    """The question about everything for the one whom the oldest is for; the others are asked about after it."""
    if not letters:
        return None
    whom = _whom(letters[0])
    theirs = [each for each in letters if _whom(each) == whom]
    local = theirs[0].created_at.astimezone(BEIJING)
    when = Text(f"{local.month}月{local.day}日 {local:%H:%M}", f"{local.day} {local:%b} {local:%H:%M}")
    money = MONEY if any(each.once and each.priority < Priority.NOTICE for each in theirs) else Text("", "")
    text = ASK(who=await _named(work, actor, platform, theirs[0]), count=len(theirs), when=when, money=money)
    return Ask(KIND, text, CHOICES, LIVES, {"letters": [each.id for each in theirs]}, card=True)


def _whom(letter: Letter) -> object:
    return letter.member_id if letter.kind == ChatKind.PRIVATE and letter.member_id is not None else letter.chat


async def _named(work: UnitOfWork, actor: Actor, platform: str, letter: Letter) -> Text:
    if letter.kind != ChatKind.PRIVATE:
        return GROUP
    member = await work.members.get(letter.member_id) if letter.member_id is not None else None
    if member is None:
        return SOMEBODY
    named, _ = await privacy.shown(work, platform, [member])
    await trail.saw(work, actor, [each.id for each in named], Trailed.DELIVERY)
    return person(member) if named else SOMEBODY


async def decide(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int, platform: str) -> tuple[Text, Ask | None]:
    """Send again, or leave as it is; and what is to be decided next, be it in doubt only since the question was asked.

    Raises `UserError` where all has been found out meanwhile.
    """
    require(actor, Permission.SEE_UNDELIVERED, Subject(work.branch_id))
    doubted = await _open(work)
    letters = [each for each in doubted if each.id in data.get("letters", ())]
    rest = [each for each in doubted if each not in letters]
    if not letters and not rest:
        raise UserError(OVER)
    if choice == 0:
        for letter in letters:
            await work.doubts.send_again(letter, await _allowed(work, letter))
    else:
        await work.outbox.drop(letters)
    if not rest:
        await _all_decided(work)
    if letters:
        finals.note(work, actor, finals.SENT_AGAIN if choice == 0 else finals.NOT_SENT_AGAIN)
    said = OVER if not letters else AGAIN if choice == 0 else LEFT
    return said, await _asked(work, actor, platform, rest)


async def _allowed(work: UnitOfWork, letter: Letter) -> datetime:
    """What nobody asked for still keeps the quiet hours of whom it is for."""
    if letter.priority < Priority.NOTICE:
        return work.now
    member = await work.members.get(letter.member_id) if letter.kind == ChatKind.PRIVATE and letter.member_id is not None else None
    hours, where = (quiet_hours.DEFAULT, BEIJING) if member is None else (posting.quiet_of(member), zone(member.zone))
    return quiet_hours.next_allowed(work.now, *hours, where)

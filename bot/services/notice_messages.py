"""How an announcement looks in the branch's groups, and bringing what was sent of it up to date.

Its last, or only, message carries the 收到 button and the count and stands in the slot `notice:<id>`; the ones before it stand in
`notice:<id>:<part>`. So an answer to any of them is known to be about this announcement.
"""

from datetime import datetime, timedelta
from string import digits

from bot.clock import BEIJING
from bot.messages import ChatKind, Outgoing, Priority
from bot.services import asking, attention, deployment, destinations, posting
from bot.services.asking import Ask, Choice
from bot.services.destinations import Matter
from bot.texts import Text, cut
from storage.keys import ChatKey, NoticeId
from storage.notices import Notice
from storage.unit_of_work import UnitOfWork

KIND = "notice_read"
KEPT = timedelta(days=30)
"""How long an announcement can be read, changed and recalled."""
EDIT_GAP = timedelta(seconds=15)
"""How often the count in a group changes at most; Telegram counts edits in its 20 a minute."""
ROOM = 165
"""Characters of an announcement in one message; heading and count have the rest of the 200."""
RECEIVED = Choice(Text("收到", "received"), ("已收到",))
RECALLED = Text("【公告 N{number} 已撤回】", "[Notice N{number} was recalled]")
WAITS = Text(
    "{groups}那边是官方机器人，平时要等有人@我才发得出去；发没发，看“未送达”。",
    "In {groups} (QQ's official way) it usually goes out only once somebody names me (@); “undelivered” shows whether it did.",
)
MOVED = Text("【公告 N{number} 已更正，看下面新的一条】", "[Notice N{number} was corrected: see the new one below]")
SO_FAR = Text("公告 N{number} 已收到 {count} 人，谢谢大家。", "Notice N{number}: read by {count}. Thank you.")
COUNT = Text("\n已收到 {count} 人", "\nread by {count}")
_COUNT = "count"
_HEADING = Text("【公告 N{number}{more}】", "[Notice N{number}{more}] ")
_CORRECTED = Text(" 已更正", ", corrected")
_PART = Text(" {part}/{parts}", ", {part}/{parts}")
_WHEN = Text("{day}（周{weekday}）{time}", "{weekday} {day} {time}")
_WEEKDAYS = [Text(*names) for names in zip("一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True)]


def when(at: datetime) -> Text:
    """A moment as it is told: day, weekday and time in Beijing."""
    local = at.astimezone(BEIJING)
    return _WHEN(day=day(at), weekday=_WEEKDAYS[local.weekday()], time=f"{local:%H:%M}")


def day(at: datetime) -> Text:
    """A day as it is told, in Beijing."""
    local = at.astimezone(BEIJING)
    return Text(f"{local.month}月{local.day}日", f"{local.day} {local:%b}")


def slot(notice: Notice) -> str:
    """The slot of the message with the button."""
    return f"notice:{notice.id}"


async def answered(work: UnitOfWork, chat: ChatKey, message_id: str) -> Notice | None:
    """The announcement that a message of a chat shows, or reminds of."""
    found = await work.outbox.slot_of(chat, message_id)
    kind, _, rest = (found or "").partition(":")
    if kind not in {"notice", "nudge"}:
        return None
    return await work.notices.get(NoticeId(int(rest.partition(":")[0])))


async def newest_in(work: UnitOfWork, chat: ChatKey, after: datetime) -> Notice | None:
    """The newest announcement that is up and stands in a chat, posted after a moment."""
    there = await work.notices.of_state("open", after=after)
    await work.outbox.prefetch_slots([(work.branch_id, slot(each)) for each in there])
    for each in there:
        letter = await work.outbox.in_slot(chat, slot(each))
        if letter is not None and (letter.sent_at is not None or letter.state in {"sending", "uncertain"}):
            return each
    return None


def parts(notice: Notice) -> list[Text]:
    """The messages of an announcement: one, or as many as a long one needs."""
    pieces = cut(notice.text, ROOM)
    return [_heading(notice, part, len(pieces)) + Text.plain(piece) for part, piece in enumerate(pieces, 1)]


def _heading(notice: Notice, part: int, count: int) -> Text:
    more = _CORRECTED if notice.corrected else Text("", "")
    if count > 1:
        more += _PART(part=part, parts=count)
    return _HEADING(number=notice.number, more=more)


async def open_question(work: UnitOfWork, notice: Notice) -> Notice:
    """The question under an announcement that goes up: every member may answer it once."""
    ask = Ask(KIND, Text("", ""), (RECEIVED,), notice.post_at + KEPT - work.now, {"notice": notice.number}, card=True)
    question = await asking.opened(work, None, ask)
    return work.notices.change(notice, question_id=question.id)


async def _messages(work: UnitOfWork, notice: Notice) -> dict[str, Outgoing]:
    """What the groups see, by slot, in order."""
    *before, last = parts(notice)
    count = await work.notices.count_readers(notice.id)
    foot = last + COUNT(count=count) if count else last
    ask = Ask(KIND, foot, (RECEIVED,))
    buttons = await asking.buttons(work, notice.question_id, ask) if notice.question_id else ()
    shown = {f"{slot(notice)}:{number}": Outgoing(each, announcement=True) for number, each in enumerate(before, 1)}
    return {**shown, slot(notice): Outgoing(foot, buttons, announcement=True)}


async def show(work: UnitOfWork, notice: Notice) -> None:
    """Post an announcement in every group of the branch; where it stands already, it is changed in place."""
    for where, outgoing in (await _messages(work, notice)).items():
        await posting.to_groups(work, outgoing, priority=Priority.NOTICE, slot=where, room=None, matter=Matter.NOTICE)


async def waits_in(work: UnitOfWork, here: ChatKey) -> Text:
    """What to add to “it is in the group” where groups elsewhere get it only once somebody names the bot there; else nothing.

    A rule and no forecast: what becomes of a letter shows only when it is sent.
    """
    found = [each for each in await destinations.groups(work, Matter.NOTICE) if each.key.platform in deployment.CALLED_FIRST]
    names = [destinations.title(each) for each in found if each.key != here]
    return WAITS(groups=Text.join(names, "、", ", ")) if names else Text("", "")


async def recount(work: UnitOfWork, notice: Notice) -> None:
    """Bring the number of readers up to date where the announcement stands."""
    foot = (await _messages(work, notice))[slot(notice)]
    groups = {group.key for group in await work.chats.of_branch()}
    for letter in await work.outbox.in_slots(slot(notice)):
        if letter.slot == slot(notice) and letter.chat in groups and letter.state != "failed":
            content = posting.only_edit(posting.over(letter, foot))
            await work.outbox.replace(letter, content, posting.may_change_at(work, letter, EDIT_GAP))
            if letter.message_id is not None and letter.chat.platform in deployment.FIXED:
                await _say_count(work, notice, letter.chat)


async def _say_count(work: UnitOfWork, notice: Notice, group: ChatKey) -> None:
    """Where nothing can be changed the number is said by itself, seldom (`bot.rules.tallies`), and on no day that has heard enough."""
    outgoing = Outgoing(SO_FAR(number=notice.number, count=await work.notices.count_readers(notice.id)), tally=True)
    where = f"{slot(notice)}:{_COUNT}"
    if await work.outbox.in_slot(group, where) is not None or await attention.has_room(work, group):
        await posting.to_chat(work, group, outgoing, priority=Priority.NOTICE, slot=where, gap=EDIT_GAP)


async def correct(work: UnitOfWork, old: Notice, new: Notice) -> None:
    """Show an announcement's new words: in place if they take as many messages as the old ones, else below, with a pointer."""
    if len(parts(old)) != len(parts(new)):
        await work.outbox.drop_unsent(slot(old))
        pointer = posting.only_edit(Outgoing(MOVED(number=old.number)))
        for letter in await work.outbox.in_slots(slot(old)):
            if not {"old", _COUNT} & {each.rstrip(digits) for each in (letter.slot or "").split(":")}:
                await work.outbox.replace(letter, pointer, work.now)
                await work.outbox.rename_slot(letter, f"{slot(old)}:old{letter.id}")
    await show(work, new)


async def withdraw(work: UnitOfWork, notice: Notice, where: str) -> None:
    """What was sent in a slot says that it is recalled, and has no button; what was not sent is dropped.

    Where that cannot be written over it, it is said below, and the message itself is deleted as long as the platform lets it be.
    """
    await work.outbox.drop_unsent(where)
    recalled = Outgoing(RECALLED(number=notice.number))
    for letter in await work.outbox.in_slots(where):
        group = letter.chat if letter.kind == ChatKind.GROUP else None
        if group is not None and letter.message_id and group.platform in deployment.TAKEN_BACK:
            await posting.remove(work, group, letter.message_id)
        content = posting.instead(letter, recalled) if letter.slot == slot(notice) else posting.only_edit(recalled)
        await work.outbox.replace(letter, content, work.now)

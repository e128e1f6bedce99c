"""What members think about what they learned (心得): for the curator, and in the group only where the author says so."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language.normalise import bare, is_blank
from bot.language.numerals import number
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.services import asking, posting, privacy, studies, trail
from bot.services.asking import Ask, Choice
from bot.services.destinations import Matter
from bot.services.people import person
from bot.texts import Text, pieces, too_long
from storage import tombstones
from storage.keys import ChatKey, MemberId
from storage.members import Member
from storage.reflections import Reflection
from storage.unit_of_work import UnitOfWork

SHARE, CARD, REPLY, DEED = "reflection_share", "reflection_card", "reflection_reply", "reflection_share"
KEPT = timedelta(days=365)
LIVES = timedelta(days=7)
SHOWN = timedelta(days=60)
A_DAY = 5
"""Reflections that one person hands in on a day at most."""
IN_GROUP = 3
"""Messages that a shared reflection takes in the group at most."""
NAMED, UNNAMED = "named", "unnamed"
EMPTY = Text(
    "把想说的写在后面就行，比如：心得 今天学了欠薪怎么办，以后先留证据。一条最长 1000 字，只给学习委员看。",
    "Write it after the word: “reflection Today I learned to keep evidence.” 1000 characters at most; only the curator reads it.",
)
ENOUGH = Text("今天交了 5 篇了，歇歇，明天再写。", "That is five for today; tomorrow is another day.")
ASKED = Text(
    "收到，谢谢。只给学习委员看，还是可以分享到群里？不选就只给学习委员看。",
    "Received, thank you. For the curator alone, or may it be shared in the group? Without an answer it stays with the curator.",
)
CHOICES = (
    Choice(Text("只给学习委员看", "curator only"), ("不分享", "只给委员", "不用", "不要", "private")),
    Choice(Text("分享，署名", "share, with my name"), ("分享", "署名分享", "可以分享")),
    Choice(Text("分享，不署名", "share, without my name"), ("不署名", "匿名分享", "匿名", "不署名分享")),
)
TOO_LONG = Text(
    "这篇长，群里放不下，先只给学习委员看。想分享，写一篇 400 字以内的。",
    "It is too long for the group and stays with the curator. To share, write one of at most 400 characters.",
)
NO_GROUP = Text("支部还没有绑定群，先只给学习委员看。", "The branch has no group yet, so it stays with the curator.")
SHARED_HEAD, SHARED_UNNAMED = Text("【学习心得】{who}：\n", "[Reflection] {who}:\n"), Text("一位同志", "a member")
TAKEN_BACK = Text("【学习心得】作者收回了这一条。", "[Reflection] The author took this one back.")
CARD_HEAD = Text("{who}交了一篇心得：\n", "{who} handed in a reflection:\n")
POINTER = Text("有同志交了心得，发“看心得”看。", "Somebody handed in a reflection; send “reflections” to read it.")
CARD_CHOICES = (Choice(Text("收下", "take it")), Choice(Text("回一句", "answer")))
DELETED = Text("这篇心得作者已经删了。", "Its author has deleted this reflection.")
WHAT_REPLY = Text("想回什么？直接写，我转给本人。", "What would you like to answer? Write it and I pass it on.")
CANCEL = (Choice(Text("取消", "cancel"), ("不回了", "算了")),)
REPLIED = Text("支部回您的心得：\n", "The branch answers your reflection:\n")
NONE = Text("没有您的心得。", "There is no reflection of yours.")
WHICH = Text("您有 {count} 篇，请带上编号，比如“删除心得 {number}”。", "You have {count}; please name one: “delete reflection {number}”.")
_LINE = Text("第 {number} 篇 {day}（{shared}）：", "{number}, {day} ({shared}): ")
_HOW = {
    "": Text("只给学习委员看", "curator only"),
    NAMED: Text("署名分享过", "shared with your name"),
    UNNAMED: Text("不署名分享过", "shared without your name"),
}
_OPEN_LINE = Text("{who} {day}：", "{who}, {day}: ")


def _slot(which: int) -> str:
    return f"reflection:{which}"


def _card_slot(which: int) -> str:
    return f"reflection-card:{which}"


async def submit(work: UnitOfWork, actor: Actor, words: str) -> Ask:
    """Keep a reflection, show it to the curators, and ask its author whether the group may see it. Raises `UserError`."""
    member_id = studies.reader(work, actor)
    if is_blank(words):
        raise UserError(EMPTY)
    today = beijing_day(work.now)
    if sum(beijing_day(each.at) == today for each in await work.reflections.of(member_id)) >= A_DAY:
        raise UserError(ENOUGH)
    made = await work.reflections.add(member_id, words.strip())
    author = await work.members.get(member_id)
    if author is not None:
        await _show(work, author, made)
    return Ask(SHARE, ASKED, CHOICES, LIVES, {"reflection": made.id}, columns=1)


async def _show(work: UnitOfWork, author: Member, made: Reflection) -> None:
    """A card for every curator but the author; for the secretaries where there is none."""
    readers = [each for each in await work.members.holding(Role.CURATOR.value) if each.id != author.id]
    readers = readers or [each for each in await work.members.holding(Role.SECRETARY.value) if each.id != author.id]
    accounts = await posting.reached_of_branch(work)
    for reader in readers:
        account = accounts.get(reader.id)
        if account is None:  # it waits until they write: then without the words, which may be deleted meanwhile
            await posting.to_member(work, reader.id, Outgoing(POINTER), priority=Priority.NOTICE)
            continue
        who = await privacy.named(work, account.key.platform, author)
        parts = _parts(CARD_HEAD(who=who) + Text.plain(made.text))
        ask = Ask(CARD, parts[-1], CARD_CHOICES, KEPT, {"reflection": made.id}, card=True)
        messages = [*map(Outgoing, parts[:-1]), await asking.prepare(work, reader.id, ask)]
        for part, message in enumerate(messages):
            slot = f"{_card_slot(made.id)}:{part}"
            await posting.to_member(work, reader.id, message, priority=Priority.NOTICE, slot=slot, account=account)


def _parts(text: Text) -> list[Text]:
    return pieces(text) if too_long(text) else [text]


async def share(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int) -> bool | Text:
    """Do what the author chose: whether it is in the group now, or why it cannot be."""
    member_id = studies.reader(work, actor)
    known = await work.reflections.get(data["reflection"])
    author = await work.members.get(member_id)
    if known is None or author is None or known.member_id != member_id:
        raise UserError(NONE)
    if choice == 0:
        return False
    how = NAMED if choice == 1 else UNNAMED
    parts, unnamed = (_parts(SHARED_HEAD(who=who) + Text.plain(known.text)) for who in (person(author), SHARED_UNNAMED))
    if max(len(parts), len(unnamed)) > IN_GROUP:
        return TOO_LONG
    if not await work.chats.of_branch():
        return NO_GROUP
    open_to, closed = await privacy.groups(work, member_id)
    await _post(work, known, parts if how == NAMED else unnamed, open_to)
    await _post(work, known, unnamed, closed)
    work.reflections.change(known, shared=how)
    work.deeds.add(member_id, DEED, {"member": member_id, "reflection": known.id})
    return True


async def _post(work: UnitOfWork, known: Reflection, parts: Sequence[Text], among: Collection[ChatKey]) -> None:
    for place, part in enumerate(parts):
        where, matter = f"{_slot(known.id)}:{place}", Matter.LESSON
        await posting.to_groups(work, Outgoing(part), priority=Priority.NOTICE, slot=where, matter=matter, among=among)


async def undo_share(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take it back from the group; the curator keeps it."""
    member_id = studies.reader(work, actor)
    known = await work.reflections.get(data["reflection"])
    if known is None or known.member_id != member_id:
        raise UserError(NONE)
    await _take_back(work, work.reflections.change(known, shared=""))


async def _take_back(work: UnitOfWork, known: Reflection) -> None:
    await work.outbox.drop_unsent(_slot(known.id))
    await posting.change_in_groups(work, Outgoing(TAKEN_BACK), slot=_slot(known.id), gap=timedelta(0))


async def _card(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Reflection:
    require(actor, Permission.CURATE, Subject(work.branch_id))
    known = await work.reflections.get(data["reflection"])
    if known is None:
        raise UserError(DELETED)
    return known


async def take(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Note that a curator has a reflection. Raises `UserError` where its author deleted it."""
    work.reflections.change(await _card(work, actor, data), noted=True)


async def reply(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], words: str) -> None:
    """Pass a curator's answer on to the author. Raises `UserError` where the reflection is deleted."""
    known = await _card(work, actor, data)
    work.reflections.change(known, noted=True)
    for part in _parts(REPLIED + Text.plain(words)):
        await posting.to_member(work, known.member_id, Outgoing(part), priority=Priority.NOTICE)


async def waiting(work: UnitOfWork, actor: Actor, platform: str) -> list[Text]:
    """The reflections that no curator has taken yet, as may be shown on a platform."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    listed = [each for each in await work.reflections.since(work.now - SHOWN) if not each.noted and each.member_id != actor.member]
    authors = {each.id: each for each in await work.members.present()}
    named = {each.id for each in (await privacy.shown(work, platform, list(authors.values())))[0]}
    await trail.saw(work, actor, [each.member_id for each in listed if each.member_id in named], trail.Kind.STUDY)
    return [
        _OPEN_LINE(who=_who(authors.get(each.member_id), named), day=beijing_day(each.at).isoformat()) + Text.plain(each.text)
        for each in listed
    ]


def _who(author: Member | None, named: set[MemberId]) -> Text:
    return person(author) if author is not None and author.id in named else SHARED_UNNAMED


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """The reflections of who asks, the newest first."""
    listed = await work.reflections.of(studies.reader(work, actor))
    return [
        _LINE(number=each.number, day=beijing_day(each.at).isoformat(), shared=_HOW[each.shared]) + Text.plain(each.text) for each in listed
    ]


async def delete(work: UnitOfWork, actor: Actor, words: str) -> int:
    """Delete a reflection of who asks, wherever it is shown; answers its number. Raises `UserError`."""
    listed = await work.reflections.of(studies.reader(work, actor))
    if not listed:
        raise UserError(NONE)
    meant = _meant(listed, words)
    if meant is None:
        raise UserError(WHICH(count=len(listed), number=listed[0].number))
    await _delete(work, meant)
    return meant.number


async def delete_all(work: UnitOfWork, actor: Actor) -> None:
    """Delete every reflection of who asks, wherever it is shown: there are never many."""
    for each in await work.reflections.of(studies.reader(work, actor)):
        await _delete(work, each)


async def _delete(work: UnitOfWork, meant: Reflection) -> None:
    if meant.shared:
        await _take_back(work, meant)
    await work.outbox.drop_unsent(_card_slot(meant.id))
    for letter in await work.outbox.in_slots(_card_slot(meant.id)):
        await work.outbox.replace(letter, posting.pack(Outgoing(DELETED)), letter.not_before)
    await work.deeds.forget_about(meant.member_id, DEED)
    work.reflections.remove(meant)
    work.tombstones.add([meant.member_id], tombstones.REFLECTION, meant.at)


def _meant(listed: Sequence[Reflection], words: str) -> Reflection | None:
    if is_blank(words):
        return listed[0] if len(listed) == 1 else None
    said = number(bare(words).removeprefix("第").removesuffix("篇"))
    return next((each for each in listed if each.number == said), None)


async def forget_old(work: UnitOfWork, actor: Actor) -> None:
    """Drop what is older than a year."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    await work.reflections.forget_before(work.now - KEPT)

"""Putting messages into the outbox: to a chat, to the branch's groups, to a person wherever they are reached.

A message to a person goes to the private chat they used last. Somebody who cannot be reached yet gets it as soon as they write.
The first private message introduces the bot; on a platform abroad what concerns a person waits for their consent (RULES.md §7:
PIPL art. 17, 38-39).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.clock import beijing_day, zone
from bot.messages import Admission, Button, ChatKind, Drawing, File, Outgoing, Priority, ReplyTo
from bot.rules import quiet_hours
from bot.rules.attention import HELD_FROM
from bot.services import attention, consents, deployment, destinations, privacy
from bot.services.destinations import Matter
from bot.services.people import person
from bot.texts import Language, Text, pieces, too_long
from storage.accounts import Account
from storage.chats import Group
from storage.keys import ChatKey, MemberId
from storage.members import Member
from storage.outbox import ONCE, Letter
from storage.unit_of_work import UnitOfWork

INTRODUCTION = Text(
    "您好，我是{branch}的机器人，帮支部和在外的同志联系，归{secretary}管{operator}。只记：名册、报平安（留90天）、您同意后的城市、读过的公告、党费、"
    "学过的课、您自己说的求助和认捐；离开支部30天后删。不记收入和行踪。发“隐私”看全部，“我的”能看，“导出”能拿走。",
    "Hello, I am the bot of {branch}, which keeps in touch with members far away; {secretary} is responsible{operator}. I keep: your entry "
    "in the register, check-ins (90 days), your city if you agree, notices read, dues, lessons, what you ask or pledge yourself; all is "
    "erased 30 days after you leave. No income, no trail. “privacy” tells all, “me” shows it, “export” hands it over.",
)
CLOSED = Text(
    "您没有同意经 Telegram 收与您有关的消息，所以这里不回答，您做的事照样算数。改主意就发“同意”，或请书记给您网页入口。",
    "You did not agree to be answered through Telegram, so there is no answer here; what you did counts all the same. "
    "Send “agree” if you change your mind, or ask the secretary for the web page.",
)
NO_PICTURE = Text("（省流量，图没有发）", " (saving data: the picture is left out)")
FIRST_GAP = timedelta(seconds=3)
"""How soon after it was sent a message may change for the first time."""
FOR_THE_MORNING = Text("夜里不打扰，早上七点发到群里。", " The group sleeps; it is posted at seven in the morning.")
FOR_ANOTHER_DAY = Text(
    "群里今天说得够多了，{month}月{day}日早上七点发。",
    " The group has heard enough today; it is posted on {day}/{month} at seven in the morning.",
)
INTRODUCING = "introduction"
"""The matter of the first private message."""
_OPERATOR = Text("，程序由{operator}运行", ", {operator} runs the program")


def pack(outgoing: Outgoing) -> dict[str, Any]:
    """A message as plain data, without its picture and file contents."""
    packed: dict[str, Any] = {"zh": outgoing.text.zh, "en": outgoing.text.en}
    if outgoing.buttons:
        packed["buttons"] = [[[button.label.zh, button.label.en, button.data] for button in row] for row in outgoing.buttons]
    if outgoing.reply_to:
        packed["reply_to"] = outgoing.reply_to.message_id
    if outgoing.reaction:
        packed["reaction"] = outgoing.reaction
    if outgoing.remove:
        packed["remove"] = outgoing.remove
    if outgoing.admission:
        packed["admission"] = [outgoing.admission.request, outgoing.admission.accept]
    if outgoing.announcement:
        packed["announcement"] = True
    if outgoing.tally:
        packed["tally"] = True
    if outgoing.file:
        packed["file"] = [outgoing.file.name, outgoing.file.kind]
    if outgoing.drawing:
        packed["drawing"] = [outgoing.drawing.kind, dict(outgoing.drawing.data)]
    return packed


def unpack(content: Mapping[str, Any], picture: bytes | None = None, file: bytes | None = None) -> Outgoing:
    """The message of a letter."""
    name, kind = content.get("file", ("", ""))
    return Outgoing(
        text=Text(content["zh"], content["en"]),
        buttons=tuple(tuple(Button(Text(zh, en), data) for zh, en, data in row) for row in content.get("buttons", ())),
        picture=picture,
        file=File(name, file, kind) if file is not None else None,
        reply_to=ReplyTo(content["reply_to"]) if "reply_to" in content else None,
        reaction=content.get("reaction"),
        drawing=Drawing(*content["drawing"]) if "drawing" in content else None,
        remove=content.get("remove"),
        admission=Admission(*content["admission"]) if "admission" in content else None,
        announcement=content.get("announcement", False),
    )


async def to_chat(
    work: UnitOfWork,
    chat: ChatKey,
    outgoing: Outgoing,
    *,
    kind: ChatKind = ChatKind.GROUP,
    priority: Priority = Priority.ANSWER,
    slot: str | None = None,
    gap: timedelta = timedelta(0),
    room: int | None = None,
    good_for: timedelta | None = None,
) -> None:
    """Say something in a chat. With a `slot`, an unsent message of it is overwritten and a sent one edited, at most once per `gap`.

    `room`: what nobody asked for waits for a day on which fewer than so many messages take the group's attention; None: it waits for
    nothing. What could not be sent while it is `good_for` anything is not sent any more.
    """
    if slot is not None and (letter := await work.outbox.in_slot(chat, slot)) is not None:
        await work.outbox.replace(letter, pack(over(letter, outgoing)), may_change_at(work, letter, gap))
        return
    language = await deployment.language(work)
    not_before = work.now if room is None or priority < Priority.NOTICE else await attention.group_moment(work, chat, outgoing, slot, room)
    when = {"not_before": not_before, "day": _day(not_before, priority), "good_until": _until(not_before, good_for)}
    await _add(work, chat, outgoing, kind=kind, priority=priority, slot=slot, language=language, **when)


def over(letter: Letter, outgoing: Outgoing) -> Outgoing:
    """A message in place of another: what was announced already is not announced by its change."""
    return replace(outgoing, announcement=False) if letter.message_id is not None else outgoing


def only_edit(outgoing: Outgoing) -> dict[str, Any]:
    """What changes a message, and is not said anew where somebody has deleted that, or where nothing can be changed."""
    return {**pack(outgoing), "only_edit": True}


def instead(letter: Letter, outgoing: Outgoing) -> dict[str, Any]:
    """What is shown from now on in place of a message; where nothing can be changed it is said once more, since it must be known."""
    fixed = letter.chat is not None and letter.chat.platform in deployment.FIXED
    return pack(outgoing) if fixed else only_edit(outgoing)


def _until(at: datetime, good_for: timedelta | None) -> datetime | None:
    return at + good_for if good_for is not None else None


def _day(at: datetime, priority: Priority) -> date | None:
    """The day on which a message takes somebody's attention; None for what was asked for and what cannot wait."""
    return beijing_day(at) if priority >= Priority.NOTICE else None


def may_change_at(work: UnitOfWork, letter: Letter, gap: timedelta) -> datetime:
    """When a message may change again: soon while it is new, so that a burst is seen to be counted, later at most once per `gap`."""
    if letter.sent_at is None:
        return letter.not_before
    pause = min(gap, max(FIRST_GAP, letter.sent_at - letter.created_at))
    return max(work.now, letter.sent_at + pause)


async def to_groups(
    work: UnitOfWork,
    outgoing: Outgoing,
    *,
    priority: Priority,
    slot: str | None = None,
    gap: timedelta = timedelta(0),
    room: int | None = HELD_FROM,
    good_for: timedelta | None = None,
    matter: Matter | None = None,
    heard_in: ChatKey | None = None,
    among: Collection[ChatKey] | None = None,
) -> int:
    """Say something in every group of the branch that gets such a `matter`; answers how many there are.

    It is also said in the group that it answers (`heard_in`), and where it stands already it is kept right. `among`: in no other groups
    than these, since it is about somebody (`privacy.groups`).
    What nobody asked for waits for the morning, as for a person, and for a day that has `room` for it (see `bot.rules.attention`);
    with None it is posted at once, on purpose. Edits do not wait.
    """
    groups = await _getting(work, matter, slot, heard_in)
    groups = [each for each in groups if among is None or each.key in among]
    for group in groups:
        await to_chat(work, group.key, outgoing, priority=priority, slot=slot, gap=gap, room=room, good_for=good_for)
    return len(groups)


async def _getting(work: UnitOfWork, matter: Matter | None, slot: str | None, heard_in: ChatKey | None) -> list[Group]:
    """The groups that get a kind of matter, those that a slot stands in, and the one that is answered."""
    named = await destinations.groups(work, matter)
    every = await work.chats.of_branch()
    if len(named) == len(every):
        return named
    stands = {each.chat for each in await work.outbox.in_slots(slot) if each.slot == slot} if slot is not None else set()
    return [each for each in every if each in named or each.key in stands or each.key == heard_in]


async def to_groups_with_room(
    work: UnitOfWork,
    outgoing: Outgoing,
    *,
    priority: Priority,
    slot: str,
    gap: timedelta,
    matter: Matter | None = None,
    good_for: timedelta | None = None,
) -> None:
    """Say in every group what is worth no waiting: where it stands already it is changed, where there is no room today it is not said."""
    for group in await _getting(work, matter, slot, None):
        if await work.outbox.in_slot(group.key, slot) is not None or await attention.has_room(work, group.key):
            await to_chat(work, group.key, outgoing, priority=priority, slot=slot, gap=gap, room=HELD_FROM, good_for=good_for)


async def until_posted(work: UnitOfWork) -> Text:
    """What to add to “it is in the group” where what this transaction posted waits; nothing where it does not."""
    moment = await attention.waits_until(work)
    if moment is None:
        return Text("", "")
    if moment == attention.morning(work):
        return FOR_THE_MORNING
    return FOR_ANOTHER_DAY(month=beijing_day(moment).month, day=beijing_day(moment).day)


async def change_in_groups(work: UnitOfWork, outgoing: Outgoing, *, slot: str, gap: timedelta) -> None:
    """Change the message of a slot in the groups that have it; says nothing where there is none."""
    groups = {group.key for group in await work.chats.of_branch()}
    for letter in await work.outbox.in_slots(slot):
        if letter.chat in groups:
            await work.outbox.replace(letter, pack(outgoing), may_change_at(work, letter, gap))


async def to_member(
    work: UnitOfWork,
    member_id: MemberId,
    outgoing: Outgoing,
    *,
    priority: Priority = Priority.ANSWER,
    slot: str | None = None,
    account: Account | None = None,
    good_for: timedelta | None = None,
) -> bool:
    """Say something to a person in private, through `account` or the one used last; False if it has to wait for them to write."""
    until = _until(work.now, good_for)
    member = await work.members.get(member_id)
    if member is None or member.removed_at is not None:
        return False
    if account is None:
        account = await reached(work, member_id)
    if text_only(member):
        outgoing = _without_picture(outgoing)
    language = await deployment.language(work, member)
    if account is None or account.chat is None:
        once = slot if slot is not None and slot.startswith(ONCE) else None
        waiting = {"member_id": member_id, "good_until": until}
        await _add(work, None, outgoing, kind=ChatKind.PRIVATE, priority=priority, slot=once, language=language, **waiting)
        return False
    await introduce(work, member, account, priority)
    if await consents.abroad_is_refused(work, member_id, account.key.platform):
        if priority < Priority.NOTICE:
            await _say_closed(work, account.chat, member_id, language)
        return True
    if slot is not None and (letter := await work.outbox.in_slot(account.chat, slot)) is not None:
        await work.outbox.replace(letter, pack(outgoing), _allowed(work, member, priority))
        return True
    await _add(
        work,
        account.chat,
        outgoing,
        kind=ChatKind.PRIVATE,
        priority=priority,
        slot=slot,
        member_id=member_id,
        language=language,
        state=await _state(work, member, account, priority),
        not_before=_allowed(work, member, priority),
        good_until=_until(_allowed(work, member, priority), good_for),
        day=_day(_allowed(work, member, priority), priority),
    )
    return True


async def remove(work: UnitOfWork, chat: ChatKey, message_id: str, asked_by: MemberId | None = None) -> None:
    """Have a message of a group deleted. Where the platform refuses, the member who asked for it hears how to do it (`deliveries`)."""
    outgoing = Outgoing(Text("", ""), remove=message_id)
    language = await deployment.language(work)
    await _add(work, chat, outgoing, kind=ChatKind.GROUP, priority=Priority.EMERGENCY, slot=None, member_id=asked_by, language=language)


async def admit(work: UnitOfWork, group: ChatKey, request: str, *, accept: bool, decided_by: MemberId | None = None) -> None:
    """Answer somebody who asked to join a group. Where the platform does not take it, who decided hears what to do (`deliveries`)."""
    outgoing = Outgoing(Text("", ""), admission=Admission(request, accept))
    language = await deployment.language(work)
    kind, priority = ChatKind.GROUP, Priority.ANSWER
    await _add(work, group, outgoing, kind=kind, priority=priority, slot=None, member_id=decided_by, language=language)


async def alarm(work: UnitOfWork, account: Account, outgoing: Outgoing, *, slot: str | None = None) -> None:
    """Say at once, through this very account, what cannot wait for quiet hours, digest, introduction or a consent.

    A life is at stake (PIPL art. 13 no. 4); even so the caller names nobody on a platform where they may not be named.
    What becomes of the letter can be looked up by its `slot`.
    """
    member = await work.members.get(account.member_id)
    if account.chat is None or member is None or member.removed_at is not None:
        return
    if slot is not None and (letter := await work.outbox.in_slot(account.chat, slot)) is not None:  # it waits, or did not arrive
        await work.outbox.replace(letter, pack(outgoing), work.now)
        return
    language = await deployment.language(work, member)
    await _add(
        work,
        account.chat,
        outgoing,
        kind=ChatKind.PRIVATE,
        priority=Priority.EMERGENCY,
        language=language,
        slot=slot,
        member_id=member.id,
        state="waiting",
    )


async def reached(work: UnitOfWork, member_id: MemberId) -> Account | None:
    """The account that was used last among those where what concerns the person may be sent; else the last of all."""
    return await _best(work, [each for each in await work.accounts.of(member_id) if each.private_chat])


async def reached_of_branch(work: UnitOfWork) -> dict[MemberId, Account]:
    """The same for everybody of the branch who can be reached, by a few statements for all."""
    accounts: dict[MemberId, list[Account]] = {}
    for each in await work.accounts.of_branch():
        if each.private_chat:
            accounts.setdefault(each.member_id, []).append(each)
    await consents.prefetch_abroad(work, accounts)
    return {member: best for member, theirs in accounts.items() if (best := await _best(work, theirs)) is not None}


async def read_on(work: UnitOfWork, member_id: MemberId) -> str:
    """The platform on which a letter to a member would be read. One that has to wait may go out anywhere: then the strictest counts."""
    return platform_of(await reached(work, member_id))


def platform_of(account: Account | None) -> str:
    """The same where the account is known already (see `reached_of_branch`)."""
    return account.key.platform if account is not None else min(deployment.ABROAD)


async def _best(work: UnitOfWork, accounts: Sequence[Account]) -> Account | None:
    """Where somebody has not said yet whether a platform abroad will do, another that rings is as good as the answer."""
    for each in accounts:
        if await consents.abroad_is_open(work, each.member_id, each.key.platform):
            ringing = (other for other in accounts if not {other.key.platform} & (deployment.ABROAD | deployment.SILENT))
            return next(ringing, each)
        if not await consents.abroad_is_refused(work, each.member_id, each.key.platform):
            return each
    return accounts[0] if accounts else None


async def _say_closed(work: UnitOfWork, chat: ChatKey, member_id: MemberId, language: Language) -> None:
    """To somebody who wants nothing about themselves sent here: why there is no answer, at most once a day."""
    slot = f"closed:{work.now:%Y-%m-%d}"
    if await work.outbox.in_slot(chat, slot) is None:
        await _add(
            work,
            chat,
            Outgoing(CLOSED),
            kind=ChatKind.PRIVATE,
            priority=Priority.ANSWER,
            slot=slot,
            member_id=member_id,
            language=language,
        )


async def to_role(
    work: UnitOfWork,
    role: str,
    outgoing: Outgoing,
    *,
    priority: Priority,
    slot: str | None = None,
    but: Collection[MemberId | None] = (),
) -> None:
    """Say something in private to everybody who holds a role, but to some."""
    holders, accounts = await work.members.holding(role), await reached_of_branch(work)
    for member in holders:
        if member.id not in but:
            await to_member(work, member.id, outgoing, priority=priority, slot=slot, account=accounts.get(member.id))


async def introduce(work: UnitOfWork, member: Member, account: Account, cause: Priority = Priority.ANSWER) -> None:
    """Before the first private message: who runs this, what is kept, how to see and delete it. Unasked, it waits like its cause."""
    # The caller's record may be older than what this transaction has done.
    account = await work.accounts.get(account.key) or account
    if account.introduced_at is not None or account.chat is None:
        return
    await work.accounts.change(account.key, introduced_at=work.now)
    branch = await work.branches.get(work.branch_id)
    named, _ = await privacy.shown(work, account.key.platform, await work.members.holding("secretary"))
    secretaries = Text.join([person(each) for each in named], "、", ", ")
    operator = await work.settings.get("operator")
    text = INTRODUCTION(
        branch=Text(branch.name, branch.latin or branch.name),
        secretary=Text("书记", "the secretary ") + secretaries if named else Text("支部书记", "its secretary"),
        operator=_OPERATOR(operator=operator) if operator else Text("", ""),
    )
    language = await deployment.language(work, member)
    greetings = [Outgoing(part) for part in ([text] if not too_long(text) else pieces(text))]
    if await consents.abroad_is_open(work, member.id, account.key.platform):
        greetings.append(await consents.ask_abroad(work, member.id))
    for greeting in greetings:
        # The most urgent, so that it goes before what had waited for the person.
        await _add(
            work,
            account.chat,
            greeting,
            kind=ChatKind.PRIVATE,
            priority=Priority.EMERGENCY,
            member_id=member.id,
            language=language,
            not_before=_allowed(work, member, cause),
            day=_day(_allowed(work, member, cause), cause),
            matter=INTRODUCING,
        )


async def forward_waiting(work: UnitOfWork, member: Member, account: Account) -> None:
    """Send what waited for a person to the private chat they have opened now."""
    if account.chat is not None:
        await work.outbox.address(member.id, account.chat, await _state(work, member, account, Priority.ANSWER))
        await hold_if_away(work, member)


async def hold_if_away(work: UnitOfWork, member: Member) -> None:
    """Somebody without a signal gets nothing unasked, wherever it had been waiting until now."""
    if member.away_since is not None:
        await work.outbox.set_aside(member.id, int(Priority.NOTICE))


def text_only(member: Member) -> bool:
    """Whether somebody wants short texts and no pictures: at sea, or saving data."""
    return member.text_only or member.away_since is not None


def _without_picture(outgoing: Outgoing) -> Outgoing:
    drawn = outgoing.drawing is not None and outgoing.drawing.is_picture
    if outgoing.picture is None and not drawn:
        return outgoing
    said = outgoing.text + NO_PICTURE if outgoing.text else NO_PICTURE
    return replace(outgoing, picture=None, drawing=None if drawn else outgoing.drawing, text=outgoing.text if too_long(said) else said)


async def _state(work: UnitOfWork, member: Member, account: Account, priority: Priority) -> str:
    if not await consents.may_go_abroad(work, member.id, account.key.platform):
        return "held"
    if member.away_since is not None and priority >= Priority.NOTICE:
        return "away"
    if member.digest and priority >= Priority.REMINDER:
        return "digest"
    return "digest" if await attention.is_spared(work, member, priority) else "waiting"


def _allowed(work: UnitOfWork, member: Member, priority: Priority) -> datetime:
    if priority < Priority.NOTICE:
        return work.now
    start, end = quiet_of(member)
    return quiet_hours.next_allowed(work.now, start, end, zone(member.zone))


def quiet_of(member: Member) -> tuple[int, int]:
    """A member's quiet hours, in their own zone: what they chose, or the usual ones."""
    start, end = quiet_hours.DEFAULT
    return start if member.quiet_from is None else member.quiet_from, end if member.quiet_to is None else member.quiet_to


async def _add(
    work: UnitOfWork, chat: ChatKey | None, outgoing: Outgoing, *, kind: ChatKind, priority: Priority, language: Language, **values: Any
) -> None:
    harmless = outgoing.tally or outgoing.repeatable or outgoing.reaction is not None or outgoing.remove is not None
    work.outbox.add(
        chat,
        once=not harmless and (priority >= Priority.NOTICE or work.about_money),
        content=pack(outgoing),
        picture=outgoing.picture,
        file=outgoing.file.content if outgoing.file else None,
        kind=kind.value,
        priority=int(priority),
        language=language.value,
        **values,
    )

"""What goes into the outbox: in which words, when, and to whom."""

from typing import Any

import pytest

from bot.clock import BEIJING
from bot.messages import Button, ChatKind, File, Outgoing, Priority, ReplyTo
from bot.platforms.base import Unreachable
from bot.services import accounts, posting
from bot.texts import Text
from storage.accounts import Account
from storage.keys import AccountKey
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

WORDS = Outgoing(Text("记得看书。", "Remember the book."))


@pytest.mark.parametrize(
    "message",
    [
        WORDS,
        Outgoing(Text("一", "one"), buttons=((Button(Text("好", "ok"), "q.1.0.x"), Button(Text("不", "no"), "q.1.1.x")),)),
        Outgoing(Text("一", "one"), picture=b"png", reply_to=ReplyTo("7")),
        Outgoing(Text("一", "one"), file=File("a.json", b"{}", "application/json")),
        Outgoing(Text("", ""), reaction="👌", reply_to=ReplyTo("7")),
    ],
)
def test_a_message_comes_back_from_its_letter_as_it_was(message: Outgoing) -> None:
    file = message.file.content if message.file else None
    assert posting.unpack(posting.pack(message), message.picture, file) == message


async def _to(chat: Dialogue, person: str, message: Outgoing = WORDS, **values: Any) -> bool:
    return bool(await chat.in_branch(posting.to_member, chat.members[person], message, **values))


async def _is(chat: Dialogue, hour: int) -> None:
    """Move on to the next time that it is this hour in Beijing."""
    await chat.pass_time(hours=(hour - chat.now.astimezone(BEIJING).hour) % 24)


async def test_a_reminder_in_quiet_hours_waits_for_the_morning(chat: Dialogue) -> None:
    await chat.private("李小山", "安静 22-7")
    await _is(chat, 23)
    await _to(chat, "李小山", priority=Priority.REMINDER)
    assert chat.to("李小山", await chat.pass_time(hours=7, minutes=59)) == []
    assert chat.to("李小山", await chat.pass_time(minutes=1)) == ["记得看书。"]


async def test_what_nobody_asked_for_waits_for_the_morning_in_groups_too(chat: Dialogue) -> None:
    await _is(chat, 2)
    await chat.in_branch(posting.to_groups, WORDS, priority=Priority.NOTICE)
    assert chat.in_group(await chat.pass_time(hours=4, minutes=59)) == []
    assert chat.in_group(await chat.pass_time(minutes=1)) == ["记得看书。"]


async def test_a_group_hears_at_night_what_is_posted_then_on_purpose(chat: Dialogue) -> None:
    await _is(chat, 2)
    await chat.in_branch(posting.to_groups, WORDS, priority=Priority.NOTICE, room=None)
    assert chat.in_group(await chat.pass_time(seconds=1)) == ["记得看书。"]


async def test_outside_quiet_hours_it_comes_at_once(chat: Dialogue) -> None:
    await chat.private("李小山", "安静 12-14")
    await _is(chat, 23)
    await _to(chat, "李小山", priority=Priority.REMINDER)
    assert chat.to("李小山", await chat.pass_time(seconds=1)) == ["记得看书。"]


async def test_quiet_hours_are_those_of_the_persons_own_zone(chat: Dialogue) -> None:
    await chat.private("李小山", "安静 22-7")
    await chat.private("李小山", "时区 巴黎")
    await _is(chat, 9)  # two in the morning in Paris
    await _to(chat, "李小山", priority=Priority.REMINDER)
    assert chat.to("李小山", await chat.pass_time(hours=4, minutes=59)) == []
    seen = await chat.pass_time(minutes=1)  # seven in Paris, where it is not yet summer time
    assert chat.to("李小山", seen) == ["记得看书。"]


async def test_an_emergency_and_an_answer_do_not_wait(chat: Dialogue) -> None:
    await _is(chat, 2)
    await _to(chat, "李小山", priority=Priority.EMERGENCY)
    assert chat.to("李小山", await chat.pass_time(seconds=1)) == ["记得看书。"]
    assert chat.to("李小山", await chat.private("李小山", "签到")) == ["收到，一路平安。想撤回，十分钟内发“撤销”。"]


async def test_somebody_who_cannot_be_reached_gets_it_when_they_write(chat: Dialogue) -> None:
    key = AccountKey("browser", "web", "李小山")
    await chat.in_branch(accounts.blocked, key)
    assert not await _to(chat, "李小山", priority=Priority.NOTICE)
    assert await chat.pass_time(minutes=1) == []
    assert "记得看书。" in "".join(chat.to("李小山", await chat.private("李小山", "签到")))


async def test_the_first_private_message_introduces_the_bot_once(chat: Dialogue) -> None:
    key = AccountKey("browser", "web", "李小山")
    await chat.in_branch(lambda work: work.accounts.change(key, introduced_at=None))
    first = chat.to("李小山", [*await chat.private("李小山", "签到"), *await chat.pass_time(seconds=2)])
    assert "我是红旗村支部的机器人，帮支部和在外的同志联系，归书记王秀英管" in first[0]
    assert len(first[0].split("\n\n")[0]) <= 200
    later = chat.to("李小山", await chat.private("李小山", "帮助 签到"))
    assert "我是红旗村支部的机器人" not in "".join(later)


async def test_with_an_operator_it_names_who_runs_the_program(chat: Dialogue) -> None:
    async def set_up(work: UnitOfWork) -> None:
        work.settings.put("operator", "红旗村")
        await work.accounts.change(AccountKey("browser", "web", "李小山"), introduced_at=None)

    await chat.in_branch(set_up)
    assert "程序由红旗村运行" in chat.to("李小山", await chat.private("李小山", "签到"))[0]


async def test_nothing_goes_to_somebody_who_left(chat: Dialogue) -> None:
    await chat.in_branch(lambda work: work.members.change(chat.members["李小山"], removed_at=work.now))
    assert not await _to(chat, "李小山", priority=Priority.NOTICE)
    assert await chat.pass_time(minutes=1) == []


async def test_a_slot_has_one_message_that_changes(chat: Dialogue) -> None:
    await _to(chat, "李小山", Outgoing(Text("一", "one")), priority=Priority.NOTICE, slot="card")
    await _to(chat, "李小山", Outgoing(Text("二", "two")), priority=Priority.NOTICE, slot="card")
    seen = await chat.pass_time(seconds=1)
    assert [(each.text, each.edited) for each in seen] == [("二", False)]
    await _to(chat, "李小山", Outgoing(Text("三", "three")), priority=Priority.NOTICE, slot="card")
    assert [(each.text, each.edited) for each in await chat.pass_time(seconds=1)] == [("三", True)]


async def test_what_waits_for_a_digest_is_changed_there_and_not_sent_alone(chat: Dialogue) -> None:
    await chat.private("李小山", "少发点")
    await chat.pass_time(seconds=1)
    for words in ("一", "二"):
        await _to(chat, "李小山", Outgoing(Text(words, words)), priority=Priority.REMINDER, slot="card")
    assert await chat.pass_time(minutes=1) == []
    assert "二" in chat.to("李小山", await chat.private("李小山", "正常发"))


async def test_on_a_platform_abroad_what_concerns_a_person_waits_for_their_consent(chat: Dialogue) -> None:
    async def states(work: UnitOfWork) -> list[str]:
        member = chat.members["李小山"]
        work.accounts.bind(AccountKey("telegram", "main", "9"), member, "9")
        account = await work.accounts.get(AccountKey("telegram", "main", "9"))
        assert isinstance(account, Account)
        await posting.to_member(work, member, WORDS, account=account)
        held = len(await work.outbox.kept_back("held"))
        work.consents.put(member, "abroad", given=True)
        await posting.to_member(work, member, WORDS, account=account)
        return [str(held), str(len(await work.outbox.kept_back("held")))]

    assert await chat.in_branch(states) == ["1", "1"]


async def test_a_picture_is_never_swallowed_by_its_neighbour(chat: Dialogue) -> None:
    await _to(chat, "李小山", Outgoing(Text("一", "one")))
    await _to(chat, "李小山", Outgoing(Text("二", "two"), picture=b"\x89PNG"))
    seen = await chat.pass_time(seconds=3)
    assert [(each.text, each.raw["picture"] is not None) for each in seen] == [("一", False), ("二", True)]


async def test_a_message_to_the_groups_reaches_each_once(chat: Dialogue) -> None:
    count = await chat.in_branch(posting.to_groups, WORDS, priority=Priority.NOTICE)
    assert count == 1
    assert chat.in_group(await chat.pass_time(seconds=1)) == ["记得看书。"]


async def test_the_platforms_refusal_of_a_blocked_person_makes_it_wait(chat: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    assert chat.app.browser
    send = chat.app.browser.send

    async def blocked(parcel: Any) -> str:
        if parcel.kind is ChatKind.PRIVATE:
            raise Unreachable("blocked")
        return str(await send(parcel))

    monkeypatch.setattr(chat.app.browser, "send", blocked)
    await _to(chat, "李小山", priority=Priority.NOTICE)
    await chat.pass_time(seconds=1)
    monkeypatch.setattr(chat.app.browser, "send", send)
    assert await chat.pass_time(hours=1) == []
    assert "记得看书。" in "".join(chat.to("李小山", await chat.private("李小山", "帮助 签到")))

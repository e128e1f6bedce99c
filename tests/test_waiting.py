"""What waits goes in its order, within a chat and among chats, on every platform; and where nothing gets in until somebody writes."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery import Delivery
from bot.messages import Budget, Button, ChatKind, Outgoing, Priority
from bot.platforms.base import NotNow
from bot.rules.turns import Turns
from bot.services import awaiting, deliveries, emergencies, posting
from bot.services import undelivered as letters
from bot.services.people import actor_of
from bot.texts import LIMIT, Language, Text
from storage.keys import ChatKey
from storage.unit_of_work import UnitOfWork
from tests.sink_branch import GROUP, SinkBranch, sink_branch
from tests.sink_platform import SinkPlatform, Windows

SMALL = Budget(chat_per_second=1, group_per_minute=10, all_per_second=3)
URGENCIES = list(Priority)


def _small(name: str) -> Callable[[Callable[[], datetime]], SinkPlatform]:
    def make(clock: Callable[[], datetime]) -> SinkPlatform:
        passive = Windows() if name == "qq" else Windows(opens_for_good=True) if name == "wecom" else None
        edit = name not in {"qq", "wecom", "onebot"}
        return SinkPlatform(clock, name=name, budget=SMALL, windows=passive, edit=edit, react=edit, buttons=edit)

    return make


@pytest.fixture
async def qq(database_url: str) -> AsyncIterator[SinkBranch]:
    async with sink_branch(database_url, _small("qq")) as branch:
        yield branch


async def _post(branch: SinkBranch, text: str, priority: Priority, chat: str = GROUP, **more: object) -> None:
    key = ChatKey(branch.sink.name, "main", chat)
    buttons = ((Button(Text("收到", "received"), "x"),),) if more.pop("button", False) else ()
    await branch.run(posting.to_chat, key, Outgoing(Text.plain(text), buttons=buttons), priority=priority, **more)


async def _undelivered(branch: SinkBranch) -> list[str]:
    async def lines(work: UnitOfWork) -> list[str]:
        secretary = await work.members.get(branch.members["王秀英"])
        assert secretary
        return [line.zh for line in await letters.undelivered(work, actor_of(secretary), branch.sink.name)]

    found: list[str] = await branch.run(lines)
    return found


@pytest.mark.parametrize("platform", ["telegram", "browser", "onebot", "qq", "wecom"])
async def test_the_most_urgent_goes_first_within_a_chat_and_among_chats(database_url: str, platform: str) -> None:
    async with sink_branch(database_url, _small(platform)) as branch:
        for number in range(4):
            branch.sink.hears(f"g{number}", ChatKind.GROUP)
        for priority in reversed(URGENCIES):
            for number in range(4):
                await _post(branch, f"{priority} {'长' * 120}", priority, f"g{number}")
        await branch.pass_time(minutes=2)
        said = [(int(each.text[0]), each.chat) for each in branch.sink.delivered]
        assert len(said) == 20
        for chat in {chat for _, chat in said}:
            assert [urgency for urgency, where in said if where == chat] == URGENCIES
        seconds: dict[datetime, list[int]] = {}
        for each in branch.sink.delivered:
            seconds.setdefault(each.at, []).append(int(each.text[0]))
        assert [urgency for urgency, _ in said][:4] == [0, 0, 0, 0]
        assert max(map(len, seconds.values())) == SMALL.all_per_second


async def test_of_five_replies_the_most_urgent_are_the_first_and_the_rest_waits_for_the_next_word(qq: SinkBranch) -> None:
    await _post(qq, "先问一声", Priority.DIGEST)
    await qq.pass_time(seconds=5)
    assert await qq.states() == {"awaiting": 1}
    for priority in reversed(URGENCIES):
        for part in "甲乙":
            await _post(qq, f"{int(priority)}{part}" + "长" * 150, priority)
    await qq.pass_time(minutes=1)
    assert qq.sink.delivered == []
    assert await qq.states() == {"awaiting": 11}
    qq.sink.hears(GROUP, ChatKind.GROUP)
    await qq.run(awaiting.opened, qq.group)
    await qq.pass_time(minutes=1)
    assert [text[:2] for text in qq.shown()] == ["0甲", "0乙", "1甲", "1乙", "2甲"]
    assert await qq.states() == {"sent": 5, "awaiting": 6}
    assert qq.sink.turned_away <= 14, "what is behind one that was turned away is not tried one by one"
    await qq.says("李小山", "签到", group=True)
    await qq.pass_time(minutes=1)
    assert [text[:2] for text in qq.shown()][5:] == ["2乙", "3甲", "3乙", "先问", "4乙"]
    assert qq.shown()[8].startswith("先问一声\n\n4甲")
    assert max(map(len, qq.shown())) <= LIMIT[Language.ZH]


async def test_one_message_carries_what_fits_in_its_order_and_a_question_goes_alone(qq: SinkBranch) -> None:
    for number in range(1, 9):
        await _post(qq, f"第{number}件" + "事" * 40, Priority.NOTICE, button=number == 4, slot=f"thing:{number}")
    await qq.pass_time(seconds=2)
    await qq.says("李小山", "签到", group=True)
    await qq.pass_time(seconds=20)
    told = qq.shown()
    assert [[part[:3] for part in each.split("\n\n")] for each in told] == [
        ["第1件", "第2件", "第3件"],
        ["第4件"],
        ["第5件", "第6件", "第7件", "第8件"],
    ]
    assert "收到" in told[1]
    assert max(map(len, told)) <= LIMIT[Language.ZH]

    async def known(work: UnitOfWork) -> list[bool]:
        return [await work.outbox.in_slot(qq.group, f"thing:{number}") is not None for number in range(1, 9)]

    assert await qq.run(known) == [True] * 8


async def test_what_is_stale_when_the_chat_opens_is_not_said_any_more(qq: SinkBranch) -> None:
    await _post(qq, "今天的早班车", Priority.NOTICE, good_for=timedelta(hours=3))
    await _post(qq, "大会改到周五", Priority.NOTICE)
    await qq.pass_time(hours=4)
    await qq.says("李小山", "签到", group=True)
    await qq.pass_time(seconds=5)
    assert qq.shown() == ["大会改到周五"]


async def test_todays_number_of_check_ins_waits_for_a_word_of_today_only(qq: SinkBranch) -> None:
    await qq.says("李小山", "签到", group=True)
    await qq.pass_time(minutes=4)
    assert qq.shown() == ["今日报平安 1 人，谢谢大家。"]
    await qq.says("周海", "签到", group=True)
    await qq.pass_time(hours=13)
    assert (await qq.states(ChatKind.GROUP))["awaiting"] == 1
    await qq.pass_time(hours=14)
    await qq.says("吴芳", "谢谢", group=True)
    await qq.pass_time(seconds=5)
    assert [text for text in qq.shown() if "报平安" in text] == ["今日报平安 1 人，谢谢大家。"]


async def test_who_writes_while_a_letter_is_being_turned_away_lets_it_in(qq: SinkBranch, monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = qq.sink.send

    async def turned_away(parcel: object) -> str:
        monkeypatch.setattr(qq.sink, "send", genuine)
        await qq.says("李小山", "签到", group=True)
        raise NotNow("nobody wrote, as it knew when it looked")

    monkeypatch.setattr(qq.sink, "send", turned_away)
    await _post(qq, "大会改到周五", Priority.NOTICE)
    await qq.pass_time(seconds=3)
    assert qq.shown() == ["大会改到周五"]


async def test_a_mark_is_not_worth_waiting_for(qq: SinkBranch) -> None:
    await qq.run(posting.to_chat, qq.group, Outgoing(Text("", ""), reaction="👌"))
    room = deliveries.Room(("qq", "main"), 9, 9)
    (letter,) = (await qq.app.database.run(deliveries.turn, (), 9, [room], Turns())).letters
    await qq.app.database.run(awaiting.not_now, letter)
    assert await qq.states() == {"sent": 1}


async def test_a_mark_in_words_is_a_message_and_counts_after_a_restart_too(database_url: str) -> None:
    def make(clock: Callable[[], datetime]) -> SinkPlatform:
        return SinkPlatform(clock, name="qq", budget=SMALL, windows=Windows(), edit=False, react=False, buttons=False, mark_in_words=True)

    async with sink_branch(database_url, make) as branch:
        for name in ("李小山", "周海", "吴芳"):
            await branch.says(name, "签到", group=True)
        await branch.pass_time(seconds=10)
        taken = [each for each in branch.sink.delivered if each.text.startswith("👌")]
        assert [each.at - taken[0].at for each in taken] == [timedelta(seconds=number) for number in range(3)]
        await branch.says("赵国强", "签到", group=True)
        await branch.app.drain()
        await _post(branch, "大会改到周五", Priority.NOTICE)
        after = Delivery(branch.app.database, [branch.sink], lambda: branch.now)
        await after.start()
        await after.drain()
        assert "大会改到周五" not in branch.shown()
        branch.now += timedelta(seconds=1)
        await after.drain()
        assert "大会改到周五" in branch.shown()


async def test_what_waits_is_shown_with_why_and_how_many(qq: SinkBranch) -> None:
    for number in range(3):
        await _post(qq, f"{number}", Priority.NOTICE)
    await qq.pass_time(seconds=2)
    assert await _undelivered(qq) == ["支部群：3 条，等那边有人跟我说句话，一说就发"]
    qq.sink.line = False
    await qq.says("李小山", "签到", group=True)
    await qq.pass_time(minutes=50)
    assert await _undelivered(qq) == []
    await qq.pass_time(minutes=20)
    assert await _undelivered(qq) == ["支部群：4 条，QQ 连不上"]
    qq.sink.line = True
    await qq.says("李小山", "谢谢", group=True)
    await qq.pass_time(minutes=10)
    assert await _undelivered(qq) == []


async def test_what_waited_seven_days_is_over_and_the_secretary_hears_how_much(qq: SinkBranch) -> None:
    for number in range(3):
        await _post(qq, f"{number}" + "长" * 190, Priority.NOTICE)
    await _post(qq, "今天的早班车", Priority.NOTICE, good_for=timedelta(hours=3))
    await qq.pass_time(seconds=2)
    await qq.pass_time(days=8)
    assert await qq.states(ChatKind.GROUP) == {}
    await qq.says("王秀英", "帮助")
    await qq.pass_time(seconds=10)
    assert qq.shown("王秀英")[-1] == awaiting.OVER(count=3).zh
    await qq.pass_time(days=8)
    await qq.says("王秀英", "帮助")
    await qq.pass_time(seconds=10)
    assert sum("作罢" in text for text in qq.shown("王秀英")) == 1


async def test_a_group_that_was_silent_for_ten_days_is_not_flooded_by_its_first_word(database_url: str, lessons: Path) -> None:
    async with sink_branch(database_url, _small("qq"), str(lessons)) as branch:
        for day in range(10):
            told = Outgoing(Text.plain(f"第{day}天的公告：" + "事" * 30))
            await branch.run(posting.to_groups, told, priority=Priority.NOTICE, slot=f"told:{day}")
            await branch.run(
                posting.to_groups, Outgoing(Text.plain(f"第{day}天早班车")), priority=Priority.NOTICE, good_for=timedelta(hours=5)
            )
            await branch.pass_time(days=1)
        assert branch.shown() == []
        assert (await branch.states(ChatKind.GROUP))["awaiting"] > 10
        await branch.says("李小山", "签到", group=True)
        await branch.pass_time(minutes=3)
        told = branch.shown()
        assert len(told) <= 5
        assert [day for day in range(10) if f"第{day}天的公告" in "".join(told)] == [3, 4, 5, 6, 7, 8, 9]
        assert "早班车" not in "".join(told)
        assert "awaiting" not in await branch.states(ChatKind.GROUP)
        await branch.pass_time(minutes=2)
        assert branch.shown()[len(told) :] == ["今日报平安 1 人，谢谢大家。"]


async def test_who_is_in_danger_is_not_told_that_somebody_knows_while_the_word_to_them_may_wait(qq: SinkBranch) -> None:
    await qq.pass_time(hours=2)
    await qq.says("李小山", "厂里着火了")
    await qq.pass_time(seconds=5)
    assert emergencies.LEFT_WORD.zh in "".join(qq.shown("李小山"))
    assert qq.shown("王秀英") == []
    await qq.pass_time(minutes=5)
    await qq.says("李小山", "厂里着火了")
    await qq.pass_time(seconds=5)
    assert "".join(qq.shown("李小山")).count(emergencies.LEFT_WORD.zh) == 2
    await qq.says("王秀英", "帮助")
    await qq.pass_time(seconds=5)
    first, *others = qq.shown("王秀英")
    assert first.startswith("【紧急】李小山")
    assert not any("【紧急】" in each for each in others)
    await qq.says("周海", "我爱人昏迷了")
    await qq.pass_time(seconds=5)
    assert emergencies.CALLED.zh in "".join(qq.shown("周海"))

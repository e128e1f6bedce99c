"""消息量: how many messages were sent, for the secretary alone, about nobody."""

from datetime import date

from bot.services import message_counts
from storage.message_counts import MessageCount
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

SECRETARY = "王秀英"


async def _counts(chat: Dialogue) -> dict[tuple[str, str, str], int]:
    async def read(work: UnitOfWork) -> list[MessageCount]:
        return list(await work.message_counts.between(date(2026, 1, 1), date(2028, 1, 1)))

    return {(each.kind, each.place, each.what): each.count for each in await chat.in_branch(read)}


async def _said(chat: Dialogue, text: str = "消息量", person: str = SECRETARY) -> str:
    return "\n".join(chat.to(person, await chat.private(person, text)))


async def test_what_was_sent_is_counted_by_kind_place_and_whether_it_rang(chat: Dialogue) -> None:
    await chat.group(SECRETARY, "公告 村里的路在修。")
    await chat.group("周海", "签到")
    await chat.group("吴芳", "签到")
    await chat.private("李小山", "帮助")
    await chat.pass_time(seconds=20)
    assert await _counts(chat) == {
        ("notice", "group", "message"): 1,
        ("check_in", "group", "message"): 1,
        ("check_in", "group", "edit"): 1,
        ("answer", "group", "mark"): 3,
        ("answer", "private", "message"): 1,
    }


async def test_a_nudge_is_counted_when_it_goes_and_not_before(chat: Dialogue) -> None:
    await chat.group(SECRETARY, "公告 村里的路在修。")
    assert ("nudge", "private", "message") not in await _counts(chat)
    await chat.days_pass(2)
    assert (await _counts(chat))["nudge", "private", "message"] == 5


async def test_the_secretary_reads_it_in_words_with_the_day_with_the_most_and_the_limit(chat: Dialogue) -> None:
    await chat.group(SECRETARY, "公告 村里的路在修。")
    await chat.private("李小山", "签到")
    await chat.days_pass(1)
    said = await _said(chat)
    assert said.startswith("3月我发了 8 条（群里 2，私聊 6）：\n公告提醒：私聊 5\n")
    assert "\n公告：群 1\n" in said
    assert "最多的一天：3月11日，5 条。" in said
    assert "一天最多 1 条（3月10日），平均 0.5 条；上限 3 条。" in said
    assert "没有一天超过上限。" in said


async def test_a_day_over_the_limit_is_not_hidden(chat: Dialogue) -> None:
    for number in range(4):
        await chat.group(SECRETARY, f"公告 第{number}件事。")
    await chat.pass_time(minutes=1)
    assert "超过上限的有 1 天，多是公告：公告不等。" in await _said(chat)


async def test_it_is_drawn_as_a_table_when_asked(chat: Dialogue) -> None:
    await chat.group(SECRETARY, "公告 村里的路在修。")
    await _said(chat)
    seen = await chat.press(SECRETARY, "看图")
    assert chat.to(SECRETARY, seen) == ["消息量。只有数，没有人名。"]
    assert seen[0].raw["picture"]


async def test_another_month_may_be_asked_and_one_without_messages_is_said(chat: Dialogue) -> None:
    assert await _said(chat, "消息量 2月") == await _said(chat, "发了多少条 2月") == "2月还没有消息量可看。"
    assert "还没到" in await _said(chat, "消息量 2026-05")


async def test_talk_in_the_group_about_how_much_was_sent_is_left_alone(chat: Dialogue) -> None:
    assert chat.to("王秀英", await chat.group("王秀英", "发了多少条 短信")) == []


async def test_it_is_the_secretarys_and_rests_on_the_rule(chat: Dialogue) -> None:
    assert "需要" in await _said(chat, person="李小山")
    await _said(chat)
    grounds = await _said(chat, "依据")
    assert "指尖上的形式主义" in grounds
    assert "一周最多 2 条" in grounds


async def test_thirteen_months_are_kept_and_nobody_is_in_it(chat: Dialogue) -> None:
    async def old(work: UnitOfWork) -> None:
        for day in (date(2025, 1, 31), date(2025, 2, 1)):
            work.message_counts.add(work.branch_id, day, kind="notice", place="group", what="message")
        await message_counts.forget(work)

    await chat.in_branch(old)

    async def days(work: UnitOfWork) -> list[date]:
        return [each.day for each in await work.message_counts.between(date(2020, 1, 1), date(2028, 1, 1))]

    assert await chat.in_branch(days) == [date(2025, 2, 1)]
    assert not any("member" in name or "chat" in name for name in MessageCount.__dataclass_fields__)


async def test_counts_add_up_in_any_order(chat: Dialogue) -> None:
    async def add(work: UnitOfWork) -> None:
        for what in ("message", "edit", "message"):
            work.message_counts.add(work.branch_id, date(2026, 3, 1), kind="notice", place="group", what=what)

    await chat.in_branch(add)
    await chat.in_branch(add)
    assert await _counts(chat) == {("notice", "group", "message"): 4, ("notice", "group", "edit"): 2}

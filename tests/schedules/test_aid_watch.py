"""Nobody who asked is left unanswered."""

from tests.appeals import ASKER, SECRETARY, asked, posted
from tests.dialogue import Dialogue

LIAISON = "孙丽"


async def test_after_a_day_without_a_step_the_liaison_is_told_once_and_the_secretary_daily(chat: Dialogue) -> None:
    await asked(chat)
    assert chat.to(LIAISON, await chat.pass_time(hours=23)) == []
    seen = await chat.pass_time(hours=2)
    assert chat.to(LIAISON, seen) == ["李小山的求助 A1 等了一天，还没有人接。请您问候一声，也催一下书记。"]
    assert [text for text in chat.to(SECRETARY, seen) if text.startswith("求助 A1")] != []
    assert chat.in_group(seen) == []
    assert chat.to(SECRETARY, await chat.pass_time(hours=3)) == []
    later = await chat.pass_time(hours=22)
    assert chat.to(LIAISON, later) == []
    assert [text for text in chat.to(SECRETARY, later) if text.startswith("求助 A1")] != []


async def test_a_step_starts_the_day_anew(chat: Dialogue) -> None:
    await asked(chat)
    await chat.pass_time(hours=23)
    await chat.private(SECRETARY, "联系过了 A1")
    assert chat.to(LIAISON, await chat.pass_time(hours=2)) == []
    assert chat.to(LIAISON, await chat.pass_time(hours=23)) != []


async def test_a_post_that_nobody_answers_is_told_to_the_liaison(chat: Dialogue) -> None:
    await posted(chat)
    seen = await chat.pass_time(days=1, hours=1)
    assert chat.to(LIAISON, seen) == ["李小山的求助 A1 发群一天了，还没有人回应。请您问候一声，想想办法。"]
    assert chat.to(LIAISON, await chat.pass_time(days=1)) == []


async def test_one_with_an_offer_is_not(chat: Dialogue) -> None:
    await posted(chat)
    await chat.private("周海", "我能帮 A1 我有空")
    assert chat.to(LIAISON, await chat.pass_time(days=1, hours=1)) == []


async def test_the_liaisons_own_appeal_is_not_told_to_themselves(chat: Dialogue) -> None:
    await asked(chat, LIAISON)
    assert [text for text in chat.to(LIAISON, await chat.pass_time(days=1, hours=1)) if "等了一天" in text] == []


async def test_at_night_nobody_is_woken(chat: Dialogue) -> None:
    await chat.pass_time(hours=14)
    await asked(chat)
    seen = await chat.pass_time(hours=24, minutes=10)
    assert chat.to(LIAISON, seen) == []
    assert chat.to(LIAISON, await chat.pass_time(hours=9)) != []
    assert ASKER not in "".join(chat.in_group(seen))

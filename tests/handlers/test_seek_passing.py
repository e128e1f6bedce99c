"""我知道李小山在哪: the person named is asked first, and nobody hears where anybody is."""

import pytest
from sqlalchemy import select

from storage.schema import metadata
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.dues_books import said
from tests.elsewhere import Elsewhere
from tests.seeking import BOSS, OUTSIDE, decline, lose, passed_on


async def test_the_person_is_asked_through_who_knows_them_and_agrees(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    code = await passed_on(chat, "陈立夏")
    assert "陈立夏（托人转达了，2026-03-10）" in await said(chat, BOSS, "没联系上的")
    seen = await chat.private(OUTSIDE, f"愿意联系 {code}")
    assert "已经告诉书记" in chat.to(OUTSIDE, seen)[0]
    assert "陈立夏发来报到" in chat.to(BOSS, seen)[0]
    assert "托同志转达后本人答的" in chat.to(BOSS, seen)[0]
    seen = await chat.press(BOSS, "接收")
    assert "登记好了" in chat.to(OUTSIDE, seen)[-1]
    assert "都联系上了" in await said(chat, BOSS, "没联系上的")
    assert "您已经登记过了" in await said(chat, OUTSIDE, f"不愿意 {code}")


async def test_the_invitation_names_nobody(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    (told,) = chat.to("李小山", await chat.private("李小山", "我知道陈立夏在哪，他在苏州打工"))
    first, second = told.split("————")
    assert "先问本人愿不愿意" in first
    assert "红旗村支部想和您恢复联系" in second
    assert "陈立夏" not in first + second
    assert "李小山" not in second


async def test_nothing_of_where_they_are_is_kept(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    await chat.private("李小山", "我知道陈立夏在哪，他在苏州打工，电话13912345678")

    async def everything(work: UnitOfWork) -> str:
        kept = [table for table in metadata.sorted_tables if table.name != "transcript"]
        return "".join([str(await work.rows(select(table))) for table in kept])

    text = await chat.run(everything)
    assert "苏州" not in text
    assert "13912345678" not in text


async def test_who_declined_is_asked_by_nobody_again_and_it_is_not_said_why(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    code = await passed_on(chat, "陈立夏")
    seen = await chat.private(OUTSIDE, f"不愿意 {code}")
    assert "尊重您的意思，以后不再打扰" in chat.to(OUTSIDE, seen)[0]
    assert chat.to(BOSS, seen) == ["陈立夏回话了：先不联系。请大家尊重，不再找、不再问。"]
    assert chat.to("李小山", seen) == []
    for person in ("李小山", "周海"):
        text = await said(chat, person, "我知道陈立夏在哪")
        assert "这次不用您转达了" in text
        assert "不愿" not in text
    await chat.pass_time(days=400)
    assert "这次不用您转达了" in await said(chat, "吴芳", "我知道陈立夏在哪")


async def test_while_somebody_asks_nobody_else_does(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    await passed_on(chat, "陈立夏")
    assert "这次不用您转达了" in await said(chat, "周海", "我知道陈立夏在哪")
    await chat.pass_time(days=31)
    await passed_on(chat, "陈立夏", "周海")


async def test_as_long_as_the_code_is_good_the_person_may_change_their_mind(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    code = await passed_on(chat, "陈立夏")
    await chat.private(OUTSIDE, f"不愿意 {code}")
    assert "陈立夏发来报到" in chat.to(BOSS, await chat.private(OUTSIDE, f"愿意 {code}"))[0]
    await chat.private(OUTSIDE, f"不愿意 {code}")
    assert "1 位说过先不联系" in await said(chat, BOSS, "没联系上的")
    await chat.pass_time(days=31)
    assert "不对" in await said(chat, OUTSIDE, f"愿意 {code}")


async def test_who_is_in_touch_or_not_on_the_roll(chat: Dialogue) -> None:
    assert "联系着呢" in await said(chat, "李小山", "我知道周海在哪")
    assert "就是您自己" in await said(chat, "李小山", "我知道李小山在哪")
    seen = await chat.private("李小山", "我知道石磊在哪")
    assert "已经告诉书记" in chat.to("李小山", seen)[0]
    assert "有同志说认识“石磊”" in chat.to(BOSS, seen)[0]
    assert "李小山" not in chat.to(BOSS, seen)[0]
    assert "好。" in chat.to(BOSS, await chat.press(BOSS, "知道了"))


async def test_five_times_a_day_and_no_more(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    for name in ("周海", "吴芳", "孙丽", "赵国强", "石磊"):
        assert "今天先到这里吧" not in await said(chat, "李小山", f"我知道{name}在哪")
    assert "今天先到这里吧" in await said(chat, "李小山", "我知道陈立夏在哪")
    assert "转给他（她）" in await said(chat, "周海", "我知道陈立夏在哪")
    await chat.pass_time(days=1)
    assert "联系着呢" in await said(chat, "李小山", "我知道周海在哪")


async def test_passing_on_is_undone_and_the_code_ends(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    code = await passed_on(chat, "陈立夏")
    assert "不转达了" in await said(chat, "李小山", "撤销")
    assert "不对" in await said(chat, OUTSIDE, f"愿意 {code}")
    assert "托人转达" not in await said(chat, BOSS, "没联系上的")


async def test_guessed_codes_lock_as_those_of_invitations_do(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    code = await passed_on(chat, "陈立夏")
    answers = [await said(chat, OUTSIDE, f"愿意联系 AAAAAAA{each}") for each in "CDEFG"]
    assert "试错太多次" in answers[-1]
    assert chat.to(OUTSIDE, await chat.private(OUTSIDE, f"愿意联系 {code}")) == []


async def test_on_telegram_the_address_opens_what_was_passed_on(chat: Dialogue) -> None:
    from bot.services import deployment

    await chat.run(deployment.note_telegram, "zhibu_bot")
    await lose(chat, "陈立夏")
    code = await passed_on(chat, "陈立夏")
    somebody = Elsewhere(chat)
    told = await somebody.says(f"/start {code}")
    assert "红旗村支部想和您恢复联系" in told[0]
    assert "陈立夏" not in told[0]
    assert "不再打扰" in (await somebody.says(f"不愿意联系 {code}"))[0]


@pytest.mark.parametrize(
    "words", ["我知道谁在哪", "我知道谁在哪 '; DROP TABLE member", "我知道<script>在哪", "我知道\u202e在哪", "我知道了"]
)
async def test_hostile_and_empty_names_ask_nobody(chat: Dialogue, words: str) -> None:
    await lose(chat, "陈立夏")
    seen = await chat.private("李小山", words)
    assert chat.to(BOSS, seen) == []
    assert "愿意联系" not in "".join(chat.to("李小山", seen))


async def test_names_written_alike_are_not_listed_for_a_member(chat: Dialogue) -> None:
    await lose(chat, "冯涛", "冯韬")
    text = await said(chat, "李小山", "i know where Feng Tao is")
    assert "请写全名" in text
    assert "冯涛" not in text
    await passed_on(chat, "冯韬")
    assert "冯涛" in (await said(chat, BOSS, "没联系上的"))


async def test_in_the_group_it_is_talk(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    assert await chat.group("李小山", "我知道陈立夏在哪") == []
    assert await chat.group("李小山", "我愿意") == []


async def test_a_plain_willing_word_stays_an_answer_to_other_questions(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    await decline(chat, "陈立夏")
    assert "码" not in await said(chat, "周海", "愿意")

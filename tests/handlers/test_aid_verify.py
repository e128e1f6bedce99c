"""核实, 联系过了, 不受理, 待核实, as the secretary and the deputy meet them."""

import pytest

from bot.rules.appeals import State
from bot.services import aid_cases, aid_verify
from bot.services.aid_words import NONE
from storage.keys import AccountKey
from storage.unit_of_work import UnitOfWork
from tests.appeals import ASKER, SECRETARY, WORDS, asked
from tests.dialogue import Dialogue
from tests.elsewhere import Elsewhere


async def says(chat: Dialogue, text: str, who: str = SECRETARY) -> list[str]:
    return chat.to(who, await chat.private(who, text))


async def state(chat: Dialogue, number: int = 1) -> str:
    async def read(work: UnitOfWork) -> str:
        found = await work.appeals.numbered(number)
        return found.state if found is not None else ""

    told: str = await chat.in_branch(read)
    return told


async def test_the_card_says_all_of_it_to_the_secretary_and_the_deputy_alone(chat: Dialogue) -> None:
    await chat.join("何春梅", "member", "deputy")
    seen = await asked(chat)
    for officer in (SECRETARY, "何春梅"):
        [card] = chat.to(officer, seen)
        assert card.startswith("求助 A1，李小山：看病就医，北京市，帮家人。\n我爱人查出肿瘤")
    assert {each.chat for each in seen} == {f"private-{who}" for who in (ASKER, SECRETARY, "何春梅")}


async def test_verified_by_button_or_word_the_person_is_asked_next(chat: Dialogue) -> None:
    await asked(chat)
    seen = await chat.press(SECRETARY, "核实")
    assert chat.to(SECRETARY, seen) == ["好，A1 核实了。我去请本人看发群的话，同意了才发。"]
    assert "可以提到“就医”吗" in chat.to(ASKER, seen)[0]
    assert chat.in_group(seen) == []
    await asked(chat, "周海", "孩子在深圳上学没着落")
    assert "A2 核实了" in (await says(chat, "核实 a2"))[0]
    assert await state(chat, 2) == "wording"


async def test_a_second_officer_finds_it_done(chat: Dialogue) -> None:
    await chat.join("何春梅", "member", "deputy")
    await asked(chat)
    await chat.press(SECRETARY, "核实")
    verified = aid_verify.VERIFIED_ALREADY[State.WORDING](tag="A1").zh
    assert "正等本人看发群的话" in verified
    assert chat.to("何春梅", await chat.press("何春梅", "不受理")) == [verified]
    assert await state(chat) == "wording"
    assert await says(chat, "不受理 A1") == await says(chat, "联系过了 A1") == [verified]
    assert "等本人看发群的话”，这一步做不了" in (await says(chat, "关闭求助 A1"))[0]
    await chat.press(ASKER, "同意提就医")
    await chat.press(ASKER, "同意发")
    assert await says(chat, "联系过了 A1") == [aid_verify.VERIFIED_ALREADY[State.OPEN](tag="A1").zh]
    assert "A1 结束了" in (await says(chat, "关闭求助 A1"))[0]
    assert "已结束”，这一步做不了" in (await says(chat, "核实 A1"))[0]


async def test_contacted_is_a_step_and_it_goes_on_waiting(chat: Dialogue) -> None:
    await asked(chat)
    assert await says(chat, "联系过了 A1") == [aid_verify.NOTED(tag="A1").zh]
    assert await state(chat) == "asked"
    assert "求助 A1" in (await says(chat, "待核实"))[0]
    again = await chat.press(SECRETARY, "联系过了")
    assert "A1 核实了" in chat.to(SECRETARY, await chat.press(SECRETARY, "核实", again[-1]))[0]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("材料不全", "求助 A1 这次没有受理。理由：材料不全。有疑问可以直接找书记。"),
        ("不写理由", "求助 A1 这次没有受理。有疑问可以直接找书记。"),
    ],
)
async def test_declined_with_a_reason_or_none_it_is_told_and_over(chat: Dialogue, said: str, told: str) -> None:
    await asked(chat)
    await chat.press(SECRETARY, "不受理")
    assert chat.to(ASKER, await chat.private(SECRETARY, said)) == [told]
    assert await state(chat) == "declined"
    assert "没有在办的求助" in (await says(chat, "我的求助", ASKER))[0]


async def test_declined_in_one_sentence(chat: Dialogue) -> None:
    await asked(chat)
    assert "理由：重复了" in chat.to(ASKER, await chat.private(SECRETARY, "不受理 A1 重复了"))[0]


async def test_nobody_verifies_their_own_and_without_another_the_person_is_told(chat: Dialogue) -> None:
    seen = await asked(chat, SECRETARY, "家里被洪水淹了")
    assert "除您以外没有人能核实" in chat.to(SECRETARY, seen)[0]
    assert await says(chat, "核实 A1") == [aid_verify.NOT_ONES_OWN.zh]
    assert await says(chat, "待核实") == [aid_verify.NONE_WAITING.zh]
    assert await state(chat) == "asked"


async def test_only_who_verifies_may(chat: Dialogue) -> None:
    await asked(chat)
    for who in ("赵国强", "孙丽", "周海", ASKER):
        for text in ("核实 A1", "不受理 A1", "联系过了 A1", "待核实"):
            assert "需要" in (await says(chat, text, who))[0]
    assert await state(chat) == "asked"


async def test_a_number_that_is_not_there_or_still_being_written_gives_nothing_away(chat: Dialogue) -> None:
    await chat.private(ASKER, f"求助 {WORDS}")
    for text in ("核实 A1", "核实 A99", "不受理 A1"):
        assert await says(chat, text) == [NONE.zh]
    assert "请写上编号" in (await says(chat, "核实"))[0]
    for text in ("核实", "联系过了", "不受理 A1"):
        assert await chat.group(SECRETARY, text) == []


async def test_another_branchs_appeal_is_not_there(chat: Dialogue) -> None:
    await asked(chat)
    await chat.another_branch("青山村支部", {"郑平": ["member", "secretary"]})
    assert await says(chat, "核实 A1", "郑平") == [NONE.zh]


async def test_where_nothing_may_be_written_about_the_person_the_card_points_to_the_page(chat: Dialogue) -> None:
    phone = Elsewhere(chat, "77")

    async def bind(work: UnitOfWork) -> None:
        await work.accounts.unbind_all(chat.members[SECRETARY])
        work.accounts.bind(AccountKey("telegram", "main", "77"), chat.members[SECRETARY], "77")
        await work.accounts.change(AccountKey("telegram", "main", "77"), introduced_at=work.now)
        work.consents.put(chat.members[SECRETARY], "abroad", given=True)

    await chat.in_branch(bind)
    await asked(chat)
    assert await phone.queued() == [aid_cases.ON_THE_WEB(tag="A1").zh]
    told = await phone.says("待核实")
    assert "李小山" not in "".join(told)
    assert "肿瘤" not in "".join(told)


async def test_a_long_need_is_read_in_parts_on_the_list(chat: Dialogue) -> None:
    await asked(chat, words="家里被洪水淹了，缺人手。" + "墙要补，地要清，粮要晒。" * 30)
    told = await says(chat, "待核实")
    assert len(told) > 2
    assert all(len(text) <= 200 for text in told)

"""我能帮: told to the one who asked alone, and contacts only when both agree."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.services import aid_cases, aid_contacts, aid_offers
from bot.services.aid_words import NONE
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork
from tests.appeals import ASKER, posted, shown_now
from tests.dialogue import Dialogue, Seen
from tests.elsewhere import Elsewhere
from tests.known import known

CONTACT = "电话 139 1111 2222"


async def says(chat: Dialogue, text: str, who: str = "周海") -> list[str]:
    return chat.to(who, await chat.private(who, text))


async def agreed(chat: Dialogue, who: str = "周海") -> list[Seen]:
    """An open appeal, an offer, and both would like to be in touch."""
    await posted(chat)
    await chat.private(who, "我能帮 A1 我周六有空")
    await chat.press(ASKER, "愿意联系")
    return await chat.press(who, "愿意")


async def test_an_offer_in_private_is_told_to_the_asker_and_the_group_sees_a_count(chat: Dialogue) -> None:
    await posted(chat)
    seen = await chat.private("周海", "我能帮 A1 我周六有空")
    assert chat.to("周海", seen) == [aid_offers.THANKS.zh]
    assert chat.to(ASKER, seen) == ["周海愿意帮 A1：我周六有空\n要联系吗？"]
    later = await chat.pass_time(seconds=20)
    [post] = chat.in_group(later)
    assert "已有 1 位同志愿意帮忙。" in post
    assert "周海" not in "".join(shown_now(chat))
    assert "李小山" not in "".join(shown_now(chat))


async def test_the_button_asks_for_words_in_private(chat: Dialogue) -> None:
    await posted(chat)
    seen = await chat.press("周海", "我能帮")
    assert chat.in_group(seen) == []
    assert "能帮什么？写一句" in chat.to("周海", seen)[0]
    await says(chat, "我周六有空")
    latest = {each["id"]: each["text"]["zh"] for each in chat.shown if each["chat"] == "private-李小山"}
    assert [text for text in latest.values() if text.startswith("周海愿意帮")] == ["周海愿意帮 A1：我周六有空\n要联系吗？"]


async def test_without_a_number_the_only_one_is_meant_and_several_are_asked_about(chat: Dialogue) -> None:
    assert await says(chat, "我能帮") == [aid_offers.NO_OPEN.zh]
    assert await says(chat, "我认识协和的，加我") == [aid_offers.NO_OPEN.zh]
    await posted(chat)
    assert await says(chat, "我认识协和的，加我") == [aid_offers.THANKS.zh]
    await posted(chat, "孙丽", "孩子在深圳上学没着落，组织能帮忙吗")
    assert await says(chat, "我在北京，可以去帮忙排队", "吴芳") == ["有几件在求助：A1、A2。请写上编号，比如“我能帮 A1”。"]


async def test_not_ones_own_not_twice_and_not_one_that_is_not_open(chat: Dialogue) -> None:
    await posted(chat)
    assert await says(chat, "我能帮 A1", ASKER) == [aid_offers.ONES_OWN.zh]
    await says(chat, "我能帮 A1 我有空")
    assert await says(chat, "我能帮 A1") == ["您已经说过能帮 A1 了，谢谢。"]
    for text in ("我能帮 A9", "帮不了 A9"):
        assert await says(chat, text) == [NONE.zh]
    assert await says(chat, "我能帮 A1 " + "很" * 300, "吴芳") == [aid_offers.TOO_LONG.zh]
    await chat.private(ASKER, "解决了")
    assert await says(chat, "我能帮 A1", "吴芳") == [aid_cases.ENDED(tag="A1").zh]


async def test_who_asked_is_named_only_when_both_agreed(chat: Dialogue) -> None:
    await posted(chat)
    seen = await chat.private("周海", "我能帮 A1 我周六有空")
    seen += await chat.press(ASKER, "愿意联系")
    assert "李小山" not in "".join(chat.to("周海", seen))
    assert "求助的是李小山" in chat.to("周海", await chat.press("周海", "愿意"))[0]


async def test_a_contact_is_passed_on_as_typed_and_kept_nowhere(chat: Dialogue) -> None:
    await agreed(chat)
    seen = await chat.private("周海", CONTACT)
    assert chat.to(ASKER, seen) == [f"A1：周海的联系方式：{CONTACT}。只为这件事用，请勿外传。"]
    assert chat.in_group(seen) == []
    await chat.press(ASKER, "留联系方式")
    assert chat.to("周海", await chat.private(ASKER, "微信 lxs"))[0].startswith("A1：李小山的联系方式：微信 lxs")

    async def kept(work: UnitOfWork) -> str:
        letters = [tuple(row) for row in await work.rows(select(outbox.c.content))]
        return f"{letters}{await known(work)}" + str(await work.aid_offers.of(chat.members["周海"]))

    assert "1111" not in str(await chat.in_branch(kept))
    assert "lxs" not in str(await chat.in_branch(kept))


async def test_a_contact_is_nobodys_duty(chat: Dialogue) -> None:
    await agreed(chat)
    assert await says(chat, "先不留") == [aid_offers.NOT_LEFT.zh]
    assert chat.to(ASKER, await chat.press(ASKER, "先不留")) == [aid_offers.NOT_LEFT.zh]


async def test_a_long_contact_is_refused_and_nothing_passed_on(chat: Dialogue) -> None:
    await agreed(chat)
    seen = await chat.private("周海", "9" * 80)
    assert chat.to("周海", seen) == [aid_offers.TOO_LONG.zh]
    assert chat.to(ASKER, seen) == []


async def test_the_one_who_asked_may_do_without(chat: Dialogue) -> None:
    await posted(chat)
    await says(chat, "我能帮 A1 我有空")
    seen = await chat.press(ASKER, "不用了")
    assert chat.to("周海", seen) == [aid_offers.TOLD_DECLINED(tag="A1").zh]
    assert "这次先不用了" in (await says(chat, "我能帮 A1"))[0]
    await chat.pass_time(seconds=20)
    assert "愿意帮忙" not in shown_now(chat)[0]


async def test_the_helper_may_find_it_inconvenient(chat: Dialogue) -> None:
    await posted(chat)
    await says(chat, "我能帮 A1 我有空")
    await chat.press(ASKER, "愿意联系")
    seen = await chat.press("周海", "不方便")
    assert "不方便" in chat.to(ASKER, seen)[0]
    assert "周海" not in chat.to(ASKER, seen)[0]


async def test_an_offer_is_taken_back_by_word_or_undone(chat: Dialogue) -> None:
    await posted(chat)
    await says(chat, "我能帮 A1 我有空")
    assert "您不帮了" in (await says(chat, "撤销"))[0]
    await says(chat, "我能帮 A1 我有空")
    assert "您不帮了" in (await says(chat, "帮不了 A1"))[0]
    assert "这一步做不了" in (await says(chat, "帮不了 A1"))[0]
    await chat.pass_time(seconds=20)
    assert "愿意帮忙" not in shown_now(chat)[0]


async def test_after_two_days_the_helper_is_asked_once(chat: Dialogue) -> None:
    await agreed(chat)
    await says(chat, "先不留")
    seen = await chat.pass_time(days=2, hours=1)
    assert [text for text in chat.to("周海", seen) if "两天前" in text] == ["两天前您说愿意帮 A1，联系上了吗？"]
    assert chat.to("周海", await chat.press("周海", "帮上了")) == [aid_offers.HELPED.zh]
    assert [text for text in chat.to("周海", await chat.pass_time(days=2)) if "两天前" in text] == []


async def test_not_yet_is_an_answer_too(chat: Dialogue) -> None:
    await agreed(chat)
    chat.now += timedelta(days=2, hours=1)
    await chat.pass_time(minutes=10)
    assert chat.to("周海", await chat.press("周海", "还没")) == [aid_offers.NOT_YET.zh]


async def test_anothers_card_does_nothing(chat: Dialogue) -> None:
    await posted(chat)
    seen = await chat.private("周海", "我能帮 A1 我有空")
    card = next(each for each in seen if "愿意联系" in each.buttons)
    assert await chat.press_data("吴芳", card, card.data[0]) == []


async def test_once_it_is_over_no_contact_is_passed_on(chat: Dialogue) -> None:
    await agreed(chat)
    await chat.private(ASKER, "撤回求助 A1")
    assert "这一步做不了" in "".join(await says(chat, CONTACT))


async def test_typed_words_answer_every_step_of_being_put_in_touch(chat: Dialogue) -> None:
    await posted(chat)
    await says(chat, "我能帮 A1 我有空")
    assert await says(chat, "愿意联系", ASKER) == [aid_offers.CHOSEN.zh]
    assert "求助的是李小山" in (await says(chat, "愿意"))[0]
    seen = await chat.private(ASKER, "13911112222")
    assert chat.to(ASKER, seen) == [aid_offers.PASSED.zh]
    assert chat.to("周海", seen) == ["A1：李小山的联系方式：13911112222。只为这件事用，请勿外传。"]
    assert await says(chat, "13911112222", ASKER) == [aid_offers.NOBODY_WAITS.zh]
    assert await chat.group(ASKER, "13911112222") == []


async def test_it_is_left_by_its_name_too(chat: Dialogue) -> None:
    await agreed(chat)
    await says(chat, "签到", ASKER)
    assert await says(chat, "留联系方式", ASKER) == [aid_offers.ASK_CONTACT.zh]
    assert await says(chat, "微信 lxs", ASKER) == [aid_offers.PASSED.zh]


@pytest.mark.parametrize("page", [False, True])
async def test_a_contact_goes_abroad_only_if_its_writer_agreed(chat: Dialogue, page: bool) -> None:
    await agreed(chat)
    phone = Elsewhere(chat, "77")

    async def move(work: UnitOfWork) -> None:
        if not page:
            await work.accounts.unbind_all(chat.members[ASKER])
        chat.now += timedelta(minutes=1)
        work.accounts.bind(phone.key, chat.members[ASKER], "77")
        await work.accounts.change(phone.key, introduced_at=work.now, used_at=chat.now)
        work.consents.put(chat.members[ASKER], "abroad", given=True)

    await chat.in_branch(move)
    seen = await chat.private("周海", CONTACT)
    assert chat.to("周海", seen) == [aid_offers.PASSED.zh if page else aid_contacts.NOT_CARRIED.zh]
    assert (CONTACT in "".join(chat.to(ASKER, seen))) is page
    assert await phone.queued() == ([aid_contacts.ON_THE_PAGE(tag="A1").zh] if page else [])


async def test_the_posts_own_words_in_the_group_mean_the_one_post_there_is(chat: Dialogue) -> None:
    await posted(chat)
    seen = await chat.group("周海", "我能帮")
    assert chat.in_group(seen) == []
    assert "能帮什么？写一句" in chat.to("周海", seen)[0]
    assert await chat.group("吴芳", "我能帮你看看") == []
    await posted(chat, "孙丽", "孩子在深圳上学没着落，组织能帮忙吗")
    assert await chat.group("吴芳", "我能帮") == []


async def test_what_is_asked_for_now_is_told_in_its_public_words(chat: Dialogue) -> None:
    assert await says(chat, "谁需要帮忙") == [aid_offers.NO_OPEN.zh]
    await posted(chat)
    for text in ("谁需要帮忙", "A1是什么事", "A1是什么事？"):
        [told] = await says(chat, text)
        assert "A1：有同志的家属要在北京就医" in told
        assert "李小山" not in told
    assert await chat.group("周海", "谁需要帮忙") == []
    assert await says(chat, "A9是什么事") == [NONE.zh]
    await chat.private(ASKER, "解决了 A1")
    assert await says(chat, "A1是什么事") == [aid_cases.ENDED(tag="A1").zh]

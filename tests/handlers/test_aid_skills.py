"""能帮忙的: offered in advance, matched in private, and stopped with a word."""

from bot.services import aid_matches
from storage.unit_of_work import UnitOfWork
from tests.appeals import ASKER, posted, verified
from tests.dialogue import Dialogue


async def says(chat: Dialogue, text: str, who: str = "周海") -> list[str]:
    return chat.to(who, await chat.private(who, text))


async def test_what_one_can_do_is_noted_listed_and_forgotten(chat: Dialogue) -> None:
    assert await says(chat, "我的本事") == [aid_matches.NONE.zh]
    assert await says(chat, "我会修电器") == [aid_matches.NOTED(words="修电器").zh]
    assert await says(chat, "能帮忙的：修电器") == [aid_matches.KNOWN.zh]
    await says(chat, "能帮忙的：陪护老人")
    assert (await says(chat, "我的本事"))[0].endswith("· 修电器\n· 陪护老人")
    assert await says(chat, "能帮忙的") == await says(chat, "我的本事")
    assert await says(chat, "删除本事 修电器") == ["好，删了 1 样。"]
    assert await says(chat, "删除本事 修电器") == [aid_matches.NO_SUCH.zh]
    assert await says(chat, "删除本事 全部") == ["好，删了 1 样。"]


async def test_it_is_undone_within_ten_minutes(chat: Dialogue) -> None:
    await says(chat, "我会修电器")
    assert await says(chat, "撤销") == ["好，“修电器”不记了。"]
    assert await says(chat, "我的本事") == [aid_matches.NONE.zh]


async def test_at_most_ten_and_short(chat: Dialogue) -> None:
    assert await says(chat, "能帮忙的：" + "修" * 70) == [aid_matches.TOO_LONG.zh]
    for each in "甲乙丙丁戊己庚辛壬癸":
        await says(chat, f"能帮忙的：修{each}机")
    assert await says(chat, "能帮忙的：修车") == [aid_matches.TOO_MANY.zh]


async def test_who_can_help_or_is_there_gets_one_private_hint(chat: Dialogue) -> None:
    await says(chat, "我会陪护老人")
    await says(chat, "同意记位置", "吴芳")
    await says(chat, "我在北京朝阳区", "吴芳")
    seen = await posted(chat, words="我爸在北京住院，谁能帮忙陪护一晚")
    assert "您说过会帮这类忙" in chat.to("周海", seen)[0]
    assert "您在那座城市" in chat.to("吴芳", seen)[0]
    assert chat.to("孙丽", seen) == []
    assert all("李小山" not in text for who in ("周海", "吴芳") for text in chat.to(who, seen))
    assert chat.to("周海", await chat.pass_time(days=3)) == []


async def test_a_place_that_was_entered_without_consent_is_no_reason(chat: Dialogue) -> None:
    async def put(work: UnitOfWork) -> None:
        work.places.put(chat.members["吴芳"], 110105, work.now)

    await chat.in_branch(put)
    assert chat.to("吴芳", await posted(chat)) == []


async def test_the_one_who_asked_and_the_one_who_verified_get_none(chat: Dialogue) -> None:
    for who in (ASKER, "王秀英"):
        await says(chat, "我会陪护老人", who)
    seen = await posted(chat, words="我爸在北京住院，谁能帮忙陪护一晚")
    assert all("您说过" not in text for who in (ASKER, "王秀英") for text in chat.to(who, seen))


async def test_the_hint_can_be_answered_and_stopped_for_its_kind(chat: Dialogue) -> None:
    for who in ("周海", "吴芳"):
        await says(chat, "我会陪护老人", who)
    await posted(chat, words="我爸在北京住院，谁能帮忙陪护一晚")
    assert "能帮什么" in chat.to("吴芳", await chat.press("吴芳", "我能帮"))[0]
    assert chat.to("周海", await chat.press("周海", "别再问我这类")) == [aid_matches.MUTED(kind="看病就医").zh]
    seen = await posted(chat, "孙丽", "我妈在北京住院，谁能帮忙陪护一晚")
    assert chat.to("周海", seen) == []
    assert await says(chat, "互助提醒恢复") == [aid_matches.UNMUTED.zh]
    assert await says(chat, "互助提醒恢复") == [aid_matches.NOT_MUTED.zh]


async def test_at_night_the_hint_waits_for_the_morning(chat: Dialogue) -> None:
    await says(chat, "我会陪护老人")
    await verified(chat, words="我爸在北京住院，谁能帮忙陪护一晚")
    await chat.pass_time(hours=14)
    await chat.press(ASKER, "同意提就医")
    assert chat.to("周海", await chat.press(ASKER, "同意发")) == []
    assert "陪护" in "".join(chat.to("周海", await chat.pass_time(hours=9)))


async def test_talk_is_no_offer(chat: Dialogue) -> None:
    for text in ("我会按时交党费", "我会努力的", "我会去的"):
        assert "记下了" not in "".join(await says(chat, text))
    assert await chat.group("周海", "我会修电器") == []

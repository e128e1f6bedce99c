"""画说家乡: a picture for the group, and the talk under it that is none of the bot's business."""

from pathlib import Path

import pytest

from tests.dialogue import Dialogue, Seen

WHO = "王秀英"


async def _last(chat: Dialogue, text: str, person: str = WHO) -> Seen:
    return (await chat.private(person, text))[-1]


@pytest.fixture
async def pictures(study: Dialogue, lessons: Path) -> Dialogue:
    """The same branch with a picture of lilacs."""
    (lessons / "pictures").mkdir()
    (lessons / "pictures" / "丁香花开.png").write_bytes(b"\x89PNG lilac")
    await study.pass_time(minutes=2)
    return study


async def test_a_picture_is_shown_back_and_posted_with_its_words(pictures: Dialogue) -> None:
    asked = await _last(pictures, "画说家乡 丁香花开 新南街道的丁香开了。")
    assert asked.text.startswith("画说家乡：新南街道的丁香开了。")
    assert asked.raw["picture"]
    seen = await pictures.private(WHO, "发")
    post = next(each for each in seen if each.chat == pictures.group_id())
    assert (post.text, bool(post.raw["picture"])) == ("画说家乡：新南街道的丁香开了。", True)
    assert pictures.to(WHO, seen) == ["好，照片发到群里了。十分钟内可“撤销”。"]


async def test_what_is_answered_to_it_stays_among_people(pictures: Dialogue) -> None:
    await pictures.private(WHO, "画说家乡 丁香花开")
    post = next(each for each in await pictures.private(WHO, "发") if each.chat == pictures.group_id())
    assert post.text == "画说家乡：丁香花开"
    for words in ("家乡又有新变化了！", "我在哈尔滨，这儿还下雪呢", "党课", "签不签到都好看"):
        assert await pictures.group("李小山", words, reply_to=post.id) == [], words
    assert await pictures.group("李小山", "@支部机器人 帮助") != []


async def test_it_can_be_taken_back(pictures: Dialogue) -> None:
    await pictures.private(WHO, "画说家乡 丁香花开")
    await pictures.private(WHO, "发")
    seen = await pictures.private(WHO, "撤销")
    assert pictures.to(WHO, seen) == ["好，照片撤回了。"]
    assert pictures.in_group([*seen, *await pictures.pass_time(seconds=1)]) == ["【这张照片撤回了】"]


async def test_not_sent_is_not_sent(pictures: Dialogue) -> None:
    await pictures.private(WHO, "画说家乡 丁香花开.png")
    seen = await pictures.private(WHO, "不发")
    assert pictures.in_group(seen) == []
    assert pictures.to(WHO, seen) == ["好，没有发。"]


async def test_what_there_is_and_is_not_is_said(pictures: Dialogue, chat: Dialogue) -> None:
    assert "有这些照片：丁香花开。" in (await _last(pictures, "画说家乡")).text
    assert "没有叫“荷花”的照片。有：丁香花开。" in (await _last(pictures, "画说家乡 荷花 开了")).text
    assert "话最多 120 个字" in (await _last(pictures, "画说家乡 丁香花开 " + "香" * 121)).text
    assert "聊天里发的照片我收不到" in (await _last(chat, "画说家乡 丁香花开")).text
    assert "学习委员或书记" in (await _last(pictures, "画说家乡 丁香花开", "李小山")).text
    assert await pictures.group(WHO, "画说家乡") == []

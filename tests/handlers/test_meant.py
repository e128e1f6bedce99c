"""What was not understood, or not surely: a question, then the menu; a voice message is asked back before anything is done."""

from bot.texts import Text
from bot.unsure import ASK_PEOPLE, HEARD, MEANT, NOT_HEARD, UNCLEAR
from handlers import checkin, dues_reduction, help, meant, not_yet  # noqa: A004  the handler's name
from tests.dialogue import Dialogue

PERSON = "李小山"


async def _says(chat: Dialogue, words: str) -> list[str]:
    return chat.to(PERSON, await chat.private(PERSON, words))


async def test_the_same_is_never_said_twice_in_a_row(chat: Dialogue) -> None:
    assert await _says(chat, "呱呱呱嘎嘎") == [UNCLEAR.zh]
    assert (await _says(chat, "呱呱呱嘎嘎"))[0].startswith(help.HEADING.zh)
    assert await _says(chat, "呱呱呱嘎嘎") == [UNCLEAR.zh]
    assert await _says(chat, "呱呱呱嘎嘎") == [ASK_PEOPLE(who=Text("书记王秀英", "")).zh]


async def test_the_menu_is_one_button_away(chat: Dialogue) -> None:
    await _says(chat, "呱呱呱嘎嘎")
    assert chat.to(PERSON, await chat.press(PERSON, "看我能做什么"))[0].startswith(help.HEADING.zh)


async def test_a_voice_message_that_the_platform_did_not_hear(chat: Dialogue) -> None:
    assert chat.to(PERSON, await chat.speak(PERSON, "")) == [NOT_HEARD.zh]


async def test_what_was_heard_is_asked_back_and_done_on_a_yes(chat: Dialogue) -> None:
    assert chat.to(PERSON, await chat.speak(PERSON, "签到")) == [HEARD(words=Text("签到", "")).zh]
    assert await _says(chat, "对") == [checkin.DONE.zh]


async def test_a_no_leaves_everything_as_it_is(chat: Dialogue) -> None:
    await chat.speak(PERSON, "签到")
    assert await _says(chat, "不对") == [meant.LEFT.zh]
    assert await _says(chat, "签到") == [checkin.DONE.zh]


async def test_a_question_is_not_asked_twice_in_a_row_either(chat: Dialogue) -> None:
    await _says(chat, "同意记位置")
    asked = await _says(chat, "我在朝阳")
    assert "1 " in asked[0]
    assert (await _says(chat, "我在朝阳"))[0].startswith(help.HEADING.zh)


async def test_the_same_guess_is_not_asked_twice_in_a_row(chat: Dialogue) -> None:
    assert await _says(chat, "签都") == [MEANT(words=Text("签到", "")).zh]
    assert await _says(chat, "签都") == [UNCLEAR.zh]
    assert (await _says(chat, "签都"))[0].startswith(help.HEADING.zh)


async def test_what_was_heard_is_done_as_it_was_understood(chat: Dialogue) -> None:
    await chat.speak(PERSON, "我想请假三天")
    assert await _says(chat, "对") == [not_yet.ASK(matter=Text("请假", ""), who=Text("书记王秀英", "")).zh]


async def test_what_was_heard_is_not_taken_for_the_words_that_were_asked_for(chat: Dialogue) -> None:
    assert await _says(chat, "申请减免") == [dues_reduction.WHY.zh]
    assert chat.to(PERSON, await chat.speak(PERSON, "呱呱呱嘎嘎")) == [NOT_HEARD.zh]


async def test_the_code_of_a_face_in_the_group_is_talk(chat: Dialogue) -> None:
    assert await chat.group(PERSON, "/微笑 我老婆在深圳") == []
    assert await chat.group(PERSON, "/呲牙") == []

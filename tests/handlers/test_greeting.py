"""你好: a greeting is answered where it is meant for the bot."""

from handlers.greeting import HELLO, WELCOME
from tests.dialogue import STRANGER, Dialogue


async def test_a_greeting_in_private_is_answered_with_what_one_can_say(chat: Dialogue) -> None:
    for words in ("你好", "在吗", "hello"):
        assert chat.to("李小山", await chat.private("李小山", words)) == [HELLO.zh]
    assert chat.to("李小山", await chat.private("李小山", "谢谢！")) == [WELCOME.zh]


async def test_people_who_greet_each_other_are_left_alone(chat: Dialogue) -> None:
    for words in ("你好", "谢谢", "早", "hello"):
        assert await chat.group("李小山", words) == []
    assert chat.in_group(await chat.group("李小山", "@支部 你好")) == [HELLO.zh]


async def test_a_stranger_who_says_hello_gets_the_one_sentence(chat: Dialogue) -> None:
    [said] = chat.to(STRANGER, await chat.private(STRANGER, "你好"))
    assert "我还不认识您" in said

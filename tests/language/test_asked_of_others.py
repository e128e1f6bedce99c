"""What an officer asks of others: who has not read a notice, and what is kept of nobody."""

import pytest

from bot.language import not_kept, unread


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("看看谁没看公告", ""),
        ("N7谁没读", "N7"),
        ("谁没回通知 N3", "N3"),
        ("这条还有谁没收到", ""),
        ("我要看看谁没收到公告", ""),
        ("我想知道谁还没看公告", ""),
    ],
)
def test_who_has_not_read_is_asked(text: str, number: str) -> None:
    assert unread.asked(text) == number


@pytest.mark.parametrize("text", ["谁没看电视", "谁没回家过年", "我没看公告", "谁" * 40])
def test_talk_of_reading_is_not(text: str) -> None:
    assert unread.asked(text) is None


@pytest.mark.parametrize("text", ["把李小山的电话给我", "李小山收入多少", "周海的身份证号是多少", "查一下吴芳的住址发我"])
def test_what_is_kept_of_nobody_is_asked(text: str) -> None:
    assert not_kept.asked(text) == ""


@pytest.mark.parametrize("text", ["我的收入多少", "书记电话多少", "工资六千党费多少", "电话打不通", "给我打个电话", "查" * 40])
def test_other_questions_are_not(text: str) -> None:
    assert not_kept.asked(text) is None

"""The number of an announcement before other words."""

import pytest

from bot.language.notice_numbers import leading


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("N3 新的内容", 3, "新的内容"),
        ("n3新的内容", 3, "新的内容"),
        ("Ｎ３：新的", 3, "新的"),
        ("公告 N12，新的", 12, "新的"),
        ("第3号 新的", 3, "新的"),
        ("#7 新的", 7, "新的"),
        ("No.4 new", 4, "new"),
        ("3 新的\n两行", 3, "新的\n两行"),
        ("3号公告 新的", 3, "新的"),
        ("3", 3, ""),
    ],
)
def test_a_number_is_taken_off_the_front(text: str, number: int, rest: str) -> None:
    assert leading(text) == (number, rest)


@pytest.mark.parametrize("text", ["", "新的内容", "3月党费", "N", "1234567 x", "三 新的"])
def test_other_words_begin_with_no_number(text: str) -> None:
    assert leading(text) is None

"""A12 in every way it is typed."""

import pytest

from bot.language.appeal_numbers import leading


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("A12 我周六有空", (12, "我周六有空")),
        ("a12", (12, "")),
        ("Ａ１２，能陪诊", (12, "能陪诊")),
        ("A 3号 可以", (3, "可以")),
        ("互助 A1 好", (1, "好")),
        ("A十二 好", (12, "好")),
        ("A-7：行", (7, "行")),
    ],
)
def test_the_number_and_the_rest(words: str, meant: tuple[int, str]) -> None:
    assert leading(words) == meant


@pytest.mark.parametrize("words", ["", "12", "我周六有空", "A", "A0", "N3", "ABC", "A12345678", "A12b"])
def test_what_is_no_number_of_an_appeal(words: str) -> None:
    assert leading(words) is None

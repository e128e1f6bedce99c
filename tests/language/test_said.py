"""A branch's own words in a text."""

from datetime import UTC, datetime

from bot.language.said import Setting


def _read(text: str, **words: str) -> str:
    return Setting(datetime(2026, 3, 10, tzinfo=UTC), words=words).spelt_out(text)


def test_the_longest_word_is_meant() -> None:
    assert _read("我到老地方了", 老地="南京市", 老地方="东莞市") == "我到东莞市了"


def test_latin_words_are_whole_words_in_any_case() -> None:
    assert _read("tab 在AB呢", ab="东莞市") == "tab 在东莞市呢"


def test_what_stands_in_a_words_place_is_not_read_again() -> None:
    grown = _read("甲甲" * 100, 甲甲="乙乙" * 15, 乙乙="丙丙" * 15, 丙丙="甲甲" * 15)
    assert grown == "乙乙" * 1500

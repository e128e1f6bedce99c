import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.normalise import bare, clean, is_blank, signs, tidy, together


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  签到　", "签到"),
        ("签\u200b到\u202e", "签到"),
        ("签到\ufe0f\x00", "签到"),
        ("ＡＢｃ１２", "ABc12"),
        ("一\r\n\n二\u2003三", "一 二 三"),
        ("①", "1"),
        ("\u3164\u2800", ""),
    ],
)
def test_width_and_invisible_characters_make_no_difference(typed: str, read: str) -> None:
    assert clean(typed) == read


@pytest.mark.parametrize("typed", ["签到", "（签到）", "签到！！！", "签 到", "【签到】👍", "签到\u200b", "“签到”。", "签到~", "🎉🎉签到❤️"])
def test_a_command_word_is_the_same_in_any_wrapping(typed: str) -> None:
    assert bare(typed) == "签到"


def test_spaces_between_latin_words_stay() -> None:
    assert bare("  Check   IN! ") == "check in"


@pytest.mark.parametrize("typed", ["", " ", "👍👍", "……", "\u200b", "！？", "[]", "❤️"])
def test_emoji_and_punctuation_say_nothing(typed: str) -> None:
    assert is_blank(typed)


@pytest.mark.parametrize("typed", ["1", "签", "a!", "👍好"])
def test_a_letter_or_digit_says_something(typed: str) -> None:
    assert not is_blank(typed)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    assert clean(clean(typed)) == clean(typed)
    assert "\n" not in clean(typed)
    assert bare(bare(typed)) == bare(typed)
    assert not bare(typed) or not bare(typed)[0].isspace()
    is_blank(typed)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("周六\u202e开会\u202c，\u2066带笔\u2069", "周六开会，带笔"),
        ("一\n\n\n\n\n二", "一\n\n二"),
        ("一\r\n\r\n \u200b\n\u2028二\n三\n", "一\n\n二\n三"),
        ("\n\n  一  二", "一  二"),
        ("👨\u200d👩\u200d👧 a\u0301", "👨\u200d👩\u200d👧 a\u0301"),
    ],
)
def test_what_many_read_is_not_turned_around_nor_torn_apart(typed: str, shown: str) -> None:
    assert tidy(typed) == shown
    assert tidy(shown) == shown


@pytest.mark.parametrize(
    ("typed", "read"), [("签 到 了", "签到了"), ("我 捐 2 0", "我捐20"), ("签到 了", "签到 了"), ("i am", "i am"), ("签 到", "签 到")]
)
def test_what_is_typed_apart_is_put_together(typed: str, read: str) -> None:
    assert together(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("20。5元", "20.5元"),
        ("「好」", "“好”"),
        ("I’m", "I'm"),
        ("一、二。", "一、二。"),
        ("10‑12月", "10-12月"),
        ("好،是؟", "好,是?"),
        ("abc", "abc"),
    ],
)
def test_a_sign_of_any_script_is_the_common_one(typed: str, read: str) -> None:
    assert signs(typed) == read

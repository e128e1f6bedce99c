import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import codes


@pytest.mark.parametrize(
    "typed",
    ["K7MP3XWQ", "k7mp3xwq", "Ｋ７ＭＰ３ＸＷＱ", "K7MP-3XWQ", "K7MP 3XWQ",
     " K7MP3XWQ。", "李小山 K7MP3XWQ", "李小山K7MP3XWQ", "Li Xiaoshan K7MP3XWQ",
     "K7MP3XWQ 李小山", "K7\u200bMP3XWQ", "Li Xiaoshan K7MP 3XWQ"],
)  # fmt: skip
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert codes.typed(typed) == "K7MP3XWQ"


def test_where_there_are_no_letters_there_is_no_code() -> None:
    assert codes.typed("李小山") == ""
    assert codes.typed("") == ""


def test_no_two_signs_of_the_alphabet_look_alike() -> None:
    for pair in ("0O", "1I", "1L", "IL", "2Z", "5S", "8B", "UV", "0Q"):
        assert not set(pair) <= set(codes.ALPHABET)


@given(st.text(alphabet=codes.ALPHABET, min_size=codes.LENGTH, max_size=codes.LENGTH))
def test_every_code_is_read_back_from_what_a_person_sends(code: str) -> None:
    assert codes.is_code(code)
    assert codes.typed(f"绑定 {code.lower()}") == code


@pytest.mark.parametrize("word", ["", "K7MP3XW", "K7MP3XWQA", "K7MP3XW0", "k7mp3xwq", "李小山李小山李小"])
def test_what_is_spelt_otherwise_is_no_code(word: str) -> None:
    assert not codes.is_code(word)

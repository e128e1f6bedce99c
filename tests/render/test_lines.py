import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.fonts import shown
from bot.render.lines import widest_piece, wrapped
from tests.render.hostile import hostile_words


def _width(words: str) -> float:
    """A Chinese character is 2 wide, any other 1."""
    return sum(1 if ord(each) < 0x2E80 else 2 for each in words)


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("", [""]),
        ("签到", ["签到"]),
        ("机器人不经手钱款", ["机器人不经", "手钱款"]),
        ("接送老人去，医院", ["接送老人", "去，医院"]),
        ("一二三四（五）", ["一二三四", "（五）"]),
        ("three short words", ["three", "short", "words"]),
        ("see Wolfeschlegelstein", ["see", "Wolfeschle", "gelstein"]),
    ],
)
def test_lines_break_where_a_reader_expects_it(words: str, lines: list[str]) -> None:
    assert wrapped(words, 10, _width) == lines


@pytest.mark.parametrize(("words", "wide"), [("", 0), ("机器人", 2), ("机器人 bot，", 5), ("a bc", 2)])
def test_the_widest_piece_is_a_word_or_a_character(words: str, wide: float) -> None:
    assert widest_piece(words, _width) == wide


@given(hostile_words, st.integers(2, 40))
def test_nothing_is_lost_and_no_line_is_too_wide(words: str, room: int) -> None:
    lines = wrapped(words, room, _width)
    assert lines
    assert all(_width(line) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == shown(words).replace(" ", "")

import io
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.render.tables import LONGEST, SIGNS, TONES, Align, Cell, Column, Table, Tone, picture, pictures
from tests.render.hostile import HOSTILE, hostile_words

NAMES = ("李小山", "王喆", "陈堃", "赵玥", "孙祎", "周彧", "吴珺", "欧阳若兰", "买买提·吐尔逊")
LEGEND = [(Cell(tone=Tone.DONE), "已核对"), (Cell(tone=Tone.OPEN), "待核对"), (Cell(tone=Tone.MUTED), "当月不在本支部")]


def _open(png: bytes) -> Image.Image:
    assert png.startswith(b"\x89PNG")
    return Image.open(io.BytesIO(png)).convert("RGB")


def _year(members: int = 56) -> Table:
    tones = (Tone.DONE, Tone.OPEN, Tone.MUTED)
    rows = [[NAMES[at % len(NAMES)], *(Cell(tone=tones[(at * month) % 3]) for month in range(1, 13))] for at in range(members)]
    return Table("2026 年党费", [Column("姓名"), *(Column(f"{month}月", Align.CENTRE) for month in range(1, 13))], rows, "按月。", LEGEND)


def _small(*rows: tuple[Cell | str, Cell | str], note: str = "") -> Table:
    return Table("签到", [Column("姓名"), Column("情况")], rows, note)


def _margins_are_empty(image: Image.Image) -> bool:
    """No ink in the 20 pixels at the left, the right and the bottom: nothing ran out of the sheet."""
    width, height = image.size
    edges = [(0, 12, 20, height), (width - 20, 12, width, height), (0, height - 20, width, height)]
    return all(image.crop(edge).getextrema() == ((255, 255),) * 3 for edge in edges)


def test_a_small_table_is_as_wide_as_a_phone_reads() -> None:
    image = _open(picture(_small(("李小山", Cell("已签到", Tone.DONE)))))
    assert 700 <= image.width <= 1080
    assert _margins_are_empty(image)


def test_a_year_of_a_large_branch_is_a_landscape_sheet_that_can_be_sent() -> None:
    png = picture(_year())
    image = _open(png)
    assert 1080 < image.width <= 1920
    assert len(png) < 1_500_000
    assert _margins_are_empty(image)


def test_a_long_table_becomes_several_sheets_of_one_width() -> None:
    sheets = [_open(each) for each in pictures(_year(57), rows_per_sheet=28)]
    assert len(sheets) == 3
    assert len({each.width for each in sheets}) == 1
    assert len({each.height for each in sheets}) == 1  # nineteen rows each, not a last sheet of one


def test_a_table_that_fits_is_one_sheet_without_a_number() -> None:
    table = _small(("李小山", "在外地"))
    assert pictures(table) == [picture(table)]


def test_a_table_without_rows_still_says_what_it_is_about() -> None:
    (sheet,) = pictures(_small(note="今天还没有。"))
    assert _open(sheet).height > 150


def test_rows_of_long_words_are_spread_so_that_no_sheet_is_too_tall_to_send() -> None:
    sheets = [_open(each) for each in pictures(_small(*[("长" * 300, "话" * 300)] * 12))]
    assert len(sheets) > 1
    assert all(each.width + each.height < 10_000 for each in sheets)


def test_long_words_make_the_row_taller_and_are_not_cut() -> None:
    heights = [_open(picture(_small(("李" * count, "")))).height for count in (4, 40, 80, 160)]
    assert all(one < other for one, other in pairwise(heights))


@pytest.mark.parametrize("tone", [Tone.DONE, Tone.OPEN, Tone.MUTED])
def test_no_tone_speaks_by_its_colour_alone(tone: Tone) -> None:
    assert Cell(tone=tone).words == Cell("\u200b\ud800", tone).words == SIGNS[tone] != ""
    assert Cell("免交", tone).words == "免交"
    assert len(set(SIGNS.values())) == len(SIGNS)
    assert tone in TONES


def test_a_tone_changes_the_ground_of_its_cell() -> None:
    ground = tuple(bytes.fromhex(TONES[Tone.DONE][0][1:]))
    plain, done = (_open(picture(_small(("李小山", Cell("已签到", tone))))) for tone in (Tone.PLAIN, Tone.DONE))
    near = [sum(max(abs(a - b) for a, b in zip(each, ground, strict=True)) < 6 for each in _pixels(image)) for image in (plain, done)]
    assert near[1] > near[0] + 1000


def _pixels(image: Image.Image) -> list[tuple[int, ...]]:
    raw = image.tobytes()
    return [tuple(raw[at : at + 3]) for at in range(0, len(raw), 3)]


def test_what_is_far_too_long_ends_with_a_sign_of_it() -> None:
    assert Cell("长" * (LONGEST + 1)).words == "长" * (LONGEST - 1) + "…"
    assert Cell("长" * LONGEST).words == "长" * LONGEST


@pytest.mark.parametrize("columns", [0, 25])
def test_a_table_of_no_or_too_many_columns_is_refused(columns: int) -> None:
    with pytest.raises(ValueError, match="columns"):
        Table("", [Column("")] * columns, [])


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="1 cells under 2 columns"):
        Table("", [Column(""), Column("")], [["李小山"]])


def test_the_same_table_has_the_same_bytes() -> None:
    assert picture(_year(8)) == picture(_year(8))


def test_hostile_words_are_drawn_inside_the_sheet() -> None:
    words = "".join(each[:90] for each in HOSTILE)
    rows = [[each, Cell(each, Tone.OPEN)] for each in HOSTILE]
    for each in pictures(Table(words, [Column("姓名"), Column(words)], rows, words, [(Cell(each), each) for each in HOSTILE])):
        assert _margins_are_empty(_open(each))


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(hostile_words, hostile_words, hostile_words), max_size=3))
def test_any_words_at_all_make_a_picture(rows: list[tuple[str, str, str]]) -> None:
    image = _open(picture(Table("表", [Column("甲"), Column("乙", Align.RIGHT), Column("丙", Align.CENTRE)], rows)))
    assert _margins_are_empty(image)

"""The map as a picture."""

import io
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.language import gazetteer
from bot.render import map_picture
from bot.render.canvas import measure
from bot.render.fonts import shown
from bot.render.map_layout import Box
from bot.render.map_picture import LABELS, WIDTH, Chart, Flag, Sheet, laid_out, picture
from tests.render.hostile import HOSTILE

CITIES = [place for place in gazetteer.every().values() if place.level is gazetteer.Level.CITY and gazetteer.position(place.code)]
HARBIN, SANSHA = 230100, 460300


def _flag(code: int, count: int, name: str = "") -> Flag:
    place = gazetteer.place(code)
    return Flag(name or place.short, count, gazetteer.position(code), place.province_code)


def _chart(*flags: Flag, below: str = "") -> Chart:
    return Chart("大家在哪儿", "2026-03-10，自愿填报，仅到市级", flags, "另 {places} 城 {people} 人，见小红点", "南海诸岛", below)


def _open(png: bytes) -> Image.Image:
    assert png.startswith(b"\x89PNG")
    return Image.open(io.BytesIO(png)).convert("RGB")


def _boxes(sheet: Sheet) -> list[Box]:
    return [mark.placed.box for mark in sheet.marks if mark.placed is not None]


EVERYWHERE = _chart(*[_flag(place.code, 1 + number % 40) for number, place in enumerate(CITIES[:300])])


def test_a_map_without_anybody_is_the_country() -> None:
    image = _open(picture(_chart()))
    assert image.width == WIDTH
    assert WIDTH < image.height < 1400


def test_the_same_map_has_the_same_bytes_and_is_small_enough_to_send() -> None:
    pictures = {picture(EVERYWHERE) for _ in range(2)}
    assert len(pictures) == 1
    assert len(pictures.pop()) < 400_000


def test_one_person_is_one_flag_on_its_city() -> None:
    sheet = laid_out(_chart(_flag(HARBIN, 1)))
    (mark,) = sheet.marks
    assert mark.placed is not None
    assert mark.placed.foot[0] == pytest.approx(mark.x)
    assert not sheet.below
    assert _open(picture(_chart(_flag(HARBIN, 1)))).getpixel((round(mark.x), round(mark.y))) == pytest.approx((0xA3, 0x1D, 0x1D), abs=6)


def test_of_three_hundred_cities_those_without_room_are_counted_in_words() -> None:
    sheet = laid_out(EVERYWHERE)
    left_out = [mark.flag for mark in sheet.marks if mark.placed is None]
    assert len(sheet.marks) == 300
    assert len(_boxes(sheet)) > 40
    assert sheet.below == [f"另 {len(left_out)} 城 {sum(each.count for each in left_out)} 人，见小红点"]


def test_names_are_large_enough_for_a_phone() -> None:
    assert min(LABELS) * 390 / WIDTH >= 10
    assert laid_out(_chart(_flag(HARBIN, 1), _flag(110100, 9))).label == max(LABELS)
    assert laid_out(EVERYWHERE).label == min(LABELS)


@given(st.lists(st.tuples(st.sampled_from(CITIES), st.integers(1, 5000)), max_size=60, unique_by=lambda each: each[0].code))
@settings(max_examples=15, deadline=None)
def test_no_name_covers_another_or_the_inset_or_leaves_the_map(people: list[tuple[gazetteer.Place, int]]) -> None:
    sheet = laid_out(_chart(*[_flag(place.code, count) for place, count in people]))
    country, inset = map_picture._box(sheet.country), map_picture._box(sheet.sea)
    assert not any(one.overlaps(other) for one, other in combinations(_boxes(sheet), 2))
    for mark in sheet.marks:
        if mark.placed is not None:
            box = mark.placed.box
            assert box.inside(inset) if mark.in_sea else box.inside(country) and not box.overlaps(inset)
            assert measure(sheet.label)(shown(mark.flag.name)) < box.right - box.left


def test_the_south_has_its_own_place_and_taiwan_is_not_hidden_by_it() -> None:
    sheet = laid_out(_chart(_flag(SANSHA, 2), Flag("台湾", 3, None, 710000)))
    island, southern = sheet.marks
    assert [island.in_sea, southern.in_sea] == [False, True]
    assert not Box(island.x - 30, island.y - 50, island.x + 30, island.y + 50).overlaps(map_picture._box(sheet.sea))
    assert sheet.sea.left < southern.x < sheet.sea.left + sheet.sea.width


def test_a_flag_for_a_province_stands_in_its_middle_and_has_a_hollow_dot() -> None:
    chart = _chart(Flag("黑龙江", 3, None, 230000))
    (mark,) = laid_out(chart).marks
    assert _open(picture(chart)).getpixel((round(mark.x), round(mark.y))) == (255, 255, 255)


def test_what_is_nowhere_on_the_map_is_told_below() -> None:
    assert laid_out(_chart(below="其他地区 3 人")).below == ["其他地区 3 人"]
    assert laid_out(_chart(below="其他地区 3 人")).height > laid_out(_chart()).height


def test_whatever_the_words_the_picture_is_made() -> None:
    flags = [_flag(place.code, 1, words[:40]) for place, words in zip(CITIES[::9], HOSTILE, strict=False)]
    words = " ".join(each[:9] for each in HOSTILE)
    assert _open(picture(Chart(words, words, flags, words, HOSTILE[0][:20], words))).width == WIDTH

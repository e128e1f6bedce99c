"""Posters: of the size for printing and for phones, and read back by a decoder that is not ours."""

import io

import pytest
import zxingcpp
from PIL import Image

from bot.render.poster import Format, Poster, png

LINK = "https://t.me/zhibu_bot?start=K7M4PQRT"


def poster(words: str = "支部一直惦记着您。", link: str = LINK) -> Poster:
    return Poster(
        "寻找党员", "红旗村支部", words, link, "手机扫一扫", ("或私聊支部的机器人，发：报到 您的姓名 K7M4PQRT",), "本海报不点名。"
    )


def opened(made: bytes) -> "Image.Image":
    return Image.open(io.BytesIO(made))


@pytest.mark.parametrize("size", Format)
@pytest.mark.parametrize("link", [LINK, "报到 您的姓名 K7M4PQRT"])
def test_the_code_is_read_back_in_either_size(size: Format, link: str) -> None:
    picture = opened(png(poster(link=link), size))
    assert picture.size == size.value
    assert [each.text for each in zxingcpp.read_barcodes(picture.convert("RGB"))] == [link]


def test_a4_is_printed_at_a_hundred_and_fifty_dots_an_inch() -> None:
    picture = opened(png(poster(), Format.A4))
    assert round(picture.info["dpi"][0]) == 150
    assert [round(side / 150 * 25.4) for side in picture.size] == [210, 297]


def test_a_scan_of_half_the_size_is_still_read() -> None:
    picture = opened(png(poster(), Format.PHONE)).convert("L").resize((360, 640))
    assert [each.text for each in zxingcpp.read_barcodes(picture)] == [LINK]


def test_the_longest_words_fit_and_more_are_refused() -> None:
    assert png(poster("支" * 120), Format.A4)
    assert png(poster("支" * 120), Format.PHONE)
    with pytest.raises(ValueError, match="do not fit"):
        png(poster("支" * 900), Format.PHONE)


def test_what_a_typeface_lacks_and_what_cannot_be_seen_breaks_nothing() -> None:
    assert png(poster("支部\u202e等您\U0001f9e7\x00"), Format.PHONE)
    assert png(poster(), Format.PHONE) == png(poster(), Format.PHONE)

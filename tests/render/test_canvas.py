import io

import pytest
from PIL import Image

from bot.render import canvas
from bot.render.tables import TONES


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted([_light(one), _light(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("ground", "ink"),
    [
        (canvas.PAPER, canvas.INK),
        (canvas.PAPER, canvas.QUIET),
        (canvas.PAPER, canvas.RED),
        (canvas.BAND, canvas.INK),
        (canvas.BAND, canvas.QUIET),
        (canvas.RED, canvas.PAPER),
        *TONES.values(),
    ],
)
def test_words_stand_out_from_their_ground_as_wcag_aa_asks(ground: str, ink: str) -> None:
    assert _contrast(ground, ink) >= 4.5


def test_words_stand_where_they_are_put() -> None:
    paper = canvas.Canvas(300, 100)
    paper.text(290, 50, "签到", size=30, anchor="r")
    ink = Image.open(io.BytesIO(paper.png())).convert("L").point(lambda light: 255 - light).getbbox()
    assert ink is not None
    left, top, right, bottom = ink
    assert 225 <= left < right <= 290
    assert 30 <= top < 50 < bottom <= 70


def test_a_box_covers_just_its_place() -> None:
    paper = canvas.Canvas(40, 30)
    paper.box(10, 5, 20, 15, canvas.RED)
    assert Image.open(io.BytesIO(paper.png())).convert("L").point(lambda light: 255 - light).getbbox() == (10, 5, 30, 20)

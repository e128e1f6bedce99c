"""A sheet to draw on: the colours of the house, type in pixels, and a PNG at the end that is the same for the same drawing."""

import io
from typing import TYPE_CHECKING

from bot.render import fonts
from bot.render.lines import Measure

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Colour = str
"""As #RRGGBB."""

PAPER: Colour = "#FFFFFF"
INK: Colour = "#1F2328"
QUIET: Colour = "#57534E"
RED: Colour = "#A31D1D"
BAND: Colour = "#F6F2EC"
LINE: Colour = "#D9D2C7"


def typeface(size: int) -> "FreeTypeFont":
    """The typeface in a size in pixels. A drawing takes its own, since one is not to be used by two threads."""
    from PIL import ImageFont  # noqa: PLC0415  no start needs it, only a drawing

    return ImageFont.truetype(str(fonts.path()), size, index=fonts.FACE, layout_engine=ImageFont.Layout.BASIC)


def measure(size: int) -> Measure:
    """What measures a line in a size, in pixels."""
    return typeface(size).getlength


class Canvas:
    """White paper of a width and height in pixels."""

    def __init__(self, width: int, height: int) -> None:
        from PIL import Image, ImageDraw  # noqa: PLC0415  no start needs it, only a drawing

        self._image = Image.new("RGB", (width, height), PAPER)
        self._draw = ImageDraw.Draw(self._image)
        self._faces: dict[int, FreeTypeFont] = {}

    def text(self, x: float, middle: float, words: str, *, size: int, colour: Colour = INK, anchor: str = "l") -> None:
        """One line around a middle height; x is its left end, its middle or its right end: anchor "l", "m" or "r"."""
        face = self._faces.setdefault(size, typeface(size))
        self._draw.text((round(x), round(middle)), fonts.shown(words), font=face, fill=colour, anchor=f"{anchor}m")

    def box(self, left: float, top: float, width: float, height: float, colour: Colour, *, corner: int = 0) -> None:
        """A filled rectangle, with round corners if asked."""
        edges = (round(left), round(top), round(left + width) - 1, round(top + height) - 1)
        self._draw.rounded_rectangle(edges, radius=corner, fill=colour)

    def png(self) -> bytes:
        """The picture; smooth edges of type survive 64 colours, and the file is a third of the size."""
        from PIL import Image  # noqa: PLC0415  no start needs it, only a drawing

        paper = io.BytesIO()
        self._image.quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(paper, "PNG", optimize=True)
        return paper.getvalue()

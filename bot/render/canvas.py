"""A sheet to draw on: the colours of the house, type in pixels, and a PNG at the end that is the same for the same drawing."""

import io
from typing import TYPE_CHECKING

from bot.render import fonts
from bot.render.lines import Measure

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

Colour = str
"""As #RRGGBB."""

PAPER: Colour = "#FFFFFF"
INK: Colour = "#1F2328"
QUIET: Colour = "#57534E"
RED: Colour = "#A31D1D"
BAND: Colour = "#F6F2EC"
LINE: Colour = "#D9D2C7"
_FINE = 3
"""How many times finer than the sheet a smooth stroke is drawn."""


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

    def text(
        self, x: float, middle: float, words: str, *, size: int, colour: Colour = INK, anchor: str = "l", halo: Colour | None = None
    ) -> None:
        """One line around a middle height; x is its left end, its middle or its right end: anchor "l", "m" or "r".

        `halo`: the colour of an edge around the letters, so that they are read on whatever lies beneath.
        """
        face = self._faces.setdefault(size, typeface(size))
        at, edge = (round(x), round(middle)), 2 if halo else 0
        self._draw.text(at, fonts.shown(words), font=face, fill=colour, anchor=f"{anchor}m", stroke_width=edge, stroke_fill=halo)

    def box(self, left: float, top: float, width: float, height: float, colour: Colour, *, corner: int = 0) -> None:
        """A filled rectangle, with round corners if asked."""
        edges = (round(left), round(top), round(left + width) - 1, round(top + height) - 1)
        self._draw.rounded_rectangle(edges, radius=corner, fill=colour)

    def frame(self, left: float, top: float, width: float, height: float, colour: Colour) -> None:
        """The edge of a rectangle."""
        self._draw.rectangle((round(left), round(top), round(left + width) - 1, round(top + height) - 1), outline=colour, width=2)

    def paste(self, image: "Image", left: float, top: float) -> None:
        """Another picture, its upper left corner given."""
        self._image.paste(image, (round(left), round(top)))

    def smooth(self, colour: Colour) -> "Pen":
        """A pen of a colour whose strokes have smooth edges; what it drew is on the sheet once it has finished."""
        return Pen(self._image, colour)

    def png(self, dpi: int | None = None) -> bytes:
        """The picture; smooth edges of type survive 64 colours, and the file is a third of the size. `dpi`: how it is printed.

        Packed at level 6: the best packing takes seven times as long and saves a twentieth.
        """
        from PIL import Image  # noqa: PLC0415  no start needs it, only a drawing

        paper = io.BytesIO()
        fewer = self._image.quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        fewer.save(paper, "PNG", compress_level=6, **({"dpi": (dpi, dpi)} if dpi else {}))
        return paper.getvalue()


class Pen:
    """Draws in one colour, finer than the sheet, so that slanted lines and round dots are smooth."""

    def __init__(self, image: "Image", colour: Colour) -> None:
        from PIL import Image, ImageDraw  # noqa: PLC0415  no start needs it, only a drawing

        self._image, self._colour = image, colour
        self._mask = Image.new("L", (image.width * _FINE, image.height * _FINE), 0)
        self._draw = ImageDraw.Draw(self._mask)

    def line(self, one: tuple[float, float], other: tuple[float, float], width: float) -> None:
        """A straight line."""
        ends = (one[0] * _FINE, one[1] * _FINE, other[0] * _FINE, other[1] * _FINE)
        self._draw.line(ends, fill=255, width=round(width * _FINE))

    def dot(self, x: float, y: float, radius: float, hole: float = 0) -> None:
        """A filled circle around a point, perhaps with a round hole of a radius in its middle."""
        self._draw.circle((x * _FINE, y * _FINE), radius * _FINE, fill=255)
        if hole:
            self._draw.circle((x * _FINE, y * _FINE), hole * _FINE, fill=0)

    def box(self, left: float, top: float, width: float, height: float) -> None:
        """A filled rectangle."""
        self._draw.rectangle((left * _FINE, top * _FINE, (left + width) * _FINE - 1, (top + height) * _FINE - 1), fill=255)

    def finish(self) -> None:
        """Put what was drawn on the sheet."""
        self._image.paste(self._colour, mask=self._mask.reduce(_FINE))

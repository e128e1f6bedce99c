"""The map of where people are: a red flag for each city with a number, the names beside, the southern sea in an inset. One PNG."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.render import map_ground
from bot.render.canvas import INK, LINE, PAPER, QUIET, RED, Canvas, measure
from bot.render.fonts import shown
from bot.render.lines import Measure, wrapped
from bot.render.map_ground import Frame
from bot.render.map_layout import Box, Placed, Spot, placed

WIDTH = 1080
TITLE, SMALL = 46, 30  # type sizes, in pixels
LABELS = (40, 34, 28)
"""Type sizes of the flags: the largest in which all find room, else the smallest. On a phone of 390 points 28 are 10 points."""
_FEW = 40
"""Flags; of more not all find room in a larger type, and trying takes time."""
_MARGIN = 28
_LEAD = 1.4
_HEAD = 10  # the red band on top
_COUNTRY = (24.0, 1032.0, 1012.0)  # left, width and height
_INSET = 176.0  # how wide the inset is
_INSET_WORDS = 18
_CLOTH = 1.2  # how high a flag is, in its type size
_DOT = 5


@dataclass(frozen=True, slots=True)
class Flag:
    """So many people in a city at a longitude and latitude, or, where that is None, somewhere in a province."""

    name: str
    count: int
    at: tuple[float, float] | None
    province: int


@dataclass(frozen=True, slots=True)
class Chart:
    """What the map says: a title, a note beneath it, the flags; and below, what stands nowhere on it.

    `more` tells of the places that are dots because their names find no room; it may hold `{places}` and `{people}`. `sea` is what the
    inset is called.
    """

    title: str
    note: str
    flags: Sequence[Flag]
    more: str
    sea: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A flag on the sheet: its city's place, and where flag and name stand if they have found room."""

    flag: Flag
    x: float
    y: float
    placed: Placed | None
    in_sea: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A map that is laid out: everything that is drawn, in pixels."""

    title: Sequence[str]
    note: Sequence[str]
    below: Sequence[str]
    country: Frame
    sea: Frame
    sea_words: str
    marks: Sequence[Mark]
    label: int
    height: int


def picture(chart: Chart) -> bytes:
    """The map as a PNG of `WIDTH` pixels; the same chart has the same bytes."""
    return _drawn(laid_out(chart))


def laid_out(chart: Chart) -> Sheet:
    """Where everything of a map stands."""
    title, note = (_lines(words, size) for words, size in ((chart.title, TITLE), (chart.note, SMALL)))
    left, width, height = _COUNTRY
    top = _HEAD + _MARGIN + len(title) * TITLE * _LEAD + len(note) * SMALL * _LEAD + _MARGIN / 2
    country = map_ground.country(left, top, width, height)
    sea = _inset(country)
    for label in LABELS if len(chart.flags) <= _FEW else LABELS[-1:]:
        marks = _marks(chart.flags, country, sea, label)
        if all(each.placed for each in marks):
            break
    rest = [each.flag.count for each in marks if each.placed is None]
    more = chart.more.replace("{places}", str(len(rest))).replace("{people}", str(sum(rest))) if rest else ""
    below = [line for words in (more, chart.below) if words for line in _lines(words, SMALL)]
    bottom = top + height + _MARGIN / 2 + len(below) * SMALL * _LEAD + _MARGIN
    return Sheet(title, note, below, country, sea, chart.sea, marks, label, round(bottom))


def _lines(words: str, size: int) -> list[str]:
    return wrapped(words, WIDTH - 2 * _MARGIN, measure(size)) if words else []


def _inset(country: Frame) -> Frame:
    """The southern sea in the lower right corner."""
    high = map_ground.sea(0, 0, _INSET).height
    return map_ground.sea(country.left + country.width - _INSET, country.top + country.height - high, _INSET)


def _marks(flags: Sequence[Flag], country: Frame, sea: Frame, label: int) -> list[Mark]:
    found: list[Mark] = []
    width = measure(label)
    points = [map_ground.albers(*flag.at) if flag.at else map_ground.middle(flag.province) for flag in flags]
    southern = [flag.at is not None and flag.at[1] < map_ground.SOUTHERN for flag in flags]
    for in_sea, frame in ((False, country), (True, sea)):
        there = [(flag, *frame.at(point)) for flag, point, south in zip(flags, points, southern, strict=True) if south is in_sea]
        spots = [Spot(x, y, *_size(flag, label, width), (-flag.count, at)) for at, (flag, x, y) in enumerate(there)]
        reserved = [_words_box(sea) if in_sea else _box(sea)]
        for (flag, x, y), place in zip(there, placed(spots, _box(frame), reserved, _DOT), strict=True):
            found.append(Mark(flag, x, y, place, in_sea))
    return found


def _box(frame: Frame) -> Box:
    return Box(frame.left, frame.top, frame.left + frame.width, frame.top + frame.height)


def _words_box(sea: Frame) -> Box:
    """Where the inset says what it shows."""
    bottom = sea.top + sea.height
    return Box(sea.left, bottom - _INSET_WORDS * _LEAD, sea.left + sea.width, bottom)


def _size(flag: Flag, label: int, width: Measure) -> tuple[float, float]:
    return _cloth(flag, label, width) + 8 + width(shown(flag.name)) + 4, label * _CLOTH + 2


def _cloth(flag: Flag, label: int, width: Measure) -> float:
    """How wide the cloth of a flag is."""
    return max(width(str(flag.count)) + 16, label * _CLOTH)


def _drawn(sheet: Sheet) -> bytes:
    canvas = Canvas(WIDTH, sheet.height)
    for frame in (sheet.country, sheet.sea):
        canvas.paste(map_ground.drawn(frame), frame.left, frame.top)
    canvas.frame(sheet.sea.left, sheet.sea.top, sheet.sea.width, sheet.sea.height, LINE)
    _draw_marks(canvas, sheet.marks, sheet.label)
    _draw_words(canvas, sheet)
    return canvas.png()


def _draw_words(canvas: Canvas, sheet: Sheet) -> None:
    canvas.box(0, 0, WIDTH, _HEAD, RED)
    top: float = _HEAD + _MARGIN
    for lines, size, colour in ((sheet.title, TITLE, RED), (sheet.note, SMALL, QUIET)):
        for line in lines:
            canvas.text(_MARGIN, top + size * _LEAD / 2, line, size=size, colour=colour)
            top += size * _LEAD
    words = _words_box(sheet.sea)
    middle = (words.top + words.bottom) / 2
    canvas.text((words.left + words.right) / 2, middle, sheet.sea_words, size=_INSET_WORDS, colour=QUIET, anchor="m", halo=PAPER)
    top = sheet.country.top + sheet.country.height + _MARGIN / 2
    for line in sheet.below:
        canvas.text(_MARGIN, top + SMALL * _LEAD / 2, line, size=SMALL, colour=INK)
        top += SMALL * _LEAD


def _draw_marks(canvas: Canvas, marks: Sequence[Mark], label: int) -> None:
    width = measure(label)
    for wider, colour in ((2.0, PAPER), (0.0, RED)):  # a white edge first, so that red on red is told apart
        pen = canvas.smooth(colour)
        for mark in marks:
            if mark.placed:
                pole, box = mark.placed.foot[0], mark.placed.box
                cloth = _cloth(mark.flag, label, width)
                pen.line(mark.placed.foot, (mark.x, mark.y), 2 + 2 * wider)
                pen.line((pole, box.top), (pole, box.bottom), 3 + 2 * wider)
                left = pole - cloth if mark.placed.mirrored else pole
                pen.box(left - wider, box.top - wider, cloth + 2 * wider, label * _CLOTH + 2 * wider)
        for mark in marks:
            pen.dot(mark.x, mark.y, (_DOT if mark.placed else _DOT - 1) + wider, _DOT / 2 if mark.flag.at is None and not wider else 0)
        pen.finish()
    for mark in marks:
        if mark.placed:
            _draw_label(canvas, mark.flag, mark.placed, label, _cloth(mark.flag, label, width))


def _draw_label(canvas: Canvas, flag: Flag, place: Placed, label: int, cloth: float) -> None:
    pole, middle = place.foot[0], place.box.top + label * _CLOTH / 2
    towards = -1 if place.mirrored else 1
    canvas.text(pole + towards * cloth / 2, middle, str(flag.count), size=label, colour=PAPER, anchor="m")
    beside = pole + towards * (cloth + 6)
    canvas.text(beside, middle, flag.name, size=label, anchor="r" if place.mirrored else "l", halo=PAPER)

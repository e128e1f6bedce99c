"""Traditional characters read as simplified ones, character by character: 簽到 is 签到; and those of Cantonese: 喺 is 在."""

import csv
from functools import cache
from importlib.resources import files

from bot.patterns import Pattern

# Both are characters of simplified Chinese, too: of 乾县 and 著名, where they stay.
_DRY = Pattern("乾(?=[净杯燥旱粮货脆洗活瘪巴衣])|(?<=[饼肉晾烘擦晒吹风未快没萄])乾")
_STEM = frozenset("名原专论合编译巨拙土显昭卓主遗新")
_WRITTEN = Pattern("著(?![名作述称者书录])")
_PAIRS = (
    ("回覆", "回复"), ("答覆", "答复"), ("反覆", "反复"), ("慰借", "慰藉"), ("了望", "瞭望"),
    ("而家", "现在"), ("依家", "现在"), ("听日", "明天"), ("寻日", "昨天"), ("琴日", "昨天"),
)  # fmt: skip
_IN_PAIRS = frozenset("覆借望家日")
_SPOKEN = dict(zip("喺冇嘅咗唔哋佢嚟啲", "在没的了不们他来些", strict=True))
"""Characters that only Cantonese is written with, and those of the same meaning."""


def simplified(text: str) -> str:
    """The text in simplified characters, each of them one for one; anything else is unchanged."""
    if text.isascii():
        return text
    table, signs = _table()
    if not signs.isdisjoint(text):
        text = text.translate(table)
    if not _IN_PAIRS.isdisjoint(text):
        for taken, meant in _PAIRS:
            text = text.replace(taken, meant)
    if "著" in text:
        text = _WRITTEN.sub(lambda found: "著" if text[found.start() - 1 : found.start()] in _STEM else "着", text)
    return _DRY.sub("干", text) if "乾" in text else text


@cache
def _table() -> tuple[dict[int, str], frozenset[str]]:
    with files("bot.language").joinpath("data", "simplified.tsv").open(encoding="utf-8") as lines:
        pairs = {row["traditional"]: row["simplified"] for row in csv.DictReader(lines, delimiter="\t")}
    pairs |= _SPOKEN
    return {ord(sign): meant for sign, meant in pairs.items()}, frozenset(pairs)

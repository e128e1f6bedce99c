"""What a place is called besides its official name: short forms, nicknames, names in other scripts."""

import csv
from functools import cache
from importlib.resources import files

from bot.patterns import Pattern

_IRREGULAR = {
    "内蒙古自治区": "内蒙古", "广西壮族自治区": "广西", "西藏自治区": "西藏", "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆", "香港特别行政区": "香港", "澳门特别行政区": "澳门", "神农架林区": "神农架",
}  # fmt: skip
_PEOPLES = Pattern(
    "(?:各族|保安族|白族|布依族|布朗族|藏族|朝鲜族|傣族|达斡尔族|侗族|东乡族|独龙族|鄂温克族|仡佬族|哈尼族|哈萨克族?|回族|景颇族"
    "|柯尔克孜族?|"
    "拉祜族|黎族|傈僳族|满族|毛南族|蒙古族?|苗族|仫佬族|纳西族|怒族|普米族|羌族|撒拉族|畲族|水族|塔吉克族?|土家族|土族|佤族|锡伯族?|"
    "瑶族|彝族|裕固族|壮族)$"
)
_AUTONOMOUS = Pattern("自治[州县旗]$")
_KINDS = ("地区", "新区", "特区", "矿区", "行政区", "省", "市", "盟", "区", "县", "旗")


def short(name: str) -> str:
    """The name without its kind: 哈尔滨, 黔西南, 南山; a name of one character keeps it: 单县."""
    if name in _IRREGULAR:
        return _IRREGULAR[name]
    if _AUTONOMOUS.search(name):
        return _without_peoples(_AUTONOMOUS.sub("", name))
    if name.endswith("族区"):
        return _without_peoples(name[:-1])
    for kind in _KINDS:
        if name.endswith(kind) and len(name) - len(kind) >= 2 and not (kind == "旗" and name[-2] in "左右前中后"):
            return name.removesuffix(kind)
    return name


def medium(name: str) -> str:
    """The short name with one character for its kind: 黔西南州, 玉龙县, 吉林市; nothing is taken from other names."""
    if _AUTONOMOUS.search(name):
        return short(name) + name[-1]
    return name


def former(name: str) -> tuple[str, ...]:
    """What a district may have been called before it was one, or a city before: 惠阳县 and 惠阳市 for 惠阳区."""
    stem = name[:-1]
    if len(stem) < _SHORTEST_STEM or not name.endswith(("区", "市")) or name.endswith(_NO_FORMER):
        return ()
    return (stem + "县", stem + "市") if name.endswith("区") else (stem + "县",)


_SHORTEST_STEM = 2
_NO_FORMER = ("新区", "地区", "矿区", "林区", "特区", "族区", "城区")


def _without_peoples(stem: str) -> str:
    while (found := _PEOPLES.search(stem)) and found.start() >= 2:
        stem = stem[: found.start()]
    return stem.removesuffix("族")


@cache
def _aliases() -> list[tuple[str, str, int]]:
    """Kind, words and code of every line of the list of aliases."""
    with files("bot.language").joinpath("data", "aliases.tsv").open(encoding="utf-8") as lines:
        return [(row["kind"], row["words"], int(row["code"])) for row in csv.DictReader(lines, delimiter="\t")]


@cache
def of_kind(kind: str) -> dict[str, int]:
    """The aliases of one kind by their words.

    nickname (means only this place), also, town (a part of it), inner (a part, where the place stands before it), exonym, latin,
    position, foremost.
    """
    return {words: code for each, words, code in _aliases() if each == kind}


@cache
def other_names() -> tuple[tuple[str, int], ...]:
    """What people call places besides their names, and the code of each; the same words may mean several."""
    return tuple((words, code) for kind, words, code in _aliases() if kind in {"also", "nickname", "town"})


@cache
def inner_names() -> dict[str, tuple[int, ...]]:
    """What people call parts of places, and the codes of these, where it says nothing without the place before it: 东莞长安."""
    found: dict[str, list[int]] = {}
    for kind, words, code in _aliases():
        if kind == "inner":
            found.setdefault(words, []).append(code)
    return {words: tuple(codes) for words, codes in found.items()}


@cache
def positions() -> dict[int, tuple[float, float]]:
    """Latitude and longitude in degrees of the places for which the official list has none."""
    pairs = {code: words.split(",") for words, code in of_kind("position").items()}
    return {code: (float(north), float(east)) for code, (north, east) in pairs.items()}

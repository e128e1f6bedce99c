"""Which places an expression may mean: official names, short forms, nicknames, chains, stations, pinyin."""

from collections.abc import Iterable
from functools import cache

from bot.language import place_latin, place_names
from bot.language.gazetteer import Level, Place, every, place
from bot.language.normalise import clean
from bot.patterns import Pattern

_LONGEST = 60
_LATIN = Pattern("[a-z]")
_NOT_LATIN = Pattern("[^a-z]+")
_NOISE = Pattern(r"[\s,，、。.;:/|\-—_·'’\"“”()!]+")
_STATION = Pattern("(?:火车|高铁|动车|客运|汽车|长途汽车)?([东西南北])?(?:火车|高铁|动车|客运|汽车|长途)?(?:站|机场|国际机场|码头)$")
_STREET = Pattern(
    "(?:街道|社区|镇|乡|村|路|街|大道|巷|弄|号|小区|工业园区?|工业区|开发区|高新区|产业园区?|经开区|科技园|办事处|苏木|新城)$"
)
_STREET_ONLY = Pattern("[东西南北中]?(?:街道|社区|镇|乡|村|路|街|大道|巷|弄|号|小区|步行街|工业)")
_ENGLISH_KIND = Pattern(r"\b(?:city|district|county|province|prefecture|municipality|autonomous|region|china|prc|in)\b")


def find(words: str) -> list[Place]:
    """All places the expression may mean, cities before districts; [] if it means none."""
    expression = clean(words).casefold().replace("臺", "台").replace("中国", "", 1)
    if not expression or len(expression) > _LONGEST:
        return []
    if _LATIN.search(expression):
        return in_order(_latin(expression))
    return in_order(_chinese(_NOISE.sub("", expression)))


def in_order(found: Iterable[Place]) -> list[Place]:
    """Each once, cities before districts."""
    return sorted(set(found), key=lambda each: (each.level is Level.DISTRICT, each.code))


def _chinese(expression: str) -> set[Place]:
    if found := named(expression):
        return found
    if found := _chain(expression, None):
        return outermost(found)
    return _station(expression) or _street(expression) or _misspelt(expression)


def named(expression: str) -> set[Place]:
    """The places with exactly this name; an official name leaves no doubt about shorter ones."""
    foremost = place_names.of_kind("nickname") | place_names.of_kind("foremost")
    if expression in foremost:
        return {place(foremost[expression])}
    return _official().get(expression) or outermost(_shorter().get(expression, frozenset()))


def outermost(found: Iterable[Place]) -> set[Place]:
    """Without the districts whose own city is among them."""
    all_of_them = set(found)
    cities = {each.code for each in all_of_them if each.level is Level.CITY}
    return {each for each in all_of_them if each.level is not Level.DISTRICT or each.city_code not in cities}


def _chain(expression: str, outer: frozenset[Place] | None) -> set[Place]:
    """Places named from the outside in, each inside the one before."""
    found: set[Place] = set()
    for end in range(1, min(len(expression), _longest_name()) + 1):
        inner = _inside(expression[:end], outer)
        if inner:
            found |= inner if end == len(expression) else _chain(expression[end:], inner)
    return found


def within(name: str, outer: frozenset[Place]) -> frozenset[Place]:
    """The places of a name, short or whole, that lie inside one of others."""
    return _inside(name, outer)


def as_typed(letters: str) -> frozenset[Place]:
    """The places whose pinyin or English name is just these letters; those that are larger and sound alike, none of their districts."""
    return frozenset(_same_written(outermost(_typed_names().get(letters, ()))))


def all_typed() -> Iterable[str]:
    """All letters that `as_typed` knows."""
    return _typed_names()


def _inside(name: str, outer: frozenset[Place] | None) -> frozenset[Place]:
    called = _official().get(name, set()) | _shorter().get(name, set()) if len(name) > 1 else set()
    if outer is None:
        return frozenset(called)
    called = called | {place(code) for code in place_names.inner_names().get(name, ())}
    return frozenset(each for each in called if any(each.within(larger) for larger in outer))


def _station(expression: str) -> set[Place]:
    """The city of a station or airport; which district it stands in says nothing about the person."""
    if not (ending := _STATION.search(expression)):
        return set()
    stem = expression[: ending.start()]
    for name in (stem + (ending[1] or ""), stem):
        if found := named(name) or outermost(_chain(name, None)):
            return found
    return {
        each for end in range(2, len(stem)) for each in _shorter().get(stem[:end], ()) if each.level is Level.CITY and len(stem) - end <= 4
    }


def _street(expression: str) -> set[Place]:
    """The innermost place before a street, village or estate, which is dropped."""
    if not _STREET.search(expression):
        return set()
    for end in range(len(expression) - 2, 1, -1):
        if _STREET_ONLY.match(expression[end:]):
            continue
        head = expression[:end]
        found = _official().get(head) or {each for each in outermost(_chain(head, None)) if _is_chained(head, each)}
        if found:
            return found
    return set()


def _is_chained(head: str, found: Place) -> bool:
    return found.level is not Level.DISTRICT or head not in _shorter()


@cache
def _official() -> dict[str, set[Place]]:
    names: dict[str, set[Place]] = {}
    for each in every().values():
        if each.level is not Level.PROVINCE or each.code + 100 != each.city_code:
            names.setdefault(each.name, set()).add(each)
    return names


@cache
def _shorter() -> dict[str, set[Place]]:
    names: dict[str, set[Place]] = {}
    for name, places in _official().items():
        for called in {place_names.short(name), place_names.medium(name)} - {name}:
            names.setdefault(called, set()).update(places)
        districts = {each for each in places if each.level is Level.DISTRICT}
        for called in place_names.former(name) if districts else ():
            if called not in _official():
                names.setdefault(called, set()).update(districts)
    for words, code in place_names.other_names():
        names.setdefault(words, set()).add(place(code))
    return names


@cache
def _longest_name() -> int:
    return max(map(len, _official()))


# Latin letters


def _latin(expression: str) -> set[Place]:
    plain = _ENGLISH_KIND.sub(" ", expression)
    for words in (expression, plain, ",".join(reversed(plain.split(",")))):
        typed = _NOT_LATIN.sub("", words)
        if found := _typed_names().get(typed) or _typed_chain(typed, None):
            return _same_written(outermost(found))
    typed = _NOT_LATIN.sub("", plain)
    return set(_as_heard().get(_folded(typed), ())) if len(typed) > 5 else set()


def _same_written(found: set[Place]) -> set[Place]:
    """Of larger places and districts that only sound alike the larger ones; districts written alike stay."""
    names = {place_names.short(each.name) for each in found if each.level is not Level.DISTRICT}
    foremost = place_names.of_kind("foremost")
    alike = {each for each in found if not names or place_names.short(each.name) in names}
    return {each for each in alike if foremost.get(place_names.short(each.name), each.code) == each.code}


def _typed_chain(typed: str, outer: frozenset[Place] | None) -> set[Place]:
    found: set[Place] = set()
    for end in range(3, min(len(typed), 40) + 1):
        called = _typed_names().get(typed[:end], ())
        inner = frozenset(each for each in called if outer is None or any(each.within(larger) and each != larger for larger in outer))
        if inner:
            found |= inner if end == len(typed) else _typed_chain(typed[end:], inner)
    return found


@cache
def _typed_names() -> dict[str, tuple[Place, ...]]:
    """Places by pinyin and by English name, letters only."""
    names: dict[str, set[Place]] = {}
    for each in in_order(each for places in _official().values() for each in places):
        for called in {each.name, place_names.short(each.name)}:
            names.setdefault(place_latin.typed(called), set()).add(each)
    for words, code in (place_names.of_kind("exonym") | place_names.of_kind("latin")).items():
        names.setdefault(_NOT_LATIN.sub("", words.casefold()), set()).add(place(code))
    return {typed: tuple(places) for typed, places in names.items() if len(typed) > 3 or typed == "ili"}


@cache
def _as_heard() -> dict[str, set[Place]]:
    """Cities by pinyin in which n and ng sound alike."""
    names: dict[str, set[Place]] = {}
    for typed, places in _typed_names().items():
        if cities := [each for each in places if each.level is Level.CITY]:
            names.setdefault(_folded(typed), set()).update(cities)
    return names


def _folded(typed: str) -> str:
    return typed.replace("ng", "n")


def _misspelt(expression: str) -> set[Place]:
    """Cities of three characters and more whose name sounds like the expression: 哈尔冰."""
    stem = expression.removesuffix("市")
    if not 3 <= len(stem) <= 6:
        return set()
    alike = _as_heard().get(_folded(place_latin.typed(stem)), set())
    return {each for each in alike if len(place_names.short(each.name)) == len(stem) and _shares(each, stem)}


def _shares(named: Place, stem: str) -> bool:
    return sum(one == other for one, other in zip(place_names.short(named.name), stem, strict=True)) * 2 >= len(stem)

"""Places inside a sentence: where they stand and what each may mean. A sentence without one costs a look at each pair of characters."""

from functools import cache, lru_cache

from bot.language import place_everyday, place_latin, place_names
from bot.language.gazetteer import Level, Place, every, place
from bot.language.place_search import all_typed, as_typed, in_order, named, outermost, within
from bot.patterns import Pattern

Mention = tuple[int, int, tuple[Place, ...]]
"""Where it starts and ends in the words, and all places that it may mean, cities before districts."""

_LONGEST = 400
_REMEMBERED = 64
"""One message is looked through by several rules, and clause by clause."""

_STATION = Pattern(
    "[东西南北]?(?:火车|高铁|动车|客运|汽车|长途汽车|长途)?(?:站(?![着起住])|国际机场|机场|码头|港务)|[东西南北](?=[了啦]|$|[,，。!])"
)
_NOT_THE_PLACE = Pattern(
    "[东南西北中]?(?:[路街巷]|大[道街]|步行街)|[队话菜籍]|方言|口音|烤鸭|拉面|大学|大厦|公园|银行|牌|晚报|日报|时间|户口|户籍|精神|队员"
    "|人(?!和镇|[民在已现到就也刚均都])|[省市]人(?!民)|炒饭"
)
_PART_OF_A_NAME = Pattern("(?:村|镇|乡|街道|社区|小区|苏木|大桥|工业园|二村|新村|花园|广场)")
_BETWEEN = Pattern("[ ,·的]|地区的?")
_LETTER = Pattern("(?<=[在抵到来赴居])[京沪津渝穗蓉](?=$|了|啦|上班|工作|打工|务工|生活|居住|,)")
"""A city by one character, as in 已抵沪."""
_LATIN_RUN = Pattern("[a-z][a-z' ]{2,60}")
_MOST_TOKENS = 5
_SHORTEST_LATIN = 4


def mentioned(words: str, *, alone: bool = False) -> list[Mention]:
    """The places that words name, from left to right; `words` as `bot.language.said.Said.words` has them.

    `alone`: where nothing but a place may be meant, so that names count that are everyday words elsewhere (我在长安).
    """
    return list(_mentioned(words[:_LONGEST], alone))


@lru_cache(maxsize=_REMEMBERED)
def _mentioned(said: str, alone: bool) -> tuple[Mention, ...]:  # noqa: FBT001  as the cache has it
    everyday = place_everyday.NEVER if alone else place_everyday.IN_A_SENTENCE
    found: list[Mention] = []
    heads, at, last = _heads(), 0, len(said) - 1
    while at < last:
        names = heads.get(said[at : at + 2])
        mention = _from(said, at, names, everyday) if names else None
        if mention is None:
            at += 1
        else:
            found.append(mention)
            at = mention[1]
    if alone and (short := _LETTER.search(said)):
        apart = [each for each in found if each[1] <= short.start() or each[0] >= short.end()]
        found = sorted([*apart, (short.start(), short.end(), tuple(named(short[0])))], key=lambda each: each[0])
    if _LATIN_RUN.search(said):
        found = sorted([*found, *_latin(said)], key=lambda each: each[0])
    return tuple(found)


def _from(said: str, at: int, names: tuple[str, ...], everyday: frozenset[str]) -> Mention | None:
    """The longest place that begins there, with those inside it that follow, and its station."""
    name = next((each for each in names if said.startswith(each, at)), None)
    if name is None:
        return None
    first = frozenset(named(name))
    if not first:
        return None
    end, places = _chained(said, at + len(name), first)
    chained = end > at + len(name)
    if station := _STATION.match(said, end):
        return at, station.end(), tuple(_cities(places))
    if _NOT_THE_PLACE.match(said, end) or (not chained and (name in everyday or (_is_short(name) and _PART_OF_A_NAME.match(said, end)))):
        return None
    return at, end, tuple(in_order(outermost(places)))


def _chained(said: str, end: int, outer: frozenset[Place]) -> tuple[int, frozenset[Place]]:
    """Where the chain of places inside one another ends, and what it means."""
    heads = _heads()
    for _ in range(3):
        between = _BETWEEN.match(said, end)
        for start in (end, between.end() if between else end):
            names = (each for each in heads.get(said[start : start + 2], ()) if said.startswith(each, start))
            inner = next(((each, found) for each in names if (found := within(each, outer))), None)
            if inner and not _NOT_THE_PLACE.match(said, start + len(inner[0])):
                end, outer = start + len(inner[0]), inner[1]
                break
        else:
            break
    return end, outer


def _cities(places: frozenset[Place]) -> list[Place]:
    """The cities of places: in which district a station stands says nothing of a person."""
    return in_order({every()[each.city_code] if each.level is Level.DISTRICT else each for each in places})


@cache
def _is_short(name: str) -> bool:
    """Whether a name does not say what kind of place it is."""
    return all(each.name != name for each in named(name))


@cache
def _heads() -> dict[str, tuple[str, ...]]:
    """Every name by its first two characters, the longest first."""
    names: dict[str, set[str]] = {}
    called = {form for each in every().values() for form in (each.name, place_names.short(each.name), place_names.medium(each.name))}
    called |= {former for each in every().values() if each.level is Level.DISTRICT for former in place_names.former(each.name)}
    for name in called | {words for words, _ in place_names.other_names()} | set(place_names.inner_names()):
        if len(name) > 1:
            names.setdefault(name[:2], set()).add(name)
    return {head: tuple(sorted(each, key=len, reverse=True)) for head, each in names.items()}


def _latin(said: str) -> list[Mention]:
    """Cities and provinces in Latin letters, with a district that follows; a word of English that sounds like a district is none."""
    found: list[Mention] = []
    for run in _LATIN_RUN.finditer(said):
        spans = [(token.start() + run.start(), token.end() + run.start()) for token in _TOKEN.finditer(run[0])]
        first = 0
        while first < len(spans):
            for last in range(min(len(spans), first + _MOST_TOKENS), first, -1):
                start, end = spans[first][0], spans[last - 1][1]
                if places := _large(said[start:end]):
                    first, places = _inner(said, spans, last, places)
                    found.append((start, spans[first - 1][1], places))
                    break
            else:
                first += 1
    return found


def _inner(said: str, spans: list[tuple[int, int]], last: int, outer: tuple[Place, ...]) -> tuple[int, tuple[Place, ...]]:
    """Where a district, or what else is inside the place, ends that is named behind it, and what both mean: shenzhen nanshan."""
    for end in range(min(len(spans), last + _MOST_INNER), last, -1):
        typed = said[spans[last][0] : spans[end - 1][1]].replace(" ", "").replace("'", "")
        inside = tuple(
            each
            for each in _inside_typed().get(typed, ())
            if any(each.within(larger) and (each != larger or typed in _parts()) for larger in outer)
        )
        if inside:
            return end, inside
    return last, outer


@cache
def _parts() -> dict[str, tuple[Place, ...]]:
    """Parts of places that are no districts, by the letters they are typed with."""
    return {place_latin.typed(words): tuple(place(code) for code in codes) for words, codes in place_names.inner_names().items()}


@cache
def _inside_typed() -> dict[str, tuple[Place, ...]]:
    """What may be named behind a larger place, by the letters it is typed with."""
    found = {letters: tuple(each for each in as_typed(letters) if each.level is Level.DISTRICT) for letters in all_typed()}
    for letters, places in _parts().items():
        found[letters] = (*found.get(letters, ()), *places)
    return found


_MOST_INNER = 3
_TOKEN = Pattern("[a-z']+")


def _large(typed: str) -> tuple[Place, ...]:
    plain = typed.replace(" ", "").replace("'", "")
    return large_places().get(plain, ()) if len(plain) >= _SHORTEST_LATIN else ()


@cache
def large_places() -> dict[str, tuple[Place, ...]]:
    """The cities and provinces by the letters they are typed with."""
    large = {letters: [each for each in as_typed(letters) if each.level is not Level.DISTRICT] for letters in all_typed()}
    return {letters: tuple(in_order(places)) for letters, places in large.items() if places and letters not in _ENGLISH}


_ENGLISH = frozenset({"china", "dating", "wait", "wash"})

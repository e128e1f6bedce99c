"""Where the speaker of a sentence is, by their own word: the places, the words for them, and how sure that is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.language import abroad_names, place_everyday
from bot.language import place_grammar as grammar
from bot.language.abroad_names import Abroad
from bot.language.gazetteer import Level, Place
from bot.language.place_grammar import PLACE
from bot.language.place_scan import Mention, mentioned
from bot.language.place_slips import glued, slipped
from bot.language.rule import LIKELY, MAYBE, SURE
from bot.patterns import Pattern

_REMEMBERED = 64
"""Clauses that are kept masked: several rules ask for the same, one after the other."""
_LONGEST, _LONGEST_TAIL, _MOST_CLAUSES = 160, 24, 8
_SPLIT = Pattern("[,;!?。、~\n]+")
_TOLD = 0.97
"""Surer than anything else that may be made of an address."""
_CHANGED = Pattern("变|更新|改|换|新的?")
_TO_WORK = Pattern("过完年|年后|节后|从(?:老家|家里?|村里|家乡)|上班|打工|工作|务工|干活|复工|返岗|进厂")
_STILL = Pattern("(?:还|仍|依[旧然])[是然]{0,2}(?:[在住待呆搁]|于)|\\bstill\\b|\\bhai (?:shi )?zai")
_DONE = Pattern("[了啦咧嘞喽咯哩喇]")
_ARRIVED = Pattern("抵|达|来到|返回|落地|降落")
_PAST = Pattern("昨|前天|前几天|前两天|上个?月|上上?个?(?:周|星期|礼拜)|年前|早上|上午|中午|下午|晚上|今晚|凌晨|半夜|今早|月初")
_LONG_PAST, _BEGAN = Pattern("[去前]年|年初"), Pattern("开始|起|以来|现")
_DAY = Pattern(f"{_PAST.pattern}|今|[月日号]")
_MOVED = Pattern("[调派驻]|借|抽|下放|发配|分|轮岗|安排|公司|单位|厂|老板|组织|领导|上级|总部|集团|项目")
_ON = Pattern("开始|起|以来|还|一直|就|仍|已|现")


@dataclass(frozen=True, slots=True)
class Claim:
    """That the speaker is in one of these places."""

    words: str
    places: tuple[Place, ...]
    sure: float
    moved: bool = False
    """Whether somebody sent them there."""
    abroad: Abroad | None = None
    """Where they are abroad; there are no places then."""
    still: bool = False
    """Whether they say to be there as before."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A clause with a sign for every place in it."""

    masked: str
    mentions: tuple[Mention, ...]
    words: str
    countries: tuple[Abroad, ...] = ()
    """In place of places, where those abroad are looked for: one for every mention."""


def claim(parts: tuple[str, ...], words: str) -> Claim | None:
    """Where the speaker says to be; `parts` and `words` as `bot.language.said.Said` has them. None for anything else."""
    if len(words) > _LONGEST or len(parts) > 4 * _MOST_CLAUSES:
        return None
    if not (mentioned(words, alone=True) or slipped(words)):
        return _abroad(parts, words) or _glued(words)
    return _read(parts, words, masked)


def _abroad(parts: tuple[str, ...], words: str) -> Claim | None:
    return _read(parts, words, masked_abroad) if abroad_names.mentioned(words) else None


def _read(parts: tuple[str, ...], words: str, mask: Callable[[str], Masked]) -> Claim | None:
    whole = tuple(filter(None, _SPLIT.split(words)))
    for clauses in dict.fromkeys((parts, whole)):
        if len(clauses) <= _MOST_CLAUSES and (found := _of([mask(each) for each in clauses])) is not None:
            return found
    return None


def _glued(words: str) -> Claim | None:
    found = glued(words)
    return Claim(found[0], found[1], LIKELY) if found else None


@lru_cache(maxsize=_REMEMBERED)
def masked(words: str) -> Masked:
    """A clause with a sign for every place, without the sounds of thinking."""
    said = grammar.FILLERS.sub("", words)
    mentions = mentioned(said, alone=True) or slipped(said)
    return Masked(_signs(said, [(start, end) for start, end, _ in mentions]), tuple(mentions), said)


@lru_cache(maxsize=_REMEMBERED)
def masked_abroad(words: str) -> Masked:
    """A clause with a sign for every place abroad."""
    said = grammar.FILLERS.sub("", words)
    found = abroad_names.mentioned(said)
    mentions: tuple[Mention, ...] = tuple((start, end, ()) for start, end, _ in found)
    return Masked(_signs(said, [(start, end) for start, end, _ in found]), mentions, said, tuple(there for _, _, there in found))


def _signs(said: str, spans: list[tuple[int, int]]) -> str:
    signs, at = [], 0
    for start, end in spans:
        signs += [said[at:start], PLACE]
        at = end
    return "".join([*signs, said[at:]])


def _of(clauses: list[Masked]) -> Claim | None:
    """The claim of the clauses: the last that is one, narrowed by a district that is named beside it."""
    found: Claim | None = None
    unknown = False
    if len(clauses) > 1 and (bare := _bare(clauses)) is not None:
        return bare
    for each in clauses:
        told = _claimed(each)
        if told is not None:
            found = told if found is None or not _holds(found, told) else found
        elif found is not None and _same(found, each):
            continue
        elif grammar.UNDONE.search(each.masked):
            return None
        elif not (
            grammar.ASIDE.fullmatch(each.masked) or grammar.OPENING.fullmatch(each.masked) or grammar.NOT_THERE_NOW.fullmatch(each.masked)
        ):
            unknown = True
    if found is None:
        return None
    sure = {_TOLD: LIKELY, SURE: LIKELY, LIKELY: MAYBE}.get(found.sure, MAYBE) if unknown else found.sure
    return replace(found, places=_narrowed(found.places, clauses), sure=sure)


def _bare(clauses: list[Masked]) -> Claim | None:
    """A place alone behind the word for what is told: 在外务工，福建晋江; 位置 佛山."""
    named = [each for each in clauses if grammar.ALONE.fullmatch(each.masked)]
    others = [each.masked for each in clauses if each not in named]
    if len(named) != 1 or not any(map(grammar.HEADING.fullmatch, others)):
        return None
    if not all(grammar.HEADING.fullmatch(each) or grammar.ASIDE.fullmatch(each) or grammar.OPENING.fullmatch(each) for each in others):
        return None
    start, stop, places = named[0].mentions[0]
    return Claim(named[0].words[start:stop], places, LIKELY, abroad=named[0].countries[0] if named[0].countries else None)


def _same(found: Claim, clause: Masked) -> bool:
    """Whether a clause only names the place again: 我在贵阳，贵州的贵阳."""
    return grammar.ALONE.fullmatch(clause.masked) is not None and set(clause.mentions[0][2]) == set(found.places)


def _holds(one: Claim, other: Claim) -> bool:
    """Whether the one claim says the same as the other, and more."""
    return any(each.within(larger) for each in one.places for larger in other.places)


def _narrowed(places: tuple[Place, ...], clauses: list[Masked]) -> tuple[Place, ...]:
    """The district of the one city that another clause goes to: 到北京南站了，坐地铁去丰台."""
    if len(places) != 1 or places[0].level is not Level.CITY:
        return places
    inside = [each for clause in clauses for _, _, named in clause.mentions for each in named if _inside(each, places[0])]
    return (inside[0],) if len({each.code for each in inside}) == 1 else places


def _inside(each: Place, city: Place) -> bool:
    return each.level is Level.DISTRICT and each.within(city)


def _claimed(clause: Masked) -> Claim | None:
    """What one clause claims."""
    if not clause.mentions:
        return None
    for spoken in _spoken(clause.masked):
        for end, sure, moved in _forms(spoken):
            index = clause.masked[: len(clause.masked) - len(spoken) + end].count(PLACE) - 1
            start, stop, places = clause.mentions[index]
            tail = spoken[end:]
            strict = grammar.TAIL.fullmatch(tail) is not None
            if strict or (len(tail) <= _LONGEST_TAIL and PLACE not in tail and not grammar.NOT_TAIL.search(tail)):
                there = clause.countries[index] if clause.countries else None
                words = clause.words[start:stop]
                still = _STILL.search(spoken[:end]) is not None and not _PAST.search(spoken[:end])
                return Claim(words, places, MAYBE if not strict or words in place_everyday.ALWAYS else sure, moved, there, still)
    return None


def _spoken(masked: str) -> Iterator[str]:
    """The clause, and the clause without what is said before one comes to the matter."""
    yield masked
    rest = masked
    for _ in range(3):
        opening = grammar.OPENING.match(rest)
        if not opening or not opening[0]:
            return
        rest = rest[opening.end() :]
        yield rest


def _forms(spoken: str) -> Iterator[tuple[int, float, bool]]:
    """For each form of a statement that the clause has: where its place ends, how sure it is, whether somebody was sent."""
    if (stay := grammar.STAYS.match(spoken)) and _holds_now(stay["when"]):
        settled = len(stay["verb"]) > 1 or "现" in stay["when"] or "目前" in stay["when"]
        yield stay.end(), SURE if stay["self"] or stay["later"] or settled else LIKELY, False
    if come := grammar.COMES.match(spoken):
        yield from _coming(come, spoken)
    if move := grammar.MOVES.match(spoken):
        sent = move["sent"]
        firm = sent != "" and (move["self"] or "").endswith("们")
        own = (
            (move["self"] and not firm)
            or move["later"]
            or re.search("[被我俺]", sent.removeprefix("我们") + spoken[move.end("move") : move.end()])
        )
        if own or (_DONE.search(spoken) and (not sent or firm or sent.startswith("我们"))):
            yield (
                move.end(),
                SURE if own or not sent else MAYBE,
                _MOVED.search(sent + move["move"]) is not None,
            )
    yield from _reported(spoken)


def _holds_now(when: str) -> bool:
    """Whether what was so then is so now: 昨天还在 is not, 上个月开始 is; last year is over unless it began then."""
    if _LONG_PAST.search(when):
        return _BEGAN.search(when) is not None
    return not _PAST.search(when) or _ON.search(when) is not None


def _reported(spoken: str) -> Iterator[tuple[int, float, bool]]:
    for form in (grammar.SHIFTS, grammar.REPORTS):
        if said := form.match(spoken):
            yield said.end(), _TOLD if _CHANGED.search(said[0]) else SURE, False
    if (back := grammar.RETURNS.match(spoken)) and _TO_WORK.search(spoken):
        yield back.end(), LIKELY, False
    if grammar.ENDS.fullmatch(spoken):
        yield spoken.rindex(PLACE) + 1, SURE, False
    for form in (grammar.ENGLISH, grammar.PINYIN):
        if form.fullmatch(spoken):
            yield len(spoken), SURE, False


def _coming(come: re.Match[str], spoken: str) -> Iterator[tuple[int, float, bool]]:
    """Arrivals; without 了 they may be plans, so they need the speaker or a verb that tells of the end."""
    done = (
        _DONE.search(spoken)
        or "已" in come["when"]
        or "刚" in come["when"]
        or _ARRIVED.search(come["come"])
        or "的" in come["come"]
        or spoken.endswith("的")
    )
    own = come["self"] or come["later"]
    if done:
        yield come.end(), SURE if own or "来" not in come["come"] else LIKELY, False
    elif own and "到" in come["come"] and not _DAY.search(come["when"]):
        yield come.end(), LIKELY, False

"""The intents of travel: going away, for how long and where to, and coming back."""

import re
from dataclasses import dataclass
from typing import Any

from bot.language import low_signal, place_slots, travel_grammar, travel_words
from bot.language.dates import BEIJING
from bot.language.gazetteer import Place
from bot.language.place_claims import Masked, masked, masked_abroad
from bot.language.place_grammar import OPENING, PLACE
from bot.language.rule import LIKELY, SURE, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_LONGEST = 160
_WITH_NUMBER, _LEAST_WITH_NUMBER = 0.96, 2
"""Surer than that a number beside a place and a day is only a new number."""
_AHEAD = Pattern(
    "[0-9]{1,2}[./-][0-9]{1,2}|[天周期拜]后|过完|过了|以后|之后|节后|明|后天|下周|下个?月|下星期|下礼拜|过几天|过两天|要|准备|打算|计划|预计|决定|出发|动身|启程|起|马上|即将|将|月底"
    "|[0-9一二三四五六七八九十][月日号]|周[一二三四五六日天]|年后|过完年|开春|节后|报备|这几天|这两天|近期"
)


@dataclass(frozen=True, slots=True)
class _Going:
    """Where a clause says the speaker goes."""

    places: tuple[Place, ...]
    sure: bool
    """Whether that alone is a report; else another clause has to tell that they leave."""
    abroad: bool = False


def _leaving(said: Said) -> Found | None:
    """4月1号起到苏州上班; 明天开渔，信号不好."""
    words = said.words
    if len(words) > _LONGEST or travel_grammar.NOT_GOING.search(words) or _BACK_FROM.search(words):
        return None
    parts = [masked(each) for each in said.parts[:8]]
    going = _destination(parts) or _destination([masked_abroad(each) for each in said.parts[:8]])
    away = any(_away(each) for each in parts)
    leaves = any(travel_grammar.LEAVES.fullmatch(spoken) for each in parts for spoken in _openings(each.masked))
    report = any(travel_grammar.REPORT.search(each.masked) for each in parts)
    low = low_signal.leaving(said.line) is not None or _low(said)
    if not ((going and (going.sure or leaves or report)) or away or (report and _detailed(said)) or low):
        return None
    places = going.places if going is not None else next((mention[2] for each in parts for mention in each.mentions), ())
    slots = (
        _details(said)
        | _large(place_slots.of_places(places, said.setting.near))
        | ({"place_kind": "abroad"} if going and going.abroad else {})
    )
    return Found(slots, _WITH_NUMBER if len(slots) > _LEAST_WITH_NUMBER and "phone" in slots else SURE if report else LIKELY, said.line)


def _details(said: Said) -> dict[str, Any]:
    slots = travel_words.details(said.words, said.setting.at.astimezone(BEIJING).date())
    firm = travel_words.employer(said.line)
    return slots | ({"employer": firm} if firm else {})


def _detailed(said: Said) -> bool:
    return any(sign in said.words for sign in "去到往外出离") and travel_grammar.WORK.search(said.words) is not None


def _low(said: Said) -> bool:
    """Bad signal where one works, and what to do about it."""
    return travel_words.LOW.search(said.words) is not None and _BY_MESSAGE.search(said.words) is not None


_BACK_FROM = Pattern("(?:出海|出差|打工|务工|外出|跑船|跑车|上山|下井)(?:已经?|刚|都)?(?:回来?|返[港回乡])[了啦]")
_BY_MESSAGE = Pattern("短信|打电话|电话联系|少发|text me|sms")


def _destination(parts: list[Masked]) -> _Going | None:
    """The first surest destination of the clauses."""
    found = [going for each in parts if each.mentions for spoken in _openings(each.masked) if (going := _going(each, spoken)) is not None]
    return next((each for each in found if each.sure), found[0] if found else None)


def _going(part: Masked, spoken: str) -> _Going | None:
    if english := travel_grammar.ENGLISH_GOES.match(spoken):
        return _Going(part.mentions[spoken[: english.end()].count(PLACE) - 1][2], sure=True, abroad=bool(part.countries))
    told = travel_grammar.GOES.match(spoken)
    tail = spoken[told.end() :] if told else ""
    if told is None or PLACE in tail:
        return None
    places = part.mentions[spoken[: told.end()].count(PLACE) - 1][2]
    return _Going(places, sure=_is_sure(told, tail, spoken), abroad=bool(part.countries))


def _is_sure(told: re.Match[str], tail: str, spoken: str) -> bool:
    """Whether it is told as something to come, or as done with a purpose."""
    when = (told["when"] or "") + (told["will"] or "")
    goes = told["go"].rstrip("了趟一")
    works = travel_grammar.WORK.search(tail) is not None
    own = bool(told["self"] or told["later"] or "派" in when or "让" in when)
    if _AHEAD.search(when) or "出发" in spoken:
        return True
    if goes in _ARRIVALS:
        return False
    if travel_words.duration(spoken) and (works or own):
        return True
    return (own and works and goes == "去") or ((works or own) and "了" in spoken)


_ARRIVALS = frozenset({"到", "来", "上", "下", "搬到", "调到", "派到", "飞", "去到", "入职"})


def _openings(spoken: str) -> list[str]:
    opening = OPENING.match(spoken)
    return [spoken, spoken[opening.end() :]] if opening and opening[0] else [spoken]


def _away(part: Masked) -> bool:
    return any(travel_grammar.AWAY.match(spoken) and _enough(spoken) for spoken in _openings(part.masked))


_PLAIN_AWAY = Pattern("出去|出门|上山")


def _enough(spoken: str) -> bool:
    """Whether it is more than going out of the house."""
    plain = _PLAIN_AWAY.search(spoken) is not None and "出远门" not in spoken
    return not plain or travel_grammar.WORK.search(spoken) is not None or bool(travel_words.duration(spoken))


def _large(slots: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in slots.items() if name != "district"}


def _returned(said: Said) -> Found | None:
    """我回来了; 春节打算回老家过年; 回来不走了."""
    words = said.words
    if low_signal.returned(said.line):
        return Found({}, LIKELY, said.line)
    if len(words) > _LONGEST or travel_grammar.NOT_BACK.search(words):
        return None
    for each in said.parts[:6]:
        part = masked(each)
        for spoken in _openings(part.masked):
            told = travel_grammar.BACK.match(spoken)
            if told is not None and travel_grammar.BACK_TAIL.fullmatch(spoken, told.end()) is not None:
                if found := _coming(said, part, told["back"], (told["when"] or "") + (told["will"] or ""), spoken):
                    return found
            elif travel_grammar.ENGLISH_BACK.fullmatch(spoken):
                return Found(
                    _home(said, part, "" if "from" in spoken else spoken, planned=travel_grammar.PLANNED.search(spoken) is not None),
                    LIKELY,
                    said.line,
                )
    if travel_grammar.STAYS.search(words) and _HOME.search(words):
        return Found(_home(said, masked(words), "", planned=False), LIKELY, said.line)
    return None


_HOME = Pattern("回|老家|村|家乡|在家|返乡")


def _coming(said: Said, part: Masked, back: str, when: str, spoken: str) -> Found | None:
    if PLACE in back and _TO_WORK.search(spoken):
        return None
    if "想" in said.words and travel_words.occasion(spoken) is None:
        return None  # homesick
    planned = travel_grammar.PLANNED.search(when + back) is not None
    done = travel_grammar.DONE.search(spoken) is not None and not planned
    if back.startswith("到") and not any(home in back for home in "家村屋"):
        return None
    if not done and not planned and travel_words.occasion(spoken) is None:
        return None
    return Found(_home(said, part, back, planned=not done), LIKELY, said.line)


_TO_WORK = Pattern("过完年|年后|节后|从(?:老家|家里?|村里|家乡)")
"""Where somebody goes back to a place after the holidays, they go back to work there."""


def _home(said: Said, part: Masked, back: str, *, planned: bool) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    if PLACE in back:
        slots |= _large(place_slots.of_places(part.mentions[-1][2], said.setting.near))
    if occasion := travel_words.occasion(said.words):
        slots["occasion"] = occasion
    if travel_grammar.STAYS.search(said.words):
        slots["permanent"] = True
    if planned:
        slots["planned"] = True
    return slots


RULES: tuple[Rule, ...] = (
    Rule(
        "departure_report",
        _leaving,
        (
            "去",
            "到",
            "出",
            "离",
            "赴",
            "往",
            "飞",
            "船",
            "渔",
            "信号",
            "报备",
            "山",
            "井",
            "going",
            "go to",
            "travel",
            "fly",
            "走",
            "入职",
            "派",
            "leaving",
            "moving",
            "heading",
            "off",
            "sea",
            "跑",
            "返岗",
            "复工",
            "短信",
            "上船",
            "北上",
            "下井",
            "下矿",
            "南下",
        ),
        why="says that one goes away",
    ),
    Rule(
        "return_report",
        _returned,
        ("回", "返", "到家", "靠岸", "上岸", "港", "下船", "back", "home", "hui", "return", "不走", "不出去", "在家", "dao"),
        why="says that one is back, or comes",
    ),
)

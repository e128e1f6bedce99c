"""The intents of checkin: saying that one is fine, for oneself or others, today or late."""

from typing import Any

from bot.language import contexts, persons, proxies
from bot.language.checkin_words import BARE, BLOCKED, FINE, FINE_ONLY, FORGOT, LATE, NOW, SIGN, day
from bot.language.dates import BEIJING
from bot.language.rule import LIKELY, SURE, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_LONGEST = 60
_PLAIN = 0.9
_FOR_THEM = 0.96
"""Surer than that somebody asks after others: to check them in is no question."""
_CLAUSE = Pattern("[,;!?。、~]+")
_SPOKEN_OF = ("签", "卡", "平安", "报到")
_PRESENT = frozenset(
    {
        "到", "到了", "在", "在的", "在呢", "在线", "有", "来了", "我到了", "我在", "我来了", "已到", "到场", "已到场", "1", "+1", "here",
        "present",
        "i'm here", "im here", "dao", "dao le", "上线了", "我到", "答到", "到到", "在这", "在此", "参会", "已上线", "d",
    }
)  # fmt: skip


def _for_others(said: Said) -> Found | None:
    """代签到:张三、李四也到了."""
    people = proxies.names(said.words)
    if not people and " " in said.spaced:
        people = proxies.names(said.spaced.casefold().strip(" .!?。~,")) or people
    if people is None:
        return None
    slots: dict[str, Any] = {"for": people} if people else {"needs_clarify": True}
    plain = not said.setting.in_group or "签" in said.words or "打卡" in said.words
    return Found(slots | _when(said, late=False), _FOR_THEM if plain else LIKELY)


def _signs(said: Said) -> Found | None:
    """The word, with whatever is said around it that is neither a question nor talk about checking in."""
    if len(said.line) > _LONGEST or BLOCKED.search(said.words):
        return None
    if BARE.fullmatch(said.words):
        return Found(aside=_of_lesson(said))
    return _of_parts(said, tuple(_CLAUSE.split(said.words))) or _of_parts(said, said.parts)


def _of_lesson(said: Said) -> bool:
    """学完了，打卡: behind a lesson 打卡 tells of the lesson, 签到 does not."""
    return said.setting.context == contexts.LESSON and not any(word in said.words for word in ("签", "平安", "sign", "qian"))


def _of_parts(said: Said, parts: tuple[str, ...]) -> Found | None:
    """What the clauses say together: one signs, or is late, or has forgotten; what else is said does not matter."""
    signs, late, forgot, now = (any(each(part) for part in parts) for each in (_is_sign, LATE.fullmatch, FORGOT.fullmatch, NOW.fullmatch))
    late = late and (signs or any(word in said.words for word in _SPOKEN_OF))
    if not (signs or late or (forgot and (now or not said.setting.in_group))):
        return None
    aside = "报" in said.words and not any(word in part for word in ("签", "卡", "平安") for part in parts if _is_sign(part))
    if all(_is_known(part) for part in parts) and (signs or late):
        return Found(_when(said, late=late), SURE if signs or not said.setting.in_group else LIKELY, aside=aside)
    plain = BARE.fullmatch(parts[0]) or BARE.fullmatch(parts[-1])
    return Found(_when(said, late=late), _PLAIN if plain else LIKELY, aside=aside)


def _fine(said: Said) -> Found | None:
    """Well-being: the first words say it, nothing asks."""
    if len(said.line) > _LONGEST or not said.parts or BLOCKED.search(said.words):
        return None
    if FINE_ONLY.fullmatch(said.parts[0]) and (len(said.parts) == 1 or not said.setting.in_group):
        return Found(confidence=SURE if len(said.parts) == 1 else LIKELY)
    return Found(confidence=LIKELY, aside=True) if all(FINE.fullmatch(part) for part in said.parts) else None


def _present(said: Said) -> Found | None:
    """The answer to a roll-call: a word, one's own name with it, what kept one."""
    parts = said.words if said.words in _PRESENT else next(iter(_CLAUSE.split(said.words)), "")
    if said.words in _PRESENT or (parts in _PRESENT and parts not in _TINY and not said.asks):
        return Found()
    return _of_name(said)


_TINY = frozenset({"1", "+1", "有", "d"})


def _of_name(said: Said) -> Found | None:
    """李小山到: who calls their own name is there."""
    named = _OWN_NAME.fullmatch(said.words)
    name = (named["name"] or named["name2"]) if named else ""
    if not name or not persons.is_person(name) or BLOCKED.search(said.words):
        return None
    return Found(confidence=SURE if said.setting.context == contexts.ROLL_CALL else LIKELY)


_OWN_NAME = Pattern(
    f"(?:我是|我叫|报告,?|党员)?(?P<name>{persons.ONE})(?:同志)?[,:]?(?:前来|来|已|也|在此|按时)?(?:到|到了|在|在的|报到"
    f"|签到|打卡|已到|来了|到场|平安|一切平安|报平安)"
    f"|(?:到|报到|签到|打卡|平安)[,:]?(?:我是|我叫)?(?P<name2>{persons.ONE})"
)
_OWN_NAME_SAID = ("签到", "打卡", "报到", "平安")


def _signed(said: Said) -> Found | None:
    """李小山签到: in private a check-in with one's own name, as lists on paper have it."""
    return _of_name(said) if not said.setting.in_group and said.setting.role != "secretary" else None


_SOUNDS_LIKE = frozenset({"前到", "浅到", "欠到", "签倒", "钱到", "潜到", "迁到", "牵到", "千到", "签导"})


def _misheard(said: Said) -> Found | None:
    """前到: alone and in private nothing else than 签到 in other characters."""
    alone = said.words.rstrip("了啦喽") if said.words[:2] != "钱到" else said.words
    return Found(confidence=LIKELY) if alone in _SOUNDS_LIKE and not said.setting.in_group and not said.asks else None


def _is_sign(part: str) -> bool:
    return len(part) <= 40 and SIGN.fullmatch(part) is not None


def _is_known(part: str) -> bool:
    return _is_sign(part) or any(each.fullmatch(part) for each in (LATE, FORGOT, NOW, FINE))


def _when(said: Said, *, late: bool) -> dict[str, Any]:
    past = day(said.words, said.setting.at.astimezone(BEIJING).date())
    return ({"date": past.isoformat()} if past else {}) | ({"late": True} if late or past else {})


_CUES = (
    "签", "打卡", "打个卡", "打下卡", "打一下卡", "报到", "报个到", "平安", "卯", "冒泡", "冒个泡", "点到", "补", "check", "sign", "qian",
    "da ka", "daka", "bao", "qd", "dk",
    "晚了", "迟到", "忘",
)  # fmt: skip

RULES: tuple[Rule, ...] = (
    Rule("checkin", _present, contexts=frozenset({contexts.ROLL_CALL}), why="the answer to a roll-call"),
    Rule(
        "checkin",
        _for_others,
        ("签", "打卡", "打个卡", "打下卡", "报到", "报个到", "平安", "点到"),
        why="somebody is checked in by another",
    ),
    Rule("checkin", _signs, _CUES, why="says that one checks in"),
    Rule("checkin", _signed, _OWN_NAME_SAID, why="one's own name and that one checks in"),
    Rule("checkin", _misheard, tuple(sorted(_SOUNDS_LIKE)), why="the word, by its sound alone"),
    Rule(
        "checkin",
        _fine,
        ("平安", "安好", "都好", "正常", "很好", "顺利", "挺好", "安全", "fine", "safe", "all", "well", "i'm", "i am"),
        why="says that one is fine",
    ),
)

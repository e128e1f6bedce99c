"""The intents of checkin: saying that one is fine, for oneself or others, today or late."""

from typing import Any

from bot.language import contexts, proxies
from bot.language.checkin_words import BARE, BLOCKED, FINE, FINE_ONLY, FORGOT, LATE, NOW, SIGN, day
from bot.language.dates import BEIJING
from bot.language.rule import LIKELY, SURE, Found, Rule
from bot.language.said import Said

_LONGEST = 60
_PLAIN = 0.9
_PRESENT = frozenset(
    {
        "到", "到了", "在", "在的", "在呢", "在线", "有", "来了", "我到了", "我在", "我来了", "已到", "到场", "已到场", "1", "+1", "here",
        "present",
        "i'm here", "im here", "dao", "dao le", "上线了", "我到", "答到", "到到", "在这", "在此", "参会", "已上线", "d",
    }
)  # fmt: skip


def _for_others(said: Said) -> Found | None:
    """代签到:张三、李四也到了."""
    people = proxies.names(said.words) or (proxies.names(said.spaced.casefold().strip(" .!?。~,")) if " " in said.spaced else None)
    if people is None:
        return None
    slots: dict[str, Any] = {"for": people} if people else {"needs_clarify": True}
    return Found(slots | _when(said, late=False), SURE if "签" in said.words or "打卡" in said.words else LIKELY)


def _signs(said: Said) -> Found | None:
    """The word, with whatever is said around it that is neither a question nor talk about checking in."""
    if len(said.words) > _LONGEST or BLOCKED.search(said.words):
        return None
    if BARE.fullmatch(said.words):
        return Found()
    parts = said.parts
    signing = [part for part in parts if _is_sign(part)]
    late = any(LATE.fullmatch(part) for part in parts)
    forgot = any(FORGOT.fullmatch(part) for part in parts)
    if (
        not signing
        and not (forgot and any(NOW.fullmatch(part) for part in parts))
        and not late
        and not (forgot and not said.setting.in_group)
    ):
        return None
    if not signing and late and not _speaks_of_it(said.words):
        return None
    known = sum(_is_known(part) for part in parts)
    if known == len(parts) and (signing or late):
        sure = SURE if signing or not said.setting.in_group else LIKELY
    elif BARE.fullmatch(parts[0]) or BARE.fullmatch(parts[-1]):
        sure = _PLAIN
    else:
        sure = LIKELY
    return Found(
        _when(said, late=late),
        sure,
        aside="报" in said.words and not any("签" in each or "卡" in each or "平安" in each for each in signing),
    )


def _fine(said: Said) -> Found | None:
    """Well-being: the first words say it, nothing asks."""
    if len(said.words) > _LONGEST or not said.parts or BLOCKED.search(said.words):
        return None
    if FINE_ONLY.fullmatch(said.parts[0]) and (len(said.parts) == 1 or not said.setting.in_group):
        return Found(confidence=SURE if len(said.parts) == 1 else LIKELY)
    return Found(confidence=LIKELY) if all(FINE.fullmatch(part) for part in said.parts) else None


def _present(said: Said) -> Found | None:
    """The answer to a roll-call."""
    return Found() if said.words in _PRESENT else None


def _is_sign(part: str) -> bool:
    return len(part) <= 40 and SIGN.fullmatch(part) is not None


def _is_known(part: str) -> bool:
    return _is_sign(part) or any(each.fullmatch(part) for each in (LATE, FORGOT, NOW, FINE))


def _speaks_of_it(words: str) -> bool:
    return "签" in words or "卡" in words or "平安" in words or "报到" in words


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
    Rule(
        "checkin",
        _fine,
        ("平安", "安好", "都好", "正常", "很好", "顺利", "挺好", "安全", "fine", "safe", "all", "well", "i'm", "i am"),
        why="says that one is fine",
    ),
)

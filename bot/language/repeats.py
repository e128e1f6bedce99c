"""Words and characters typed more than once, and what a slipping thumb doubles: 签到签到, 签签到, 到到到了, 收到,收到."""

import re

from bot.language.normalise import HAN
from bot.patterns import Pattern

_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
_WORD = f"(?:(?![{_NUMERALS}])[{HAN}])"
_AGAIN = Pattern(f"({_WORD}{{2,6}}?)(?:[ ,.!;。、~]{{0,3}}\\1)+")
_THRICE = Pattern(f"({_WORD})\\1{{2,}}")
_STAMMER = Pattern(r"([我俺咱您嗯喔哦噢呃额])\1+")
_PAIRED = frozenset("谢拜哈呵嘿嘻呜哒天看问")
"""Characters that are said twice: of a longer run two are left."""
_NAMES = frozenset({"吉林", "朝阳", "海南"})
"""A province and its city, a city and its district of one name: 吉林吉林市 repeats nothing."""
_WORDS = (
    "签到", "收到", "打卡", "报到", "平安", "报平安", "同意", "反对", "弃权", "赞成", "党费", "帮助", "撤销", "取消", "参加", "请假",
    "求助",
    "认领", "投票", "学完", "确认", "补录", "绑定",
)  # fmt: skip
_DOUBLED = Pattern("|".join(f"{word[0]}{{2,}}{word[1:]}|{word}{word[-1]}+" for word in _WORDS))


def once(words: str) -> str:
    """The words with what is repeated said once. Digits and numerals are never touched, nor a character that is said twice (天天)."""
    if words.isascii() or len(set(words)) == len(words):
        return words
    words = _AGAIN.sub(_single, words)
    words = _THRICE.sub(lambda found: found[1] * (2 if found[1] in _PAIRED else 1), words)
    words = _STAMMER.sub(r"\1", words)
    return _DOUBLED.sub(_meant, words)


def _single(found: re.Match[str]) -> str:
    word = found[1]
    return found[0] if word in _NAMES or word[0] == word[-1] else word


def _meant(found: re.Match[str]) -> str:
    return next(word for word in _WORDS if set(word) == set(found[0]))

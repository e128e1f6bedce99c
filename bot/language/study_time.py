"""How long somebody studied, as people write it: 我学了2小时 夜校; 学习 2学时 党员大会."""

import re
from dataclasses import dataclass

from bot.language.normalise import clean, is_blank
from bot.language.numerals import NUMERAL, number
from bot.patterns import Pattern

_LONGEST_WHAT = 40
_AMOUNT = (
    rf"(?:(?P<half>半)个?|(?P<count>[0-9]{{1,4}}(?:\.5|\.0)?|{NUMERAL}) ?(?P<and_half>个半|个)?)"
    r" ?(?P<unit>小时|钟头|学时|课时|节课|堂课|分钟|hours?|h|class hours?|minutes?|min)(?P<more>半)?"
)
_SAID = Pattern(rf"(?:(?:我|今天|昨天|自己){{0,3}})(?:学习?了?|上了?|听了?|培训了?|看书) ?{_AMOUNT}(?:的课|的)?[ ,，:：]*(?P<what>.*)")
_SAID_EN = Pattern(rf"i studied (?:for )?{_AMOUNT}[ ,:]*(?P<what>.*)")
_ENTERED = Pattern(rf"(?:学习|培训|参加学习|听课|上课|studied|training)[ ,，:：]*{_AMOUNT}[ ,，:：]*(?P<what>.*)")
_A_LESSON = Pattern(r"^(?:我)?(?:学习?|上|听|看) ?(?:三|3) ?分钟(?:党|微)课")
"""听三分钟党课 asks for one."""
_CLASS = frozenset({"学时", "课时", "节课", "堂课"})
_MINUTES = frozenset({"分钟", "min"})


@dataclass(frozen=True, slots=True)
class StudyTime:
    """A time of study: an amount in halves, its unit (`class`, `hour` or `minute`), and what it was; empty if that was not said."""

    halves: int
    unit: str
    what: str

    def minutes(self, class_hour: int) -> int:
        """Its length, with so many minutes to the class hour."""
        return self.halves * {"class": class_hour, "hour": 60, "minute": 1}[self.unit] // 2


def said(text: str) -> StudyTime | None:
    """What a member says of themselves; None where it says something else."""
    words = clean(text).rstrip("。.!！")
    if _A_LESSON.search(words):
        return None
    return _read(_SAID.fullmatch(words) or _SAID_EN.fullmatch(words.casefold()))


def entered(text: str) -> StudyTime | None:
    """What somebody enters for a member, after the name."""
    return _read(_ENTERED.fullmatch(clean(text).rstrip("。.!！")))


def _read(found: re.Match[str] | None) -> StudyTime | None:
    if found is None or len(found["what"]) > _LONGEST_WHAT:
        return None
    what = "" if is_blank(found["what"]) else found["what"].strip()
    return StudyTime(_halves(found), _unit(found["unit"].casefold()), what)


def _unit(unit: str) -> str:
    if unit in _CLASS or unit.startswith("class"):
        return "class"
    return "minute" if unit in _MINUTES or unit.startswith("minute") else "hour"


def _halves(found: re.Match[str]) -> int:
    if found["half"]:
        return 1
    whole, _, fraction = found["count"].partition(".")
    return 2 * (number(whole) or 0) + (1 if fraction == "5" or found["and_half"] == "个半" or found["more"] else 0)

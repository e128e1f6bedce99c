"""What helpers type about a household they look after: what was done, of which kind, on which day; and labels of households."""

import re
from datetime import date, timedelta
from enum import StrEnum

from bot.language.identity import CARD_MASK, ID_MASK
from bot.language.normalise import bare, clean
from bot.language.numerals import NUMERAL, number
from bot.patterns import Pattern


class Kind(StrEnum):
    """What was done for a household."""

    VISIT = "visit"
    GIFT = "gift"
    WORK = "work"
    CLINIC = "clinic"
    SCHOOL = "school"
    OTHER = "other"


class ImpossibleDay(ValueError):
    """A day that does not exist or has not come yet."""


_KINDS = (
    (Kind.CLINIC, Pattern("医院|看病|陪诊|就医|取药|买药|体检|clinic|hospital|doctor", re.IGNORECASE)),
    (Kind.SCHOOL, Pattern("上学|学费|功课|作业|辅导|书包|学校|school|homework", re.IGNORECASE)),
    (Kind.WORK, Pattern("帮工|收割|收麦|收稻|插秧|修|打扫|搬|砍柴|挑水|干活|农活|work|repair", re.IGNORECASE)),
    (Kind.GIFT, Pattern("送|米|面|油|衣|被|牛奶|鸡蛋|慰问金|物|gift|gave|brought", re.IGNORECASE)),
    (Kind.VISIT, Pattern("走访|看望|看了看|探望|串门|聊|电话|visit|called", re.IGNORECASE)),
)
_DAY = Pattern(
    rf"(?P<word>今天|昨天|前天|today|yesterday)|(?:(?P<year>[0-9]{{4}}) ?年 ?)?(?P<month>{NUMERAL}) ?月 ?(?P<day>{NUMERAL}) ?[日号]"
    r"|(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})"
)
_BACK = {"今天": 0, "today": 0, "昨天": 1, "yesterday": 1, "前天": 2}
_WISHES = Pattern(
    r"我?(?:也)?(?:想|要|愿意|申请)(?:结对|结个对子|结对子|结对帮扶|对口帮扶)(?:帮扶)?(?:一户|一家|困难户|困难家庭|一个家庭)?(?:人家)?"
)
_ASKS = Pattern(r"我?(?:的)?结对(?:的)?(?:对象|户|家庭)?是(?:谁|哪户|哪一户|哪家)|我(?:结对|帮扶)(?:了|的是)?(?:哪户|哪一户|谁|哪家)")
_ENTERED = Pattern(r"(?:走访|结对记一笔|visited)(?!过|了?$)[ ,:]*(?P<rest>.+)", re.IGNORECASE)
_NUMBERS = Pattern("[0-9]{5,}")


def read(words: str, today: date) -> tuple[date, Kind, str]:
    """The day, the kind and the words of what was done. Raises `ImpossibleDay`."""
    said = clean(words)
    found = _DAY.match(said)
    when = _day(found, today) if found else today
    rest = said[found.end() :].strip(" ,，:：、。;；") if found else said
    return when, kind(rest), rest


def kind(words: str) -> Kind:
    """The kind of what was done, by its words; a visit where there are none."""
    return next((each for each, pattern in _KINDS if pattern.search(words)), Kind.OTHER if words else Kind.VISIT)


def _day(found: re.Match[str], today: date) -> date:
    if found["word"]:
        return today - timedelta(days=_BACK[found["word"]])
    try:
        if found["y"]:
            meant = date(int(found["y"]), int(found["m"]), int(found["d"]))
        else:
            month, day = number(found["month"]) or 0, number(found["day"]) or 0
            year = int(found["year"]) if found["year"] else today.year - ((month, day) > (today.month, today.day))
            meant = date(year, month, day)
    except ValueError as error:
        raise ImpossibleDay(found[0]) from error
    if meant > today:
        raise ImpossibleDay(found[0])
    return meant


def wishes(text: str) -> str | None:
    """A sentence that asks for a household to look after (我想结对帮扶一户), or None."""
    return "" if len(text) <= 30 and _WISHES.fullmatch(bare(text)) else None


def asks_whom(text: str) -> str | None:
    """A sentence that asks which household it is (我的结对对象是谁), or None."""
    return "" if len(text) <= 30 and _ASKS.fullmatch(bare(text)) else None


def entered(words: str) -> str | None:
    """What an officer enters that somebody did for their household (走访 送米一袋), or None."""
    found = _ENTERED.fullmatch(clean(words))
    return found["rest"] if found else None


def is_label(words: str) -> bool:
    """Whether words are a short label of a household (村东李家): no long numbers, no more than twelve characters."""
    said = clean(words)
    return 0 < len(said) <= 12 and not _NUMBERS.search(said) and ID_MASK not in words and CARD_MASK not in words

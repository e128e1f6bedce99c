"""Days and times of day anywhere in a sentence: 下周三, 昨天的, 月底, 3月8日上午, 明晚8点, 星期天下午三点半. Today is passed in."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.language import dates
from bot.language.dates import BEIJING, CLOCK, PERIOD, ImpossibleMoment
from bot.language.numerals import NUMERAL
from bot.patterns import Pattern

_RELATIVE = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨儿": -1, "昨": -1, "yesterday": -1, "今天": 0, "今日": 0, "今儿": 0,
    "今": 0, "today": 0, "tonight": 0, "明天": 1, "明日": 1, "明儿": 1, "明": 1, "tomorrow": 1, "后天": 2, "后日": 2, "大后天": 3,
}  # fmt: skip
_FEASTS = {
    "元旦": (1, 1), "三八节": (3, 8), "妇女节": (3, 8), "植树节": (3, 12), "五一": (5, 1), "劳动节": (5, 1), "五四": (5, 4),
    "青年节": (5, 4), "六一": (6, 1), "七一": (7, 1), "建党节": (7, 1), "八一": (8, 1), "建军节": (8, 1), "十一": (10, 1), "国庆": (10, 1),
}  # fmt: skip
_PARTS = {
    "早": "早上", "早晨": "早上", "清早": "早上", "清晨": "早上", "晚": "晚上", "晚间": "晚上", "夜里": "晚上", "半夜": "凌晨",
    "morning": "上午", "noon": "中午", "afternoon": "下午", "evening": "晚上", "night": "晚上",
}  # fmt: skip
_LONG_AGO = timedelta(days=183)
_JUST_AHEAD = timedelta(days=60)
MONTH_NAMES = (
    r"(?<![a-z])(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\.?(?![a-z])"
)
_DAY = (
    r"(?P<relative>大前天|前天|前日|昨天|昨日|昨儿|昨(?=早|晚|夜)|今天|今日|今儿个?|今(?=早|晚|夜)|明天|明日|明儿个?|"
    r"明(?=早|晚|夜)|大后天|后天|后日"
    r"|yesterday|today|tonight|tomorrow)"
    r"|(?P<ahead>上上|上|下下|下|本|这)?个?(?:周|星期|礼拜)(?:(?P<weekday>[一二三四五六日天1-7])(?![0-9年]|[个次]|"
    r"点(?!钟))|(?P<weekend>末))"
    r"|(?:on )?(?P<next>next |this |last )?(?<![a-z])(?P<english>mon|tues|wednes|thurs|fri|satur|sun)day(?![a-z])"
    rf"|(?P<name>{MONTH_NAMES}) (?P<nth>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9])"
    rf"|(?<![0-9])(?P<nth2>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<name2>{MONTH_NAMES})"
    r"|(?P<y>20[0-9]{2})(?:[-/.](?P<m>[0-9]{1,2})[-/.]|年)(?P<d>[0-9]{1,2})(?![0-9月])"
    rf"|(?:(?P<year>20[0-9]{{2}}|今|明|去) ?年 ?)?(?P<month>{NUMERAL}) ?月(?:份的?)? ?(?:(?P<date>{NUMERAL}) ?[日号]|(?P<edge>底|末|初))"
    r"|(?P<coming>上|下|本|这)?个?月(?P<edge2>底|末|初)|年(?P<year_end>底)"
    rf"|(?P<which>下个?月|本月|这个月|上个?月)?(?<![0-9第nN#])(?P<only>{NUMERAL}) ?[日号](?![楼院线机店厂院路文通公题])"
    r"|(?<![0-9./])(?P<month2>[0-9]{1,2})/(?P<date2>[0-9]{1,2})(?![0-9/月])"
    rf"|(?P<feast>{'|'.join(_FEASTS)})(?=节|那|当|前|后|回|放|上午|下午|晚|期间|$)节?"
    rf"|(?P<after>[0-9]{{1,3}}|[一二两三四五六七八九十]{{1,3}})天(?:之|以)?(?P<direction>后|前)"
)
_BETWEEN = r"(?: ?\(?(?:周|星期|礼拜)[一二三四五六日天]\)?)?(?: ?at )?[ ,的]{0,2}"
_WHEN = Pattern(rf"(?:(?P<dated>{_DAY}){_BETWEEN})?(?:{CLOCK.pattern}|(?P<part>{PERIOD}))?")
_FEW = Pattern(r"一点(?!半|钟|整|[0-9零十二三四五])")
"""一点意见: a little, and no hour."""
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
"""The number of a month by the first three letters of its English name (`MONTH_NAMES`)."""
_WEEK = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")


@dataclass(frozen=True, slots=True)
class When:
    """A day, a time of day, or both, and where in the text it is said."""

    day: date | None
    """None where only a time of day is said."""
    clock: time | None
    part: str
    """上午, 下午, 晚上 …: as said, with or without the hour; empty where none is."""
    start: int
    end: int

    def iso(self) -> str:
        """The day as YYYY-MM-DD, with Thh:mm where the hour is said; the hour alone as hh:mm."""
        hour = f"{self.clock:%H:%M}" if self.clock else ""
        if self.day is None:
            return hour
        return f"{self.day}T{hour}" if hour else f"{self.day}"


def find(words: str, now: datetime) -> tuple[When, ...]:
    """Every day and time that a text names, in their order; what does not exist (2月30日) is none. `words` are lower case and NFKC."""
    return tuple(_found(words, now.astimezone(BEIJING).date(), past=False))


def past(words: str, now: datetime) -> tuple[When, ...]:
    """The same of what has happened: in November 3月5日 is of this year, in January 11月5日 of the last.

    A day that is soon to come is that day all the same: whoever says so made a slip, or means to do it, and is to hear it.
    """
    return tuple(_found(words, now.astimezone(BEIJING).date(), past=True))


def without(words: str, whens: tuple[When, ...], gap: str = " ") -> str:
    """The text with what it says of days and times left out."""
    for each in reversed(whens):
        words = f"{words[: each.start]}{gap}{words[each.end :]}"
    return words


def _found(words: str, today: date, *, past: bool) -> Iterator[When]:
    for match in _WHEN.finditer(words):
        if match.end() == match.start() or _FEW.fullmatch(match[0]):
            continue
        try:
            when = _read(match, today, past=past)
        except (ValueError, OverflowError):
            continue
        yield when


def _read(match: re.Match[str], today: date, *, past: bool) -> When:
    day = _day(match, today, past=past) if match["dated"] else None
    period = match["period"] or match["part"] or ("晚上" if match["relative"] == "tonight" else "")
    clock = None
    if said := match["hour"] or match["digits"] or match["spoken"]:
        hour = dates.of_period(match["period"] or match["half"] or match["half2"] or period or None, dates.counted(said))
        minute = int(match["minutes"] or 0) if match["digits"] else dates.minutes_of(match["minute"] or "")
        if hour >= 24 and day is not None:
            day += timedelta(days=hour // 24)
        if hour > 28:
            raise ImpossibleMoment(said)
        clock = time(hour % 24, minute)
    end = match.end() if clock or match["part"] else match.start() + len(match["dated"] or "")
    return When(day, clock, _PARTS.get(period, period), match.start(), end)


def _day(match: re.Match[str], today: date, *, past: bool) -> date:
    """The day that a match of `_WHEN` names. Raises `ValueError` if there is none."""
    if match["relative"]:
        return today + timedelta(days=_RELATIVE[match["relative"].removesuffix("个")])
    if match["after"]:
        days = dates.counted(match["after"])
        return today + timedelta(days=days if match["direction"] == "后" else -days)
    if match["weekday"] or match["weekend"]:
        return _of_week(match["ahead"] or "", dates.WEEKDAYS[match["weekday"]] if match["weekday"] else 5, today)
    if match["english"]:
        ahead = {"next ": "下", "last ": "上", "this ": "本"}.get(match["next"] or "", "")
        return _of_week(ahead, _WEEK.index(match["english"]), today)
    if (name := match["name"] or match["name2"]) or match["feast"]:
        month, day = (MONTHS[name[:3]], int(match["nth"] or match["nth2"])) if name else _FEASTS[match["feast"]]
        return _of_calendar(today, month, day, past=past)
    return _numbered(match, today, past=past)


def _of_week(ahead: str, weekday: int, today: date) -> date:
    weeks = ahead.count("下") - ahead.count("上")
    return dates.weekday(today, weekday, weeks, named=bool(ahead))


def _numbered(match: re.Match[str], today: date, *, past: bool) -> date:
    """A day by its number, or at the edge of a month."""
    if match["y"]:
        return date(int(match["y"]), int(match["m"] or 0), int(match["d"]))
    if match["year_end"]:
        return date(today.year, 12, 31)
    if match["only"] or match["edge2"]:
        shift = (match["which"] or match["coming"] or "").strip("个月")
        month = today.month - 1 + {"下": 1, "上": -1}.get(shift, 0)
        return _in_month(today.year + month // 12, month % 12 + 1, match["only"], match["edge2"])
    month, year = dates.counted(match["month"] or match["month2"]), match["year"]
    if year:
        said = {"今": today.year, "明": today.year + 1, "去": today.year - 1}.get(year) or int(year)
        return _in_month(said, month, match["date"], match["edge"])
    first = _in_month(today.year, month, match["date"] or match["date2"], match["edge"])
    return _of_calendar(today, first.month, first.day, past=past)


def _in_month(year: int, month: int, day: str | None, edge: str | None) -> date:
    if edge:
        return date(year, month, 1 if edge == "初" else monthrange(year, month)[1])
    return date(year, month, dates.counted(day or ""))


def _of_calendar(today: date, month: int, day: int, *, past: bool) -> date:
    """Without a year: this year's, unless that passed more than half a year ago; of what is past, the last one."""
    if past:
        this = date(today.year, month, day)
        return this if this - today <= _JUST_AHEAD else date(today.year - 1, month, day)
    passed = today - date(today.year, month, min(day, 28)) > _LONG_AGO
    return date(today.year + passed, month, day)

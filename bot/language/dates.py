"""Moments and hours as people write them. Times are Beijing's; the present is passed in."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta, timezone

from bot.language.normalise import clean, visible
from bot.language.numerals import NUMERAL, number
from bot.patterns import Pattern

BEIJING = timezone(timedelta(hours=8), "UTC+8")
_LONGEST = 80  # no expression of time is longer
_NINE = time(9)
_HALF_A_YEAR = timedelta(days=183)

_DAYS = {"今": 0, "今天": 0, "今日": 0, "today": 0, "tonight": 0, "明": 1, "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "大后天": 3}
WEEKDAYS = dict(zip("一二三四五六日天1234567", (0, 1, 2, 3, 4, 5, 6, 6, 0, 1, 2, 3, 4, 5, 6), strict=True))
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ENGLISH_WEEKDAYS = {name: index for index, name in enumerate(_WEEK)}
PERIODS = {
    "凌晨": 0, "半夜": 0, "清早": 9, "清晨": 9, "早上": 9, "早晨": 9, "早": 9, "上午": 9, "中午": 12, "下午": 15, "傍晚": 18, "晚上": 20,
    "夜里": 20, "晚间": 20, "晚": 20, "morning": 9, "noon": 12, "afternoon": 15, "evening": 20, "night": 20,
}  # fmt: skip
PERIOD = "|".join(PERIODS)

_DATE = Pattern(
    rf"(?P<day>今天|今日|明天|明日|大后天|后天|today\b|tonight\b|tomorrow\b|[今明](?=早|晚|夜))"
    r"|(?P<ahead>下下|下|本|这)?个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天1-7])"
    rf"|(?:on )?(?P<next>next |this )?(?P<english>{'|'.join(_ENGLISH_WEEKDAYS)})\b"
    r"|(?P<y>[0-9]{4})(?:-(?P<m>[0-9]{1,2})-|/(?P<m2>[0-9]{1,2})/|\.(?P<m3>[0-9]{1,2})\.)(?P<d>[0-9]{1,2})(?![0-9])"
    rf"|(?:(?P<year>[0-9]{{4}}|今|明) ?年 ?)?(?P<month>{NUMERAL}) ?月 ?(?P<date>{NUMERAL}) ?[日号]"
    r"|(?P<month2>[0-9]{1,2})[-/](?P<date2>[0-9]{1,2})(?= [0-9]{1,9}:[0-9]{2})"
    rf"|(?P<coming>下个?月|本月|这个月)?(?P<only>{NUMERAL}) ?[日号](?= ?(?:{PERIOD}|[0-9]{{1,9}}[:点时]))"
)
_BETWEEN = Pattern(r" ?\(?(?:周|星期|礼拜)[一二三四五六日天]\)? ?|,? at |[ ,的]{0,2}")
CLOCK = Pattern(
    rf"(?P<period>{PERIOD})? ?(?:(?P<hour>{NUMERAL}) ?[点时](?![间候点])(?:钟|整)?"
    rf"(?P<minute>半|[一三]刻|{NUMERAL}分|[0-9]{{2}}(?![0-9])|[二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九])?"
    r"|(?P<digits>[0-9]{1,40}):(?P<minutes>[0-9]{2})(?::[0-9]{2})?(?![0-9]) ?(?P<half>[ap]m(?![a-z]))?"
    r"|(?P<spoken>[0-9]{1,40}) ?(?P<half2>[ap]m)(?![a-z]))"
)
_PERIOD_ALONE = Pattern(f"(?P<period>{PERIOD})")
_NO_MOMENT = Pattern(
    rf" ?(?:(?:之|以)?前(?![往来去])|起(?!床)|开始|为止|[到至~—–-] ?(?:{PERIOD})? ?(?:[0-9]|[一二两三四五六七八九十]{{1,3}}[点时月日号]))"
)
_BOUNDARY = Pattern(r"[ ,.:;!。、]|$")
_DELAY = Pattern(
    rf"过?(?:(?P<half>半)个?|(?P<count>[0-9]{{1,40}}(?:\.[0-9])?|{NUMERAL}) ?(?P<and_half>个半)?个?)"
    r"(?P<unit>小时|钟头|分钟|分|刻钟|天|日|周|星期|礼拜)(?P<more>半)?(?:之|以)?后"
    r"|in (?:(?P<english_half>half an?)|(?P<english_count>[0-9]{1,40}(?:\.[0-9])?|an?)) (?P<english_unit>minute|min|hour|day|week)s?\b"
)
_UNITS = {
    "小时": timedelta(hours=1), "钟头": timedelta(hours=1), "分钟": timedelta(minutes=1), "分": timedelta(minutes=1),
    "刻钟": timedelta(minutes=15), "天": timedelta(days=1), "日": timedelta(days=1), "周": timedelta(days=7), "星期": timedelta(days=7),
    "礼拜": timedelta(days=7), "minute": timedelta(minutes=1), "min": timedelta(minutes=1), "hour": timedelta(hours=1),
    "day": timedelta(days=1), "week": timedelta(days=7),
}  # fmt: skip
_HOUR = (
    rf"(?P<period{{0}}>{PERIOD})?的?(?P<hour{{0}}>[0-9]{{{{1,2}}}}|[零〇一二两三四五六七八九十]{{{{1,3}}}})"
    r"(?:点钟|点整|点|时|:00)? ?(?P<half{0}>[ap]m)?"
)
_HOURS = Pattern(rf"(?:从|from )?{_HOUR.format(1)}(?: ?(?:-|–|—|~|到|至|to|until) ?| ){_HOUR.format(2)}")


class ImpossibleMoment(ValueError):
    """A time that does not exist, such as 2月30日 or 25点."""


def moment(text: str, now: datetime) -> tuple[datetime, str] | None:
    """The time a text begins with and the rest of the text; None if it begins with none. Raises `ImpossibleMoment`."""
    head, ends = _head(text)
    try:
        found = _delayed(head, now.astimezone(BEIJING)) or _dated(head, now.astimezone(BEIJING))
    except (ValueError, OverflowError) as error:
        raise ImpossibleMoment(head) from error
    if found is None or _NO_MOMENT.match(head, found[1]):
        return None
    at, end = found
    return at, text[ends[end - 1] :].lstrip(" \t\r\n\u3000,，:：、;；。")


def hours(text: str) -> tuple[int, int] | None:
    """A span of whole hours, each 0-23: 22-7, 晚10点到早7点."""
    spoken = _HOURS.fullmatch(clean(text).casefold().strip(" .。!"))
    if spoken is None:
        return None
    span = []
    for each in ("1", "2"):
        period, hour = spoken[f"period{each}"] or spoken[f"half{each}"], number(spoken[f"hour{each}"])
        if hour is None or hour > 24:
            return None
        span.append(of_period(period, hour) % 24)
    return span[0], span[1]


def _head(text: str) -> tuple[str, list[int]]:
    """The beginning in common signs, and for each of its characters where it ends in the text."""
    signs: list[str] = []
    ends: list[int] = []
    for index, character in enumerate(text):
        if len(signs) == _LONGEST:
            break
        sign = " " if character.isspace() else unicodedata.normalize("NFKC", character).lower()
        if len(sign) == 1 and visible(character) and not (sign == " " and (not signs or signs[-1] == " ")):
            signs.append(sign)
            ends.append(index + 1)
        elif len(sign) > 1:
            signs.append("\ufffc")
            ends.append(index + 1)
    return "".join(signs), ends


def _delayed(head: str, now: datetime) -> tuple[datetime, int] | None:
    """So long after now; days and weeks may name an hour too."""
    if not (delay := _DELAY.match(head)):
        return None
    unit = _UNITS[delay["unit"] or delay["english_unit"]]
    at = now + unit * (_quantity(delay) + (0.5 if delay["more"] or delay["and_half"] else 0))
    clock = _clock(head, delay.end()) if unit >= timedelta(days=1) else None
    return (_at(at.date(), clock[0]), clock[1]) if clock else (at, delay.end())


def _quantity(delay: re.Match[str]) -> float:
    if delay["half"] or delay["english_half"]:
        return 0.5
    said = delay["count"] or delay["english_count"]
    if said in {"a", "an"}:
        return 1
    return float(said) if said[0].isascii() else counted(said)


def _dated(head: str, now: datetime) -> tuple[datetime, int] | None:
    """A day, a time of day, or both; a time of day alone is today's and has to stand apart or be named (今天's 上午9点)."""
    dated = _DATE.match(head)
    if dated:
        clock = _clock(head, dated.end(), "晚上" if dated[0] == "tonight" else None)
        hour_and_minute, end = clock or ((20 if dated[0] == "tonight" else 9, 0), dated.end())
        return _at(_day(dated, now.date()), hour_and_minute), end
    clock = _clock(head, 0)
    spoken = CLOCK.match(head)
    exact = spoken and (spoken["period"] or spoken["minute"] or spoken["digits"])
    if clock and (exact or (len(head) > 1 and _BOUNDARY.match(head, clock[1]))):
        return _at(now.date(), clock[0]), clock[1]
    return None


def _day(dated: re.Match[str], today: date) -> date:
    """The day a match of `_DATE` names; ValueError if there is none."""
    if dated["day"]:
        return today + timedelta(days=_DAYS[dated["day"]])
    if dated["weekday"]:
        return weekday(today, WEEKDAYS[dated["weekday"]], (dated["ahead"] or "").count("下"), named=bool(dated["ahead"]))
    if dated["english"]:
        return weekday(today, _ENGLISH_WEEKDAYS[dated["english"]], int(dated["next"] == "next "), named=bool(dated["next"]))
    return _of_calendar(dated, today)


def _of_calendar(dated: re.Match[str], today: date) -> date:
    """A day by number; without a year this year's, unless that passed more than half a year ago."""
    if dated["y"]:
        return date(int(dated["y"]), int(dated["m"] or dated["m2"] or dated["m3"]), int(dated["d"]))
    if dated["only"]:
        ahead = (dated["coming"] or "").startswith("下")
        first = (today.replace(day=1) + timedelta(days=31)).replace(day=1) if ahead else today
        return date(first.year, first.month, counted(dated["only"]))
    month, day = counted(dated["month"] or dated["month2"]), counted(dated["date"] or dated["date2"])
    if dated["year"]:
        years = {"今": today.year, "明": today.year + 1}
        return date(years.get(dated["year"]) or int(dated["year"]), month, day)
    passed = today - date(today.year, month, min(day, 28)) > _HALF_A_YEAR
    return date(today.year + passed, month, day)


def weekday(today: date, weekday: int, weeks: int, *, named: bool) -> date:
    """That day of the week so many weeks ahead; where no week is named, the next to come, today included."""
    days = weekday - today.weekday()
    return today + timedelta(days=days + 7 * weeks if named else days % 7)


def _clock(head: str, start: int, period_said: str | None = None) -> tuple[tuple[int, int], int] | None:
    """Hour and minute said at a place in the text, and where they end."""
    start = _BETWEEN.match(head, start).end()  # type: ignore[union-attr]  # matches nothing too
    if clock := CLOCK.match(head, start):
        hour = counted(clock["hour"] or clock["digits"] or clock["spoken"])
        minute = int(clock["minutes"] or 0) if clock["digits"] else minutes_of(clock["minute"] or "")
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            raise ImpossibleMoment(clock[0])
        return (of_period(clock["period"] or clock["half"] or clock["half2"] or period_said, hour), minute), clock.end()
    if period := _PERIOD_ALONE.match(head, start):
        return (PERIODS[period["period"]], 0), period.end()
    return None


def minutes_of(said: str) -> int:
    """The minutes of 半, 一刻, 20分; none for an empty word. Raises `ImpossibleMoment`."""
    if said in {"半", "一刻", "三刻"}:
        return {"半": 30, "一刻": 15, "三刻": 45}[said]
    return counted(said.removesuffix("分")) if said else 0


def of_period(period: str | None, hour: int) -> int:
    """The hour of the day; 24 and more are after midnight: 晚上12点 is 24."""
    if period == "am" or (period in {"凌晨", "半夜"} and hour == 12):
        return hour % 12
    if period in {"中午", "noon"}:
        return hour + 12 if hour < 6 else hour
    if period in {"下午", "傍晚", "afternoon", "pm"}:
        return hour % 12 + 12 if hour <= 12 else hour
    if period in {"晚", "晚上", "夜里", "晚间", "evening", "night"}:
        return hour + 24 if hour < 5 else hour + 12 if hour <= 12 else hour
    return hour


def _at(day: date, clock: tuple[int, int]) -> datetime:
    return datetime.combine(day, time(), BEIJING) + timedelta(hours=clock[0], minutes=clock[1])


def counted(words: str) -> int:
    """The value of a numeral. Raises `ImpossibleMoment`."""
    value = number(words)
    if value is None:
        raise ImpossibleMoment(words)
    return value

"""The day of an arrival or a departure: 昨天, 3月8号, 上周三, 下周一, 4月1号起."""

from datetime import date, timedelta

from bot.language.days import MONTH_NAMES, MONTHS
from bot.language.numerals import NUMERAL, number
from bot.patterns import Pattern

_WORDS = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨晚": -1, "昨日": -1, "昨儿": -1, "昨夜": -1, "今天": 0, "今早": 0, "今日": 0,
    "今晚": 0, "今儿": 0,
    "大后天": 3, "明天": 1, "明早": 1, "明日": 1,
    "明儿": 1, "明晚": 1, "后天": 2,
    "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "zuo tian": -1, "zuotian": -1, "jin tian": 0, "jintian": 0,
    "ming tian": 1, "mingtian": 1,
}  # fmt: skip
_RELATIVE = Pattern("|".join(sorted(_WORDS, key=len, reverse=True)))
_LATER = Pattern(rf"(?P<count>{NUMERAL})个?(?P<unit>天|周|星期|礼拜)[之以]?后(?!(?:就|才|再)?能?(?:回|返|靠|上岸))")
_WEEK = Pattern("(?P<which>上上|下下|上|下|这|本)?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天1-7])(?!年)")
_CALENDAR = Pattern(
    rf"(?:(?P<year>(?:19|20)[0-9]{{2}}|今|明|去)年)?(?P<month>{NUMERAL})月(?P<day>{NUMERAL})[日号]?(?!点)"
    r"|(?P<y>20[0-9]{2})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})"
    r"|(?<![0-9./])(?P<m2>1[0-2]|[1-9])[./](?P<d2>[12][0-9]|3[01]|[1-9])(?![0-9./万元块%])"
)
_NAMED = Pattern(
    rf"(?P<month>{MONTH_NAMES}) (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9])"
    rf"|(?<![0-9])(?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month2>{MONTH_NAMES})"
)
_ONLY_DAY = Pattern(rf"(?P<which>下个?月|这个?月|本月|上个?月)?(?P<day>{NUMERAL})[日号](?!楼|线|机|厂|门|院)")
_DAYS = dict(zip("一二三四五六日天1234567", (0, 1, 2, 3, 4, 5, 6, 6, 0, 1, 2, 3, 4, 5, 6), strict=True))
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ENGLISH = Pattern(rf"(?P<which>next |last |this |on )?(?P<day>{'|'.join(_WEEKDAYS)})\b")
_WEEKS = {"上上": -2, "上": -1, "下": 1, "下下": 2, "last ": -1, "next ": 1}


def day(words: str, today: date, *, ahead: bool) -> date | None:
    """The day that words name; without a year the one next to come (`ahead`) or last gone. None for none or one that does not exist."""
    if said := _RELATIVE.search(words):
        return today + timedelta(days=_WORDS[said[0]])
    if ahead and (said := _LATER.search(words)):
        return today + timedelta(days=(number(said["count"]) or 0) * (1 if said["unit"] == "天" else 7))
    if said := _WEEK.search(words):
        return _weekday(today, _DAYS[said["day"]], said["which"] or "", ahead=ahead)
    if said := _ENGLISH.search(words):
        return _weekday(today, _WEEKDAYS.index(said["day"]), said["which"] or "", ahead=ahead)
    try:
        return _calendar(words, today, ahead=ahead)
    except (ValueError, OverflowError):
        return None


def impossible(words: str, today: date) -> bool:
    """Whether words name a day that no calendar has: 2月30号, 11月31日."""
    try:
        _calendar(words, today, ahead=True)
    except (ValueError, OverflowError):
        return True
    return False


def _weekday(today: date, weekday: int, which: str, *, ahead: bool) -> date:
    days = weekday - today.weekday()
    if which in _WEEKS:
        return today + timedelta(days=days + 7 * _WEEKS[which])
    if which in {"这", "本", "this "}:
        return today + timedelta(days=days)
    return today + timedelta(days=days % 7 if ahead else -((-days) % 7))


def _calendar(words: str, today: date, *, ahead: bool) -> date | None:
    if said := _CALENDAR.search(words):
        if said["y"]:
            return date(int(said["y"]), int(said["m"]), int(said["d"]))
        month, of_month = number(said["month"] or said["m2"]) or 0, number(said["day"] or said["d2"]) or 0
        years = {"今": today.year, "明": today.year + 1, "去": today.year - 1}
        if said["year"]:
            return date(years.get(said["year"]) or int(said["year"]), month, of_month)
        return _year(today, month, of_month, ahead=ahead)
    if said := _NAMED.search(words):
        return _year(today, MONTHS[(said["month"] or said["month2"])[:3]], int(said["day"] or said["day2"]), ahead=ahead)
    if said := _ONLY_DAY.search(words):
        return _of_month(today, said["which"] or "", number(said["day"]) or 0, ahead=ahead)
    return None


def _year(today: date, month: int, of_month: int, *, ahead: bool) -> date:
    found = date(today.year, month, of_month)
    if ahead and found < today:
        return date(today.year + 1, month, of_month)
    return date(today.year - 1, month, of_month) if not ahead and found > today else found


def _of_month(today: date, which: str, of_month: int, *, ahead: bool) -> date:
    """A day of this month, of the next, of the last; without a word for the month the one next to come or last gone."""
    months = today.year * 12 + today.month - 1 + {"下": 1, "上": -1}.get(which[:1], 0)
    found = date(months // 12, months % 12 + 1, of_month)
    if which or (found >= today) == ahead or found == today:
        return found
    months += 1 if ahead else -1
    return date(months // 12, months % 12 + 1, of_month)

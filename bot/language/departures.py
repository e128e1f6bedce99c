"""What people answer when they go away: since when, until when, at which firm, under which number."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from bot.language import travel_words
from bot.language.normalise import bare, clean
from bot.language.numerals import NUMERAL, number
from bot.language.place_dates import day, impossible
from bot.patterns import Pattern

_PAST = Pattern("去年|前年|上个?月|上个?(?:周|星期|礼拜)|昨|前天|已经?|早就|出来|走了|走的|来的|到了|年前|last|ago|since")
_MONTH = Pattern(
    rf"(?:(?P<year>20[0-9]{{2}}|今|明|后|去|前)年)?(?P<month>{NUMERAL})月(?:份|初|底|中旬|末)?(?![0-9])|(?P<y>20[0-9]{{2}})[-/.](?P<m>[0-9]{{1,2}})$"
)
_YEAR = Pattern("(?P<year>(?:19|20)[0-9]{2}|今|去|前|大前)年?")
_YEARS = {"今": 0, "明": 1, "后": 2, "去": -1, "前": -2, "大前": -3}
_WEEK = Pattern("(?P<which>下下|下|上上|上|这|本)个?(?:周|星期|礼拜)")
_OF_MONTHS = Pattern("(?P<which>下|上|这|本)个?月")
_SOON = Pattern("这几天|这两天|马上|过几天|过两天|今|现在|最近|即将|now|soon")
_LASTING = Pattern("长期|长住|常住|定居|不回来?了?$|一直|常年|好几年|多年|扎根|for good|permanent|long term")
_UNSURE = Pattern("说不准|说不好|不知道|不一定|看情况|不清楚|没定|不确定|再说|not sure|don't know")
_FEAST = Pattern("过年|春节|过完年|spring festival|chun ?jie")
_YEAR_END = Pattern("年底|年末|年终|end of the year")
_PHONE = Pattern(r"(?<![0-9])(?:\+?86[ -]?)?(1[3-9][0-9](?:[ -]?[0-9]{4}){2}|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9])")
_ABOUT = Pattern(
    "^(?:在|去|到|进|给)|(?:上班|工作|打工|干活)$|(?:我?的?(?:电话|手机|联系电话|联系方式|手机号)|可以?打|打我?)(?:是|为|[:：])?"
)
_ENTERED = Pattern(
    "(?:(?:已经?|将|要|准备|打算|下个?[周月]|明天|后天|昨天|上个?[周月]|(?:(?:19|20)[0-9]{2}|今|明|后|去)年|[0-9一二三四五六七八九十]+月(?:[0-9一二三四五六七八九十]+[日号])?|起|初|底)*)?"
    "(?:外出|出去|去|赴|到|前往|离开|出门)[^在].*(?:打工|务工|工作|上班|做事|干活|经商|做生意|创业|上学|读书|求学|带孙|带娃|随|外出|学习|实习|[年月]).*|外出(?:报备|务工|打工|经商).*"
)


def entered(words: str) -> str | None:
    """What a secretary enters of somebody who goes away, the name taken off: 去成都打工; None for anything else."""
    said = clean(words)
    return said if len(said) <= 60 and _ENTERED.fullmatch(bare(said)) else None


def leaves_on(words: str, today: date) -> date | None:
    """The day on which somebody leaves or left; for a week or month its first. None where no day is said, or one that does not exist."""
    said = travel_words.without_return(bare(words))
    past = _PAST.search(said) is not None
    if (exact := day(said, today, ahead=not past)) or impossible(said, today):
        return exact
    if (month := _month(said, today)) is not None:
        return month
    if week := _WEEK.search(said):
        weeks = {"下下": 2, "下": 1, "上上": -2, "上": -1}.get(week["which"])
        return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks) if weeks is not None else today
    if told := _OF_MONTHS.search(said):
        count = today.year * 12 + today.month - 1 + {"下": 1, "上": -1}.get(told["which"], 0)
        return date(count // 12, count % 12 + 1, 1) if told["which"] in {"下", "上"} else today
    if year := _YEAR.fullmatch(said.rstrip("的就走来了出去")):
        named = _YEARS.get(year["year"])
        return date(today.year + named if named is not None else int(year["year"]), 1, 1)
    return today if _SOON.search(said) else None


def _month(said: str, today: date, *, ends: bool = False) -> date | None:
    """The first day of a month that is named, or (`ends`) its last; without a year the one next to come."""
    found = _MONTH.search(said)
    if found is None:
        return None
    month = int(found["m"]) if found["m"] else number(found["month"]) or 0
    if not 1 <= month <= 12:
        return None
    told = found["y"] or found["year"]
    if told is not None:
        year = int(told) if told.isdigit() else today.year + _YEARS[told]
    elif _PAST.search(said):
        year = today.year - (month > today.month)
    else:
        year = today.year + (month < today.month)
    return date(year, month, monthrange(year, month)[1] if ends else 1)


def back_by(words: str, start: date, months_later: Callable[[date, int], date]) -> date | None:
    """The day by which somebody thinks to be back, from words said of a time that begins on a day; None where none is said."""
    said = bare(words)
    named = None if "个月" in said else _month(said, start, ends=True)
    exact = day(said, start, ahead=True) if named is None or _OF_MONTH.search(said) else named
    span = travel_words.duration(said) if exact is None else {}
    if "duration_months" in span:
        return months_later(start, span["duration_months"])
    if "duration_days" in span:
        return start + timedelta(days=span["duration_days"])
    return exact or _feast(said, start)


_OF_MONTH = Pattern(f"月{NUMERAL}[日号]?|[-/.][0-9]{{1,2}}[-/.]")


def _feast(said: str, start: date) -> date | None:
    """The end of the year or about the time of the Spring Festival, whichever is said."""
    if _YEAR_END.search(said):
        return date(start.year + (1 if "明年" in said else 0), 12, 31)
    if not _FEAST.search(said):
        return None
    coming = date(start.year, 2, 10)
    return coming if coming > start and "明年" not in said else date(start.year + 1, 2, 10)


def return_said(words: str) -> str:
    """The part of a sentence that says until when: 4月1日 of 去成都打工，到4月1日; empty where there is none."""
    return travel_words.return_said(bare(words))


def lasts(words: str) -> bool:
    """Whether somebody goes for good."""
    return _LASTING.search(bare(words)) is not None


def unsure(words: str) -> bool:
    """Whether somebody cannot say."""
    return _UNSURE.search(bare(words)) is not None


def reached(words: str) -> tuple[str, str]:
    """The firm and the telephone number in what somebody says of how they are reached; empty where there is none."""
    said = clean(words)
    number_said = _PHONE.search(said)
    firm = travel_words.employer(said) or _ABOUT.sub("", _PHONE.sub("", said).strip(" ,，。:：;；、")).strip(" ,，。:：;；、")
    return firm, "".join(each for each in number_said[1] if each.isdigit()) if number_said else ""


_BACK = Pattern("(?:已经|今天|昨天|刚|前天)?(?:从.{1,8})?(?:回来|回家|回村|回老家|返乡|返家|到家)了?(?:已经|了)?|(?:is|came|has come) back")


def back(text: str) -> str | None:
    """Pure: an empty string where somebody is said to be back (补录 周海 回来了)."""
    return "" if _BACK.fullmatch(bare(text)) else None

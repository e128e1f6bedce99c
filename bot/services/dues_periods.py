"""Which months of dues are meant: 3月, 1-3月, 2026, 去年 or nothing."""

from datetime import date

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language.month_words import ImpossibleMonth
from bot.language.months import read
from bot.language.normalise import bare
from bot.patterns import Pattern
from bot.rules.months import month_of, span
from bot.services.dues_words import told
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

MOST = 12
UNCLEAR = Text("没看懂是哪几个月。像这样写：3月、1–3月、2026。", "I did not get which months. Write for example 2026-03, Jan-Mar or 2026.")
TOO_MANY = Text("一次最多看 12 个月，请分开看。", "Twelve months at a time at most; please look at them in parts.")
ONE = Text("一次一个月，比如：3月。", "One month at a time, for example 2026-03.")
TO_COME = Text("{months}还没到。", "{months} is still to come.")
_YEAR = Pattern(r"(?P<year>20[0-9]{2}|去年|今年|本年|last year|this year)(?:年度?)?(?:的)?")
_YEARS = {"去年": -1, "last year": -1}


def year(words: str, today: date) -> int | None:
    """The year that words are, and nothing else; None for anything else."""
    match = _YEAR.fullmatch(bare(words))
    if match is None:
        return None
    return int(match["year"]) if match["year"].isdigit() else today.year + _YEARS.get(match["year"], 0)


def months(words: str, today: date) -> list[str]:
    """The months that are meant, this year's until now for none; never one to come. Raises `UserError`."""
    asked = year(words, today) if words else today.year
    this = month_of(today)
    if asked is not None:
        if asked > today.year:
            raise UserError(TO_COME(months=Text.plain(str(asked))))
        return span(f"{asked}-01", min(f"{asked}-12", this))
    try:
        found = read(words, today)
    except ImpossibleMonth as error:
        raise UserError(UNCLEAR) from error
    if not found.months:
        raise UserError(UNCLEAR)
    wanted = span(found.months[0], found.months[-1])
    if len(wanted) > MOST:
        raise UserError(TOO_MANY)
    if wanted[-1] > this:
        raise UserError(TO_COME(months=told([each for each in wanted if each > this], today)))
    return wanted


def month(words: str, today: date) -> str:
    """The one month that is meant. Raises `UserError`."""
    found = months(words, today) if words and year(words, today) is None else []
    if len(found) != 1:
        raise UserError(ONE)
    return found[0]


def today(work: UnitOfWork) -> date:
    """The day in Beijing on which something was asked."""
    return beijing_day(work.said_at)

"""What is written into the register: telephones, days that are known to the year, the month or the day, cards, relations."""

from datetime import date
from typing import NamedTuple

from bot.language import place_dates
from bot.language.days import MONTH_NAMES, MONTHS
from bot.language.identity import CARD_MASK, ID_MASK
from bot.language.normalise import clean
from bot.language.numerals import NUMERAL, number
from bot.patterns import Pattern

_MOBILE = Pattern(r"(?:\+?86|0086)?(?P<mobile>1[3-9][0-9]{9})")
_LANDLINE = Pattern(r"(?:(?:\+|00)86)?(?P<area>0?(?:10|2[0-9]|[3-9][0-9]{2}))(?P<rest>[2-9][0-9]{6,7})")
_ABROAD = Pattern(r"(?:\+|00)(?P<rest>(?!86)[1-9][0-9]{6,13})")
_BETWEEN = Pattern(r"[\s\-–—.·()（）]")
_IDENTITY = Pattern(r"(?<![0-9])[1-9][0-9]{5} ?(?:18|19|20)[0-9]{2} ?(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]) ?[0-9]{3}[0-9xX](?![0-9])")
_HAN_YEAR = "[零〇○一二三四五六七八九]{2,4}"
_DAY = Pattern(
    rf"(?P<year>[0-9]{{4}}|[0-9]{{2}}|{_HAN_YEAR}|今|去|前) ?年(?:的)? ?(?:(?P<month>{NUMERAL}) ?月份?(?: ?(?P<day>{NUMERAL}) ?[日号]?)?)?"
    r"|(?<![0-9])(?P<y>(?:19|20)[0-9]{2})[-/.](?P<m>[0-9]{1,2})(?:[-/.](?P<d>[0-9]{1,2}))?(?![0-9])"
    r"|(?<![0-9])(?P<y8>(?:19|20)[0-9]{2})(?P<m8>[01][0-9])(?P<d8>[0-3][0-9])(?![0-9])"
    rf"|(?:(?P<d1>[0-9]{{1,2}})(?:st|nd|rd|th)? )?\b(?P<name>{MONTH_NAMES})\b\.?(?: (?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?,?)?,? "
    r"(?P<y2>(?:19|20)[0-9]{2})(?![0-9])"
    r"|(?<![0-9])(?P<y4>(?:19|20)[0-9]{2})(?![0-9])"
)
_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_YEARS = {"今": 0, "去": -1, "前": -2}
_CLEARED = Pattern("清空|清除|删掉|删除|去掉|空白?|不清楚|不知道|clear|empty|remove|unknown|-+|—+")
_HELD = Pattern("有|有了|办了|已办|办好了?|已经?办|领了|已经?领|持有|有证|是|yes|held|have|got it")
_NONE = Pattern("无|还?没有?|未办|没办|没领|还没办?|未领|不持有|没有证|否|no|none|not yet")
_RELATION = {
    "elsewhere": Pattern(
        "(?:已经?)?转(?:走|出|到外地|到流入地)了?|不在(?:这里|本支部)|在外地|在流入地|在?别的支部|在别处|(?:在)?原支部|elsewhere|transferred"
    ),
    "moving": Pattern("(?:正)?在转|转接中|正在(?:转接|转移|办)|办理中|转出中|moving|in transfer"),
    "here": Pattern("在(?:本|这里?|我们)?(?:个)?支部|本支部|未转|没转|没有转|在(?:这|家)里?|here"),
}


class Known(NamedTuple):
    """A day as exactly as it is known: `to` the day, or the first day of the month or year that it is known to."""

    on: date
    to: str = "day"

    def written(self) -> str:
        """As text: 2012, 2012-07 or 2012-07-01."""
        return self.on.isoformat()[: {"year": 4, "month": 7}.get(self.to, 10)]


def of_written(words: str) -> Known:
    """A day from its text. Raises `ValueError`."""
    return Known(date.fromisoformat(words + "0000-01-01"[len(words) :]), {4: "year", 7: "month"}.get(len(words), "day"))


def phone(words: str) -> str | None:
    """A telephone number in one spelling: eleven digits, 0371-1234567, or +85251234567; None for what is none."""
    joined = _BETWEEN.sub("", clean(words))
    if found := _MOBILE.fullmatch(joined):
        return found["mobile"]
    if found := _ABROAD.fullmatch(joined):
        return f"+{found['rest']}"
    if found := _LANDLINE.fullmatch(joined):
        return f"0{found['area'].lstrip('0')}-{found['rest']}"
    return None


def holds_identity_number(words: str) -> bool:
    """Whether a number of an identity card stands in words: it is never kept."""
    return ID_MASK in words or CARD_MASK in words or _IDENTITY.search(clean(words)) is not None


def is_cleared(words: str) -> bool:
    """Whether words say that nothing is to be kept any more."""
    return _CLEARED.fullmatch(clean(words).casefold()) is not None


def card(words: str) -> str | None:
    """Held or none, as words say it of the activity card."""
    said = clean(words).casefold().removesuffix("活动证") or "有"
    if _NONE.fullmatch(said):
        return "none"
    return "held" if _HELD.fullmatch(said) else None


def relation(words: str) -> str | None:
    """here, moving or elsewhere, as words say it of the organisational relation (组织关系)."""
    said = clean(words).casefold()
    return next((value for value, pattern in _RELATION.items() if pattern.fullmatch(said)), None)


def day(words: str, today: date, *, ahead: bool = False) -> Known | None:
    """The day that words name, as exactly as they do. None where there is none, or none such in the calendar."""
    said = clean(words).casefold()
    try:
        found = _DAY.search(said)
        if found is not None:
            return _known(found.groupdict(), today)
    except ValueError:
        return None
    near = place_dates.day(said, today, ahead=ahead)
    return None if near is None else Known(near)


def _known(said: dict[str, str | None], today: date) -> Known:
    year = _year(said["year"], today) if said["year"] else int(next(said[name] or "0" for name in ("y", "y8", "y2", "y4") if said[name]))
    month = MONTHS[said["name"][:3]] if said["name"] else _number(said["month"] or said["m"] or said["m8"])
    of_month = _number(said["day"] or said["d"] or said["d8"] or said["d1"] or said["d2"])
    to = "year" if month is None else "month" if of_month is None else "day"
    return Known(date(year, 1 if month is None else month, 1 if of_month is None else of_month), to)


def _year(words: str, today: date) -> int:
    if words in _YEARS:
        return today.year + _YEARS[words]
    digits = words.translate(_DIGITS)
    if len(digits) == 2:
        return int(digits) + (2000 if int(digits) <= today.year % 100 else 1900)
    return int(digits)


def _number(words: str | None) -> int | None:
    """A number; zero is one, too, so that the calendar refuses it."""
    return None if words is None else number(words) or 0


_PRIVATE = Pattern(
    "欠(?:了|着|人|债|钱|款)|贷款|负债|月薪|年薪|工资|收入|存款|家住|住址|住在|家庭地址|门牌|单元|离婚|糖尿病|高血压|残疾|住院|怀孕"
)


def is_private(words: str) -> bool:
    """Whether words tell what is nobody's business: money, a home address, a body."""
    return _PRIVATE.search(words) is not None

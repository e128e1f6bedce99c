"""What people write into the register, read and held against the rules: a bad value gets a clear answer and changes nothing."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from bot.errors import UserError
from bot.language import places as gazetteer
from bot.language import register_values as read
from bot.language.normalise import clean
from bot.language.register_values import Known
from bot.rules.redaction import mentions_health
from bot.rules.register import Field
from bot.services import place_words
from bot.texts import Text

NAMES: Mapping[Field, Text] = {
    Field.REASON: Text("外出原因", "why away"),
    Field.LEFT_ON: Text("离开时间", "left on"),
    Field.EMPLOYER: Text("单位", "employer"),
    Field.PHONE: Text("手机", "phone"),
    Field.HOMETOWN: Text("老家", "home town"),
    Field.JOINED_ON: Text("入党时间", "joined"),
    Field.PROBATION_UNTIL: Text("预备期到", "probation until"),
    Field.CARD: Text("活动证", "activity card"),
    Field.CARD_UNTIL: Text("活动证到期", "card until"),
    Field.HOME_BRANCH: Text("原支部", "home branch"),
    Field.HOST_BRANCH: Text("流入地支部", "host branch"),
    Field.RELATION: Text("组织关系", "membership"),
    Field.NOTE: Text("备注", "note"),
    Field.CONFIRMED_ON: Text("上次确认", "confirmed on"),
    Field.FOUND_ON: Text("人找到", "found"),
    Field.BOOKS_ON: Text("书发到", "books sent"),
    Field.LIFE_ON: Text("过组织生活", "took part"),
}
LONGEST: Mapping[Field, int] = {
    Field.REASON: 40,
    Field.EMPLOYER: 60,
    Field.HOME_BRANCH: 80,
    Field.HOST_BRANCH: 80,
    Field.NOTE: 200,
}
RELATIONS = {
    "here": Text("在本支部", "here"),
    "moving": Text("正在转", "being transferred"),
    "elsewhere": Text("在别的支部", "elsewhere"),
}
CARDS = {"held": Text("有", "held"), "none": Text("没有", "none")}

IDENTITY = Text(
    "这里面像是有身份证号。身份证号我们不记、也不该发，我没有存；请把它删掉，再说一遍。",
    "There seems to be an identity-card number in it. We never keep those, and nothing was stored: please leave it out and say it again.",
)
NO_PHONE = Text(
    "“{words}”不像电话号码。手机是 11 位，比如 138 0000 1234；没有改。",
    "“{words}” does not look like a telephone number; a mobile has 11 digits. Nothing was changed.",
)
NO_DAY = Text(
    "没认出日期“{words}”。可以写：2012年7月1日，或 2012年7月。没有改。",
    "I cannot read the date “{words}”. Write for example 2012-07-01, or Jul 2012. Nothing was changed.",
)
FUTURE = Text(
    "{field}不会在以后：{day} 还没有到。请再看看，没有改。", "{field}: {day} has not come yet. Please look again; nothing was changed."
)
TOO_OLD = Text("{field}：{day} 太早了，请再看看，没有改。", "{field}: {day} is too long ago. Please look again; nothing was changed.")
TOO_FAR = Text("{field}：{day} 太远了，请再看看，没有改。", "{field}: {day} is too far ahead. Please look again; nothing was changed.")
EXACT = Text("{field}要写到哪一天，比如 2026年7月1日。没有改。", "{field} needs the day, such as 2026-07-01. Nothing was changed.")
NO_CARD = Text("活动证请写“有”或“没有”。没有改。", "For the activity card write “held” or “none”. Nothing was changed.")
NO_RELATION = Text(
    "组织关系请写：在本支部、正在转、在外地。没有改。", "For the membership write: here, moving or elsewhere. Nothing was changed."
)
NO_PLACE = Text(
    "没认出“{words}”是哪里。写到市或县就行，没有改。", "I do not know the place “{words}”. The city is enough; nothing was changed."
)
WHICH_PLACE = Text("“{words}”有几处：{places}。请写全，没有改。", "“{words}” may be: {places}. Please write more; nothing was changed.")
TOO_LONG = Text("{field}最多 {most} 个字，请写短些。没有改。", "{field} has at most {most} characters. Nothing was changed.")
EMPTY = Text("{field}要改成什么？没有改。", "What should {field} be? Nothing was changed.")
_OLDEST = date(1921, 7, 1)
"""The party was founded then; nobody joined before."""
_AHEAD = timedelta(days=366)
_FAR = timedelta(days=366 * 10)
_PAST = frozenset({Field.JOINED_ON, Field.CONFIRMED_ON, Field.FOUND_ON, Field.BOOKS_ON, Field.LIFE_ON})
_ROUGH = frozenset({Field.JOINED_ON, Field.LEFT_ON})
"""Days that many know only to the month or the year."""


OTHER = "其他"


def without_health(reason: str) -> str:
    """Why somebody is away; only “other” where it tells of health (PIPL art. 28: no more than is needed)."""
    return OTHER if mentions_health(reason) else reason


def holds_identity(words: str) -> bool:
    """Whether a number of an identity card stands in words."""
    return read.holds_identity_number(words)


PRIVATE = Text(
    "住址、收入、欠债、病情这些，备注里也不记，没有改。",
    "Addresses, incomes, debts and illness are not kept, not in a note either; nothing was changed.",
)


def parsed(field: Field, words: str, today: date) -> Any:
    """What words mean for a field; None empties it. Raises `UserError`, which says what to write instead."""
    said = clean(words)
    if read.holds_identity_number(said):
        raise UserError(IDENTITY)
    if not said:
        raise UserError(EMPTY(field=NAMES[field]))
    if read.is_cleared(said):
        return None
    if field is Field.NOTE and (mentions_health(said) or read.is_private(said)):
        raise UserError(PRIVATE)
    return _READERS.get(field, _words)(field, said, today)


def _words(field: Field, said: str, _: date) -> str:
    if len(said) > LONGEST[field]:
        raise UserError(TOO_LONG(field=NAMES[field], most=LONGEST[field]))
    return said


def _phone(_: Field, said: str, __: date) -> str:
    found = read.phone(said)
    if found is None:
        raise UserError(NO_PHONE(words=said[:30]))
    return found


def _card(_: Field, said: str, __: date) -> str:
    found = read.card(said)
    if found is None:
        raise UserError(NO_CARD)
    return found


def _relation(_: Field, said: str, __: date) -> str:
    found = read.relation(said)
    if found is None:
        raise UserError(NO_RELATION)
    return found


def _hometown(_: Field, said: str, __: date) -> int:
    found = place_words.meant(said)
    if not found:
        raise UserError(NO_PLACE(words=said[:20]))
    if len(found) > 1:
        places = Text.join([place_words.full(each) for each in found[:5]], "、", "; ")
        raise UserError(WHICH_PLACE(words=said[:20], places=places))
    return found[0].code


def _day(field: Field, said: str, today: date) -> Known | date:
    found = read.day(said, today, ahead=field not in _PAST and field is not Field.LEFT_ON)
    if found is None:
        raise UserError(NO_DAY(words=said[:20]))
    check(field, found.on, today)
    if field in _ROUGH:
        return found
    if found.to != "day":
        raise UserError(EXACT(field=NAMES[field]))
    return found.on


def check(field: Field, day: date, today: date) -> None:
    """Refuse a day that cannot be. Raises `UserError`."""
    values: dict[str, Text | str | int] = {"field": NAMES[field], "day": day.isoformat()}
    if field in _PAST and day > today:
        raise UserError(FUTURE(**values))
    if day < _OLDEST:
        raise UserError(TOO_OLD(**values))
    if day > today + (_AHEAD if field is Field.LEFT_ON else _FAR):
        raise UserError(TOO_FAR(**values))


_DAYS = (Field.LEFT_ON, Field.JOINED_ON, Field.PROBATION_UNTIL, Field.CARD_UNTIL, Field.CONFIRMED_ON, Field.FOUND_ON, Field.BOOKS_ON)
_READERS: Mapping[Field, Callable[[Field, str, date], Any]] = {
    Field.PHONE: _phone,
    Field.CARD: _card,
    Field.RELATION: _relation,
    Field.HOMETOWN: _hometown,
    **dict.fromkeys((*_DAYS, Field.LIFE_ON), _day),
}


def spoken(field: Field, words: str) -> Text:
    """A value of a field in words, from its text in the history."""
    if field is Field.HOMETOWN:
        return place_words.full(gazetteer.place(int(words)))
    if field is Field.CARD:
        return CARDS.get(words, Text.plain(words))
    if field is Field.RELATION:
        return RELATIONS.get(words, Text.plain(words))
    if field is Field.PHONE and len(words) == _MOBILE and words.isdigit():
        return Text.plain(f"{words[:3]} {words[3:7]} {words[7:]}")
    if field in _READ_AS_DAYS:
        return Text(_DAY_SAID[len(words)](words), words)
    return Text.plain(words)


_MOBILE = 11
_READ_AS_DAYS = frozenset({*_DAYS, Field.LIFE_ON})
_DAY_SAID: Mapping[int, Callable[[str], str]] = {
    4: lambda words: f"{words}年",
    7: lambda words: f"{words[:4]}年{int(words[5:])}月",
    10: lambda words: f"{words[:4]}年{int(words[5:7])}月{int(words[8:])}日",
}

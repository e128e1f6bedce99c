"""What stands in the cells of a table of members, read for the register: what each means, or in words why it cannot be.

Pure, and apart from what is kept: it is done where the file is read, in a process of its own (`bot.services.sheets`).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bot.errors import UserError
from bot.language import addresses
from bot.language.names import is_name, untold
from bot.language.normalise import HAN
from bot.language.register_columns import Column
from bot.language.register_values import phone
from bot.language.sheet_files import Line, Sheet
from bot.patterns import Pattern
from bot.permissions import Role
from bot.rules.register import LIGHTS, Field
from bot.services.register import text_of
from bot.services.register_values import NAMES, parsed
from bot.texts import Text

FIELDS: Mapping[Column, Field] = {
    Column.PHONE: Field.PHONE,
    Column.JOINED: Field.JOINED_ON,
    Column.PROBATION: Field.PROBATION_UNTIL,
    Column.LEFT: Field.LEFT_ON,
    Column.REASON: Field.REASON,
    Column.EMPLOYER: Field.EMPLOYER,
    Column.CARD: Field.CARD,
    Column.CARD_UNTIL: Field.CARD_UNTIL,
    Column.HOME_BRANCH: Field.HOME_BRANCH,
    Column.HOST_BRANCH: Field.HOST_BRANCH,
    Column.RELATION: Field.RELATION,
    Column.HOMETOWN: Field.HOMETOWN,
    Column.NOTE: Field.NOTE,
    Column.CONFIRMED: Field.CONFIRMED_ON,
    Column.FOUND: Field.FOUND_ON,
    Column.BOOKS: Field.BOOKS_ON,
    Column.LIFE: Field.LIFE_ON,
}
"""The columns that go into the register."""

NO_NAME = Text("没有姓名", "there is no name")
NOT_A_NAME = Text("“{words}”不像一个人的姓名", "“{words}” does not look like one person's name")
IDENTITY = Text(
    "{column}里像是有身份证号，身份证号不记，请删掉再传",
    "{column} seems to hold an identity-card number; those are never kept: leave it out",
)
NO_MEMBER = Text("人员类别是“{words}”，不是党员，名册里不记", "“{words}” is no party member, and the register is of members")
NO_CLASS = Text(
    "没认出人员类别“{words}”，请写正式党员或预备党员", "“{words}” is no class that is known; write full member or probationary member"
)
POWER = Text(
    "手机“{words}”被 Excel 变了样，号码不全，请把这一列设成文本再填",
    "the telephone “{words}” was cut short by Excel; make the column text and fill it in again",
)
WHICH_MONTH = Text(
    "{column}“{words}”是 1 月还是 10 月看不出来，请写成 2013年10月这样",
    "{column}: “{words}” may be January or October; write 2013-10",
)
FIRST_PHONE = Text("有几个号码，取第一个", "several telephones; the first is taken")
TODAY = Text("{column}没写日期，记今天", "{column} has no date; today is noted")
NO_STREET = Text("老家只记到县，街道没有留", "of the home town the county is kept, no street")
PLACE, GROUP = Text("流入地", "place"), Text("党小组", "group")
PLACE_OWN = Text(
    "流入地不导：记城市要本人同意，请各人自己报。", "Places are not imported: a city is kept only as its owner agrees, and says it."
)
GROUP_OWN = Text("党小组不导，请用“党小组”来分。", "Groups are not imported; use “party groups” for them.")
CLASS = Text("人员类别", "class")
_PROBLEM = Text("{column}：{problem}", "{column}: {problem}")
_IDENTITY = Pattern(
    r"(?<![0-9])[1-9][0-9]{5} ?(?:18|19|20)[0-9]{2} ?(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]) ?[0-9]{3}[0-9xX](?![0-9])"
    r"|(?<![0-9])[1-9][0-9]{5}[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}(?![0-9])"
)
"""Eighteen places, and the fifteen of before 1999."""
_NOTHING = Pattern(
    r"[-—–/\\*.。、_~ ]+|无|暂无|没有|不详|不清楚|不知道|未知|待定|空|[(（]密钥不在.*|[(（]its key.*|n/?a|none|nil|unknown|-+",
    flags=re.IGNORECASE,
)
_YES = Pattern("是|已|有|√|✓|✔|对|y|yes|已找到|已发|已寄|已发放|已参加|1", flags=re.IGNORECASE)
_NO = Pattern("否|未|没|无|没有|×|✗|x|n|no|未找到|未发|未寄|未参加|0", flags=re.IGNORECASE)
_POWER = Pattern(r"[0-9.]+e\+?[0-9]+", flags=re.IGNORECASE)
_BETWEEN = Pattern(r"[/、,，;；\\|]|或|(?<=[0-9]{7}) (?=1[3-9])")
_CUT_MONTH = Pattern(r"(?:19|20)[0-9]{2}\.1")
_FULL_MONTH = Pattern(r"(?:19|20)[0-9]{2}\.(?:10|0[1-9])")
_SERIAL = Pattern(r"[2-5][0-9]{4}")
_CARD_NUMBER = Pattern(r".*[0-9A-Za-z]{4}.*")
_SPACED = Pattern(f"(?<=[{HAN}]) +(?=[{HAN}])")
_EPOCH = date(1899, 12, 30)
"""The day before the first of Excel's, as it counts a 29 February 1900 that never was."""
_DATED = frozenset(field for field in Field if field.value.endswith(("_on", "_until")))
_CLASSES = (
    (Pattern("(?:中共|流出|流动|外出)?(?:正式)?党员|正式|(?:full )?(?:party )?member|full", flags=re.IGNORECASE), Role.MEMBER),
    (Pattern("(?:中共)?预备(?:党员)?|probationary(?: member)?", flags=re.IGNORECASE), Role.PROBATIONARY),
    (Pattern("(?:流入|外来)(?:流动)?(?:党员)?|guest", flags=re.IGNORECASE), Role.GUEST),
)
_OTHERS = Pattern("(?:入党)?积极分子|发展对象|(?:入党)?申请人|群众|(?:共青)?团员|非党员|.*民主党派.*", flags=re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was understood. `values` are texts as the register's history holds them; a row with problems is not taken."""

    number: int
    """As Excel shows it."""
    name: str
    values: Mapping[Field, str]
    role: Role | None = None
    problems: tuple[Text, ...] = ()
    hints: tuple[Text, ...] = ()


@dataclass(slots=True)
class _Read:
    """What is gathered of a row."""

    values: dict[Field, str] = field(default_factory=dict)
    role: Role | None = None
    problems: list[Text] = field(default_factory=list)
    hints: list[Text] = field(default_factory=list)


def without_identity(words: str) -> str:
    """Words without what looks like an identity number in them."""
    return str(_IDENTITY.sub("…", words))


def understood(sheet: Sheet, today: date) -> tuple[Row, ...]:
    """Each row of a table as the register would hold it."""
    sure = _sure_months(sheet)
    return tuple(_row(line, today, sure) for line in sheet.lines)


def left_out(sheet: Sheet) -> list[Text]:
    """What is said of columns that are known and not imported."""
    held = set(sheet.columns)
    return [*([PLACE_OWN] if held & {Column.PLACE, Column.PROVINCE} else []), *([GROUP_OWN] if Column.GROUP in held else [])]


def _sure_months(sheet: Sheet) -> frozenset[Column]:
    """The columns in which 2013.1 is January, since 2013.10 stands there as well."""
    return frozenset(column for line in sheet.lines for column, words in line.cells.items() if _FULL_MONTH.fullmatch(words))


def _row(line: Line, today: date, sure: frozenset[Column]) -> Row:
    read = _Read()
    cells = dict(_masked(line, read))
    name = _name(cells.get(Column.NAME, ""), read)
    _class(cells.get(Column.CLASS, ""), read)
    for column, kept in FIELDS.items():
        words = cells.get(column, "")
        if words and not (_NOTHING.fullmatch(words) and column is not Column.CARD):
            _field(kept, words, today, column in sure, read)
    return Row(line.number, name, read.values, read.role, tuple(read.problems), tuple(read.hints))


def _masked(line: Line, read: _Read) -> Iterator[tuple[Column, str]]:
    """The cells without identity numbers; where one was is a problem, and nothing of that cell is read."""
    for column, words in line.cells.items():
        if _IDENTITY.search(words):
            read.problems.append(IDENTITY(column=_column_name(column)))
        else:
            yield column, words


def _column_name(column: Column) -> Text:
    known = {Column.NAME: Text("姓名", "name"), Column.CLASS: CLASS, Column.GROUP: GROUP}
    return NAMES[FIELDS[column]] if column in FIELDS else known.get(column, PLACE)


def _name(words: str, read: _Read) -> str:
    name = _SPACED.sub("", words).strip(" ,，.。、*")
    if not name:
        if not read.problems:
            read.problems.append(NO_NAME)
    elif not is_name(untold(name)):
        read.problems.append(NOT_A_NAME(words=name[:12]))
    return name[:40]


def _class(words: str, read: _Read) -> None:
    if not words or _NOTHING.fullmatch(words):
        return
    read.role = next((role for pattern, role in _CLASSES if pattern.fullmatch(words)), None)
    if read.role is None:
        read.problems.append((NO_MEMBER if _OTHERS.fullmatch(words) else NO_CLASS)(words=words[:12]))


def _field(kept: Field, words: str, today: date, sure: bool, read: _Read) -> None:  # noqa: FBT001  one of a row's reader
    try:
        value = parsed(kept, _prepared(kept, words, today, sure, read), today)
    except _Skipped:
        return
    except UserError as error:
        problem = _short(error.text)
        names = error.text.zh.startswith((NAMES[kept].zh, "手机"))
        read.problems.append(problem if names else _PROBLEM(column=NAMES[kept], problem=problem))
        return
    text = text_of(value)
    if text is not None:
        read.values[kept] = text


class _Skipped(Exception):
    """A cell that says nothing."""


def _prepared(kept: Field, words: str, today: date, sure: bool, read: _Read) -> str:  # noqa: FBT001  as above
    """What a table writes otherwise than people do, as people write it. Raises `_Skipped` or `UserError`."""
    if kept in LIGHTS and _NO.fullmatch(words):
        raise _Skipped
    if kept in LIGHTS and _YES.fullmatch(words):
        read.hints.append(TODAY(column=NAMES[kept]))
        return today.isoformat()
    if kept in _DATED:
        return _day(kept, words, sure)
    return _PREPARED[kept](words, read) if kept in _PREPARED else words


def _day(kept: Field, words: str, sure: bool) -> str:  # noqa: FBT001  as above
    if _SERIAL.fullmatch(words):
        return (_EPOCH + timedelta(days=int(words))).isoformat()
    if not sure and _CUT_MONTH.fullmatch(words):
        raise UserError(WHICH_MONTH(column=NAMES[kept], words=words))
    return words


def _phone(words: str, read: _Read) -> str:
    if _POWER.fullmatch(words):
        raise UserError(POWER(words=words[:16]))
    if phone(words) is not None:
        return words
    several = [piece for piece in _BETWEEN.split(words) if phone(piece) is not None]
    if len(several) > 1:
        read.hints.append(FIRST_PHONE)
        return str(several[0])
    return words


def _card(words: str, _: _Read) -> str:
    return "有" if _CARD_NUMBER.fullmatch(words) and not words.isalpha() else words


def _hometown(words: str, read: _Read) -> str:
    found = addresses.read(words)
    if found.place is None:
        return words
    if found.detail:
        read.hints.append(NO_STREET)
    return found.place.full


_PREPARED: Mapping[Field, Callable[[str, _Read], str]] = {Field.PHONE: _phone, Field.CARD: _card, Field.HOMETOWN: _hometown}


def _short(text: Text) -> Text:
    """Without that nothing was changed: of a preview nothing is."""
    return Text(
        text.zh.removesuffix("没有改。").rstrip("，；。"),
        text.en.removesuffix("Nothing was changed.").removesuffix("nothing was changed.").rstrip(";. "),
    )


def packed(rows: Sequence[Row]) -> list[list[Any]]:
    """Rows as they travel between processes, and lie sealed."""
    return [
        [
            row.number,
            row.name,
            {kept.value: words for kept, words in row.values.items()},
            row.role.value if row.role else None,
            [[each.zh, each.en] for each in row.problems],
            [[each.zh, each.en] for each in row.hints],
        ]
        for row in rows
    ]


def unpacked(rows: Sequence[Sequence[Any]]) -> tuple[Row, ...]:
    """The rows again."""
    return tuple(
        Row(
            number,
            name,
            {Field(each): words for each, words in values.items()},
            Role(role) if role else None,
            tuple(Text(*each) for each in problems),
            tuple(Text(*each) for each in hints),
        )
        for number, name, values, role, problems, hints in rows
    )

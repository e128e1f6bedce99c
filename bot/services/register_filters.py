"""What words choose from the register: 深圳, 90天没确认, 没报到, 联系人 周海, 预备, 没有手机, or a part of a name or an employer."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from bot.errors import UserError
from bot.language import places as gazetteer
from bot.language.normalise import clean
from bot.language.numerals import number
from bot.language.places import Level, Place
from bot.patterns import Pattern
from bot.permissions import ROLE_NAMES
from bot.rules import register as rules
from bot.rules.dues import Category
from bot.rules.register import Clear, Field
from bot.services import party_groups
from bot.services.dues_words import CATEGORY_NAMES
from bot.services.register_values import NAMES
from bot.services.trail import Kind
from bot.texts import Text
from storage.keys import MemberId
from storage.members import Member
from storage.register import Entry
from storage.unit_of_work import UnitOfWork
from storage.vault import Unopened

SOON = timedelta(days=30)
"""What runs out within that time is near its end."""
TOO_MANY = Text("一次最多写 {most} 个条件，请少写几个。", "At most {most} conditions at a time, please.")
NOT_HELD = Text(
    "名册不记性别、年龄、民族、学历，没法这样挑。", "The register keeps no sex, age, nationality or schooling, so it cannot choose by them."
)
_MOST = 6


class Known(NamedTuple):
    """What a condition is asked of."""

    member: Member
    entry: Entry
    place: Place | None
    liaison: Member | None
    missing: Sequence[Clear]


Condition = Callable[[Known], bool]

_UNCONFIRMED = Pattern(
    "(?:(?P<days>[0-9]{1,4}|[一二两三四五六七八九十]{1,3}) ?(?P<unit>天|个月|月|days?|months?)"
    "(?:没|未|没有| )?(?:确认|unconfirmed)?(?:过|的)?"
    "|没确认|未确认|没有确认|unconfirmed|overdue)"
)
_LACKS = Pattern("(?:没有?|缺|无|no |without )(?P<what>.{1,12})")
_LIAISON = Pattern("(?:联系人|联络员|liaison)(?:是|为)?[ :：]?(?P<name>.+)")
_NOT_HELD = Pattern(
    "(?:男|女)(?:性|的|党员|同志)?|性别|年龄|[0-9]{1,3} ?岁(?:以上|以下)?(?:的)?|(?:汉|回|满|苗|壮|藏|维吾尔|蒙古|少数民?)族|民族|学历"
    "|(?:大专|本科|高中|初中|小学)学历"
    "|men|women|male|female|age"
)
_NO_LIAISON = ("没有联系人", "没联系人", "无联系人", "no liaison")
_WORDS: dict[tuple[str, ...], Condition] = {
    ("没报到", "未报到", "没找到", "not found", "notfound"): lambda each: each.entry.found_on is None,
    ("书没发到", "没发书", "没收到书", "no books", "nobooks"): lambda each: each.entry.books_on is None,
    ("没过组织生活", "没参加组织生活", "no life", "nolife"): lambda each: each.entry.life_on is None,
    ("三灯全亮", "三盏灯都亮", "all lights"): lambda each: all(getattr(each.entry, field.value) for field in rules.LIGHTS),
    ("五清不全", "不全", "不清", "incomplete"): lambda each: bool(each.missing),
    ("五清", "五清齐全", "齐全", "complete"): lambda each: not each.missing,
    _NO_LIAISON: lambda each: each.liaison is None,
    ("没有位置", "没位置", "不知道在哪", "no place"): lambda each: Clear.PLACE in each.missing,
    ("正在转", "moving"): lambda each: each.entry.relation == "moving",
    ("在外地", "elsewhere"): lambda each: each.entry.relation == "elsewhere",
    ("流入", "流入党员", "guests", "guest"): lambda each: "guest" in each.member.roles,
    ("预备", "预备党员", "probationary"): lambda each: "probationary" in each.member.roles,
}
_EXACT = {word: condition for words, condition in _WORDS.items() for word in words}
_SOON = {
    "活动证快到期": Field.CARD_UNTIL,
    "card soon": Field.CARD_UNTIL,
    "预备期快到": Field.PROBATION_UNTIL,
    "probation soon": Field.PROBATION_UNTIL,
}
_FIELDS = {word: field for field, name in NAMES.items() for word in (name.zh, name.en)} | {
    "电话": Field.PHONE, "手机号": Field.PHONE, "联系方式": Field.PHONE, "公司": Field.EMPLOYER, "原因": Field.REASON,
}  # fmt: skip


async def conditions(work: UnitOfWork, words: str, today: date) -> list[Condition]:
    """Every condition that words name; all have to hold. Raises `UserError` for too many."""
    found = [await _condition(work, each, today) for each in _tokens(clean(words).casefold())]
    if len(found) > _MOST:
        raise UserError(TOO_MANY(most=_MOST))
    return found


def disclosed(words: str) -> list[Kind]:
    """What a choice tells of those chosen beside what the register shows of them: whose dues are of a category, who has whom."""
    tokens = _tokens(clean(words).casefold())
    told = {
        Kind.DUES: any(_category(each) is not None for each in tokens),
        Kind.LIAISON: any(_LIAISON.fullmatch(each) or each in _NO_LIAISON for each in tokens),
    }
    return [kind for kind, tells in told.items() if tells]


def _tokens(said: str) -> list[str]:
    """Words as blanks part them; what is one condition in several words is kept together."""
    parts = [each for each in said.replace("，", " ").replace(",", " ").replace("、", " ").split(" ") if each]
    joined: list[str] = []
    for part in parts:
        before = joined[-1] if joined else ""
        whole = f"{before} {part}"
        if before in {"联系人", "联络员", "liaison", "no", "without"} or whole in _EXACT or whole in _SOON or _of_days(before, part):
            joined[-1] = whole
        else:
            joined.append(part)
    return joined


def _of_days(before: str, part: str) -> bool:
    """90 days; 90 days unconfirmed."""
    return (before.isdigit() and part.startswith(("day", "month", "天", "个月"))) or (
        part in {"unconfirmed", "没确认", "未确认"} and _UNCONFIRMED.fullmatch(before) is not None
    )


def _not_held(word: str) -> None:
    """Raises `UserError` where a word asks for what the register does not hold, so that nobody takes a part of a word for an answer."""
    if _NOT_HELD.fullmatch(word):
        raise UserError(NOT_HELD)


async def _condition(work: UnitOfWork, word: str, today: date) -> Condition:
    _not_held(word)
    return _set_phrase(word) or _in_time(word, today) or _about(word) or await _among(work, word) or _by_words(word)


def _set_phrase(word: str) -> Condition | None:
    return _EXACT.get(word)


def _in_time(word: str, today: date) -> Condition | None:
    """Unconfirmed for so long, or near an end."""
    if word in _SOON:
        return _ends_soon(_SOON[word], today)
    said = _UNCONFIRMED.fullmatch(word)
    if said is None:
        return None
    days = rules.OVERDUE_DAYS if said["days"] is None else (number(said["days"]) or 0) * _unit(said["unit"])
    return lambda each: rules.is_overdue(each.entry.confirmed_on, today, days)


def _unit(word: str) -> int:
    return 30 if "月" in word or "month" in word else 1


def _about(word: str) -> Condition | None:
    """Looked after by somebody, or without something in a field."""
    if said := _LIAISON.fullmatch(word):
        name = said["name"].strip()
        return lambda each: each.liaison is not None and name in {each.liaison.name, each.liaison.latin.casefold()}
    if (said := _LACKS.fullmatch(word)) and said["what"] in _FIELDS:
        column = _FIELDS[said["what"]].value
        return lambda each: not each.entry.holds(column)
    return None


async def _among(work: UnitOfWork, word: str) -> Condition | None:
    """Those of a category of dues, or of a party group."""
    wanted = _category(word)
    members = await _in_category(work, wanted) if wanted is not None else await _in_group(work, word)
    return None if members is None else lambda each: each.member.id in members


def _ends_soon(field: Field, today: date) -> Condition:
    def ends(each: Known) -> bool:
        day: date | None = getattr(each.entry, field.value)
        return day is not None and day <= today + SOON

    return ends


def _category(word: str) -> Category | None:
    return next((each for each, name in CATEGORY_NAMES.items() if word in {name.zh, name.en.casefold()}), None)


async def _in_category(work: UnitOfWork, wanted: Category) -> set[MemberId]:
    """Whose dues are of a category, by the newest assessment of each."""
    return {member for member, listed in (await work.dues_assessments.of_all()).items() if listed[-1].category == wanted.value}


async def _in_group(work: UnitOfWork, word: str) -> set[MemberId] | None:
    """Who is in the party group (党小组) of a name; None for no such group."""
    named = party_groups.of_name(await work.units.groups(work.branch_id), word)
    if named is None:
        return None
    return {member for member, unit in (await work.units.grouped(work.branch_id)).items() if unit == named.id}


def _by_words(word: str) -> Condition:
    """A place, a part of a name, a role, or what stands in an employer, a reason or a branch: whatever fits."""
    places = gazetteer.find(word)

    def fits(each: Known) -> bool:
        member, entry = each.member, each.entry
        if word in member.name or word in member.latin.casefold():
            return True
        if each.place is not None and any(_inside(each.place, wanted) for wanted in places):
            return True
        if any(word in {name.zh, name.en} for role, name in ROLE_NAMES.items() if role.value in member.roles):
            return True
        plain = (entry.reason, entry.home_branch, entry.host_branch)
        return any(word in (words or "").casefold() for words in plain) or word in _employer(entry)

    return fits


def _inside(place: Place, wanted: Place) -> bool:
    if wanted.level is Level.PROVINCE:
        return place.province_code == wanted.code
    return wanted.code in {place.code, place.city_code}


def _employer(entry: Entry) -> str:
    """Opened only where nothing else decided it; what cannot be opened does not fit."""
    try:
        return (entry.employer or "").casefold()
    except Unopened:
        return ""

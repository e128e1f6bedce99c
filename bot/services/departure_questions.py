"""The questions of a report of going away, one at a time and each skippable, and the whole of it shown once more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.clock import beijing_day
from bot.language import places as gazetteer
from bot.rules.away import Scope
from bot.services import place_words
from bot.services.asking import Ask, Choice
from bot.services.consents import Purpose, given
from bot.texts import Text
from storage.departures import Departure
from storage.unit_of_work import UnitOfWork

STEP, SURE = "departure_step", "departure_sure"
LIVES = timedelta(days=7)
SKIP = "skip"
STEPS = ("reason", "leave_on", "place", "employer", "until")
"""The five of a report (五清 but for the contact, which comes with the employer)."""
REASONS = (Text("务工", "work"), Text("经商", "business"), Text("上学", "study"), Text("随家人", "family"), Text("其他", "other"))
OPENING = {
    "reason": Text("为什么外出？选一个，或直接写。", "Why do you go? Choose one, or write."),
    "leave_on": Text("哪天走？写“下周一”“3月5日”都行。", "When do you leave? “next Monday” or “5 March” will do."),
    "place": Text("去哪座城市？只写城市，不写街道。", "Which city? The city is enough, no street."),
    "scope": Text("您没同意记城市，那就只记多远：", "Your city is not kept, as you wished. How far is it?"),
    "consent": Text(
        "要把{place}记成您所在的城市吗？只有书记看得到是谁，群里只有人数；随时能删。不同意，别的照样记。",
        "Shall {place} be kept as your city? Only the secretary sees whose it is, the group sees numbers; it is deleted when you say so. "
        "With a no the rest is kept all the same.",
    ),
    "which": Text("“{words}”有好几处，是哪一座？", "“{words}” may be several places. Which?"),
    "employer": Text("在哪个单位？换号码就一起写，如“富士康，138…”。", "At which firm? With a new number, if it changes: “Foxconn, 138…”."),
    "until": Text("大概去多久？写“半年”“到年底”都行。", "For how long? “half a year” or “until the end of the year” will do."),
}
SCOPES: Mapping[str, Text] = {
    Scope.PROVINCE: Text("出省", "another province"),
    Scope.CITY: Text("出市不出省", "another city of the province"),
    Scope.COUNTY: Text("出县不出市", "another county of the city"),
    Scope.ABROAD: Text("出国出境", "abroad"),
}
_SKIP = Choice(Text("跳过", "skip"), ("不说", "不知道", "略过", "说不准"))
GIVE_UP = Choice(Text("不报了", "give up"), ("取消", "算了", "不去了", "我不去了", "先不报", "算了不报了", "取消外出", "cancel"))
_LEAVES = {"today": Choice(Text("今天", "today"), ("1",)), "tomorrow": Choice(Text("明天", "tomorrow"), ("2",))}
_SPANS = {
    "3": Choice(Text("三个月", "3 months"), ("1",)),
    "6": Choice(Text("半年", "6 months"), ("2",)),
    "12": Choice(Text("一年", "a year"), ("3",)),
    "lasting": Choice(Text("长期", "for good"), ("4",)),
}
SUMMARY = Text(
    "请看一遍：{parts}。\n没错就点“报上去”，书记会收到；不对点“重报”。",
    "Please check: {parts}.\nIf it is right, “report it”: the secretary gets it. If not, “anew”.",
)
SURE_CHOICES = (
    Choice(Text("报上去", "report it"), ("报", "对", "没错", "是", "好", "对的", "行", "yes", "ok")),
    Choice(Text("重报", "anew"), ("不对", "不对啊", "不对的", "错了", "改", "重来")),
    GIVE_UP,
)
_PARTS: Mapping[str, Text] = {
    "reason": Text("{value}", "{value}"),
    "leave_on": Text("{value}走", "leaving {value}"),
    "place": Text("去{value}", "to {value}"),
    "employer": Text("单位{value}", "at {value}"),
    "phone": Text("电话{value}", "phone {value}"),
    "until": Text("到{value}", "until {value}"),
}
LASTING = Text("长期", "for good")
NOTHING = Text("什么都没写", "nothing said")
ONE_AT_LEAST = Text("还什么都没写，报不上去，至少说一样。", "Nothing is said yet, so it cannot be reported: please tell one thing. ")
UNCLEAR = Text("没看懂，没有记。", "I could not read that, and noted nothing. ")


@dataclass(frozen=True, slots=True)
class Detour:
    """A question that comes in between: which of several cities, or whether the city may be kept."""

    step: str
    codes: tuple[int, ...]
    words: str = ""


async def following(work: UnitOfWork, draft: Departure, *, before: Text | None = None) -> Ask:
    """The next question about a draft: one that is neither answered nor skipped; else the whole of it. `before` is said first."""
    step = next((step for step in STEPS if step not in draft.settled), None)
    if step is None and not says_something(draft):
        return await following(work, work.departures.change(draft, settled=()), before=ONE_AT_LEAST)
    if step is None:
        return Ask(SURE, told(work, draft), SURE_CHOICES, LIVES, {"departure": draft.id}, columns=3, stays=True)
    if step == "place" and await given(work, draft.member_id, Purpose.LOCATION) is False:
        return _ask(draft, "scope", OPENING["scope"], {each: Choice(name) for each, name in SCOPES.items()}, before)
    options: dict[str, Choice] = {}
    if step == "reason":
        options = {name.zh: Choice(name, (str(number),)) for number, name in enumerate(REASONS, 1)}
    elif step in {"leave_on", "until"}:
        options = dict(_LEAVES if step == "leave_on" else _SPANS)
    return _ask(draft, step, OPENING[step], options, before)


def says_something(draft: Departure) -> bool:
    """Whether a report says anything: one in which all was skipped is not sent."""
    words = (draft.reason, draft.scope, draft.employer, draft.phone)
    return any(words) or draft.lasting or any(each is not None for each in (draft.leave_on, draft.place, draft.until))


def detour(draft: Departure, what: Detour) -> Ask:
    """The question that comes in between."""
    places = [gazetteer.place(code) for code in what.codes]
    if what.step == "which":
        named = {str(each.code): Choice(Text(each.full, each.latin), (str(number),)) for number, each in enumerate(places, 1)}
        return _ask(draft, "place", OPENING["which"](words=what.words[:20]), named, None)
    yes = Choice(Text("同意记", "keep it"), ("同意", "可以", "好", "行", "是", "记", "yes", "ok"))
    no = Choice(Text("不记", "do not"), ("不同意", "不", "别记", "no"))
    text = OPENING["consent"](place=place_words.full(places[0]))
    data = {"departure": draft.id, "step": "consent", "values": ["yes", "no"], "code": what.codes[0]}
    return Ask(STEP, text, (yes, no, GIVE_UP), timedelta(days=1), data, columns=3)


def _ask(draft: Departure, step: str, text: Text, options: Mapping[str, Choice], before: Text | None) -> Ask:
    data = {"departure": draft.id, "step": step, "values": [*options, SKIP]}
    said = before + text if before is not None else text
    return Ask(STEP, said, (*options.values(), _SKIP, GIVE_UP), LIVES, data, columns=3, free=True)


def told(work: UnitOfWork, draft: Departure) -> Text:
    """The whole of a draft, with the question whether it is right."""
    return SUMMARY(parts=in_words(draft, beijing_day(work.now)))


def in_words(departure: Departure, today: date) -> Text:
    """What a report says, in a few words."""
    place = place_words.full(gazetteer.place(departure.place)) if departure.place else SCOPES.get(departure.scope)
    until = LASTING if departure.lasting else departure.until.isoformat() if departure.until else None
    leaves = departure.leave_on.isoformat() if departure.leave_on else None
    values: dict[str, Text | str | None] = {
        "leave_on": Text("今天", "today") if departure.leave_on == today else leaves,
        "place": place,
        "reason": next((name for name in REASONS if name.zh == departure.reason), None) or departure.reason or None,
        "employer": departure.employer or None,
        "phone": departure.phone or None,
        "until": until,
    }
    plain = Text("{value}", "{value}")
    said = {name: plain if name == "until" and departure.lasting else text for name, text in _PARTS.items()}
    parts = [said[name](value=value) for name, value in values.items() if value]
    return Text.join(parts, "，", ", ") if parts else NOTHING

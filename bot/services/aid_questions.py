"""The questions about an appeal that is being written, and the whole of it shown once more."""

from collections.abc import Sequence
from datetime import timedelta

from bot.language import money, places
from bot.language.places import Place
from bot.rules.appeals import ForWhom, Kind
from bot.services.aid_words import FOR_WHOM_NAMES, KIND_NAMES
from bot.services.asking import Ask, Choice
from bot.services.consents import Purpose, given
from bot.texts import Text
from storage.appeals import Appeal
from storage.unit_of_work import UnitOfWork

STEP, TRUTH = "aid_draft", "aid_truth"
LIVES = timedelta(days=7)
SKIP = "skip"
HEARD = Text("这句也记进求助里了。", "That is added to your appeal. ")
GIVE_UP = Choice(Text("放弃", "give up"), ("取消", "不求了", "算了", "算了不求了", "不写了", "不说了", "cancel"))
_SKIP = Choice(Text("跳过", "skip"), ("不说", "不知道", "略过"))
STEPS = ("kind", "city", "need", "for_whom", "money")

OPENING = {
    "kind": Text(
        "慢慢说，只有书记看得到。是哪方面的事？选一个，或直接写。",
        "Take your time; only the secretary sees it. What is it about? Choose one, or write.",
    ),
    "city": Text("在哪座城市要人帮？只写城市，不写街道。", "In which city is help needed? The city is enough, no street."),
    "need": Text("要大家帮什么？写一两句就行。", "What kind of help is needed? A sentence or two will do."),
    "for_whom": Text("是帮谁？", "Whom is it for?"),
    "money": Text(
        "只找同志帮忙，还是也需要捐助？要捐助可以直接写金额，如“3000 元”。",
        "Only a hand, or donations, too? With an amount, like “3000 yuan”, if you know it.",
    ),
}
CARE = Text("先说声保重。", "I am sorry to hear that. ")
WHICH_CITY = Text("“{words}”有好几处，是哪一座？", "“{words}” may be several places. Which?")
SUMMARY = Text(
    "{for_tag}请看一遍：{kind}，{city}，{whom}，{money}。要帮的：{need}\n以上属实吗？属实才交书记核实；求助人对真实性负责（慈善法124条）。",
    "{for_tag}Please check: {kind}, {city}, {whom}, {money}. Needed: {need}\nIs all of it true? Only then it goes to the secretary; "
    "who asks answers for it (Charity Law, art. 124).",
)
_TRUE = Choice(Text("以上属实", "it is true"), ("属实", "都属实", "是", "对", "对的", "true", "yes"))
_AGAIN = Choice(Text("重写", "write anew"), ("改", "不对", "重新写"))
TRUTH_CHOICES = (_TRUE, _AGAIN, GIVE_UP)
_WHERE_UNKNOWN, _NOT_SAID = Text("城市没说", "no city"), Text("没写", "not said")
_MONEY = Text("也需要捐助{goal}", "donations, too{goal}")
_HANDS = Text("只找人帮忙", "only a hand")
_GOAL = Text(" {yuan} 元", " of {yuan} yuan")
_ROOM = 60
_SAD = frozenset({Kind.MEDICAL.value, Kind.WORK_ACCIDENT.value, Kind.DISASTER.value})


async def following(work: UnitOfWork, draft: Appeal, *, heard: bool = False, before: Text | None = None) -> Ask:
    """The next question about a draft: one that is neither answered nor skipped, else whether all of it is true.

    `heard`: what was said instead of an answer is kept with the need, and the question comes again; `before`: what is said first.
    """
    step = next((step for step in STEPS if step not in draft.settled), None)
    if step is None:
        return truth(draft)
    just_told = bool(draft.need) and draft.asked_at == work.now
    text = CARE + OPENING[step] if just_told and draft.kind in _SAD else HEARD + OPENING[step] if heard else OPENING[step]
    text = before + text if before is not None else text
    options = await _options(work, draft, step)
    offered = (*options.values(), _SKIP, GIVE_UP)
    data = {"appeal": draft.id, "step": step, "values": [*options, SKIP]}
    return Ask(STEP, text, offered, LIVES, data, columns=3, free=True)


async def _options(work: UnitOfWork, draft: Appeal, step: str) -> dict[str, Choice]:
    if step == "kind":
        return {kind.value: Choice(KIND_NAMES[kind], (str(number),)) for number, kind in enumerate(Kind, 1)}
    if step == "for_whom":
        return {whom.value: Choice(FOR_WHOM_NAMES[whom], (str(number),)) for number, whom in enumerate(ForWhom, 1)}
    if step == "money":
        return {
            "no": Choice(Text("只找同志帮忙", "only a hand"), ("1", "只要帮忙", "不要钱", "不用")),
            "yes": Choice(Text("也需要捐助", "donations, too"), ("2", "要捐助", "要钱")),
        }
    here = await work.places.get(draft.member_id) if step == "city" and await given(work, draft.member_id, Purpose.LOCATION) else None
    if here is None:
        return {}
    place = places.place(places.place(here.code).city_code)
    return {str(place.code): Choice(Text(place.short, place.latin), ("1", "就在这里", "本地"))}


def which(draft: Appeal, said: str, found: Sequence[Place]) -> Ask:
    """Which of several cities is meant."""
    named = tuple(Choice(Text(each.full, each.latin), (str(number),)) for number, each in enumerate(found, 1))
    data = {"appeal": draft.id, "step": "city", "values": [*(str(each.code) for each in found), SKIP]}
    return Ask(STEP, WHICH_CITY(words=said[:20]), (*named, _SKIP, GIVE_UP), LIVES, data, columns=2, free=True)


def truth(draft: Appeal) -> Ask:
    """All of it shown once more, with the declaration that it is true."""
    return Ask(TRUTH, summary(draft), TRUTH_CHOICES, LIVES, {"appeal": draft.id}, columns=3, stays=True)


def summary(draft: Appeal, heading: Text = Text("", "")) -> Text:
    """What a draft says, for its person; the words cut where they are long."""
    where = places.place(draft.city) if draft.city else None
    need = draft.need if len(draft.need) <= _ROOM else draft.need[:_ROOM] + "…"
    return SUMMARY(
        for_tag=heading,
        kind=KIND_NAMES[draft.kind] if draft.kind else KIND_NAMES[Kind.OTHER],
        city=Text(where.full, where.latin) if where else _WHERE_UNKNOWN,
        whom=FOR_WHOM_NAMES[draft.for_whom] if draft.for_whom else _NOT_SAID,
        money=_MONEY(goal=_GOAL(yuan=money.yuan(draft.goal_fen)) if draft.goal_fen else Text("", "")) if draft.money else _HANDS,
        need=need or _NOT_SAID,
    )

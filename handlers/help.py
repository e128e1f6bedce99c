"""帮助: what the person can do here, by role."""

from dataclasses import dataclass
from datetime import timedelta

from bot.commands import Ask, Choice, Command, Context, Pages, Reply, Where, answer, command
from bot.language.normalise import bare
from bot.permissions import GRANTS, Permission, Role, holders, require
from bot.services import deployment, strangers
from bot.texts import Text

HELP = Text("看我能帮您做什么", "see what I can do for you")
TAKES = Text("一个词，如 签到", "a word, such as checkin")
HEADING = Text("平常就这些，发一个词就行：", "The daily words; send one:")
MORE = Text(
    "别的见下面。“帮助 签到”看一个词，“帮助 全部”看全部。",
    "The rest is below. “help checkin” explains a word, “help all” lists all.",
)
OF_TOPIC = Text("{topic}，发这些词：", "{topic}, send one of these:")
ALL = Text("能发的词全在这里：", "All the words there are:")
LINE = Text("{word}：{help}", "{word} – {help}")
GROUP = Text("在群里直接说：{words}。\n其余的私聊我发“帮助”。", "Here in the group: {words}.\nFor the rest send me “help” in private.")
CALLED = Text(
    "在群里@我说：{words}。\n其余的私聊我发“帮助”。",
    "Here in the group, naming me (@): {words}.\nFor the rest send me “help” in private.",
)
"""The same where a group's other words are not heard."""
UNKNOWN = Text("没有“{word}”这个词。发“帮助”看全部。", "There is no word “{word}”. Send “help” to see them all.")
ONE = Text("{word}：{help}。", "{word}: {help}.")
FORM = Text("\n写法：{word} {takes}。", "\nForm: {word} {takes}.")
NAMES = Text("\n也可以说：{names}。", "\nAlso: {names}.")
IN_GROUP = 8
KIND = "help"
LIVES = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Topic:
    """What help shows together: the commands of some matters, as permissions name them."""

    name: Text
    matters: frozenset[str]
    words: tuple[str, ...] = ()


DAILY: dict[str, Text] = {
    "签到": Text("报一声平安", "say that you are fine"),
    "位置": Text("说在哪座城市", "say which city you are in"),
    "收到": Text("公告看过了", "say that you read a notice"),
    "党费": Text("看自己的；交了发“已交”", "see yours; once paid send “paid”"),
    "三分钟党课": Text("今天学什么", "today's lesson"),
    "求助": Text("有难处，私下说", "say in private what you need"),
    "我的": Text("看记着您的什么", "see what is kept about you"),
    "撤销": Text("十分钟内反悔", "take back, within ten minutes"),
}
"""What everybody meets first, in this order, in few words."""
OFFICE: dict[Role, tuple[str, ...]] = {
    Role.SECRETARY: ("公告", "很久没消息", "待核实"),
    Role.DUES_KEEPER: ("待确认", "党费情况", "催缴"),
    Role.CURATOR: ("排课", "早班车", "学习情况"),
}
"""What an officer needs most days."""
WAITING = "待办"
YOURS = Text("您的工作常用：{words}。", "For your office: {words}.")
_PEOPLE = ("register", "liaison", "finding", "sharing", "unit")
TOPICS = (
    Topic(Text("党费", "dues"), frozenset({"dues", "ledger"})),
    Topic(Text("学习", "study"), frozenset({"study"})),
    Topic(Text("互助", "mutual aid"), frozenset({"aid", "fund", "pairing", "bulletin"}), ("求助", "爱心基金", "结对")),
    Topic(Text("公告和位置", "notices and places"), frozenset({"check_in", "place", "notice"}), ("公告", "位置", "平安")),
    Topic(Text("我的设置", "my settings"), frozenset({"data", "settings", "account", "membership", "deed", "help"}), ("设置", "资料")),
    Topic(Text("支部工作", "the branch"), frozenset({"member", "role", "group", "delivery", "entry", *_PEOPLE}), ("支部",)),
)
_ALL = frozenset({"全部", "所有", "all"})


@command("帮助", "help", needs=Permission.HELP, help=HELP, takes=TAKES, intents=("help",))
async def help_(ctx: Context) -> Reply:
    if ctx.actor.member is None:
        turned_away = ctx.addressed and await strangers.turn_away(ctx.work, ctx.incoming)
        return [] if turned_away else None
    if ctx.args:
        return _about(ctx)
    if ctx.in_group:
        everyday = [each for each in _possible(ctx, Where.PRIVATE) if Role.MEMBER in holders(each.needs) and not _for_anybody(each)]
        said = CALLED if ctx.platform in deployment.CALLED_ONLY else GROUP
        return said(words=Text.join([_word(each) for each in everyday[:IN_GROUP]], "、", ", "))
    return _first(ctx)


def _first(ctx: Context) -> Ask:
    """The daily words, and a button for each matter in which there is something for this person."""
    named = {each.word: each for each in _possible(ctx, Where.GROUP)}
    lines = [LINE(word=_word(named[word]), help=told) for word, told in DAILY.items() if word in named]
    offered = [number for number, topic in enumerate(TOPICS) if _of(ctx, topic)]
    office = [_word(each) for each in _office(ctx)]
    yours = [YOURS(words=Text.join(office, "、", ", "))] if office else []
    text = Text.join([*yours, HEADING, *lines, MORE])
    choices = tuple(Choice(TOPICS[number].name, TOPICS[number].words) for number in offered)
    return Ask(KIND, text, choices, LIVES, {"topics": offered}, columns=3)


@answer(KIND, needs=Permission.HELP)
async def chosen(ctx: Context) -> Reply:
    topics = ctx.question.data["topics"] if ctx.question else []
    return _topic(ctx, TOPICS[topics[ctx.choice]])


def _about(ctx: Context) -> Reply:
    said = bare(ctx.args)
    if said in _ALL and ctx.addressed:
        return Pages(ALL, [_line(each) for each in _possible(ctx, Where.GROUP)])
    topic = next((each for each in TOPICS if said in {bare(each.name.zh), each.name.en, *each.words}), None)
    return _topic(ctx, topic) if topic is not None and ctx.addressed and _of(ctx, topic) else _explained(ctx)


def _topic(ctx: Context, topic: Topic) -> Pages:
    return Pages(OF_TOPIC(topic=topic.name), [_line(each) for each in _of(ctx, topic)])


def _of(ctx: Context, topic: Topic) -> list[Command]:
    """The words of a topic, an officer's own first and those they use most before all; 支部工作 holds these whatever they are about."""
    office = _office(ctx)
    found = [each for each in _possible(ctx, Where.GROUP) if each.needs.value.split(":")[0] in topic.matters]
    first = office if topic is TOPICS[-1] else [each for each in office if each in found]
    return [*first, *(each for each in found if each not in first)]


def _office(ctx: Context) -> list[Command]:
    """The daily words of the person's offices; none for who has none of these."""
    words = [word for role, listed in OFFICE.items() if role in ctx.actor.roles for word in listed]
    named = {each.word: each for each in ctx.registry.commands if ctx.actor.may(each.needs)}
    return [named[word] for word in ([WAITING, *words] if words else []) if word in named]


def _line(each: Command) -> Text:
    return LINE(word=_word(each), help=each.help)


def _possible(ctx: Context, elsewhere: Where) -> list[Command]:
    """What the person may do here: first what only their role may, last what a stranger may; matter by matter."""
    possible = [each for each in ctx.registry.commands if not each.hidden and each.where is not elsewhere and ctx.actor.may(each.needs)]
    matters = list(Permission)
    return sorted(possible, key=lambda each: (Role.MEMBER in holders(each.needs), _for_anybody(each), matters.index(each.needs)))


def _for_anybody(each: Command) -> bool:
    return each.needs in GRANTS[Role.STRANGER]


def _word(each: Command) -> Text:
    return Text(each.word, each.slash)


def _explained(ctx: Context) -> Reply:
    called = ctx.registry.called(ctx.args)
    if called is None:
        return UNKNOWN(word=ctx.args[:20]) if ctx.addressed else None
    found = called.command
    require(ctx.actor, found.needs)
    chinese = [name for name in found.names[1:] if not name.isascii()]
    latin = [name for name in found.names if name.isascii()]
    names = Text("、".join([*chinese, f"/{found.slash}"]), ", ".join([f"/{found.slash}", *latin[1:], found.word]))
    form = FORM(word=_word(found), takes=found.takes) if found.takes else Text("", "")
    return ONE(word=_word(found), help=found.help) + form + NAMES(names=names)

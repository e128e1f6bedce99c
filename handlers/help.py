"""帮助: what the person can do here, by role."""

from bot.commands import Command, Context, Pages, Reply, Where, command
from bot.permissions import GRANTS, Permission, Role, holders, require
from bot.services import strangers
from bot.texts import Text

HELP = Text("看我能帮您做什么", "see what I can do for you")
TAKES = Text("一个词，如 签到", "a word, such as checkin")
HEADING = Text("发这些词给我就行；“帮助 签到”看某一个。", "Send me one of these words; “help checkin” explains one.")
LINE = Text("{word}：{help}", "{word} – {help}")
GROUP = Text("在群里直接说：{words}。\n其余的私聊我发“帮助”。", "Here in the group: {words}.\nFor the rest send me “help” in private.")
UNKNOWN = Text("没有“{word}”这个词。发“帮助”看全部。", "There is no word “{word}”. Send “help” to see them all.")
ONE = Text("{word}：{help}。", "{word}: {help}.")
FORM = Text("\n写法：{word} {takes}。", "\nForm: {word} {takes}.")
NAMES = Text("\n也可以说：{names}。", "\nAlso: {names}.")
IN_GROUP = 8


@command("帮助", "help", needs=Permission.HELP, help=HELP, takes=TAKES)
async def help_(ctx: Context) -> Reply:
    if ctx.actor.member is None:
        turned_away = ctx.addressed and await strangers.turn_away(ctx.work, ctx.incoming)
        return [] if turned_away else None
    if ctx.args:
        return _explained(ctx)
    if ctx.in_group:
        everyday = [each for each in _possible(ctx, Where.PRIVATE) if Role.MEMBER in holders(each.needs) and not _for_anybody(each)]
        return GROUP(words=Text.join([_word(each) for each in everyday[:IN_GROUP]], "、", ", "))
    return Pages(HEADING, [LINE(word=_word(each), help=each.help) for each in _possible(ctx, Where.GROUP)])


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

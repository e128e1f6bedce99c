"""着火、昏迷、不想活 …: answered at once with the numbers to call, and the officers are alerted. 误报 says that all is well."""

from datetime import timedelta

from bot.commands import Ask, Choice, Context, Pages, Reply, Say, Where, answer, command
from bot.language import emergencies as words
from bot.language.emergencies import Danger
from bot.language.normalise import bare
from bot.permissions import Permission
from bot.services import emergencies, finals
from bot.texts import Text

KIND, DESPAIR = "aid_danger", "aid_despair"
IS_IT = Text("\n是有危险吗？1 是，要人帮　2 不是", "\nAre you in danger? 1 yes, I need help  2 no")
OVERHEARD = Text(
    "\n是您那里有危险吗？回“是”，我马上通知书记和联络员。",
    "\nAre you in danger? Answer “yes”, and I tell the secretary and the liaison at once.",
)
TIRED = Text("要是真有危险，回“是”。", "If there is real danger, answer “yes”.")
MAY_CALL = Text("要不要支部的人现在给您打个电话？", " Shall somebody of the branch ring you now?")
_LIVES = timedelta(minutes=30)
_WELL = (
    *(
        "没事",
        "没事了",
        "没事的",
        "没事儿",
        "我没事",
        "我没事了",
        "误报",
        "是误报",
        "没有",
        "没",
        "没有危险",
        "没危险",
        "不用",
        "不用了",
        "不要",
    ),
    *("不", "不是的", "开玩笑", "开玩笑的", "都好", "挺好的", "no", "i'm fine", "i am fine", "all is well", "false alarm", "2"),
)
YES = Choice(Text("是，要人帮", "yes, help"), ("1", "是", "是的", "对", "有", "有危险", "要", "救命", "快", "yes"))
NO = Choice(Text("不是", "no"), _WELL)
CALL_ME = Choice(Text("请打给我", "please ring me"), ("1", "打给我", "打吧", "要", "好", "好的", "是", "可以", "嗯", "行", "yes", "ok"))
NOT_NOW = Choice(Text("先不用", "not now"), (*_WELL, "先不要", "不用打", "算了"))
GLAD = Text("好，没事就好。要人帮忙就发“求助”。", "Good. If you need help, send “help me”.")
ALARMS = Text("这一天里的紧急情况：", "Alarms within a day:")
_ALL_WELL = ("误报", "没事了", "falsealarm", "false alarm")
_TO_ONESELF = frozenset({Danger.SELF_HARM, Danger.SAD, Danger.TIRED, Danger.HOME})
"""What is answered in private alone."""


@command(
    *("紧急求助", "sos"),
    needs=Permission.HELP,
    help=Text("有危险时告诉我，马上给电话并通知书记", "in danger: numbers at once, and the secretary is told"),
    takes=Text("[出了什么事]", "[what happened]"),
    understands=words.heard,
    urgent=words.sure,
    overheard=words.overheard,
    free=True,
)
async def emergency(ctx: Context) -> Reply:
    said = ctx.incoming.text
    found = words.read(said)
    if ctx.word:
        forwarded = not ctx.addressed and words.passed_on(said)
        danger = found.danger if found is not None else Danger.UNCLEAR
        return await _overheard(ctx, danger) if forwarded else await _at_once(ctx, danger, private=True)
    if found is None or (not ctx.addressed and ctx.registry.called(said) is None):
        shouted = words.shouted(said)
        return await _overheard(ctx, shouted.danger) if shouted is not None else None
    if found.sure:
        return await _at_once(ctx, found.danger)
    return await _asked(ctx, found.danger, IS_IT)


async def _overheard(ctx: Context, danger: Danger) -> Reply:
    """Said among people: the person alone is asked; nothing stands in the group, and nobody is alerted before they press."""
    if not await emergencies.reaches(ctx.work, ctx.actor):
        return None
    return await _asked(ctx, danger, OVERHEARD, plain=True)


async def _asked(ctx: Context, danger: Danger, question: Text, *, plain: bool = False) -> Reply:
    private, said = plain or danger in _TO_ONESELF, await emergencies.numbers(ctx.work, danger)
    if danger is Danger.SAD or not await emergencies.may_ask(ctx.work, ctx.actor, ctx.platform):
        return await _told(ctx, said, private=private)
    if danger is Danger.SELF_HARM:
        said = await emergencies.warmly(ctx.work, sure=plain)
        return Ask(DESPAIR, said + MAY_CALL, (CALL_ME, NOT_NOW), _LIVES)
    return Ask(KIND, said + (TIRED if danger is Danger.TIRED else question), (YES, NO), _LIVES, {"danger": danger.value})


async def _at_once(ctx: Context, danger: Danger, *, private: bool = False) -> Reply:
    numbers = await emergencies.numbers(ctx.work, Danger.UNCLEAR if danger in {Danger.TIRED, Danger.SAD} else danger)
    if ctx.actor.member is None:
        return numbers
    alarmed = await emergencies.alarm(ctx.work, ctx.actor)
    finals.note(ctx.work, ctx.actor, finals.ALARMED)
    return await _told(ctx, numbers, alarmed, private=private or danger in _TO_ONESELF)


async def _told(ctx: Context, numbers: Text, *more: Text, private: bool) -> Reply:
    """In private at once. In the group the numbers stand there, too, where they give nothing away."""
    if ctx.actor.member is None:
        return numbers
    if ctx.in_group and not private:
        return [Say(numbers), *(Say(each, private=True) for each in more)]
    reached = await emergencies.answer(ctx.work, ctx.incoming.sender.key, numbers, *more)
    return [] if reached else [Say(each, private=True) for each in (numbers, *more)]


@answer(KIND, needs=Permission.ASK_AID)
async def is_it(ctx: Context) -> Reply:
    danger = Danger(ctx.question.data["danger"]) if ctx.question else Danger.UNCLEAR
    if ctx.choice != 1:
        return await _at_once(ctx, danger)
    return await _ended(ctx) or GLAD


@answer(DESPAIR, needs=Permission.ASK_AID)
async def may_call(ctx: Context) -> Reply:
    if ctx.choice != 1:
        return await _at_once(ctx, Danger.SELF_HARM)
    return await _ended(ctx) or await emergencies.later(ctx.work)


async def _ended(ctx: Context) -> Text | None:
    """误报 while a question is open ends an alarm that stands, too."""
    if bare(ctx.incoming.text) not in _ALL_WELL or not await emergencies.stands(ctx.work, ctx.member):
        return None
    await emergencies.all_well(ctx.work, ctx.actor)
    finals.note(ctx.work, ctx.actor, finals.ALL_WELL)
    return emergencies.ALL_WELL


@command(
    *_ALL_WELL,
    needs=Permission.ASK_AID,
    help=Text("刚才的紧急求助是误报，告诉书记没事了", "all is well: tell those who were alerted"),
    where=Where.PRIVATE,
)
async def all_well(ctx: Context) -> Reply:
    if not ctx.addressed and (ctx.actor.member is None or not await emergencies.stands(ctx.work, ctx.member)):
        return None
    await emergencies.all_well(ctx.work, ctx.actor)
    finals.note(ctx.work, ctx.actor, finals.ALL_WELL)
    return emergencies.ALL_WELL


@command(
    *("紧急情况", "谁出事了", "alarms"),
    needs=Permission.SEE_ALARMS,
    help=Text("看这一天里谁发过紧急求助", "who was in danger within a day"),
    where=Where.PRIVATE,
)
async def alarms(ctx: Context) -> Reply:
    lines = await emergencies.listed(ctx.work, ctx.actor, ctx.platform)
    return Pages(ALARMS, lines) if lines else emergencies.NONE

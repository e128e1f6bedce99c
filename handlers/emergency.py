"""着火、昏迷、不想活 …: answered at once with the numbers to call, and the officers are alerted. 误报 says that all is well."""

from bot.commands import Ask, Choice, Context, Pages, Reply, Say, Where, answer, command
from bot.language import emergencies as words
from bot.language.emergencies import Danger
from bot.permissions import Permission
from bot.services import emergencies
from bot.texts import Text

KIND = "aid_danger"
IS_IT = Text("是有危险吗？1 是，要人帮　2 不是", "Are you in danger? 1 yes, I need help  2 no")
YES = Choice(Text("是，要人帮", "yes, help"), ("1", "是", "是的", "对", "有", "有危险", "要", "救命", "快", "yes"))
NO = Choice(Text("不是", "no"), ("2", "不", "没有", "没", "没事", "不是的", "开玩笑", "no"))
GLAD = Text("没事就好，歇一歇。要人帮忙就发“求助”。", "Good. If you need help, send “help me”.")
ALARMS = Text("这一天里的紧急情况：", "Alarms within a day:")


@command(
    *("紧急求助", "sos"),
    needs=Permission.HELP,
    help=Text("有危险时告诉我，马上给电话并通知书记", "in danger: numbers at once, and the secretary is told"),
    takes=Text("[出了什么事]", "[what happened]"),
    understands=words.heard,
    urgent=words.sure,
)
async def emergency(ctx: Context) -> Reply:
    found = words.read(ctx.incoming.text)
    if ctx.word and not ctx.addressed and (found is None or not found.sure):
        return None
    danger = found.danger if found is not None else Danger.UNCLEAR
    if found is None or found.sure or ctx.word:
        return await _at_once(ctx, danger)
    if await emergencies.may_ask(ctx.work, ctx.actor, ctx.platform):
        return Ask(KIND, IS_IT, (YES, NO), data={"danger": danger.value})
    return await _told(ctx, await emergencies.numbers(ctx.work, danger), private=danger is Danger.SELF_HARM)


async def _at_once(ctx: Context, danger: Danger) -> Reply:
    numbers, private = await emergencies.numbers(ctx.work, danger), danger is Danger.SELF_HARM
    if ctx.actor.member is None:
        return numbers
    alarmed = await emergencies.alarm(ctx.work, ctx.actor)
    return await _told(ctx, numbers, alarmed, private=private)


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
    return GLAD if ctx.choice == 1 else await _at_once(ctx, danger)


@command(
    *("误报", "没事了", "falsealarm", "false alarm"),
    needs=Permission.ASK_AID,
    help=Text("刚才的紧急求助是误报，告诉书记没事了", "all is well: tell those who were alerted"),
    where=Where.PRIVATE,
)
async def all_well(ctx: Context) -> Reply:
    if not ctx.addressed:
        return None
    await emergencies.all_well(ctx.work, ctx.actor)
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

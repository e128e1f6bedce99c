"""谁在: whether there are people of the branch in a city, and who there may be contacted; 谁在哪: where somebody is, for the secretary."""

from bot.commands import Context, Reply, Say, Where, command
from bot.errors import UserError
from bot.language import places
from bot.permissions import Permission
from bot.services import nearby, whom
from bot.texts import Text

HELP = Text("问一座城市有没有咱们的人", "ask whether we have people in a city")
TAKES = Text("城市", "city")
HELP_OFFER = Text("让同城的同志能找到您", "let others in your city find you")
HELP_HIDE = Text("不再让同城的同志找到您", "no longer let others in your city find you")
HELP_WHERE = Text("看一位同志报的位置", "see where somebody said to be")
TAKES_NAME = Text("姓名", "name")
SEVERAL = Text("叫这个名字的地方有好几个：{places}。请写全一点。", "Several places have that name: {places}. Please write which.")
HOW = Text("请写城市，如：谁在 哈尔滨", "Please write a city, such as: whoisin Harbin")
HOW_WHERE = Text("请写姓名，如：谁在哪 李小山", "Please write a name, such as: whereis Li Xiaoshan")
CLUE = Text(
    "谢谢您。他愿不愿意联系，得先问他本人，我不替别人写位置。怎么找到他，请私下告诉{who}。",
    "Thank you. Whether they wish to be in touch has to be asked first, and I note nobody's place for them. Please tell {who} in private.",
)

SEEK = Text(
    "要找{name}，发“我来找 {name}”；找到了，发“找到了 {name} 电话”；本人来了，发“本人来了 {name}”。还没联系上的都在“没联系上的”里。",
    "To look for {name} send “seek {name}”; then “found {name} phone”, or “cameback {name}”. Who is not in touch yet: “tofind”.",
)


@command(
    "谁在",
    "哪里有咱们的人",
    "whoisin",
    needs=Permission.SEE_COUNTS,
    help=HELP,
    takes=TAKES,
    intents=("find_member", "map_query:city", "map_query:province"),
)
async def there(ctx: Context) -> Reply:
    if not ctx.addressed and not places.find(ctx.args):
        return None
    slots = ctx.meaning.slots if ctx.meaning is not None else {}
    if "name" in slots and ctx.actor.may(Permission.SEEK):
        return Say(SEEK(name=str(slots["name"])), private=True)
    if "name" in slots:
        return Say(CLUE(who=await whom.secretary(ctx.work, ctx.member, ctx.platform)), private=True)
    if "candidates" in slots:
        raise UserError(SEVERAL(places=Text.plain("、".join(slots["candidates"][:6]))))
    words = ctx.args or str(slots.get("city") or slots.get("province") or "")
    if not words:
        raise UserError(HOW)
    told, named = await nearby.there(ctx.work, ctx.actor, words, ctx.platform)
    return Say(told, private=named)


@command("可以联系我", "找得到我", "findme", needs=Permission.SET_PLACE, help=HELP_OFFER, where=Where.PRIVATE, intents=("consent:contact",))
async def offer(ctx: Context) -> Reply:
    return await nearby.offer(ctx.work, ctx.actor, findable=True)


@command(
    "别让人找我",
    "不要联系我",
    "hideme",
    needs=Permission.SET_PLACE,
    help=HELP_HIDE,
    where=Where.PRIVATE,
    intents=("consent_withdraw:contact",),
)
async def hide(ctx: Context) -> Reply:
    return await nearby.offer(ctx.work, ctx.actor, findable=False)


@command(
    "谁在哪",
    "whereis",
    needs=Permission.SEE_PLACES,
    help=HELP_WHERE,
    where=Where.PRIVATE,
    takes=TAKES_NAME,
    intents=("location_query:name",),
)
async def where(ctx: Context) -> Reply:
    name = ctx.args or (str(ctx.meaning.slots["name"]) if ctx.meaning is not None else "")
    if not name:
        raise UserError(HOW_WHERE)
    return await nearby.whereabouts(ctx.work, ctx.actor, name, ctx.platform)

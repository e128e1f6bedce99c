"""What nobody may ask: others' data, rights by assertion, who voted how. Refused with the reason, in whatever words it was asked."""

from bot.commands import Context, Pages, Reply, Say, Where, command
from bot.language import not_kept, register_words
from bot.permissions import Permission
from bot.services import register_saying
from bot.texts import Text

HELP = Text("哪些我不能告诉别人，为什么", "what I tell nobody, and why")
OTHERS = Text(
    "别人的资料我不能给：本人同意了才能给别人看（《个人信息保护法》第十三条）。有事找他，请书记或联络员转告。看自己的，发“我的”。",
    "I give nobody's data to others without their consent (Personal Information Protection Law, article 13). "
    "To reach somebody, ask the secretary or a liaison. For your own data send “me”.",
)
OFFICER = Text(
    "这样的名单我不列给任何人，不拿人比来比去，也不公开谁的难处。该您经手的事，发“待办”看有几件、各发什么词。",
    "I make such a list for nobody; people are not compared, nor their troubles shown. For what is yours to do send “todo”.",
)
HELP_NOT_KEPT = Text("哪些事我不记", "what I do not keep")
NOT_KEPT = Text(
    "别人的电话、收入、身份证号、住址我这里不告诉。要找人，请联络员或书记转告；管名册的同志发“看 姓名”。",
    "I tell nobody others' telephone numbers, incomes, identity numbers or addresses. A liaison or the secretary can pass on a word; "
    "who keeps the register sends “show NAME”.",
)
PLACES = Text(
    "谁在哪儿我不能告诉您：位置是自愿填的，本人同意了才能给别人看（《个人信息保护法》第十三条）。想看大家在哪些城市，发“分布图”，只有人数。",
    "I tell nobody where others are: places are given voluntarily and shown only with consent (Personal Information Protection Law, "
    "article 13). To see in which cities people are, as numbers, send “map”.",
)
DUES = Text(
    "别人交了多少党费，我只告诉组织委员和书记，私下看，不拿来比。合计一年公布一次（《党费收缴、使用和管理的规定》）。看自己的，发“党费”。",
    "What others paid I tell only the dues keeper and the secretary, in private; the sum is published once a year (Rules on Party Dues). "
    "For yours send “dues”.",
)
ROLE = Text(
    "权限不能在聊天里要，我也不凭谁自己说是谁来认人。换人由支部定，书记发“任命”就行。您现在能做什么，发“权限”看。",
    "Rights are not given for the asking; I take nobody's word for who they are. The branch decides; the secretary sends “appoint”. "
    "To see what you may do send “rights”.",
)
BALLOT = Text(
    "谁投了什么票，我不告诉任何人，书记也看不到：无记名投票要保密（《中国共产党基层组织选举工作条例》）。结果由支部公布。",
    "I tell nobody how somebody voted, not even the secretary: the ballot is secret (Regulations on Elections in Primary Organisations). "
    "The branch announces the result.",
)
MINE = Text(
    "我只按支部定的规矩办，换个说法也一样。要看我能做什么，发“帮助”；觉得规矩不对，找书记提。",
    "I follow what the branch decided, whatever the wording. Send “help” to see what I can do; if a rule is wrong, tell the secretary.",
)
REASONS = {
    "role": ROLE,
    "ballot": BALLOT,
    "all_locations": PLACES,
    "others_location": PLACES,
    "others_dues": DUES,
    "all_dues": DUES,
    "prompt": MINE,
}
"""The reason by what was asked; everything else is data of others."""


@command(
    "不能说", "notallowed", needs=Permission.HELP, help=HELP, where=Where.PRIVATE, hidden=True, intents=("unauthorized",), spoken_to=True
)
async def refuse(ctx: Context) -> Reply:
    if ctx.actor.member is None:
        return None
    asked = str(ctx.meaning.slots.get("asked", "")) if ctx.meaning is not None else ""
    others = OFFICER if ctx.actor.may(Permission.ENTER) else OTHERS
    return Say(REASONS.get(asked, others), private=True)


@command(
    *("不记什么", "notkept"),
    needs=Permission.HELP,
    help=HELP_NOT_KEPT,
    where=Where.PRIVATE,
    hidden=True,
    understands=not_kept.asked,
    intents=("unauthorized:not_kept",),
    spoken_to=True,
)
async def none_kept(ctx: Context) -> Reply:
    if ctx.actor.may(Permission.SEE_REGISTER) and (name := register_words.phone_asked(ctx.incoming.text)):
        return Pages(*await register_saying.by_name(ctx.work, ctx.actor, name, ctx.platform))
    return Say(NOT_KEPT, private=True)

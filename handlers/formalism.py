"""What the bot refuses: forced check-ins, rankings, naming people before everybody (指尖上的形式主义)."""

from collections.abc import Sequence

from bot.commands import Context, Reply, Where, command, grounds
from bot.language import formalism
from bot.language.formalism import Refusal
from bot.permissions import Permission
from bot.texts import Text

HELP = Text("为什么我不设强制签到、不排名、不点名", "why I set no forced check-ins, rankings or public naming")
RULE = Text(
    "2023 年《关于防治“指尖上的形式主义”的若干意见》",
    "The 2023 Opinions on preventing formalism at the fingertips (《关于防治“指尖上的形式主义”的若干意见》)",
)
REFUSED = {
    Refusal.FORCED: Text(
        "这个我不能设。{rule}规定，工作群不得强制打卡接龙、要求即时响应。可以换成：谁愿意就报个平安；三个月没有任何消息的，由联系人私下问候一句（发“很久没消息”看）。",
        "I cannot set that. {rule} say work groups must not force check-ins or instant replies. Instead: whoever likes checks in, "
        "and the liaison sends a kind private word to those not heard of for three months (send “unheard”).",
    ),
    Refusal.RANKING: Text(
        "排名和积分我不做。{rule}规定，积分、时长、点赞不得用来考核和排名。可以换成：只看总人数，谢谢大家；有人需要帮一把，私下问。",
        "I make no rankings and no points. {rule} say points, hours and likes must not be used to appraise or rank. "
        "Instead: only the number of people, with thanks; and a private question to whoever may need a hand.",
    ),
    Refusal.SHAMING: Text(
        "点名通报我不能做。{rule}规定，工作群不得强制打卡、要求即时响应，没做也就不该通报。可以换成：谁没读公告，只有发的人看得到；我私下提醒一次，不催第二遍。",
        "I name nobody before the others. {rule} say work groups must not force check-ins or instant replies, so there is nothing to "
        "name. Instead: only who posted a notice sees who has not read it, and I remind those once, in private.",
    ),
}


NO_LIST = Text(
    "谁没报平安，我不列名单：报平安是自愿的，没报不说明什么。想知道谁很久没消息、该去问候一声，发“很久没消息”。",
    "I make no list of who has not checked in: it is voluntary, and not doing it is no sign. To see who has not been heard of for long, "
    "send “unheard”.",
)


NO_STUDY_LIST = Text(
    "谁学了、谁答错了，我不列名单：学习自愿，学什么只有本人看得到，时长和积分也不得用来考核"
    "（2023 年关于防治“指尖上的形式主义”的意见）。学习委员发“学习情况”看人数。",
    "I make no list of who studied or answered what: study is voluntary, only oneself sees it, and hours and points must not be used to "
    "appraise (2023 Opinions on formalism at the fingertips). The curator sees numbers with “studycounts”.",
)


@command(
    *("谁没签到", "谁没报平安", "谁今天没签到", "谁今天没有签到", "谁还没签到", "谁没打卡", "没签到的", "whohasnot"),
    needs=Permission.CHECK_IN,
    help=HELP,
    where=Where.PRIVATE,
    hidden=True,
    spoken_to=True,
    understands=formalism.asks_who_has_not,
)
async def no_list(ctx: Context) -> Reply:
    return NO_LIST


@command(
    *("谁没学", "谁没学习", "谁还没学", "谁没学完", "没学的", "谁没看课", "谁没答题", "谁答错了", "谁答对了", "whohasnotstudied"),
    needs=Permission.CHECK_IN,
    help=HELP,
    where=Where.PRIVATE,
    hidden=True,
    matter="formalism",
    spoken_to=True,
)
async def no_study_list(ctx: Context) -> Reply:
    return NO_STUDY_LIST


@command(
    "强制签到",
    "排名",
    "norankings",
    needs=Permission.CHECK_IN,
    help=HELP,
    where=Where.PRIVATE,
    hidden=True,
    understands=formalism.refused,
    matter="formalism",
    intents=("unauthorized:ranking", "unauthorized:forced_checkin", "unauthorized:shaming"),
    spoken_to=True,
)
async def refuse(ctx: Context) -> Reply:
    asked = ctx.meaning.slots.get("asked") if ctx.meaning is not None else None
    meant = Refusal.RANKING if asked == "ranking" else Refusal.FORCED
    return REFUSED[formalism.refused(ctx.incoming.text) or meant](rule=RULE)


@grounds(
    "formalism", Text("自愿报平安、不排名", "voluntary check-ins, no rankings"), "签到", "报平安", "排名", "积分", "checkin", "rankings"
)
async def rests_on(_ctx: Context) -> Sequence[Text]:
    return [RULE, *(text(rule=Text("该意见", "They")) for text in REFUSED.values())]

"""消息量: how many messages the bot sent this month, by kind; for the secretary, in private."""

from collections.abc import Sequence

from bot.commands import Ask, Choice, Context, Pages, Reply, Say, Where, answer, command, grounds
from bot.permissions import Permission
from bot.rules.attention import GROUP_A_DAY, MEMBER_A_WEEK
from bot.rules.months import month_of
from bot.services import dues_periods, message_counts, message_counts_view
from bot.services.dues_periods import today
from bot.texts import Text

KIND = "message_counts"
OFFER = Text("要看成一张表吗？", "As a picture?")
SEE = Choice(Text("看图", "picture"), ("看图", "图", "图片", "要"))
PICTURE = Text("消息量。只有数，没有人名。", "How many messages: numbers only, nobody's name.")
HELP = Text("看我这个月发了多少消息，每样多少", "see how many messages I sent this month, of each kind")
RULE = Text(
    "2023 年《关于防治“指尖上的形式主义”的若干意见》：工作群不得强制打卡接龙、要求即时响应，要给基层减负。",
    "The 2023 Opinions on preventing formalism at the fingertips (《关于防治“指尖上的形式主义”的若干意见》): work groups must not force "
    "check-ins or instant replies; the grass roots are to be relieved.",
)
OURS = Text(
    "上限是我自己定的：群里没人问的一天最多 {group} 条，什么都没做的人一周最多 {member} 条，多的合成一条或改天说。公告、紧急求助不等。",
    "The limits are my own: unasked in the group {group} a day, to somebody who does nothing {member} a week; the rest is put together or "
    "waits for another day. Notices and emergencies never wait.",
)
COUNTED = Text("只记每天每样发了几条，不记发给谁，留 13 个月。", "Only how many of each kind a day, never to whom; kept 13 months.")


@command(
    *("消息量", "消息统计", "发了多少消息", "发了多少条", "messagecounts", "msgcount"),
    needs=Permission.SEE_MESSAGE_COUNTS,
    help=HELP,
    where=Where.PRIVATE,
    takes=Text("[3月]", "[2026-03]"),
    matter="attention",
    spoken_to=True,
)
async def counts(ctx: Context) -> Reply:
    day = today(ctx.work)
    month = dues_periods.month(ctx.args, day) if ctx.args else month_of(day)
    seen = await message_counts.of_month(ctx.work, ctx.actor, month)
    pages = Pages(message_counts_view.heading(ctx.work, seen), message_counts_view.lines(seen))
    return [pages, Ask(KIND, OFFER, (SEE,), data={"month": month}, card=True)] if seen.counts else pages


@answer(KIND, needs=Permission.SEE_MESSAGE_COUNTS, matter="attention")
async def drawn(ctx: Context) -> Reply:
    seen = await message_counts.of_month(ctx.work, ctx.actor, ctx.question.data["month"] if ctx.question else "")
    return [Say(PICTURE, private=True, drawing=each) for each in message_counts_view.pictures(ctx.work, seen, ctx.language)]


@grounds("attention", Text("消息量、少打扰", "few messages"), "消息量", "少打扰", "messagecounts")
async def rests_on(_ctx: Context) -> Sequence[Text]:
    return [RULE, OURS(group=GROUP_A_DAY, member=MEMBER_A_WEEK), COUNTED]

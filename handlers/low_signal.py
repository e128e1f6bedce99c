"""出海、省流量、回来了: little for those who have no signal, and one message on their return."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot import replies
from bot.commands import Ask, Choice, Context, Pages, Reply, Where, answer, command, holds, undoes
from bot.language.low_signal import Leaving, leaving, returned
from bot.permissions import Permission
from bot.services import departure_returns, low_signal, study_choices
from bot.texts import Text

KIND = "missed_lessons"
LIVES = timedelta(days=3)
LESSONS = Text("学习 {count} 条要看吗？回“看”。", "{count} lessons: do you want to read them? Say “read”.")
LATER = Text("好，想看的时候发“补课”。", "All right; send “catchup” whenever you like.")
HELP_LEAVE = Text("没信号时只收急事，回来一条说完", "only emergencies while you have no signal")
TAKES_DAYS = Text("[10天]", "[10 days]")
AWAY = Text(
    "好，一路平安。只发急事，用文字；别的攒着，回港说一声“回来了”，一条说完。您问我照样答。",
    "Done; keep safe. Only emergencies come now, as text; the rest waits. Say “back” on your return and one message tells it all. "
    "What you ask is answered as before.",
)
AWAY_DAYS = Text(
    "好，一路平安。{days} 天内只发急事，用文字；别的攒着，回港说一声“回来了”，一条说完。您问我照样答。",
    "Done; keep safe. For {days} days only emergencies come, as text; the rest waits. Say “back” on your return and one message tells it "
    "all. What you ask is answered as before.",
)
LONG = Text("最多替您攒 30 天，到时一条发给您。", " Things wait for 30 days at most; then one message brings them.")
NO_SMS = Text(
    "短信我发不了，有急事支部可以给您打电话。", " I cannot send text messages by telephone; in an emergency the branch can call you."
)
HELP_SAVE = Text("只收短的文字，不收图", "get short texts and no pictures")
SAVING = Text(
    "好，以后给您只发短的文字，不发图，什么也不攒。想恢复，发“恢复流量”。",
    "Done: short texts and no pictures; nothing is held back. To go back, send “full data”.",
)
HELP_BACK = Text("回港了：漏了什么，一条说完", "back: what you missed, in one message")
HELP_FULL = Text("恢复平常的收法，图也发", "everything as usual, pictures too")
MISSED = Text("回来就好。漏了 {count} 件事，一条说完：", "Welcome back. You missed {count}; here is all of it:")
NOTHING = Text("回来就好。您不在的时候没有漏下什么。", "Welcome back. You missed nothing.")
HOME = Text(
    "回来就好。没有替您攒着的事。位置变了，发一句“我在……”。",
    "Good to have you back. Nothing waited for you. If your place changed, send “I am in …”.",
)
NOT_YET = Text("好，路上平安。到家了发一句“我回来了”就行。", "Safe travels. When you are home just say “I am back”.")
AGAIN = Text("回来就好。", "Good to have you back. ")
_READ = (Choice(Text("看", "read"), ("看看", "要看", "要", "好")), Choice(Text("不用", "no"), ("不看", "算了")))
FULL = Text("好，恢复平常，图也照发。", "Done: everything as usual, pictures too.")
AWAY_AGAIN = Text("好，外出报备还在，和原来一样。", "Done: the report of going away stands as before.")
UNDONE = Text("好，改回原来的了；攒着的会一条条发来。", "Done, it is as it was before.")


def _sentence(text: str) -> str | None:
    return text if leaving(text) is not None else None


def _back(text: str) -> str | None:
    return "" if returned(text) else None


@command(
    *("出海", "我要出海", "atsea", "at sea"),
    needs=Permission.OWN_SETTINGS,
    help=HELP_LEAVE,
    where=Where.PRIVATE,
    takes=TAKES_DAYS,
    understands=_sentence,
    intents=("departure_report:low_bandwidth", "departure_report:at_sea"),
    spoken_to=True,
)
async def leave(ctx: Context) -> Reply:
    meant = (leaving(ctx.args) if not ctx.word else None) or low_signal.asked_leave(ctx.args)
    await low_signal.leave(ctx.work, ctx.actor, meant)
    return _told(meant)


def _told(meant: Leaving) -> Text:
    text = AWAY_DAYS(days=meant.days) if meant.days else AWAY
    if meant.days is not None and meant.days > low_signal.KEPT.days:
        text += LONG
    return text + NO_SMS if meant.by_message else text


@command(
    "省流量",
    "省点流量",
    "只发文字",
    "savedata",
    "save data",
    needs=Permission.OWN_SETTINGS,
    help=HELP_SAVE,
    where=Where.PRIVATE,
    spoken_to=True,
)
async def save_data(ctx: Context) -> Reply:
    await low_signal.save_data(ctx.work, ctx.actor)
    return SAVING


@command(
    *("回来了", "回港了", "靠岸了", "back"),
    needs=Permission.OWN_SETTINGS,
    help=HELP_BACK,
    where=Where.PRIVATE,
    understands=_back,
    intents=("return_report",),
    spoken_to=True,
)
async def come_back(ctx: Context) -> Reply:
    if ctx.meaning is not None and ctx.meaning.slots.get("planned"):
        return NOT_YET
    missed = await low_signal.come_back(ctx.work, ctx.actor, ctx.platform)
    since = await departure_returns.came_back(ctx.work, ctx.actor)
    if missed is None and since is not None:
        missed = await low_signal.missed_since(ctx.work, ctx.actor, since, ctx.platform)
    return _handed_over(missed) if missed is not None else await _home(ctx)


@command("恢复流量", "fulldata", "full data", needs=Permission.OWN_SETTINGS, help=HELP_FULL, where=Where.PRIVATE, spoken_to=True)
async def full_data(ctx: Context) -> Reply:
    missed = await low_signal.come_back(ctx.work, ctx.actor, ctx.platform, pictures=True)
    return FULL if missed is None else _handed_over(missed)


def _handed_over(missed: low_signal.HandOver) -> Reply:
    heading = MISSED(count=missed.count) if missed.count else NOTHING
    if not missed.lessons:
        return Pages(heading, missed.lines)
    whole, rest = replies.split(Pages(heading, [*missed.lines, LESSONS(count=missed.lessons)]))
    if rest:
        return Pages(heading, [*missed.lines, low_signal.LESSONS_BY_WORD(count=missed.lessons)])
    return Ask(KIND, whole, _READ, LIVES, {"lessons": missed.lessons})


async def _home(ctx: Context) -> Reply:
    """Said again, it leaves what was offered the first time open."""
    offered = await ctx.work.questions.open_of(ctx.member, KIND)
    if offered is None:
        return HOME
    count = offered.data["lessons"]
    return Ask(KIND, AGAIN + LESSONS(count=count), _READ, LIVES, {"lessons": count})


@answer(KIND, needs=Permission.STUDY)
async def lessons(ctx: Context) -> Reply:
    return LATER if ctx.choice else await study_choices.missed(ctx.work, ctx.actor)


@undoes(departure_returns.BACK)
async def undo_back(ctx: Context, data: Mapping[str, Any]) -> Text:
    await departure_returns.undo_end(ctx.work, ctx.actor, data)
    if data["low_signal"] is None:
        return AWAY_AGAIN
    await low_signal.undo(ctx.work, ctx.actor, data["low_signal"])
    return UNDONE


@undoes(low_signal.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await low_signal.undo(ctx.work, ctx.actor, data)
    return UNDONE


@holds("low_signal", Text("没信号、省流量", "no signal, saving data"))
async def mine(ctx: Context) -> Sequence[Text]:
    return await low_signal.of(ctx.work, ctx.actor)

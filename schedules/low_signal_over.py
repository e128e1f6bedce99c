"""Things wait thirty days for somebody without a signal; then one message brings them, wherever the person is."""

from datetime import timedelta

from bot import replies
from bot.commands import Pages
from bot.jobs import JobContext, daily, job
from bot.messages import Priority
from bot.services import low_signal, posting
from bot.texts import Text

LIVES = timedelta(days=30)
OVER = Text(
    "您说没信号已经 30 天了，攒着的 {count} 件先发给您，以后照常发。还在外面就再发一次“出海”。",
    "It is 30 days since you had no signal. Here are the {count} things that waited; from now on they come as usual. "
    "If you are still out, send “at sea” again.",
)


@job("low_signal_over", daily(9), where=lambda r: low_signal.where_overdue(r.work))
async def low_signal_over(ctx: JobContext) -> None:
    """Hand over to everybody who has been away for thirty days."""
    over = await low_signal.overdue(ctx.work, ctx.actor)
    accounts = await posting.reached_of_branch(ctx.work) if over else {}
    for member, missed in over.items():
        lessons = [low_signal.LESSONS_BY_WORD(count=missed.lessons)] if missed.lessons else []
        told = Pages(OVER(count=missed.count), [*missed.lines, *lessons])
        message = await replies.paged(ctx.work, member, told, LIVES, card=True)
        await posting.to_member(ctx.work, member, message, priority=Priority.NOTICE, account=accounts.get(member))

"""Every evening: what happened that needs nobody, in one message to those who keep the branch."""

from datetime import timedelta

from bot import replies
from bot.commands import Pages
from bot.jobs import JobContext, daily, job
from bot.messages import Priority
from bot.services import day_summary, posting
from bot.texts import Text

HEADING = Text("今日小结：", "Today in short:")
LIVES = timedelta(days=7)


@job("day_summary", daily(18, 30), where=lambda r: day_summary.where_any(r.work))
async def summarise(ctx: JobContext) -> None:
    """On a day without anything to tell nobody hears anything."""
    gathered = await day_summary.gather(ctx.work, ctx.actor)
    accounts = await posting.reached_of_branch(ctx.work) if gathered else {}
    for member, lines in gathered.items():
        message = await replies.paged(ctx.work, member, Pages(HEADING, lines), LIVES, card=True)
        await posting.to_member(ctx.work, member, message, priority=Priority.DIGEST, account=accounts.get(member))

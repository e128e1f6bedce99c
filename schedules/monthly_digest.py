"""On the first of the month: one message for those who asked for fewer."""

from datetime import timedelta

from bot import replies
from bot.commands import Pages
from bot.jobs import JobContext, job, monthly
from bot.messages import Priority
from bot.services import digests, posting
from bot.texts import Text

HEADING = Text("这个月攒下的几件事：", "What has gathered this month:")
LIVES = timedelta(days=30)


@job("monthly_digest", monthly(1, 9), where=lambda r: digests.where_waiting(r.work))
async def monthly_digest(ctx: JobContext) -> None:
    """Merge what waited for each into one message, in pages if it is long; who has nothing waiting hears nothing."""
    gathered = await digests.gather(ctx.work, ctx.actor, ctx.due)
    accounts = await posting.reached_of_branch(ctx.work) if gathered else {}
    for member, lines in gathered.items():
        message = await replies.paged(ctx.work, member, Pages(HEADING, lines), LIVES, card=True)
        await posting.to_member(ctx.work, member, message, priority=Priority.NOTICE, account=accounts.get(member))

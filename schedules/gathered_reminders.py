"""Every morning: who was spared reminders because there were enough that week gets what waited, in one message."""

from datetime import timedelta

from bot import replies
from bot.commands import Pages
from bot.jobs import JobContext, daily, job
from bot.messages import Priority
from bot.services import digests, posting
from bot.texts import Text

HEADING = Text("这几天攒下的，合成一条给您：", "What has gathered these days, in one message:")
LIVES = timedelta(days=30)


@job("gathered_reminders", daily(9, 10), where=lambda r: digests.where_waiting(r.work))
async def gathered_reminders(ctx: JobContext) -> None:
    """Whose week has room again, or who has done something since, is told; the others go on being left in peace."""
    gathered = await digests.gather_spared(ctx.work, ctx.actor)
    accounts = await posting.reached_of_branch(ctx.work) if gathered else {}
    for member, lines in gathered.items():
        message = await replies.paged(ctx.work, member, Pages(HEADING, lines), LIVES, card=True)
        await posting.to_member(ctx.work, member, message, priority=Priority.NOTICE, account=accounts.get(member))

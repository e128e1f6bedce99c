"""On the branch's day: who has dues open is reminded, in private; and who can talk with people learns of months in a row."""

from datetime import timedelta

from bot import replies
from bot.commands import Pages
from bot.jobs import JobContext, every, job
from bot.messages import Outgoing, Priority
from bot.services import dues_arrears, dues_cards, dues_reminder_words, dues_reminders, posting

LIVES = timedelta(days=30)


@job("dues_reminder", every(30), where=lambda r: dues_reminders.where_due(r.work))
async def remind(ctx: JobContext) -> None:
    """Looks every half hour whether it is the time; each month has one."""
    plan = await dues_reminders.remind_due(ctx.work, ctx.actor)
    if plan is None:
        return
    accounts = await posting.reached_of_branch(ctx.work)
    for keeper in await dues_cards.keepers(ctx.work):
        account = accounts.get(keeper.id)
        pages = Pages(*await dues_reminder_words.lines(ctx.work, plan, posting.platform_of(account), sent=True))
        message = await replies.paged(ctx.work, keeper.id, pages, LIVES, card=True)
        await posting.to_member(ctx.work, keeper.id, message, priority=Priority.NOTICE, account=account)
    for word in await dues_arrears.climb(ctx.work, ctx.actor):
        for page in replies.sheet(Pages(word.heading, word.lines)):  # at once: what the rule does not say belongs to what it says
            await posting.to_member(ctx.work, word.to.id, Outgoing(page.text), priority=Priority.NOTICE, account=accounts.get(word.to.id))

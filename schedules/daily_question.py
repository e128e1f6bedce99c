"""At noon: one question, in private, for those who asked for one a day."""

from bot.clock import beijing_day
from bot.jobs import JobContext, daily, job
from bot.messages import Priority
from bot.services import posting, quiz


@job("daily_question", daily(12, 30), where=lambda r: quiz.where_wanted(r.work))
async def daily_question(ctx: JobContext) -> None:
    """Ask each who wants it; who is in the middle of something else answers by the button. Yesterday's is not asked before today's."""
    if beijing_day(ctx.due) != beijing_day(ctx.work.now):
        return
    questions = await quiz.daily(ctx.work, ctx.actor)
    accounts = await posting.reached_of_branch(ctx.work) if questions else {}
    for member, message in questions.items():
        await posting.to_member(ctx.work, member, message, priority=Priority.NOTICE, account=accounts.get(member), good_for=quiz.LIVES)

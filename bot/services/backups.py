"""What the secretaries are told about back-ups: only that one is missing."""

from datetime import timedelta

from bot.clock import beijing_day
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.services import posting
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

KEPT = timedelta(days=30)
"""How long a back-up may be kept: what somebody had erased is in it until then. Told to members."""
FAILED = Text(
    "今天的备份没有做成。支部的数据都还在，只是没有新的备份。请告诉管机器的人看一看。",
    "Today's back-up could not be made. Nothing is lost, but there is no new copy. Please ask whoever runs the bot to look.",
)


async def tell_failed(work: UnitOfWork, actor: Actor) -> bool:
    """Tell the secretaries of this branch, once a day; False if they were told."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    if not await work.job_runs.begin("backup_failed", f"{work.branch_id}:{beijing_day(work.now)}"):
        return False
    await posting.to_role(work, Role.SECRETARY.value, Outgoing(FAILED), priority=Priority.NOTICE)
    return True

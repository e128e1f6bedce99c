"""Reminders put together: once a month for those who asked for fewer (少发点), and within the week for who heard enough unasked."""

from collections.abc import Collection
from datetime import datetime

from bot.messages import Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.services import attention
from bot.texts import Text
from storage.keys import BranchId, MemberId
from storage.unit_of_work import UnitOfWork


async def where_waiting(work: UnitOfWork) -> set[BranchId]:
    """The branches in which something waits to be put together."""
    return await work.agenda.kept_back("digest")


async def gather(work: UnitOfWork, actor: Actor, until: datetime) -> dict[MemberId, list[Text]]:
    """What waits since before a moment for each member's digest, each once and the oldest first; taken out of the outbox."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    return await _taken_out(work, {each.id for each in await work.members.present() if each.digest}, until)


async def gather_spared(work: UnitOfWork, actor: Actor) -> dict[MemberId, list[Text]]:
    """The same for those who were spared reminders (see `attention.is_spared`) and may be written to again."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    waiting = {letter.member_id for letter in await work.outbox.kept_back("digest")}
    if not waiting:
        return {}
    members = [each for each in await work.members.present() if each.id in waiting and not each.digest]
    ready = {each.id for each in members if not await attention.is_spared(work, each, Priority.REMINDER)}
    return await _taken_out(work, ready, work.now)


async def _taken_out(work: UnitOfWork, members: Collection[MemberId], until: datetime) -> dict[MemberId, list[Text]]:
    letters = [each for each in await work.outbox.kept_back("digest") if each.created_at < until and each.member_id in members]
    gathered: dict[MemberId, dict[Text, None]] = {}
    for letter in letters:
        fresh = letter.good_until is None or letter.good_until > work.now
        if fresh and letter.member_id is not None and letter.content:
            text = Text(letter.content["zh"], letter.content["en"])
            gathered.setdefault(letter.member_id, {})[text] = None
    if letters:
        await work.outbox.drop(letters)
    return {member: list(texts) for member, texts in gathered.items()}

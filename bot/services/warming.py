"""What events that wait together will ask for by key, fetched for all of them by one statement each. Only makes things faster."""

from collections.abc import Awaitable, Callable, Sequence

from bot.messages import ChatKind, Incoming
from bot.services import deployment
from bot.services.consents import Purpose
from storage.keys import BranchId, MemberId
from storage.unit_of_work import UnitOfWork

Warm = Callable[[UnitOfWork, Sequence[tuple[BranchId, MemberId]]], Awaitable[None]]
"""Fetches what a command will read about its speakers."""


async def warm(work: UnitOfWork, events: Sequence[tuple[Incoming, Warm | None]]) -> None:
    """Who speaks, in which branch, with which roles, and what the commands that they call will read."""
    await work.accounts.prefetch(incoming.sender.key for incoming, _ in events)
    await work.chats.prefetch(incoming.chat.key for incoming, _ in events if incoming.chat.kind is ChatKind.GROUP)
    await work.settings.prefetch(deployment.ASKED_OFTEN)
    if passive := [incoming.chat.key for incoming, _ in events if incoming.chat.key.platform in deployment.PASSIVE]:
        await work.dispatch.prefetch_awaiting(passive)
    speakers: dict[Warm | None, list[tuple[BranchId, MemberId]]] = {}
    alone: list[MemberId] = []
    for incoming, command in events:
        account = await work.accounts.get(incoming.sender.key)
        if account is None or account.removed:
            continue
        speakers.setdefault(command, []).append((account.branch_id, account.member_id))
        if incoming.chat.kind is ChatKind.PRIVATE:
            alone.append(account.member_id)
    everybody = [each for those in speakers.values() for each in those]
    await work.members.prefetch(member for _, member in everybody)
    await work.branches.prefetch(branch for branch, _ in everybody)
    await work.questions.prefetch_of(alone)
    await work.accounts.prefetch_of(alone)
    await work.consents.prefetch((member, Purpose.ABROAD.value) for member in alone)
    for command, those in speakers.items():
        if command is not None:
            await command(work, those)

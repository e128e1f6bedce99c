"""The browser chat's server side: who can be whom, which chats there are, what was said."""

import hashlib
import secrets
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.language import places
from bot.permissions import Actor, Permission, Subject, require
from bot.services import deployment, trail
from bot.services.people import person, titles
from bot.texts import Text
from storage import transcript
from storage.accounts import Account
from storage.keys import AccountKey, BranchId, ChatKey, EventKey, MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

Read = Callable[[], AbstractAsyncContextManager[Any]]
"""Opens a read-only connection: `Database.read`."""
_NUMBER = "browser_number"
PLATFORM, INSTANCE = "browser", "web"
STRANGER = "stranger"
LINK_LIVES = timedelta(minutes=15)
SESSION_LIVES = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the page: the account they are, their branch, how they are shown."""

    user_id: str
    branch: BranchId
    name: Text
    role: Text
    place: Text | None
    roles: frozenset[str] = frozenset()


def group_chat(branch: BranchId) -> str:
    """The id of a branch's group in the browser."""
    return f"group-{branch}"


def private_chat(user_id: str) -> str:
    """The id of a person's private chat with the bot."""
    return f"private-{user_id}"


def chats_of(visitor: Visitor) -> frozenset[str]:
    """The chats that somebody sees."""
    return frozenset({group_chat(visitor.branch), private_chat(visitor.user_id)})


def chat_key(chat_id: str) -> ChatKey:
    """The key of a chat in the browser."""
    return ChatKey(PLATFORM, INSTANCE, chat_id)


def account_key(user_id: str) -> AccountKey:
    """The key of an account in the browser."""
    return AccountKey(PLATFORM, INSTANCE, user_id)


def event_key(user_id: str, nonce: str) -> EventKey:
    """The key of what a page sent: the same nonce of the same person is the same event."""
    return EventKey(f"{PLATFORM}:{user_id}:{nonce}")


async def people(work: UnitOfWork) -> list[Visitor]:
    """On a sample: whom the page may be – the people of the tour, and one stranger. Otherwise nobody."""
    if not await deployment.is_sample(work):
        return []
    branch = (await work.branches.all())[0]
    work.enter(branch.id)
    members = {member.id: member for member in await work.members.present()}
    here = [account for account in await work.accounts.of_branch() if account.key.platform == PLATFORM and account.member_id in members]
    await work.places.prefetch(account.member_id for account in here)
    shown = [await _visitor(work, account, members[account.member_id]) for account in here]
    stranger = Visitor(STRANGER, branch.id, Text("陌生人", "A stranger"), Text("未登记", "not bound"), None)
    return [*sorted(shown, key=lambda each: (len(each.user_id), each.user_id)), stranger]


async def who(work: UnitOfWork, user_id: str) -> Visitor | None:
    """The bound person of an account of the browser chat."""
    account = await work.accounts.get(account_key(user_id))
    if account is None:
        return None
    work.enter(account.branch_id)
    member = await work.members.get(account.member_id)
    return None if member is None or member.removed_at else await _visitor(work, account, member)


async def _visitor(work: UnitOfWork, account: Account, member: Member) -> Visitor:
    current = await work.places.get(member.id)
    where = places.place(current.code) if current else None
    shown = Text(where.short, where.latin) if where else None
    return Visitor(account.key.user_id, member.branch_id, person(member), titles(member), shown, frozenset(member.roles))


async def branch_title(work: UnitOfWork, branch: BranchId) -> tuple[Text, int]:
    """The name of a branch and how many members it has."""
    work.enter(branch)
    found = await work.branches.get(branch)
    return Text(found.name, found.latin or found.name), await work.members.count()


async def keep(work: UnitOfWork, number: int, message: dict[str, Any], at: datetime, listening: frozenset[str]) -> set[str]:
    """Keep a message of the browser chat, or what it has become; answers which of those listening are members no more."""
    work.transcript.put(message["id"], number, message["chat"], at, message)
    keys = {account_key(user_id): user_id for user_id in listening - {STRANGER}}
    await work.accounts.prefetch(keys)
    return {user_id for key, user_id in keys.items() if (found := await work.accounts.get(key)) is None or found.removed}


async def last_number(work: UnitOfWork) -> int:
    """The highest message number so far."""
    return await work.transcript.last_number()


async def next_number(work: UnitOfWork) -> int:
    """A number that no other process gives a message."""
    number = max(int(await work.settings.get(_NUMBER) or 0), await work.transcript.last_number()) + 1
    work.settings.put(_NUMBER, str(number))
    return number


async def message(work: UnitOfWork, message_id: str) -> dict[str, Any] | None:
    """A message by id."""
    return await work.transcript.get(message_id)


async def shown_of(work: UnitOfWork, chat_id: str, letter: str) -> str | None:
    """The id of the message that a letter of ours became in a chat, if it did."""
    return await work.transcript.of_letter(chat_id, letter)


async def remove(work: UnitOfWork, message_id: str) -> None:
    """Forget a message: its author asked for that."""
    await work.transcript.remove(message_id)


async def history(read: Read, chat_id: str) -> list[dict[str, Any]]:
    """The last 200 messages of a chat, read beside the writer."""
    async with read() as connection:
        return await transcript.of_chat(connection, chat_id, limit=200)


async def make_link(work: UnitOfWork, actor: Actor, member_id: MemberId) -> str:
    """A one-time token that opens the browser chat as oneself, good for a quarter of an hour. An earlier one is good no longer."""
    own = actor.member == member_id
    require(actor, Permission.OWN_DATA if own else Permission.INVITE, Subject(work.branch_id, member_id))
    if not own:
        await trail.changed(work, actor, [member_id], trail.Kind.ACCOUNT)
    token = secrets.token_urlsafe(24)
    await work.links.withdraw(member_id, "link")
    work.links.add(_hash(token), member_id, "link", work.now + LINK_LIVES)
    return token


async def spend_link(work: UnitOfWork, token: str) -> str | None:
    """Turn a link into a session's token, once; the person gets an account in the browser chat. None for a bad one, or of one who left."""
    found = await work.links.get(_hash(token), "link")
    if found is None:
        return None
    work.enter(found.branch_id)
    spent = await work.links.spend(_hash(token))
    member = await work.members.get(found.member_id)
    if not spent or member is None or member.removed_at is not None:
        return None
    session = secrets.token_urlsafe(24)
    work.links.add(_hash(session), found.member_id, "session", work.now + SESSION_LIVES)
    user_id = str(found.member_id)
    key = account_key(user_id)
    if await work.accounts.get(key) is None:
        work.accounts.bind(key, found.member_id, private_chat(user_id))
    chat = chat_key(group_chat(found.branch_id))
    if await work.chats.get(chat) is None:
        work.chats.bind(chat, (await work.branches.get(found.branch_id)).name)
    return session


async def session(work: UnitOfWork, token: str) -> Visitor | None:
    """Who a session is, while it lasts and the person is a member."""
    found = await work.links.get(_hash(token), "session")
    return await who(work, str(found.member_id)) if found else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

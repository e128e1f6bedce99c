"""The way to the branch's pages and the map on the web: a one-time link, the short session it opens, and how that ends.

Only hashes of tokens are kept. One session opens every page that its holder's roles allow. It lasts an hour and no longer than the
office: it is looked at with every request, and it is deleted when a role that opened some page is taken, when whoever holds it leaves
the branch, or ends it.
"""

import hashlib
import secrets
from collections.abc import Callable, Collection, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from urllib.parse import urlsplit

from bot.loopback import LOOPBACK
from bot.patterns import Pattern
from bot.permissions import Actor, ActorKind, Permission, Role, Subject, require
from bot.services import deployment, people
from bot.texts import Language, Text
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork

LINK_LIVES = timedelta(minutes=15)
SESSION_LIVES = timedelta(hours=1)
PAGES = (
    Permission.SEE_REGISTER,
    Permission.SEE_PLACES,
    Permission.ASSIGN_LIAISON,
    Permission.SEEK,
    Permission.CARRY_REGISTER,
    Permission.SEE_UNITS,
)
"""What the pages behind the door ask for, each its own."""
_LINK, _SESSION = "pages_link", "pages"
P = ParamSpec("P")
T = TypeVar("T")
TOKEN = Pattern(r"[A-Za-z0-9_-]{32}")
"""What a secret looks like: nothing else is looked up."""
LINK = Text(
    "点开后按“打开”，是管支部的网页。链接一刻钟内有效，只能用一次，别转给别人；网页一小时后自己退出：\n{link}",
    "Open it and press “open” for the branch's pages. Good once, for a quarter of an hour; do not "
    "pass it on. The pages log out by themselves after an hour:\n{link}",
)
MAP_LINK = Text(
    "点开后按“打开”，看大家在哪儿的地图。链接一刻钟内有效，只能用一次，别转给别人；网页一小时后自己退出：\n{link}",
    "Open it and press “open” for the map of where everybody is. Good once, for a quarter of an hour; do not pass it on. "
    "The page logs out by itself after an hour:\n{link}",
)
ONLY_HERE = Text("\n（这个地址只在运行机器人的那台电脑上打得开。）", "\n(This address opens only on the computer that runs the bot.)")
NONE = Text("这里没有开网页版。", "There is no web page here.")
ENDED = Text(
    "好，您的网页都退出了，没用过的链接也作废了。再要看，发“网页”“支部网页”或“地图网页”。",
    "Done: you are logged out of every web page, and unused links are void. To look again: “web”, “pages” or “webmap”.",
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who looks at the pages, of which branch, until when, and in which language they read."""

    actor: Actor
    name: Text
    branch: Text
    until: datetime
    language: Language


@dataclass(frozen=True, slots=True)
class Opened(Generic[T]):
    """What a session was given, and whose it is."""

    caller: Caller
    found: T


async def make_link(work: UnitOfWork, actor: Actor) -> str:
    """The secret of a one-time link to the pages. An earlier one is good no longer."""
    require(actor, Permission.OPEN_PAGES, Subject(work.branch_id, actor.member))
    if actor.member is None:
        raise LookupError("a link is a member's")
    token = secrets.token_urlsafe(24)
    await work.links.withdraw(actor.member, _LINK)
    work.links.add(_hash(token), actor.member, _LINK, work.now + LINK_LIVES)
    return token


async def invitation(work: UnitOfWork, actor: Actor) -> Text:
    """A link to the pages, or why there is none."""
    require(actor, Permission.OPEN_PAGES, Subject(work.branch_id, actor.member))
    return await _link(work, actor, "branch/enter", LINK)


async def invitation_to_map(work: UnitOfWork, actor: Actor) -> Text:
    """A link that leads to the map first, or why there is none."""
    require(actor, Permission.SEE_PLACES, Subject(work.branch_id, actor.member))
    return await _link(work, actor, "branch/map/enter", MAP_LINK)


async def _link(work: UnitOfWork, actor: Actor, path: str, words: Text) -> Text:
    address = await work.settings.get("address")
    if not address or actor.member is None:
        return NONE
    return words(link=f"{address.rstrip('/')}/{path}/{await make_link(work, actor)}") + only_here(address)


def only_here(address: str) -> Text:
    """What is added where nobody else can open an address."""
    return ONLY_HERE if urlsplit(address).hostname in LOOPBACK else Text("", "")


async def spend_link(work: UnitOfWork, token: str) -> str | None:
    """Turn a link into a session's token, once. None for a bad one, or of somebody to whom no page is open any more."""
    actor = await _holder(work, token, _LINK)
    if actor is None or actor.member is None or not await work.links.spend(_hash(token)):
        return None
    session = secrets.token_urlsafe(24)
    work.links.add(_hash(session), actor.member, _SESSION, work.now + SESSION_LIVES)
    return session


async def within(
    work: UnitOfWork,
    token: str,
    deed: Callable[Concatenate[UnitOfWork, Actor, P], Coroutine[Any, Any, T]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Opened[T] | None:
    """Do something as the holder of a session, in the same transaction that looks at the session; None where that is none, or over."""
    actor = await _holder(work, token, _SESSION)
    found = await work.links.get(_hash(token), _SESSION)
    if actor is None or actor.member is None or found is None:
        return None
    member = await people.present(work, actor.member)
    branch = await work.branches.get(member.branch_id)
    shown = Text(branch.name, branch.latin or branch.name)
    caller = Caller(actor, people.person(member), shown, found.expires_at, await deployment.language(work, member))
    return Opened(caller, await deed(work, actor, *args, **kwargs))


async def leave(work: UnitOfWork, token: str, *, everywhere: bool) -> None:
    """End a session, or every link and session of whoever holds it."""
    actor = await _holder(work, token, _SESSION)
    if actor is None:
        return
    await work.links.spend(_hash(token))
    if everywhere:
        await end_all(work, actor)


async def end_all(work: UnitOfWork, actor: Actor) -> None:
    """End every link and session of the actor's, those of the browser chat as well."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is not None:
        await work.links.revoke(actor.member)


async def office_changed(work: UnitOfWork, member_id: MemberId, before: Collection[Role], after: Collection[Role]) -> None:
    """End the sessions of a member who lost a role that opened some page; what is left opens with a new link."""
    had, has = (Actor(ActorKind.PERSON, work.branch_id, member_id, frozenset(roles)) for roles in (before, after))
    if any(had.may(page) and not has.may(page) for page in PAGES):
        for kind in (_LINK, _SESSION):
            await work.links.withdraw(member_id, kind)


async def _holder(work: UnitOfWork, token: str, kind: str) -> Actor | None:
    """Who holds a token, if some page is open to them now; enters their branch."""
    found = await work.links.get(_hash(token), kind) if TOKEN.fullmatch(token) else None
    if found is None:
        return None
    work.enter(found.branch_id)
    member = await work.members.get(found.member_id)
    actor = people.actor_of(member) if member is not None and member.removed_at is None else None
    return actor if actor is not None and actor.may(Permission.OPEN_PAGES) else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

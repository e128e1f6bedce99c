"""The way to the map on the web page: a one-time link, the short session it opens, and how that ends.

Only hashes of tokens are kept. A session lasts an hour and no longer than the office: it is looked at with every request, and it is
deleted when whoever holds it may not see places any more, leaves the branch, or ends it.
"""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.loopback import LOOPBACK
from bot.patterns import Pattern
from bot.permissions import Actor, ActorKind, Permission, Role, Subject, require
from bot.services import deployment, people, place_map, weblink
from bot.services.place_map import Spread
from bot.texts import Language, Text
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork

LINK_LIVES = timedelta(minutes=15)
SESSION_LIVES = timedelta(hours=1)
_LINK, _SESSION = "map_link", "map"
TOKEN = Pattern(r"[A-Za-z0-9_-]{32}")
"""What a secret looks like: nothing else is looked up."""
LINK = Text(
    "点开后按“打开”，看大家在哪儿的地图。链接一刻钟内有效，只能用一次，别转给别人；网页一小时后自己退出：\n{link}",
    "Open it and press “open” for the map of where everybody is. Good once, for a quarter of an hour; do not pass it on. "
    "The page logs out by itself after an hour:\n{link}",
)
ENDED = Text(
    "好，您的网页都退出了，没用过的链接也作废了。再要看，发“网页”或“地图网页”。",
    "Done: you are logged out of every web page, and unused links are void. To look again: “web” or “webmap”.",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a session shows: where everybody is, until when, and in which language its owner reads."""

    spread: Spread
    until: datetime
    language: Language
    member: MemberId


async def make_link(work: UnitOfWork, actor: Actor) -> str:
    """The secret of a one-time link to the map. An earlier one is good no longer."""
    require(actor, Permission.SEE_PLACES, Subject(work.branch_id, actor.member))
    if actor.member is None:
        raise LookupError("a link is a member's")
    token = secrets.token_urlsafe(24)
    await work.links.withdraw(actor.member, _LINK)
    work.links.add(_hash(token), actor.member, _LINK, work.now + LINK_LIVES)
    return token


async def invitation(work: UnitOfWork, actor: Actor) -> Text:
    """A link to the map, or why there is none."""
    require(actor, Permission.SEE_PLACES, Subject(work.branch_id, actor.member))
    address = await work.settings.get("address")
    if not address or actor.member is None:
        return weblink.NONE
    link = f"{address.rstrip('/')}/map/enter/{await make_link(work, actor)}"
    return LINK(link=link) + (weblink.ONLY_HERE if urlsplit(address).hostname in LOOPBACK else Text("", ""))


async def spend_link(work: UnitOfWork, token: str) -> str | None:
    """Turn a link into a session's token, once. None for a bad one, or of somebody who may not see places any more."""
    actor = await _holder(work, token, _LINK)
    if actor is None or actor.member is None or not await work.links.spend(_hash(token)):
        return None
    session = secrets.token_urlsafe(24)
    work.links.add(_hash(session), actor.member, _SESSION, work.now + SESSION_LIVES)
    return session


async def seen(work: UnitOfWork, token: str) -> Seen | None:
    """What the map shows to a session; None for one that is none, or is over."""
    actor = await _holder(work, token, _SESSION)
    found = await work.links.get(_hash(token), _SESSION)
    if actor is None or actor.member is None or found is None:
        return None
    member = await people.present(work, actor.member)
    return Seen(await place_map.spread(work, actor), found.expires_at, await deployment.language(work, member), member.id)


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


async def office_changed(work: UnitOfWork, member_id: MemberId, roles: Collection[Role]) -> None:
    """End the sessions of a member whose roles do not let them see places any more."""
    if not Actor(ActorKind.PERSON, work.branch_id, member_id, frozenset(roles)).may(Permission.SEE_PLACES):
        for kind in (_LINK, _SESSION):
            await work.links.withdraw(member_id, kind)


async def _holder(work: UnitOfWork, token: str, kind: str) -> Actor | None:
    """Who holds a token, if they may see places now; enters their branch."""
    found = await work.links.get(_hash(token), kind) if TOKEN.fullmatch(token) else None
    if found is None:
        return None
    work.enter(found.branch_id)
    member = await work.members.get(found.member_id)
    actor = people.actor_of(member) if member is not None and member.removed_at is None else None
    return actor if actor is not None and actor.may(Permission.SEE_PLACES) else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

"""How it stands with finding somebody: what joining, inviting and looking all have to know. Who declined is asked by nobody again.

A decline holds until the person comes themselves: reports in, or binds an account (`came`).
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any

from bot.errors import UserError
from bot.language.normalise import clean
from bot.rules import codes
from bot.services import privacy
from bot.texts import Text
from storage.keys import AccountKey, MemberId
from storage.members import Member
from storage.seeking import Campaign, Task
from storage.unit_of_work import UnitOfWork


class State(StrEnum):
    """How it stands. `ASKED`: somebody who knows them passes our question on; `DECLINED` is for good."""

    OPEN = "open"
    TAKEN = "taken"
    ASKED = "asked"
    DECLINED = "declined"
    FOUND = "found"


ITSELF = "self"
"""The way by which somebody was found who came themselves."""
PASSINGS_KEPT = timedelta(days=40)
TOLD = Text(
    "谁说过认识哪位失联同志，留 40 天，不记人在哪；本人说不愿意联系的，一直记着，直到自己来。",
    "Who said to know somebody lost is kept 40 days, never where they are; who would rather not be in touch stays noted until they come.",
)
LEFT_ALONE = Text(
    "这位同志说过先不联系，我们尊重，不再找、不再问，等本人自己来。",
    "They said that they do not want to be in touch, and we respect that: nobody asks again, until they come themselves.",
)
CAME = Text("本人来找过您，发“本人来了 {name}”。", " If they came to you, send “cameback {name}”.")


def new_code() -> str:
    """A new one-time code."""
    return "".join(secrets.choice(codes.ALPHABET) for _ in range(codes.LENGTH))


def hashed(code: str) -> str:
    """How a code is kept."""
    return hashlib.sha256(code.encode()).hexdigest()


async def came(work: UnitOfWork, member_id: MemberId, way: str = ITSELF) -> dict[str, Any] | None:
    """Somebody came themselves, or was found: whatever was noted, also a decline, is over. Answers what was noted, for `put_back`."""
    before, campaign = await work.seeking.task(member_id), await work.seeking.running()
    if before is not None or campaign is not None:
        values = {"state": State.FOUND.value, "taken_by": None, "way": way, "campaign_id": campaign.id if campaign else None}
        work.seeking.note(member_id, before, **values)
    if before is not None:
        await work.seeking.end_for(member_id)
    return kept(before)


def kept(task: Task | None) -> dict[str, Any] | None:
    """What a deed keeps of how it stood."""
    return None if task is None else {name: getattr(task, name) for name in ("state", "taken_by", "tries", "way", "campaign_id")}


async def put_back(work: UnitOfWork, member_id: MemberId, was: Mapping[str, Any] | None) -> None:
    """Let it stand as it did."""
    if was is None:
        work.seeking.forget(member_id)
    else:
        work.seeking.note(member_id, await work.seeking.task(member_id), **was)


async def leave_alone(work: UnitOfWork, members: Sequence[Member], platform: str) -> None:
    """Raise `UserError` where one of several does not want to be asked."""
    declined = await work.seeking.declined([each.id for each in members])
    if not declined:
        return
    named, _ = await privacy.shown(work, platform, [each for each in members if each.id in declined])
    raise UserError(LEFT_ALONE + CAME(name="、".join(each.name for each in named)) if named else LEFT_ALONE)


async def by_poster(work: UnitOfWork, key: AccountKey, words: str) -> tuple[Campaign | None, str]:
    """The campaign whose code a stranger sends, or came by before, with the words that are left; its branch is entered."""
    parts = clean(words).split()
    coded = [part for part in parts if codes.is_code(part.upper())]
    remembered = (await work.visitors.get(key)).campaign_id
    campaign = await work.seeking.campaign(code=coded[-1].upper()) if coded else None
    if campaign is None and remembered is not None:
        campaign = await work.seeking.campaign(number=remembered)
    if campaign is None or work.entered not in {None, campaign.branch_id}:
        return None, words
    work.enter(campaign.branch_id)
    if remembered != campaign.id:
        await work.visitors.change(key, campaign_id=campaign.id)
    return campaign, " ".join(part for part in parts if part.upper() != campaign.code)

"""What a secretary enters for somebody (补录): whom it is about, and that somebody spoke with them."""

import re
from collections.abc import Mapping
from typing import Any

from bot.language.normalise import bare, clean
from bot.language.said import Setting
from bot.language.understanding import surest
from bot.patterns import Pattern
from bot.permissions import Actor, Permission, Subject, require
from bot.services import finding, people, place_words, trail
from bot.services.people import NOBODY, NobodyOfThatName
from bot.services.trail import Kind as Trailed
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

CONTACT = "contact"
_SPOKE = Pattern(
    "(?:今天|刚才?|刚刚|已经?)?(?:电话)?(?:联系过|联系上|通过电话|打过电话|谈过话?|谈心|聊过|见过面?|问候过|走访过|有消息|还有联系)(?:了|啦)?"
    "|(?:was )?(?:contacted|called|visited|spoken with|talked(?: to)?|in touch)"
)
_BETWEEN = " ,，:：、。"


def unspaced(text: str) -> str | None:
    """The words after 补录 where the name follows at once."""
    said = clean(text)
    return said.removeprefix("补录").strip(_BETWEEN) if said.startswith("补录") and len(said) > len("补录") else None


async def whom(work: UnitOfWork, actor: Actor, words: str, platform: str) -> tuple[Member, str]:
    """The present member whose name the words begin with, and the rest. The longest name wins. Raises as `finding.by_name`."""
    require(actor, Permission.ENTER, Subject(work.branch_id))
    said = clean(words)
    found = [(name, member) for member in await work.members.present() for name in (member.name, member.latin) if _begins(said, name)]
    if not found:
        raise NobodyOfThatName(NOBODY(name=re.split(f"[{_BETWEEN}]", said)[0][:20]))
    name, member = max(found, key=lambda each: len(each[0]))
    meant = {each.id: each for other, each in found if other.casefold() == name.casefold()}
    member = await finding.the_one(work, list(meant.values()), said[: len(name)], platform) or member
    return member, said[len(name) :].removeprefix("同志").strip(_BETWEEN)


def _begins(said: str, name: str) -> bool:
    head, rest = said[: len(name)], said[len(name) :]
    return head.casefold() == name.casefold() and not (name.isascii() and rest[:1].isalnum())


def placed(text: str, setting: Setting) -> str | None:
    """What is entered in more words than the commands know: 电话里说还在泉州 is 在泉州市."""
    if place_words.denied(text):
        return None
    meant = surest(text, setting, {"proxy_entry"})
    where = (meant.slots.get("city") or meant.slots.get("province")) if meant is not None else None
    return f"在{meant.slots.get('province', '')}{where}{meant.slots.get('district', '')}" if meant is not None and where else None


def spoken(words: str) -> str | None:
    """Whether a secretary enters that somebody was spoken with: the words after the name. What was said is not kept."""
    return "" if _SPOKE.fullmatch(bare(words)) else None


async def contact(work: UnitOfWork, actor: Actor, member_id: MemberId) -> None:
    """Note that a member was heard of now: the date alone."""
    require(actor, Permission.ENTER_FOR_OTHERS, Subject(work.branch_id, member_id))
    if actor.member is None:
        raise LookupError("a contact is entered by a member about a member")
    await trail.changed(work, actor, [member_id], Trailed.UNHEARD)
    work.deeds.add(actor.member, CONTACT, {"member": member_id, "heard": await people.spoken_with(work, member_id)})


async def undo_contact(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take a contact back that the actor entered."""
    require(actor, Permission.ENTER_FOR_OTHERS, Subject(work.branch_id, data["member"]))
    await people.not_spoken_with(work, data["member"], data["heard"])
    await trail.changed(work, actor, [data["member"]], Trailed.UNHEARD)

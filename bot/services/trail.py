"""Who saw or changed something about whom: written down by every service that shows or changes something about another by name.

Only numbers of people, a kind and the moment are kept, never a name or a value, and for three years (PIPL art. 56). What one sees of
oneself is nobody else's business and is not written down.
"""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from bot.clock import beijing_midnight
from bot.permissions import Actor
from bot.texts import Text
from storage.keys import MemberId
from storage.trail import SAW, Look
from storage.unit_of_work import UnitOfWork

KEPT = timedelta(days=3 * 366)
"""Three years (PIPL art. 56), and a leap day more rather than one less."""


class Kind(StrEnum):
    """What of somebody was seen or changed."""

    REGISTER = "register"
    CONTACT = "contact"
    PLACE = "place"
    CHECK_IN = "check_in"
    UNHEARD = "unheard"
    DUES = "dues"
    STUDY = "study"
    READING = "reading"
    AID = "aid"
    FUND = "fund"
    PAIRING = "pairing"
    ACCOUNT = "account"
    ROLE = "role"
    MEMBERSHIP = "membership"
    DELIVERY = "delivery"
    LIAISON = "liaison"
    FINDING = "finding"
    UNIT = "unit"
    SHARING = "sharing"
    CONSENT = "consent"
    EXPORT = "export"


KIND_NAMES = {
    Kind.REGISTER: Text("名册", "the register"),
    Kind.CONTACT: Text("联系方式", "how to reach you"),
    Kind.PLACE: Text("所在城市", "your city"),
    Kind.CHECK_IN: Text("报平安", "check-ins"),
    Kind.UNHEARD: Text("多久没消息", "how long nothing was heard"),
    Kind.DUES: Text("党费", "dues"),
    Kind.STUDY: Text("学习", "study"),
    Kind.READING: Text("看没看公告", "announcements read"),
    Kind.AID: Text("求助与帮忙", "help asked or offered"),
    Kind.FUND: Text("爱心基金", "the care fund"),
    Kind.PAIRING: Text("结对帮扶", "looking after a household"),
    Kind.ACCOUNT: Text("绑定的账号", "bound accounts"),
    Kind.ROLE: Text("角色", "roles"),
    Kind.MEMBERSHIP: Text("进出支部", "joining and leaving"),
    Kind.DELIVERY: Text("没送达的消息", "what was not delivered"),
    Kind.LIAISON: Text("联系人与谈心", "liaison and talks"),
    Kind.FINDING: Text("寻找", "being looked for"),
    Kind.UNIT: Text("党小组", "the party group"),
    Kind.SHARING: Text("与流入地共享", "sharing with a host branch"),
    Kind.CONSENT: Text("同意与否", "consents"),
    Kind.EXPORT: Text("导出的资料", "exported data"),
}


class Deed(StrEnum):
    """What was done with it."""

    SAW = SAW
    CHANGED = "changed"
    EXPORTED = "exported"
    ERASED = "erased"


async def saw(work: UnitOfWork, actor: Actor, members: Iterable[MemberId], kind: Kind) -> None:
    """Somebody sees something of a kind about others: once a day for each of them. One's own is left out."""
    others = [each for each in members if each != actor.member]
    await work.trail.note_once(_look(actor, Deed.SAW, kind), others, beijing_midnight(work.now))


async def told(work: UnitOfWork, readers: Iterable[MemberId], members: Iterable[MemberId], kind: Kind) -> None:
    """Something of a kind about some is told to others in a letter: those are the ones who see it."""
    listed, since = list(members), beijing_midnight(work.now)
    for reader in readers:
        others = [each for each in listed if each != reader]
        await work.trail.note_once(Look("person", reader, Deed.SAW.value, kind.value), others, since)


async def changed(work: UnitOfWork, actor: Actor, members: Iterable[MemberId], kind: Kind) -> None:
    """Somebody changes something of a kind about some, be it themselves."""
    await work.trail.note(_look(actor, Deed.CHANGED, kind), list(members))


async def exported(work: UnitOfWork, actor: Actor, members: Iterable[MemberId], kind: Kind) -> None:
    """Somebody takes something of a kind about some along in a file."""
    await work.trail.note(_look(actor, Deed.EXPORTED, kind), list(members))


async def erased(work: UnitOfWork, actor: Actor, members: Iterable[MemberId], kind: Kind) -> None:
    """Something of a kind about some is erased."""
    await work.trail.note(_look(actor, Deed.ERASED, kind), list(members))


def _look(actor: Actor, deed: Deed, kind: Kind) -> Look:
    return Look(actor.kind.value, actor.member, deed.value, kind.value)

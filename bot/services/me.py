"""Everything held about a person, for themselves (PIPL art. 44-45): to read, and to take along."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.clock import beijing_day
from bot.permissions import Actor, Permission, Subject, require
from bot.render import page as pages
from bot.services import offered, retention, settings, undo
from bot.services.consents import PURPOSE_NAMES, Purpose
from bot.services.people import titles
from bot.texts import Language, Text
from storage.accounts import Account
from storage.consents import Consent
from storage.deeds import Deed
from storage.invites import Invite
from storage.links import Link
from storage.members import Member
from storage.questions import OpenQuestion
from storage.unit_of_work import UnitOfWork

_TITLE = Text("{branch}记着的关于您的资料（{day}）", "What {branch} keeps about you ({day})")
_ABOUT, _PASSING, _RULES = (
    Text("您是谁，您怎么定的", "Who you are, and what you chose"),
    Text("很快就过去的", "What is soon over"),
    Text("留多久，怎么删", "How long it is kept, and how to delete it"),
)
_NONE = Text("没有", "none")
_BOUND = Text("（{day} 绑定）", " (bound {day})")
_CODE = Text("给您的邀请码：有一个还没用，到 {day} 为止（只留校验值）", "A code for you, not used yet: until {day} (only its hash is kept)")
_PAGES = Text("网页入口和登录：{count} 个，到 {day} 为止", "Ways into the web page: {count}, until {day}")
_UNDOABLE = Text("还能撤销的事：{count} 件", "What can still be undone: {count}")
_FINAL = Text("刚做的、撤不回的事：{count} 件（只留十分钟）", "What was just done for good: {count} (kept ten minutes)")
_ASKED = Text("等您回答的问题：{count} 个", "Questions waiting for your answer: {count}")
_WAITING = Text("等着发您的消息：{count} 条", "Messages waiting for you: {count}")
_AGREED, _REFUSED, _OPEN = Text("同意", "agreed"), Text("不同意", "refused"), Text("还没表过态", "not answered yet")
DELETING = Text(
    "能删的：发“删除我的位置”“删除我的报平安记录”“删除我的学习记录”，都删发“删除我的资料”。姓名和角色是支部党员名册，按规定由支部保留；有误请书记改。",
    "What you can delete: send “delete my place”, “delete my check ins”, “delete my reading”, or “delete my data” for all. "
    "Your name and roles are the branch's roster, which it must keep; "
    "if they are wrong, ask the secretary.",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of data held about the person, line by line."""

    name: str
    title: Text
    lines: Sequence[Text]


@dataclass(frozen=True, slots=True)
class _Held:
    member: Member
    accounts: Sequence[Account]
    consents: Sequence[Consent]
    roles: Mapping[str, datetime]
    invites: Sequence[Invite]
    links: Sequence[Link]
    deeds: Sequence[Deed]
    questions: Sequence[OpenQuestion]
    unsent: int


async def _held(work: UnitOfWork, actor: Actor) -> _Held:
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    member = await work.members.get(actor.member) if actor.member is not None else None
    if member is None:
        raise LookupError("only a member is known")
    return _Held(
        member,
        accounts=await work.accounts.of(member.id),
        consents=await work.consents.of(member.id),
        roles=await work.members.roles_since(member.id),
        invites=await work.invites.open_for(member.id),
        links=await work.links.of(member.id),
        deeds=await work.deeds.of(member.id),
        questions=await work.questions.of(member.id),
        unsent=await work.outbox.unsent_to(member.id),
    )


async def told(work: UnitOfWork, actor: Actor, kept: Sequence[Kept]) -> list[Text]:
    """Everything, line by line, with how long it is kept and what can be deleted."""
    general, passing, rules = await _told(work, actor)
    return [*general, *[line for each in kept for line in _lines(each)], *passing, *rules]


async def page(work: UnitOfWork, actor: Actor, kept: Sequence[Kept], language: Language) -> bytes:
    """The same as one document that any phone opens, in headed parts."""
    general, passing, rules = await _told(work, actor)
    branch = await work.branches.get(work.branch_id)
    parts = [
        (_ABOUT, general),
        *((each.title, each.lines or [_NONE]) for each in kept),
        (_PASSING, passing or [_NONE]),
        (_RULES, rules),
    ]
    title = _TITLE(branch=Text(branch.name, branch.latin or branch.name), day=_day(work.now))
    return pages.page(title.to(language), [(head.to(language), [line.to(language) for line in lines]) for head, lines in parts], language)


async def _told(work: UnitOfWork, actor: Actor) -> tuple[list[Text], list[Text], list[Text]]:
    """Who they are and how they want it; what is soon over; how long all is kept."""
    held = await _held(work, actor)
    answered = {each.purpose for each in held.consents}
    asked = [each for each in Purpose if each is not Purpose.ABROAD or each.value in answered or await offered.abroad(work)]
    general = [
        Text("姓名：", "Name: ") + Text(held.member.name, f"{held.member.name}, {held.member.latin}"),
        Text("角色：", "Roles: ") + titles(held.member),
        Text("账号：", "Accounts: ") + (Text.join(map(_account, held.accounts), "、", ", ") if held.accounts else _NONE),
        Text("最近一次有消息：", "Last heard of: ")
        + (Text.plain(beijing_day(held.member.heard_at).isoformat()) if held.member.heard_at else _NONE),
        Text("最近一次报平安：", "Last check-in: ")
        + (Text.plain(held.member.last_check_in.isoformat()) if held.member.last_check_in else _NONE),
        *[_consent(purpose, held.consents) for purpose in asked],
        *await settings.of(work, held.member),
    ]
    return general, _for_a_while(held), [*retention.TOLD, DELETING]


def _account(account: Account) -> Text:
    return offered.named(account.key.platform) + _BOUND(day=_day(account.bound_at))


def _day(moment: datetime) -> str:
    return beijing_day(moment).isoformat()


def _for_a_while(held: _Held) -> list[Text]:
    """What is soon over: codes, ways into the page, what can be undone or answered, what is on its way."""
    lines = [_CODE(day=_day(each.expires_at)) for each in held.invites]
    if held.links:
        lines.append(_PAGES(count=len(held.links), day=_day(held.links[0].expires_at)))
    lasting = sum(each.kind == undo.FINAL for each in held.deeds)
    counts = ((_UNDOABLE, len(held.deeds) - lasting), (_FINAL, lasting), (_ASKED, len(held.questions)), (_WAITING, held.unsent))
    return lines + [line(count=count) for line, count in counts if count]


def _consent(purpose: Purpose, answers: Sequence[Consent]) -> Text:
    answer = next((each for each in answers if each.purpose == purpose.value), None)
    if answer is None:
        said = _OPEN
    else:
        said = (_AGREED if answer.given else _REFUSED) + Text("（{day}）", " ({day})")(day=beijing_day(answer.at).isoformat())
    return PURPOSE_NAMES[purpose] + Text("：", ": ") + said


def _lines(kept: Kept) -> list[Text]:
    head = kept.title + Text("：", ": ")
    return [head + line for line in kept.lines] or [head + _NONE]


async def exported(work: UnitOfWork, actor: Actor, kept: Sequence[Kept], language: Language) -> bytes:
    """Everything as JSON, readable by people and programs. Moments are UTC."""
    held = await _held(work, actor)
    member = held.member
    branch = await work.branches.get(work.branch_id)
    document = {
        "made_at": work.now.isoformat(),
        "branch": branch.name,
        "person": {
            "name": member.name,
            "latin": member.latin,
            "roles": {role: since.isoformat() for role, since in held.roles.items()},
            "heard_at": member.heard_at.isoformat() if member.heard_at else None,
            "last_check_in": member.last_check_in.isoformat() if member.last_check_in else None,
        },
        "accounts": [_account_of(each) for each in held.accounts],
        "consents": [{"purpose": each.purpose, "given": each.given, "at": each.at.isoformat()} for each in held.consents],
        "settings": _settings(member),
        "codes": [{"expires_at": each.expires_at.isoformat()} for each in held.invites],
        "web": [{"kind": each.kind, "expires_at": each.expires_at.isoformat()} for each in held.links],
        "undoable": [{"kind": each.kind, "at": each.at.isoformat()} for each in held.deeds if each.kind != undo.FINAL],
        "final": [{"at": each.at.isoformat()} for each in held.deeds if each.kind == undo.FINAL],
        "questions": [_question(each) for each in held.questions],
        "waiting_messages": held.unsent,
        "kept": [
            {"name": each.name, "title": each.title.to(language), "lines": [line.to(language) for line in each.lines]} for each in kept
        ],
        "retention": [line.to(language) for line in retention.TOLD],
        "deleting": DELETING.to(language),
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def _settings(member: Member) -> dict[str, Any]:
    names = ("quiet_from", "quiet_to", "zone", "language", "digest", "text_only")
    return {
        **{name: getattr(member, name) for name in names},
        "away_since": member.away_since.isoformat() if member.away_since else None,
        "away_until": member.away_until.isoformat() if member.away_until else None,
    }


def _account_of(account: Account) -> dict[str, Any]:
    return {
        "platform": account.key.platform,
        "id": account.key.user_id,
        "private_chat": account.private_chat,
        "bound_at": account.bound_at.isoformat(),
        "introduced_at": account.introduced_at.isoformat() if account.introduced_at else None,
        "used_at": account.used_at.isoformat(),
    }


def _question(asked: OpenQuestion) -> dict[str, Any]:
    return {"kind": asked.kind, "opened_at": asked.opened_at.isoformat(), "expires_at": asked.expires_at.isoformat()}

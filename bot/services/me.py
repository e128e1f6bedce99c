"""Everything held about a person, for themselves (PIPL art. 44-45): to read, and to take along."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.clock import beijing_day
from bot.permissions import Actor, Permission, Subject, require
from bot.services import retention, settings
from bot.services.consents import PURPOSE_NAMES, Purpose
from bot.services.people import titles
from bot.texts import Language, Text
from storage.accounts import Account
from storage.consents import Consent
from storage.members import Member
from storage.unit_of_work import UnitOfWork

PLATFORM_NAMES = {"browser": Text("网页", "web"), "telegram": Text("Telegram", "Telegram")}
_NONE = Text("没有", "none")
_AGREED, _REFUSED, _OPEN = Text("同意", "agreed"), Text("不同意", "refused"), Text("还没表过态", "not answered yet")
DELETING = Text(
    "能删的：发“删除我的位置”“删除我的报平安记录”。姓名和角色是支部党员名册，按规定由支部保留；有误请书记改。",
    "What you can delete: send “delete my place”, “delete my check ins”. Your name and roles are the branch's roster, which it must keep; "
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
    unsent: int


async def _held(work: UnitOfWork, actor: Actor) -> _Held:
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    member = await work.members.get(actor.member) if actor.member is not None else None
    if member is None:
        raise LookupError("only a member is known")
    return _Held(member, await work.accounts.of(member.id), await work.consents.of(member.id), await work.outbox.unsent_to(member.id))


async def told(work: UnitOfWork, actor: Actor, kept: Sequence[Kept]) -> list[Text]:
    """Everything, line by line, with how long it is kept and what can be deleted."""
    held = await _held(work, actor)
    platforms = [PLATFORM_NAMES.get(name, Text.plain(name)) for name in dict.fromkeys(each.key.platform for each in held.accounts)]
    return [
        Text("姓名：", "Name: ") + Text(held.member.name, f"{held.member.name}, {held.member.latin}"),
        Text("角色：", "Roles: ") + titles(held.member),
        Text("账号：", "Accounts: ") + (Text.join(platforms, "、", ", ") if platforms else _NONE),
        Text("最近一次有消息：", "Last heard of: ")
        + (Text.plain(beijing_day(held.member.heard_at).isoformat()) if held.member.heard_at else _NONE),
        Text("最近一次报平安：", "Last check-in: ")
        + (Text.plain(held.member.last_check_in.isoformat()) if held.member.last_check_in else _NONE),
        *[_consent(purpose, held.consents) for purpose in Purpose],
        *await settings.of(work, held.member),
        *([Text("等着发您的消息：{count} 条", "Messages waiting for you: {count}")(count=held.unsent)] if held.unsent else []),
        *[line for each in kept for line in _lines(each)],
        *retention.TOLD,
        DELETING,
    ]


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
            "roles": sorted(member.roles),
            "heard_at": member.heard_at.isoformat() if member.heard_at else None,
            "last_check_in": member.last_check_in.isoformat() if member.last_check_in else None,
        },
        "accounts": [{"platform": each.key.platform, "id": each.key.user_id} for each in held.accounts],
        "consents": [{"purpose": each.purpose, "given": each.given, "at": each.at.isoformat()} for each in held.consents],
        "settings": {name: getattr(member, name) for name in ("quiet_from", "quiet_to", "zone", "language", "digest")},
        "waiting_messages": held.unsent,
        "kept": [
            {"name": each.name, "title": each.title.to(language), "lines": [line.to(language) for line in each.lines]} for each in kept
        ],
        "retention": [line.to(language) for line in retention.TOLD],
        "deleting": DELETING.to(language),
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"

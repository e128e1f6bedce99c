"""The paper for a host with what a member agreed to, which the secretary passes on; and what was given of oneself (共享记录)."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.messages import Drawing, Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.render.papers import Paper
from bot.rules.dues import Category
from bot.rules.register import Field
from bot.services import deployment, drawings, finals, people, posting, register_view, sharing, trail
from bot.services.dues_words import CATEGORY_NAMES
from bot.texts import Text
from storage.agreements import Agreement, SharingConsent
from storage.keys import MemberId
from storage.members import Member
from storage.register import Entry
from storage.unit_of_work import UnitOfWork

FILE = "zhibu-sharing.pdf"
KIND_NAMES: Mapping[str, Text] = {
    "name": Text("姓名", "name"),
    "joined": Text("入党时间", "when you joined"),
    "category": Text("党费类别", "dues category"),
    "phone": Text("电话", "telephone"),
}
MADE = Text(
    "{who}的材料在文件里，请转给{host}，别发群里。已经告诉本人。", "The paper about {who} is in the file, for {host} only. They are told."
)
TOLD = Text(
    "按您的同意，支部把您的{kinds}提供给了{host}。看记录发“共享记录”，不想再给发“不再提供资料”。",
    "As you agreed, {host} is given your {kinds}. “sharinglog” shows it; “stopsharing” ends it.",
)
ON_THE_WEB = Text(
    "材料里有个人资料，不在这里发。请发“网页”，打开后再发一次。", "The paper is not sent here; please send “web” and ask again there."
)
NO_MORE = Text("本人没有同意，或者已经收回，不能提供。", "They have not agreed, or have withdrawn; nothing may be given.")
NOTHING = Text("没有向别的党组织提供过您的资料。", "Nothing of you was given to another organisation.")
_GIVEN = Text("{day} 给{host}：{kinds}", "{day}, to {host}: {kinds}")
_STATES: Mapping[str, Text] = {
    "asked": Text("等您答复", "waiting for your answer"),
    "agreed": Text("您同意了", "you agreed"),
    "declined": Text("您不同意", "you did not agree"),
    "withdrawn": Text("您收回了同意", "you withdrew"),
}
_CONSENT = Text("{host}：{state}（{day}）", "{host}: {state} ({day})")
_PHONE_TOO = Text("，电话也给", ", your number too")
_FOOTER = "本人同意提供，只用于协议期内的双向管理，请勿另作他用、勿公开；接到收回同意的通知，请即删除。"


async def paper(work: UnitOfWork, actor: Actor, member: Member, about: Agreement, platform: str) -> tuple[Text, Drawing]:
    """The paper with what a member agreed to; noted, and told to them. Raises `UserError` without agreement or consent."""
    require(actor, Permission.SHARE, Subject(work.branch_id, member.id))
    now = await sharing.standing(work, member.id, about)
    if now.state != "agreed" or now.consent is None or not about.stands(beijing_day(work.now)):
        raise UserError(NO_MORE)
    if await deployment.asks_consent(work, platform):
        raise UserError(ON_THE_WEB)
    facts = await _facts(work, member, now.consent)
    work.agreements.share(member.id, about, " ".join(facts), actor.member)
    await trail.exported(work, actor, [member.id], trail.Kind.SHARING)
    if member.id != actor.member:
        letter = Outgoing(TOLD(kinds=_named(list(facts)), host=about.host))
        await posting.to_member(work, member.id, letter, priority=Priority.NOTICE)
    finals.note(work, actor, finals.SHARED)
    described = await _described(work, facts, about)
    return MADE(who=people.person(member), host=about.host), drawings.sealed(work, drawings.paper(described, FILE, work.now))


async def _facts(work: UnitOfWork, member: Member, consent: SharingConsent) -> dict[str, str]:
    """What the member agreed to, as far as it is known, by kind."""
    entry = await work.register.of(member.id)
    facts = {"name": member.name, "joined": _value(entry, Field.JOINED_ON)}
    if assessed := await work.dues_assessments.of(member.id):
        facts["category"] = CATEGORY_NAMES[Category(assessed[-1].category)].zh
    if consent.phone:
        facts["phone"] = _value(entry, Field.PHONE)
    return {kind: value for kind, value in facts.items() if value}


def _value(entry: Entry, field: Field) -> str:
    """What stands in a field; empty where there is nothing or its key is lost."""
    value = register_view.value(entry, field) if entry.holds(field.value) else register_view.LOST
    return "" if value is register_view.LOST else value.zh


async def _described(work: UnitOfWork, facts: Mapping[str, str], about: Agreement) -> Paper:
    branch = await work.branches.get(work.branch_id)
    return Paper(
        title="流动党员双向管理情况介绍",
        heading=[f"{about.host}：", "下列同志在贵处，请按双向管理协议接纳其参加组织生活。"],
        fields=[(KIND_NAMES[kind].zh, value) for kind, value in facts.items()]
        + [("协议期限", f"{about.since.isoformat()} 至 {about.until.isoformat()}"), ("提供单位", branch.name)],
        body=[f"{beijing_day(work.now).isoformat()}"],
        footer=_FOOTER,
    )


async def take(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], platform: str) -> tuple[Text, Drawing]:
    """The paper of the one consent that a card told of. Raises `UserError`."""
    require(actor, Permission.SHARE, Subject(work.branch_id))
    consent = await work.agreements.consent(data["consent"])
    about = await work.agreements.get(consent.agreement_id) if consent is not None else None
    member = await work.members.get(consent.member_id) if consent is not None else None
    if about is None or member is None or member.removed_at is not None:
        raise UserError(NO_MORE)
    return await paper(work, actor, member, about, platform)


async def given(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What was given of the actor to whom, the newest first."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    mine = await work.agreements.shared([actor.member]) if actor.member is not None else []
    return [_GIVEN(day=beijing_day(each.at).isoformat(), host=each.host, kinds=_named(each.kinds.split())) for each in mine]


async def held(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What the actor was asked and said, and what was given of them."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    asked = await work.agreements.consents_of(_own(actor)) if actor.member is not None else []
    hosts = {each.id: each.host for each in await work.agreements.every()} if asked else {}
    said = [
        _CONSENT(host=hosts[each.agreement_id], state=_state(each), day=beijing_day(each.answered_at or each.at).isoformat())
        for each in asked
    ]
    return [*said, *await given(work, actor)]


def _own(actor: Actor) -> MemberId:
    if actor.member is None:
        raise LookupError("what is held is a member's")
    return actor.member


def _state(each: SharingConsent) -> Text:
    return _STATES[each.state] + _PHONE_TOO if each.phone else _STATES[each.state]


def _named(kinds: Sequence[str]) -> Text:
    return Text.join([KIND_NAMES[each] for each in kinds], "、", ", ")

"""Changing the register by a sentence: members about themselves, who keeps it about others. Each answer shows what was and what is."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import register_words
from bot.language.names import names as listed
from bot.language.normalise import clean
from bot.language.register_words import NAME
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.register import LIGHTS, Field, How
from bot.services import deployment, entry, finding, privacy, register, register_names, register_view
from bot.services.register import DEED, Change
from bot.services.register_values import NAMES, parsed
from bot.texts import Text
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

CHANGED = Text("改好了：{changes}。不对就发“撤销”。", "Changed: {changes}. “undo” if that is wrong.")
CHANGED_OF = Text("{who}的资料改好了：{changes}。不对就发“撤销”。", "Changed for {who}: {changes}. “undo” if that is wrong.")
SAME = Text("记的就是这样，没有要改的。今天算确认过了。", "That is what is noted already; it counts as confirmed today.")
SAME_OF = Text("{who}记的就是这样，没有要改的。", "That is what is noted of {who} already.")
ABROAD = Text(
    "{who}的{fields}改好了。内容请在网页看。不对就发“撤销”。", "Changed for {who}: {fields}. See the page for what; “undo” if wrong."
)
HOW = Text(
    "这样写：改 李小山 手机 13800001234 单位 中建三局。能改：{fields}。",
    "Write: edit Li Xiaoshan phone 13800001234. Fields: {fields}.",
)
LIT = Text("{light}：记下了 {names}。不对就发“撤销”。", "{light}: noted for {names}. “undo” if that is wrong.")
LIT_BEFORE = Text("{light}：早就记着了。", "{light}: noted already.")
CONFIRMED = Text("今天确认过：{names}。不对就发“撤销”。", "Confirmed today: {names}. “undo” if that is wrong.")
WHOM = Text("请写上姓名，比如：{word} 李小山 周海", "Please add names, such as: {word} Li Xiaoshan")
FRESH = Text("好，今天确认过了，谢谢您告诉一声。", "Good, confirmed today; thank you for saying so.")
UNDONE = Text("好，名册和原来一样。", "The register is as it was.")
PARTLY = Text("好，改回来了；{fields}后来又改过，没有动。", "Put back, but for {fields}: changed again since.")
CHANGED_SINCE = Text("后来又改过，没有动。", "It was changed again since, so it stays.")
_ARROW = Text("{what} {before} → {after}", "{what}: {before} → {after}")


def _told(changes: Sequence[Change]) -> Text:
    """What was and what is, but for that it counts as confirmed."""
    parts = [
        _ARROW(
            what=NAMES[Field(each.field)],
            before=register_view.said(Field(each.field), each.before),
            after=register_view.said(Field(each.field), each.after),
        )
        for each in changes
        if each.field != Field.CONFIRMED_ON or len(changes) == 1
    ]
    return Text.join(parts, "；", "; ")


def _noted(work: UnitOfWork, actor: Actor, changes: Sequence[Change]) -> None:
    if changes and actor.member is not None:
        work.deeds.add(actor.member, DEED, {"batch": changes[0].batch})


async def own(work: UnitOfWork, actor: Actor, words: str) -> Text:
    """What a member says of themselves. A name goes to the secretary. Raises `UserError` for what cannot be."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    found = register_words.told(words)
    if found is None or actor.member is None:
        raise LookupError("nothing was said of the speaker")
    field, said = found
    if field == NAME:
        return await register_names.ask(work, actor, said)
    value = parsed(Field(field), said, beijing_day(work.now))
    changes = await register.change(work, actor, actor.member, {Field(field): value}, how=How.OWN)
    _noted(work, actor, changes)
    news = [each for each in changes if each.field != Field.CONFIRMED_ON]
    return CHANGED(changes=_told(changes)) if news else SAME


async def unchanged(work: UnitOfWork, actor: Actor) -> Text:
    """A member says that nothing has changed: their entry counts as confirmed today."""
    if actor.member is None:
        raise LookupError("an entry is a member's")
    today = beijing_day(work.now)
    changes = await register.change(work, actor, actor.member, {Field.CONFIRMED_ON: today}, how=How.OWN)
    if not changes:  # said again on a day on which somebody else's change said so, who may take that back
        said = register.text_of(today)
        work.register.note(actor.member, Field.CONFIRMED_ON, said, said, by=actor.member, how=How.OWN.value, batch=work.new_id())
    _noted(work, actor, changes)
    return FRESH


NAME_ALONE = Text(
    "姓名请单独改：“改 {who} 姓名 …”，别的另发一条。没有改。",
    "Please change the name alone (“edit {who} name …”) and the rest in another message. Nothing was changed.",
)
NEVER_KEPT = Text(
    "身份证号、住址、收入、病情这些，名册里不记，没有改。",
    "Identity numbers, addresses, incomes and illness are never kept in the register; nothing was changed.",
)


async def edit(work: UnitOfWork, actor: Actor, words: str, platform: str) -> Text:
    """Change fields of another: the name, then fields with their values. Raises `UserError` for a bad one, and changes nothing then."""
    require(actor, Permission.KEEP_REGISTER, Subject(work.branch_id))
    if not words.strip():
        raise UserError(_how())
    member, rest = await entry.whom(work, actor, words, platform)
    pairs, before = register_words.fields(rest)
    if not pairs and register_words.never_kept(rest):
        raise UserError(NEVER_KEPT)
    if not pairs or before not in {"", "的"}:
        raise UserError(_how())
    who = await privacy.named(work, platform, member)
    if len(pairs) == 1 and pairs[0][0] == NAME:
        return await register_names.rename(work, actor, member, pairs[0][1])
    if any(field == NAME for field, _ in pairs):
        raise UserError(NAME_ALONE(who=who))
    values = {Field(field): parsed(Field(field), said, beijing_day(work.now)) for field, said in pairs}
    changes = await register.change(work, actor, member.id, values, how=How.ENTERED)
    _noted(work, actor, changes)
    news = [each for each in changes if each.field != Field.CONFIRMED_ON]
    if not news:
        return SAME_OF(who=who)
    if await deployment.asks_consent(work, platform):
        return ABROAD(who=who, fields=Text.join([NAMES[Field(each.field)] for each in news], "、", ", "))
    return CHANGED_OF(who=who, changes=_told(changes))


def _how() -> Text:
    return HOW(fields=Text.join([NAMES[field] for field in Field if field not in {*LIGHTS, Field.CONFIRMED_ON}], "、", ", "))


async def _all_named(work: UnitOfWork, words: str, platform: str, usage: Text) -> list[Member]:
    """The members of several names. Raises `UserError` for none, or for one that nobody has."""
    named = listed(clean(words)) or [each for each in clean(words).replace("、", " ").replace(",", " ").split(" ") if each]
    if not named:
        raise UserError(usage)
    return [await finding.by_name(work, each, platform) for each in named]


async def light(work: UnitOfWork, actor: Actor, field: Field, words: str, platform: str) -> Text:
    """Light one of the three for one or several, as of today."""
    require(actor, Permission.KEEP_REGISTER, Subject(work.branch_id))
    members = await _all_named(work, words, platform, WHOM(word=NAMES[field]))
    entries = await register.of_many(work, [each.id for each in members])
    dark = [each for each in members if not entries[each.id].holds(field.value)]
    today = beijing_day(work.now)
    _noted(work, actor, await register.change_many(work, actor, {each.id: {field: today} for each in dark}, how=How.ENTERED))
    if not dark:
        return LIT_BEFORE(light=NAMES[field])
    return LIT(light=NAMES[field], names=await privacy.listed(work, platform, dark))


async def confirm(work: UnitOfWork, actor: Actor, words: str, platform: str) -> Text:
    """What is kept of one or several is right as it stands: confirmed today."""
    require(actor, Permission.KEEP_REGISTER, Subject(work.branch_id))
    members = await _all_named(work, words, platform, WHOM(word=Text("确认情况", "confirmed")))
    wanted: dict[MemberId, Mapping[Field, Any]] = {each.id: {Field.CONFIRMED_ON: beijing_day(work.now)} for each in members}
    _noted(work, actor, await register.change_many(work, actor, wanted, how=How.ENTERED))
    return CONFIRMED(names=await privacy.listed(work, platform, members))


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Text:
    """Put back what the actor changed last, but for what was changed again since, which is named."""
    back = {(each.member_id, each.field) for each in await register.revert(work, actor, data["batch"])}
    if not back:
        return CHANGED_SINCE
    changed = [each for each in await work.register.batch(data["batch"]) if each.field != Field.CONFIRMED_ON]
    stays = {each.field: NAMES[Field(each.field)] for each in changed if (each.member_id, each.field) not in back}
    return PARTLY(fields=Text.join(list(stays.values()), "、", ", ")) if stays else UNDONE

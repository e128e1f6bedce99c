"""名册 in private: a line each, one person whole, and their history. Abroad only names of those who agreed, and nothing sensitive."""

from collections.abc import Sequence

from bot.clock import beijing_day
from bot.language.normalise import clean
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.dues import Category
from bot.rules.register import LIGHTS, Clear, Field
from bot.services import consents, deployment, finding, people, place_words, privacy, register_view, trail
from bot.services.consents import PURPOSE_NAMES, Purpose
from bot.services.dues_words import CATEGORY_NAMES
from bot.services.register_values import NAMES
from bot.services.register_view import CLEAR_NAMES, Line, PersonView, Step
from bot.texts import Text
from storage.members import Member
from storage.unit_of_work import UnitOfWork

HEADING = Text(
    "名册：{count} 人{filter}。三个圆点是人找到、书发到、过组织生活。",
    "Register: {count}{filter}. The dots: found, books sent, took part.",
)
NOBODY = Text("名册里没有符合“{words}”的。", "Nobody in the register fits “{words}”.")
ONE = Text("{who}的名册：", "{who} in the register:")
ONE_ABROAD = Text(
    "{who}的资料不在这里发，请在网页看：发“网页”拿链接。", "What is kept of {who} is not sent here; send “web” for a link to the page."
)
HISTORY = Text("{who}的资料改动：", "Changes about {who}:")
NO_HISTORY = Text("{who}的资料还没有改动过。", "Nothing about {who} has been changed yet.")
_FILTERED = Text("（{words}）", " ({words})")
_LINE = Text("{who} {lights} {facts}", "{who} {lights} {facts}")
_DAYS = Text("{days} 天前确认", "confirmed {days} days ago")
_TODAY, _NEVER = Text("今天确认", "confirmed today"), Text("没确认过", "never confirmed")
_FIELD = Text("{what}：{value}", "{what}: {value}")
_PLACE, _LIAISON = Text("所在城市", "city"), Text("联系人", "liaison")
_CATEGORY, _MISSING = Text("党费类别", "dues category"), Text("五清还缺", "not clear yet")
_STEP = Text("{day} {who}（{how}）{what}：{before} → {after}", "{day} {who} ({how}) {what}: {before} → {after}")
_STEP_ABROAD = Text("{day} {who}（{how}）{what}", "{day} {who} ({how}) {what}")
_ON, _OFF = "●", "○"

PHONE = Text(
    "记的手机是 {phone}。换了，发“我的手机换成 新号码”。", "Your telephone number is {phone}. If it changed: “my phone is NUMBER”."
)
NO_PHONE = Text(
    "还没有记您的手机号。要记，发“我的手机换成 号码”。", "I have no telephone number of yours. To tell it: “my phone is NUMBER”."
)


async def listed(work: UnitOfWork, actor: Actor, words: str, platform: str) -> tuple[Text, list[Text]]:
    """The register as words choose it; a name alone is that person whole."""
    require(actor, Permission.SEE_REGISTER, Subject(work.branch_id))
    if words and (named := await work.members.named(clean(words))):
        alone = await finding.the_one(work, named, words, platform)
        return await one(work, actor, alone, platform) if alone is not None else (NOBODY(words=words[:20]), [])
    found = {each.member.id: each for each in await register_view.filtered(work, actor, words)}
    if not found:
        return NOBODY(words=words[:20]), []
    abroad = await deployment.asks_consent(work, platform)
    shown, hidden = await privacy.shown(work, platform, [each.member for each in found.values()])
    lines = [line(found[each.id], abroad=abroad) for each in shown]
    heading = HEADING(count=len(found), filter=_FILTERED(words=words) if words else Text("", ""))
    return heading, [*lines, privacy.MORE(count=hidden)] if hidden else lines


def line(each: Line, *, abroad: bool) -> Text:
    """One of the list. An employer is opened for it and nothing else."""
    facts = [place_words.listed(each.place)] if each.place is not None else []
    if each.entry.holds(Field.EMPLOYER.value) and not abroad:
        facts.append(register_view.value(each.entry, Field.EMPLOYER))
    facts.append(days(each))
    return _LINE(who=people.person(each.member), lights=lights(each), facts=Text.join(facts, "，", ", "))


def days(each: Line) -> Text:
    """How long ago an entry was confirmed."""
    return _NEVER if each.days is None else _TODAY if each.days <= 0 else _DAYS(days=each.days)


def lights(each: Line) -> Text:
    """The three as dots."""
    return Text.plain("".join(_ON if each.entry.holds(field.value) else _OFF for field in LIGHTS))


_MAY, _MAY_NOT = Text("同意", "agreed"), Text("不同意", "refused")


async def one(work: UnitOfWork, actor: Actor, member: Member, platform: str) -> tuple[Text, list[Text]]:
    """One person with all fields; abroad only where to read it."""
    who = await privacy.named(work, platform, member)
    if await deployment.asks_consent(work, platform):
        return ONE_ABROAD(who=who), []
    view = await register_view.person(work, actor, member.id)
    assessed = await work.dues_assessments.of(member.id)
    category = [CATEGORY_NAMES[Category(assessed[-1].category)]] if assessed else []
    if category:
        await trail.saw(work, actor, [member.id], trail.Kind.DUES)
    pictures = await consents.given(work, member.id, Purpose.PICTURES)
    word = [_FIELD(what=PURPOSE_NAMES[Purpose.PICTURES], value=_MAY if pictures else _MAY_NOT)] if pictures is not None else []
    return ONE(who=who), [*whole(view), *word, *(_FIELD(what=_CATEGORY, value=each) for each in category)]


def whole(view: PersonView) -> list[Text]:
    """What is kept of a person, a line for each field, and what is not clear."""
    lines = [_FIELD(what=NAMES[field], value=value) for field, value in view.fields.items()]
    if view.line.place is not None:
        lines.append(_FIELD(what=_PLACE, value=place_words.full(view.line.place)))
    if view.line.liaison is not None:
        lines.append(_FIELD(what=_LIAISON, value=people.person(view.line.liaison)))
    if view.line.missing:
        lines.append(_FIELD(what=_MISSING, value=clears(view.line.missing)))
    return lines


def clears(missing: Sequence[Clear]) -> Text:
    """Those of the five that are not clear."""
    return Text.join([CLEAR_NAMES[each] for each in missing], "、", ", ")


async def by_name(work: UnitOfWork, actor: Actor, name: str, platform: str) -> tuple[Text, list[Text]]:
    """One person by name. Raises as `finding.by_name`."""
    require(actor, Permission.SEE_REGISTER, Subject(work.branch_id))
    return await one(work, actor, await finding.by_name(work, name, platform), platform)


async def history(work: UnitOfWork, actor: Actor, name: str, platform: str) -> tuple[Text, list[Text]]:
    """Who changed what of a person, the newest first; abroad without the values."""
    require(actor, Permission.SEE_REGISTER, Subject(work.branch_id))
    member = await finding.by_name(work, name, platform)
    steps = await register_view.history(work, actor, member.id)
    who = await privacy.named(work, platform, member)
    abroad = await deployment.asks_consent(work, platform)
    return (HISTORY if steps else NO_HISTORY)(who=who), [step(each, abroad=abroad) for each in steps]


def step(each: Step, *, abroad: bool = False) -> Text:
    """A change in a line."""
    values: dict[str, Text | str | int] = {"day": beijing_day(each.at).isoformat(), "how": each.how, "what": each.what}
    if abroad:
        return _STEP_ABROAD(who="…", **values)
    return _STEP(who=each.who, before=each.before, after=each.after, **values)


async def own_phone(work: UnitOfWork, actor: Actor) -> Text:
    """The actor's own telephone number."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    view = await register_view.person(work, actor, actor.member) if actor.member is not None else None
    phone = view.fields.get(Field.PHONE) if view is not None else None
    return PHONE(phone=phone) if phone is not None else NO_PHONE


async def held(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What the register holds of the actor, and its history, for 我的."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        return []
    view = await register_view.person(work, actor, actor.member)
    fields = [_FIELD(what=NAMES[field], value=value) for field, value in view.fields.items()]
    return [*fields, *(step(each) for each in view.history)]

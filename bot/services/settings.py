"""How a person wants to be spoken to: quiet hours, time zone, language, few or many messages. Each can be undone."""

from collections.abc import Mapping
from typing import Any

from bot.clock import zone
from bot.errors import UserError
from bot.language import dates, zones
from bot.language.normalise import bare
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import quiet_hours
from bot.services import deployment, posting
from bot.texts import Language, Text
from storage.members import Member
from storage.unit_of_work import UnitOfWork

DEED = "settings"

QUIET = Text(
    "免打扰是{zone} {start} 点到 {end} 点，这段时间我不主动发消息，急事除外；您问我，照样答。",
    "Your quiet hours are {start} to {end} o'clock, {zone}. I send nothing unasked then but in an emergency; questions I always answer.",
)
NEVER_QUIET = Text("没有设免打扰，有事随时发您。", "You have no quiet hours; I write whenever there is something.")
HOURS_UNCLEAR = Text(
    "没看懂这个时间。请像这样写：安静 22-7，或 安静 关。", "I did not get the hours. Please write it like this: quiet 22-7, or quiet off."
)
ZONE = Text("您的时区是{zone}，现在 {time}。", "Your time zone is {zone}; it is {time} now.")
ZONE_UNCLEAR = Text(
    "没找到这个时区。请写城市，比如：时区 东京、时区 纽约，或 时区 Asia/Tokyo。",
    "I do not know that time zone. Please write a city, for example: zone Tokyo, zone New York, or zone Asia/Tokyo.",
)
LANGUAGE_UNCLEAR = Text("请写：语言 中文，或 语言 English。", "Please write: language English, or language 中文.")
_ZONE_NAME = Text("{zone}时间", "{zone} time")
_OFF = frozenset({"关", "关闭", "关掉", "取消", "不用", "不要", "off", "none", "no"})
_LANGUAGES = {
    **dict.fromkeys(("中文", "汉语", "普通话", "zh", "chinese"), Language.ZH),
    **dict.fromkeys(("英文", "英语", "en", "english"), Language.EN),
}


async def _change(work: UnitOfWork, actor: Actor, **values: Any) -> None:
    require(actor, Permission.OWN_SETTINGS, Subject(work.branch_id, actor.member))
    member = await _self(work, actor)
    work.deeds.add(member.id, DEED, {name: getattr(member, name) for name in values})
    await work.members.change(member.id, **values)


async def _self(work: UnitOfWork, actor: Actor) -> Member:
    member = await work.members.get(actor.member) if actor.member is not None else None
    if member is None:
        raise LookupError("only a member has settings")
    return member


def hours_of(said: str) -> str:
    """The hours as `set_quiet` takes them, of a span such as 00:00-08:00; empty where there is none (night: the usual ones)."""
    begins, dash, ends = said.partition("-")
    whole = dash and all(each.endswith(":00") and each[:-3].isdigit() for each in (begins, ends))
    return f"{int(begins[:-3])}-{int(ends[:-3])}" if whole else ""


async def set_quiet(work: UnitOfWork, actor: Actor, words: str) -> None:
    """Set the quiet hours that words name: `22-7`, or off. Raises `UserError` with an example."""
    span = (0, 0) if bare(words) in _OFF else dates.hours(words)
    if span is None:
        raise UserError(HOURS_UNCLEAR)
    await _change(work, actor, quiet_from=span[0], quiet_to=span[1])


async def quiet(work: UnitOfWork, actor: Actor) -> Text:
    """The present quiet hours in words."""
    require(actor, Permission.OWN_SETTINGS, Subject(work.branch_id, actor.member))
    member = await _self(work, actor)
    start, end = posting.quiet_of(member)
    return NEVER_QUIET if start == end else QUIET(zone=_zone_name(member), start=start, end=end)


async def set_zone(work: UnitOfWork, actor: Actor, words: str) -> None:
    """Set the time zone that words name. Raises `UserError` with examples."""
    found = zones.zone(words)
    if found is None:
        raise UserError(ZONE_UNCLEAR)
    await _change(work, actor, zone=found)


async def time_zone(work: UnitOfWork, actor: Actor) -> Text:
    """The present time zone in words, with the time there."""
    require(actor, Permission.OWN_SETTINGS, Subject(work.branch_id, actor.member))
    member = await _self(work, actor)
    return ZONE(zone=_zone_name(member), time=f"{work.now.astimezone(zone(member.zone)):%H:%M}")


def _zone_name(member: Member) -> Text:
    return _ZONE_NAME(zone=Text(*zones.title(member.zone or zones.BEIJING)))


async def set_digest(work: UnitOfWork, actor: Actor, *, wanted: bool) -> None:
    """Reminders once a month in one message, or each at its time; what was kept back then comes now."""
    await _change(work, actor, digest=wanted)
    if not wanted and actor.member is not None:
        await work.outbox.undigest(actor.member)


async def set_language(work: UnitOfWork, actor: Actor, words: str) -> Text:
    """Set the language that words name, and answer what it is. Raises `UserError`."""
    found = _LANGUAGES.get(bare(words))
    if found is None:
        raise UserError(LANGUAGE_UNCLEAR)
    await _change(work, actor, language=found.value)
    return _LANGUAGE_NAMES[found]


async def undo(work: UnitOfWork, actor: Actor, before: Mapping[str, Any]) -> None:
    """Make settings of the actor what they were."""
    require(actor, Permission.UNDO, Subject(work.branch_id, actor.member))
    member = await _self(work, actor)
    await work.members.change(member.id, **before)
    if before.get("digest") is False:
        await work.outbox.undigest(member.id)


async def of(work: UnitOfWork, member: Member) -> list[Text]:
    """Every setting of a member in words, for 我的."""
    start, end = posting.quiet_of(member)
    usual = (start, end) == quiet_hours.DEFAULT
    return [
        Text("免打扰：", "Quiet hours: ")
        + (Text("无", "none") if start == end else Text.plain(f"{start}–{end}"))
        + (Text("（默认）", " (the usual)") if usual else Text("", "")),
        Text("时区：", "Time zone: ") + _zone_name(member),
        Text("语言：", "Language: ") + _LANGUAGE_NAMES[await deployment.language(work, member)],
        Text("提醒：", "Reminders: ") + (Text("每月一条汇总", "once a month") if member.digest else Text("正常", "as they come")),
    ]


_LANGUAGE_NAMES = {Language.ZH: Text("中文", "Chinese"), Language.EN: Text("英文", "English")}

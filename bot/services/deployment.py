"""Facts of this deployment that the program notes at start, so that every transaction can ask for them."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.texts import Language
from storage.members import Member
from storage.unit_of_work import UnitOfWork

ABROAD = frozenset({"telegram"})
"""Platforms whose servers are outside the mainland (RULES.md §7)."""


PASSIVE = frozenset({"qq", "wecom"})
"""Platforms that let the bot speak only within a time after somebody wrote (PLATFORMS.md, told in docs/architecture.md)."""


FIXED = frozenset({"onebot", "qq", "wecom"})
"""Platforms on which nothing can be changed that was said (PLATFORMS.md, told in docs/architecture.md)."""


TAKEN_BACK = frozenset({"onebot"})
"""Those of them on which the bot can delete what it said by the id that is known of it: for two minutes, or longer as an administrator."""


CALLED_ONLY = frozenset({"qq", "wecom"})
"""Platforms that tell of a group only the words that name the bot (the same source)."""


SILENT = frozenset({"browser"})
"""Platforms on which nobody hears that something has come."""


CALLED_FIRST = frozenset({"qq"})
"""Platforms on which the bot's own word goes into a group only within minutes after somebody named it there (the same source)."""


APART = frozenset({"qq"})
"""Platforms that call the same person by another id in every chat (the same source)."""


OPEN_FOR = {"qq": timedelta(minutes=55)}
"""How long after a person wrote there a platform surely lets something in to them in private; the others let it in at any time once
they wrote (PLATFORMS.md: an hour, five answers)."""


def takes_now(work: UnitOfWork, platform: str, used_at: datetime) -> bool:
    """Whether a person who used an account at a moment surely gets there what is sent now."""
    span = OPEN_FOR.get(platform)
    return span is None or work.now - used_at < span


ASKED_OFTEN = ("language", "abroad_is_own_choice", "signing_key")
"""Facts that nearly every message asks for."""


async def remember(work: UnitOfWork, *, language: str, operator: str, abroad_is_own_choice: bool) -> None:
    """Note what the configuration of the program that runs says; nobody else has a say in it."""
    facts = {"language": language, "operator": operator, "abroad_is_own_choice": "yes" if abroad_is_own_choice else "no"}
    for name, value in facts.items():
        if await work.settings.get(name) != value:
            work.settings.put(name, value)


EMERGENCY_NUMBERS = {"fire": "119", "medical": "120", "police": "110", "hotline": "12356", "sea": "12395", "women": "12338"}
"""The usual ones, should a program have started without noting its own."""


async def note_numbers(work: UnitOfWork, numbers: Mapping[str, str]) -> None:
    """Note which numbers are told in an emergency."""
    for name, number in numbers.items():
        if await work.settings.get(f"number_{name}") != number:
            work.settings.put(f"number_{name}", number)


async def numbers(work: UnitOfWork) -> dict[str, str]:
    """The numbers to tell in an emergency: fire, medical, police, hotline, sea, women."""
    return {name: await work.settings.get(f"number_{name}") or usual for name, usual in EMERGENCY_NUMBERS.items()}


async def ensure_key(work: UnitOfWork) -> None:
    """Make the key that signs buttons, on the first start."""
    if await work.settings.get("signing_key") is None:
        work.settings.put("signing_key", secrets.token_hex(32))


async def note_address(work: UnitOfWork, address: str) -> None:
    """Note where people open the web chat; empty while none is served."""
    if await work.settings.get("address") != address:
        work.settings.put("address", address)


async def note_telegram(work: UnitOfWork, name: str) -> None:
    """Note the name of the bot on Telegram, which only Telegram tells; empty without Telegram."""
    if (await work.settings.get("telegram") or "") != name:
        work.settings.put("telegram", name)


async def note_line(work: UnitOfWork, platform: str, instance: str, words: str, since: datetime | None = None) -> None:
    """Note how the way to a platform stands, and since when the program has said so, for the doctor and the secretary."""
    facts = {f"line:{platform}:{instance}": words, f"line_at:{platform}:{instance}": (since or work.now).isoformat()}
    for name, value in facts.items():
        if await work.settings.get(name) != value:
            work.settings.put(name, value)


async def line_at(work: UnitOfWork, platform: str, instance: str) -> datetime | None:
    """Since when the program has said how the way stands; never before its own start."""
    noted = await work.settings.get(f"line_at:{platform}:{instance}")
    return datetime.fromisoformat(noted) if noted else None


async def line(work: UnitOfWork, platform: str, instance: str) -> str:
    """How the way to a platform stood last; empty where nothing was noted."""
    return await work.settings.get(f"line:{platform}:{instance}") or ""


async def deep_link(work: UnitOfWork, code: str) -> str | None:
    """The address that opens the bot on Telegram and hands it a code; None while its name is not known."""
    name = await work.settings.get("telegram")
    return f"https://t.me/{name}?start={code}" if name else None


async def language(work: UnitOfWork, member: Member | None = None) -> Language:
    """The language for a person, or for a group."""
    chosen = member.language if member else None
    if chosen is None and work.entered is not None:
        chosen = (await work.branches.get(work.entered)).language
    return Language(chosen or await work.settings.get("language") or Language.ZH)


async def is_sample(work: UnitOfWork) -> bool:
    """Whether this database holds the invented branch."""
    return await work.settings.get("sample") is not None


async def asks_consent(work: UnitOfWork, platform: str) -> bool:
    """Whether a platform lies abroad and is not declared the members' own choice."""
    return platform in ABROAD and await work.settings.get("abroad_is_own_choice") != "yes"

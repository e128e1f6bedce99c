"""What a rule of language is: an intent, the cues without which it is not asked, and a pure function that finds its slots."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from bot.language.said import Said

SURE, LIKELY, MAYBE = 0.95, 0.8, 0.6
"""Unmistakable, also in a group; what it most probably means, to the bot; a guess that a question has to settle."""
TO_THE_BOT = 0.98
"""What is plainly said, and only to the bot: in a group the same words are talk."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: the slots, how sure it is, and the words for the command."""

    slots: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    confidence: float = SURE
    args: str = ""
    why: str = ""
    """What in the message told, where the rule's own `why` is not enough."""
    aside: bool = False
    """Beside something else in the same message it only goes along with it: 我调到哈尔滨了,刚过来报到."""
    intent: str = ""
    """Another intent than the rule's, where one rule tells several apart."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to say one thing."""

    intent: str
    read: Callable[[Said], Found | None]
    cues: tuple[str, ...] = ()
    """Words of which one has to occur in `Said.words`; none: the rule is always asked, so it has to be quick."""
    contexts: frozenset[str] = frozenset()
    """Only where this was said last (`bot.language.contexts`); empty: anywhere."""
    why: str = ""
    """The rule in words, for who asks why."""

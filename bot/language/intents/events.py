"""The intents of events."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

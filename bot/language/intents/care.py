"""The intents of care."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

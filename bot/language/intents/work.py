"""The intents of work."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

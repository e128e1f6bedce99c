"""The intents of places."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

"""The intents of own_data."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

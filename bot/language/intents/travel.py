"""The intents of travel."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

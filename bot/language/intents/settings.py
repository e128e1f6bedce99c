"""The intents of settings."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

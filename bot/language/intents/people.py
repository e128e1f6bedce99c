"""The intents of people."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

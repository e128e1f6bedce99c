"""The intents of dues."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

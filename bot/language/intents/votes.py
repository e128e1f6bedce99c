"""The intents of votes."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

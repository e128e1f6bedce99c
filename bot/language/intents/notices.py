"""The intents of notices."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

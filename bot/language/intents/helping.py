"""The intents of helping."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

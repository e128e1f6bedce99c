"""The intents of answers."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

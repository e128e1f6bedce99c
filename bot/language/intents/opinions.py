"""The intents of opinions."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

"""The intents of membership."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

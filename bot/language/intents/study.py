"""The intents of study."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

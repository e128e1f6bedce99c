"""The intents of checkin."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

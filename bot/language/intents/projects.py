"""The intents of projects."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

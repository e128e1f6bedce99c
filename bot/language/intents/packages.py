"""The intents of packages."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

"""The intents of aid."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

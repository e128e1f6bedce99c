"""The intents of refusals."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

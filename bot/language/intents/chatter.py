"""The intents of chatter."""

from bot.language.rule import Rule

RULES: tuple[Rule, ...] = ()

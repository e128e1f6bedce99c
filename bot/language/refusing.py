"""A refusal as a thing understood: above what any other rule makes of the words, but not among people."""

from bot.language.rule import Found
from bot.language.said import Said

ORGANISES = frozenset({"secretary"})
"""The roles that may see what members may not."""
_SURE, _AMONG_PEOPLE = 0.97, 0.85


def refused(said: Said, asked: str) -> Found:
    """That something was asked which may not be; in a group, where the bot is not spoken to, too unsure to be acted on."""
    spoken_to = not said.setting.in_group or said.mentioned
    return Found({"asked": asked}, _SURE if spoken_to else _AMONG_PEOPLE)

"""How sure a rule may be by whom something is said to: what is plain in private may be talk in a group."""

from bot.language.rule import LIKELY, SURE
from bot.language.said import Said

NAMED = 0.985
"""The matter is called by its own name, which says more than words that others share."""


ANSWERED = 0.99
"""Besides, it answers what was said last, or names the very thing: more than another matter's own name."""


def if_private(said: Said) -> float:
    """Sure in private; in a group only likely, so that nothing is done unless it is said to the bot."""
    return LIKELY if said.setting.in_group else SURE


def by_name(said: Said) -> float:
    """As `if_private`, where the matter is called by its name."""
    return LIKELY if said.setting.in_group else NAMED

"""What a person types where there are no buttons, told by nothing but the message they read."""

import re

from bot.messages import Capabilities
from bot.spelled import LISTED

TEXT_ONLY = Capabilities(edit=False, react=False, buttons=False, pictures=False, files=False, remove=False, recognise=True)
"""A chat of words and nothing else, as the strictest platforms have it."""
TO_THE_BOT = "@我 说"


def typed(shown: str, label: str, *, number: bool = True) -> str | None:
    """The words that a message tells to type in place of a button; None where it tells of none. With `number` that, where there is one."""
    lines = shown.split("\n")
    if lines[-1] == LISTED.zh:
        for line in lines:
            place, _, words = line.partition(" ")
            if place.isdecimal() and words == label:
                return place if number else label
    letters = re.search(r"回 ([A-Z](?:、[A-Z])*)", lines[-1])
    if letters and label in letters[1].split("、"):
        return label
    found = re.search(rf"(@我 说|回(?: 1 或)?)(?:“[^”]*”[、或]?)*“{re.escape(label)}”", shown)
    if found is None:
        return None
    if number and found[1].startswith("回 1 "):
        return "1"
    return f"@支部 {label}" if found[1] == TO_THE_BOT else label

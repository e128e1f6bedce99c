"""What a person types where there are no buttons, told by nothing but the message they read."""

from bot.messages import Capabilities
from bot.spelled import LISTED

TEXT_ONLY = Capabilities(edit=False, react=False, buttons=False, pictures=False, files=False, remove=False, recognise=True)
"""A chat of words and nothing else, as the strictest platforms have it."""
TO_THE_BOT = "@我 说"


def typed(shown: str, label: str, *, number: bool = True) -> str | None:
    """The words that a message tells to type in place of a button; None where it tells of none. With `number` that, where there is one."""
    lines = shown.split("\n")
    last = lines[-1]
    if last == LISTED.zh:
        for line in lines:
            place, _, words = line.partition(" ")
            if place.isdecimal() and words == label:
                return place if number else label
        return None
    if f"“{label}”" in last or (len(label) == 1 and label.isascii() and label in last):
        return f"@支部 {label}" if last.rpartition(f"“{label}”")[0].rfind(TO_THE_BOT) >= 0 else label
    return None

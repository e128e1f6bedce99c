"""Buttons as a template card (模板卡片), and as words where a card cannot hold them."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from bot.messages import Button, Parcel
from bot.platforms.parts import split
from bot.texts import Language

MOST_BUTTONS = 6
LONGEST_TITLE, LONGEST_WORDS, LONGEST_LABEL = 26, 112, 10
"""Characters of Chinese that the client shows of each; half as wide ones count half."""


def buttons(parcel: Parcel) -> list[Button]:
    """The buttons one after the other: a card knows no rows."""
    return [button for row in parcel.content.buttons for button in row]


def fit(parcel: Parcel) -> bool:
    """Whether a card shows all of the buttons and their labels."""
    found = buttons(parcel)
    keys = {button.data for button in found}
    wide = any(width(button.label.to(parcel.language)) > LONGEST_LABEL for button in found)
    return bool(found) and len(found) <= MOST_BUTTONS and len(keys) == len(found) and not wide


def width(words: str) -> float:
    """How much room words take, in Chinese characters."""
    return sum(0.5 if each.isascii() else 1 for each in words)


def parted(words: str) -> tuple[str, str]:
    """Words that come before the card, and those that it shows: as much of the end as it has room for, from a sentence on."""
    words = words.rstrip()  # what is cut off at the end would be missing when the seam is counted from there
    if width(words) <= LONGEST_WORDS:
        return "", words
    end = split(words, LONGEST_WORDS)[-1]
    return words[: len(words) - len(end)].rstrip(), end


def numbered(words: str, found: Sequence[Button], language: Language) -> str:
    """Words with the buttons as a numbered list, to be answered by the number or the label."""
    return "\n".join([words, *(f"{number} {button.label.to(language)}" for number, button in enumerate(found, 1))])


def task(parcel: Parcel) -> str:
    """The card's id, the same at every try of one message: WeCom takes no id twice."""
    told = [parcel.chat.chat_id, parcel.key, parcel.content.text.zh, *(button.data for button in buttons(parcel))]
    return sha256("\0".join(told).encode()).hexdigest()[:32]


def card(words: str, found: Sequence[Button], language: Language, task_id: str) -> dict[str, Any]:
    """A card of words and buttons."""
    shown: dict[str, Any] = {"card_type": "button_interaction"}
    if width(words) <= LONGEST_TITLE and "\n" not in words:
        shown["main_title"] = {"title": words}
    else:
        shown["sub_title_text"] = words
    shown["button_list"] = [{"text": each.label.to(language), "style": 1, "key": each.data} for each in found]
    shown["task_id"] = task_id
    return shown

"""Buttons as a template card (模板卡片), and as words where a card cannot hold them."""

from hashlib import sha256
from typing import Any

from bot.messages import Button, Parcel

MOST_BUTTONS = 6
LONGEST_TITLE, LONGEST_WORDS, LONGEST_LABEL = 26, 112, 10
"""Characters of Chinese that the client shows of each; half as wide ones count half."""
CHOOSE = {"zh": "请点一个：", "en": "Please choose:"}


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


def holds(words: str) -> bool:
    """Whether a card shows the words whole."""
    return 0 < width(words) <= LONGEST_WORDS


def numbered(parcel: Parcel) -> str:
    """The words of a message with its buttons as a numbered list, to be answered by the number or the label."""
    labels = (button.label.to(parcel.language) for button in buttons(parcel))
    return "\n".join([parcel.content.text.to(parcel.language), *(f"{number} {label}" for number, label in enumerate(labels, 1))])


def task(parcel: Parcel) -> str:
    """The card's id, the same at every try of one message: WeCom takes no id twice."""
    told = [parcel.chat.chat_id, parcel.key, parcel.content.text.zh, *(button.data for button in buttons(parcel))]
    return sha256("\0".join(told).encode()).hexdigest()[:32]


def card(parcel: Parcel) -> dict[str, Any]:
    """The message as a card; where its words do not fit they have to be said before it."""
    words = parcel.content.text.to(parcel.language)
    said = words if holds(words) else CHOOSE[parcel.language.value]
    shown: dict[str, Any] = {"card_type": "button_interaction"}
    if width(said) <= LONGEST_TITLE and "\n" not in said:
        shown["main_title"] = {"title": said}
    else:
        shown["sub_title_text"] = said
    shown["button_list"] = [{"text": each.label.to(parcel.language), "style": 1, "key": each.data} for each in buttons(parcel)]
    shown["task_id"] = task(parcel)
    return shown

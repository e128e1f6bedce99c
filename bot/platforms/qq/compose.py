"""An `Outgoing` into the bodies of QQ's messages: text, or markdown with buttons where that is granted."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from zlib import crc32

from bot.messages import Button, Outgoing, Parcel
from bot.patterns import Pattern
from bot.platforms.json_fields import numeral as number
from bot.platforms.parts import portions
from bot.platforms.qq.links import harmless, spelled
from bot.texts import Language, Text

LONGEST = 1500
"""Characters of one message; QQ's limit is not told, and is far above what fits a screen."""
_NUMBERS = 1_000_000
MOST_PARTS = 32
"""Messages that one letter may become, each with a number of its own."""
_LABEL, _ROWS, _IN_ROW = 10, 5, 5
"""Characters on a button, rows of them, buttons in a row."""
_MARKED = Pattern(r"([\\`*_{}\[\]()#+\-.!|<>~])")
_CALLBACK, _EVERYBODY = 1, 2
_TEXT, _MARKDOWN, _MEDIA = 0, 2, 7
_TYPE_INSTEAD = Text("这个版本没有按钮，请回复文字", "no buttons here: please type")
_NO_PICTURE = Text("（图没能发到 QQ，请看支部网页）", "(QQ did not take the picture; see the branch's page)")
_NO_FILE = Text(
    "文件“{name}”没能发到 QQ。请在支部网页上取，或请书记转给您。",
    "QQ did not take the file “{name}”. Please get it on the branch's page, or ask the secretary.",
)


def messages(parcel: Parcel, *, markdown: bool, registered: Collection[str]) -> list[Outgoing]:
    """The messages that a letter becomes, most often one."""
    content, language = parcel.content, parcel.language
    text, shows = content.text.to(language), markdown and _fits(content)
    if content.buttons and not shows:
        text += numbered(content.buttons, language)
    said = Text.plain(spelled(harmless(text), language, registered))
    content = replace(content, text=said, buttons=content.buttons if shows else ())
    return portions(content, language, LONGEST, under_picture=0 if content.buttons else LONGEST)


def _fits(content: Outgoing) -> bool:
    rows = content.buttons
    labels = all(len(each.label.to(language)) <= _LABEL for row in rows for each in row for language in Language)
    return bool(content.text) and labels and len(rows) <= _ROWS and all(len(row) <= _IN_ROW for row in rows)


def numbered(rows: tuple[tuple[Button, ...], ...], language: Language) -> str:
    """Buttons as a list to answer by number."""
    labels = [button.label.to(language) for row in rows for button in row]
    return "".join(f"\n{number} {label}" for number, label in enumerate(labels, 1))


def instead(message: Outgoing, language: Language) -> Outgoing:
    """What is said of a picture or file that QQ does not take."""
    missing = _NO_FILE(name=message.file.name) if message.file else _NO_PICTURE
    words = "\n".join(filter(None, (message.text.to(language), missing.to(language))))
    return replace(message, text=Text.plain(words), picture=None, file=None)


def body(message: Outgoing, language: Language, file_info: str) -> dict[str, Any]:
    """The JSON of a message, but for what it hangs on."""
    text = message.text.to(language)
    if file_info:
        return {"msg_type": _MEDIA, "content": text or " ", "media": {"file_info": file_info}}
    if message.buttons:
        keyboard = {"content": {"rows": [{"buttons": _row(row, at, language)} for at, row in enumerate(message.buttons)]}}
        return {"msg_type": _MARKDOWN, "markdown": {"content": _MARKED.sub(r"\\\1", text)}, "keyboard": keyboard}
    return {"msg_type": _TEXT, "content": text}


def _row(row: tuple[Button, ...], at: int, language: Language) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{at}-{place}",
            "render_data": {"label": (label := each.label.to(language)), "visited_label": label, "style": 1},
            "action": {
                "type": _CALLBACK,
                "permission": {"type": _EVERYBODY},
                "data": each.data,
                "unsupport_tips": _TYPE_INSTEAD.to(language),
            },
        }
        for place, each in enumerate(row)
    ]


def number_of(key: str, place: int) -> int:
    """`msg_seq` of a letter's message: the same at every try, so that QQ shows a repeated one once, and another for each of a letter's."""
    which = number(key)
    return ((which if which is not None else crc32(key.encode())) * MOST_PARTS + place) % _NUMBERS + 1

"""An `Outgoing` into the bodies of QQ's messages: text, or markdown with buttons where that is granted."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

from bot.messages import Button, Parcel
from bot.patterns import Pattern
from bot.platforms.qq.fields import number
from bot.platforms.qq.links import harmless, spelled
from bot.texts import Language, Text, cut

LONGEST = 1500
"""Characters of one message; QQ's limit is not told, and is far above what fits a screen."""
_NUMBERS = 1_000_000
_PARTS = 8
"""Messages that one letter may become, each with a number of its own."""
_LABEL, _ROWS, _IN_ROW = 10, 5, 5
"""Characters on a button, rows of them, buttons in a row."""
_MARKED = Pattern(r"([\\`*_{}\[\]()#+\-.!|<>~])")
_CALLBACK, _EVERYBODY = 1, 2
NO_PICTURE = Text("（图没能发到 QQ，请看支部网页）", "(QQ did not take the picture; see the branch's page)")
NO_FILE = Text(
    "文件“{name}”没能发到 QQ。请在支部网页上取，或请书记转给您。",
    "QQ did not take the file “{name}”. Please get it on the branch's page, or ask the secretary.",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One message of QQ's. `picture` or `file` is to be handed over first; `text` stands under it."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    media: bytes | None = None
    name: str = ""
    """The name of a file; empty for a picture."""


def parts(parcel: Parcel, *, markdown: bool, registered: Collection[str]) -> list[Part]:
    """The messages that a letter becomes, most often one."""
    content, text = parcel.content, parcel.content.text.to(parcel.language)
    if content.buttons and not (markdown and _fits(content.buttons)):
        text += numbered(content.buttons, parcel.language)
    shown = spelled(harmless(text), parcel.language, registered)
    made: list[Part] = []
    if content.picture:
        made.append(Part("", media=content.picture))
    if content.file:
        made.append(Part("", media=content.file.content, name=content.file.name))
    said = [Part(each) for each in cut(shown, LONGEST)]
    if made and len(said) <= 1 and not content.file:
        made[0], said = replace(made[0], text=said[0].text if said else ""), []
    if said and content.buttons and markdown and _fits(content.buttons):
        said[-1] = replace(said[-1], buttons=content.buttons)
    return [*made, *said]


def numbered(rows: tuple[tuple[Button, ...], ...], language: Language) -> str:
    """Buttons as a list to answer by number."""
    labels = [button.label.to(language) for row in rows for button in row]
    return "".join(f"\n{number} {label}" for number, label in enumerate(labels, 1))


def instead(part: Part, language: Language) -> Part:
    """What is said of a picture or file that QQ does not take."""
    missing = NO_FILE(name=part.name) if part.name else NO_PICTURE
    return Part("\n".join(filter(None, (part.text, missing.to(language)))))


def _fits(rows: tuple[tuple[Button, ...], ...]) -> bool:
    return len(rows) <= _ROWS and all(len(row) <= _IN_ROW and all(len(each.label.zh) <= _LABEL for each in row) for row in rows)


def body(part: Part, parcel: Parcel, file_info: str = "") -> dict[str, Any]:
    """The JSON of a message, but for what it hangs on."""
    if part.media is not None:
        return {"msg_type": 7, "content": part.text or " ", "media": {"file_info": file_info}}
    if part.buttons:
        return {
            "msg_type": 2,
            "markdown": {"content": _MARKED.sub(r"\\\1", part.text)},
            "keyboard": {"content": {"rows": _rows(part, parcel)}},
        }
    return {"msg_type": 0, "content": part.text}


def _rows(part: Part, parcel: Parcel) -> list[dict[str, Any]]:
    return [
        {
            "buttons": [
                {
                    "id": f"{at}-{place}",
                    "render_data": {
                        "label": each.label.to(parcel.language)[:_LABEL],
                        "visited_label": each.label.to(parcel.language),
                        "style": 1,
                    },
                    "action": {"type": _CALLBACK, "permission": {"type": _EVERYBODY}, "data": each.data, "unsupport_tips": "请回复文字"},
                }
                for place, each in enumerate(row)
            ]
        }
        for at, row in enumerate(part.buttons)
    ]


def number_of(key: str, place: int) -> int:
    """`msg_seq` of a letter's message: the same at every try, so that QQ shows a repeated one once, and another for each of a letter's."""
    which = number(key)
    return ((which if which is not None else crc32(key.encode())) * _PARTS + place % _PARTS) % _NUMBERS + 1

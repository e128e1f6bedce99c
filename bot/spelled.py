"""What a message becomes where there are no buttons, pictures or files: it says in words what may be typed. See docs/platforms.md."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.messages import Button, Capabilities, ChatKind, Outgoing
from bot.texts import Text

Heard = Callable[[str], bool]
"""Whether words are heard in a group although they do not name the bot."""

_ONE = Text("回 1 或{word}。", "Answer 1 or {word}.")
LISTED = Text("回数字就行，照着打字也行。", "Answer by the number, or in the same words.")
_WORDS = Text("回{words}。", "Answer {words}.")
_IN_GROUP = Text("在群里回{words}就行。", "Answer {words} here in the group.")
_TO_THE_BOT = Text("@我 说{words}。", "Say {words} to me (@).")
_PICTURE = Text("（这里看不了图。）", "(A picture, which cannot be shown here.)")
_FILE = Text(
    "（“{name}”在这里发不了，请在网页或别的平台上找我要。）", "(“{name}” cannot be sent here; ask me on the page or on another platform.)"
)


def fitted(content: Outgoing, kind: ChatKind, can: Capabilities, heard: Heard) -> Outgoing:
    """The message as a chat can show it: what it cannot, it says."""
    if content.picture is not None and not can.pictures:
        content = replace(content, picture=None, text=content.text or _PICTURE)
    if content.file is not None and not can.files:
        told = _FILE(name=content.file.name)
        content = replace(content, file=None, text=Text.join([content.text, told]) if content.text else told)
    return content if can.buttons else _spelled(content, kind, heard if can.overhear else _nothing)


def _nothing(_: str) -> bool:
    return False


def _spelled(content: Outgoing, kind: ChatKind, heard: Heard) -> Outgoing:
    """The message without buttons. A question's answers have numbers; a card, which may stand beside others, and a group go by words."""
    buttons = [button for row in content.buttons for button in row]
    if not buttons:
        return content
    if kind is ChatKind.GROUP:
        told = _in_group(buttons, heard)
    elif all(button.numbered for button in buttons):
        told = _numbers(content.text, buttons)
    else:
        told = _WORDS(words=_either(buttons))
    return replace(content, text=Text.join([content.text, told]) if content.text else told, buttons=())


def _numbers(text: Text, buttons: Sequence[Button]) -> Text:
    if len(buttons) == 1:
        return _ONE(word=_quoted(buttons[0]))
    if any(_is_letter(button) for button in buttons):  # a quiz, whose text tells what each stands for
        return _WORDS(words=_either(buttons))
    lines = [Text.plain(f"{number} ") + button.label for number, button in enumerate(buttons, 1)]
    told = frozenset(text.zh.split("\n"))
    return Text.join([*(line for line in lines if line.zh not in told), LISTED])


def _in_group(buttons: Sequence[Button], heard: Heard) -> Text:
    alone = [button for button in buttons if heard(button.label.zh)]
    named = [button for button in buttons if not heard(button.label.zh)]
    told = [_IN_GROUP(words=_either(alone))] if alone else []
    return Text.join([*told, *([_TO_THE_BOT(words=_either(named))] if named else [])], "", " ")


def _either(buttons: Sequence[Button]) -> Text:
    """“A”, “B” or “C”."""
    *first, last = [_quoted(button) for button in buttons]
    return Text.join([Text.join(first, "、", ", "), last], "或", " or ") if first else last


def _quoted(button: Button) -> Text:
    return button.label if _is_letter(button) else Text(f"“{button.label.zh}”", f"“{button.label.en}”")


def _is_letter(button: Button) -> bool:
    return len(button.label.zh) == 1 and button.label.zh.isascii()

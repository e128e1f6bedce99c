"""What a message becomes where there are no buttons, pictures or files: it says in words what may be typed. See docs/platforms.md."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from re import Match

from bot.messages import Button, Capabilities, ChatKind, Outgoing
from bot.patterns import Pattern
from bot.texts import Text

Heard = Callable[[str], bool]
"""Whether words are heard in a group although they do not name the bot."""

_ONE = Text("回 1 或{word}。", "Answer 1 or {word}.")
LISTED = Text("回数字就行，照着打字也行。", "Answer by the number, or in the same words.")
_WORDS = Text("回{words}。", "Answer {words}.")
_LETTERS = Text("回 {letters}，或{words}。", "Answer {letters}, or {words}.")
_LETTERS_ALONE = Text("回 {letters} 就行。", "Answer {letters}.")
_IN_GROUP = Text("在群里回{words}就行。", "Answer {words} here in the group.")
_TO_THE_BOT = Text("@我 说{words}。", "Say {words} to me (@).")
_ELSEWHERE = Text("私聊我说{words}。", "Say {words} to me in private.")
_PICTURE = Text("（这里看不了图。）", "(A picture, which cannot be shown here.)")
_FILE = Text(
    "（“{name}”在这里发不了，请在网页或别的平台上找我要。）", "(“{name}” cannot be sent here; ask me on the page or on another platform.)"
)
_PRESS, _PRESS_EN = Pattern(r"点(?:一下)?“([^”]{1,12})”"), Pattern(r"[Pp]ress “")


def fitted(content: Outgoing, kind: ChatKind, can: Capabilities, heard: Heard) -> Outgoing:
    """The message as a chat can show it: what it cannot, it says."""
    if content.picture is not None and not can.pictures:
        content = replace(content, picture=None, text=content.text or _PICTURE)
    if content.file is not None and not can.files:
        told = _FILE(name=content.file.name)
        content = replace(content, file=None, text=Text.join([content.text, told]) if content.text else told)
    if can.buttons:
        return content
    return _spelled(content, kind, heard if can.overhear else _nothing, _TO_THE_BOT if can.hears else _ELSEWHERE)


def _nothing(_: str) -> bool:
    return False


def _spelled(content: Outgoing, kind: ChatKind, heard: Heard, to_bot: Text) -> Outgoing:
    """The message without buttons. A question's answers have numbers; a card, which may stand beside others, and a group go by words."""
    text, buttons = content.text, [button for row in content.buttons for button in row]
    if _presses(text):
        text = Text(_PRESS.sub(partial(_typed, kind, heard, to_bot), text.zh), _PRESS_EN.sub("say “", text.en))
    if buttons:
        told = _told(text, buttons, kind, heard, to_bot)
        text = Text.join(each for each in (text, told) if each)
    return content if text is content.text else replace(content, text=text, buttons=())


def _presses(text: Text) -> bool:
    return "点" in text.zh and _PRESS.search(text.zh) is not None


def _typed(kind: ChatKind, heard: Heard, to_bot: Text, said: Match[str]) -> str:
    """In place of 点“收到”: what is to be said, and to whom."""
    return f"回“{said[1]}”" if kind is ChatKind.PRIVATE or heard(said[1]) else to_bot(words=f"“{said[1]}”").zh.removesuffix("。")


def _told(text: Text, buttons: Sequence[Button], kind: ChatKind, heard: Heard, to_bot: Text) -> Text:
    """What is added; nothing where the text itself tells of every button."""
    untold = [button for button in buttons if not _is_told(text.zh, button.label.zh)]
    if not untold:
        return Text("", "")
    if kind is ChatKind.GROUP:
        return _in_group(untold, heard, to_bot)
    if all(button.numbered for button in buttons):
        return _numbers(text, buttons)
    return _WORDS(words=_either(untold))


def _is_told(text: str, label: str) -> bool:
    """Whether a text tells to say an answer, or another word for the same: 发“帮助”看我能做什么."""
    return any(told in text for told in (f"回“{label}”", f"说“{label}”", f"”{label}"))


def _numbers(text: Text, buttons: Sequence[Button]) -> Text:
    if len(buttons) == 1:
        return _ONE(word=_quoted(buttons[0]))
    letters = [button for button in buttons if _is_letter(button)]
    if letters:  # a quiz, whose text tells what each stands for
        others = [button for button in buttons if not _is_letter(button)]
        named = Text.join((button.label for button in letters), "、", ", ")
        return _LETTERS(letters=named, words=_either(others)) if others else _LETTERS_ALONE(letters=named)
    lines = [Text.plain(f"{number} ") + button.label for number, button in enumerate(buttons, 1)]
    told = frozenset(text.zh.split("\n"))
    return Text.join([*(line for line in lines if line.zh not in told), LISTED])


def _in_group(buttons: Sequence[Button], heard: Heard, to_bot: Text) -> Text:
    alone = [button for button in buttons if heard(button.label.zh)]
    named = [button for button in buttons if not heard(button.label.zh)]
    told = [_IN_GROUP(words=_either(alone))] if alone else []
    return Text.join([*told, *([to_bot(words=_either(named))] if named else [])], "", " ")


def _either(buttons: Sequence[Button]) -> Text:
    """“A”, “B” or “C”."""
    *first, last = [_quoted(button) for button in buttons]
    return Text.join([Text.join(first, "、", ", "), last], "或", " or ") if first else last


def _quoted(button: Button) -> Text:
    return Text(f"“{button.label.zh}”", f"“{button.label.en}”")


def _is_letter(button: Button) -> bool:
    return len(button.label.zh) == 1 and button.label.zh.isascii()

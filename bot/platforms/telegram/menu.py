"""The menu of commands that Telegram shows beside the text field."""

from collections.abc import Iterator, Sequence

from bot.messages import CommandHint
from bot.patterns import Pattern
from bot.platforms.json_fields import Json
from bot.platforms.telegram.trouble import Log
from bot.texts import Language

_NAME = Pattern(r"[a-z0-9_]{1,32}")
_MOST = 100
_LONGEST = 256


def menus(commands: Sequence[CommandHint], log: Log) -> Iterator[Json]:
    """Per scope and language what everybody may use there, ready for setMyCommands; Chinese is shown wherever there is no other."""
    usable = [hint for hint in commands if not hint.roles and _usable(hint, log)]
    for scope, hints in (
        ("all_private_chats", [hint for hint in usable if hint.private]),
        ("all_group_chats", [hint for hint in usable if hint.group]),
    ):
        first = {hint.slash: hint for hint in reversed(hints)}
        chosen = [hint for hint in hints if first[hint.slash] is hint][:_MOST]
        for language, code in ((Language.ZH, None), (Language.EN, "en")):
            if chosen:
                yield {"commands": [_command(hint, language) for hint in chosen], "scope": {"type": scope}, "language_code": code}


def _command(hint: CommandHint, language: Language) -> Json:
    described = hint.help.to(language).strip() or hint.word
    return {"command": hint.slash, "description": described[:_LONGEST]}


def _usable(hint: CommandHint, log: Log) -> bool:
    if _NAME.fullmatch(hint.slash):
        return True
    log.warning("Telegram cannot show a command of this name in its menu.", command=hint.slash)
    return False

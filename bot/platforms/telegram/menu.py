"""The menu of commands that Telegram shows beside the text field."""

import re
from collections.abc import Iterator, Sequence

from telegram import BotCommand, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.constants import BotCommandLimit

from bot.messages import CommandHint
from bot.platforms.telegram.trouble import Log
from bot.texts import Language

_NAME = re.compile(r"[a-z0-9_]{1,32}")


def menus(commands: Sequence[CommandHint], log: Log) -> Iterator[tuple[list[BotCommand], BotCommandScope, str | None]]:
    """Per scope and language what everybody may use there; Chinese is shown wherever there is no other."""
    usable = [hint for hint in commands if not hint.roles and _usable(hint, log)]
    for scope, hints in (
        (BotCommandScopeAllPrivateChats(), [hint for hint in usable if hint.private]),
        (BotCommandScopeAllGroupChats(), [hint for hint in usable if hint.group]),
    ):
        first = {hint.slash: hint for hint in reversed(hints)}
        chosen = [hint for hint in hints if first[hint.slash] is hint][: BotCommandLimit.MAX_COMMAND_NUMBER]
        for language, code in ((Language.ZH, None), (Language.EN, "en")):
            if chosen:
                yield [_command(hint, language) for hint in chosen], scope, code


def _command(hint: CommandHint, language: Language) -> BotCommand:
    described = hint.help.to(language).strip() or hint.word
    return BotCommand(hint.slash, described[: BotCommandLimit.MAX_DESCRIPTION])


def _usable(hint: CommandHint, log: Log) -> bool:
    if _NAME.fullmatch(hint.slash):
        return True
    log.warning("Telegram cannot show a command of this name in its menu.", command=hint.slash)
    return False

"""Trouble with the server: said once in one sentence, waited out patiently."""

from typing import Protocol

from bot.platforms.telegram.transport import Conflict, Failure, InvalidToken, Throttled

_LONGEST = 30


class Log(Protocol):
    """A structured log as structlog's."""

    def info(self, event: str, **values: object) -> object:
        """For whoever wants to know."""
        ...

    def warning(self, event: str, **values: object) -> object:
        """Something to look at."""
        ...

    def error(self, event: str, **values: object) -> object:
        """Something lost or about to be."""
        ...


class Trouble:
    """How long to wait after a failure. Doubles from `first_wait` seconds to thirty-fold; a rejected token waits sixty-fold."""

    def __init__(self, log: Log, first_wait: float) -> None:
        self._log = log
        self._first_wait = first_wait
        self._said = ""
        self._failures = 0

    def wait_after(self, error: Exception) -> float:
        """Seconds until the next try."""
        self._failures += 1
        sentence = _sentence(error)
        if sentence != self._said:
            self._said = sentence
            self._log.warning(sentence, error=type(error).__name__, said=_said(error))
        if isinstance(error, InvalidToken):
            return self._first_wait * 60
        wait = self._first_wait * min(1 << min(self._failures - 1, 10), _LONGEST)
        return max(wait, error.wait.total_seconds()) if isinstance(error, Throttled) else wait

    def over(self) -> None:
        """The server answered as it should."""
        if self._said:
            self._log.info("Telegram answers again.")
        self._said, self._failures = "", 0


def _sentence(error: Exception) -> str:
    match error:
        case InvalidToken():
            return "Telegram does not accept this bot's token; it may have been revoked at BotFather."
        case Conflict():
            return "Another program receives this bot's messages with the same token."
        case Throttled():
            return "Telegram asks this bot to slow down."
        case Failure():
            return "Telegram cannot be reached or does not answer as it should."
    return "Telegram's answer cannot be understood."


def _said(error: Exception) -> str:
    """The failure's own words, which hold no address; another error's might."""
    return error.message if isinstance(error, Failure) else ""

"""The program's log: JSON lines for machines, readable lines on a terminal; never a token, a telephone number or what somebody wrote."""

import json
import logging
import os
import sys
import tempfile
import traceback
from collections.abc import Iterable, MutableMapping
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

import structlog

from bot.patterns import Pattern

_TOKEN = Pattern(r"(?<![0-9])[0-9]{5,12}:[A-Za-z0-9_-]{20,}")
_PHONE = Pattern(r"(?<![0-9A-Za-z])(?:\+?86[- ]?)?1[3-9][0-9](?:[- ]?[0-9]{4}){2}(?![0-9A-Za-z])")
_ADDRESS = Pattern(r"(?<=://)([^\s:/@]*):[^\s@]+@")
_LINK = Pattern(r"(?<=/enter/)[A-Za-z0-9_-]{8,}")
_CODE = Pattern(r"(?<![A-Za-z0-9])(?=[0-9]*[A-Z])[ACDEFGHJKMNPQRTUWXY34679]{8}(?![A-Za-z0-9])")
_NAMED = Pattern(
    r"(?i)((?:password|passwd|pwd|secret|token|authorization|cookie|api[_-]?key)[\"']?\s*[:=]\s*[\"']?(?:(?:bearer|basic)\s+)?)[^\s\"',;&)}\]]+"
)
_WORDS = frozenset(
    {
        *("text", "message", "content", "args", "name", "payload", "data", "token", "code", "secret", "phone"),
        *("password", "authorization", "cookie", "link", "session", "headers", "body"),
    }
)
"""Fields that could hold what somebody wrote, or what only they should know."""
_SPEAKING = (OSError, RuntimeError, ImportError, AttributeError, TypeError, NameError, AssertionError)
"""Errors whose message is the program's own; that of others may quote what somebody wrote."""

Event = MutableMapping[str, Any]


_withheld: set[str] = set()
"""The secrets of this deployment, whatever they look like."""


def withhold(secrets: Iterable[str]) -> None:
    """Keep these words out of whatever is said from now on; also as they stand in an address. Nothing under four signs is a secret."""
    for secret in secrets:
        _withheld.update(each for each in (secret, quote(secret, safe="")) if len(each) > 3)


def redacted(words: str) -> str:
    """Words without this deployment's secrets and what looks like one: token, password in an address, one-time link, code; or a mobile."""
    words = _LINK.sub("[link]", _ADDRESS.sub(r"\1:[password]@", _TOKEN.sub("[token]", words)))
    words = _PHONE.sub("[phone]", _CODE.sub("[code]", _NAMED.sub(r"\1[secret]", words)))
    for secret in sorted(_withheld, key=len, reverse=True):
        words = words.replace(secret, "[secret]")
    return words


def told(error: BaseException) -> list[str]:
    """An error and its causes, line by line: kinds and places in our code; messages only where they quote nobody."""
    lines: list[str] = []
    each: BaseException | None = error
    while each is not None and len(lines) < 200:
        speaks = isinstance(each, _SPEAKING) or type(each).__module__.partition(".")[0] in {"sqlite3", "asyncio"}
        lines.append(type(each).__qualname__ + (f": {redacted(str(each))[:300]}" if speaks else ""))
        lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(each.__traceback__)]
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return lines


def _exception(_logger: Any, _method: str, event: Event) -> Event:
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["exception"] = told(error)
    return event


def _discreet(_logger: Any, _method: str, event: Event) -> Event:
    for name, value in event.items():
        if name in _WORDS:
            event[name] = "[withheld]"
        elif name != "timestamp":
            event[name] = _safe(value)
    return event


def _safe(value: Any) -> Any:
    """A value whose words are redacted, however deep they stand; what is no plain value becomes words."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {redacted(str(name)): "[withheld]" if name in _WORDS else _safe(each) for name, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_safe(each) for each in value]
    return redacted(str(value))


def _readable(_logger: Any, _method: str, event: Event) -> str:
    at, level, what = event.pop("timestamp"), event.pop("level"), event.pop("event")
    lines = event.pop("exception", [])
    facts = " ".join(f"{name}={value}" for name, value in event.items())
    return "\n".join([f"{at[11:19]} {level:<7} {what}  {facts}".rstrip(), *(f"    {line}" for line in lines)])


def _json(_logger: Any, _method: str, event: Event) -> str:
    return json.dumps(event, ensure_ascii=False, default=str)


class _Foreign(logging.Handler):
    """Lets what libraries log take the same way."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger().log(record.levelno, record.getMessage(), logger=record.name, exc_info=record.exc_info)


def keep(error: BaseException, number: str) -> Path:
    """Write down an error that stopped a command, under a number; answers in which file."""
    if os.access("var", os.W_OK):
        path = Path("var") / "zhibu-errors.log"
    else:  # in a folder that others write to: a new name, which nobody can have laid in wait
        handle, name = tempfile.mkstemp(prefix=f"zhibu-error-{number}-", suffix=".log")
        os.close(handle)
        path = Path(name)
    with path.open("a", encoding="utf-8") as file:
        file.write("\n".join([f"error {number}", *told(error), ""]))
    return path


def configure(stream: TextIO | None = None, *, shape: str = "auto", level: str = "auto") -> None:
    """Set the log up on standard error. Left to itself, a person at a terminal sees what is wrong, a machine everything as JSON.

    Each line holds the `cause` that is bound: the short id of the event that is dealt with, or whose letter is sent; or a job and its
    occurrence. Libraries only speak from warnings on: their addresses hold tokens.
    """
    stream = stream or sys.stderr
    _withheld.clear()
    terminal = stream.isatty()
    readable = terminal if shape == "auto" else shape == "text"
    least = (logging.WARNING if terminal else logging.INFO) if level == "auto" else logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _exception,
            _discreet,
            _readable if readable else _json,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, handlers=[_Foreign()], force=True)

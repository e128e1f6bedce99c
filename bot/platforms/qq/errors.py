"""What QQ's numbers mean for a message on its way (api-call-guide and the pages of the two message calls, September 2026)."""

from datetime import timedelta

from bot.platforms.base import NotNow, Refused, SendError, SlowDown, Temporary, Uncertain, Unreachable
from bot.platforms.qq.transport import BadCredentials, Declined, Failure, NeverSent, NotAnswered, Throttled

SEEN = 40054005
"""The same `msg_id` and `msg_seq` came before: the message is there."""
OVER = frozenset({40034128, 40034005, 304026, 304027, 304103, 40034024, 40034025, 40034026, 40034027})
"""The message replied to is too old, or has had its number of replies."""
ADDRESSES = frozenset({40054010, 304003})
"""A link that is not registered."""
PLAIN_ONLY = frozenset({304036, 304037, 50056, 40034127, 40034008, 40034009, 40034010, 40034011, 40034124, 40034029, 305007})
"""Markdown or buttons that are not granted, or not so."""
UNGRANTED = frozenset({40034105, 40034102, 304046, 304048})
"""Nothing unasked may go there."""
WANTS_NONE = 40054013
"""The person lets nothing unasked in; where something was asked, they want nothing from the bot at all."""
NOT_OURS, TOO_LATE = 40062003, 40064004
"""Deleting: the bot is no administrator of the group; more than two minutes are over."""
GONE = frozenset({306001, 306002, 40061001, 40061002})
"""Deleting: there is no such message."""
_QUOTA = frozenset({40034100, 304022, 304045, 304049, 304050, 22009, 40054002})
"""The number of unasked messages is used up, or the bot may not speak for a while."""
NOBODY = frozenset({40054003, 40034101, 1100104, 1100301, 40054004, WANTS_NONE, 306009})
"""Not in the group, no friend, or the person wants nothing from the bot."""
AGAIN = frozenset({50055001, 50055002, 50055006, 40034004, 40054006, 11252, 11254, 11263, 11265, 11281, 40054016, 340067, 50065001, 11298})
"""QQ's own trouble, a bot that is switched off for now, or this machine's address not on QQ's list."""
_TOO_FAST = frozenset({1100100, 1100308, 20028, 50002, 610013, 620006})


def meaning(error: Failure) -> SendError:
    """The error delivery knows."""
    match error:
        case Throttled():
            return SlowDown(error.wait)
        case NeverSent() | BadCredentials():
            return Temporary(str(error))
        case Declined():
            return _declined(error)
        case NotAnswered():
            return Uncertain(str(error))
    return Uncertain(type(error).__name__)


def _declined(error: Declined) -> SendError:
    said, code = str(error), error.code
    if code in _TOO_FAST:
        return SlowDown(timedelta(seconds=10))
    if code in OVER or code in UNGRANTED or code in _QUOTA:
        return NotNow(said)
    if code in NOBODY:
        return Unreachable(said)
    if code in AGAIN or error.status >= 500 or error.status == 401:
        return Temporary(said)
    return Refused(said)

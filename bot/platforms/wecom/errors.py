"""What WeCom says when it does not do what it was asked, and what may be done about it."""

from datetime import timedelta

from bot.messages import ChatKind
from bot.platforms.base import NotNow, Refused, SendError, SlowDown, Temporary, Unreachable

BAD_CHAT = 93006
BAD_REQUEST, TOO_OLD = 846605, 846608
NOT_SUBSCRIBED = 846609
TOO_OFTEN = frozenset({45009, 45033})
"""More than the platform takes in a minute."""
STALE_TOKEN = frozenset({40014, 42001})
NOBODY = frozenset({81013, 40003, 60111})
"""None of the people named exists, or may see the app."""
BUSY = frozenset({-1, 6000, 50003, 41050})
A_MINUTE = timedelta(minutes=1)


class Failed(Exception):
    """WeCom answered with an error. `said` is its own words, which hold no secret of ours."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(f"{code} {said[:120]}")
        self.code = code
        self.said = said

    @property
    def late(self) -> bool:
        """Whether only the time for an answer is over, so that the same may be pushed."""
        return self.code in {BAD_REQUEST, TOO_OLD}


def meaning(error: Failed, kind: ChatKind) -> SendError:
    """What an answer of WeCom means for the message."""
    if error.code in TOO_OFTEN or "freq" in error.said.casefold():
        return SlowDown(A_MINUTE)
    if error.code == NOT_SUBSCRIBED or error.code in BUSY:
        return Temporary(str(error))
    if "conversation" in error.said.casefold() or "会话" in error.said:
        return NotNow("nobody has spoken to the bot there yet")
    if error.code in NOBODY or (error.code == BAD_CHAT and kind is ChatKind.PRIVATE):
        return Unreachable(str(error))
    if error.code == BAD_CHAT:
        return Unreachable("WeCom does not know this group, or the bot is not in it")
    return Refused(f"WeCom refuses it: {error}")

"""What a failure of a call means for a message on its way."""

from bot.platforms.base import Moved, Refused, SendError, SlowDown, Temporary, Uncertain, Unreachable, Vanished
from bot.platforms.telegram.transport import BadRequest, Conflict, Forbidden, InvalidToken, Migrated, NeverSent, ServerTrouble, Throttled

_NOBODY_THERE = (
    *("chat not found", "user not found", "peer_id_invalid", "user is deactivated", "input_user_deactivated"),
    *("group chat was deactivated", "group is deactivated", "upgraded to a supergroup"),
    *("not enough rights to send", "have no rights to send", "chat_write_forbidden"),
)
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message to delete not found",
    "message to react not found",
    "message not found",
)


def meaning(error: Exception, *, repeatable: bool) -> SendError:
    """The error delivery knows. What is `repeatable` – an edit, a mark – is never uncertain: doing it again changes nothing."""
    sorry: SendError
    match error:
        case Throttled():
            sorry = SlowDown(error.wait)
        case Migrated():
            sorry = Moved(str(error.new_chat_id))
        case Forbidden():
            sorry = Unreachable(error.message)
        case BadRequest():
            sorry = _refusal(error.message)
        case ServerTrouble() | InvalidToken() | Conflict() | NeverSent():
            sorry = Temporary(error.message)
        case _ if repeatable:
            sorry = Temporary(f"not answered ({type(error).__name__})")
        case _:
            sorry = Uncertain(f"sent but not answered ({type(error).__name__})")
    return sorry


def _refusal(message: str) -> SendError:
    said = message.casefold()
    if any(words in said for words in _NOBODY_THERE):
        return Unreachable(message)
    if any(words in said for words in _GONE):
        return Vanished(message)
    return Refused(message)

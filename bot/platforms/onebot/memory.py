"""What an account keeps in mind between messages."""

from bot.platforms.bounded import Bounded


class Memory:
    """Ids of messages that the bot sent or that were taken back, and by way of which group somebody was met."""

    def __init__(self, most: int = 10_000) -> None:
        self.sent: Bounded[str, bool] = Bounded(most)
        """Whether a message is the bot's, where that is known."""
        self.gone: Bounded[str, bool] = Bounded(1000)
        self.met: Bounded[str, str] = Bounded(most)

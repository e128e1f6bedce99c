"""The one error that may be shown to a person. Everything else is a bug."""

from bot.texts import Text


class UserError(Exception):
    """Something a person can mend; its text says what to do next. Nothing the message did is kept."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text

"""The marks that QQ takes under a message: emoji by the number of their sign, as far as its clients show them."""

USUAL = "128077"
"""A thumb."""
MARKS = frozenset("☀☕☺✨❌❔🌹🍉🍎🍓🍜🍞🍧🍺🍻🎉🐛🐮🐳🐵👊👌👍👏👦👨💓💝💤💦💨💪📫🔥😁😂😄😊😌😏😒😓😔😘😚😜😝😭😰😳")


def mark(emoji: str) -> str:
    """The id of a mark; one that QQ does not know becomes a thumb."""
    sign = emoji.removesuffix("\ufe0f")
    return str(ord(sign)) if sign in MARKS and len(sign) == 1 else USUAL

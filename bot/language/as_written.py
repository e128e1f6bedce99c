"""Words that are kept, as people write them: with the full-width punctuation of Chinese, and without the frame around them."""

from bot.language.normalise import HAN, clean
from bot.language.said import Said
from bot.language.simplified import simplified
from bot.patterns import Pattern

_SIGN = Pattern(f"(?<=[{HAN}0-9a-zA-Z)])(?P<sign>[,!?;:]) ?(?=[{HAN}]|$)|(?<=[{HAN}])(?P<after>[,!?;:]) ?")
_WIDE = str.maketrans(",!?;:", "，！？；：")
_ENDS = " ,，。.;；!！~、:：…"


def chinese(words: str) -> str:
    """One line, with the signs between Chinese words as Chinese writes them; nothing hangs on at its ends."""
    return _SIGN.sub(lambda each: each[0].strip().translate(_WIDE), clean(words)).strip(_ENDS)


def typed(said: Said) -> str:
    """The line as typed, in simplified characters: for readers that know no others."""
    return simplified(said.line)

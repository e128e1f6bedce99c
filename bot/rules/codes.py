"""One-time codes as people copy them: which signs they are made of, and reading one out of what was typed."""

import unicodedata

from bot.patterns import Pattern

ALPHABET = "ACDEFGHJKMNPQRTUWXY34679"
"""No sign that is taken for another: none of 0 O, 1 I L, 2 Z, 5 S, 8 B, U V."""
LENGTH = 8

_WORDS = Pattern("[A-Z0-9]+")


def typed(text: str) -> str:
    """What a text holds that could be a code, in one spelling; empty if nothing. Width, case, spaces and hyphens do not matter."""
    words: list[str] = _WORDS.findall(_joined(unicodedata.normalize("NFKC", text).upper()))
    whole = [word for word in words if is_code(word)]
    return whole[-1] if whole else "".join(words)[-LENGTH:]


def is_code(word: str) -> bool:
    """Whether a word is spelt like a code."""
    return len(word) == LENGTH and set(word) <= set(ALPHABET)


def _joined(text: str) -> str:
    """Hyphens and invisible signs inside a code do not part it."""
    return "".join(sign for sign in text if sign.isalnum() or sign.isspace())

"""Identity-card and bank-card numbers that people paste: they are masked before anything else is done with a message.

Identity numbers: GB 11643-1999, 18 signs whose last is a check digit; before 2013 also 15 digits. Bank cards: ISO/IEC 7812, the last
digit by Luhn. A number that fails its check is left alone: it is somebody's telephone, a claim, or an order number; unless the words
beside it call it an identity number: then it is one with a slip in it.
"""

from dataclasses import dataclass

from bot.patterns import Pattern

ID_MASK, CARD_MASK = "[身份证号]", "[银行卡号]"
_ASCII = str.maketrans("０１２３４５６７８９Ｘｘ\u3000\u00a0", "0123456789Xx  ")
"""One sign for one sign, so that what is found stands at the same place in what was written."""
_GAP = r"[\s\u200b-\u200d\ufeff.\-–—_·,，、]{0,2}"
_LONG = Pattern(rf"(?<![0-9])(?<![0-9][-.])(?:[0-9]{_GAP}){{17}}(?:[xX]|[0-9](?![0-9]))")
_BORN = r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_OLD = Pattern(rf"(?<![0-9])[1-9][0-9]{{5}}{_GAP}{_BORN}{_GAP}[0-9]{{3}}(?![0-9])")
_FOUR = r"[ -]?[0-9]{4}"
_CARD = Pattern(rf"(?<![0-9])(?:62|4[0-9]|5[1-5]|3[47]|9[0-9])[0-9]{{2}}(?:{_FOUR}){{2,3}}[ -]?[0-9]{{1,7}}(?![0-9])")
_CALLED = Pattern("(?i)身份证|证件号|身份号|identity|id card|id number")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_PROVINCES = frozenset(range(11, 16)) | frozenset(range(21, 24)) | frozenset(range(31, 38)) | frozenset(range(41, 47))
_MORE_PROVINCES = frozenset(range(50, 55)) | frozenset(range(61, 66)) | {71, 81, 82, 83, 91}


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without such numbers, and how many there were."""

    text: str
    count: int


def masked(text: str) -> Masked:
    """A text with every identity-card and bank-card number replaced by a word."""
    if not any(each.isdigit() for each in text):
        return Masked(text, 0)
    count = 0
    called = _CALLED.search(text) is not None

    def hide(pattern: Pattern, said: str, mask: str, real: object) -> str:
        nonlocal count
        parts, at = [], 0
        for found in pattern.finditer(said.translate(_ASCII)):
            if callable(real) and real(_plain(found[0])):
                parts += [said[at : found.start()], mask]
                at, count = found.end(), count + 1
        return "".join([*parts, said[at:]])

    for pattern, mask, real in (
        (_LONG, ID_MASK, _looks_like_one if called else is_identity),
        (_CARD, CARD_MASK, is_card),
        (_OLD, ID_MASK, _is_old),
    ):
        text = hide(pattern, text, mask, real)
    return Masked(text, count)


def _plain(words: str) -> str:
    """The digits of a number with its check sign."""
    return "".join(each.upper() for each in words if each in "0123456789xX")


def is_identity(number: str) -> bool:
    """Whether 18 signs are an identity-card number: a province, a birthday, and the check digit of GB 11643."""
    if len(number) != 18 or not number[:17].isdigit() or int(number[:2]) not in _PROVINCES | _MORE_PROVINCES:
        return False
    if number[6:8] not in {"18", "19", "20"} or not (1 <= int(number[10:12]) <= 12 and 1 <= int(number[12:14]) <= 31):
        return False
    return _check(number) == number[17]


def _looks_like_one(number: str) -> bool:
    """Whether 18 signs begin as an identity number does, whatever its check digit: one that was mistyped is still nobody's business."""
    return is_identity(number[:17] + _check(number)) if number[:17].isdigit() else False


def _check(number: str) -> str:
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11]


def _is_old(number: str) -> bool:
    return len(number) == 15 and int(number[:2]) in _PROVINCES | _MORE_PROVINCES


def is_card(number: str) -> bool:
    """Whether 16 to 19 digits are a bank card's: the last of them by Luhn."""
    if not 16 <= len(number) <= 19 or not number.isdigit():
        return False
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0

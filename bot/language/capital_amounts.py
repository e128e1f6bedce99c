"""Amounts of money in the capital numerals of receipts (人民币大写), which nobody can alter with a stroke.

Source: 《支付结算办法》（1997-12-01），附一《正确填写票据和结算凭证的基本规定》, art. 1, 2 and 4. Where art. 4 leaves a choice, the zero is
written inside the yuan (壹拾万零柒仟元) and not between yuan and jiao (捌拾元叁角); after jiao no 整 is written.
"""

SOURCE = "《支付结算办法》附一《正确填写票据和结算凭证的基本规定》（1997-12-01）"
GREATEST = 10**14 - 1
"""In fen: the numerals end with 仟亿."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def amount_in_words(fen: int) -> str:
    """An amount in fen in capital numerals, without the 人民币 that goes before them. Raises `ValueError` out of 0 to `GREATEST`."""
    if not 0 <= fen <= GREATEST:
        raise ValueError(f"no capital numerals for {fen} fen")
    yuan, rest = divmod(fen, 100)
    jiao, last = divmod(rest, 10)
    words = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"{words}整"
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif yuan:
        words += "零"
    return words + (f"{_DIGITS[last]}分" if last else "")


def _whole(yuan: int) -> str:
    """A whole number; zeros between two digits are said once, trailing ones not at all."""
    if not yuan:
        return _DIGITS[0]
    words, gap, group_said = "", False, False
    for place, digit in zip(range(len(str(yuan)) - 1, -1, -1), map(int, str(yuan)), strict=True):
        if digit:
            words += (_DIGITS[0] if gap else "") + _DIGITS[digit] + _UNITS[place % 4]
            group_said = True
        gap = not digit
        if place % 4 == 0 and group_said:
            words += _GROUPS[place // 4]
            group_said = False
    return words

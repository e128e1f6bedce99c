"""Words as WeCom's Markdown shows them unchanged.

The client is not known to understand a backslash before a sign, so every sign that could begin a markup is written in its full
width, which no renderer reads as one. In an address, where that would lead elsewhere, such a sign is written by its number.
"""

from bot.patterns import Pattern

_ADDRESS = Pattern(r"https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*")
_IN_ADDRESS = Pattern(r"[*~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_SIGNS = str.maketrans({"*": "＊", "_": "＿", "`": "｀", "~": "～", "<": "＜", "[": "［", "|": "｜", "\\": "＼", "$": "＄"})
_AT_LINE_START = Pattern(r"(?m)^([ \t]*)([#>+=-]|\d{1,9}[.)](?=\s|$))")
_INDENTED = Pattern(r"(?m)^(?: {4,}|[ ]{0,3}\t[ \t]*)")
_ENTITY = Pattern(r"&(?=#?[A-Za-z0-9]{1,40};)")
_BEFORE_LINE_END = Pattern(r"[ \t]+(?=\n)")
_STARTS = {"#": "＃", ">": "＞", "+": "＋", "=": "＝", "-": "－", ".": "．", ")": "）"}


def escaped(text: str) -> str:
    """The words, so that no markup comes of them."""
    parts: list[str] = []
    at = 0
    for address in _ADDRESS.finditer(text):
        parts += [_plain(text[at : address.start()]), _IN_ADDRESS.sub(lambda sign: f"%{ord(sign.group()):02X}", address.group())]
        at = address.end()
    return _line_starts("".join([*parts, _plain(text[at:])]))


def _plain(text: str) -> str:
    return _ENTITY.sub("＆", text.translate(_SIGNS))


def _line_starts(text: str) -> str:
    text = _AT_LINE_START.sub(lambda found: found[1] + found[2][:-1] + _STARTS[found[2][-1]], text)
    return _BEFORE_LINE_END.sub("", _INDENTED.sub("\u3000", text))

"""Addresses in a text. QQ refuses a message with a link to a site that was not registered with it.

An address is therefore spelled with the Chinese full stop, which a browser takes for a dot (UTS #46), and without its scheme. Where
even that is refused, words stand in its place.
"""

from collections.abc import Collection
from re import Match

from bot.patterns import Pattern
from bot.texts import Language, Text

_SITE = (
    r"(?i)(?P<scheme>https?://)?(?P<host>(?:(?<![\w.@-])(?:[a-z0-9-]{1,63}DOT){1,6}"
    r"(?:com|cn|org|net|gov|edu|me|io|top|xyz|info|cc|tv|site|online|app|dev)(?![\w-])|(?<=//)[\w.-]{1,253}))"
    r"(?P<rest>(?::\d{1,5})?(?:[/?#][!-~]*)?)"
)
_ADDRESS, _SPELLED = Pattern(_SITE.replace("DOT", r"\.")), Pattern(_SITE.replace("DOT", "[.。]"))
_HOW = Text("（QQ 里点不开链接：请把地址复制到浏览器打开）", "(QQ opens no links: please copy the address into a browser)")
_GONE = Text("（链接请看支部网页，或向书记要）", "(for the link see the branch's page or ask the secretary)")
_MARK = Pattern(r"(?i)<(?=qqbot-|@!?[0-9a-z]{8,64}>)")
"""What QQ makes a name, everybody, or a button of, wherever it stands in a text."""


def spelled(text: str, language: Language, registered: Collection[str] = ()) -> str:
    """The text with its addresses spelled so that they are no links, but for those of registered sites; how to open them comes last."""
    found = False

    def one(match: Match[str]) -> str:
        nonlocal found
        host = match["host"].casefold().rstrip(".")
        if any(host == each or host.endswith(f".{each}") for each in registered):
            return match[0]
        found = True
        return match["host"].replace(".", "。") + match["rest"]

    changed = _ADDRESS.sub(one, text)
    return f"{changed}\n{_HOW.to(language)}" if found else changed


def without(text: str, language: Language) -> str:
    """The text, spelled or not, with words in the place of its addresses."""
    return _SPELLED.sub(lambda _: _GONE.to(language), text.replace(f"\n{_HOW.to(language)}", ""))


def harmless(text: str) -> str:
    """The text without QQ's own marks: what somebody typed calls nobody by name and not everybody."""
    return _MARK.sub("＜", text)

"""What a person reads of a message: where any markup came of its words, it is seen in them."""

from markdown_it import MarkdownIt

from tests.wecom_server.model import Shown

_WIDE = str.maketrans("＊＿｀～＜［｜＼＄＆＃＞＋＝－．）", "*_`~<[|\\$&#>+=-.)")
_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_INERT = {"paragraph_open", "paragraph_close", "inline", "text", "softbreak"}


def read(message: Shown) -> str:
    """The words of a message."""
    if message.kind != "markdown":
        return message.text
    tokens = _MARKDOWN.parse(message.text)
    inner = [child.type for token in tokens for child in token.children or ()]
    if {each.type for each in tokens} | set(inner) <= _INERT:
        return message.text.translate(_WIDE)
    return str(_MARKDOWN.render(message.text))

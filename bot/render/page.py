"""One document of headed lists as a single page of HTML: opened by any phone without a connection, printed as it is."""

from collections.abc import Sequence
from html import escape

_STYLE = (
    "body{font:1.05rem/1.7 sans-serif;max-width:42rem;margin:1rem auto;padding:0 1rem;color:#222;background:#fff}"
    "h1{font-size:1.3rem}h2{font-size:1.1rem;border-bottom:1px solid #ccc;margin-top:1.6rem}ul{padding-left:1.2rem}"
)


def page(title: str, parts: Sequence[tuple[str, Sequence[str]]], language: str) -> bytes:
    """A page with a title and lists under heads. It loads nothing and runs nothing; words are only ever words."""
    body = "".join(
        f"<h2>{escape(head)}</h2>\n<ul>\n" + "".join(f"<li>{escape(line)}</li>\n" for line in lines) + "</ul>\n" for head, lines in parts
    )
    lang = "zh-CN" if language == "zh" else "en"
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style>"
    )
    return f'<!DOCTYPE html>\n<html lang="{lang}"><head>{head}</head>\n<body>\n<h1>{escape(title)}</h1>\n{body}</body></html>\n'.encode()

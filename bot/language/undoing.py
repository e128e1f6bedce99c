"""弄错了: saying that what one just did was a mistake, without saying what to do about it."""

from bot.language.normalise import bare

_MISTAKEN = frozenset(
    f"{when}{who}{mistaken}"
    for when in ("", "刚才", "刚刚", "刚")
    for who in ("", "我")
    for mistaken in ("弄错了", "搞错了", "点错了", "按错了", "发错了", "弄错", "点错")
) | frozenset(f"我{when}{mistaken}" for when in ("刚才", "刚刚", "刚") for mistaken in ("弄错了", "搞错了", "点错了", "按错了", "发错了"))


def mistaken(text: str) -> str | None:
    """No arguments, where a text says only that; None for anything that says more."""
    return "" if bare(text) in _MISTAKEN else None

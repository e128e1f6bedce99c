"""Saying that one is fine in more words than one: 报平安，我很好."""

from bot.language.normalise import bare, clean
from bot.patterns import Pattern

_LONGEST = 30
_FIRST = Pattern(r"[，,。.！!、;；\s]")
_FINE = frozenset({"平安", "报平安", "報平安", "一切平安", "一切都好", "都平安", "今天平安", "我平安", "安好"})
_WORDS = _FINE | {"签到", "簽到", "打卡", "报到签到", "qiandao", "checkin"}
_ASKING = ("吗", "么", "?", "？", "没", "不", "烦", "谁", "必须")


def fine(text: str) -> str | None:
    """The empty string for a short sentence whose first words say that the speaker is fine, or whose last word is 签到; else None.

    Questions, refusals and complaints are nothing of the kind.
    """
    said = clean(text)
    if len(said) > _LONGEST or any(mark in said for mark in _ASKING):
        return None
    parts = [bare(part) for part in _FIRST.split(said) if part]
    if not parts:
        return None
    return "" if parts[0] in _FINE or (len(parts) > 1 and (parts[0] in _WORDS or parts[-1] in _WORDS)) or parts == ["簽到"] else None

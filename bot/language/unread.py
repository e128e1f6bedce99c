"""Asking who has not read a notice: 看看谁没看公告, N7 谁没回."""

from bot.language.normalise import bare
from bot.patterns import Pattern

_LONGEST = 30
_ASKED = Pattern(
    "(?:我?(?:想|要|想要)?(?:知道|看看|看一?下|看|查查|查一?下?)|帮我(?:看|查)(?:看|查|一?下)?)?(?:(?:公告|通知|这条|那条)?(?P<before>n[0-9]{1,4})?)?(?:还有)?(?:谁|哪些人|哪几个)(?:还)?(?:没有?|未)(?:看|读|回|收到|看到|回收到)(?:过)?"
    "(?:公告|通知|这条|那条)?(?P<after>n[0-9]{1,4})?(?:的|了|啊|呀|呢|吗)?"
)


def asked(text: str) -> str | None:
    """The number of the notice, or an empty string for the last one; None for anything else."""
    said = bare(text).replace(" ", "")
    found = _ASKED.fullmatch(said) if len(said) <= _LONGEST and ("公告" in said or "通知" in said or "n" in said or "条" in said) else None
    return (found["before"] or found["after"] or "").upper() if found else None

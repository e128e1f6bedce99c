"""Questions about the dues of everybody: 谁还没交党费, 3月党费交齐了吗. Pure; who may know the answer is for others."""

from bot.language.normalise import bare
from bot.patterns import Pattern

_WHOSE = frozenset("谁哪w")
"""Who is asked for: characters of which every such question has one."""
_MONTH = r"(?P<month>(?:20[0-9]{2}年|去年|今年)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?|上个?月|这个?月|本月|今年|去年)?(?:的)?"
_WHO = "(?:还有谁|有谁|谁|哪些人|哪些党员|哪几个人?|哪位)(?:同志)?"
_NOT_PAID = "(?:还)?(?:没有?|未)(?:交|缴)(?:齐)?"
_UNPAID = Pattern(f"{_WHO}{_MONTH}{_NOT_PAID}(?P<later>[0-9]{{1,2}}月份?)?(?:的)?党费(?:了)?[吗呢啊]?")
_BARE = Pattern(f"{_WHO}{_MONTH}(?:{_NOT_PAID}|(?:还|都)?欠(?:着)?(?:了)?(?:党)?费)(?:的)?[吗呢啊]?")
_OF_MONTH = Pattern(f"{_MONTH}党费{_WHO}{_NOT_PAID}(?:的)?[吗呢啊]?")
_ALL_IN = Pattern(f"{_MONTH}(?:的)?党费(?:大家)?(?:都)?(?:交|缴|收)(?:齐|全|完)(?:了)?(?:吗|没有?|么|没)")
_ENGLISH = Pattern(r"who (?:has|have) not (?:yet )?paid (?:the |their )?dues(?: yet)?(?: for (?P<month>[a-z0-9 -]{3,20}))?")


def unpaid(text: str) -> str | None:
    """The month named in a question who has not paid, "" where none is named; None for anything else."""
    return _month(text, _UNPAID, _OF_MONTH, _BARE, _ENGLISH) if not _WHOSE.isdisjoint(bare(text)) else None


def all_in(text: str) -> str | None:
    """The month named in a question whether dues are all in, "" where none is named; None for anything else."""
    return _month(text, _ALL_IN) if "费" in bare(text) else None


def _month(text: str, *patterns: Pattern) -> str | None:
    said = bare(text)
    for pattern in patterns:
        if match := pattern.fullmatch(said):
            return match["month"] or match.groupdict().get("later") or ""
    return None

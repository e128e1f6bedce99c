"""发错了，时间是九点: something in the notice just posted is wrong; and its words with the right hour."""

from bot.language.normalise import bare
from bot.language.simplified import simplified
from bot.patterns import Pattern

_LONGEST = 60
_WRONG = "(?:我)?(?:时间|地点|日期|内容)?(?:发|写|打|弄|搞|说)错了[,。!; ]{1,2}"
_AMISS = Pattern(
    f"(?:刚才|刚刚|刚)?(?:的|那条|发的)?{_WRONG}(?P<right>(?:应该|实际)?(?:集合)?(?:时间|地点|日期|几点)[^?]{{2,30}})"
    f"|(?:刚才|刚刚|刚)?(?:的|那条|发的|那个)?(?:公告|通知)(?:里|上)?(?:刚才|刚刚)?{_WRONG}(?P<right2>[^?]{{2,30}})"
    "|(?:刚才|刚刚)?的?(?:公告|通知)(?:里|上)?的?(?:时间|地点|日期)(?:错|不对|有误)了?[,。 ]{0,2}"
    "(?P<right3>(?:应该)?(?:是|改|应为)[^?]{1,30})"
    "|(?:the )?notice (?:is|was) wrong[,: ]{1,2}(?P<right4>.{4,30})"
)
_HOUR = Pattern(
    "(?P<part>凌晨|早上|上午|中午|下午|傍晚|晚上|早|晚)?(?P<hour>(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})(?:点(?:半"
    "|钟|整|[0-9一二三四五六七八九十]{1,3}分?)?|[:：][0-9]{2}))"
)


def heard(text: str) -> str | None:
    """What should stand there; None for anything else."""
    said = simplified(bare(text))
    found = _AMISS.fullmatch(said) if len(said) <= _LONGEST else None
    return next(filter(None, found.groups()), None) if found else None


def reworded(notice: str, right: str) -> str | None:
    """The words of a notice with its one hour put right; None where it names none or several, or where `right` names no one hour."""
    old, new = list(_HOUR.finditer(notice)), list(_HOUR.finditer(right))
    if len(old) != 1 or len(new) != 1:
        return None
    part = new[0]["part"] or old[0]["part"] or ""
    return f"{notice[: old[0].start()]}{part}{new[0]['hour']}{notice[old[0].end() :]}"

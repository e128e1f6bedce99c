"""“I pay my dues where I am” and “here again” (在流入地交党费, 回本支部交党费), as members and keepers say it. Pure."""

from bot.language.normalise import clean
from bot.patterns import Pattern

_THERE = "(?:流入地|外地|打工地|务工地|工作地|所在地|当地|那边|厂里|单位|公司|接收地?)"
_ORGANISATION = "(?:的)?(?:党?支部|党组织|党委|社区)?(?:那边|里)?"
_PAY = "(?:交|缴)(?:的|过|了)?"
_ELSEWHERE = Pattern(
    f"(?:我|本人)?(?:的)?(?P<before>[^，,。？?！!]{{0,12}}?)(?:的)?(?:党费)?(?:都|已经?|就|现在|以后)?在{_THERE}{_ORGANISATION}"
    f"(?:就|已经?|都)?{_PAY}(?P<after>[^，,。？?！!]{{0,12}}?)(?:的)?(?:党费)?(?:了|的)?"
)
_HERE = Pattern(
    f"(?:我|本人)?(?:以后|现在|又)?(?:的)?(?:党费)?(?:就|都)?(?:回|在)(?:本支部|咱们?支部|家里支部|老家支部|原支部)(?:来)?{_PAY}(?:党费)?(?:了)?"
)
_NOTHING = Pattern("(?:现在|已经?|都|从|今年|起|开始|[0-9一二三四五六七八九十年月份到至、和,–-]|\\s)*")
_MARKS = " 。.!！"


def elsewhere(text: str, *, of_dues: bool = True) -> str | None:
    """The months in a statement that dues are paid where the member is, "" for none named; None for anything else.

    Unless it is known that the talk is `of_dues`, the sentence has to name them.
    """
    said = clean(text).strip(_MARKS)
    match = _ELSEWHERE.fullmatch(said)
    if match is None or (of_dues and "党费" not in said):
        return None
    months = " ".join(each.replace("党费", "") for each in (match["before"], match["after"]) if each)
    return months.strip() if _NOTHING.fullmatch(months) else None


def here(text: str) -> bool:
    """Whether a statement says that dues are paid to this branch again."""
    said = clean(text).strip(_MARKS)
    return "党费" in said and _HERE.fullmatch(said) is not None

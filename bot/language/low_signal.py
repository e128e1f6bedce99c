"""Going where there is no signal, and coming back: 明天开渔，信号不好，有事发短信; 出海十天; 回港了; 省流量."""

from dataclasses import dataclass

from bot.language.normalise import bare
from bot.language.numerals import NUMERAL, number
from bot.patterns import Pattern

_LONGEST = 60
_SPAN = rf"(?P<half>半)?(?P<count>{NUMERAL})?(?P<and_half>个半)?个?(?P<unit>天|日|周|星期|礼拜|月)(?:左右|吧|多)?"
_DURATION = Pattern(
    rf"(?:要|得|大概|大约|估计|差不多|可能|去|为期|这一?趟)?(?:去|要)?(?:{_SPAN})(?:(?:之|以)?后?(?:才)?(?:能)?(?:回来?|回港|靠岸))?(?:了)?"
)
_WHO, _WHEN = "(?:我们?|咱们?|俺|我们船|船)?", "(?:今天|今晚|明天|明早|明儿|明日|后天|马上|这就|现在|等下|一会儿?|晚上)?(?:就|又)?"
_LEAVING = Pattern(
    f"(?:{_WHEN}{_WHO}|{_WHO}{_WHEN})(?:要|得|准备|打算|该|快要)?(?:出海打鱼|出海捕鱼|下海打鱼|出海|出远海|出远洋|上船|开渔|开船)(?:去|了|啦|喽|咯)*"
)
_NO_SIGNAL = Pattern(
    "(?:船上|海上|山里|山上|工地上?|那边|这边|这里|那里|路上|这几天|这段时间)?(?:手机)?(?:的)?(?:信号|网络?|流量)(?:很|太|不太|特别)?(?:不好|差|弱|不稳|不行|没有|断)(?:了)?"
    "|(?:船上|海上|山里|山上|工地上?|那边|这边|这里|那里|路上|这几天|这段时间)?(?:没有?|没什么|收不到|基本没)(?:信号|网络?)(?:了)?"
)
_BY_MESSAGE = Pattern("(?:有事|有要紧事|急事|要紧的?事?)?(?:就|再|请|只)?(?:发|给我发|打)(?:个|条)?短信(?:吧|就行|给我)?")
_ONLY_NEEDED = Pattern(
    "(?:有|没)?(?:急事|要紧的?事?|必要的?)(?:再|才|就)(?:找我|发|说|告诉我)(?:吧)?|只发(?:要紧|必要|急)的?事?|别的(?:先)?别发"
)
_ENGLISH = Pattern(
    r"(?:i am |i'm |we are )?(?:going |off )?(?:out )?(?:to|at) sea(?: (?:for )?(?P<count>[0-9]{1,3}) (?P<unit>day|week|month)s?)?"
)
_BACK = Pattern(
    f"{_WHO}(?:已经?|刚|刚刚|平安)?(?:回来|回港|靠岸|靠港|上岸|进港|下船|有信号|信号好|信号恢复)(?:了|啦|喽|咯)"
    "|(?:我)?(?:从海上|出海)回来(?:了|啦)|(?:i am |i'm |we are )?back(?: (?:from sea|ashore|in port))?|ashore"
)
_UNITS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "day": 1, "week": 7, "month": 30}
_CLAUSES = Pattern("[,，。;；、 !！.]+")


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody will have no signal: for so many days if they said so; `by_message` where they asked for text messages (短信)."""

    days: int | None = None
    by_message: bool = False


def leaving(text: str) -> Leaving | None:
    """What a sentence says about going where there is no signal; None for one that says anything else besides."""
    said = bare(text)
    if len(said) > _LONGEST:
        return None
    if english := _ENGLISH.fullmatch(said):
        return Leaving(int(english["count"]) * _UNITS[english["unit"]] if english["count"] else None)
    found, days = {"leaving": False, "signal": False, "message": False}, None
    for clause in _CLAUSES.split(said):
        head = _LEAVING.match(clause)
        rest = clause[head.end() :] if head else clause
        found["leaving"] |= head is not None
        if rest and (span := duration(rest)) is not None:
            days = span
        elif _NO_SIGNAL.fullmatch(rest):
            found["signal"] = True
        elif _BY_MESSAGE.fullmatch(rest):
            found["message"] = True
        elif rest and not _ONLY_NEEDED.fullmatch(rest):
            return None
    if not found["leaving"] and not (found["signal"] and (found["message"] or days is not None)):
        return None
    return Leaving(days, found["message"])


def duration(words: str) -> int | None:
    """The days of a span: 十天, 半个月, 两个星期, 一个半月; None for anything else."""
    said = _DURATION.fullmatch(bare(words))
    if said is None or (said["half"] is None) == (said["count"] is None):
        return None
    unit = _UNITS[said["unit"]]
    if said["half"]:
        return unit // 2 if unit > 1 else None
    count = number(said["count"])
    return None if count is None or count > 999 else count * unit + (unit // 2 if said["and_half"] else 0)


def returned(text: str) -> bool:
    """Whether somebody says that they are back."""
    said = bare(text)
    return len(said) <= _LONGEST and _BACK.fullmatch(said) is not None

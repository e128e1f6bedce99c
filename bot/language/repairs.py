"""What is taken back in the same breath: 捐一百，哦不对，捐两百 says 捐两百; 3月22，不对，23号去温州 says 3月23号去温州.

The second of two things of one kind takes the place of the first: a clause that begins as the first did, a number, a letter, a day, a
place. Where nothing of that kind was said before, nothing is repaired.
"""

from bot.language.place_slots import mentioned
from bot.patterns import Pattern

_CUES = Pattern("不对|不是|错|[哦啊呃噢不]不|岔|更正|口误|笔误|no, |i mean|wait,|sorry,|actually")
_LONGEST = 120
_OH = "(?:不好意思|等等|等一下|哎呀?|哦|啊|呃|额|噢|喔|唉|诶|呀|嗯|那个|oh|sorry|wait)"
_WRONG = (
    "(?:(?:刚才?|刚刚)?我?(?:打|说|写|按|发|填|记|选|点|输|报|讲|认|投|弄|搞)(?:错|岔)(?:字|行|键)?(?:了|咯|啦|喽|嘞)?|错了|口误|笔误"
    "|更正(?:一下)?|不对不对|不对|不是不是|不是|不不|(?<=[哦啊呃噢])不|no|i mean|wait|sorry|actually)"
)
_MARK = Pattern(
    rf"^(?P<said>.{{1,80}}?)[,，。.…!！;；~ ]{{1,6}}(?:{_OH}[,，。.… ]{{0,2}}){{0,2}}{_WRONG}(?:[,，。.…!！:： ]{{1,4}}{_WRONG})?"
    r"[,，。.…!！:： ]{1,4}(?P<meant>.+)$"
)
_UNPARTED = Pattern(
    f"^(?P<said>.{{1,80}}?)(?:{_OH}){{0,2}}(?<![对是说])(?:不对|哦不|说错了|打错了|写错了|填错了)[,，。 ]?(?:应该是|应该"
    "|应为|是)(?P<meant>.+)$"
)
"""As it is spoken into a telephone: 三月交了二十不对是二十五."""
_LEAD = Pattern("^(?:我说的是|我要说的是|我是说|我是想说|我的意思是|应该是|应该|应为|改成|改为|换成|就是|是|it's|make it)[,， ]?(?=.)")
_FIGURE = "[0-9]{1,8}(?:\\.[0-9]{1,2})?|[一二两三四五六七八九十百千万零壹贰叁肆伍陆柒捌玖拾佰仟]{1,8}"
_UNIT = "块钱|元整|块|元|号|日|点半|点|月份?|个人|人|个|分|毛|年|天"
_NUMBER = Pattern(f"(?P<figure>{_FIGURE})(?P<unit>{_UNIT})?(?P<more>半)?")
_LETTER = Pattern("(?<![A-Za-z])(?P<figure>[A-Ha-h])(?![A-Za-z])")
_DAY = Pattern("(?P<figure>大前天|前天|昨天|今天|明天|大后天|后天|[上下本这]{0,2}个?(?:周|星期|礼拜)[一二三四五六日天])")
_KINDS = (_DAY, _NUMBER, _LETTER)
_MANY, _FEW = 8, 2
_VERBS = frozenset("捐选交转到在去认分给补缴投领出付改住搬来我俺请")
"""What one character may show that the clause is begun again."""
_MONTH = frozenset({"月", "月份", "年"})


def repaired(line: str) -> str | None:
    """The line (`Said.line`, simplified) as it is meant; None where nothing is taken back, or nothing of the kind was said."""
    if len(line) > _LONGEST or not _CUES.search(line):
        return None
    for pattern in (_MARK, _UNPARTED):
        found = pattern.match(line)
        if found is None:
            continue
        said, meant = found["said"], found["meant"].strip()
        if pattern is _MARK and (again := _begun_again(said, meant)) is not None:
            return again
        told = _LEAD.sub("", meant)
        if (put := _of_a_kind(said, told)) is not None or (put := _of_place(said, told)) is not None:
            return put
    return None


def _begun_again(said: str, meant: str) -> str | None:
    """捐一百 | 捐两百: what was said up to the words with which the second begins, and the second."""
    for size in range(min(_MANY, len(meant) - 1), 0, -1):
        begun = meant[:size]
        if (size < _FEW and begun not in _VERBS) or begun[0] in ",，。 " or begun.isdigit():
            continue
        at = said.rfind(begun)
        if at >= 0:
            return said[:at] + meant
    return None


def _of_a_kind(said: str, meant: str) -> str | None:
    for kind in _KINDS:
        new = kind.match(meant)
        if new is None:
            continue
        for old in reversed(list(kind.finditer(said))):
            if kind is not _NUMBER or _alike(old["unit"] or "", new["unit"] or ""):
                unit = "" if kind is not _NUMBER or new["unit"] else old["unit"] or ""
                return said[: old.start()] + new[0] + unit + said[old.end() :] + meant[new.end() :]
    return None


def _alike(old: str, new: str) -> bool:
    """Whether two numbers count the same: 22 and 23号 do, 3月 and 25块 do not."""
    return old == new or (not old and new not in _MONTH) or (not new and old not in _MONTH)


def _of_place(said: str, meant: str) -> str | None:
    new = next(iter(mentioned(meant)), None)
    if new is None or new[0]:
        return None
    old = next(reversed(list(mentioned(said))), None)
    return said[: old[0]] + meant[: new[1]] + said[old[1] :] + meant[new[1] :] if old is not None else None

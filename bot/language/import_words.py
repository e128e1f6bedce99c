"""What is said of importing a table of members: that one wants to, which rows, and that it be taken back."""

import re

from bot.language.normalise import bare, clean
from bot.language.numerals import number
from bot.patterns import Pattern

MOST = 20_000
"""Rows that a choice may span."""
_POLITE = "(?:请|麻烦|帮忙|帮我|给我|我要|我想|想要|想)*"
_WANTED = Pattern(
    f"{_POLITE}(?:怎么|如何|怎样)?(?:批量|成批|一次)?(?:导入|导进|上传)(?:支部)?(?:的)?(?:党员)?(?:名册|花名册|台账|名单|党员|党员信息|人员信息)(?:吧|呢|啊|的表)?"
    "|(?:how (?:do|can) i |please |i want to |let me )?(?:import|upload) (?:the |our )?(?:register|roster|members|list of members)",
    flags=re.IGNORECASE,
)
_ALL = Pattern(
    "(?:全部|所有|都)(?:给我)?(?:导入|导进去|导)(?:吧|了)?|(?:导入|导)(?:全部|所有|完)(?:的)?(?:行|人)?(?:吧|了)?|全导(?:入)?(?:吧|了)?"
    "|import (?:it |them )?all|import everything",
    flags=re.IGNORECASE,
)
_EVERY = Pattern("(?:全部|所有|都导|全导|都要|全要)(?:的)?(?:行|人)?(?:吧|了)?|all(?: rows)?", flags=re.IGNORECASE)
_SOME = Pattern("(?:只)?导入(?P<rows>第.+|[0-9].*?行)|import (?:rows? )(?P<english>.+)", flags=re.IGNORECASE)
_UNDO = Pattern(
    f"{_POLITE}(?:撤销|撤回|取消|撤掉)(?:刚才|刚刚|上次|昨天|最近|这次|上一次|前面)?(?:的)?(?:那次|那个)?(?:名册)?(?:的)?导入(?:的名册)?"
    "|(?:把)?(?:刚才|刚刚|上次|昨天|最近|这次)?(?:的)?导入(?:的名册)?(?:给)?(?:撤销|撤回|撤|取消)(?:了|掉)?(?:吧)?"
    "|undo (?:the|my|that|last|the last) import",
    flags=re.IGNORECASE,
)
_NUMBER = "(?:第)?([0-9]{1,6}|[一二三四五六七八九十百千零两]{1,8})(?:行)?"
_RANGE = Pattern(f"{_NUMBER}(?:-{_NUMBER})?")
_BETWEEN = Pattern(r"[\s,，、;；和]+")
_AROUND = Pattern(r" ?(?:-|–|—|~|～|到|至|\bto\b) ?")


def wanted(text: str) -> str | None:
    """An empty string if somebody wants to import and shows no table yet; the table itself, where one is pasted."""
    if is_table(text):
        return text
    return "" if _WANTED.fullmatch(bare(text)) else None


_HEADINGS = frozenset({"姓名", "名字", "党员姓名", "name"})


def is_table(text: str) -> bool:
    """Whether lines of a sheet were pasted: a heading for the name beside another, and a row below it."""
    lines = [line for line in text.split("\n") if line.strip()]
    cells = [each.strip().casefold() for each in _CELLS.split(lines[0].strip())] if len(lines) > 1 else []
    return len(cells) > 1 and not _HEADINGS.isdisjoint(cells)


_CELLS = Pattern("[\t,，|]+")


def chosen(text: str) -> str | None:
    """The words for rows in a sentence that has them imported: 全部导入, 导入第2到5行."""
    said = bare(text)
    if _ALL.fullmatch(said):
        return "全部"
    found = _SOME.fullmatch(clean(text).strip(" 。.!！"))
    words = (found["rows"] or found["english"]) if found else ""
    return words if words and is_choice(words) else None


def undone(text: str) -> str | None:
    """An empty string if an import is to be taken back."""
    return "" if _UNDO.fullmatch(bare(text)) else None


def rows(words: str) -> set[int] | None:
    """The rows that words choose: 全部 is None; 1-20 25, 第3行到第5行. Raises `ValueError`."""
    said = clean(words).strip(" 。.!！")
    if _EVERY.fullmatch(said):
        return None
    found: set[int] = set()
    for each in filter(None, _BETWEEN.split(_AROUND.sub("-", said))):
        match = _RANGE.fullmatch(each)
        first = number(match[1]) if match else None
        last = number(match[2]) if match and match[2] else first
        if first is None or last is None or last < first or last - first > MOST:
            raise ValueError(each)
        found.update(range(first, last + 1))
    if not found:
        raise ValueError(words)
    return found


def is_choice(words: str) -> bool:
    """Whether words choose rows."""
    try:
        rows(words)
    except ValueError:
        return False
    return True

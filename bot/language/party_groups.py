"""Who goes into which party group (党小组), as a secretary writes it: 李小山、周海 到 第一小组."""

from bot.language import names
from bot.language.normalise import clean
from bot.patterns import Pattern

_INTO = Pattern(
    r"(?P<names>.{1,200}?)(?:请|都|和)?\s*(?:调到|分到|分在|编到|编入|划到|放到|进到|归到|归入|加入|归|到|进|->|→)\s*(?P<group>[^\s,，、。]{1,20}组)[。.]?"
)
_ENGLISH = Pattern(r"(?i)(?:put|move)\s+(?P<names>.{1,200}?)\s+(?:in|into|to)\s+(?:the\s+)?(?P<group>.{1,40}?(?:group.{0,10}|组))")
_ORDINAL = Pattern(r"第?(?P<number>[0-9一二三四五六七八九十]{1,3})(?:党)?小?组")


def placing(text: str) -> str | None:
    """`NAMES>GROUP` if a sentence puts people into a group that is named as one; None for any other sentence."""
    said = clean(text)
    found = _INTO.fullmatch(said) or _ENGLISH.fullmatch(said)
    if found is None:
        return None
    listed = people(found["names"])
    return f"{'、'.join(listed)}>{found['group']}" if listed else None


def people(words: str) -> list[str]:
    """The names in a list, each once; none where something in it is not a name."""
    found = list(dict.fromkeys(each.removesuffix("同志") or each for each in names.names(words.removeprefix("把").removeprefix("请"))))
    return found if all(names.is_name(each) for each in found) else []


def spelled(name: str) -> str:
    """A group's name by which it is found: 第1小组, 一组 and 第一党小组 are one."""
    found = _ORDINAL.fullmatch(name.strip())
    if found is None:
        return name.strip().removesuffix("党小组").removesuffix("小组").casefold()
    digits = dict(zip("123456789", "一二三四五六七八九", strict=True)) | {"10": "十"}
    return digits.get(found["number"], found["number"])


_RENAMING = Pattern(r"(?P<old>.{1,40}?)\s*(?:改名为|改名叫|改为|改成|改叫|为|叫|成|to|->|→)\s*(?P<new>.{1,40})")


def renaming(words: str) -> tuple[str, str] | None:
    """The old and the new name in “第一小组 为 城东小组”; two words alone are both."""
    said = clean(words)
    found = _RENAMING.fullmatch(said)
    if found is not None:
        return found["old"].strip(), found["new"].strip()
    parts = said.split()
    return (parts[0], parts[1]) if len(parts) == 2 else None

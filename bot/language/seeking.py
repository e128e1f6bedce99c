"""What people say about those who are lost: 我知道李小山在哪, 找到了 李小山 电话, 愿意联系 K7M2."""

from bot.language import names, persons
from bot.language.normalise import clean, signs
from bot.patterns import Pattern

WAYS = {
    "phone": ("电话", "手机", "打电话", "phone", "call"),
    "message": ("微信", "短信", "信息", "qq", "wechat", "message", "sms"),
    "visit": ("走访", "上门", "入户", "当面", "见面", "visit"),
    "family": ("家人", "家属", "家里人", "亲戚", "父母", "family"),
    "others": ("同事", "老乡", "邻居", "战友", "朋友", "同学", "friend", "neighbour"),
    "letter": ("写信", "信", "来信", "letter"),
}
"""The kinds of way by which somebody is looked for, and the words for each. Nothing else about it is kept."""
_WAY_OF = {word: way for way, words in WAYS.items() for word in words}
_KNOWS = (
    Pattern(
        r"(?:我|俺)(?:好像|也|应该|大概|可能|倒)?(?:知道|晓得|清楚)(?P<name>\S{2,15}?)(?:同志)?(?:现在|如今|这会儿)?"
        r"(?:人)?(?:在哪里?儿?|在什么地方|在啥地方|去哪了?|去了哪里?|的下落|的消息|的去向|怎么联系)(?P<rest>[,。;! ].*)?[。.!]?"
    ),
    Pattern(
        r"(?:我|俺)(?:也|倒)?(?:能|可以)?(?:联系得?上|联系得到|找得到|打听到了?)"
        r"(?P<name>\S{2,15}?)(?:同志)?(?:了)?(?P<rest>[,。;! ].*)?[。.!]?"
    ),
    Pattern(r"(?i)i know where (?P<name>[a-z' -]{2,40}?) is(?P<rest>[,.;! ].*)?[.!]?"),
)
_TAKES = Pattern(r"(?:我来|我去|让我来?|由我)(?:找|联系|打听)(?:一下|找)? ?(?P<name>\S{2,15}?)(?:同志)?(?:吧)?[。.!！]?")
_CODE = 8
"""Characters of a one-time code."""
_ANSWERS = Pattern(r"(?P<no>不)?(?:愿意|想|同意)(?:联系|和支部联系|跟支部联系)?[ :：,，]*(?P<code>[A-Za-z0-9][A-Za-z0-9 -]{6,14})")


def known(text: str) -> str | None:
    """The name in “我知道李小山在哪”; what follows – where they are – is not taken along."""
    said = clean(text)
    if len(said) > 120:
        return None
    for pattern in _KNOWS:
        found = pattern.fullmatch(said)
        if found is not None and _personal(name := found["name"].strip()):
            return name
    return None


def only_name(words: str) -> str:
    """The name at the head of what follows 我知道; where they are is left out."""
    said = clean(words)
    whole = known(f"我知道{said}")
    if whole is not None:
        return whole
    head = said.split(",")[0].split("，")[0].strip().removesuffix("同志")
    return head if names.is_name(head) else said.split()[0][:15] if said.split() else ""


def taking(text: str) -> str | None:
    """The name in “我来找李小山”."""
    found = _TAKES.fullmatch(clean(text))
    return found["name"] if found is not None and _personal(found["name"]) else None


_FOUND = Pattern(r"(?P<not>没)?(?:找到|联系上)(?(not)|了)[ :,]*(?P<rest>.{2,60})")


def found(text: str) -> str | None:
    """What follows “找到了”, where that begins with somebody's name or with the way; None for anything else.

    The name may stand before it or within, the way in a clause behind: 蔡有田找到了, 找到蔡有田了，打电话.
    """
    return _found(text, missed=False) or _told(text)


_TOLD = Pattern(
    f"(?:(?:已经|总算|终于)?(?:找到|联系上|联系到)(?P<within>{persons.ONE})(?:同志)?了"
    f"|(?P<before>{persons.ONE})(?:同志)?(?:人)?(?:已经|总算|终于)?(?:找到|联系上|联系到)了)(?:[,。;! ]+(?P<rest>.{{1,20}}))?"
)


def _told(text: str) -> str | None:
    told = _TOLD.fullmatch(signs(clean(text)).rstrip("。.!,"))
    name = (told["within"] or told["before"]) if told is not None else ""
    if told is None or not _personal(name) or name[:2] in _THINGS:
        return None
    return f"{name} {next((word for word in _WAY_OF if word in (told['rest'] or '')), '')}".strip()


def missed(text: str) -> str | None:
    """The same of “没找到”."""
    return _found(text, missed=True)


def _found(text: str, *, missed: bool) -> str | None:
    match = _FOUND.fullmatch(clean(text))
    if match is None or (match["not"] is not None) is not missed:
        return None
    name, _ = name_and_way(match["rest"])
    return match["rest"] if name and named(name) else None


def named(words: str) -> bool:
    """Whether words are somebody's name and nothing else."""
    name = clean(words).removesuffix("同志")
    return _personal(name) or (names.is_name(name) and len(name) in _LENGTHS and name[0] in names.SURNAMES and name[:2] not in _THINGS)


_LENGTHS = (2, 3)
_THINGS = frozenset(
    {"工作", "医院", "房子", "单位", "党员", "同志", "老乡", "钱包", "车钥", "金项", "金戒", "毛衣", "路子", "方向", "关系"}
)
"""What begins like a surname and is looked for, too."""


def _personal(name: str) -> bool:
    """Whether a word in a sentence is somebody's name, and no other thing that is looked for: 医院, 工作."""
    return names.is_name(name) and (name.isascii() or persons.may_be(name))


def name_and_way(words: str) -> tuple[str, str]:
    """The name and the kind of way in “李小山 电话” or “电话 李小山”; `other` where none is said."""
    way, kept = "other", []
    for part in clean(words).replace("，", " ").replace(",", " ").split():
        spelled = part.casefold().removeprefix("通过").removesuffix("找的").removesuffix("联系的")
        if spelled in _WAY_OF:
            way = _WAY_OF[spelled]
        else:
            kept.append(part)
    return " ".join(kept).removesuffix("同志"), way


def willing(text: str) -> str | None:
    """The code in “愿意 K7M2PQRT”; None for anything else."""
    return _code(text, willing=True)


def unwilling(text: str) -> str | None:
    """The code in “不愿意 K7M2PQRT”; None for anything else."""
    return _code(text, willing=False)


def _code(text: str, *, willing: bool) -> str | None:
    found = _ANSWERS.fullmatch(clean(text))
    if found is None or (found["no"] is None) is not willing:
        return None
    code = "".join(each for each in found["code"] if each.isalnum())
    return code if len(code) == _CODE else None

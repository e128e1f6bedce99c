"""Short answers: which of a list, yes or no, received."""

from bot.language.normalise import bare
from bot.language.numerals import number
from bot.patterns import Pattern

_LONGEST = 60
_CHOICE = Pattern(
    r"(?:我?选择?|第|option |no\. ?|number )? ?第? ?([0-9]{1,3}|[一二三四五六七八九十两]{1,3}) ?(?:个|项|条|号|题)?(?:吧|的)?"
)
_LETTER = Pattern(r"(?:我?选择?|option )? ?([a-z])(?: ?项)?吧?")
_ACK_NUMBER = Pattern(r"(?:已?收到了?|sd|已阅|received|got it) ?[,:;]? ?(?:通知)? ?(?:n|no\.? ?|#|第)? ?([0-9]{1,9}) ?号?(?:通知)?")
_NUMBER_ACK = Pattern(r"(?:n|no\.? ?|#|第) ?([0-9]{1,9}) ?号?(?:通知)? ?[,:;]? ?(?:已?收到了?|sd|已阅|received|got it)")

_YES_WORDS = (
    "对 对的 对啊 对呀 对了 是 是的 是啊 是呀 好 好的 好啊 好吧 好嘞 嗯 嗯嗯 恩 行 行的 可以 可以的 同意 确认 确定 没错 正确 要 "
    "ok okay okey yes y yep yeah sure confirm right correct shi dui hao"
)
_NO_WORDS = (
    "不 不是 不是的 不对 不用 不用了 不要 不要了 不行 不同意 不可以 不好 不确认 不了 否 算了 取消 没有 错 错了 错的 别 "
    "no n nope cancel wrong budui bushi buyong"
)
_ACK_WORDS = (
    "收到 已收到 收到了 收到啦 收到收到 我收到了 好的收到 收到好的 好的,收到 收到,谢谢 收到谢谢 谢谢收到 sd 1 +1 已阅 已读 "
    "received roger noted shoudao"
)
_YES = frozenset(_YES_WORDS.split())
_NO = frozenset(_NO_WORDS.split())
_ACK = frozenset(_ACK_WORDS.split()) | {
    "got it",
    "got it thanks",
    "ok received",
    "received thanks",
    "received, thanks",
    "ok 收到",
    "收到 ok",
}


def choice(text: str, count: int) -> int | None:
    """The 0-based index chosen among `count` things: 2, ②, 二, 第二个, 选2, B."""
    words = _short(text)
    if spoken := _CHOICE.fullmatch(words):
        chosen = number(spoken[1])
    elif letter := _LETTER.fullmatch(words):
        chosen = ord(letter[1]) - ord("a") + 1
    else:
        return None
    return chosen - 1 if chosen is not None and 1 <= chosen <= count else None


def yes_no(text: str) -> bool | None:
    """A plain yes or no; anything longer is None."""
    words = _short(text)
    if words in _YES:
        return True
    return False if words in _NO else None


def is_ack(text: str) -> bool:
    """Whether the message says no more than that a notice was received."""
    return _short(text) in _ACK


def ack_number(text: str) -> int | None:
    """The number of the notice acknowledged: 3 for 收到 N3."""
    words = _short(text)
    said = _ACK_NUMBER.fullmatch(words) or _NUMBER_ACK.fullmatch(words)
    return int(said[1]) if said else None


def _short(text: str) -> str:
    return bare(text) if len(text) <= _LONGEST else ""

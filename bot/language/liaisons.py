"""What people type about who looks after whom (联系人)."""

from collections.abc import Collection

from bot.language.normalise import bare, clean
from bot.language.numerals import number
from bot.patterns import Pattern

_ASSIGNS = Pattern("(?:让|请|由|安排)?(?P<liaison>[^,，。、 ]{2,12}?)(?:来|去)?(?:联系|负责联系|对接)(?P<members>[^。?？吗]{2,60})")
_ANOTHER = Pattern(
    "(?:我|俺)?(?:想|要|请|希望|能不能|可以|能|帮我|给我)*(?:换|另换)(?:个|一个|一位|一下|掉)?(?:别的|其他的?)?(?:联系人|联络员)(?:吗|吧|行吗|可以吗|好吗)?"
    "|(?:我)?不(?:想|要|愿意?)(?:让|由)?(?:这个|这位|他|她)(?:来)?(?:做|当|联系)(?:我的?)?(?:联系人)?(?:我)?"
)
_ALL = frozenset({"全部", "都行", "全都行", "全部安排", "都安排", "all"})
_THANKS = Pattern("[,，。 ]*(?:谢谢|多谢|感谢)(?:您|你)?[。!！]*$")
_PARTED = Pattern(r"[ ,，、;；和]+|号")


def assigns(text: str) -> str | None:
    """周海联系李小山、陈立夏: itself, or None."""
    said = clean(text)
    found = _ASSIGNS.fullmatch(said)
    return said if found is not None and "、" in found["members"] and not said.startswith("补录") else None


def wants_another(text: str) -> str | None:
    """我想换个联系人: no arguments, or None."""
    return "" if len(text) <= 30 and _ANOTHER.fullmatch(bare(text)) else None


_NONE = Pattern(
    "(?:现在)?(?:还|都)?(?:有)?(?:谁|哪些人|哪几个|哪几位|哪些同志|哪些党员|几个人|多少人|几位|哪些)"
    "(?:还|都|现在)?(?:没有?|无|缺|没安排|没分)(?:安排|分)?(?:过)?"
    "(?:联系人|联络员)(?:的)?(?:呢|啊|了)?"
    "|(?:还|都)?(?:没有?|没安排)(?:联系人|联络员)的(?:人|党员|同志)?(?:有)?(?:哪些|谁|几个|几位|多少)?(?:人)?|who has no liaison"
)


def asks_who_has_none(text: str) -> str | None:
    """谁还没有联系人: no arguments, or None."""
    return "" if len(text) <= 30 and _NONE.fullmatch(bare(text)) else None


def chosen(words: str, known: Collection[int]) -> list[int] | None:
    """The numbers of suggestions that are confirmed (1、3 or 全部); None where the words are no such answer."""
    words = _THANKS.sub("", clean(words))
    said = bare(words)
    if said in _ALL:
        return sorted(known)
    parts = [each for each in _PARTED.split(clean(words)) if each]
    numbers = [number(each) for each in parts]
    return [each for each in numbers if each is not None] if parts and all(each in known for each in numbers) else None


_MAY_CHOOSE = Pattern(
    "(?:[0-9一二两三四五六七八九十 ,，、;；到至-]|号|条|第|个|前|后|和|要|选|就|安排|位|都|行"
    "|全部?|可以|好|的|吧|谢|您|你|不|用|了|算|先)+|all|[0-9, and]+"
)


def may_choose(text: str) -> bool:
    """Whether words are an attempt to choose among suggestions, even one that is not understood (前三个)."""
    return _MAY_CHOOSE.fullmatch(clean(text).casefold()) is not None

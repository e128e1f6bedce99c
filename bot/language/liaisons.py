"""What people type about who looks after whom (联系人)."""

from collections.abc import Collection

from bot.language import persons
from bot.language.normalise import bare, clean
from bot.language.numerals import number
from bot.language.persons import ONE
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
    """周海联系李小山、陈立夏: itself, or None; what is asked or denied is no assignment."""
    said = clean(text)
    found = _ASSIGNS.fullmatch(said)
    if found is None or "、" not in found["members"] or said.startswith("补录"):
        return None
    return None if _DENIED.search(found["liaison"]) or _DENIED_AFTER.search(found["members"]) else said


_DENIED = Pattern("[谁不没别甭莫]|取消|是否|哪")
_DENIED_AFTER = Pattern("(?:没有?|不|么|没呢)$")
_PERSON = f"(?P<name>{ONE})(?:同志)?"
_LIAISON = f"{ONE}(?:同志)?"
_ENDED = (
    Pattern(
        f"(?:请|以后|就)*(?:不|别|甭)(?:再|要|用)*(?:让|叫|由|安排|派|请)*{_LIAISON}(?:再|来|去)*(?:负责)?(?:联系|对接){_PERSON}[了吧啦]*"
    ),
    Pattern(f"{_LIAISON}(?:以后|今后|现在|就)?(?:不|别)(?:再|能|用|必|想|要)*(?:来|去)?(?:负责)?(?:联系|对接){_PERSON}[了吧啦]*"),
    Pattern(f"{_PERSON}(?:以后|今后)?(?:不|别)(?:再|要|用|需要|让|由)*{_LIAISON}(?:来|去)?(?:负责)?联系[了吧啦]*"),
    Pattern(f"(?:请|把|帮我)*(?:取消|撤掉|撤销|去掉|解除|免去){_PERSON}的(?:联系人|联络员)[了吧]*"),
)
_WHOSE = (
    Pattern(f"(?:现在|请问)?(?:是)?谁(?:在|来|负责)*(?:联系|对接)着?{_PERSON}[呢啊的]*"),
    Pattern(f"{_PERSON}(?:现在)?(?:是|由|归)?谁(?:在|来|负责)*(?:联系|对接)[的呢啊]*"),
    Pattern(f"{_PERSON}的?(?:联系人|联络员)(?:现在)?是(?:谁|哪位|哪个)[呢啊]*|谁是(?P<of>{ONE})(?:同志)?的(?:联系人|联络员)"),
    Pattern(f"{_LIAISON}(?:现在)?(?:是不是|有没有)?(?:在|负责)*(?:联系|对接)着?{_PERSON}(?:吗|么|没有|呢)+"),
    Pattern(f"{_LIAISON}(?:现在)?(?:是不是|有没有)(?:在|负责)*(?:联系|对接)着?{_PERSON}"),
)


def ended(text: str) -> str | None:
    """不让孙丽联系李小山了: the name of who has no liaison then, or None."""
    return _whose_name(_ENDED, text)


def asks_whose(text: str) -> str | None:
    """谁联系李小山: the name of whose liaison somebody asks for, or None."""
    return _whose_name(_WHOSE, text)


def _whose_name(patterns: Collection[Pattern], text: str) -> str | None:
    said = bare(text)
    found = next(filter(None, (each.fullmatch(said) for each in patterns)), None) if len(said) <= _LONGEST else None
    if found is None:
        return None
    name = next(filter(None, found.groupdict().values()))
    return persons.first(name) or (name if persons.may_be(name) else None)


_LONGEST = 30


def wants_another(text: str) -> str | None:
    """我想换个联系人: no arguments, or None."""
    return "" if len(text) <= 30 and _ANOTHER.fullmatch(bare(text)) else None


_NOBODY = Pattern(
    "(?:我|俺)?(?:现在|暂时|先)?(?:不|别)(?:再)?(?:需要|想要|想有|要|用|给我安排|用给我安排|要给我安排)(?:有)?(?:联系人|联络员)[了吧啦]*"
)
_OWN = Pattern(
    "(?:请问)?(?:我|俺)的?(?:联系人|联络员)(?:现在)?是(?:谁|哪位|哪个)[呢啊呀]*|(?:现在)?(?:是)?(?:谁|哪位)(?:是我的联系人|联系我)[呢啊呀的]*"
)


def wants_nobody(text: str) -> str | None:
    """我不需要联系人: no arguments, or None."""
    return "" if len(text) <= _LONGEST and _NOBODY.fullmatch(bare(text)) else None


def asks_own(text: str) -> str | None:
    """我联系人是谁: no arguments, or None."""
    return "" if len(text) <= _LONGEST and _OWN.fullmatch(bare(text)) else None


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

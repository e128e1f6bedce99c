"""Amounts of money as people type them: 20, ２０．５元, 二十块五, 三百二, 1,000, 1.5万, 6千5, 8k, 半块, 贰拾元. Whole fen inside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.language.normalise import clean
from bot.patterns import Pattern

LARGEST = 1_000_000_00
"""A million yuan, in fen: more is a slip of the thumb."""


class Wrong(StrEnum):
    """Why something that reads like an amount is none."""

    NEGATIVE = "negative"
    ZERO = "zero"
    HUGE = "huge"
    FRACTION = "fraction"
    """Finer than a fen."""


class ImpossibleAmount(ValueError):
    """An amount that cannot be paid: `why` says what is wrong with it."""

    def __init__(self, why: Wrong, words: str) -> None:
        super().__init__(f"{why}: {words}")
        self.why = why
        self.words = words


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in a sentence. `start` and `end` are places in the cleaned text (`bot.language.normalise.clean`)."""

    yuan: Decimal
    start: int
    end: int
    named: bool
    """Whether it was said to be money (元, 块, ¥), and not a bare number."""

    @property
    def fen(self) -> int:
        """Whole fen. Raises `ImpossibleAmount`."""
        return checked(self.yuan, str(self.yuan))


_HAN = "零〇一二两三四五六七八九十百千万"
_NUMBER = (
    "[一二两三四五六七八九][百千万][一二三四五六七八九](?=[一每](?:个?月|天|年|季))"
    "|[0-9]{1,4}[百千万][1-9](?![0-9.百千万])|(?:[0-9]{1,3}(?:,[0-9]{3})+"
    r"|[0-9]{1,15})(?:\.[0-9]{1,8})?(?:[百千万亿]|[kw](?![a-z0-9]))?"
    f"|[{_HAN}]{{1,12}}(?:点[零一二三四五六七八九]{{1,4}})?"
)
_UNIT = r"元整?|块钱|块|圆|(?:rmb|cny|yuan|kuai)(?![a-z])"
_DIGIT = "[0-9一二两三四五六七八九]"
_ENDS = rf"(?![0-9{_HAN}.月年号日到至-])(?!(?:[ 、,和及跟与~–—]{{1,2}}[0-9{_HAN}]{{1,3}}){{0,11}} ?月)"
"""A digit stands alone: it neither goes on nor begins a row of months (20元1 2月 is no 20.10)."""
_AMOUNT = Pattern(
    rf"(?P<half_alone>半[块元])(?:钱)?|(?P<sign>[-−–负减]|minus )?(?:(?P<mark>[¥￥$]|rmb ?|人民币)(?P<minus>-)?)? ?(?P<number>{_NUMBER})"
    f" ?(?:(?P<unit>{_UNIT})(?:(?P<half>半)|[ 零]?(?P<only_cents>{_DIGIT}) ?分"
    f"|(?:[ 零](?={_DIGIT} ?[角毛]))?(?P<jiao>{_DIGIT})(?: ?[角毛]|{_ENDS})"
    f"(?:钱)?(?:(?: (?={_DIGIT} ?分))?(?P<cents>{_DIGIT})(?: ?分|{_ENDS}))?)?"
    f"|(?P<only_jiao>[角毛])(?:(?P<rest>{_DIGIT}) ?分)?|(?P<only_fen>分)钱)?",
    re.IGNORECASE,
)
_FACTORS = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "k": 1000, "w": 10_000}
_NOT_MONEY_AFTER = Pattern(r" ?(?:个?月|年|号|日|季|个|人|次|天|点|%|％|户|岁|周|期|页|条|题|小时|分钟|[:：/]|-[0-9]|[a-z])", re.IGNORECASE)
_NOT_MONEY_BEFORE = Pattern(r"(?:第|[a-z#][- ]?|[0-9]-|[0-9][:：/.])$", re.IGNORECASE)
_CAPITAL = Pattern("[壹贰貳叁參肆伍陆陸柒捌玖拾佰仟零万萬]{2,20}|[壹贰貳叁參肆伍陆陸柒捌玖拾](?=[元圆块角毛分])")
_PLAIN = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬", "一二二三三四五六六七八九十百千万")
_VALUES = dict(zip("0123456789零一二三四五六七八九", [*range(10), *range(10)], strict=True)) | {"两": 2}


def amounts(text: str) -> list[Amount]:
    """The amounts in a sentence, in their order; numbers of months, days, notices and the like are none."""
    return list(_found(_written(text)))


def _written(text: str) -> str:
    """A text in one spelling and of the same length as when it is clean: capital numerals are plain ones, but not in names (陆小山)."""
    return _CAPITAL.sub(lambda match: match[0].translate(_PLAIN), clean(text))


def _found(said: str) -> Iterator[Amount]:
    at = 0
    while match := _AMOUNT.search(said, at):
        at = match.end()
        if match["half_alone"]:
            yield Amount(Decimal("0.5"), match.start(), match.end(), named=True)
            continue
        named = bool(match["mark"] or match["unit"] or match["only_jiao"] or match["only_fen"])
        if not named and (
            _NOT_MONEY_AFTER.match(said, match.end()) or _NOT_MONEY_BEFORE.search(said[max(0, match.start() - 4) : match.start()])
        ):
            continue
        if match["sign"] and said[: match.start()][-1:].isdigit():
            continue
        if not named and match["number"] in {"十", "百", "千", "万", "零", "〇", "一"}:
            continue
        yuan = _value(match)
        if yuan is not None:
            yield Amount(-yuan if match["sign"] or match["minus"] else yuan, match.start(), match.end(), named)


def amount(text: str) -> Decimal | None:
    """The amount in yuan that a text is, and nothing else; None for anything else. It may be one that cannot be paid."""
    said = _written(text).strip(" 。.，,!！")
    found = list(_found(said))
    if len(found) == 1 and found[0].start == 0 and found[0].end == len(said):
        return found[0].yuan
    return None


def fen(text: str) -> int | None:
    """The amount in fen that a text is, and nothing else; None for anything else. Raises `ImpossibleAmount`."""
    yuan = amount(text)
    return None if yuan is None else checked(yuan, text)


def checked(yuan: Decimal, words: str) -> int:
    """An amount of yuan in fen. Raises `ImpossibleAmount` for one that cannot be paid."""
    exact = yuan * 100
    for why, wrong in (
        (Wrong.NEGATIVE, exact < 0),
        (Wrong.ZERO, exact == 0),
        (Wrong.HUGE, exact > LARGEST),
        (Wrong.FRACTION, exact != exact.to_integral_value()),
    ):
        if wrong:
            raise ImpossibleAmount(why, words)
    return int(exact)


def yuan(value: int) -> str:
    """Fen as yuan with two places: 2050 is 20.50."""
    return f"{Decimal(value) / 100:.2f}"


def _value(match: re.Match[str]) -> Decimal | None:
    whole = _number(match["number"])
    if whole is None:
        return None
    if match["only_fen"]:
        return whole / 100
    if match["only_jiao"]:
        return whole / 10 + Decimal(_VALUES[match["rest"]] if match["rest"] else 0) / 100
    if match["half"]:
        return whole + Decimal("0.5")
    tenths = Decimal(_VALUES[match["jiao"]]) / 10 if match["jiao"] else Decimal(0)
    least = match["cents"] or match["only_cents"]
    cents = Decimal(_VALUES[least]) / 100 if least else Decimal(0)
    return whole + tenths + cents


def _number(words: str) -> Decimal | None:
    if words[0].isascii():
        if words[-1].isdigit() and words[-2:-1] in _FACTORS:
            return (Decimal(words[:-2]) + Decimal(words[-1]) / 10) * _FACTORS[words[-2]]
        factor = _FACTORS.get(words[-1].lower(), 1)
        return Decimal(words.rstrip("百千万亿kwKW").replace(",", "")) * factor
    import cn2an  # noqa: PLC0415  only needed where somebody writes an amount in words

    try:
        return Decimal(str(cn2an.cn2an(words.replace("〇", "零"), "smart")))
    except (ValueError, LookupError):  # 六万六万一百零: the library stumbles over some that are no numbers
        return None

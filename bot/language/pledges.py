"""What people type when they give, pay out or ask about the care fund: A12, P7, B3, amounts, 匿名."""

import re
from dataclasses import dataclass

from bot.language.money import Amount, amounts
from bot.language.normalise import bare, clean
from bot.patterns import Pattern

GENERAL = Pattern(r"爱心基金|基金|总账|(?:care )?fund\b", re.IGNORECASE)
_APPEAL = Pattern(r"(?<![a-z0-9])a ?[-#]?([0-9]{1,6})(?![0-9.])", re.IGNORECASE)
_PLEDGE = Pattern(r"(?<![a-z0-9])p ?[-#]?([0-9]{1,6})(?![0-9.])", re.IGNORECASE)
_PAYOUT = Pattern(r"(?<![a-z0-9])b ?[-#]?([0-9]{1,6})(?![0-9.])", re.IGNORECASE)
_FROM_FUND = Pattern(r"(?:从|由)?(?:爱心基金|总账)(?:里|总账)?(?:出|支)?|(?:from )?(?:care )?fund\b", re.IGNORECASE)
_ANONYMOUS = Pattern(r"匿名|不(?:要)?(?:写|留|说)(?:我的?)?(?:名字?|姓名)|anonymous(?:ly)?", re.IGNORECASE)
_SAID = Pattern(
    r"(?:我|俺)?(?:也|再)?(?:来)?(?:想|愿意?|要)?(?:认捐|捐款|捐助|捐|献爱心|献)(?:个|上)?(?: ?a ?[0-9]{1,6})?[ ,:]{0,2}"
    r"(?P<amount>[¥￥]?[-0-9.,百千万一二两三四五六七八九十零]{1,15} ?(?:元整?|块钱|块|rmb)?)(?:钱)?(?:吧|匿名)?"
)
_MOVED = Pattern(
    r"(?:认捐的?|捐的?|那个?)?(?:钱|款)?(?:我)?(?:已经?|都)?(?:转(?:账)?|交|给|打|汇)(?:了)?(?:给|到)?(?:了)?(?:书记|组织委员|委员|赵委员|支部)(?:那(?:里|儿)|手(?:上|里))?(?:了|啦)?"
    r"|(?:认捐|捐)(?:的钱|款)?(?:已经?)?(?:转|交)(?:过去|过来|上去)?了"
)
_LETTERS = Pattern(r"(?<![a-z0-9])[ap]?(?=[0-9oli,.]*[0-9])(?=[0-9,.]*[oli])[0-9oli,.]+(?![a-z])", re.IGNORECASE)
_FOR_SOMEBODY = Pattern(r"给|帮|\bfor ", re.IGNORECASE)
_CORRECTED = Pattern(r"(?:我?(?:打错|写错|说错|弄错|错|不对|不是|应该是?|改成|改为)了?[,，。 ]*|是)+(?:应该)?(?:是|改成|改为)?(?P<rest>.+)")
_HANDED = Pattern(
    r"我?(?:已经?)?把?(?:认捐的?|捐的?|那个?)?(?:钱|款)我?(?:已经?|都)?(?:转|交|给|打|汇)(?:账|了)?(?:给|到)?(?P<whom>[\u4e00-\u9fff]{2,4}?)(?:同志)?(?:了|啦)"
)
_LEFT = Pattern(
    r"爱心基金?(?:里|上|账上)?(?:现在)?(?:还|一共)?(?:有|剩|余|剩下)(?:了)?多少(?:钱|元|块)?(?:了)?|爱心基金(?:的)?(?:余额|账目?)"
)


@dataclass(frozen=True, slots=True)
class Words:
    """What was said of money: which appeal, or the fund in general, the amounts, and what else stands there."""

    appeal: int | None
    general: bool
    amounts: tuple[Amount, ...]
    anonymous: bool
    rest: str
    unclear: str = ""
    """What looks like a number but has a letter in it (1OO)."""


def read(text: str) -> Words:
    """Take such words apart; numbers of appeals and the like are no amounts."""
    said = clean(text)
    found = _APPEAL.search(said)
    rest = said
    for pattern in (_APPEAL, _PLEDGE, _PAYOUT):
        rest = pattern.sub(" ; ", rest)
    rest = clean(rest)
    named = tuple(amounts(rest))
    for each in reversed(named):
        rest = rest[: each.start] + " " + rest[each.end :]
    rest = _ANONYMOUS.sub(" ", rest)
    general = GENERAL.search(said) is not None
    rest = _FROM_FUND.sub(" ", rest) if general else rest
    rest = " ".join(rest.replace(";", " ").split()).strip(" ,，:：、。;；")
    letters = _LETTERS.search(said)
    return Words(int(found[1]) if found else None, general, named, _ANONYMOUS.search(said) is not None, rest, letters[0] if letters else "")


def for_somebody(rest: str) -> bool:
    """Whether what is left of such words says whom the money is for (给吴芳)."""
    return _FOR_SOMEBODY.search(rest) is not None


def corrected(text: str) -> Words | None:
    """The words that put a wrong amount right (打错了，是100), or None; a bare number is none, it may be a choice."""
    found = _CORRECTED.fullmatch(clean(text).strip(" 。.!！"))
    return read(found["rest"]) if found and amounts(found["rest"]) else None


def handed_to(text: str) -> str | None:
    """To whom somebody says that they handed the money (我把钱给赵国强了), or None."""
    found = _HANDED.fullmatch(bare(text)) if len(text) <= 30 else None
    return found["whom"] if found else None


def appeal(text: str) -> int | None:
    """The number of an appeal that a text names: 12 for A12."""
    return _number(_APPEAL, text)


def pledge(text: str) -> int | None:
    """The number of a pledge that a text names: 7 for P7."""
    return _number(_PLEDGE, text)


def payout(text: str) -> int | None:
    """The number of a payout that a text names: 3 for B3."""
    return _number(_PAYOUT, text)


def _number(pattern: Pattern, text: str) -> int | None:
    found = pattern.search(clean(text))
    return int(found[1]) if found else None


def after(pattern_of: str, text: str) -> str:
    """The words without the number they name; `pattern_of` is `A`, `P` or `B`."""
    pattern = {"A": _APPEAL, "P": _PLEDGE, "B": _PAYOUT}[pattern_of]
    return pattern.sub(" ", clean(text), count=1).strip(" ,，:：、。;；")


def gives(text: str) -> str | None:
    """A sentence that gives an amount and says nothing else (我捐200), or None: 我捐过了, 捐款的事 and the like do not."""
    said = bare(text)
    found = _SAID.fullmatch(said) if len(said) <= 30 else None
    return said if found and amounts(found["amount"]) else None


def has_moved(text: str) -> str | None:
    """A sentence that says that promised money was handed over (钱已经转给书记了), or None."""
    return "" if len(text) <= 30 and _MOVED.fullmatch(bare(text)) else None


def asks_balance(text: str) -> str | None:
    """A sentence that asks what there is in the care fund, or None."""
    return "" if len(text) <= 30 and _LEFT.fullmatch(bare(text)) else None


_ENTERED = Pattern(r"(?:认捐|捐款|捐了?|献爱心|pledged?|gave|give)[ ,:]*(?P<rest>.*)", re.IGNORECASE)


def entered_gift(words: str) -> str | None:
    """What an officer enters that somebody gives (认捐 A12 100), or None."""
    found = _ENTERED.fullmatch(clean(words))
    return found["rest"] if found and amounts(found["rest"]) else None


def refund(words: str) -> tuple[int | None, str]:
    """What follows the number of a pledge that is given back: an amount in front, in yuan's words, and the reason.

    An amount inside the reason is none: 退款 P7 他多转了 100 元 gives everything back. Raises `ImpossibleAmount`.
    """
    said = after("P", words)
    found = amounts(said)
    if found and found[0].start == 0:
        return found[0].fen, said[found[0].end :].strip(" ,，:：、。;；")
    return None, said

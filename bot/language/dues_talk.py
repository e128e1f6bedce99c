"""What people say about dues in passing: 确认周海的, 结11月的账, 别催了, 出张收据给我. What is not plainly meant is None."""

import re

from bot.language import choices
from bot.language.normalise import bare
from bot.patterns import Pattern

_MONTH = "(?:(?:去年|今年)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?|上个?月|这个?月|本月)"
_NAME = "(?P<{}>(?!我|你|他|她|它|谁|咱|大家|全部|所有|哪)[\u4e00-\u9fff·]{{2,6}}?|[a-z]+(?: [a-z]+){{0,2}})"
_OF = "(?:同志)?的?(?:那?笔|这笔)?(?:党费|缴费|钱|款)?"
_CONFIRM = Pattern(
    f"(?:确认|核对)一?下? ?{_NAME.format('first')}{_OF}(?<=[的费款钱笔])(?:到账|到了|收到)?了?"
    f"|{_NAME.format('second')}{_OF}(?<=[的费款钱笔])(?:已经?|都)?(?:到账|收到)了?"
    f"|(?:已经?)?收到了?{_NAME.format('third')}(?:同志)?的?党费了?"
)
_TO_CONFIRM = Pattern(
    "(?:还|都)?(?:有什么|有哪些|有没有|有啥|哪些|什么)(?:党费)?(?:是)?(?:需要|要|等|待)我(?:来)?(?:确认|核对)的?(?:党费)?[吗呢]?"
)
_CHASE = Pattern("催一下(?:党费|他们|大家)?|催催党费|催一?催党费|提醒一下没交(?:党费)?的")
_CLOSE = Pattern(
    f"(?:月结|结账|结一下账|月底结账|结(?P<month>{_MONTH})的?(?:党费的?)?账|(?P<before>{_MONTH})(?:的)?(?:党费)?(?:结账|月结))"
)
_RECEIVED = Pattern(
    f"(?P<month>{_MONTH})(?:的)?(?:党费)?(?:一共|总共|共)?收(?:了|到)?(?:了)?(?:多少|几)(?:钱)?(?:的)?(?:党费)?(?:钱)?(?:了)?"
)
_ASSESS = Pattern("核定(?:一下)?(?P<rest>[\u4e00-\u9fff·]{2,4}.{2,40})")
_CATEGORY = Pattern("(在职|年薪|个体|灵活就业|离退休|退休|离休|农民|学生|下岗失业|下岗|失业|救济|抚恤|低保)")
_STOP = Pattern(
    "(?:请|麻烦)?(?:你)?(?:以后)?(?:别|不要|不用|甭)(?:再|老|总|天天|一直)*(?:来)?(?:给我)?(?:发|提醒|催)(?:我)?(?:交)?党费(?:的?(?:事|提醒|消息|通知))?"
    "|(?:停止|关掉|关闭|取消)(?:党费)?提醒|(?:请|你)?(?:别|不要)(?:再|老|总)*催(?:我)?"
)
_PAPER = Pattern(
    f"(?:请|麻烦|帮我?|给我|能不能|可以|能|我要|我想要|要)*(?:给我|帮我)?(?:出|开|打|发|补|拿)?(?:一?[张个份])?(?:给我)?(?:(?P<month>{_MONTH})的?)?(?:党费的?)?"
    "(?P<paper>收据|发票|票据)(?:给我)?"
)
_TAIL = Pattern("[啊呀呢吧哦嘛哈了吗么]{1,2}$")


def of_whom(text: str) -> str | None:
    """The name of the member whose dues are said to have come (确认周海的, 李小山的到账了)."""
    match = _matched(_CONFIRM, text) if not choices.is_ack(text) else None  # 好的收到
    name = match["first"] or match["second"] or match["third"] if match else None
    return name.removesuffix("同志") if name else None


def asks_to_confirm(text: str) -> str | None:
    """Whether a dues keeper asks what waits for them."""
    return "" if _matched(_TO_CONFIRM, text) else None


def chases(text: str) -> str | None:
    """Whether a dues keeper wants those reminded who have not paid."""
    return "" if _matched(_CHASE, text) else None


def closes(text: str) -> str | None:
    """The month that is to be closed (结11月的账), "" for none named (月结)."""
    match = _matched(_CLOSE, text)
    return (match["month"] or match["before"] or "") if match else None


def received(text: str) -> str | None:
    """The month in a question how much dues came in (11月收了多少党费)."""
    match = _matched(_RECEIVED, text) if "党费" in text else None
    return match["month"] if match else None


def assesses(text: str) -> str | None:
    """The words after 核定 where the name follows at once (核定陈立夏在职税后六千), the category apart from what is beside it."""
    match = _ASSESS.fullmatch(bare(text))
    if match is None or re.search("[?？吗呢]|多少|怎么|什么|谁|哪", text):
        return None
    return " ".join(_CATEGORY.sub(r" \1 ", match["rest"], count=1).split())


def stops(text: str) -> str | None:
    """Whether somebody wants no more reminders of dues (别老提醒我交党费)."""
    return "" if _matched(_STOP, text) else None


def receipt(text: str) -> str | None:
    """The month of a receipt that is asked for, "" for none named; an invoice is another paper."""
    match = _matched(_PAPER, text)
    return (match["month"] or "") if match and match["paper"] == "收据" else None


def invoice(text: str) -> str | None:
    """Whether an invoice is asked for."""
    match = _matched(_PAPER, text)
    return "" if match and match["paper"] != "收据" else None


def _matched(pattern: Pattern, text: str) -> re.Match[str] | None:
    said = bare(text)
    return (pattern.fullmatch(said) or pattern.fullmatch(_TAIL.sub("", said))) if len(said) <= 60 else None

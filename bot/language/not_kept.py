"""Asking for what is kept of nobody: telephone numbers, incomes, identity numbers, addresses."""

from bot.language.normalise import bare
from bot.patterns import Pattern

_LONGEST = 30
_WHAT = "(?:电话|手机|手机号|号码|联系方式|微信|收入|工资|身份证号?|住址|地址|存款)(?:号码?)?"
_ASKED = Pattern(
    f"(?:把|给我|帮我|请|查一?下?|看一?下?|告诉我|要)?(?!我的|我|自己|书记)[^,。!?@]{{2,8}}?的?{_WHAT}"
    "(?:是)?(?:多少|几号|什么|啥|给我|发我|告诉我|查一下|发过来)(?:一下|看看)?(?:吗|呢|吧|啊|呀)?"
)


def asked(text: str) -> str | None:
    """The empty string for a question after such data of somebody else; None for anything else, and where somebody is called."""
    said = bare(text)
    return "" if "@" not in text and len(said) <= _LONGEST and _ASKED.fullmatch(said) else None

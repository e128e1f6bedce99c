"""Asking for a human: 我要找书记, 转人工, 书记电话多少."""

from bot.language.normalise import bare
from bot.patterns import Pattern

_LONGEST = 20
_WANTED = Pattern(
    "(?:我)?(?:要|想|能不能|可以|怎么|咋|帮我|给我)?(?:找|联系|叫|问)(?:一下)?(?:支部)?(?:书记|真人|人工|管理员|活人|负责人|工作人员)(?:啊|呀|吗|呢|吧)?"
    "|(?:转|转接)?人工(?:服务|客服)?|客服|(?:支部)?书记(?:的)?(?:电话|手机|号码|联系方式)(?:号码)?(?:是)?(?:多少|几号|啥|什么)?"
    "|(?:支部)?书记是(?:谁|哪位)"
    "|(?:talk to )?(?:a )?(?:human|person)|who is the secretary"
)


def heard(text: str) -> str | None:
    """The empty string for a wish to reach a human; None for anything else."""
    said = bare(text)
    return "" if len(said) <= _LONGEST and _WANTED.fullmatch(said) else None

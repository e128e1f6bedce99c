"""That somebody wants the register as a table, in whatever order the words come."""

from bot.language.normalise import bare
from bot.patterns import Pattern

_REGISTER = "(?:(?:支部)?(?:的)?(?:党员)?(?:名册|花名册|台账)|党员名单)"
_AS = "(?:成|为|到)?(?:一份|一个|个)?(?:excel|表格?|电子表格?)?"
_WANTS = Pattern(
    "(?:请|麻烦|帮忙|帮我|给我|我要|我想|想要|想|能不能|能)*"
    f"(?:(?:把|将)?{_REGISTER}(?:都|全部)?(?:给我)?(?:导|下载|导出|输出)(?:出来|出|一份|一下|下来)?{_AS}(?:给我)?"
    f"|(?:导出|下载|输出|打印|导)(?:一份|一下|个)?{_REGISTER}{_AS}(?:给我|发我|发给我)?)(?:吧|吗|呢|了)?"
    "|(?:please )?(?:export|download) (?:the |our )?(?:register|roster|members)"
)


def wants_register(text: str) -> str | None:
    """An empty string if the register is to be exported."""
    return "" if _WANTS.fullmatch(bare(text)) else None

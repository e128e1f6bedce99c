"""What is told in private and asks for nothing that is done here: a death in the family, work lost, the wish to leave the party."""

from bot.language.normalise import bare
from bot.language.simplified import simplified
from bot.patterns import Pattern

DEATH, JOBLESS, LEAVING = "death", "jobless", "leaving"
_LONGEST = 40
_KIN = (
    "(?:爸爸?|妈妈?|父亲|母亲|爹|娘|老爹|老娘|老爸|老妈|爷爷|奶奶|外公|外婆|姥姥|姥爷|岳父|岳母|老丈人|丈母娘|公公|婆婆"
    "|爱人|老婆|老公|媳妇|妻子|丈夫|老伴"
    "|哥哥?|姐姐?|弟弟?|妹妹?|儿子|女儿|孩子|大伯|叔叔?|婶婶?|舅舅?|姑姑?|老人|亲人|家里?老人)"
)
_WHEN = "(?:今天|昨天|前天|昨晚|今早|刚刚?|上个?月|上周|突然|前几天|夜里|今年|已经|最近){0,2}"
_SORRY = "[,，。 ]*(?:心里)?(?:好|很|太|真|特别)?(?:难过|难受|伤心|堵得慌)?"
_KINDS = (
    (
        DEATH,
        Pattern(
            f"{_WHEN}(?:我|俺|我们?家|家里?)的?{_KIN}{_WHEN}(?:去世|过世|离世|病故|病逝|逝世|不在人世)(?:了|啦){_SORRY}"
            f"|{_WHEN}(?:我|俺|我们?家|家里?)的?{_KIN}{_WHEN}走(?:了|啦)[,，。 ]*(?:心里)?(?:好|很|太|真|特别)?(?:难过|难受|伤心)"
            f"|家里?{_WHEN}(?:有人|老人){_WHEN}(?:去世|过世|病故|走)了{_SORRY}|my (?:mother|mom|mum|father|dad|wife|husband|son|daughter"
            "|brother|sister|grandmother|grandfather) (?:has |just )?(?:died|passed away)(?: yesterday| today| last night)?"
        ),
    ),
    (
        JOBLESS,
        Pattern(
            f"(?:我|俺)?{_WHEN}(?:失业|下岗|被裁|被辞退|被开除|丢了工作|丢工作|没了?工作|工作没|工作丢)(?:了"
            "|啦)(?:[,，。 ]*(?:怎么办|咋办|愁|好愁|心里愁|很难过|心里难受))?"
            "|(?:我|俺)?(?:被|让)(?:公司|厂里?|单位|老板)(?:裁|辞退|开除|辞)(?:了|掉了)|i(?:'ve"
            "| have)? (?:just )?(?:lost my job|been laid off)"
            "|i'm (?:out of work|unemployed)"
        ),
    ),
    (
        LEAVING,
        Pattern(
            "(?:我|俺|本人)?(?:想|要|打算|准备|申请|自愿|能不能|可以|怎么|如何|想要)(?:申请)?(?:退党"
            "|退出(?:中国)?共产党|退出党组织|脱党)(?:了|吗|行吗|怎么办|怎么申请|找谁)?"
            "|(?:我|俺)?不想(?:再)?(?:当|做)党员了?|退党(?:申请)?(?:怎么|如何|咋)(?:办|写|申请|弄)|i want to (?:leave|quit) the party"
        ),
    ),
)


def heard(text: str) -> str | None:
    """Which of these a text is and nothing else; None for anything else, and for what asks somebody for help."""
    said = simplified(bare(text))
    if len(said) > _LONGEST:
        return None
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(said)), None)

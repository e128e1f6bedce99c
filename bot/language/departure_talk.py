"""What people say to a question about their going away that is no answer to it: not going, not known yet, why do you ask, elsewhere."""

from bot.language.normalise import bare, clean
from bot.language.place_claims import masked
from bot.language.place_corrections import corrected
from bot.language.place_grammar import PLACE
from bot.patterns import Pattern

_LONGEST = 60
_END = "[了吧啦啊呀呢哦嘛的,。! ]*(?:谢谢)?"
_STOPS = Pattern(
    "(?:等(?:一?下|一等|等|会儿?)|(?:那|还是|先)?算了吧?|不好意思|那|唉|哦|嗯|[,。! ])*"
    "(?:(?:我|俺|我们|那|就|还是|又|先|暂时|现在|这次)*(?:不|别|不想|不用|不打算|不准备|不要)(?:去|走|外出|出去|出门|报|报备|填)(?:了|成|外出)?(?:先)?"
    "|(?:我|俺)?(?:去|走)不(?:成|了)|(?:改天|以后|回头|晚点|下次|过后|过几天)(?:我?再)报|(?:取消|撤销|停止)(?:这次|本次|我的)?(?:外出|报备|外出报备)"
    f"|(?:那|还是|先)?算了|取消){_END}|(?:i'?m |i am )?not going(?: any ?more)?|stop|never ?mind|forget it"
)
_PASSES = Pattern(
    "(?:嗯|那|这个?|目前|现在|暂时|我|俺|单位|公司|工作|厂里?|具体|也|都|[, ])*"
    "(?:(?:还|都|也)*(?:没有?|没得|未|不)(?:确定|定下来?|定|想好|说好|谈好|落实|找好|找到?|联系好?)(?:活儿?|工作|单位|公司|厂子?|地方|哪家|下家)?"
    "|还?(?:不(?:知道|晓得|清楚|确定|好说|想说|方便说?|便说|说)|说不[准好清])"
    "|(?:到了?(?:那边?|那里|那儿|时候?|地方)?|去了|过去了?|以后|回头|过后|先|等等?)*再(?:说|看|定|讲)"
    "|(?:还|暂|也)?(?:没有?|无)(?:单位|公司|工作|号码|原因|什么|啥)?|保密)"
    f"{_END}|not (?:yet|sure|decided)|(?:i )?(?:don'?t|do not) know(?: yet)?|no idea|none"
)
_WHAT_FOR = "(?:干[嘛吗啥]|干什么|[做干]甚|做什么|做啥|什么用|啥用|什么意思)"
_MATTERS = "(?:我|人家|的|这个?|这些|这么|那么|这样|得|多|细|清楚|单位|原因|城市|电话|号码|信息|东西)*"
_WHY = Pattern(
    "(?:你们?|您|书记|支部|还|又|也|[, ])*(?:"
    f"(?:要|非要)?(?:问|打听|管|要|填|写|知道|记|报|说){_MATTERS}(?:是|来|想|要|有|用来|有个)?{_WHAT_FOR}"
    f"|(?:为什么|为啥|凭什么|干嘛|干吗|怎么)(?:还|要|非要|得|非得|老)*(?:问|打听|管|填|写|知道|记|报|说){_MATTERS}"
    f"|(?:这|这个|这些){_MATTERS}(?:也|都|还)(?:要|得)(?:问|填|写|报|说|管)|关(?:你|你们)(?:什么|啥)?事"
    "|为什么|为啥)[啊呀呢吗嘛了的? ]*"
    "|why (?:do|are) you (?:ask|need|want).*|why(?: ask| is that asked)?|what(?: is (?:it|that|this))? for"
)
_INTRODUCED = Pattern("(?:介绍|推荐|帮忙?找|帮我找|带我?去|带我?出?来|叫我?去|喊我?去|带)的?工?作?的")
_HALF_PHONE = Pattern(r"(?:^|[,、;: ]|电话|手机|号码?)[是为: ]{0,2}(?P<part>[+]?[0-9][0-9 -]{2,30})[.。…*x]*$")
_DENIES = Pattern("不|错|改|换|更正|纠正|误|应[该当是为]|说的是|是说|意思|no|wrong|sorry|actually|mean|should|change")
_GOES = Pattern(f"(?:去|到|赴|往|在|to |in ){PLACE}")


def stops(words: str) -> bool:
    """Whether somebody does not go after all, or does not want to report it now: 我不去了, 等一下，先不报."""
    return _STOPS.fullmatch(bare(words)) is not None


def passes(words: str) -> bool:
    """Whether somebody has nothing to tell on a question: 还没定, 到了再说, 没有."""
    return _PASSES.fullmatch(bare(words)) is not None


def asks_why(words: str) -> bool:
    """Whether somebody asks what a question is for: 你问这个干嘛."""
    return _WHY.fullmatch(bare(words)) is not None


def introduced(words: str) -> bool:
    """Whether words tell who found the work, where a firm was asked for: 我堂哥介绍的."""
    return _INTRODUCED.search(bare(words)[-6:]) is not None


def half_phone(words: str) -> str:
    """The number behind a firm's name that is no whole telephone number: 138 of 富士康,138; empty where there is none."""
    found = _HALF_PHONE.search(clean(words))
    return found["part"].strip() if found else ""


def elsewhere(words: str) -> str | None:
    """The place that is to stand in a report instead of the one there: 不对，是重庆, 不去成都，去重庆. None for anything else."""
    said = bare(words)
    if len(said) > _LONGEST or _DENIES.search(said) is None:
        return None
    found = corrected(said.replace("去", "在"), asked=True)
    return found[0] if found else None


def mends(words: str) -> bool:
    """Whether somebody who is shown the whole report says another place, or does not go: what its buttons do not say."""
    return elsewhere(words) is not None or stops(words)


def goes_to(words: str) -> str | None:
    """The first place that a longer sentence goes to: 贵阳 of 我下个月去贵阳干活; None where none is named."""
    part = masked(bare(words))
    found = _GOES.search(part.masked)
    if found is None:
        return None
    start, end, _ = part.mentions[part.masked[: found.end()].count(PLACE) - 1]
    return part.words[start:end]

"""我同意发照片, 别把我的资料给别的支部: a consent given or taken back in free words – to what, and whether yes or no."""

from dataclasses import dataclass

from bot.language.normalise import bare, clean
from bot.patterns import Pattern

_NO = Pattern(
    "没(?:有)?(?:说|讲)?过?(?:你们?|支部)?(?:同意|可以|允许|授权|愿意|答应)|不同意|不再同意|不愿意?|不想|不许|不准|不允许|不可以|不要|不能|不让|别再?|撤回|收回|取消|停止|拒绝"
    "|do(?:n't| not)|disagree|no longer|withdraw|stop|refuse"
)
_YES = Pattern("同意|可以|允许|愿意|授权|没意见|行|agree|allow|may|ok")
_PURPOSES = {
    "pictures": Pattern("照片|相片|拍照|合影|头像|图片里|photo|picture"),
    "sharing": Pattern(
        "(?:给|提供|告诉|共享|发)[^,，。]{0,6}(?:流入地|外地|别的|对方|当地)(?:的)?(?:党)?(?:支部|组织|党委)|共享|提供资料|shar(?:e|ing)"
    ),
    "abroad": Pattern("telegram|电报|纸飞机|境外"),
    "contact": Pattern("(?:别|不)?(?:让)?(?:同城|别人|大家|其他人)[^,，。]{0,4}(?:找|联系)|联系我|找到?我"),
    "location": Pattern("位置|在哪|城市|行踪|地方|定位|location|my place|my city"),
    "health": Pattern("病情|生病|得病|的病|健康|health|illness"),
}
_ABOUT_CONSENT = Pattern("同意|授权|允许|不许|不准|撤回|收回|拒绝|愿意|agree|allow|consent|withdraw|别再?|不要|可以|may|stop")
_ASKS = Pattern("[?？]|吗$|怎么|什么|谁|为什么|哪些")
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Said:
    """What was said: `purpose` is empty where it is not named."""

    purpose: str
    given: bool


def read(text: str) -> Said | None:
    """A consent or its withdrawal in a sentence of its own; None for anything else, and for a question."""
    said = clean(text).casefold()
    if len(said) > _LONGEST or _ASKS.search(said) or not _ABOUT_CONSENT.search(said):
        return None
    given = False if _NO.search(said) else True if _YES.search(said) else None
    if given is None:
        return None
    purpose = next((name for name, pattern in _PURPOSES.items() if pattern.search(said)), "")
    return Said(purpose, given)


def of_pictures(text: str) -> str | None:
    """“yes” or “no” where a sentence is about one's pictures; None for anything else."""
    said = read(text)
    return None if said is None or said.purpose != "pictures" else "yes" if said.given else "no"


_BARE = Pattern("我?(?:都|全)?(?:不)?同意(?:了|的|啊|吧)?|i (?:dis)?agree")


def bare_word(text: str) -> str | None:
    """“yes” or “no” for 我同意 and 我不同意 without a word of what."""
    said = bare(text)
    return ("no" if "不" in said or "dis" in said else "yes") if _BARE.fullmatch(said) else None


_HOW_LONG = Pattern(
    "(?:我的?)?(?:资料|信息|数据|个人信息)(?:你们?|支部)?(?:这里)?(?:会|要|都)?(?:留|保存|存|保留|记)(?:多久|多长时间|到什么时候|几年)|(?:你们?|机器人)?(?:都)?记了?我(?:的)?(?:什么|哪些)"
    "(?:资料|信息)?|how long do you keep my data"
)


def asks_how_long(text: str) -> bool:
    """Whether somebody asks for how long their data is kept."""
    return _HOW_LONG.fullmatch(bare(text).rstrip("啊呀呢吗")) is not None


_MAY_SEE = Pattern(
    "(?:请问)?(?:谁|哪些人|书记|组织委员|委员|联系人|联络员|管理员|别人|其他人|大家|支部|群里(?:的人)?|你们?|机器人)(?:都|也)?(?:是不是)?"
    "(?:能不能|可不可以|能|可以|会)(?:看到|看见|看得到|看|查到|查|知道)(?:我|俺)(?:现在)?的?"
    "(?:资料|信息|数据|电话|手机号?码?|号码|联系方式|位置|城市|单位|在哪里?儿?|在什么地方)[吗呢啊呀不]*"
    "|(?:who|can (?:the secretary|anybody|others)) (?:can )?see (?:my (?:data|phone|number|place)|where i am)"
)


def asks_who_may_see(text: str) -> bool:
    """Whether somebody asks who may see what is kept about them: 书记能看到我在哪吗."""
    return len(text) <= _LONGEST and _MAY_SEE.fullmatch(bare(text)) is not None


_WHO_SAW = Pattern(
    "(?:谁|哪些人)(?:都)?(?:看|查|查看)(?:过|了)我(?:了)?(?:吗|呢|啊|呀)?|"
    "(?:请问|我想知道|想知道|都)?(?:有)?(?:谁|哪些人|什么人|哪个)(?:都|又|曾)?(?:看|查|查看|改|动|翻|打开|导出)(?:过|了|到)?(?:了)?(?:我|本人|俺)的?"
    "(?:资料|信息|数据|个人信息|电话|手机号?码?|号码|联系方式|位置|城市|党费|单位|名册)(?:吗|呢|啊|没有|没)?|(?:我的?|本人的?)(?:资料|信息|数据|电话|手机号?|号码|位置)"
    "(?:都)?(?:被|有)?谁(?:看|查|改|动)(?:过|了)?|who (?:has )?(?:saw|seen|looked at|changed) my (?:data|details|phone|number|place)"
)


def asks_who_saw(text: str) -> str | None:
    """谁看了我的电话: an empty string, or None."""
    return "" if len(text) <= _LONGEST and _WHO_SAW.fullmatch(bare(text)) else None


_DATA = "(?:我的?|本人的?|俺的?)?(?:个人)?(?:资料|信息|材料|数据)"
_NO_MORE = "(?:别|不要|不想|不愿意?|不准|不许|不能|不让|不)(?:再|给我)?"
_STOPS_SHARING = Pattern(
    f"(?:我)?(?:反悔了|后悔了|改主意了|想好了)?[,，。 ]*(?:以后|今后)?(?:{_DATA}(?:都|就|以后)?{_NO_MORE}(?:提供)?给(?P<whom>.{{0,12}}?)"
    f"|{_NO_MORE}(?:把)?{_DATA}(?:提供)?(?:给|告诉|交给|发给|转给)(?P<whom2>.{{1,12}}?)"
    f"|{_NO_MORE}(?:提供)?给(?P<whom3>.{{1,12}}?)(?:提供)?{_DATA}|{_NO_MORE}(?:提供|共享){_DATA}(?:给.{{1,12}})?)[了吧啊呢]*"
)
_NOT_A_HOST = Pattern("我|你|钱|家|孩子")


def stops_sharing(text: str) -> str | None:
    """别再把我的资料给佛山, 我的资料不给佛山了: an empty string, or None."""
    said = _STOPS_SHARING.fullmatch(bare(text)) if len(text) <= _LONGEST else None
    if said is None or any(_NOT_A_HOST.search(whom) for whom in said.groups() if whom):
        return None
    return ""

"""Whether somebody comes to a meeting, with whom and how: 算我一个, 俩人，带我媳妇, 我线上参加, 来不了."""

from dataclasses import dataclass

from bot.language.event_words import EVENT, KIN
from bot.language.numerals import number
from bot.patterns import Pattern

YES, NO, MAYBE = "yes", "no", "maybe"
ONLINE, ONSITE, PHONE = "online", "onsite", "phone"

_NO = Pattern(
    r"(?:去|来|到|参加|出席|赶|回|赴|上|过去|过来)不(?:了|成|到|来|去|回来|回去|上)|不(?:能|会|想|方便|一定能)?(?:去|来|"
    r"参加|出席|到场|过去|过来|报名)|(?:没|冇)(?:法|办法|得)(?:去|来|参加|到)|"
    r"没(?:时间|空)|不得空|抽不(?:开|出)(?:身|时间|空)?|走不开|脱不开身|缺席|不行|不成|不得行|不用算我|别算我|不算我|去不得|没空|"
    r"参加不上|取消报名|不报(?:名)?了|退出|就不(?:凑|去)|"
    r"can't (?:make it|come|join|attend)|cannot (?:come|join|attend)|won't (?:come|be there|join)|not (?:coming|going)|"
    r"unable to (?:come|attend)|count me out|qu ?bu ?liao|bu ?qu ?le"
)
_MAYBE = Pattern(
    r"不一定|大概|不敢保证|没把握|^看(?:排班|班次|时间|工作|天气|老板|假)|看情况|说不[准定好]|^看.{1,8}(?:不|能|情况|"
    r"安排|假)|不确定|没定|未定|待定|到时候?(?:再)?(?:看|说)|"
    r"可能(?:去|来|参加|会|不|没|要|赶)|也许|"
    r"尽量|争取|再看看?|看看再|再定|应该能|不好说|没准|maybe|might|not sure|possibly|perhaps|try to"
)
_YES = Pattern(
    r"参加|同去|一起去|一块去|报(?:个|了)?名|报上名|算(?:上)?(?:我|俺|咱)|(?:加|带|添)(?:上)?(?:我|俺)|(?:我|俺|咱|也|能|可以|会|都|一定|"
    r"准时|按时|必须|肯定|必|想|要|愿意|保证|准备|我们|俩|人|个|口|一起|肯定会|就)(?:会|能|要)?(?:去|来|到|出席|到场|"
    r"过去|过来|回来参加)|"
    r"晚(?:点|一点|一会儿?|到|些)[^,]{0,3}到?|(?:准时|按时|准点)(?:到|出席|参会|上线|进会)|^(?:去|来|到|可以|行|没问题|"
    r"能|会)(?:的|啊|呀|呢|哈|吧|!)?$|参会|到会|出席|安排上|"
    r"i(?:'ll| will| can)? (?:be there|come|join|attend|go)|count me in|i'm (?:in|coming|going)|sign me up|can ?jia|"
    r"suan ?wo|bao ?ming|wo ?(?:qu|lai)\b"
)
_PERHAPS_NOT = Pattern(r"(?:可能|也许|说不定|没准|搞不好)(?:会|就|要)?(?:[去来到赶回]不|不[去来能参]|没(?:空|时间|法))")
_ASKS = Pattern(r"吗|嘛$|么$|呢$|\?|谁|多少|几个|哪|什么|怎么|[去来]不$|是不是|有没有|能不能|可不可以|要不要|参不参加|去没")
_OTHERS = Pattern(
    rf"^(?:他|她|你|您|大家|他们|你们|人家|老婆|老公|{KIN})|如果|要是|假如|听说|昨天|上次|上回|以前|那次|当时|去年|早知道|后悔"
)
_WITH = Pattern(
    rf"(?:带|领|携|再加|加上|还有)(?:上|着|了)?(?:我|俺)?(?:家)?(?:的)?(?:(?P<count>[0-9]{{1,2}}|[一二两俩仨三四五六七八九十])(?:个|名|位|"
    rf"口)?)?(?:人|朋友|同事|老乡|家属|{KIN}|家里人|小朋友|群众|党员|亲戚|亲友|邻居|工友)|(?:带|领)(?:上|着|"
    rf"了)?(?P<some>[0-9]{{1,2}}|[一二两俩仨三四五六七八九十])(?:个|名|位)"
)
_KIN_LIST = Pattern(rf"(?:{KIN}|朋友|同事|老乡)(?:[和跟与、,及]|还有)?(?:我|俺)?(?:家)?的?(?={KIN}|朋友|同事|老乡)")
_TOGETHER = Pattern(
    rf"(?:我|俺)?(?:和|跟|同|与)(?:我|俺)?(?:家)?的?(?:(?P<count>[0-9]{{1,2}}|[一二两俩仨三四五六七八九十])(?:个|名|"
    rf"位)?)?(?:{KIN}|朋友|同事|老乡)(?:们)?(?:都|一起|一块儿?|两个|俩|两人|一同|也)?(?:要|会|能)?(?:来|去|参加|到)"
    rf"|(?:{KIN})(?:也|和我)(?:一起|一块|都)?(?:来|去|参加)"
)
_HEADS = Pattern(
    r"(?<![第0-9a-z])(?P<count>[0-9]{1,2}|[一二两俩仨三四五六七八九十])(?:个|名|位|口)?(?:人|口子?|大人)|"
    r"(?P<joint>俩人?|仨人?)(?!月|小时|星期)|一家(?P<family>[三四五六两]|[2-9])口|"
    r"\+(?P<plus>[2-9])|我们?(?P<us>[两俩仨三四五])(?:个|口子)?"
)
_TOTAL = Pattern(r"(?:一共|总共|共计|共)(?:来|去)?([0-9]{1,2}|[一二两俩仨三四五六七八九十])(?:个|名|位|口|人)")
_CHANNELS = (
    (ONLINE, Pattern(r"线上|网上|视频|腾讯会议|钉钉|远程|手机上|连线|云|用手机|直播|online|video|zoom")),
    (PHONE, Pattern(r"电话(?:参加|接入|连|里参加|进)|打电话参加|by phone")),
    (ONSITE, Pattern(r"现场|到场|线下|当面|本人到|亲自|赶回来|回村|回去参加|回来参加|on ?site|in person")),
)
_COUNTS = {"俩": 2, "仨": 3, "两": 2}
_EVENT = Pattern(EVENT)
_MAY_I = Pattern(
    r"(?:我|那|我们|可以|能|能不能|可不可以|是不是可以|想|在外地|人在外地|,){0,4}(?:线上|网上|视频|远程|手机上?|电话|"
    r"腾讯会议|连线)(?:参加|听|上|接入|加入|开会|进)?(?:会议)?(?:可以|行|能|好)?(?:吗|么|不|行不行|可不可以|\?){1,2}"
)
"""能线上参加吗: whoever asks so means to come."""


@dataclass(frozen=True, slots=True)
class Coming:
    """What somebody says about coming: `YES`, `NO` or `MAYBE`; how many they bring; how they take part; whether the event is named."""

    answer: str
    guests: int | None = None
    channel: str = ""
    named: bool = False


def read(words: str) -> Coming | None:
    """What a sentence says about the speaker's coming; None for a question, for other people's coming and for anything else."""
    if not 0 < len(words) <= 60 or (_ASKS.search(words) and not _MAY_I.fullmatch(words)) or _of_others(words):
        return None
    named = _EVENT.search(words) is not None
    guests = guests_in(words)
    channel = next((name for name, pattern in _CHANNELS if pattern.search(words)), "")
    if _PERHAPS_NOT.search(words):
        return Coming(MAYBE, None, "", named)
    if _NO.search(words):
        online = channel if channel in {ONLINE, PHONE} and _YES.search(_NO.sub("", words)) else ""
        return Coming(YES, guests, online, named) if online else Coming(NO, None, "", named)
    if _MAYBE.search(words):
        return Coming(MAYBE, guests, channel, named)
    if _YES.search(words) or guests is not None or (channel and len(words) <= 10):
        return Coming(YES, guests, channel, named)
    return None


def _of_others(words: str) -> bool:
    """Whether the clause that speaks of coming is about somebody else, or about another time."""
    return any(_OTHERS.search(each) and not _REASONED.search(words) for each in words.split(",") if _COMES.search(each))


_COMES = Pattern(r"去|来|参加|报名|到|出席|算")
_REASONED = Pattern(rf"^(?:{KIN}).{{0,10}},.{{0,6}}(?:去|来|参加|到|赶)不")


def guests_in(words: str) -> int | None:
    """How many others come along; None where nothing is said of that."""
    if total := _TOTAL.search(words):
        return max((_counted(total[1]) or 1) - 1, 0)
    if brought := _WITH.search(words):
        count = _counted(brought["count"] or brought["some"])
        return count if count is not None else 1 + len(_KIN_LIST.findall(words))
    if joined := _TOGETHER.search(words):
        count = _counted(joined["count"])
        return count if count is not None else 1 + len(_KIN_LIST.findall(words))
    if heads := _HEADS.search(words):
        said = heads["count"] or (heads["joint"] or "")[:1] or heads["family"] or heads["plus"] or heads["us"]
        return (_counted(said) or 1) - 1
    return None


def _counted(said: str | None) -> int | None:
    return (_COUNTS.get(said) or number(said)) if said else None

"""Short answers: which of a list, yes or no, received."""

from bot.language.normalise import HAN, bare
from bot.language.numerals import number
from bot.patterns import Pattern

_LONGEST = 60
_LEAD = r"(?:嗯|恩|对|那|哦|好的?|我|就|我?说的|还是|应该|大概|可能|估计|觉得|感觉|想|要|选择?|是|选项|答案?|填|点|回|它|[,:: ]){0,5}"
_TAIL = (
    r"(?:个?(?:地方|城市|答案)|[个项条号题款家种]|那个|这个|那条|选项)?(?:那个|这个)?(?:[ ,]|吧|的|啊|呀|呢|哈|了|同意|"
    r"可以|好的?|就是|才对|才是|就行|就好|没错|"
    r"对的?|谢谢|嘛|咯|喽){0,3}"
)
_COUNTED = Pattern(
    rf"{_LEAD}(?:option |no\. ?|number |the )?(?P<ordinal>第)? ?(?P<count>[0-9]{{1,3}}|"
    rf"[一二三四五六七八九十两]{{1,3}})(?:st|nd|rd|th)? ?{_TAIL}"
)
_LETTER = Pattern(rf"{_LEAD}(?:option )? ?(?P<letter>[a-z]) ?{_TAIL}")
_ENGLISH = Pattern(r"(?:the )?(first|second|third|fourth|last)(?: one)?")
_PLACED = Pattern(
    rf"{_LEAD}(?:(?P<last>最后|末尾|最末|最下面|倒数第一)|(?P<first>最前|最上|前|上)|(?P<other>后|下))面?的?(?:那|"
    rf"这)?一?(?:个|那个|项|条){_TAIL}"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_MARKED, _NUMBER = r"(?:n|no\.? ?|#|第) ?", r"[0-9]{1,9} ?号?(?:通知)?"
_MORE = rf"(?: ?(?:[ ,、;和及跟与&+]|and|还有) ?(?:{_MARKED})?{_NUMBER}){{0,30}}"
_ACK_NUMBER = Pattern(rf"(?:已?收到了?|sd|已阅|received|got it) ?[,:;]? ?(?:通知|公告)? ?((?:{_MARKED})?{_NUMBER}{_MORE})")
_NUMBER_ACK = Pattern(rf"({_MARKED}{_NUMBER}{_MORE}) ?[,:;]? ?(?:都|均|全)?(?:已?收到了?|sd|已阅|received|got it)")
_DIGITS = Pattern("[0-9]+")

_ENDING = r"(?:的|啊|呀|呢|哈|吧|哒|滴|嘞|咧|啦|哦|噢|喔|嘛|噻|咯|喽|诶|呐|[,、~!。. ]){0,3}"
_YES = (
    r"(?:额|呃|那个)?(?:你?说得?对|嗯|恩|昂|唔|欸|诶|对头|对了|对|就?是(?:这样|这个|它|这里|这儿|那个)(?:没错)?|就是|"
    r"正是|是|好了?|行|成|中|可以|"
    r"可|要得|得行|同意|确认|确定|没错|没有错|确实(?:是|如此)?|不错|"
    "没有?问题|没毛病|无误|正确|要|准确|一点没错|(?:情况|信息|内容)?属实|记吧|记上|发吧|发出去|妥|必须|当然|肯定"
    "|就这么(?:办|定|着)|就这样|可以发|"
    r"没意见|ok(?:ay|ey)?|yes|yeah|yep|yup|y|sure|confirm|"
    r"right|correct|that's right|shide|shi|dui de|dui|haode|hao|en+|keyi|meicuo)"
)
_NO = (
    r"(?:不|不对头|不是(?:的|这样|这个|这里|这儿|它)?|不对|不用|不要|不行|不同意|不可以|不好|不确认|不了|不成|不中|不得行|"
    r"要不得|不需要|不必|不发|不记|不想|否|算了|取消|没有|没|"
    r"还?没有?呢?|都不是|都不对|哪个都不是|一个都不是|没一个对|错|错误|弄错|搞错|记错|写错|说错|别|暂时不用?|先不用?|"
    r"先别|不急|no|nope|nah|n|not? (?:now|yet)|cancel|wrong|"
    r"bu dui|budui|bu shi|bushi|bu yong|buyong|bu|mei you|meiyou)"
)
_THANKS = r"(?:谢|谢了|多谢|麻烦了|辛苦了?|书记|您|你|同志)?"
_SAYS_YES = Pattern(rf"(?:{_YES}{_ENDING}){{1,3}}{_THANKS}")
_SAYS_NO = Pattern(rf"(?:{_NO}了?{_ENDING}){{1,3}}{_THANKS}")

_WHO = r"(?:我|俺|本人|我们|咱|[0-9一二三四五六]组|全组|全家|已经?|均|都|全部?|通知|消息)"
_GOT = (
    r"(?:收到|收道|收倒|受到|手到|收悉|已阅|已读|知悉|阅知|阅|sd|sdd|shou ?dao|received?|roger(?: that)?|noted|"
    r"copy(?: that)?|got it|收到请放心)"
)
_POLITE = (
    r"(?:好的?|嗯|ok|谢|感谢|多谢|谢(?:书记|支部|通知|提醒|组织)|辛苦了?|书记|领导|支部|您|大家|您?辛苦|明白|知道|了解|"
    r"清楚|thanks?|thank you|noted|will do|"
    r"坚决(?:执行|服从|照办)|照办|执行|遵照执行|按时(?:完成|落实)|马上(?:办|落实)|一定(?:照办|落实)|放心|请放心)"
)
_ACK = Pattern(
    rf"(?:\+?1[ ,])?(?:{_POLITE}[了的啊呀啦,!。. ]{{0,2}}){{0,2}}{_WHO}{{0,2}}"
    rf"(?:{_GOT}[了啦喽咯哦噢哈的吧啊,!。. ~]{{0,3}}){{1,4}}(?:{_POLITE}[了的啊呀啦,!。. ]{{0,2}}){{0,3}}"
)
_SEEN = Pattern(
    "(?:我|俺)?(?:收到|看到|看了|看过)(?:了)?(?:公告|通知)(?:了|啦)?|(?:公告|通知)(?:我|俺)?(?:已经?)?(?:收到|看到|看|看过|知道)(?:了|啦)"
)
_HEARD = Pattern(
    r"(?:(?:好[的滴哒嘞咧啊呀吧]?|嗯|恩|哦|噢|行|中|要得|没问题|可以|成|ok(?:ay|k)?|okk+|(?:我|俺|都|通知|消息|已经?)?(?:知道|晓得|明白|"
    r"了解|清楚|懂|看到|看见|听到|记住|记下|记得|清楚)(?:了|啦|嘞|咯|咧|喽)?"
    r"|已(?:知晓|了解|知道|看|明白)|遵命|是|坚决执行|照办|一定照办|谢(?:书记|通知|提醒|支部|组织)?|感谢(?:提醒|通知)?|"
    r"辛苦了?|书记|(?:我)?(?:马上|立即|这就|立刻|尽快)(?:去)?(?:办|做|落实|交|转|弄)|haode|hao de|zhidao le?|"
    r"zhi dao le?|mingbai|thanks?|understood|copy|will do|sure)"
    r"[的了啊呀啦哈哦呢,!。. ~]{0,2}){1,4}"
)
_CALLED = frozenset({"书记"})
_ONES = frozenset({"1", "+1", "1+1"})
_OKAY = "👌🆗👍🫡✅☑✔💯🙏🤝👏"
_FINE, _WRONG = "👌🆗👍✅☑✔💯", "❌❎👎🙅✖"
_LAST = -1
_FACE = Pattern(rf"\[[{HAN}]{{1,5}}\]")
"""A platform's name for one of its faces: [抱拳]."""
_AGAIN = Pattern(rf"([{HAN}])\1+")


def choice(text: str, count: int) -> int | None:
    """The 0-based index chosen among `count` things: 2, ②, 二, 第二个, 选2, B, 后一个."""
    chosen = picked(text)
    if chosen == _LAST:
        return count - 1 if count else None
    return chosen - 1 if chosen is not None and 1 <= chosen <= count else None


def picked(text: str) -> int | None:
    """The number that was chosen of a list whose length is not known, from 1; -1 is the last. None for anything longer."""
    words = _short(text)
    if spoken := _COUNTED.fullmatch(words):
        return number(spoken["count"])
    if letter := _LETTER.fullmatch(words):
        return ord(letter["letter"]) - ord("a") + 1
    if english := _ENGLISH.fullmatch(words):
        return _ORDINALS[english[1]]
    if placed := _PLACED.fullmatch(words):
        return _LAST if placed["last"] else 1 if placed["first"] else 2
    return None


def yes_no(text: str) -> bool | None:
    """A plain yes or no (对对, 嗯呢, 没错; 不是的, 都不是); anything longer is None."""
    words = _once(text)
    if not words and text:
        return True if any(sign in text for sign in _FINE) else False if any(sign in text for sign in _WRONG) else None
    if _SAYS_YES.fullmatch(words):
        return True
    return False if _SAYS_NO.fullmatch(words) else None


def is_ack(text: str) -> bool:
    """Whether the message says no more than that a notice was received."""
    words = _once(text)
    return words in _ONES or _ACK.fullmatch(words) is not None or _SEEN.fullmatch(words) is not None


def is_heard(text: str) -> bool:
    """Whether a message right after a notice says that it was taken in, in words that say nothing elsewhere: 好的, 知道了, 👌."""
    words = _once(text)
    if not words:
        return any(sign in text for sign in _OKAY)
    return is_ack(text) or (words not in _CALLED and _HEARD.fullmatch(words) is not None)


def ack_numbers(text: str) -> tuple[int, ...]:
    """The numbers of the notices acknowledged, each once: 3 for 收到 N3, 8 and 9 for 收到 N8、N9."""
    words = _short(text)
    said = _ACK_NUMBER.fullmatch(words) or _NUMBER_ACK.fullmatch(words)
    return tuple(dict.fromkeys(int(each[0]) for each in _DIGITS.finditer(said[1]))) if said else ()


def ack_number(text: str) -> int | None:
    """The first of these numbers."""
    return next(iter(ack_numbers(text)), None)


def _short(text: str) -> str:
    if len(text) > _LONGEST:
        return ""
    return bare(_FACE.sub("", text)) or (bare(text) if _FACE.fullmatch(text.strip()) else "")


def _once(text: str) -> str:
    """A short text with no character twice in a row: 对对对, 嗯嗯, 谢谢."""
    return _AGAIN.sub(r"\1", _short(text))

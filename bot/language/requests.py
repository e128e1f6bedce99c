"""A request by itself: without fillers, politeness and particles, and whether it asks. `courtesies` takes only greetings and thanks."""

from bot.language.said import Said
from bot.patterns import Pattern

_BEFORE = Pattern(
    "(?:嗯+|呃+|额+|哎+|唉+|喂+|诶+|那个|这个|就是|话说|对了|好的?(?=[,。 ])|您好|你好|[你您]?们?好|在吗|在不在"
    "|大家好|早上好|下午好|晚上好|打扰(?:一?下)?了?|不好意思"
    "|(?:李|王|张|刘|陈|杨|赵|黄|周|吴|孟|徐|孙|马|朱|胡|林|郭|何|高|罗)?(?:支部)?(?:书记|支书|同志|领导|主任|委员"
    "|机器人|小助手|助手|小支|老师|组织)(?:好|您好|你好)?(?=[,:。! ]|请|我|帮|麻烦|想|问|能)"
    "|请问(?:一下|下)?|请教(?:一下|下)?|想?问(?:一下|下|个事|问)|我?想(?:问|请教|咨询|了解)(?:一下|下)?|咨询(?:一下"
    "|下)?|麻烦(?:你|您|问)?(?:一下|下)?|劳驾|拜托|帮忙"
    "|(?:请)?帮(?:我|俺)?(?:一下|下)?(?=[^忙找定订助])"
    "|请(?=[^假示党问])|可不可以|能不能(?=帮|给|把|麻烦)|可以(?=帮|给|把)|hi|hello|hey|please|excuse me|can you"
    "|could you|qing ?wen)[,:。!~ 、]{0,3}"
)
_AFTER = Pattern(
    "[,。!~ 、]{0,3}(?:谢谢(?:你|您|啦|了|大家|书记|组织)?|多谢|感谢|谢了|麻烦(?:你|您)?(?:了|啦)|辛苦(?:了|啦|你了"
    "|您了)?|拜托了?|行吗|行不行|行不|好吗|好不好|可以吗"
    r"|可以不|可不可以|成吗|中不中|啊+|呀+|哈+|呢+|哦+|噢+|喔+|嘞+|咧+|呗+|嘛+|吧+|哟+|哇+|thanks?|thank you|thx|please|pls|xie ?xie)$"
)
_MOST = 6


def core(words: str) -> str:
    """The request itself, in `Said.words`, without what politeness puts around it; never empty where something was said."""
    said = words
    for _ in range(_MOST):
        begins = _BEFORE.match(said)
        if begins is None or begins.end() == len(said):
            break
        said = said[begins.end() :]
    for _ in range(_MOST):
        ends = _AFTER.search(said, max(0, len(said) - 12))
        if ends is None or ends.start() == 0:
            break
        said = said[: ends.start()]
    return said


_WONDERS = Pattern(
    "算不算|多久|多长|多大|还有多|几[张票天月步年份位名条]|如何|怎样|哪|是否|(?<![我俺])还是.{1,12}(?:呢|啊|$)|(?:行|能|要"
    "|会|是|对|好|用|该|可)不(?:行|能|要|会|是|对|好|用|该|可)|还没"
)


def asks(said: Said) -> bool:
    """Whether it is a question, also without a question mark: 还有多久, 票数如何, 还没好."""
    return said.asks or _WONDERS.search(said.words) is not None

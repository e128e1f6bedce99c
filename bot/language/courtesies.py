"""What is said around a message: greetings, thanks, the hesitation of who speaks into a telephone. Without it the rest is plainer."""

import re

from bot.language.normalise import HAN
from bot.patterns import Pattern

_ONE = f"[老小]?[{HAN}]{{0,2}}(?:书记|委员|支书|主任|师傅|老师|领导)|支部|党?组织|机器人|小?助手|小支|管家|亲"
_WHOM = f"(?:{_ONE}|各位|大家|同志们?)"
_GREETING = Pattern(
    f"(?:{_WHOM}?(?:你们?好|您好|大家好|各位好|好呀?|早上好|上午好|中午好|下午好|晚上好|早安?|新年好|过年好)(?:[呀啊哈]|呀?各位)?|"
    "(?:我)?(?:向|跟|给)(?:您|你|书记|组织|大家|支部)(?:汇报|报告|说|讲|报备)(?:一?下|一声|下)?|"
    "(?:请问|问)(?:一?下|您|你|大家){0,2}|打扰(?:一下|了|您)?(?:一下)?了?|麻烦(?:问一?下|您|你|了)|在[吗么不]?|在不在|"
    "hi|hello|hey|good morning|good evening|excuse me|please|dear "
    "[a-z]{2,12}|那?是这样的?|我想(?:请)?问一?下|跟您?(?:汇报|说)一?下|汇报一?下|报告)"
    "(?:书记|组织|领导|大家|各位)?[ ,，.。!！:：;；、~?？…]+",
    re.IGNORECASE,
)
_LABEL = Pattern(
    r"[【\[(（](?:[0-9]{1,3}[秒\"″] ?)?(?:语音|转文字|听写)[^】\])）]{0,8}[】\])）][ :：]*|(?:语音)?转文字[ :：]+|语音[^ :：]{0,4}[:：] *"
)
"""What a telephone writes before what it has heard."""
_AROUND = "[ ,，.。!！;；、~…]*"
_THANKS = Pattern(
    f"{_AROUND}(?:(?:先|非常|太|真是?|多|十分|再次)?(?:感谢|谢谢|谢过|多谢|辛苦|麻烦|拜托|劳烦|有劳|打扰)"
    "(?:了|啦|您|你|大家|各位|书记|组织|领导|们|同志|支部|一下|哈|啊|呀){0,5}"
    "|(?:thanks|thank you)(?: (?:so much|a lot|very much))?|thx|3q|please|pls"
    "|(?:请)?(?:您)?(?:知悉|知晓|见谅|海涵|多关照|多多关照)|祝好|此致|敬礼)"
    f"{_AROUND}$",
    re.IGNORECASE,
)
_LAST = 40
_HESITATION = Pattern(
    f"^(?:(?:{_ONE}|好的?|行|对不起|不好意思|抱歉|sorry|ok|那个|这个|嗯+|呃+|额+|哎+|欸+|喂+|哦+|啊+|那)[ "
    ",，.。~…]+){1,3}|(?:[哈呀啊哟噢哦嘿呵嘻]{1,9}|[lh]+o+l+)[ ~.。!]*$|"
    f"(?<![{HAN}])(?:嗯|呃|额|啊|哎|欸|那个|这个|就是说?|然后呢?|那什么|怎么说呢)+[ ,，]?|[嗯呃额欸]+|"
    f"(?<=[我俺你您他她])(?:那个|这个|呢|啊|就是|嘛)(?=[{HAN}]{{2}})|(?<=书记)啊|(?<=[{HAN}])啊[,，]?(?=[我俺])"
    f"|(?<=[{HAN}])那个(?=[{HAN}]{{0,20}}了)"
)
_MOST = 4


_HEADING = Pattern(
    f"(?<=提议|表决|投票|意见|建议|提案|通知|公告|补录|汇报|体会|心得|求助|反映)(?:啊|呢|呃|嗯|额|那个)+[,，]?(?=[{HAN}]{{2}})"
)


_ALOUD = Pattern(f"^(?:嗯|呃|额|啊|哎)+[,， ]?(?:那个|这个|就是说?)+[,， ]?(?=[{HAN}0-9a-z]{{2}})")


_SPOKEN = frozenset("啊呢呃嗯额哎那")


def parted(line: str) -> str:
    """A line without 嗯那个 before it, and with a comma for what is spoken behind a heading: 我提议啊村口装灯 is 我提议，村口装灯."""
    if _SPOKEN.isdisjoint(line):
        return line
    return _ALOUD.sub("", _HEADING.sub("，", line))


def without(line: str) -> str | None:
    """A line (`Said.line`) without the courtesies around it; None where there are none, or nothing else is left."""
    label = _LABEL.match(line)
    rest = line[label.end() :] if label and label.end() < len(line) else line
    for _ in range(_MOST):
        found = _GREETING.match(rest)
        if found is None or found.end() == len(rest):
            break
        rest = rest[found.end() :]
    for _ in range(_MOST):
        found = _THANKS.search(rest, max(0, len(rest) - _LAST))
        if found is None or not found.start():
            break
        rest = rest[: found.start()]
    return rest if rest != line else None


def without_hesitation(line: str) -> str | None:
    """A line as it would have been typed, not spoken: without 嗯, 那个 and 就是; None where none was."""
    rest = _HESITATION.sub("", line)
    return rest if rest != line and rest.strip() else None

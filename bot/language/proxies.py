"""For whom a check-in is made: 代签到:张三、李四也到了; 帮李小山打个卡; 我和周海都平安."""

from bot.language import persons
from bot.language.normalise import HAN
from bot.patterns import Pattern

_DO = "(?:签一?[个下]?到?|打一?[个下]?卡|报一?[个下]?到|报一?[个下声]?平安|点一?个?到|补一?[个下]?签到?)"
_NAMES = f"(?P<names>[{HAN}·][{HAN}·,、;/ ]{{1,50}}?)"
"""All that may be a list of names; what is in it is looked at afterwards, so that nothing is tried twice."""
_AFTER = (
    "(?:(?:这?几?个?[两三四五]?[人位]|同志|他们|她们|今天|今日)?(?:也|都|均)?(?:已经?|全)?(?:到了?|在|平安|签到|报到"
    "|打卡|在岗|到位|来了|报平安)?"
    "(?:了|啦|哈|吧|一下|下|,谢谢|谢谢|呗|行吗|好吗|可以吗|\\?){0,4})"
)
_ASK = "(?:我|请|麻烦|书记|机器人|小?助手|能不能|能否|可以|可不可以|想|要|来|顺便|顺手|再|也|一起|,|你|您){0,5}"
_BEFORE = Pattern(f"{_ASK}(?:代替?|替|帮忙?|给)(?:签到?|打卡|报到|报平安|点到)(?:一下)?(?:的?人?(?:是|有))?[:, ]{{0,2}}{_NAMES}{_AFTER}")
_BETWEEN = Pattern(f"{_ASK}(?:代替?|替|帮忙?(?:给)?|给|为){_NAMES}{_DO}(?:到|卡)?{_AFTER}")
_ASKED = Pattern(f"{_NAMES}(?:让|叫|托|喊|请|委托|要)(?:我|俺)(?:帮|替|代|给)(?:[他她它]们?|忙)?{_DO}(?:到|卡)?{_AFTER}")
_WHY = f"[{HAN}]{{0,12}}"
_FOR_THEM = Pattern(
    f"{_NAMES}(?:在)?(?:今天|也|都|手机|没|不|那边|到了?|平安){_WHY},?(?:我|俺|让我)?(?:来)?(?:帮|替|代"
    f"|给)(?:[他她它]们?)(?:也)?{_DO}(?:到|卡)?{_AFTER}"
)
_WITH_ME = Pattern(
    f"(?:我|俺)[和跟与及]{_NAMES}(?:都|一起|两个|两人|俩|也|今天|一块儿?){{0,3}}(?:签到|打卡|报到|报平安|平安|报个平安"
    f"|签个到|打个卡)(?:了|啦|哈)?"
)
_SEVERAL = Pattern(f"{_NAMES}(?:都|也|均|一起|两人|俩)?(?:签到|打卡|报到|报平安|平安|已签到)(?:了|啦)?")
_PRONOUN = Pattern(f"{_ASK}(?:代替?|替|帮忙?|给)(?:[他她]们?)(?:也)?{_DO}(?:到|卡)?{_AFTER}")
_SPLIT = Pattern("[,、;/ ]+|以及|还有|(?<=.[^,、;/ ])[和跟与及](?=..)")
_MYSELF = frozenset(
    {
        "我",
        "俺",
        "我们",
        "自己",
        "本人",
        "一下",
        "大家",
        "所有人",
        "全体",
        "各位",
        "支部",
        "组织",
        "书记",
        "咱们",
        "你们",
        "你",
        "您",
        "家里",
        "家人",
    }
)
_NO_NAME = Pattern(
    "^[今明昨前]天|^(?:安好|勿念|一切|放心|健康|顺利|都好)|^(?:没有?|不|是|有|在|要|会|能|什么|怎么|一[个下]|每|天天|我"
    "|你|他|她|这|那|哪|谁|别|再|快|忘|记得|来|去|到)|[了吗的么]$|签到|打卡|平安"
)
_TITLE = Pattern("(?:同志|他们|她们|[两三四五]?[个位]人?)$")
_KIN = Pattern(
    "^(?:我)?(?:爸|妈|爸爸|妈妈|父亲|母亲|老爸|老妈|爷爷|奶奶|老婆|媳妇|老公|爱人|对象|哥|姐|弟弟?|妹妹?|大哥|大姐|儿子"
    "|女儿|家属|工友|老乡|室友|师傅)$"
)


def names(words: str) -> list[str] | None:
    """The people for whom a sentence checks in, in order; an empty list where it says so of 他 or 她 only; None where it does not."""
    if len(words) > 80:
        return None
    for pattern in (_BEFORE, _BETWEEN, _ASKED, _WITH_ME, _SEVERAL, _FOR_THEM):
        found = pattern.fullmatch(words)
        people = _people(found["names"]) if found else []
        if len(people) > (pattern is _SEVERAL) and (pattern is not _SEVERAL or any(map(persons.is_person, people))):
            return people
    return [] if _PRONOUN.fullmatch(words) else _explained(words)


def _explained(words: str) -> list[str] | None:
    """帮李小山签个到,他手机没电了: one clause asks for it, the other tells why he does not do it."""
    clauses = _CLAUSES.split(words)
    for at, clause in enumerate(clauses) if 1 < len(clauses) <= _MOST_CLAUSES else ():
        others = clauses[:at] + clauses[at + 1 :]
        found = next((found for pattern in (_BETWEEN, _BEFORE) if (found := pattern.fullmatch(clause))), None)
        people = _people(found["names"]) if found else []
        if people and all(_WHY_NOT_THEM.search(other) or _POLITE.fullmatch(other) for other in others):
            return people
    return None


_CLAUSES = Pattern("[,;!。]+")
_MOST_CLAUSES = 4
_WHY_NOT_THEM = Pattern(
    "[他她](?!乡)|手机|没电|没网|没信号|信号|流量|上不了|登不上|不会(?:用|弄|操作|打字)|不方便|没空|忙|在(?:开车|干活"
    "|上班|睡觉|船上|医院|地里)|住院|生病|出海|老人|年纪"
    "|眼睛|不识字|托我|让我|叫我|关机|欠费|坏了|丢了"
)
_POLITE = Pattern("(?:谢谢|麻烦|辛苦|拜托|多谢|好吗|行吗|可以吗|书记|您好|你好)[了您你啦书记哈]{0,3}")


def _people(listed: str) -> list[str]:
    """The names of a list; nothing where one of them is no name."""
    people = [_TITLE.sub("", each) for each in _SPLIT.split(listed) if each]
    return people if all(_may_be(each) for each in people) else []


def _may_be(name: str) -> bool:
    if _KIN.search(name):
        return True
    return name not in _MYSELF and 2 <= len(name) <= 12 and _NO_NAME.search(name) is None and ("·" in name or len(name) <= 4)

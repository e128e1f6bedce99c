"""Statements of where the speaker is. The whole message has to be one: precision matters more than recall."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.language import place_everyday
from bot.language.gazetteer import Place
from bot.language.normalise import HAN, clean
from bot.language.place_search import find
from bot.patterns import Pattern

_LONGEST = 120


_FILLERS = Pattern("那个|嗯+|呃+|额+|(?<=书记)[啊呀哦]")
_OF_SELF = "我|俺|咱|本人"
# Calls somebody who is then told something; with a verb behind it, it would tell of them.
_VOCATIVE = Pattern(f"(?:[{HAN}]{{0,2}}(?:书记|支书|委员)|同志们|各位)")
_CALL = Pattern(f"{_VOCATIVE.pattern}(?={_OF_SELF})")
_OPENING = Pattern(
    f"(?:(?:[{HAN}]{{0,2}}(?:书记|支书|委员)|各位同志|同志们|大家|各位|[你您]们?)(?:好|早上好|晚上好)|报告(?:一下)?(?:书记|支书|组织"
    f"|支部|大家)?|汇报一下"
    "|[跟向给](?:书记|组织|支部|大家)(?:报告|汇报|说)(?:一下|一声)?|因?为?(?:工作调动|公司安排|工作需要|工作原因)"
    "|早上好|晚上好|(?:hi|hello|ni ?hao)\\b[, ]*)"
)
_ASIDE = Pattern(
    f"(?:(?:我是|我叫|本人)[{HAN}·]{{2,6}}"
    "|我?(?:今天|刚刚?|才|现在|准备|正|马上|已经?)?(?:过来|来|去)?"
    "(?:报到|上班|打工|工作|干活|搬砖|落脚|安顿(?:下来|好)?|下车|下飞机|下火车|入职|进厂|住下)了?"
    "|(?:一切|都|身体|这边)?(?:平安|安好|都好|顺利|正常|还好|挺好的?|很好)|请?(?:大家|书记|组织|支部)?请?(?:放心|勿念|知悉)"
    "|谢谢(?:大家|书记|组织)?"
    "|签到|打卡|报平安|[跟向给](?:书记|组织|支部|大家)?(?:报告|汇报|说|报备)(?:一下|一声)?|报备一下|特此报告"
    "|以后就?在这[边里]?(?:工作|上班|打工)?了?"
    f"|准备[坐去找租上][{HAN}]{{1,10}}|刚到|thanks|thank you|all (?:is )?well|safe and sound)"
)
_TAIL_WORDS = (
    "了 啦 哈 呢 哦 噢 啊 呀 嘛 的 喽 咯 嘞 哩 滴 这边 这里 这儿 这块 那边 上班 打工 工作 干活 搬砖 务工 做事 做工 进厂 出差 学习 "
    "培训 上学 读书 跑车 开车 送外卖 送快递 做生意 经商 创业 定居 常住 生活 居住 住 落脚 安顿 下来 过年 养老 带孙子 带娃 看病 工地 市内 "
    "市里 城里 境内 地界 一带 附近 现在 目前 平安 呆着 待着 住着"
)
_TAILS = tuple(_TAIL_WORDS.split())
_REPORTING_TAIL = Pattern("了?(?:刚刚?|才)?(?:过来|来)?报到了?$")
_LATIN_TAIL = Pattern(r" (?:le|la|now|today|for work|working|already|safely|at the moment|currently|gong ?zuo|shang ?ban|da ?gong)$")

_SELF = "(?P<self>我人|我自己|我呀?|俺|咱|本人|自己)?"
_MANNER = (
    "(?P<manner>(?:现在|目前|如今|眼下|现|已经|已|刚刚|刚才|刚|才|今天|今早|今晚|早上|上午|中午|下午|晚上|昨天|昨晚|前天|上周|终于"
    "|平安|安全|顺利|"
    "又|也|还|仍|就|人|一直){0,4})"
)
_ORIGIN = "(?:从(?P<origin>[^从到]{2,16}?))?"
_SENDER = "(?P<sender>[被让由给]?(?:公司|单位|厂里?|工厂|老板|组织|领导|集团|队里|工地|上级|部队)?(?:把我|让我|给我|给)?)"
_STAYS = Pattern(f"{_SELF}{_MANNER}(?:在|(?:居?住|待|呆|定居|常住|落脚|身|工作)在|常住|居|住)(?:现在|目前)?(?P<place>.+)")
_COMES = Pattern(f"{_SELF}{_MANNER}{_ORIGIN}(?P<came>到达了?|抵达了?|来到了?|到了|来了|到|抵|来)(?P<place>.+)")
_MOVES = Pattern(
    f"{_SELF}{_MANNER}{_ORIGIN}{_SENDER}(?:调动?|调任|派遣?|安排|借调|外派|抽调?|搬家?|转移?|换|挪|迁|跳槽"
    f"|分配?)[到去来往至]了?(?P<place>.+)"
)
_REPORTS = tuple(
    Pattern(pattern)
    for pattern in (
        "(?:在外(?:务工|打工|地)?|报到)[:,]?(?P<place>.+)",
        "(?:我的?|本人)?(?:当前|现在|目前)?(?:位置|所在地|现?住?地址|地点)(?:变更|更新|变动|变化|改|换)[为到成是]?[:,]?(?P<place>.+)",
        "(?:我的?|本人)?(?:当前|现在|目前)?(?:位置|所在地|现住址)[是在:]{1,3}(?P<place>.+)",
        "(?P<place>.+)报到了?",
        r"(?:i ?'?m|i am|i live|i work|i stay|now|currently)"
        r"(?: (?:now|currently|already|safely|back|working|living|staying)){0,3} (?:in|at) (?P<place>.+)",
        r"(?:i ?(?:'ve|have)? )?(?:(?:just|now|already|safely) ){0,3}"
        r"(?:arrived|got|moved|relocated|returned|came) (?:(?:in|at|to|back to) )?(?P<place>.+)",
        r"(?:i was|i've been|i have been|i got)(?: just)? (?:sent|transferred|posted|moved|assigned) to (?P<place>.+)",
        r"wo ?(?:(?:xian ?zai|mu ?qian|yi ?jing|gang|ren) ?){0,3}(?:zai|dao ?le|lai ?dao|dao) ?(?P<place>.+)",
        r"(?:yi ?jing|yi|gang) ?(?:dao ?da|di ?da|dao ?le|dao) ?(?P<place>.+)",
        r"dao (?P<place>.+) le",
    )
)
_HOURS = Pattern("今早|今晚|早上|上午|中午|下午|晚上|昨天|昨晚|前天|上周")
_NOT_THERE = Pattern(f"{_SELF}(?:现在|已经|早就|早|目前)?不在[{HAN}]{{2,12}}")
_SEPARATOR = Pattern("[,。;!、~]+|\\.(?= |$)")

_WRONG = Pattern("不对|不是|不不|不|说错了?|[打写弄搞记]错了?|错了?|(?:no|nope|wrong|sorry|actually|not right|bu ?dui)\\b")
_MEANT = Pattern(
    "(?:应该|应当)?(?:我说的是|我说的|我是说|我指的是|我的意思是|我是在|是在|改[成为到]|我在|我到|是|在)"
    "|(?:it ?'?s|it is|i mean|i meant|i said|i ?'?m in|i am in|shi)\\b(?: in\\b)? ?"
)
_INSTEAD = Pattern("我?不[是在][^,。!是在]{2,12}?[,。! ]{0,3}(?:应该)?(?:而?是在?|在)(?P<place>[^,。!]+)")
_AND_NOT = Pattern("[,。! ]不[是在][^,。! ]{2,12}$")


@dataclass(frozen=True, slots=True)
class Said:
    """Where somebody said to be: the words and the places they may mean, at least one."""

    words: str
    candidates: list[Place]


def said(text: str) -> Said | None:
    """What a message states about where its speaker is now; None if it is anything else."""
    words = _prepared(text)
    if words is None:
        return None
    joined = _joined(_FILLERS.sub("", words))
    for clause in dict.fromkeys((_only_clause(joined), _only_clause(words.replace(" ", ",")), words, _only_clause(words))):
        for place in _stated(clause or ""):
            if (found := _resolved(place)) is not None:
                return found
    return None


def corrected(text: str) -> Said | None:
    """The place that a message puts in the place of the one understood before: 不对，是南京."""
    words = _prepared(text)
    if words is None:
        return None
    words = _AND_NOT.sub("", _joined(words))
    if instead := _INSTEAD.fullmatch(words):
        return _resolved(instead["place"])
    denial, pause, rest = _denial(words)
    meant = _MEANT.match(rest)
    corrects = any(sign in pause for sign in ",.!;。") or (meant and denial not in {"不是", "不", "不不"})
    return _resolved(rest[meant.end() :] if meant else rest) if denial and corrects else None


def _prepared(text: str) -> str | None:
    """One short line in lower case; None for questions, novels and silence."""
    words = clean(text).casefold().replace("’", "'").rstrip("。.!~ ") if len(text) <= 4 * _LONGEST else ""
    return words if words and len(words) <= _LONGEST and "?" not in words else None


def _joined(words: str) -> str:
    return re.sub(f"(?<=[{HAN},]) | (?=[{HAN},])", "", words)


def _denial(words: str) -> tuple[str, str, str]:
    """The last of the leading words that say it was wrong, the punctuation behind it, and the rest."""
    denial = pause = ""
    while wrong := _WRONG.match(words):
        denial, words = wrong[0], words[wrong.end() :]
        spoken = words.lstrip(",。.!;、 ")
        pause, words = words[: len(words) - len(spoken)], spoken
    return denial, pause, words


def _only_clause(words: str) -> str | None:
    """The one clause that is left without greetings and asides."""
    clauses = [clause.strip() for clause in _SEPARATOR.split(words)]
    telling = [clause for clause in clauses if clause and not (_OPENING.fullmatch(clause) or _ASIDE.fullmatch(clause))]
    if len(telling) == 2 and (_NOT_THERE.fullmatch(telling[0]) or (_VOCATIVE.fullmatch(telling[0]) and re.search(_OF_SELF, telling[1]))):
        return telling[1]
    return telling[0] if len(telling) == 1 else None


def _stated(clause: str) -> Iterator[str]:
    """The words that may name the speaker's place, by each form a statement can take."""
    opening = _OPENING.match(clause) or _CALL.match(clause)
    for spoken in (clause, clause[opening.end() :] if opening else ""):
        yield from _staying(spoken)
        yield from _coming(spoken)
        yield from _moving(spoken)
        yield from (told["place"] for report in _REPORTS if (told := report.fullmatch(spoken)))


def _staying(clause: str) -> Iterator[str]:
    if (stay := _STAYS.fullmatch(clause)) and not _HOURS.search(stay["manner"]):
        yield stay["place"]


def _coming(clause: str) -> Iterator[str]:
    """Arrivals; without 了 they may be plans, so they need the speaker or a verb that tells of the end."""
    if not (coming := _COMES.fullmatch(clause)) or not _known(coming["origin"]):
        return
    done = re.search("[了啦]", clause) or "已" in coming["manner"] or coming["came"] in {"到达", "抵达", "抵", "来到"}
    plan = "今天" in coming["manner"] or _HOURS.search(coming["manner"])
    if done or (coming["self"] and coming["came"] == "到" and not plan):
        yield coming["place"]


def _moving(clause: str) -> Iterator[str]:
    """Moves of the speaker, not of the firm."""
    if not (moving := _MOVES.fullmatch(clause)) or not _known(moving["origin"]):
        return
    if moving["self"] or re.search("[被我]", moving["sender"]) or ("了" in clause and not moving["sender"]):
        yield moving["place"]


def _known(origin: str | None) -> bool:
    return origin is None or bool(find(origin))


def _resolved(words: str) -> Said | None:
    """The places meant, once what people add behind a place is taken away."""
    words = words.strip(" ,。.!、:")
    for _ in range(6):
        if words in place_everyday.ALWAYS:
            return None
        if candidates := find(words):
            return Said(words, candidates)
        words = _without_tail(words)
    return None


def _without_tail(words: str) -> str:
    if reporting := _REPORTING_TAIL.search(words):
        return words[: reporting.start()]
    for tail in _TAILS:
        if words.endswith(tail):
            return words.removesuffix(tail).rstrip(" ,、")
    return _LATIN_TAIL.sub("", words).rstrip(" ,")

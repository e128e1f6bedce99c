"""Requests the bot refuses: forced check-ins, rankings, public shaming (指尖上的形式主义)."""

import unicodedata
from enum import StrEnum

from bot.patterns import Pattern

SOURCE = "《关于防治“指尖上的形式主义”的若干意见》（2023-12-18）"
LONGEST = 200  # a request is short; what is longer is an article about the matter


class Refusal(StrEnum):
    """What was asked for."""

    FORCED = "forced"
    RANKING = "ranking"
    SHAMING = "shaming"


_DUTY = "(?:签到|签个到|打卡|接龙|报平安|报位置|上报位置|回收到|回复收到|在线时长|学习时长|刷题)"
_STUDY = "(?:学完|看完|学习|听课|答题|看课)"
_EVERYBODY = "(?:全员|全体|大家|人人|每个?人|所有人|所有党员)"
_MUST = "(?:必须|强制|一律|务必|强行|硬性|不得不|规定)"
_GAP = "[^。;!?\n]{0,12}"
_FORCED = Pattern(
    f"{_MUST}{_GAP}{_DUTY}|{_DUTY}{_GAP}(?:{_MUST}|不能不|不许漏|不准漏|一个都不能少)"
    f"|{_EVERYBODY}{_GAP}{_MUST}{_GAP}{_STUDY}|{_MUST}{_EVERYBODY}{_GAP}{_STUDY}"
    "|不(?:签到?|打卡|接龙|回复)(?:的|者)?(?:就|要|不行|一律|扣|罚|算旷|不准|不许)"
    "|(?:forced?|forcing|mandatory|compulsory|obligatory) (?:[a-z]{1,12} ){0,3}(?:check[- ]?ins?|sign[- ]?ins?)"
    "|(?:check[- ]?ins?|sign[- ]?ins?) (?:is |are |must be |should be )?(?:mandatory|compulsory|obligatory)"
    "|(?:everyone|everybody|all members|members) (?:must|has to|have to) (?:check|sign)[- ]?in"
)
_RANKING = Pattern(
    "(?:签到|打卡|学习|积分|时长|党费|答题|活跃度?|参会|读课|阅读|缴费|点赞|转发|发言|回复|党员|支部成员|大家)"
    f"{_GAP}(?:排名|排行|排个名|排座次|龙虎榜|红黑榜|英雄榜|积分榜)"
    "|(?:排名|排行榜|积分榜|红黑榜|龙虎榜)|(?:签到|打卡|学习|时长|读课|参会|在线)(?:换|记|加|扣|算|兑换|计)(?:入)?(?:积分|分)"
    "|(?:不签到?|不打卡|没签到?|没打卡|漏签)(?:的|者|一次)?(?:就|要)?扣(?:积)?分|积分(?:考核|评比|制度)|(?:签到|打卡|学习|答题)积分"
    "|谁(?:学|答|看)(?:得|的)?(?:题)?(?:最|比较)(?:多|少|好|差|快|慢|积极|认真)|学习标兵榜|(?:连续|累计)(?:学习|答题"
    "|打卡|签到)(?:天数|多少天|几天)"
    "|leader ?boards?|(?:^| )rank(?:ing|ings|ed)?(?:$| )|points? (?:table|for check)"
)
_SHAMING = Pattern(
    "(?:没|未|不|漏|谁|晚|忘)[^。;!?\n]{0,16}(?:通报|点名批评|公示批评|曝光|黑名单|挂出来|公开批评|示众|亮红牌)"
    "|(?:通报批评|通报|曝光|点名批评|公开批评|挂出来|公布|公示)[^。;!?\n]{0,8}(?:没|未|不|漏|忘)(?:签|打卡|交|缴|读"
    "|学|参加|到会|报到|回复|接龙)"
    "|(?:在|到|往)?群里?(?:公开)?(?:点名|曝光|公布|公示|挂)[^。;!?\n]{0,8}(?:没|未|不)(?:签|打卡|交|缴|读|学|参加|到会|回复)"
    "|(?:name and shame|public(?:ly)? sham(?:e|ing)|publish (?:those )?who (?:did not|didn't|has not|hasn't|have not))"
)
_OPPOSED = Pattern(
    "(?:不要|不搞|不再|别|不用|不必|不该|不应|不得|不许|无需|反对|取消|禁止|防止|防治|杜绝|停止|拒绝|关闭|关掉"
    "|为什么|为啥|凭什么|是不是|有没有)"
    "[^,。;!\n]{0,10}(?:强制|强行|必须|硬性|规定|排名|排行|红黑榜|通报|点名|曝光|积分|打卡接龙)"
    "|(?:do not|don't|no|stop|against|without|why|are there|is there) (?:[a-z]{1,12} ){0,3}"
    "(?:forced|mandatory|compulsory|rank|leaderboard|public)"
)


_ELSEWHERE = Pattern("公司|厂里|工厂|单位|学校|孩子|老板|班里|我们班|我班|高考|中考|幼儿园|车间|老师|作业|物业|小区|领导要求我|儿子|女儿")
_QUESTION = Pattern("[?吗么]$")
_WISH = Pattern("能|可以|帮|设|搞|弄|做|开|发|给|加|please|can|could")


def refused(text: str) -> Refusal | None:
    """Which forbidden thing a message asks for: "forced", "ranking" or "shaming"; None for anything else."""
    if len(text) > LONGEST:
        return None
    words = unicodedata.normalize("NFKC", text).casefold().strip()
    if elsewhere(words) or _OPPOSED.search(words) or (_QUESTION.search(words) and not _WISH.search(words)):
        return None
    for kind, pattern in ((Refusal.FORCED, _FORCED), (Refusal.SHAMING, _SHAMING), (Refusal.RANKING, _RANKING)):
        if pattern.search(words):
            return kind
    return None


def elsewhere(words: str) -> bool:
    """Whether a firm, a school or a child is spoken of: what these demand is none of ours."""
    return _ELSEWHERE.search(words) is not None


_WHO_HAS_NOT = Pattern(
    "(?:看看|查查|查一下|列一下)?(?:还有|有)?(?:谁|哪些人|哪几个)[^,。!?]{0,6}没有?(?:签到|报平安|打卡|签)(?:的|了|啊|呀|呢|吗)?"
)


def asks_who_has_not(text: str) -> str | None:
    """The empty string for a question who has not checked in; None for anything else."""
    return "" if len(text) <= LONGEST and _WHO_HAS_NOT.fullmatch(unicodedata.normalize("NFKC", text).strip(" ?!.。")) else None

"""What worries people who work far from home: wages not paid, an injury at work, papers kept back, illness at home.

Only told plainly, and neither a danger (that cannot wait) nor an appeal (that asks somebody for help already).
"""

import re
from enum import StrEnum

from bot.language import appeals, emergencies
from bot.language.normalise import bare, clean
from bot.patterns import Pattern


class Worry(StrEnum):
    """What it is about."""

    WAGES = "wages"
    INJURY = "injury"
    PAPERS = "papers"
    ILLNESS = "illness"


_LONGEST = 60
_BOSS = "老板|工头|包工头|厂里|厂子|公司|工地|单位|东家"
_WORDS = (
    (
        Worry.INJURY,
        "^(?:我|我这|这|出了|受了|算|是)*工伤(?:了)?"
        "(?:怎么(?:办|赔|报|认定|申请|弄)|咋(?:办|整|弄)|认定|赔偿|没人管|(?:厂里|老板|公司)?不(?:管|赔|认))?[吗呢啊]*$"
        f"|(?:手|脚|腿|胳膊|腰|指)[^,，。]{{0,4}}(?:轧|压|砸|绞|摔|伤|断)[^。!?;]{{0,8}}(?:{_BOSS})[^,，。]{{0,3}}"
        f"(?:不管|不赔|不认|不给治|不出钱)"
        "|(?:injured|hurt) at work|work injury",
    ),
    (
        Worry.PAPERS,
        "(?:身份证|证件|护照)[^,，。!?;]{0,4}(?:被|给)?[^,，。!?;]{0,4}(?:扣|押着|没收|不还)"
        f"|(?:{_BOSS})[^,，。!?;]{{0,3}}(?:扣|押|收|没收)(?:了|着|走|住)*我们?的?(?:身份证|证件|护照)"
        f"|(?:took|keeps|kept|holds) my (?:id|passport|papers)",
    ),
    (
        Worry.WAGES,
        "^(?:怎么|怎样|如何|想|要|去|我要|我想)*(?:讨薪|欠薪|讨工资|讨工钱|要工资|要工钱)(?:怎么办|咋办|找谁|要?怎么[办弄])?$"
        "|^(?:被)?拖欠工资(?:了)?(?:怎么办|咋办|找谁)?$"
        "|(?:拖?欠|拖着|压着|扣着)[^,，。!?;]{0,8}(?:工资|工钱|薪水|血汗钱)"
        "|(?:工资|工钱|薪水)[^,，。!?;]{0,6}(?:没发|不发|没给|不给|拖欠|拖着|要不回|要不到|没结|不结|发不下来)"
        f"|(?:{_BOSS})[^,，。!?;]{{0,4}}(?:不给|不发|没给|没发|赖)(?:我|我们|大家)?(?:钱|工资|工钱|账)"
        "|unpaid wages|owes? (?:me|us) (?:my |our |[0-9a-z]+ months? )?(?:wages|pay|salary)"
        "|(?:not|n't|hasn't) (?:been )?pa(?:id|y)(?: me| us)? (?:my |our )?(?:wages|salary)",
    ),
    (
        Worry.ILLNESS,
        "(?:老人|爸|妈|父亲|母亲|爷爷|奶奶|孩子|娃|爱人|老婆|老公|家里人|家人)[^,，。!?;]{0,4}(?:病|住院|手术)[^。!?;]{0,8}"
        "(?:要钱|没钱|缺钱|钱不够|差钱|拿不出|花不起|看不起|治不起)"
        "|^(?:我|俺)?(?:老人|爸|妈|父亲|母亲|爷爷|奶奶|孩子|娃|闺女|儿子|爱人|老婆|老公|老伴|媳妇|家里人|家人)?(?:最近|刚刚?|被|昨天|今天)?"
        "(?:得了?|查出(?:来)?|确诊|患上?)(?:了)?(?:[^,，。!?;]{0,4})(?:癌|瘤|白血病|尿毒症|大病|重病|绝症|中风)[^,，。!?;]{0,4}(?:[,，](?:急用钱|怎么办|咋办))?$",
    ),
)
_NOT_MINE = Pattern(
    "党费|党课|找课|的课|公告|新闻|电视|电影|视频|小说|听说|如果|假如|万一|要是|以前|去年|从前|解决了|要回来|讨回来|补发了"
    "|发下来了|已经(?:给|发|结|还)|不(?:拖)?欠|没(?:有)?(?:拖)?欠|从来"
    "|签名|投票|补录|认捐|捐|报销"
)


def read(text: str) -> Worry | None:
    """What somebody is worried about; None for anything else."""
    said = clean(text).casefold()
    if len(said) > _LONGEST:
        return None
    told = bare(said)
    found = next((worry for worry, words in _WORDS if re.search(words, told)), None)
    if found is None or _NOT_MINE.search(said) or appeals.asks(text) is not None or emergencies.heard(text) is not None:
        return None
    return found


def of_kind(kind: str) -> Worry | None:
    """The worry of a rights case of some kind; None for a kind about which there is no lesson."""
    return Worry(kind) if kind in set(Worry) else None


def heard(text: str) -> str | None:
    """The worry as a word; None for none."""
    found = read(text)
    return found.value if found is not None else None

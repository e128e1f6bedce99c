"""What was done to somebody at work, or to many: of which kind, for how many months, what was offered."""

from datetime import date
from typing import Any

from bot.language import months
from bot.language.money import amounts
from bot.language.month_words import ImpossibleMonth
from bot.language.numerals import NUMERAL, number
from bot.patterns import Pattern

BOSS = "老板|工头|包工头|厂里|厂子|厂方|工厂|[我这那]个?厂|公司|工地|单位|东家|项目部|劳务|中介|店里|店主|用人单位|船主|船老大"
_PART = "手指?|指头|脚|腿|胳膊|腰|眼睛?|头|肋骨|骨头|背|肩|膝盖"
_HURT = "扭|崴|撞|轧|压|砸|绞|摔|切|断|伤|烫|烧|夹|割|扎|骨折|炸|掉下"
_INJURY = Pattern(
    "工伤|(?:干活|做工|做事|上班|打工|工地|厂里|车间|机器|脚手架|架子|作业|施工|岗位|下班路上|船上|矿上"
    f"|{BOSS}).{{0,16}}(?:(?:{_PART}).{{0,6}}(?:{_HURT})|受了?伤|(?:{_HURT})[断伤掉了坏]|摔)"
    f"|(?:{_PART})[^,。]{{0,6}}(?:{_HURT}).{{0,20}}(?:{BOSS}|赔)|职业病|尘肺|(?:injured|hurt) (?:my \\w+ )?at work"
    "|work(?:place)? injury"
)
_WAGES = Pattern(
    f"讨薪|欠薪|讨(?:工资|工钱|要工|血汗)|要不回.{{0,4}}(?:工资|工钱)|(?:拖?欠|拖着|压着|扣着|克扣"
    f"|赖)[^,。!?]{{0,14}}(?:工资|工钱|薪水|薪|血汗钱|工程款|加班费|货款|奖金|提成)|(?:工资|工钱|薪水|工程款|加班费"
    f"|血汗钱)[^,。!?]{{0,10}}(?:没发|不发|没给|不给|没结|不结|拖|要不[回到]|发不[下出]|没拿|没着落|没到手|被扣"
    "|克扣|扣了)|(?:工资|工钱|薪水|薪资)(?:都|已经?|被|又|一直)?(?:拖?欠|拖|压|扣)(?:了|着)|(?:没|不)(?:开|领到?"
    f"|拿到?|见着?|结)[^,。!?]{{0,3}}(?:工资|工钱|薪)|(?:没发|不发|没给|不给|没结|没拿到?|要不回|不结)(?:我|我们"
    f"|俺们?|大家|他们)?[^,。!?]{{0,8}}(?:工资|工钱|薪|加班费|工程款)|(?:{BOSS})[^,。]{{0,4}}(?:跑路|跑了"
    f"|卷.{{0,3}}跑|失联|联系不上|人没了)|(?:{BOSS})[^,。!?]{{0,6}}(?:不给|不发|没给|没发|赖)(?:我|我们|大家"
    f"|俺们?)?(?:钱|账)|(?:{BOSS})[^,。!?]{{0,4}}(?:还)?欠(?:着)?(?:我|我们|俺们?|大家)|拖(?:着|了|欠)?工资|(?:工钱"
    f"|工资)[^,。]{{0,4}}(?:结不到|拿不到|一分)|干了.{{0,10}}(?:一分(?:钱)?没|分文|没给钱|不给钱|没拿到钱|一分钱没"
    "|没见着?钱)|unpaid wages|owes? (?:me|us)\\b|(?:not|n't)(?: been)? pa(?:id|y)(?: (?:me|us|my|our|wages|salary)"
    "|$)"
)
_PAPERS = Pattern(
    f"(?:身份证|证件|护照|驾照|资格证)[^,。!?]{{0,6}}(?:被|给)?[^,。!?]{{0,6}}(?:扣|押着|没收|不还|拿走)"
    f"|(?:{BOSS})[^,。!?]{{0,4}}(?:扣|押|收|没收)[了着走住]{{0,2}}(?:我|我们|大家)?们?的?(?:身份证|证件|护照)"
    "|(?:took|keeps|kept|holds) my (?:id|passport|papers)"
)
_DISMISSAL = Pattern(
    "(?:被|把我|把我们|无故|突然|违法|说|要|公司|厂里|单位|老板)(?:单位|公司|厂里|老板|给)?(?:无故|突然)?(?:辞退"
    "|开除|裁员|裁了|炒了|炒鱿鱼|解雇|解除合同|劝退)|(?:开除|辞退|裁)[^。]{0,8}(?:没有?|不给|无)(?:赔|补)"
    "|辞退(?:我|了我)|fired me|dismissed"
)
_CONTRACT = Pattern("(?:没|不|一直没|拒绝)(?:给|跟|和|肯|有)*(?:我|我们|大家|俺)?(?:签|订)[^,。]{0,6}合同|没有?(?:劳动)?合同")
_INSURANCE = Pattern(
    "(?:没|不|不肯|拒绝|从来没|少)(?:给|帮|替)?(?:我|我们|大家|俺)?(?:交|缴|上|买|办)[^,。]{0,3}(?:社保|五险|保险"
    "|医保|养老)|(?:社保|五险一金|保险)[^,。]{0,6}(?:没交|不交|没缴|断缴|没给交|没买|不给交|不给买|不给上)"
)
_OVERTIME = Pattern(
    "加班[^,。]{0,10}(?:没|不|无)(?:给|发|有)?[^,。]{0,4}(?:加班费|工资|钱)|加班费|(?:天天|强制"
    "|逼[着我们]{0,3})加班.{0,10}(?:不给|没有|违法|合法)"
)
_POLLUTION = Pattern(
    "(?:污水|废水|废气|粉尘|排污|污染|毒水|臭气)[^。]{0,16}(?:菜|田|地|鱼|庄稼|水|井|果|塘|河|村)|(?:菜|田|地"
    "|鱼塘?|庄稼|井水?|果树|河)[^。]{0,10}(?:污染|毒死|排污|废水|污水)"
)
_LAND = Pattern("(?:地|田|宅基地)被[^,。]{0,4}占|征地|拆迁|占了?[^,。]{0,4}(?:地|田|宅基地)|(?:土地|青苗|拆迁)[^,。]{0,4}补偿")
_FRAUD = Pattern(
    "黑中介|(?:被|让)[^,。]{0,6}(?:骗|坑)了?|(?:中介费|押金|保证金|培训费|服装费)[^,。!?]{0,6}(?:不退|没退|不还|要不回|被扣|骗)"
)
_DISPUTE = Pattern("(?:帮忙?|给|申请|请|想|要|能|来).{0,6}调解|纠纷")
_KINDS = (
    ("injury", _INJURY), ("papers", _PAPERS), ("overtime", _OVERTIME), ("wages", _WAGES), ("dismissal", _DISMISSAL),
    ("contract", _CONTRACT), ("social_insurance", _INSURANCE), ("pollution", _POLLUTION), ("land", _LAND), ("fraud", _FRAUD),
    ("dispute", _DISPUTE),
)  # fmt: skip

_OFFERED = Pattern(
    "(?:厂里|厂方|公司|老板|工头|他们|对方|只|才|就|最多|愿意?|答应|说|肯|同意|想|顶多)(?:是|能|肯|愿意?|答应|打算"
    "|同意|想)?(?:再)?(?:赔偿?|给|出|补偿?|付|拿出?|掏)(?:了|我|我们|个|到)*(?P<money>.{1,14})|(?:offer(?:s|ed)?"
    "|only pa(?:y|id)s?)(?: me| us)?(?: only)? (?P<english>.{1,14})"
)
_MONTHS = Pattern(f"(?P<count>{NUMERAL}|半|好几|几|俩|仨)个?多?(?P<unit>月|年)(?P<half>半)?(?![0-9份底初])")
_ENGLISH_MONTHS = Pattern("(?P<count>[1-9][0-9]?) months?")
_PAIRS = {"俩": 2, "仨": 3}
_PEOPLE = Pattern(
    "(?:[0-9]{1,4}|[一二两三四五六七八九十百]{1,4}|十几|几十|好几|几|上百)多?(?:来)?(?:个|号|名|位|户|口)?多?(?:人"
    "|工友|老乡|兄弟|弟兄|工人|农户|乡亲|村民|户(?!口))|工友们|老乡们|兄弟们|大伙|我们大家|大家都|一帮|全(?:班组?"
    "|车间|厂|村|队|组)|集体|一起(?:讨|维权|去要)|我们(?:班组|车间|村|队|组|这批|这帮|一批|这些|几)|all of us"
)
_ALONE = Pattern("(?:一|1)个人")


def kind(words: str) -> str | None:
    """Which wrong, as a word of `_KINDS` (injury, wages, papers, pollution …); None for none."""
    return next((name for name, pattern in _KINDS if pattern.search(words)), None)


def offered(words: str) -> float | int | None:
    """What the other side offers or gave, in yuan; None where nothing is said."""
    found = _OFFERED.search(words)
    said = amounts(found["money"] or found["english"]) if found else []
    if not said or said[0].start > 2:
        return None
    yuan = said[0].yuan
    return int(yuan) if yuan == yuan.to_integral_value() else float(yuan)


def owed(words: str, today: date) -> int | list[str] | None:
    """For how many months, or for which ones; None where nothing is said."""
    found = _MONTHS.search(words)
    if found and found["count"] == "半" and found["unit"] == "年":
        return 6
    if latin := _ENGLISH_MONTHS.search(words):
        return int(latin["count"])
    count = (_PAIRS.get(found["count"]) or number(found["count"])) if found else None
    if found and count and ("个" in found[0] or found["unit"] == "年" or found["count"] in _PAIRS):
        return count * 12 + (6 if found["half"] else 0) if found["unit"] == "年" else count
    if "月" not in words or (found and "个" in found[0]):
        return None
    try:
        return list(months.read(words, today).months) or None
    except ImpossibleMonth:
        return None


def slots(words: str, today: date) -> dict[str, Any]:
    """Kind, months, what was offered and whether it is many, as far as they are said."""
    which = kind(words)
    found: dict[str, Any] = {"kind": which} if which else {}
    if which in {"wages", "overtime", "social_insurance"} and (count := owed(words, today)):
        found["months"] = count
    if (money := offered(words)) is not None:
        found["offered"] = money
    return found | ({"collective": True} if _PEOPLE.search(words) and not _ALONE.search(words) else {})

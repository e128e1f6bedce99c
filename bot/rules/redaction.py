"""Words for the group without what would give somebody away: no name, no diagnosis, no street, no number.

PIPL art. 28-29: health is sensitive, and published only with a separate consent; even then it is called 就医 and no illness named.
Deterministic and plain: whoever asked sees exactly what is left, and approves every word.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.patterns import Pattern

_HAN = "\u4e00-\u9fff"
_DIGIT = "0-9０-９〇零一二三四五六七八九"


class Taken(StrEnum):
    """What was taken out."""

    NAME = "name"
    ILLNESS = "illness"
    STREET = "street"
    NUMBER = "number"
    LINK = "link"
    BED = "bed"


@dataclass(frozen=True, slots=True)
class Redacted:
    """The words that are left, and what was taken out of them."""

    text: str
    taken: tuple[Taken, ...]


_ILLNESSES = (
    "肿瘤|瘤|癌症|癌|白血病|尿毒症|糖尿病|高血压|心脏病|冠心病|心梗|心肌梗[死塞]?|心衰|脑梗[死塞]?|脑出血|脑溢血|脑瘫|中风|偏瘫|瘫痪|截瘫|肾衰竭?|肾炎|肾病"
    "|乙肝|丙肝|肝炎|肝硬化|肝病|腹水|肺炎|肺结核|结核|尘肺|矽肺|哮喘|癫痫|抑郁症?|精神分裂症?|精神病|精神障碍|双相|焦虑症|自闭症|孤独症|艾滋病?|梅毒|性病|骨折|骨髓炎"
    "|股骨头坏死|腰椎间盘突出|颈椎病|类风湿|风湿|红斑狼疮|帕金森|老年痴呆|痴呆|阿尔茨海默|流产|早产|不孕症?|难产|胃溃疡|胃出血|胃病|肾结石|胆结石|阑尾炎|胰腺炎|甲亢|甲减"
    "|结节|囊肿|息肉|肌瘤|乳腺增生|前列腺炎?|痔疮|再障|贫血|血友病|唐氏|先天性?[一-鿿]{0,4}病|残疾|截肢|烧伤|烫伤|化疗|放疗|透析|移植|搭桥|支架|活检|手术|切除"
    "|晚期|早期|中晚期|转移|复发|新冠|感染|败血症|昏迷|植物人|高烧|发烧|咯血|咳血|便血|渐冻症?|罕见病|重病|大病|绝症|[一-鿿]{0,2}综合征|[一-鿿]{1,2}炎|[一-鿿]{1,3}症(?!明|人)"
    "|cancer|tumou?r|leuk[a]?emia|diabetes|stroke|hiv|aids|hepatitis|dialysis|chemotherapy|depression|surgery|fracture|pneumonia"
)
_ILLNESS = Pattern(
    "(?:被)?(?:查出来?|得了|患上?了?|患有|确诊(?:为|是|了)?|诊断(?:为|出|是)?|检查出|生了|有|看|治疗?)?(?:了)?(?:是)?(?:晚期|早期|中晚期|恶性|良性|急性|慢性|严重的?)*"
    f"(?:肺|胃|肝|肠|直肠|结肠|乳腺|宫颈|子宫|卵巢|食道|食管|胰腺|前列腺|鼻咽|甲状腺|脑|骨|血|肾|膀胱|淋巴|皮肤|喉|口腔|胆囊?)?(?:{_ILLNESSES})(?:的?病)?",
    re.IGNORECASE,
)
_HEALTH = Pattern(
    f"{_ILLNESSES}|病|医|诊|药|治疗|挂.{{0,2}}号|专家号|大夫|护理|陪护|住院|床位|血|伤|疼|痛|瘫|残|康复|hospital|doctor|medic|ill\\b|sick|health|injur",
    re.IGNORECASE,
)
_LINK = Pattern(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|[a-z0-9-]+\.(?:com|cn|net|org|me)(?:/\S*)?", re.IGNORECASE)
_ACCOUNT = Pattern(
    r"(?:微信号?|vx|wx|weixin|qq|手机号?|电话号?码?|银行卡号?|卡号|账号|身份证号?码?|支付宝)[是为:： ]*[a-z0-9_\-]{4,}", re.IGNORECASE
)
_LONG_NUMBER = Pattern(rf"(?<![{_DIGIT}])(?:[{_DIGIT}][ \-－—.·*()（）]{{0,2}}){{5,}}[xX]?")
_SUM = Pattern(r"(?:[0-9]{1,7}(?:\.[0-9]{1,2})?) ?(?:元|块|万)")
_BED = Pattern(
    f"[{_DIGIT}a-z]{{1,5}}(?:号|楼|层|区)?(?:病房|床位|床|病区|病室)|(?:住院|病历|门诊|就诊)号?[:： ]*[{_DIGIT}]+", re.IGNORECASE
)
_STREET = Pattern(
    f"(?:住在?|在|到|去)?[{_HAN}]{{1,6}}?(?:路|大街|街道?|大道|胡同|巷|弄|里弄)[{_DIGIT}十百]{{1,5}}(?:号|弄|巷)?(?:[{_DIGIT}十百a-z]{{1,4}}(?:栋|幢|号楼|单元|室|楼|层|号))*"
    f"|(?<=[住在到去])[{_HAN}]{{2,4}}(?:路|大街|街道|大道|胡同|巷)(?![上边人费])"
    f"|[{_HAN}]{{2,5}}(?:小区|花园|公寓|新村|家园|苑|大厦|宿舍区|城中村)|[{_DIGIT}十百a-z]{{1,4}}(?:栋|幢|号楼|号院|单元|室)(?:[{_DIGIT}十百a-z]{{1,4}}(?:栋|幢|号楼|单元|室|楼|层))*",
    re.IGNORECASE,
)
_CALLED = Pattern(f"(?:我叫|我是|名叫|姓名[:：是]?|叫做?)(?!做)[{_HAN}·]{{2,4}}(?=[,，。.!、 ]|$)")
_AGAIN = Pattern("(就医)(?:[和、,，及 ]*就医)+")
_PARTS = Pattern(r"[,，。;；:：!！?？\s]+")
_LEFT_OVER = Pattern(r"[,，、;；:： ]{2,}|^[,，、;；:：。 ]+|[,，、;；:： ]+$")
_MARK = "\ue000"


def redacted(words: str, names: Collection[str]) -> Redacted:
    """Words without names (`names`: everybody of the branch), illnesses, streets, beds, links and numbers."""
    text = words
    taken: list[Taken] = []
    steps = (
        (Taken.LINK, _LINK, ""),
        (Taken.NUMBER, _ACCOUNT, ""),
        (Taken.BED, _BED, ""),
        (Taken.STREET, _STREET, ""),
        (Taken.NAME, _named(names), "同志"),
        (Taken.NAME, _CALLED, "同志"),
        (Taken.ILLNESS, _ILLNESS, "就医"),
    )
    # What one step leaves may join into something for another, so it is gone over until nothing changes.
    for _ in range(10):
        before = text
        for what, pattern, instead in steps:
            text = _replaced(text, pattern, instead, what, taken)
        text = _without_numbers(text, taken)
        text = _LEFT_OVER.sub(_one_mark, _AGAIN.sub(r"\1", text))
        if text == before:
            return Redacted(text, tuple(dict.fromkeys(taken)))
    return Redacted("", tuple(dict.fromkeys(taken)))


def mentions_health(words: str) -> bool:
    """Whether words say anything about somebody's health, an illness named or not."""
    return _HEALTH.search(words) is not None


def without_health(words: str) -> str:
    """The parts of a sentence that say nothing of anybody's health; empty if there is none."""
    parts = [each.strip() for each in _PARTS.split(words)]
    return "，".join(each for each in parts if each and not mentions_health(each))


def is_clean(words: str, names: Collection[str]) -> bool:
    """Whether nothing has to be taken out of words."""
    return not redacted(words, names).taken


def _named(names: Collection[str]) -> Pattern:
    longest_first = sorted({each for each in names if len(each) > 1}, key=len, reverse=True)
    spelt = [r"[ .·]*".join(map(re.escape, each.replace(" ", ""))) for each in longest_first]
    return Pattern("(?:" + ("|".join(spelt) or "(?!)") + ")(?:同志|师傅|书记|委员|老师)?", re.IGNORECASE)


def _replaced(text: str, pattern: Pattern, instead: str, what: Taken, taken: list[Taken]) -> str:
    new = pattern.sub(instead, text)
    if new != text:
        taken.append(what)
    return new


def _without_numbers(text: str, taken: list[Taken]) -> str:
    """Sums of money of up to seven digits stay; every other long number goes."""
    sums: list[str] = []

    def keep(match: re.Match[str]) -> str:
        sums.append(match[0])
        return _MARK

    text = text.replace(_MARK, "")
    marked = _SUM.sub(keep, text)
    bare = _LONG_NUMBER.sub("", marked)
    if bare != marked:
        taken.append(Taken.NUMBER)
    for each in sums:
        bare = bare.replace(_MARK, each, 1)
    return bare


def _one_mark(match: re.Match[str]) -> str:
    found = match[0]
    if match.start() == 0 or match.end() == len(match.string):
        return ""
    return "，" if re.search("[,，、;；:：]", found) else " "

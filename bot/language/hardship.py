"""Wanting to pay less dues, and why: 失业, 家庭困难, 老婆生病. The reason in a word or two, as far as it is one that is known."""

from bot.language.dues_people import KIN
from bot.patterns import Pattern

_WISH = "(?:申请|想要?|能不能|能否|能|可不可以|可以|希望|请求|请(?!问)|求|要求|打算|帮我|给我|是否|可否)"
_LESS = (
    "(?:减免|减半|减少|减一?点|减(?=吗|不|么|$)|减[交缴]|少[交缴收]|免[交缴除掉]?|(?<![交缴])不[交缴]|缓[交缴]|缓一缓"
    "|缓缓|晚点[交缴]?|晚几天|宽限|降低"
    "|降一?点|先欠着|先不[交缴]|免了|拖一?拖|延期|推迟|迟点|下个月再[交缴]|下月再[交缴])"
)
_ASKED = Pattern(
    f"{_WISH}[^,?]{{0,10}}{_LESS}|减免|[交缴]不起|[交缴]不上|(?:没钱|拿不出钱?|没有钱)[^,]{{0,6}}[交缴]|(?:党费"
    "|[交缴])[^,?]{0,8}(?:少点|少一点|低点|低一点|缓[缓一]|宽限|免了|拖[几一])(?:[^,]{0,4}(?:行|吗|吧|好|可))?"
    "|少[交缴收]一?[点些]|缓[交缴]|(?:party 党费|党费).{0,20}(?:reduc|waive|less|lower)|(?:reduce|waive|less|lower"
    "|afford).{0,24}党费|压力(?:太|有点|很)?大[^,]{0,4}"
)
_NOT_ASKED = Pattern(
    "不[交缴](?:党费)?(?:会|有|了会|的?后果|行|算|又|能)|(?:一直|长期|多久|几个月|连续|半年)不[交缴]|别人|他|她|你们"
    "|大家|凭什么|为什么|为啥|凭啥|少[交缴]了|减免(?:政策|条件|标准|的?人)|谁"
)
_ASKS_WHETHER = Pattern("(?:要|用)[交缴]吗")
_PRESSED = Pattern("[交缴]不起|[交缴]不上|没钱|拿不出|困难|手头紧|揭不开锅")
_ILL = "(?:生病|病了|得病|重病|大病|住院|看病|做?手术|癌|肿瘤|化疗|透析|瘫痪|卧床|骨折|中风|脑梗|尿毒症|白血病)"
_REASONS = (
    ("怀孕生育", Pattern("怀孕|产假|坐月子|生孩子|生娃")),
    ("失业", Pattern(
        "(?:工?厂|厂子|公司|单位|店)(?:倒闭|关门|关了|黄了|垮了|不干了|没了|破产)|失业|失了业|丢了工作|没工作|没有工作"
        "|没活干?|待业|被裁|被辞退|找不到(?:工作|活)|没找到(?:工作|活)|没上班"
        "|lost my job|unemployed|laid off"
    )),
    ("下岗", Pattern("下岗")),
    ("工伤", Pattern("工伤|干活.{0,6}(?:受伤|伤)")),
    ("受伤", Pattern("受伤|摔伤|(?:腿|手|胳膊|脚|腰|骨头?)[^,]{0,3}(?:断|伤|折)|摔断|伤了|车祸")),
    ("欠薪", Pattern("工资(?:还|都|一直)?(?:没发|没给|发不出|没拿到|被拖|拖欠)|欠薪|拖欠工资|老板(?:不给|没给|跑)|没发工资|几个月没发")),
    ("停工", Pattern("停工|停产|没开工|不开工|放假没工资|工地停|歇业|破产")),
    ("受灾", Pattern("受灾|水灾|洪水|火灾|旱灾|台风|地震|被淹|遭灾|绝收|着了?火|失火|起火")),
    ("生意亏损", Pattern("生意(?:不好|亏|赔|难做|失败|黄)|亏本|亏了|赔了|亏损")),
    ("还债", Pattern("还债|欠债|欠了.{0,4}债|债务|外债|负债|还贷|房贷|车贷|欠了[^,]{0,8}(?:万|钱)")),
    ("孩子上学", Pattern("(?:孩子|娃|儿子|女儿|小孩)[^,]{0,8}(?:上学|读书|学费|上大学|念书|上高中)")),
    ("赡养老人", Pattern("赡养|养老人|老人要养|照顾老人")),
    ("低保", Pattern("低保")),
    ("残疾", Pattern("残疾|残废")),
    ("家庭困难", Pattern("(?:家里|家庭|家中|生活|经济)[^,]{0,6}(?:困难|紧张|拮据|有难|难)|困难(?:家庭|户)|揭不开锅|日子[^,]{0,4}难")),
    ("没有收入", Pattern("(?:没|没有|无|没得|没啥)收入")),
    ("收入低", Pattern(
        "收入(?:太|很|比较)?(?:低|少|减|降|不高|下降)|工资(?:太|很|比较)?(?:低|少|降)|降薪|减薪|降了?工资|挣(?:得|的)?(?:太"
        "|很)?少|赚不到钱|没赚到"
    )),
    ("困难", Pattern("困难")),
    ("手头紧张", Pattern("手头[^,]{0,4}紧张")),
    ("手头紧", Pattern(
        "手头[^,]{0,4}(?:紧|没钱)|没钱|缺钱|钱不够|拿不出|周转不|资金紧|经济压力|压力(?:太|有点|很)?大|broke"
        "|money is tight"
    )),
)  # fmt: skip
_SICK = Pattern(rf"(?P<who>{KIN}|老人|孩子|家里)?[^,]{{0,6}}?{_ILL}")
_KIN_ILL = Pattern(rf"(?P<who>{KIN}|老人|娃)[^,]{{0,6}}{_ILL}")
_AT_HOME_ILL = Pattern("(?:家里|家中|屋里)(?:还)?(?:有|出了)(?:个|一个|两个)?(?:病人|病号|老病号|人生病|人病了|人住院|人重病|重病|瘫痪)")
_AT_HOME = frozenset({"老人", "家里人", "家人", "家属", "亲戚"})
_BECAUSE = Pattern("(?:因为|由于|原因是?|理由是?)[:, ]?(?P<why>[^,。;?]{2,20})")
_CLAUSES = Pattern("[,;。!?]")
_REQUEST = Pattern(f"党费|减免|申请|{_LESS}|{_WISH}|请|谢|[您你]好|书记好|书记|组织|吗|呢|领导|麻烦|问|怎么|你|[交缴]|同志|多少")
_EDGES = Pattern("^(?:我|俺|本人|家里)?(?:最近|现在|这个?月|目前|今年|去年|这段时间|这几个月|上个月)*|(?:了|的)$")


def hardship(words: str, *, named: bool) -> str | None:
    """The reason why somebody wants to pay less dues, "" for none that was said; None where nothing of the kind is wanted.

    `named`: whether it is known that the talk is of dues.
    """
    if not (named or "减免" in words) or _NOT_ASKED.search(words) or not _ASKED.search(words):
        return None
    if _ASKS_WHETHER.search(words) and not _PRESSED.search(words):
        return None
    return _reason(words)


def _illness(words: str) -> str:
    """Who is ill: 孩子生病, 家人生病, 生病 for the speaker; empty for nobody."""
    if _AT_HOME_ILL.search(words):
        return "家人生病"
    if found := _KIN_ILL.search(words):
        return f"{'家人' if found['who'] in _AT_HOME else found['who'].removeprefix('我')}生病"
    return "生病" if _SICK.search(words) else ""


def _reason(words: str) -> str:
    for label, pattern in _REASONS[:4]:
        if pattern.search(words):
            return label
    if ill := _illness(words):
        return ill
    for label, pattern in _REASONS[4:]:
        if pattern.search(words):
            return label
    if found := _BECAUSE.search(words):
        return _EDGES.sub("", found["why"])
    rest = [each for each in _CLAUSES.split(words) if each and not _REQUEST.search(each)]
    told = _EDGES.sub("", rest[0]) if rest else ""
    return told if 2 <= len(told) <= 16 else ""

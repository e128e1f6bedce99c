"""What somebody in some position pays (税后六千党费多少, 下岗了还要交吗), and asking for less in hardship (想少交点党费)."""

from decimal import Decimal
from typing import Any

from bot.language import contexts
from bot.language.dues_heard import CUES, NAME, heard
from bot.language.dues_slots import amounts_of, number, to_the_bot
from bot.language.hardship import hardship
from bot.language.rule import SURE, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_CATEGORIES = (
    ("annual_salary", Pattern("年薪")),
    ("retired", Pattern("退休|离休|养老金|退了休|内退|离退|pension|retired|retiree")),
    ("dibao", Pattern("低保|最低生活保障|五保|特困|minimum living")),
    ("relief", Pattern("抚恤|救济|优抚|relief")),
    (
        "laid_off",
        Pattern(
            "下岗|失业|没工作|没活|待业|无业|没有工作|没上班|丢了工作|被裁|失了业|没收入|没有收入|无收入|找不到工作"
            "|没找[到着]工作|不上班|辞职"
            "|laid off|unemployed|no job|lost my job"
        ),
    ),
    ("student", Pattern("学生|上学|读书|在校|读研|读博|上大学|读大学|念大学|大学在读|考研|研究生|博士|硕士|student|念书")),
    ("farmer", Pattern("农民|务农|种地|种田|在家种|种菜|种果|养猪|养殖|种粮|庄稼|农业户|农村党员|农户|farmer|farming|打鱼|渔民")),
    (
        "self_employed",
        Pattern(
            "个体|做[^,?]{0,2}生意|做买卖|开[^,?]{0,4}店|摆摊|滴滴|网约车|零工|散工|季度[^,?]{0,6}(?:收入|挣|赚|净|利润"
            "|毛)|自由职业|灵活就业|外卖|跑货车|跑运输"
            "|自己干|自己开|开公司|开厂|包工头|接活|小老板|小卖部|self.?employed|freelanc|own (?:shop|business)"
        ),
    ),
    (
        "salaried",
        Pattern(
            "税后|税前|工资|月薪|月入|收入|薪水|薪资|到手|在职|上班|打工|底薪|职工|工人|公务员|教师|老师|事业单位|编制"
            "|实发|应发|挣|赚|拿|发了|wage|salary|salaried|earn|make|pay"
        ),
    ),
)
_BASIS = Pattern("工资|月薪|月入|收入|薪|税后|税前|到手|实发|应发|挣|赚|退休金|养老金|离休费|退休费|年薪|salary|earn|pension|基数")
_ASKS = Pattern(
    "好多(?:钱)?(?:嘛|哦|啊|呢)?$|多少|几块|几元|几毛|几多|要[交缴]|还[交缴]|用[交缴]|该[交缴]|得[交缴]|[交缴]不[交缴]|怎么[交缴算]|咋[交缴算]"
    "|如何[交缴算]|需不需要[交缴]|需要[交缴]|算一?下|算算|帮我?算|计算|[交缴]啥|免[交缴]吗"
    "|怎么个[交缴算]法|按(?:什么|啥|哪个?|多少)|how much|have to pay|do i (?:still )?(?:need|have|pay)|calculate|标准"
    "|是[0-9.]{1,7}(?:块|元)?(?:钱)?(?:吗|不|吧)|对吗|对不对|够吗"
)
_NOTHING = Pattern(
    "(?:这个?月|本月|当月|上个?月)?(?:都|一分|一分钱|还)*(?:没|未|没有)(?:有)?(?:发|领|拿到|发下来|收到|工资)|一分(?:钱)?(?:都)?没"
)
_PAID_OUT = Pattern(
    "[0-9一二三四五六七八九十]月份?[^,]{0,5}(?:发|领|拿)|只(?:发|领|拿)|(?:这个?月|本|当|上个?)月?[^,]{0,6}(?:发|领|拿|到手"
    "|收)|实际(?:发|领|拿)"
)
_QUARTER = Pattern("季度?|三个月(?:一共|总共|共|挣|赚|收入)")
_OTHER_FEE = Pattern(
    "(?<!党)费(?!用)|租|医保(?!.{0,8}党费)|合作医疗|新农合|保险|贷|税多少|社保(?!.{0,8}党费)|个税|押金|罚款|学杂|定金|彩礼"
    "|作业|题|报告|材料|表"
)
_ITEMS = (
    "住房公积金|公积金|五险一金|社保|医保|养老保险|个税|个人所得税|职业年金|企业年金|年金|住房补贴|房补|交通补贴|车补"
    "|通讯补贴|话补|餐补|伙食补贴|取暖补贴|取暖费|高温补贴|降温费|物业补贴|加班费|加班工资"
    "|奖励性绩效|基础性绩效|绩效工资|绩效奖?金?|年终奖|奖金|补贴|津贴|补助|福利费?|提成"
)
_ITEM = Pattern(_ITEMS)
_COUNTS = Pattern(
    "算不算|要[^,?]{0,6}扣|里扣|算吗|算(?:到|进|在|入)|计不计|计入|包[含括]吗|包不包|扣不扣|要扣|扣除吗|扣掉吗|除外吗|减掉吗|减不减|剔除"
    "|刨去|刨掉吗|(?:不|要|也)?算(?:党费)?(?:基数|工资)|纳入|要不要算|抛开"
)
_GAP = Pattern("^(?:是|有|的|每个?月|大概|一共|扣了?|交了?|发了?|给了?|[:, ])*$")
_OTHERS = Pattern("^(?:他|她|你|人家)|老板(?:挣|赚)")
_PROBATION = Pattern("预备党员|预备期")


def _calculated(said: Said) -> Found | None:
    words = heard(said.words[:100])
    named = NAME in words
    if not 3 <= len(words) <= 80 or _OTHERS.search(words) or hardship(words, named=named) is not None:
        return None
    return _of_position(said, words, named=named)


def _of_position(said: Said, words: str, *, named: bool) -> Found | None:
    category = next((name for name, pattern in _CATEGORIES if pattern.search(words)), "")
    items = list(dict.fromkeys(_ITEM.findall(words)))
    if items and _COUNTS.search(words) and (named or "基数" in words) and not amounts_of(words):
        return Found({"excluded": items}, to_the_bot(said, SURE + 0.02), words, "asks what counts")
    asked = _ASKS.search(words) or (category == "annual_salary" and _NOTHING.search(words))
    if not asked or (not named and _OTHER_FEE.search(_ITEM.sub("", words))):
        return None
    slots = _income(words, category, items)
    if not category and "base" not in slots:
        return Found({"category": "probationary"}, to_the_bot(said), words) if named and _PROBATION.search(words) else None
    if category == "salaried" and not (
        (named and _POSITION.search(words) and _MEASURE.search(words)) if "base" not in slots else (named or _BASIS.search(words))
    ):
        return None
    return Found(slots, to_the_bot(said, SURE if named or len(words) > _SHORT else 0.98), words)


_MEASURE = Pattern("多少|几块|几元|几毛|标准|[怎咋么]算|按")
_POSITION = Pattern("工资|月薪|收入|在职|上班|打工|职工|工人|公务员|教师|老师|事业单位")


def _income(words: str, category: str, items: list[str]) -> dict[str, Any]:
    """The category with its base; what is beside the pay and its amount is excluded."""
    yuan, excluded = _amounts(words)
    if len(yuan) > 1 and (net := _NET.search(words)):
        yuan = [each.yuan for each in amounts_of(words[net.end() :])][:1] or yuan
    slots: dict[str, Any] = {"category": category or "salaried"}
    if category == "annual_salary":
        if _NOTHING.search(words):
            return slots | {"base": 0}
        paid = yuan[-1] if yuan and _PAID_OUT.search(words) else None
        return slots | ({"base": number(paid)} if paid is not None else {"needs_clarify": True} if yuan else {})
    if _NOTHING.search(words) and not yuan and category in {"", "salaried", "self_employed"}:
        return slots | {"base": 0}
    if yuan and category == "self_employed" and _QUARTER.search(words):
        slots["quarter_income"] = number(yuan[0])
    elif yuan and yuan[0] >= (_LEAST_PAY if category in _BY_INCOME else _LEAST_ELSE):
        slots["base"] = number(yuan[0])
    if excluded:
        slots["excluded"] = number(sum(excluded, Decimal(0)))
    elif items and yuan and not _OUT_ALREADY.search(words):
        slots["excluded"] = items
    return slots


_OUT_ALREADY = Pattern(
    f"(?:扣|除|减|去)(?:掉|除|去|完|了|过)?[^,。]{{0,4}}(?:{_ITEMS})[^,。0-9]{{0,6}},?[^,。0-9]{{0,4}}(?:到手|实发|剩|拿到|拿|还有|落)"
)
"""扣掉五险一金到手6000: what is paid out is told without them."""
_NET = Pattern("税后|到手|实发|扣完税?|扣税后")
_LONGEST = 140
_SHORT = 10
"""A few words such as 个体户交多少 ask of dues, and not of the papers that a position needs."""
_LEAST_PAY, _LEAST_ELSE = 100, 500
_BY_INCOME = frozenset({"salaried", "retired", "self_employed"})


def _amounts(words: str) -> tuple[list[Decimal], list[Decimal]]:
    """Amounts of pay, and those that stand right beside something that does not count (公积金800)."""
    pay: list[Decimal] = []
    excluded: list[Decimal] = []
    at = 0
    things = [found.span() for found in _ITEM.finditer(words)]
    for each in amounts_of(words):
        if any(start <= each.start < end for start, end in things):
            continue  # the five of 五险一金 are no pay
        between = words[at : each.start]
        item = list(_ITEM.finditer(between))
        after = _ITEM.match(words, each.end) or _ITEM_AFTER.match(words, each.end)
        beside = (item and _GAP.search(between[item[-1].end() :])) or (after and pay)
        (excluded if beside else pay).append(each.yuan)
        at = each.end
    return pay, excluded


_ITEM_AFTER = Pattern(rf"(?:元|块|块钱)?的?(?:{_ITEMS})")


def _reduced(said: Said) -> Found | None:
    words = heard(said.words[:150])
    if len(said.words) > _LONGEST:
        return None
    named = NAME in words or said.setting.context in _TALK
    reason = hardship(words, named=named)
    if reason is None:
        return None
    return Found({"reason": reason} if reason else {}, to_the_bot(said, 0.94), said.line if reason else "")


_TALK = frozenset({contexts.DUES_REMINDER, contexts.DUES_ASKED_PAID})
_LESS_CUES = (
    "减", "免", "少", "缓", "不起", "不交", "不缴", "不上", "拿不出", "没钱", "宽限", "晚", "拖", "降", "低", "紧", "困难",
    "waive", "reduc", "less", "afford", "下个月再",
)  # fmt: skip
_INCOME_CUES = (
    "工资", "薪", "收入", "税", "到手", "退休", "离休", "养老", "下岗", "大学", "失业", "工作", "待业", "无业", "没活", "学生",
    "上学", "读", "在校", "研究生", "农", "种地", "种田", "低保", "五保", "特困", "抚恤", "救济", "个体", "生意", "店", "摊",
    "滴滴", "零工", "季度", "职业", "就业", "外卖", "salary", "earn", "retired", "student", "unemployed", "laid off", "farmer",
    "pension", "挣", "赚", "渔民", "公司", "辞职", "打鱼", "庄稼", "养殖", "公积金", "绩效", "奖金", "补贴", "加班",
)  # fmt: skip

RULES: tuple[Rule, ...] = (
    Rule("dues_reduction_request", _reduced, _LESS_CUES, why="wants to pay less dues"),
    Rule("dues_calc", _calculated, (*CUES, *_INCOME_CUES), why="asks what dues are on an income, or what somebody in a position pays"),
)

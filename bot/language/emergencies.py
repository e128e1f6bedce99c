"""Words that say somebody is in danger now: sure ones, ones to ask about first, and the many idioms that say nothing of the kind.

Missing one costs more than asking once too often, but a bot that cries wolf at 累死了 in the group would soon be put out. So what is
sure acts at once, what is doubtful is asked about, and idioms, drills, films, news and what was long ago do nothing.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from bot.language.normalise import clean
from bot.patterns import Pattern


class Danger(StrEnum):
    """What the danger is, as far as it decides which number to call."""

    FIRE = "fire"
    TRAPPED = "trapped"
    MEDICAL = "medical"
    WATER = "water"
    SEA = "sea"
    GAS = "gas"
    VIOLENCE = "violence"
    HOME = "home"
    """Beaten by a husband or the family."""
    SELF_HARM = "self_harm"
    SAD = "sad"
    """A heavy heart and no danger: a warm word, and nobody is alerted."""
    TIRED = "tired"
    """累死了: hardly ever a danger, but it may be one."""
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Emergency:
    """What was understood; not `sure` where one has to ask first."""

    danger: Danger
    sure: bool


_NOT_STRUCK = (
    "(?!(?:妈|爸|哥|姐|家|们|老婆)*的?(?:这|那|名|身边|旁|员|电话|手机|微信|主意|招呼|卡|账|帐|号|旗|款|钱|工资|脸|小报告|交道|比方|广告))"
)
_SURE: tuple[tuple[Danger, str], ...] = (
    (
        Danger.SELF_HARM,
        r"(?<![累忙多烦困热]得)不想(?:再)?活(?:了|下去|着了)|活不下去|(?<![得])想去?死(?!你|我|他|她|它|了|的|啦|咯)"
        r"|(?:想|不如)一死了之|自杀|自尽|轻生"
        r"|寻短见|割腕|跳楼|跳河|上吊|喝农药|喝了?百草枯",
    ),
    (Danger.SELF_HARM, r"结束(?:我?自己的?|我的?)?生命|了结自己|suicid|kill (?:myself|himself|herself)|want to die"),
    (
        Danger.GAS,
        r"[煤燃天][然]?气(?:中毒|泄漏|泄露|漏了|漏气)|漏(?:煤|天然|燃)气|一氧化碳|瓦斯(?:爆炸|泄漏|超标)|gas leak|carbon monoxide",
    ),
    (
        Danger.SEA,
        r"船[^,，。!?;]{0,4}(?:漏水|进水|漏了|沉了|翻了|(?:快|要|在)(?:要)?(?:沉|翻))|沉船|翻船|capsiz"
        r"|(?:boat|ship) is (?:sinking|leaking|taking)",
    ),
    (Danger.WATER, r"溺水|落水了?|掉[进到](?:水|河|江|海|湖|塘|水库)里?|被(?:水|浪)(?:冲走|卷走)|drown"),
    (Danger.FIRE, r"着火|起火|失火|火灾|着起?大?火来|烧起来了|爆炸了?|house is on fire|(?:there is|there's) a fire|^fire!*$"),
    (
        Danger.TRAPPED,
        r"被困(?!难|扰|惑|倦)|困在(?!会议|家里带|群里)|被埋|压在(?:下面|底下|石头|车|废墟)|塌方|冒顶|透水|山体滑坡|泥石流"
        r"|掉(?:进|到)(?:井|坑|沟|矿)",
    ),
    (Danger.TRAPPED, r"\b(?:i(?: a|')m|we(?: a|')re) trapped|塌[^,，。!?;]{0,4}(?:压|埋)[了着住到]{0,2}[^,，。!?;]{0,3}人"),
    (
        Danger.MEDICAL,
        r"昏迷|昏倒|晕倒|昏过去|晕过去|叫不醒|没有?(?:了)?(?:呼吸|心跳|意识|脉搏)|不省人事|心脏病(?:发作|犯)|心梗|心肌梗|脑梗|脑出血"
        r"|脑溢血",
    ),
    (
        Danger.MEDICAL,
        r"中风了|喘不(?:上|过)(?:来)?气(?:了|来)?|大出血|流血不止|止不住血|血止不住|休克|食物中毒|农药中毒|酒精中毒|中毒了|触电|电着了",
    ),
    (
        Danger.MEDICAL,
        r"抽搐|窒息|噎住|卡住(?:喉咙|嗓子|气管)|被(?:车|货车|卡车|汽车)撞|出(?:了)?车祸|机器(?:轧|绞|压)"
        r"|(?:手|胳膊|腿|脚)(?:被)?(?:轧|绞)(?:断|进)",
    ),
    (
        Danger.MEDICAL,
        r"(?<!手机)[摔跌](?:下来|下去|倒|伤|断|了)[^。!?;]{0,8}(?:起不来|动不了|不能动|站不起|爬不起)|有人触电|电倒了",
    ),
    (Danger.MEDICAL, r"快要?生了|羊水破|heart attack|unconscious|not breathing|stroke now|bleeding badly"),
    (
        Danger.MEDICAL,
        r"help(?: me)?[,.! ]*(?:i(?: a|')m|i(?: ha|')ve been) (?:badly )?(?:hurt|injured)|\bi(?: a|')m badly (?:hurt|injured)"
        r"|\bi fell\b.{0,20}can(?:'|no)t (?:get up|move)",
    ),
    (
        Danger.HOME,
        rf"(?:老公|男人|丈夫|爱人|前夫|男朋友|对象|婆婆|公公|婆家|家里人|他)(?:喝[了醉]酒|又|在|正在|要|动手|天天|经常|总|老){{0,3}}"
        rf"(?:往死里)?[打揍](?:我|了我|人){_NOT_STRUCK}"
        r"|家暴|被(?:我)?(?:老公|男人|丈夫|爱人|前夫|男朋友|婆婆|公公)[打揍]"
        r"|(?:husband|wife|boyfriend|partner) (?:hits|beats|is hitting|is beating) me",
    ),
    (
        Danger.VIOLENCE,
        rf"(?:有人|他们|老板|工头|保安|包工头|坏人|一伙人|人家|几个人)(?:又|在|正在|要|动手){{0,2}}[打揍](?:我|人){_NOT_STRUCK}"
        r"|(?:我|俺|我们|老婆|孩子|儿子|女儿|工友|有人|^(?:今天|昨[天晚]|刚刚?|刚才)?)(?:刚|刚才|又"
        r"|在[^,，。!?;]{1,6})?(?:被|挨)(?:人|老板|工头|保安|他|他们)?[打揍]"
        r"(?:了?(?=$|[,，。!~快救怎])|伤|得|一顿|了一顿)",
    ),
    (
        Danger.VIOLENCE,
        r"(?:我|俺|我们|人)(?:们)?被[^,，。!?;]{0,4}(?:扣|关|锁)在[^,，。!?;]{1,8}(?:不让|出不|走不)"
        r"|(?:我|俺|我们)被(?:老板|工头|厂里|他们|人)?扣在(?:工地|厂|公司|船|矿|宿舍|店)"
        r"|(?:把我|把我们)(?:扣|关|锁)(?:在|起来|住)[^,，。!?;]{0,8}不让|won't let (?:me|us) (?:leave|go)"
        r"|(?:someone|somebody|they|he) (?:is|are) (?:hitting|beating) me|\bi was beaten\b|\bi(?: a|')m being beaten",
    ),
    (
        Danger.VIOLENCE,
        r"持刀|拿刀(?:砍|捅)|被(?:人)?(?:砍|捅|绑架|抢劫|非法拘禁|限制自由)|绑架|抢劫|杀人|传销(?:窝点|组织)?(?:困|关|扣)",
    ),
    (
        Danger.UNCLEAR,
        r"^(?:快来人)?[啊呀]?[,，!]*(?:快来?)?救命[啊呀哪]*(?:救命[啊呀]*)*[!。.~]*$|救命[啊呀!,，。 ]*(?:快来人|来人啊|有人吗)|救救我"
        r"|快来?救(?:我|人|命)|有生命危险|出人命"
        r"|^sos[!.]*$|^help!+$",
    ),
)
_DOUBTFUL: tuple[tuple[Danger, str], ...] = (
    (
        Danger.SELF_HARM,
        r"活着(?:真|好|太|都|也)?没(?:有)?(?:什么|啥|个)?(?:意思|劲|意义)|不如死了|死了算了|(?<![热冷困累饿忙烦]得)想死|活够了"
        r"|撑不下去|没有活路|没活路|不想活(?!成|得|动|跃|受)"
        r"|(?:我|真|太|很|好)绝望|活得(?:真|太|好)?没(?:有)?(?:意思|劲|意义)|tired of living|no (?:reason|point) (?:to|in) liv"
        r"|can(?:'|no)t go on",
    ),
    (
        Danger.MEDICAL,
        r"(?:疼|痛|难受)死(?!累活)|快?不行了|撑不住|顶不住|胸口(?:很|好|特别|一阵)?(?:疼|痛|闷)|喘不过气|头晕得?(?:厉害|站不)"
        r"|从[^,，。!?;]{0,4}(?:楼|架|屋顶|房顶|高处|梯|塔吊|树)[^,，。!?;]{0,3}(?:摔|跌|掉)下|chest (?:pain|hurts)",
    ),
    (Danger.TRAPPED, r"塌了|塌下来"),
    (Danger.UNCLEAR, r"救命|出大?事了|有危险|快来人|^(?:真|太|好|哎呀?[,，]?)?要命[了啊呀啦]*[!。！~]*$"),
    (Danger.FIRE, r"冒(?:黑|浓)?烟|有(?:烧)?焦味|煤气味"),
    (Danger.TIRED, r"[热冷困累饿忙烦]得想死|^(?!工友|有人)[^,，。!?;]{0,2}累死[我人俺]?(?:了|啦|咯|哦|啊|呀)*[!.。！~…]*$"),
    (
        Danger.SAD,
        r"(?:^|我|心里)(?:现在|今天|最近|真的)?(?:好|很|真|太|特别|非常|有点)?(?:难过|憋屈|憋得慌|堵得慌|闷得慌|崩溃|想哭)(?!关|了吗)"
        r"|心里(?:好|很|真|太|特别)?(?:难受|苦)"
        r"|压力[^,，。!?;]{0,4}大[^。!?;]{0,5}睡不着|睡不着[^。!?;]{0,5}压力|(?:我|最近)(?:是不是)?(?:好像)?抑郁|\bi(?: a|')m so sad"
        r"|\bi feel (?:so )?(?:sad|depressed)",
    ),
)
_CUES = frozenset(
    "!'cfgkmprsuvwxyz义之事井从传倒克冒冲刀劫劲危卷压受叫吊吸命哭喉喘嗓噎困坑坡埋塌够寻尽己快思慌憋打扣抑挨捅掉揍搐摔撑撞救斯昏晕暴杀枯架梗"
    "死毒气氧沉沟泄泥活溃溢溺漏火灾烧焦煤爆由省着睡矿砍破祸窒累绝绞翻肌胸脉脏脑腕船苦药落血行被触让识跌路跳轧轻透闷难非顶风"
)
"""Characters of which every danger has one: four messages in five need not be looked at any further."""
_IDIOMS = Pattern(
    "(?:笑|热|冷|忙|困|饿|吓|急|气|烦|羡慕|佩服|爱|美|香|甜|酸|辣|渴|闷|乐|高兴|开心|难看|丑|堵|晒|冻|坑|贵|穷)死(?:我|你|人|了|个|啦|咯)*"
    "|想死(?:你们?|我了?|他们?|她们?|家|这口|妈|娃|孩子)了?|爱死|要命的是|(?:好吃|贵|热|冷|累|疼|忙)得?要命|不要命"
    "|救命(?:恩人|稻草|之恩|钱)"
    "|(?:生意|人气|店里?|视频|歌|直播|抖音)[很真太更都越来]*火(?:了|爆|起来)|上火|(?<![着起失])火了|发火|惹火|火车|火锅|火热|红火"
    "|(?:嗓子|喉咙|眼睛|心里?|肚子|胃里?|脸上?)(?:就?像|跟|都?快|要)?着火(?:了|一样|似的)?|像着火|着火一样|十万火急|急得着火"
    "|气得晕|(?:快)?(?:要)?(?:晕|昏)(?:倒|过去)(?:了)?[,，。]?(?:这|作业|题|工资|价)|看晕|绕晕|忙晕|高兴得(?:晕|昏)|晕车|晕船|昏昏"
    "|(?:学|看|读|写|背|听|考)(?:习|书|课|题|字)?了?(?:一|整|大半|好几|几)?整?(?:天|上午|下午|晚上?|夜|个?小时)的?(?:书|课|题)?[,，。]?(?:可|真|快)?(?:把我)?累死(?:我|了|人|啦)*"
    "|(?:忙|累|烦)得[^,，。!]{0,4}喘不(?:过|上)(?:来)?气|(?:工作|活儿?|压力|房贷|车贷|贷款|生活|债务?|日子|作业|任务|加班|订单)[^,，。!?;]{0,6}喘不(?:过|上)(?:来)?气|[撑顶]不住了?[,，]?(?:我)?(?:先|要|得|去)(?:睡|撤|溜|回|下线|休息|吃)|喝[多高大醉]了[,，]?(?:真的?|实在)?(?:快)?(?:不行|[撑顶]不住)了|灵感爆炸|信息爆炸|爆炸(?:头|性|新闻)|肺都?气?炸|脑子(?:要)?爆炸|心态爆炸|股票跳楼|跳楼价|跳水价|跳楼大甩卖|自杀式|价格跳水"
    "|困在(?:路上|高速|车站|原地|办公室|会议室?)|堵车|天塌了|塌房|天都要塌|被作业埋|被(?:雪|活儿?|工作|作业|快递|文件|题)(?:埋|困)|埋没"
    "|电影院|掉进钱眼|掉进坑里了[,，]?被骗|被坑|沉迷|昏迷汤|迷昏|中毒太深|(?:手机|游戏|追剧)中毒"
    "|价格战|杀人如麻|杀人游戏|狼人杀[^，,。]*|抢劫一样|打劫|绑架(?:道德|消费)|道德绑架|快不行了[,，]?(?:手机|电脑|车|电池|网)"
    "|(?:手机|电脑|电池|车子?|网络?|信号|电视|机器|生意|厂子?|店)(?:快|也|都|又|要)?不行了|不(?:累|疼)"
    "|(?:生意|企业|厂子?|店|公司)[^,，。]{0,4}撑不下去|小船说[^,，。]{0,4}|阴沟里?翻了?船|(?:难过|绝望)(?:的电影|的歌)|替[^,，。]{1,4}难过"
    "|触电(?:般|一样|似)?的感觉|触电般|(?:母?猪|母?牛|羊(?!水)|狗|猫|母马)[^,，。]{0,3}生了|(?:洗脑|鸡汤|追星)中毒"
    "|泰坦尼克[^,，。]*|翻船体|红包[^,，。]{0,3}抢劫"
    "|(?:柴火?|炭火?)烧起来了|爆炸(?:好|帅|难)|(?:股票|价格?|房价|行情|基金)[^,，。]{0,3}跌[^。]*|球[^,，。]{0,4}打我"
    "|打我?饭|打人(?:是|就)?犯法"
    "|中风险|集中风|休克疗法|自然灾害险|火灾险|出车祸险|大出血本"
)
_NOT_NOW = Pattern(
    "演练|演习|培训|讲座|宣传|预防|防范|防止|防火|防溺水|谨防|当心|警惕|安全提示|安全教育|知识|科普|常识|新闻|热搜"
    "|视频里|电影|电视剧?|连续剧|小说|剧本"
    "|游戏|梦见|做梦|梦到|讲的是|故事|段子|歌词|歌里|题目|考题|试题|三分钟|党课|学习材料|纪念|烈士|牺牲|英雄|事迹|抗洪"
    "|抗战|战役|电视里|网上说|听说书"
    "|如果|假如|万一|要是(?!再不)|假设|比方|打个比方|好比|已?经?脱离危险|没事了|灭了|扑灭|救出来了|醒(?:过来)?了|好转"
    "|误报|虚惊|开玩笑|逗你|修好了"
    "|drill|movie|novel|training"
)
# An illness in hospital, or a fire of last year, is a case for 求助 and not for 120.
_PAST = Pattern(
    "上(?:个?月|周|星期|礼拜|次|回)|去年|前年|以前|从前|曾经?|那[年次回时]|当年|小时候|前[几两些][天日个]"
    "|[一二两三四五六七八九十0-9](?:天|个月|年)前"
    "|年前|赔|补偿|鉴定|认定|(?:[只才]|[最顶]多|愿意|答应|肯)给|住院|出院|医院|手术|抢救|重症|icu|术后|复查|化疗"
    "|烧[没光毁掉了]|灾后|修一修|修房|修补|重建|翻修|翻盖"
    "|后遗症|病史|last (?:week|month|year)",
    re.IGNORECASE,
)
_RECENT = Pattern("昨[天晚夜]|前[天晚]|yesterday")
_ASKED = Pattern("怎么办|怎么处理|打什么|打哪个|打几号|该打|要打|咋办|咋整|[?？]|吗$")
_NEGATED = Pattern(
    r"(?:没有?|并没有?|不是|不会|不至于|别|不要|不用|不准|不许|未|差点儿?|险些|假装|装|不怕|怕|防|以为|像|好像|跟)[^,，。.!?、;；]{0,2}$"
)
_NEAR = 8
"""Characters before a danger in which it may be denied; the longest denial, and the two that may follow it, have six."""
_LAUGHS = Pattern("哈哈|呵呵|嘻嘻|嘿嘿|笑死|太好笑|😂|🤣|😄|😆|\\blol\\b")
_LONG = 60
"""Whoever is in danger writes little. In a longer text what would be sure is asked about."""


_ENDLESS = 1000
"""Of a text longer than this each clause counts for itself: somewhere in it a film or a hospital is named."""
_CLAUSES = Pattern(r"[,，。!！?？;；、\n]+")
_SHOUT = 20
"""Whoever shouts into a group shouts this much at most; what is longer tells of something."""
_FORWARDED = Pattern("转发|扩散|走失|寻人|接力|轻松筹|水滴筹|爱心筹|https?:")


def read(text: str) -> Emergency | None:
    """What danger a message speaks of; None for none."""
    if len(text) <= _ENDLESS:
        return _read(text)
    found = next((each for each in map(_read, _CLAUSES.split(text)) if each is not None and each.sure), None)
    return Emergency(found.danger, sure=False) if found is not None else None


def shouted(text: str) -> Emergency | None:
    """The danger of a plain sure phrase among people; None for anything that is told, asked or doubtful."""
    found = read(text) if len(clean(text)) <= _SHOUT else None
    return found if found is not None and found.sure else None


def overheard(text: str) -> str | None:
    """The danger that somebody among people shouts, as a word; else None."""
    found = shouted(text)
    return found.danger.value if found is not None else None


def passed_on(text: str) -> bool:
    """Whether a message looks like one that is handed from group to group."""
    return _FORWARDED.search(clean(text)) is not None


@lru_cache(maxsize=64)
def _read(text: str) -> Emergency | None:
    said = clean(text).casefold()
    if _CUES.isdisjoint(said) or _NOT_NOW.search(said) or _PAST.search(said):
        return None
    said = _IDIOMS.sub("，", said)
    sure = _found(_SURE, said)
    if sure is not None:
        plain = not any(each.search(said) for each in (_RECENT, _ASKED, _LAUGHS))
        return Emergency(sure, sure=plain and len(said) <= _LONG)
    doubtful = _found(_DOUBTFUL, said) if len(said) <= _LONG else None
    return Emergency(doubtful, sure=False) if doubtful is not None else None


@cache
def _any(table: tuple[tuple[Danger, str], ...]) -> Pattern:
    """What finds whether anything of a table is said at all: of most messages nothing is."""
    return Pattern("|".join(f"(?:{pattern})" for _, pattern in table))


def _found(table: tuple[tuple[Danger, str], ...], said: str) -> Danger | None:
    if _any(table).search(said) is None:
        return None
    for danger, pattern in table:
        for match in re.finditer(pattern, said):
            if not _NEGATED.search(said[max(0, match.start() - _NEAR) : match.start()]):
                return danger
    return None


def sure(text: str) -> str | None:
    """The danger of a message that leaves no doubt, as a word; else None."""
    found = read(text)
    return found.danger.value if found is not None and found.sure else None


def heard(text: str) -> str | None:
    """The danger of a message, sure or doubtful, as a word; else None."""
    found = read(text)
    return found.danger.value if found is not None else None

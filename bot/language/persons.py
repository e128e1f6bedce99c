"""Personal names inside a sentence: a family name and one or two characters that are no common words."""

from collections.abc import Iterator

from bot.language.normalise import HAN
from bot.patterns import Pattern

_SINGLE = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔"
    "康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒"
    "耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉"
    "简娄盖符奚木穆燕郎邸冀谈姬屠连郜晏栾郁商蒙喻揭窦迟宇敖糜鄢冷卓花仇艾蓝巩稽井练仲乐虞卞封竺冼原衣楚佟栗匡宗台巫鞠僧桑荆谌银扬明沙薄伏岑习胥蔺"
)
_DOUBLE = "欧阳|上官|司马|诸葛|司徒|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|端木|东方|夏侯|南宫"
_COMMON = frozenset("的了吗呢吧啊在是有没不我你您他她它们这那哪谁和跟与就都也还要会能到去来说给把被让对从向为以及个几多少")
_WORDS_LIST = (
    "任何 何时 何地 何人 何必 高兴 安全 安排 方便 方法 方面 方式 方案 时间 时候 成员 "
    "成功 成绩 全部 全体 全员 党员 党费 党组 党支 党建 党课 党章 党校 党小 党内 党外 "
    "明天 明年 明白 明晚 和我 和他 单位 单独 管理 管党 文件 文章 易主 常常 常委 常用 "
    "向上 向组 向书 向支 关系 关于 关心 解决 解除 解释 应该 应到 包裹 包括 计划 商量 "
    "花费 连续 连接 来自 来年 原来 原因 保密 保存 保护 组织 支部 书记 委员 同志 大家 "
    "领导 群里 华为 车间 车票 边上 房子 房租 台账 官方 石头 毛病 白天 江苏 江西 黄山 "
    "温州 万一 万元 金额 金钱 简单 简历 冷静 木头 米饭 古代 龙华 项目 游客 顾问 顾虑 "
    "施工 申请 申报 田里 夏天 季度 牛奶 雷锋 严格 严重 章程 温度 路灯 路上 路费 钱款 "
    "苏州 杭州 常州 石家 齐齐 马上 马鞍 于是 安徽 成都 连云 许多 许可 谢谢 谈话 谈心 "
    "查看 查询 查一 查下 位置 计算 强制 强行 全国 景区 边缘 童年 康复 平安 武汉 武力 "
    "秦皇 吉林 海南 贺卡 贺信 高铁 高级 高速 段时 段子 时不 史上 习惯 习总 习近 周一 "
    "周二 周三 周四 周五 周六 周日 周末 周边 周围 周年 本周 张贴 张图 张照 张表 程序 "
    "宋体 龙头 金融 左边 左右 乐意 应当 封面 卫生 卫健 常驻 温馨 符合 解答 解散 解绑 "
    "司机 卓越 应用 和谐 都没 都有 都是 都不 都在 都要 全都 包办 包邮 包机 易懂 官网 "
    "银行 阳光 时常 向前 向你 向您 毕业 毕竟 岳父 岳母 余额 余下 余款 古镇 何况 查收 "
    "屈服 平时 宁愿 宁可 宁波 甘肃 游戏 游玩 柳州 汤圆 钟头 程度 车辆 车站 房东 江边 "
    "白酒 侯选 明细 明确 伏天 沙发 都行 都可 都投 来电 来了 来得 来看 来信 全家 全票 "
    "项下 冷清 文明 文字 文化 方言"
)
_WORDS = frozenset(_WORDS_LIST.split())
_VERBS = frozenset(
    "为作收提寄捐讲在到说交去来打给是也已的了我你他她今昨刚把被和跟与没有回请发写看签搬转参负管带接应该要想就还从托让问投当做换退入报补缴出住进这那归由联"
)
_LONGER_VERBS_LIST = (
    "微信 短信 手写 手机 视频 上门 现场 打工 明天 明早 明晚 同志 同意 学完 学习 党费 位置 电话 手机 家庭 家里 入党 "
    "平安 老婆 老公 媳妇 爱人 儿子 女儿 家属 家人 现在 人在 正式 转正 书面 通过 代表 生病 因为 老家"
)
_LONGER_VERBS = frozenset(_LONGER_VERBS_LIST.split())
_ALSO_NAMES = frozenset("有来能会和多都明")
"""Common words that stand in names, too."""
_VERBS_BEHIND_MANY = _VERBS - frozenset("提来没应要住进")
"""Without those that transliterate."""
_MANY = f"[{HAN}]{{1,8}}·[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}})?"
ONE = f"(?:{_MANY}|(?:{_DOUBLE}|[{_SINGLE}])[{HAN}]{{1,2}})"
"""The shape of a name, for patterns; `is_person` decides."""
_AT = Pattern(f"(?=((?:{_DOUBLE}|[{_SINGLE}])[{HAN}]{{1,2}})(.?))")
_SHAPE = Pattern(f"(?:{_DOUBLE}|[{_SINGLE}])[{HAN}]{{1,2}}")
_LONG = Pattern(_MANY)
_LEADS = Pattern(
    "^.*?(?:补录|补登|代录|登记|同志|同意|赞成|支持|反对|接收|吸收|发展|认识|知道|碰到|遇到|找到|联系|负责|交给|分给|绑定|我叫|我是|替|帮|把|将|由|让|给|和|跟|叫|找|请)(?=.{1,8}·)"
)


def is_person(words: str) -> bool:
    """Whether words can be a person's whole name: 李小山, 欧阳春, 阿依古丽·买买提."""
    if "·" in words:
        return _LONG.fullmatch(words) is not None and _trimmed(words) == words
    return _SHAPE.fullmatch(words) is not None and words[:2] not in _WORDS and not set(words[1:]) & _COMMON


def may_be(words: str) -> bool:
    """Whether words can be a name where a sentence leaves room for nothing else: 蔡有田 is one, though 有 stands in few names."""
    fits = len(words) > 2 and _SHAPE.fullmatch(words) is not None and words[:2] not in _WORDS
    return is_person(words) or (fits and set(words[1:]) & _COMMON <= _ALSO_NAMES)


def first(words: str) -> str:
    """The first name in a sentence, the longest that is one; empty for none."""
    return next(every(words), "")


def every(words: str) -> Iterator[str]:
    """The names in a sentence, one after the other."""
    start = 0
    for known in _LONG.finditer(words) if "·" in words else ():
        yield from _short(words[start : known.start()])
        yield _trimmed(known[0])
        start = known.end()
    yield from _short(words[start:])


def _trimmed(words: str) -> str:
    """A name of several parts without the words before it and the verb behind it."""
    name = _LEADS.sub("", words)
    head, _, last = name.rpartition("·")
    ends = next((at for at in range(2, len(last)) if last[at] in _VERBS_BEHIND_MANY or last[at : at + 2] in _LONGER_VERBS), len(last))
    return f"{head}·{last[:ends]}"


def _short(words: str) -> Iterator[str]:
    start = 0
    while found := _AT.search(words, start):
        name = _cut(found[1], found[2])
        if name:
            yield name
        start = found.start() + (len(name) or 1)


def _cut(longest: str, behind: str) -> str:
    """The name without the verb that follows a short one: 周海 of 周海交; empty if it is none."""
    last = longest[-1]
    spare = len(longest) == (4 if longest[:2] in _DOUBLE else 3)
    verb = spare and (last in _VERBS or last + behind in _LONGER_VERBS)
    return next((each for each in (longest[:-1] if verb else longest, longest[:-1]) if len(each) > 1 and is_person(each)), "")

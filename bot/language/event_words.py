"""Words for meetings and activities, and for why somebody cannot come."""

from bot.patterns import Pattern

EVENT = (
    r"(?:(?:线上|视频|云上|网上|专题|主题|支部|年度|季度|党员|党支部|三月份?|本月|全体|换届|选举|动员|民主|党小组|小组|"
    r"流动党员|返乡|春节|学雷锋|义务|志愿|集体|党史|理论)){0,3}"
    r"(?:组织生活会|组织生活|主题党日(?:活动)?|党日活动|党员大会|支部大会|党支部大会|支委会|支委扩大会|党小组会|"
    r"民主生活会|民主评议(?:会|大会)?|学习会|学习交流会|交流会|党课|座谈会|"
    r"动员会|总结会|表彰会|见面会|联谊会|茶话会|分享会|研讨会|议事会|评议会|恳谈会|换届大会|选举大会|生活会|视频会议?|"
    r"线上会议?|电话会议?|升旗仪式|升国旗|重温入党誓词|宣誓(?:仪式|活动)?|"
    r"志愿(?:者)?服务(?:活动)?|志愿活动|义务植树|植树(?:活动)?|慰问(?:活动)?|走访慰问|参观(?:活动|学习)?|红色观影|(?:清明)?祭扫(?:烈士墓|烈士陵园|活动)?|扫墓(?:活动)?|"
    r"观影(?:活动)?|演讲比赛|知识竞赛|义诊(?:活动)?|献血(?:活动)?|清洁家园|大扫除|"
    r"文艺汇演|团拜会|培训班?|培训会|夜校|大会|例会|会议|活动)"
)
_EVENT = Pattern(EVENT)
_VAGUE = frozenset({"会议", "活动", "大会"})
_PREFIX = Pattern(r"^(?:本月|三月份?|(?:线上|视频|云上|网上)(?!会议?$))+")

KIN = (
    "孩子|娃儿?|小孩|儿子|女儿|闺女|宝宝|孙子|孙女|外孙|老婆|媳妇|爱人|老公|丈夫|妻子|对象|老人|父亲|母亲|爸爸?|妈妈?|老爸|"
    "老妈|爹|娘|老伴儿?|弟弟?|妹妹?|哥哥?|姐姐?|兄弟|嫂子|侄子|爷爷|奶奶|外公|外婆|岳父|岳母|公公|婆婆|家人|家属|老爷子|老太太"
)
_SICK = r"(?:发烧|发高烧|高烧|感冒|生病|病了|得病|咳嗽|拉肚子|肺炎|不舒服|身体不适|身体不好|住院|做?手术|打点滴|看病|打针|摔伤|骨折|病)"
_KIN_SICK = Pattern(rf"(?:我|家里|家中)?的?(?P<kin>{KIN})(?:今天|昨晚|突然|又|在|要|身体|正|有点|刚|这两天)*(?P<sick>{_SICK})")
_TAKEN = Pattern(
    rf"(?P<verb>带|陪|送)(?:我)?(?:家)?(?P<kin>{KIN})(?:去)?(?:医院)?(?P<what>看病|就医|打疫苗|打针|检查|体检|手术|住院|看牙|"
    rf"复查)"
)
_KIN_TEST = Pattern(rf"({KIN})(?:要|今天|明天|那天|得|在|马上)*(考试|中考|高考|结婚|毕业|订婚|满月|开学|生日)")
_SAME = {
    "娃": "孩子",
    "娃儿": "孩子",
    "小孩": "孩子",
    "宝宝": "孩子",
    "爸": "父亲",
    "爸爸": "父亲",
    "老爸": "父亲",
    "爹": "父亲",
    "妈": "母亲",
    "妈妈": "母亲",
    "老妈": "母亲",
    "娘": "母亲",
}
_REASONS = (
    ("加班", r"加班|赶工|赶货|赶订单|赶工期|赶进度"),
    ("值夜班", r"值(?:夜|晚)班"),
    ("值班", r"值班|轮到我值"),
    ("陪床", r"陪床"),
    ("陪护", r"陪护"),
    ("夜班", r"夜班|晚班"),
    ("出差", r"出差|公差"),
    ("出海", r"出海|在海上|在船上|下海"),
    ("农忙", r"农忙|收麦|割麦|收稻|割稻|插秧|抢收|春耕|秋收|收玉米"),
    ("住院", r"住院|做手术|动手术"),
    (
        "生病",
        r"病假|发烧|发高烧|高烧|感冒|生病|病了|不舒服|身体不适|身体不好|身体(?:原因|状况|欠佳|有恙)|拉肚子|看病|去医院|"
        r"胃疼|头疼|头痛|牙疼|腰疼|"
        r"腿疼|骨折|摔伤|输液|打点滴",
    ),
    ("家里有事", r"家里?(?:临时|突然)?有(?:点|些|急)?事|家中有事|家有急事|家里?(?:有|出)(?:了)?(?:点|些)?急?事|屋里有事"),
    ("上班", r"上班|上白班|要上工|上工|走不开班|倒班|开工|顶班|请不了假|老板不(?:让|准|批)"),
    (
        "在外地",
        r"在外地|在外面?|不在家|不在本地|回不(?:来|去)|赶不回|来不及回|路远|太远|在路上|在火车上|在高铁上|"
        r"没(?:买到|抢到)票|买不到票",
    ),
    ("结婚", r"结婚|婚礼|喜酒|喝喜"),
    ("奔丧", r"奔丧|白事|丧事|去世|办后事"),
    ("家长会", r"家长会"),
    ("接孩子", r"接孩子|接娃|接送孩子|送孩子|带孩子|带娃|看孩子|照顾孩子"),
    ("车坏了", r"车坏|车子坏|爆胎"),
    ("考试", r"考试|考证|面试"),
    ("开会", r"单位开会|公司开会|厂里开会|要开会|在开会"),
    ("忙", r"太忙|很忙|忙不过来|抽不开身|走不开|脱不开身|工作忙|活太多|忙"),
    ("有事", r"有(?:点|些|急|要紧)?事|临时有事|事情|没空|没时间"),
)
_COMPILED = tuple((name, Pattern(words)) for name, words in _REASONS)
_SAID_WHY = Pattern(r"(?:因为|由于|原因[是:]|理由[是:]|事由[是:]|because)[:, ]?(?P<why>[^,。;!?]{2,30})")


def event(words: str) -> str:
    """The meeting or activity that is named, as it is named; empty where none is."""
    every = (_PREFIX.sub("", found[0]) for found in _EVENT.finditer(words))
    return next((each for each in every if each not in _VAGUE), "")


def without(words: str) -> str:
    """The text with the names of meetings and activities left out."""
    return _EVENT.sub("", words)


def named(words: str) -> bool:
    """Whether any meeting or activity is spoken of."""
    return _EVENT.search(words) is not None


def why(words: str) -> str:
    """Why somebody cannot come, in few words: 孩子发烧 is 孩子生病, 要加班 is 加班; empty where no reason is said."""
    if taken := _TAKEN.search(words):
        return f"{taken['verb']}{_SAME.get(taken['kin'], taken['kin'])}{taken['what']}"
    if tested := _KIN_TEST.search(words):
        return f"{_SAME.get(tested[1], tested[1])}{tested[2]}"
    if kin := _KIN_SICK.search(words):
        who = _SAME.get(kin["kin"], kin["kin"])
        sick = kin["sick"]
        return f"{who}住院" if sick == "住院" else f"{who}手术" if "手术" in sick else f"{who}生病"
    for name, pattern in _COMPILED:
        if pattern.search(words):
            return name
    said = _SAID_WHY.search(words)
    return said["why"].strip(" 的") if said else ""

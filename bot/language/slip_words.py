"""Command words and what is typed in their place by a slip of the finger or of an input method."""

_MENDS = {
    "怎么样": "咋个样 啷个样",
    "怎么": "啷个",
    "什么": "啥子",
    "多少钱": "好多钱",
    "党费": "档费 挡费 荡费 党废 党肺 党飞 档废 宕费 谠费",
    "签到": "签道 签倒 签导 签刀 签岛 签稻 牵道 扦到 签捣 签祷",
    "党员": "党元 党源 党缘 党园 挡员 档员",
    "党支部": "党支不 党之部 党枝部 档支部 党知部",
    "书记": "书计 书级",
    "支部": "枝部",
    "打卡": "打咔 打喀 打咖 搭卡",
    "弃权": "气权 弃全 弃券 弃拳 汽权",
    "赞成": "赞城 赞承 赞程",
    "投票": "投飘 投漂 透票",
    "参加": "参家 参佳 餐加 叁加",
    "请假": "请价 请驾 清假",
    "报名": "报明 抱名 爆名 保名",
    "撤销": "撤消 撤肖 彻销",
    "转账": "转帐 赚账",
    "到账": "到帐",
    "账号": "帐号",
    "积极分子": "积极份子 机极分子",
    "思想汇报": "思想会报 思想回报 思想惠报 思想汇抱",
    "组织关系": "组织官系 组只关系 祖织关系 组织关西 组职关系",
    "介绍信": "介绍心",
    "认领": "认另 任领 认令",
    "认捐": "任捐 认卷",
    "捐款": "捐宽",
    "维权": "维全 维劝 维拳",
    "求助": "求祝 球助 求柱",
    "补录": "补陆 补碌",
    "接龙": "截龙 接笼 接隆",
    "微实事": "微实是 微时事",
    "撤回": "彻回",
    "绑定": "邦定 绑订",
    "组织生活": "组织生火 组只生活",
    "爱心基金": "爱心积金 爱心机金 爱心鸡金",
    "流动党员": "流动党圆 流动档员",
}
ANYWHERE = {slip: word for word, slips in _MENDS.items() for slip in slips.split()}
"""What is no word, nor made of the end of one and the beginning of another: read as the word that was meant, wherever it stands."""

_WHOLE = {
    "签到": "钱到 迁到 前到 牵到 千岛 前倒 千刀 浅道 钱道",
    "打卡": "大卡 大咖",
    "报到": "宝岛 宝刀 抱到 保到",
    "收到": "受到 手刀",
    "收到了": "受到了",
    "帮助": "绑住 帮主",
    "求助": "球柱 求主",
    "取消": "取笑",
    "弃权": "气圈 器全",
    "赞成": "攒成",
    "反对": "饭堆",
    "投票": "偷票",
    "请假": "倾家",
    "报名": "保命",
    "补签": "不签 不欠 不前 不钱 不牵",
    "认领": "人领",
    "捐款": "卷款",
    "学习": "血洗 学戏",
    "党课": "当可",
    "绑定": "帮顶",
    "导出": "倒出 到处 到出",
    "不同意": "不统一 不同一",
}
WHOLE = {word: frozenset(others.split()) for word, others in _WHOLE.items()} | dict.fromkeys(
    ("平安", "报平安", "党费", "撤销", "参加", "不参加", "我参加", "学完了", "分布图", "思想汇报"), frozenset()
)
"""Words that may be a whole message, and other words of the same sound, which are left alone."""

INITIALS = {"qd": "签到", "dk": "打卡", "sd": "收到", "qdl": "签到了", "bpa": "报平安"}
"""The first letters of the few words for which they can stand alone."""
LATIN = {"checkin": "签到", "undo": "撤销", "cancel": "取消"}

"""The intents of help: what the bot can do, how something is done, and taking the last thing back."""

from bot.language import undoing
from bot.language.contexts import CHOICES, CONFIRM_PLACE
from bot.language.requests import core
from bot.language.rule import LIKELY, MAYBE, SURE, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

# 撤销

_UNDO = (
    "收回|撤销|撤消|撒销|撒消|撤銷|撒銷|撤肖|撤了|撤掉|撤一下|撤回|取消|作废|作罢|退回去|undo|cancel|revert|take (?:it"
    "|that) back|che ?xiao|che ?hui|qu ?xiao"
)
_LAST = (
    "(?:我)?(?:把)?(?:上面|上|刚才?|刚刚|前面|前|之前|那)?(?:的|我的|我发的|我说的|我点的|说的|发的|点的|填的|报的|写的"
    "|交的|弄的)?(?:这|那|上)?(?:一"
    "|最后一)?(?:条|步|个|次|件|笔|句|项)?(?:操作|消息|信息|记录|登记|内容|句话|话"
    "|事)?(?:的)?(?:给)?(?:我)?"
)
_PLAIN = Pattern(
    f"撤|错了[,。 ]?(?:撤销|撤回|取消)|(?:我)?(?:想|要|帮我|给我|请|快|赶紧)?(?:把)?(?:{_LAST})?(?:{_UNDO})(?:一下|了"
    f"|掉|吧|{_LAST})?(?:吧|了|掉)?"
    "|(?:我)?(?:刚才|刚刚|上面|上一?[条个笔次]|前面|那[条个笔]|这[条个笔]|刚)(?:的|那个|[那这一]?[一]?[条个笔次件]|说的"
    "|发的|报的|填的|写的|我(?:说|发|报|填|写"
    "|点)的)?(?:那?[条个笔])?(?:信息|消息|话|记录|操作)?(?:都|就|先|也|给我|请)*(?:不算|不算数|作废|当我没说"
    "|别记|不要了)(?:了|吧|数)?|(?:就)?当我没说(?:过)?|不算数?了?|不算不算"
    "|(?:刚才|刚刚|刚)?(?:我|俺)?(?:刚才|刚刚|刚)?(?:发|点|按|弄|搞|说|写|填|打|输|报|记|操作)错了(?:吧|哦"
    "|的)?(?:[,。 ]?(?:我|帮我|请|麻烦)?(?:想)?(?:重来|重新来|不算|收回|取消|撤销"
    "|撤回|撤了)(?:一下|吧|了)?)?"
    "|(?:不要|不做|不弄|不办|不记)了|(?:手滑|误触|误点|误操作|不小心点(?:错|到)了?|不小心发(?:错|的)|点快了"
    "|发早了)(?:了|的)?(?:[,。 ](?:我)?(?:想)?(?:重来|不算|收回|取消|撤销"
    "|撤回|撤了)(?:一下|吧|了)?)?|(?:please )?(?:cancel|undo|revert|scrap|disregard|ignore)(?: (?:that|it|this"
    "|the last (?:one|message|thing|entry)|my last (?:one|message|entry)"
    "|what i (?:just )?(?:said|sent|wrote)))?(?: please)?|(?:i )?(?:made a )?mistake|sorry,? wrong(?: one)?"
)
_TARGETS = (
    ("checkin", Pattern("签到|打卡|报平安|签个到|check-?in")),
    ("dues_pay_claim", Pattern("党费|缴费|交费|已交|档费|dues")),
    ("location_update", Pattern("位置|定位|地址变更|城市|location")),
    ("leave_request", Pattern("请假|假条|请的假")),
    ("aid_pledge", Pattern("认捐|捐款|捐的|捐")),
    ("aid_request", Pattern("求助")),
    ("opinion_submit", Pattern("意见|建议")),
    ("proposal_create", Pattern("提案|提议|议题")),
    ("thought_report", Pattern("思想汇报")),
    ("transfer_request", Pattern("转接|转关系|转组织关系|组织关系")),
    ("departure_report", Pattern("外出报备|外出|报备|出发")),
    ("talk_request", Pattern("谈话|谈心|约谈")),
    ("announce_publish", Pattern("公告|通知")),
    ("event_create", Pattern("活动|会议|主题党日")),
    ("vote_create", Pattern("表决|投票")),
    ("job_seek", Pattern("求职|找工作")),
    ("proxy_entry", Pattern("补录")),
    ("rsvp", Pattern("报名")),
)  # fmt: skip
_THE = (
    "(?:我)?(?:把|将)?(?:我)?(?:刚才?|刚刚|上一?[个条次笔]|之前|前面|今天|昨天|那|这)?(?:的|那|我的|我|这|发的|报的"
    "|登记的|记的|交的|说的|做的|点的|提的)?(?:一?[条个笔次件份])?(?:的)?"
)
_WITH_TARGET = Pattern(
    f"(?:我)?(?:想|要|帮我|请|给我)?(?:{_UNDO}|收回|不算)(?:一下|掉|了)?{_THE}(?P<after>[^,。]{{2,12}})"
    f"|{_THE}(?P<before>[^,。]{{2,14}}?)(?:也"
    f"|就|都|给|给我|我|先|帮我|要|想|不要了?|不对|有误)?[,。 ]?(?:{_UNDO}|收回|不算数?)(?:一下|掉|了|吧)?"
    "|(?P<wrong>[^,。]{2,10}?)(?:我)?(?:发|点|按|弄|搞|说|写|填|打|输|报|记|签|登记|操作)错了?[,。 ](?:帮我|请|想"
    f"|要|我要|麻烦|能)?(?:{_UNDO}|收回)(?:一下|掉|了|吧)?"
)
_NOT_UNDO = Pattern(
    "订单|航班|高铁|火车|车次|婚|机票|酒店|会员|关注|比赛|演唱会|封控|资格|考试|合同|学校|公司|撤退|撤离|撤资|如果"
    "|要是|听说|转发|他们|同意|授权|共享|投|票(?!.{0,3}决)|静音|免打扰|提醒|推送|绑定|认领"
    "|结对|吗$|为什么|怎么|谁|取消了$|活动取消了|会议取消了|延期"
)


def _cancel(said: Said) -> Found | None:
    """The last thing shall not have been said, or the one that is named."""
    words = core(said.words)
    if len(words) > 40 or (undoing.mistaken(words) is None and (said.asks and not _MAY.search(words))):
        return None
    if said.setting.context in {CONFIRM_PLACE, CHOICES}:
        return None if undoing.mistaken(words) is not None else _undone(said, words)
    return _undone(said, words)


def _undone(said: Said, words: str) -> Found | None:
    if undoing.mistaken(words) is not None or _PLAIN.fullmatch(words) or _of_clauses(words):
        explicit = _EXPLICIT.fullmatch(words) is not None
        return Found({}, LIKELY + 0.08 if explicit or not said.setting.in_group else MAYBE)
    if _NOT_UNDO.search(words):
        return None
    told = [each for each in _CLAUSES.split(words) if not (_ASIDE.fullmatch(each) or _PLAIN.fullmatch(each))]
    named = _WITH_TARGET.fullmatch(words) or (_WITH_TARGET.fullmatch(told[0]) if len(told) == 1 else None)
    if named is not None:
        what = named["after"] or named["before"] or named["wrong"]
        target = next((target for target, pattern in _TARGETS if pattern.search(what)), "")
        if target:
            return Found({"target": target}, LIKELY + 0.09)
    return None


def _of_clauses(words: str) -> bool:
    """算了,刚才那条不算; 报错了,刚才的作废: several clauses, of which none says more than that."""
    clauses = [_OH.sub("", each) or each for each in _CLAUSES.split(words)]
    plain = [_PLAIN.fullmatch(each) is not None for each in clauses]
    return (
        1 < len(clauses) <= _MOST and any(plain) and all(done or _ASIDE.fullmatch(each) for done, each in zip(plain, clauses, strict=True))
    )


_CLAUSES = Pattern("[,;。!~ ]+")
_MOST = 4
_OH = Pattern("^(?:哎呀?|唉|啊|哦|呀|哟|噢|那个|不好意思|对不起|抱歉|算了|等等)(?=.)")
_ASIDE = Pattern(
    "(?:我)?(?:刚才?|刚刚|上面)?(?:我)?(?:填|写|报|发|说|弄|记|点|登记)的?(?:不对|有误|有问题|不准)了?|(?:哎呀?|唉|啊"
    "|哦|呀|那个|不好意思|对不起|抱歉|sorry|不对|不是|错了|搞错了|弄错了|算了吧?|算了算了|等等|等一下"
    "|等会儿?|慢着|打住|先?别|不了|我?(?:改主意|后悔)了|我?再?想想|我?重新?(?:来|发|填|报|弄|说)"
    "|(?:我)?(?:刚才|刚刚|刚)?(?:我)?(?:发|点|按|弄|搞|说|写|填|打|输|报|记|选|操作|手)(?:错|滑|快|早)(?:了|啦)?(?:的)?"
    "|麻烦(?:你|您)?(?:了)?|谢谢(?:你|您|了|啦)?)"
)
_EXPLICIT = Pattern("撤销|撤消|撤回|undo|cancel|取消")
_MAY = Pattern("能|可以|怎么撤|咋撤")

# 帮助

_HELP = Pattern(
    "(?:怎么|咋|如何)(?:跟|和|同)你(?:说话|聊|沟通|对话|交流)|(?:指令|命令|功能|口令)(?:有|是)?(?:哪些|什么|啥)"
    "|(?:我)(?:能|可以)(?:干|做|办)(?:什么|啥|哪些)|(?:有没有|有|我要|我想|给我|要|想)?(?:看看?|看一下|查看"
    "|打开)?(?:使用说明|使用手册|说明书|使用帮助|菜单|功能列表"
    "|使用方法|操作说明)|(?:这|这个|那个|你这)?(?:机器人|东西|号|小助手)(?:是)?(?:干嘛|干什么|干啥|做什么"
    "|做啥)(?:用)?的|帮助|帮忙|邦助|幫助|菜单|功能|功能列表|说明|使用说明|使用方法|用法|说明书|使用帮助|帮助文档"
    "|指南|教程|新手指南|操作指南|指令|命令"
    "|口令|help|menu|commands?|/help|/start|start|bang ?zhu|bz|cai ?dan"
    "|(?:我|我该|我要|俺|这|这个|那|你|您|机器人|小助手|本群机器人)?(?:东西|机器人|玩意儿?|软件)?(?:是)?(?:怎么|如何|咋|怎样"
    "|咋个)(?:使)?(?:用|使|玩|弄|操作)(?:的|你|啊|呀)?(?:这个)?(?:机器人)?"
    "|(?:机器人|小助手)?(?:你|您|机器人|这个|这)?(?:都|到底|还|这里?)?(?:能|会|可以|有)(?:帮我|给我|为我|帮大家|给我们)?(?:做|干|办"
    "|提供|帮忙?|用)?(?:些|哪些|点|得了)?(?:什么|啥|哪些|嘛)(?:事"
    "|功能|服务|用|忙)?(?:情|呢|啊)?"
    "|(?:你|您)(?:是谁|是干(?:什么|啥|嘛)的|是做什么的|是什么|是什么人|叫什么|叫啥|是哪位|是机器人吗|是机器人"
    "|是人(?:吗|还是机器人)|是真人吗)|(?:你)?(?:都)?有(?:什么|哪些|啥)(?:功能|服务|用|命令|指令|菜单)"
    "|(?:能|可以)(?:发|说|用)(?:哪些|什么|啥)(?:词|话|命令|指令)?|我(?:该|应该|要|可以|能)(?:说|发|做|用|怎么用|问)(?:什么|啥|哪些)"
    "|(?:我|俺)?(?:不会|不懂|不知道|搞不懂|看不懂|弄不明白|不太会)(?:怎么|咋|如何)?(?:用|操作|弄|使)(?:这个|啊|呀"
    "|怎么办|咋办)?|(?:给|发)(?:我|个|一下|我个)?(?:菜单|说明|说明书"
    "|功能列表|使用说明|指南)|(?:看|看看|查看|显示|打开)(?:一下|下)?(?:帮助|菜单|功能|说明)"
    "|what can (?:you|i) do|how (?:do|can|to) (?:i |you )?(?:use|work)(?: (?:this|it|the bot))?|who are you"
    "|how does (?:this|it) work|zen ?me ?yong|ni ?shi ?shui"
)
_TOLD_OF = Pattern(
    "(?:你|您|机器人|小助手|这个|这里?|咱们?){0,4}(?:都|到底|还){0,4}(?:能|会|可以|有)(?:些|点)?(?:什么|啥|哪些|哪几个"
    "|几个)(?:功能|用处|用途|本事|命令|指令|作用|服务|技能)[,。 ]?(?:给我|跟我|帮我|跟大家|请|麻烦"
    "|你|也){0,4}(?:介绍|说说|讲讲|说|讲|列|看看|教教?)?(?:一下|一遍|出来|我|大家|看看?){0,4}"
    "|(?:请|麻烦)?(?:给我|跟我|帮我)?(?:介绍|说明|讲讲|说说|讲解)(?:一下|下)?(?:你|机器人|这个)?(?:的)?(?:自己|功能"
    "|用法|使用方法|用途)(?:都)?(?:有哪些|有啥)?"
    "|(?:该|要|是)?(?:怎么|咋|如何|咋个)(?:使)?(?:用|使|玩|操作)(?:啊|呀|的|呢|嘛|法)?[,。 ]?(?:你|这个?|那个"
    "|机器人|东西|玩意儿?|软件|小助手){0,4}"
    "|(?:我)?(?:不会|不懂|不晓得|不知道|搞不懂|不太会|弄不来|搞不来)(?:怎么|咋|如何)?(?:用|使|操作|弄|玩)(?:你|这个?|个"
    "|机器人|东西|玩意儿?|啊|呀){0,4}[,。 ]?(?:教|帮)?(?:教|帮)?(?:我|俺)?(?:一下)?"
    "|(?:能不能|能|可以|可不可以|谁|请|麻烦)?(?:教|教教|教一下)(?:我|俺)(?:一下|下)?(?:怎么|咋|如何)?(?:用|使|操作"
    "|弄)?(?:你|这个|机器人)?(?:一下)?"
)
_LOST = Pattern(
    "(?:请问)?(?:这|这个|你|你这)(?:到底)?是(?:个)?(?:干嘛|干什么|干啥|做什么|做啥|搞啥)(?:用)?的"
    "|(?:说明书?|使用说明|操作说明|菜单|教程|功能表|指南|指令表|命令表)(?:有没有|有吗|有没|在哪(?:里|儿)?|在哪看|发我"
    "|给我|发一?下|发一份|看看|呢)(?:一下|一份|看看)?"
    "|(?:我|俺)?(?:能|可以|该|要|都能|都可以)(?:跟你|对你|和你|问你|让你|叫你|找你|用你)(?:说|做|办|干"
    "|问)?(?:些)?(?:什么|啥|哪些)(?:事|话)?"
)
_HUMAN = Pattern(
    "(?:转|找|要|有没有|有|接|换|叫|联系)?(?:一?个)?(?:人工|真人|活人|客服)(?:服务|客服)?(?:吗|呢|回复|来)?"
    "|(?:我)?(?:要|想)(?:找|跟|和)(?:个)?(?:真人|人工|活人)(?:说"
    "|聊|谈)?(?:话)?|human|real person|talk to a (?:human|person)"
)
_TOPICS = (
    ("thought_report", "思想汇报|思想报告|思想回报"),
    ("reflection", "学习体会|心得|体会|感想|读后感|观后感"),
    ("checkin", "签到|报平安|打卡|check-?in"),
    ("location", "位置|定位|所在地|城市|location"),
    ("map", "分布图|地图|旗"),
    ("vote", "投票|表决|票决"),
    ("opinion", "意见|建议|提意见"),
    ("proposal", "提案|提议"),
    ("aid", "求助|互助|帮扶"),
    ("fund", "爱心基金|捐款"),
    ("project", "认领|微实事|项目"),
    ("quiz", "答题|考题|测验"),
    ("study", "学习|党课|上课|听课"),
    ("event", "报名|活动|主题党日"),
    ("leave", "请假"),
    ("notice", "公告|通知|收到"),
    ("dues", "党费|缴费"),
    ("settings", "设置|免打扰"),
    ("package", "包裹|礼包"),
    ("transfer", "转关系|转接|组织关系"),
    ("undo", "撤销|撤回|取消"),
    ("privacy", "隐私|个人信息"),
    ("proxy_entry", "补录"),
    ("rights", "维权|讨薪"),
    ("liaison", "联系人"),
    ("voice", "语音"),
    ("join", "报到|加入支部"),
    ("words", "词语"),
)  # fmt: skip
_NAMED = tuple((topic, Pattern(pattern)) for topic, pattern in _TOPICS)
_ABOUT = Pattern(
    "(?:帮助|help|说明|用法|关于|教程|bang ?zhu)[:, ]{0,2}(?P<topic>.{2,10})|(?P<topic2>.{2,8})(?:帮助|说明|用法|使用方法|教程|help)"
)
_HOW = Pattern(
    "^(?:我)?(?:想)?(?:问)?(?P<what>[^,。]{2,12}?)(?:该|应该|要|是|都|(?<!心)得|的)?(?:怎么|如何|咋|咋个|怎样|怎麽)(?:去|来"
    "|个|才能|能)?(?:写|用|弄|操作|提|做|交|报|发"
    "|填|搞|看|参加|改|设|签|打|投|请|申请|记|设置|认领|补|个写法|写法)(?:法|的|呢|啊|呀|一个|好|才好|合适)?$"
    "|^(?:我)?(?:想)?(?:该|应该|要|到底)?(?:怎么|如何|咋|咋个|怎样)(?:去|来|样|才能"
    "|能)?(?:在这)?(?:里)?(?P<what2>(?:写|求|更新|更改|换|用|弄|操作|提|做|交|报|发|填|搞|看|参加|改|设"
    "|签|打|投|请|申请|记|使用|设置|认领|补|撤|提交|答)[^,。]{1,10})$"
    "|(?P<what3>[^,。]{2,10}?)(?:的)?(?:格式|模板|范文|范本|样本|样式|写法|写多少字|多少字|要求是什么|有模板吗"
    "|有范文吗|有格式吗|有什么要求|字数)(?:要求)?(?:是)?(?:什么|怎样|有吗"
    "|吗|是啥|多少|发我|发一下|给我|有没有|有|怎么样)?$"
    "|(?:how (?:do|can|to|should) (?:i )?(?:write|use|do|make|submit|file|set)) (?P<what4>[a-z -]{3,30})"
)
_OTHERS_HOW = Pattern(
    "党费|入党|转正|组织关系|关系|活动证|绑|投票|表决|补贴|社保|医保|补录|工伤|维权|工资|路|饭|做菜|去北京|去你|如果"
    "|听说|转发|捐|钱|合同|仲裁"
)


def _help(said: Said) -> Found | None:
    """What the bot can do, or how one thing is done."""
    words = core(said.words)
    if words in _WORDS or said.words in _WORDS:
        return Found({}, SURE if said.words in _COMMAND else LIKELY + 0.08)
    if len(words) > 40:
        return None
    if len(told := [each for each in _CLAUSES.split(words) if not _HELPLESS.fullmatch(each)]) == 1 and told[0] != words:
        words = told[0]
    if any(
        _HELP.fullmatch(each) or _TOLD_OF.fullmatch(each) or _LOST.fullmatch(each)
        for each in (words, said.words, words.rstrip("吗呢啊呀嘛么"))
    ):
        return Found({}, LIKELY + 0.08)
    return Found({"topic": "human"}, LIKELY) if _HUMAN.fullmatch(words) else _of_topic(words)


def _of_topic(words: str) -> Found | None:
    if (about := _ABOUT.fullmatch(words)) is not None and (topic := _topic(about["topic"] or about["topic2"])):
        return Found({"topic": topic}, SURE if words.startswith(("帮助", "help")) else LIKELY + 0.05)
    how = None if _OTHERS_HOW.search(words) else _HOW.search(words)
    topic = _topic(next(what for what in how.groups() if what)) if how else ""
    return Found({"topic": topic}, LIKELY + 0.05) if topic else None


_HELPLESS = Pattern(
    "(?:我|俺)?(?:真的?|完全|都|是)?(?:不会|不懂|不太会|不晓得|不知道|搞不懂|弄不来|头一回用?|第一次用?)(?:用|弄|写|搞|操作)?(?:啊|呀|呢)?"
    "|(?:能|可以|请|麻烦|谁)?(?:教|指点|指导)(?:教|一?下|我|俺|我一?下|教我)*(?:吧|呗|嘛)?|求教|求指点"
)
"""Who cannot do it says so beside what is asked: 这个怎么用，我不会."""
_COMMAND = frozenset(["功能介绍", "使用介绍", "帮助", "help", "/help", "菜单", "menu"])
_WORDS_LIST = "帮帮我 怎么用 怎么使用 你会什么 你能做什么 使用说明 功能 ? ?? 说明 bangzhu 帮助一下"
_WORDS = _COMMAND | frozenset(_WORDS_LIST.split())


def _topic(words: str) -> str:
    return next((topic for topic, pattern in _NAMED if pattern.search(words)), "") or ("reflection" if "reflection" in words else "")


def _lost(said: Said) -> Found | None:
    """A question mark and nothing else, said to the bot."""
    return Found({}, LIKELY) if said.line in {"?", "??", "???"} and not said.setting.in_group else None


_CANCEL_CUES = (
    "撤 撒 取消 作废 作罢 退回去 undo cancel revert disregard scrap ignore "
    "back che qu 错 不算 当我没说 不要了 不做了 不弄了 不办了 不记了 手滑 误 "
    "不小心 快了 早了 mistake wrong 收回 别记 弄错 点错"
)
_HELP_CUES = (
    "手册 哪些 干嘛 干啥 帮 邦助 幫 菜单 功能 说明 用 指南 教程 令 help menu "
    "command start bang bz cai 怎 如何 咋 你 您 什么 啥 不会 不懂 how "
    "what who zen ni 人工 真人 活人 客服 human person 格式 模板 范文 范本 "
    "样本 多少字 写法 字数 要求"
)
RULES: tuple[Rule, ...] = (
    Rule(
        "cancel",
        _cancel,
        tuple(_CANCEL_CUES.split()),
        why="撤销上一件",
    ),
    Rule(
        "help",
        _help,
        tuple(_HELP_CUES.split()),
        why="问怎么用",
    ),
    Rule("help", _lost, why="只发一个问号"),
)

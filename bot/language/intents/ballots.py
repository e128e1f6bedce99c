"""Asking about a vote: how it stands, what it needs, until when it is open. Who voted how is refused (`refusals`)."""

from bot.language.contexts import BALLOT, BALLOT_VOTED
from bot.language.requests import asks, core
from bot.language.rule import LIKELY, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_MATTER = "选上|当选|投票|表决|票决|选举|投上|几票|多少票|票数|得票|选票|计票|唱票|票箱|验票|的票|赞成票|反对票|弃权票|截止"
_ABOUT = Pattern(f"{_MATTER}|ballot|vote|tally|tou ?piao|biao ?jue|ji ?piao|duo ?shao ?piao")
_TOPICS = (
    ("turnout", ("(?:多少|几个?|有几)(?:个)?人[^,。]{0,4}(?:投|表决|参加)|投票率|到会[^,。]{0,4}(?:多少|几)|还(?:差|有)(?:多少"
        "|几)个?人(?:没|未)投|人都投(?:完|齐)|turnout"
        "|how many (?:people )?(?:have )?voted")),
    ("quorum", ("(?:要|需要?|得|至少|最少|达到|过)[^,。]{0,8}(?:多少|几)(?:张|个)?(?:票|人)[^,。]{0,8}(?:才|通过|有效|算|行|能)?"
        "|(?:多少|几)票[^,。]{0,4}(?:才|能|算"
        "|就)[^,。]{0,4}(?:通过|有效|过)|(?:怎么|怎样|如何|咋)(?:才)?(?:算|能)(?:是)?(?:通过|有效|过)|(?:过)?半数|三分之二|法定人数|quorum"
        "|how many votes (?:are )?need")),
    ("eligible", ("应到|有表决权的?[^,。]{0,6}(?:多少|几|谁|哪些)|(?:谁|哪些人|什么人)(?:能|可以|有资格|有权)(?:投|参加|表决)"
        "|(?:我|俺)(?:有没有|有|能|能不能|可以|可不可以|算不算"
        "|还能)[^,。]{0,8}(?:投票|表决|选举|资格|投)|eligible|can i vote|who (?:can|may) vote")),
    ("secret", ("匿名|不记名|无记名|保密|(?:看|知道|查|晓得)[^,。]{0,4}(?:得到|到|见|出)?[^,。]{0,4}(?:我|谁|是谁)投"
        "|会不会(?:被)?(?:知道|看到|公开)|记名|secret|anonymous")),
    ("validity", ("(?:线上|网上|群里|手机上?|这样|这种|机器人)[^,。]{0,8}(?:有效|算数|作数|正式|合规|合法|作准)|(?:有效|算数"
        "|作数)(?:吗|不|么)")),
    ("deadline", ("(?:什么时候|啥时候|几点|哪天|几号|何时|多久|到什么时候)[^,。]{0,8}(?:截止|结束|投|停|封|完)|(?:截止"
        "|结束)(?:时间|日期)?(?:到|是|在)?(?:什么时候|啥时候|几点|哪天|几号|何时|了没"
        "|了吗|没有?$)|(?:投票|表决|投)?到(?:几号|几点|哪天|什么时候|啥时候)|还(?:能|可以|来得及)(?:不能)?投|截止时间"
        "|deadline|when (?:does|will|is)[^,.]{0,30}(?:end|close)|jie ?zhi")),
    ("receipt", "回执|(?:我的|我那张?)票[^,。]{0,8}(?:算|计|进|在|记)|验票|校验码|票箱|核对[^,。]{0,4}票|verify"),
    ("mine", ("(?:我|俺)[^,。]{0,6}(?:投过?|投上|表决|投票)[^,。]{0,4}(?:了没有?|了吗|了么|没有?$|上了|成功)"
        "|(?:我的?投票)(?:成功|记上|收到)|(?:收到|记上)我的(?:票|投票)"
        "|did i vote|投上了|投成功|投进去")),
    ("how", ("(?:怎么|如何|咋|怎样|在哪(?:里|儿)?|到哪(?:里|儿)?|哪里|从哪)(?:才能|能)?(?:去)?(?:投|表决|参加表决|参加投票|操作)"
        "|投票[^,。情进]{0,6}(?:怎么(?!样)|如何|咋(?!样)|方法|流程|步骤)|how (?:do"
        "|can|to) (?:i )?vote|zen ?me ?tou")),
    ("result", ("结果|通过(?:了)?(?:没|吗|么|没有)|(?:过了|过)(?:没|吗|没有)$|选上|当选|票决[^,。]{0,4}(?:怎么样|如何)|(?:谁"
        "|哪个)(?:选上|当选|胜)|(?:投票|表决)[^,。]{0,6}出来|result|outcome|did it pass")),
    ("tally", ("(?:现在|目前|当前|已经)?[^,。]{0,6}(?:几票|多少票|票数|得票|(?:多少|几)(?:个)?人?(?:赞成|反对|同意|弃权|支持)"
        "|(?:赞成|反对|同意|弃权"
        "|支持)(?:的)?(?:票)?(?:有)?(?:多少|几)|计票|唱票|领先|票(?:数)?(?:够不够|够了?(?:吗|没|么)|够没够|过半(?:了)?(?:吗|没)"
        "|超(?:过)?半(?:数)?(?:了)?(?:吗|没))|tally|ji ?piao|duo ?shao ?piao)|how many (?:votes|yes)"
        "|(?:投票|表决|票数?)[^,。]{0,4}(?:情况|进度|进展|怎么样|如何|咋样)")),
)  # fmt: skip
_COMPILED = tuple((topic, Pattern(pattern)) for topic, pattern in _TOPICS)
_ANY = Pattern(
    "(?:有|有没有|还有|最近有|现在有)(?:什么|哪些|啥|几个|正在|要|需要)*[^,。]{0,6}(?:投票|表决|要投|要表决|票决)"
    "|(?:投票|表决)(?:列表|事项|有哪些|是什么|内容)"
    "|(?:在|要)(?:投|表决)(?:什么|啥|哪)|(?:投|表决)的是(?:什么|啥)|(?:看|查|查看|查询)(?:一?下)?(?:投票"
    "|表决)(?:列表|情况)?$|表决(?:什么|啥)|open (?:votes"
    "|ballots)|what (?:are we|is there to) vot"
)
_NOT_OURS = Pattern(
    "发票|车票|机票|股票|彩票|门票|船票|高铁|公司|小区|业主|孩子|宝贝|萌娃|最美|帮(?:我|忙)投|拉票|点赞|链接|比赛"
    "|报名|报考|班级|美国|总统|台湾|缴费|党费|党课|答题|入党申请|学习|如果|要是|听说|转发|接龙|你们|单位里"
)
_WHO_HOW = Pattern("谁(?:都|还|也)?(?:投|反对|弃权|赞成|同意|没投)|(?:反对|赞成|弃权)的(?:是|有)?谁")


def _asked(said: Said) -> Found | None:
    words = core(said.words)
    open_one = said.setting.context in {BALLOT, BALLOT_VOTED}
    if len(words) > 50 or _NOT_OURS.search(words) or _WHO_HOW.search(words) or not (open_one or _ABOUT.search(words)):
        return None
    if said.setting.role == "probationary" and _ABLE.search(words):
        return None  # `membership` tells of the rights of those on probation
    topic = next((topic for topic, pattern in _COMPILED if pattern.search(words)), "")
    if topic and (asks(said) or topic in {"tally", "result", "deadline", "quorum"}) and not _TELLS.search(words):
        return Found({"topic": topic}, LIKELY + 0.05)
    if _ANY.search(words):
        return Found({}, LIKELY)
    return None


_ABLE = Pattern("(?:我|俺|预备)[^,。]{0,8}(?:能|可以|有)[^,。]{0,6}(?:投|表决|选举|资格)")
_TELLS = Pattern(
    "(?:发起|搞个|开个|来个|弄个|创建|组织一|建个|启动)[^,。]{0,8}(?:投票|表决|票决|选举)|^(?:昨天|上次|刚才"
    "|今天)?(?:投票|表决)?(?:结果)?(?:出来了|公布了|已经截止|截止了|通过了)$|(?:发起|搞个|开个)"
)

_VOTE_QUERY_CUES = (
    "赞成 反对 弃权 同意 半 记名 有效 几个人 多少人 还能 回执 校验 投 票 表决 截止 结果 通过 vote ballot piao jue "
    "result tally 选上 当选 选举 应到 quorum jie"
)
RULES: tuple[Rule, ...] = (
    Rule(
        "vote_query",
        _asked,
        tuple(_VOTE_QUERY_CUES.split()),
        why="问投票的情况",
    ),
)

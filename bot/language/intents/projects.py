"""Small projects for the village: which there are, who takes one on, gives it back or has done it. And proposals to be talked over."""

from bot.language import contexts
from bot.language.as_written import chinese, typed
from bot.language.numerals import NUMERAL, number
from bot.language.rule import LIKELY, MAYBE, SURE, Found, Rule
from bot.language.said import Said
from bot.language.sureness import by_name, if_private
from bot.patterns import Pattern

_THING = "微实事|微心愿|小实事|民生实事|实事(?!求是)|微项目|认领项目|项目"
_LIST = Pattern(
    "(?:有(?:哪些|什么|啥|没有|多少|几个)|还有(?:哪些|什么|啥|没有)?|哪些|看看?(?:一下)?|查看?|列一?下?|发一?下"
    f"|都有(?:哪些|什么|啥)|现在有)[^,。!?]{{0,12}}(?:{_THING})(?:[^,。!?]{{0,6}})|(?:{_THING})(?:清单|列表|名单"
    f"|目录|一览|有哪些|有什么|有啥|还有吗|都有|在哪看)|^(?:民生)?(?:{_THING})$|(?:把|看|列|发"
    f"|查)[^,。]{{0,3}}微实事|微实事[^,。]{{0,3}}(?:剩|哪些|还有|列|看|查|发|啥|什么)|(?:认领"
    f"|微实事)[^,。]{{0,3}}(?:清单|列表|目录)|(?:能|可以)认领(?:什么|啥|哪些)|(?:有什么|有哪些|有啥|还有什么|还有啥"
    f"|哪些|什么)[^,。!?]{{0,6}}(?:可以|能|让我|给我)?(?:认领|领)(?:的|吗|$)|(?:想|要)(?:认领|领)(?:个|一个|一件|件"
    f"|点)?(?:{_THING}|点?什么|点?啥)?(?:,|$)|list (?:of )?projects|what projects|project list"
)
_NOT_LIST = Pattern("做完|完成了|弄完|工程项目|招标|中标|投资|国家|重点项目|扶贫项目款|旗|党费|招聘|招工|学习")
_NUMBER = Pattern(f"(?:第|编号|序号|no\\.? ?|#)?(?P<number>{NUMERAL})(?: ?(?:号|个|项|件)|#)?")
_NUMBERED = Pattern(
    f"(?:第|编号)?(?P<number>{NUMERAL}) ?(?:号|项(?!目)|件)|第(?P<nth>{NUMERAL})(?:个|项|件)|(?:project|xiang ?mu|#"
    f"|no\\.?) ?(?P<latin>[0-9]{{1,4}})|(?P<hao>[0-9]{{1,4}}) ?hao\\b"
)
_AFTER = Pattern(
    f"(?:认领|领取|领|claim|ren ?ling|认领项目)(?: ?(?:第|编号|project))?[ :]*(?P<number>{NUMERAL})(?![0-9]|月|天|年|块|元|人|户)"
)
_CLAIMS = Pattern(
    "认领|(?:我来|我去|我)(?:认|领)|我来(?:做|办|弄|干|搞|吧|负责|接)|归我|交给我|我包了|我接了?|给我(?:吧|来)"
    "|我要了?|算我的|我负责|报名|\\bclaim|ren ?ling|i(?:'ll| will) (?:do|take)"
)
_RELEASES = Pattern(
    "(?:弄|做|干|办|搞|完成|接|领|忙|顾)不(?:了|来|动|成|过来|下来)|做不下去|不(?:认领|做|干|弄|接|领|搞"
    "|要)[^,。!?]{0,5}了|(?:不想|不愿|没法)(?:再)?(?:认领|做|干|弄|接|领|搞|要)|放弃"
    "|退(?=[0-9一二三四五六七八九十]{1,3}号)|退(?:掉|回|了|出|领|还)|取消(?:认领)?|撤(?:销|回|掉)?(?:认领)|释放"
    "|让(?:给)?别人|换(?:个)?人|没(?:时间|空|精力)(?:做|弄|干|搞|办)?|让出来|还回去|转给别人|\\brelease"
    "|give (?:it )?up|\\bdrop\\b|can(?:'|no)t do"
)
_DONE = Pattern(
    "(?:做|办|弄|干|搞|修|装|建|完|铺|打扫|清理|搞定|刷|安|挖|种|弄|贴|换|接|通){1,3}(?:完|好|成|妥|起来|定)(?:了"
    "|啦|咯|$)|完成(?:了|啦|$)|完工|竣工|搞定|已办结|办结|装上了|修通了|落实了|finished|is done|\\bcompleted"
    "|\\bdone\\b"
)
_NOT_DONE = Pattern(
    "没|未|不|吗|[?]|什么时候|啥时候|多久|快|还差|一半|学|题|作业|党课|视频|文章|体会|汇报|党费|票|签到|表|绑定"
    "|手续|转接|介绍信|考试|吃|饭|班|会议?|下班|手机|电脑|车|空调|冰箱|问题|求助|困难|事情都|维权|工资"
)
_WORKS = (
    "路灯|路面|水泥路|村道|小路|路|水渠|水沟|下水道|沟渠|桥|栏杆|护栏|扶手|井盖|水井|井|公厕|厕所|广场|健身器材"
    "|篮球架|图书角|图书室|农家书屋|宣传栏|垃圾桶|垃圾|卫生|围墙|花坛|绿化|树|凉亭|长椅|坡道|监控|水管|自来水|电线"
    "|屋顶|老人家的[^,。]{1,6}|河道|池塘|停车位|标线|减速带|公交牌|晾衣架"
)
_AT_END = Pattern("(?:了|啦|咯)*(?:$|[,。!~](?!真|好))")
_MY_DONE = Pattern(
    "(?:我)?(?:认领的?|领的?|那件|那个项目)(?:那个?|这个?|那件|这件|那项|项目|微实事|事情?|任务"
    f"|活)*(?P<what>[^,。!?]{{0,14}}?)(?:我|已经?|都|今天|昨天|终于|全部|总算|刚刚?)*(?:{_DONE.pattern})"
)
_WORK_DONE = Pattern(f"(?P<what>(?:{_WORKS})(?:项目)?)(?:我|已经?|都|今天|昨天|终于|全部|总算|刚刚?|给)*(?:{_DONE.pattern})")
_NUMBER_DONE = Pattern(
    f"(?:做|办|弄|干|搞|完成)(?:完|好|成|定|了){{0,2}}(?:了)?(?:第|编号)?{NUMERAL} ?(?:号|项|件)(?:项目|微实事)?(?:了|啦)?$"
)
_THIS = Pattern(f"(?:{_THING})")


def number_of(words: str) -> int | None:
    """The number of a project that a sentence names; None for none."""
    found = _NUMBERED.search(words) or _AFTER.search(words)
    if found is None:
        return None
    said = next(value for value in found.groups() if value)
    return number(said)


def _list(said: Said) -> Found | None:
    words = said.words
    if len(words) > 40 or _NOT_LIST.search(words) or not _LIST.search(words):
        return None
    named = "微" in words or "认领" in words or "实事" in words or "project" in words or words == "项目"
    return Found({}, (SURE if said.asks or len(words) <= 8 else LIKELY) if named else MAYBE)


_CLAIM_TEXT = Pattern(
    "(?:我|俺)?(?:想|要|来|去|也|申请|就|报名)*认领(?:一下|了|个|一个|一件|下|那个|这个|那件|项目|微实事"
    "|的)*[ :,]*(?P<what>[^,。!?]{2,20}?)(?:的)?(?:那件事|这件事|那个|这个|那件|这件|的项目|项目|微实事|的事|的活"
    "|一事|吧)*"
)
_TAKEN_TEXT = Pattern(
    "(?P<what>[^,。!?]{2,16}?)(?:的)?(?:那个|这个|那件事?|这件事?|项目|微实事|的事|的活|这事|这活)+(?:就)?(?:归我"
    "|交给我|我认领|我来(?:做|办|弄|干|认领|负责)?|我包了|我接了?|我领)(?:了|吧|啦)*"
)
_NOT_CLAIM = Pattern(
    "吗|[?]|谁|有哪些|有什么|有啥|什么|哪|怎么|没人认领|失物|招领|钥匙|捡到|钱包|狗|快递|身份证|听说|他认领|她认领"
    "|别人认领|已经被|已被|多少|党费|老李认领|还有"
)
_TAKES_NUMBER = Pattern(
    f"(?:领|认){NUMERAL} ?(?:号|项|件)(?:项目|微实事)?(?:吧|了)?|(?:第|编号)?{NUMERAL} ?(?:号|项"
    f"|件)(?:项目)?(?:就)?让我来?(?:做|弄|干)?(?:吧)?|(?:那|就|我)?(?:认领|领)?(?:第|编号)?{NUMERAL} ?(?:号|项|件"
    "|个)?(?:项目|微实事|那个|这个)?(?:[,。])?(?:就)?(?:归我|交给我|我认领?|我领|我来(?:做|办|弄|干|认领|负责|吧)?"
    "|我包了|我接了?|给我|我要|算我的|我负责)(?:了|吧|啦)*|(?:我来|我去|我要|我想|我)(?:报名|认领?|领|选|挑|要|做"
    f"|办|弄|接)(?:第|编号)?{NUMERAL} ?(?:号|项|件)(?:项目|微实事)?(?:吧|了|啦)*|把(?:第|编号)?{NUMERAL} ?(?:号|项"
    "|件)(?:项目|微实事)?(?:给|交给|分给)我(?:吧|了|啦)*"
)
_QUIET = frozenset({contexts.CHOICES, contexts.QUIZ, contexts.NOTICE, contexts.ROLL_CALL, contexts.BALLOT, contexts.EVENT})


def _claim(said: Said) -> Found | None:
    words = said.words
    if len(words) > 40 or _NOT_CLAIM.search(words) or _RELEASES.search(words) or (_DONE.search(words) and "认领的" in words):
        return None
    named = _CLAIM_WORD.search(words) is not None
    count = number_of(words)
    if count is not None:
        alone = _TAKES_NUMBER.fullmatch(words) and said.setting.context not in _QUIET
        return Found({"project_no": count}, SURE if named else by_name(said), args=str(count)) if named or alone else None
    told = (named and _CLAIM_TEXT.fullmatch(words)) or _TAKEN_TEXT.fullmatch(words) or _WORK_TAKEN.fullmatch(words)
    if not told or told["what"] in _NO_NAME or not (named or _THIS.search(words) or said.setting.context == ""):
        return None
    what = _bare(told["what"]) or told["what"]
    return Found({"project": what}, if_private(said) if named else MAYBE, args=what)


_CLAIM_WORD = Pattern("认领|claim|ren ?ling")
_WORK_TAKEN = Pattern(f"(?P<what>[^,。!?]{{0,8}}(?:{_WORKS})[^,。!?]{{0,4}}?)我来(?:吧|做|弄|干|办|修|装|搞)?")
_NO_NAME = frozenset({"项目", "微实事", "一个", "什么"})


def _release(said: Said) -> Found | None:
    words = said.words
    if len(words) > _RELEASED or not _RELEASES.search(words) or words.endswith(("吗", "?")) or "谁" in words:
        return None
    count = number_of(words)
    named = "认领" in words or _THIS.search(words) is not None or "claim" in words or "project" in words
    if count is None and not named:
        return None
    if count is not None and not named and (said.setting.context in _QUIET or not _IS_HAO.search(words)):
        return None
    return Found(
        {"project_no": count} if count is not None else {}, SURE if count is not None and named else if_private(said), args=str(count or "")
    )


_RELEASED = 50
_IS_HAO = Pattern("号|项|件|个")


def _done(said: Said) -> Found | None:
    words = said.words
    if (
        len(words) > 50
        or said.setting.context in {contexts.LESSON, contexts.QUIZ}
        or not (_DONE.search(words) or _NUMBER_DONE.search(words))
        or _NOT_DONE.search(words)
    ):
        return None
    count = number_of(words)
    if count is not None and _IS_HAO.search(words):
        return Found({"project_no": count}, if_private(said), args=str(count))
    mine = _TOLD_DONE.fullmatch(words) or _MY_DONE.search(words)
    work = _WORK_DONE.search(words)
    if mine:
        whole = _bare(mine["what"])
        what = (
            work["what"] if work and mine.re is _MY_DONE.compiled and not (_DEED.match(whole) and whole.endswith(work["what"])) else whole
        )
        return Found({"project": what} if what else {}, if_private(said), args=what)
    if _THIS.search(words) and not _NOT_LIST_DONE.search(words):
        named = _NAMED_DONE.search(words)
        what = _bare(named["what"]) if named else work["what"] if work else ""
        return Found({"project": what} if what else {}, if_private(said), args=what)
    if work and not said.setting.in_group and _AT_END.match(words, work.end()):
        return Found({"project": work["what"]}, MAYBE, args=work["what"])
    return None


_DEED = Pattern("[修装铺清刷种安换架挖建疏搬]")
"""修水渠完工了 names the work by what is done: it is called so."""
_NAMED_DONE = Pattern(
    "(?:^|[,。:])(?:我|我们)?(?:认领的)?(?P<what>(?!我|这|那|咱|全|都|今|昨)[^,。!?]{2,16}?)(?:的|这个|那个|这件"
    "|那件)(?:小|民生)?(?:微?实事|微心愿|微?项目)(?:已经?|都|今天|昨天|终于|全部|总算)*"
    "(?:做|办|弄|干|完|搞|落)"
)
_TOLD_DONE = Pattern(
    "(?P<what>(?:[修装铺清打刷种安换架挖贴建疏搬整慰送])(?:(?!认领)[^,。!?的我们]){1,10})(?:的(?:微实事|项目|事情?"
    "|活儿?)|(?:的?(?:那|这)(?:件事情?|个项目|个微实事|项|事|活)))"
    f"(?:我们?|已经?|都|今天|昨天|终于|全部|总算|刚刚?){{0,3}}(?:{_DONE.pattern})(?:了|啦)?"
)
_NOT_LIST_DONE = Pattern("工程|公司|单位|老板")
_EDGES = Pattern(
    "^(?:那个?|这个?|的|把|件|项|活儿?|事|儿(?!童|子|女|媳))+|(?:那个?|这个?|的|项?目|(?:民生)?微?实事?|民生|活儿?"
    "|事[情儿]?|[那这]件事?|任务)+$"
)


def _bare(words: str) -> str:
    return _EDGES.sub("", words)


_PROPOSES = Pattern(
    "(?:嗯|呃|那个|[一-龥]?书记|各位|同志们|大家|[你您]们?|好|[啊呀哦,，。!！ ]){0,8}(?:我|俺|本人|我们)?(?:这里"
    "|这边)?(?:想|要|来|有)?(?:向|跟|给|在|到|上)?(?:支部|大家|议事会|组织|村里)?(?:上|里)?(?:正式)?(?:提个?|提一?个"
    "|提交|发起一?个?|提一?件"
    "|有一?个?|一个|个|做个)?(?:提议|提案|倡议|议题|proposal"
    "|(?<=提个|提件)事(?=[,:。 ])|(?<=提一个|提一件)事(?=[,:。 ])|(?<=议事会提)(?:个|件)事)(?:是|一下|一个)?[ :,]*(?P<text>.+)"
)
_LATIN_PROPOSES = Pattern(r"i(?:'d| would)?(?: like to)? propose(?: that| to)? (?P<text>.+)")
_TALKED_OVER = Pattern(
    "[,。!;]?(?:想|请|希望|望|求|麻烦)?(?:支部|议事会|大家|各位|同志们|大伙|村里|咱们?)?(?:都|来|一起|帮忙|能|给"
    "|可以|能不能)*(?:议一议|议议|商量(?:商量|一下|下)?|讨论(?:讨论|一下|下)?|研究(?:研究|一下)?|议一下|审议"
    "|表个态|看看行不行|看行不行|看怎么样|看看怎么样|看要?得不|看行不|看成不|看中不|看要不要得|看如何|看好不好"
    "|觉得(?:呢|怎么样|如何)|怎么看|说说意见|看大家意见"
    "|听听大家的?意见|看大家)(?:吧|呗|一下)?[。!?]*$"
)
_SUGGESTS = Pattern("(?:我|俺)?(?:建议|想|希望|觉得(?:应该|可以|要)?)(?P<text>.{4,60})")
_COUNCIL = Pattern("(?:上|提到|提交|报|拿到|放到)?议事会(?:议一议|讨论|议题|提案)?")
_NOT_PROPOSAL = Pattern(
    "提议(?:不错|很?好|挺好|可以|通过|我同意|我赞成|怎么样|呢)|他提议|她提议|谁提议|提议的|提案的|提案(?:怎么样"
    "|进展|结果|通过|到哪)|怎么(?:提|写)|吗|[?]$|提议表决|投票|发起表决|取消提议|撤回|不提议|聚餐|喝酒|打牌|吃饭"
    "|唱歌|红包|群里斗图"
)


def _propose(said: Said) -> Found | None:
    words = said.words
    if len(words) > 300 or _NOT_PROPOSAL.search(_FRAME.sub("", words)):
        return None
    line = typed(said)
    over = _TALKED_OVER.search(words) is not None or _COUNCIL.search(words) is not None
    found = _PROPOSES.fullmatch(line) or _LATIN_PROPOSES.fullmatch(line.casefold())
    if found:
        text = chinese(_TALKED_OVER.sub("", found["text"].strip(" ,，。.!！")))
        return Found({"text": text}, SURE if over and said.setting.in_group else by_name(said), args=text) if len(text) > 1 else None
    if over and (suggested := _SUGGESTS.match(line)):
        text = chinese(_TALKED_OVER.sub("", suggested["text"].strip(" ,，。.!！")))
        return Found({"text": text}, by_name(said), args=text) if len(text) > 3 else None
    if _BARE.fullmatch(words):
        return Found({"needs_clarify": True}, by_name(said))
    return None


_FRAME = Pattern("(?:看看?)?(?:行不行|怎么样|好不好|大家觉得(?:呢|怎么样|如何)|大家怎么看|能不能|可以吗)?[?]?$")
_BARE = Pattern("(?:我)?(?:想|要|来)?(?:提|提个|提一个|提交|写|交)(?:个|一个|一份)?(?:提案|提议|议题)|提案|提议")

_NUMBER_CUES = ("号", "项", "件", "个", "认领", "claim", "hao", "project")

RULES: tuple[Rule, ...] = (
    Rule("project_release", _release, ("号", "认领", "实事", "项目", "project", "第", "微"), why="a project is given back"),
    Rule(
        "project_done",
        _done,
        ("好", "完", "妥", "定", "成", "办结", "竣工", "上了", "通了", "done", "finished", "落实"),
        why="a project is done",
    ),
    Rule("project_claim", _claim, (*_NUMBER_CUES, "ling", "我来", "归我", "交给我", "我包"), why="somebody takes on a project"),
    Rule("project_list", _list, ("实事", "项目", "认领", "心愿", "领", "project"), why="which projects there are"),
    Rule(
        "proposal_create",
        _propose,
        ("提议", "提案", "倡议", "议", "商量", "讨论", "propos", "怎么看", "觉得", "行不行", "怎么样", "研究"),
        why="a proposal to be talked over",
    ),
)

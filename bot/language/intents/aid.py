"""Asking for help, offering it, and what became of an appeal."""

from typing import Any

from bot.language import aid_words, appeals, contexts, emergencies, offer_words, rights_words
from bot.language.aid_places import where
from bot.language.as_written import chinese, typed
from bot.language.rule import LIKELY, MAYBE, SURE, Found, Rule
from bot.language.said import Said
from bot.language.sureness import by_name, if_private
from bot.patterns import Pattern

_NAMED = Pattern(
    "(?:嗯|呃|那个|[一-龥]?书记|支书|组织|同志们|大家|各位|[你您]们?|好|[啊呀哦,。! ]){0,8}(?:我|俺)?(?:这里"
    "|这边)?(?:现在)?(?:想要?|要|需要|来)?(?:跟|向|找)?(?:组织|支部|大家|书记)?(?:发|提|提交|申请|填|登记"
    "|报)?(?:个|一个|一条|一下)?(?:求助|互助申请|困难补助|临时救助|困难救助|困难帮扶|困难申请|help request|appeal"
    "|qiu ?zhu)(?:信息|申请|单)?(?P<rest>.*)"
)
_NOT_NAMED = Pattern(
    "求助有(?:没有)?人|(?:我的|那个|这个|那条|刚才的?|提的|发的)求助|求助(?:热线|电话|站|者|人|的人)|[?]|吗|怎么样"
    "|办[到得了]|回音|动静|下文|接了|解决|撤|取消|不用|多少条|有哪些|几条|列表|看看|功能|怎么|流程"
)
_ASKS = Pattern(
    "[,。!]求助[!。]*$|谁在[^,。]{2,8}[,]?[^,。]{0,4}(?:帮|能)|帮衬|(?:谁|哪位|哪个|有没有人|有人)(?:能|可以|有|离"
    "|知道)|有(?:没有)?认识|求[一个]{1,2}|(?:谁|哪位|哪个"
    "|有没有(?:人|同志|谁|老乡|哪位|在[^,。]{2,8}的)?|有人|组织|支部|大家|同志们?|书记|[你您]们?|村里"
    "|老乡们?)[^,。!?]{0,14}?(?:帮|搭把手|想想?办法|借|照[看顾应]|介绍|推荐|认识|支援|接济|伸.{0,2}手|拉一把|献血"
    "|陪|带|有懂|懂的?|接一下|管一?管)|能(?:不能|否)?[^,。!?]{0,6}?(?:帮忙?|帮帮|帮个忙|帮我|借|照[看顾])"
    "|可不可以[^,。!?]{0,6}(?:帮|借)|可以(?:帮|借)[^,。!?]{0,10}吗|帮帮(?:我|我们|忙|俺)|帮帮.{1,6}吧"
    "|求.{0,4}(?:帮[助忙]|支援|援助|救助)|急求|跪求|求大家|帮我[^,。]{0,12}(?:找|照|看|联系|打听|想|借)|搭把手"
    "|出个?面|应急|救急|顾不过来|求[^,。]{0,6}(?:同志|好心人)|帮一把|拉一把|伸.{0,2}手|恳请|想请人|谁熟|认识人"
    "|请(?:求)?(?:大家|组织|支部|书记|各位|同志们?).{0,6}(?:帮|捐|照|支援|想)|想(?:找|请)[^,。]{0,8}(?:帮|照|看看)"
    "|(?:急)?(?:需要|要|缺|急需)(?:[abo]{1,2}型|[^,。]{0,3}血)|需要(?:帮|人|大家|组织|捐|借|支援|献血"
    "|[^,。]{0,10}(?:医院|床位|挂号|血|轮椅|护工|医生|专家))|(?:想|要|得)(?:跟|向|找)?[^,。]{0,6}(?:借"
    "|筹)[^,。]{0,6}(?:[钱款费]|[0-9一二两三四五六七八九十几])|借(?:我|点|些)|借.{0,4}钱|申请.{0,6}(?:补助|救助"
    "|帮扶|困难)|打听|麻烦.{0,8}(?:帮|问|联系|介绍)|(?:想|要|得)[^,。]{0,6}(?:找|联系|约|挂)[^,。]{0,8}(?:医院"
    "|医生|大夫|专家|床位|号|护工|学校|住处|房子)|报不[上了到]名[^。]{0,10}帮|can (?:any|some)(?:body|one)|please help"
    "|need(?:s)? (?:help|a "
    "|some)|help (?:me|us)|lend me"
)
_STUCK = Pattern(
    "没(?:有)?(?:路费|家属)|没地方|没处|没人送|送饭|损失|怎么办|咋办|咋整|咋弄|如何是好|没着落|没办法|没法"
    "|没人(?:照|管|带|接|帮)|没地[方儿]住|没钱(?:治|交|看|吃|做|回|付|过)|治不起|看不起病|[交付还]不[起上]"
    "|上不[了起]学|拿不出|凑不[齐够出]|不够|差.{0,6}(?:钱|[0-9一二两三四五六七八九]万?)|欠.{0,4}(?:医院|医药)"
    "|过不下去|活不起|没钱|人生地不熟|走投无路|愁|手头.{0,2}紧|揭不开锅|吃不上饭|困难|急需|what (?:can"
    "|should) i do"
)
_MINE = Pattern(f"我|俺|咱|本人|自己|家里|(?:^|[,。])(?:{aid_words.FAMILY}|手头)|\\bmy\\b|\\bi\\b|\\bme\\b")
_NOT_FOR_US = Pattern(
    "党费|签到|报平安|公告|机器人|党课|表决|投票|绑定|怎么(?:用|发|改|操作)|^帮助$|帮我(?:查|看看?(?!望)|记|改|发"
    "|问(?!问?谁)|算|转发|点|投)|(?:已经|都).{0,6}(?:解决|好了|出院)|(?:谢谢|感谢|多谢).{0,8}(?:帮|关心|捐|支持"
    "|照顾)|帮了(?:我|忙)|我(?:能|可以|来|愿意|也能)(?:去)?(?:帮|陪|照)(?!.{0,6}吗)|加我|算我|献爱心|认捐|我捐"
    "|请(?:个|一天|两天)?假|请不了假|不能(?:参加|来|去)|参加不了|结对|对子|听说|新闻|电视|如果|假如|万一|要是|以前"
    "|去年|那年|当年|转发|水滴筹|轻松筹|爱心筹|意见|建议|提议|认领|学习"
)
_TOLD_OF = Pattern(
    "(?:他|她|人家|别人|隔壁|村里有|有个人)[^,。]{0,8}(?:病|癌|住院|手术|借|困难)|(?:工友|邻居|同事|朋友"
    "|老[王李张刘陈赵周吴孙]|小[王李张刘陈赵周吴孙]|[王李张刘陈赵周吴孙][叔婶姨伯哥姐爷])[^,。]{0,8}(?:病|癌|住院"
    "|手术)"
)


def _request(said: Said) -> Found | None:
    told = len(said.words) > _LONGEST or _STATUS.search(said.words) or _got_help(said.words) or _solved(said)
    found = None if told else _wanted(said)
    return found if found is not None and emergencies.sure(said.text) is None else None


def _wanted(said: Said) -> Found | None:
    words = said.words
    kind = aid_words.kind(words)
    named = _NAMED.fullmatch(words) if _NAME.search(words) else None
    if (kind is None and named is None and not _PLEADS.search(words)) or _NOT_FOR_US.search(words):
        return None
    if named and not _NOT_NAMED.search(words):
        return _named(said, named["rest"])
    if kind is None:
        return _unnamed(said)
    if rights_words.kind(words) is not None and kind != "money" and not _FROM_US.search(words):
        return None
    if offer_words.offers(words) and not _WANTS.search(words):
        return None
    mine = _MINE.search(words) is not None or (not said.setting.in_group and _TOLD_OF.search(words) is None)
    return _told(said, asks=_ASKS.search(words) is not None, mine=mine)


def _told(said: Said, *, asks: bool, mine: bool) -> Found | None:
    words = said.words
    others = aid_words.of_others(words)
    own = mine and not others and not _TOLD_OF.search(words)
    stuck = mine and not others and _STUCK.search(words) is not None and emergencies.heard(said.text) is None
    if not (asks or stuck) or (said.setting.in_group and not own):
        return None
    sure = own and asks and appeals.asks(typed(said)) is not None
    return Found(_slots(said), max(SURE if sure else LIKELY, by_name(said)) if asks else MAYBE, args=chinese(said.line))


_LONGEST = 300
_NAME = Pattern("求助|互助申请|困难补助|临时救助|困难救助|困难帮扶|困难申请|help request|appeal|qiu ?zhu(?! ?[a-z])")
_PLEADS = Pattern("帮|求|组织|支部|怎么办|救助")
_WANTS = Pattern("麻烦|恳请|谁|哪位|吗|[?]|能不能|求|请|组织|大家|有没有|帮帮|缺|需要.{0,6}(?:帮|床|血|医|钱)|借")


_FROM_US = Pattern("想?请?(?:组织|支部|大家|同志).{0,4}(?:帮帮|捐|伸)|没钱治|没钱看")
_HARDSHIP = Pattern("(?:我|俺|家里?|有)[^,。!?]{0,8}(?:困难|难处|难事|难关|出事|变故|麻烦)|遇到[^,。]{0,4}(?:困难|难处|难事|麻烦)")
_PLEA = Pattern(
    "(?:我|俺)?(?:现在|很|真的|急)?(?:想|要|需要|希望|能)?(?:请|找|让|得到)?(?:组织|支部|大家|书记|同志们?"
    "|各位)?(?:的|能)?(?:帮助(?:我|一下)?|帮(?:个|我个?|我一个)?忙|帮帮(?:我|忙)|帮一下我?|帮我一把|救助)(?:吧"
    "|一下)*"
)


def _unnamed(said: Said) -> Found | None:
    """A call for help that does not say with what."""
    words = said.words
    if said.setting.in_group or _NOT_A_PLEA.search(words):
        return None
    if _HARDSHIP.search(words) and _ASKS_HELP.search(words):
        return Found(_slots(said), if_private(said), args=chinese(said.line))
    if words != "帮助" and _PLEA.fullmatch(words):
        return Found({"needs_clarify": True}, MAYBE)
    return None


_ASKS_HELP = Pattern("帮|求|组织|支部|怎么办")
_NOT_A_PLEA = Pattern(
    "帮助?(?:一下|下|些)?(?:有?困难|贫困|别人|群众|老人|他们)|帮忙(?:投|点|转|看|查)|怎么用|机器人|不需要|不用"
    "|没(?:什么)?困难|党费|请假|学习|政策|补贴"
)


def _named(said: Said, rest: str) -> Found:
    told = rest.strip(" ,:。!、")
    slots = _slots(said) if told else {"needs_clarify": True}
    if _ALLOWANCE.search(said.words):
        slots = {"kind": "money"} | _slots(said)
    return Found(slots, SURE if told else if_private(said), args=chinese(rest), why="it says that it is an appeal")


_ALLOWANCE = Pattern("补助|救助|困难帮扶")


def _slots(said: Said) -> dict[str, Any]:
    return aid_words.slots(said.words) | where(said)


_STATUS = Pattern(
    "(?:我(?:的|那个?|那条|这个?|发的|提的|上次的?)*|那个|这个|上次的?|之前的?)(?:求助|互助|帮忙的事|困难补助"
    "|补助申请|申请的补助|救助)(?:申请|信息|的事情?)?[^,。]{0,8}(?:有人|接|回|进展|进度|眉目|情况|怎么样|咋样|如何"
    "|到哪|批|审|核实|通过|结果|下文|回音|消息|处理|状态|没有?$|呢$|了$|吗$|发(?:出去)?了?[没吗])|求助(?:有"
    "|现在有)?(?:人)?(?:接|回应|响应|理)了?[没吗]|求助的?事?[^,。]{0,6}(?:进展|消息|结果|眉目|回音|动静)"
    "|求助的?(?:那个?|这个?|那件|这件)?事情?(?:现在|后来|到底|办|处理|弄)?得?(?:怎么样|咋样|如何|怎样|到哪)|(?:我|那"
    "|这|上次)[^,。]{0,6}求助呢|求助[^,。]{0,4}(?:有没有|怎么|咋)[^,。]{0,3}(?:人|动静|没|还|回)|(?:提"
    "|发)的求助[^,。]{0,10}(?:没|吗|怎么|咋|看到)|求助(?:进展|进度|状态|到哪一?步)|补助[^,。]{0,5}批|补助申请(?:审"
    "|批|过|到)|qiu ?zhu.{0,4}zen ?me|(?:看看?|查一?下?|查看|问下|问一下)我?的?求助|有人(?:能帮|愿意帮|帮"
    "|接)我?(?:的求助)?了?[没吗]$|求助[^,。:]{0,4}(?:办[到得]|着落)|求助(?:的|那个|这个|那件|这件|那"
    "|这)?(?:事情?)?[,]?(?:现在)?有(?:没有)?(?:回音|动静|下文|消息|眉目|进展|着落)|有没有人应我?的?求助|(?:谁"
    "|哪位)(?:(?:接|帮|回应|受理)了我|(?:接|帮|回应|受理|应)了?我的求助)|求助[^,。]{0,6}(?:处理|结果|消息"
    "|回音|回应|接|批|审)[^,。]{0,3}[吗没]|求助(?:申请|信息|的事)?(?:现在)?(?:是否|有没有)[^,。]{0,6}(?:响应|接|回应"
    "|认领|受理|处理|核实|帮)|aid status|status of my (?:appeal|request)"
)
_CLOSED = Pattern(
    "(?:求助|互助)[^,。!?]{0,8}(?:解决|办好|办妥|办结|搞定|结束|关闭|关了|关吧|完成|好了|可以关)|(?:结束|关闭|了结"
    "|办结)(?:我的|这个|那个)?求助|^(?:我的|那个|这个)?(?:问题|困难|事情?)(?:都|已经|已|圆满)*(?:解决|办好|办妥"
    "|搞定)(?:好)?[了啦](?=$|[,。!~])|(?:解决|办好|办妥|搞定)了?,[^,]{0,4}求助[^,]{0,6}(?:结束|关|撤|好)"
)
_GOT_HELP = Pattern(
    "(?:有人|谁|哪位|有没有人|有同志)(?:能|肯|愿意|答应|可以|来|去|在)*(?:帮我|给我|替我|陪我|接我|应我|帮(?=挂号|排队"
    "|陪护|看病|联系))[^,。!?]{0,8}(?<!不)了"
    "(?:吗|没有?|么|不|\\?)$"
)
"""有人愿意帮我挂号了吗 asks about an appeal that was made."""
_MATTER = Pattern(
    "^(?:[^,。!?]{0,8}?(?P<what>挂号|床位|号|看病|住院|住处|房子|租房|上学|转学|入学|学校|学位|借钱|路费|学费|陪护|护工"
    "|带路|接站|家里|孩子|老人|求助"
    "|医院|手术费?|献血|血|轮椅)(?:的|这)?(?:事情?|问题|困难|难题))?[^,。!?]{0,6}?(?:(?:都|已经?|全|也|圆满"
    "|顺利)*(?:解决|办好|办妥|办成|搞定|落实|弄好"
    "|处理好|有着落)(?:好|完)?[了啦](?!吗|没|不))"
)
_FOUND = Pattern(
    "^(?:已经?|都|现在|终于|我们?|俺|,)*(?:(?:号|房子|住处|学校|床位|护工|人|医生|专家|钱|血|轮椅)(?:已经?|都|也"
    "|终于)*(?:挂[上到]|找[到着]|联系[上到好]|有|借[到着]"
    "|凑[齐够]|够|住[上进]|接[到着])|(?:挂[上到]|找[到着]|联系[上好到]|借[到着]|凑[齐够]|住[上进])(?:号|人|房子|住处"
    "|学校|医院|床位|护工|医生|专家|钱|轮椅)?)[了啦]"
)
_NO_MORE = Pattern(
    "谢|感谢|多谢|可以(?:结|关|撤)|不(?:用|必|再|需要)?(?:帮|麻烦|找|操心|费心)|让大家(?:费心|操心|担心)|(?:结|关)(?:了|束|掉)吧?$"
)
_WITHDRAWN = Pattern(
    "(?:撤回|撤销|撤掉|撤下|撤了|取消|收回)(?:我的|我那个?|这个|那个|这条|那条|刚才的?|上次的?)*求助"
    "|求助[^,。!?]{0,6}(?:撤|取消|不用管|不用了|不需要了|不要了|算了|不求了)|不求助了|不想求助"
)
_SOLVED = Pattern("(?:已经?|都)(?:解决|办好|搞定)")
_NOT_SOLVED = Pattern("没有?解决|未解决|解决了[吗没]|[?]|吗$|没$|怎么")


def _status(said: Said) -> Found | None:
    words = said.words
    if _WITHDRAWN.search(words) and not _SOLVED.search(words):
        return Found({"action": "withdraw"}, SURE)
    closed = _CLOSED.search(words)
    if closed and not _NOT_SOLVED.search(words):
        named = "助" in closed[0] or said.setting.context == contexts.AID_APPEAL
        return Found({"action": "close"}, SURE if named else if_private(said))
    if _SOLVED.search(words) and "求助" in words and not said.asks:
        return Found({"action": "close"}, SURE)
    if _solved(said):
        return Found({"action": "close"}, if_private(said), why="what was asked for is found")
    return Found({}, SURE) if _STATUS.search(words) or _got_help(words) else None


def _got_help(words: str) -> bool:
    return _GOT_HELP.search(words) is not None and not _NO_CASE.search(words)


def _solved(said: Said) -> bool:
    """Whether a person says that what they asked for was solved: 挂号的事解决了, 房子找到了，不麻烦大家了."""
    words = said.words
    if len(words) > _BRIEFLY or _NOT_SOLVED.search(words) or _NO_CASE.search(words):
        return False
    matter = _MATTER.search(words)
    if matter and (matter["what"] or said.setting.context == contexts.AID_APPEAL):
        return True
    return bool((matter or _FOUND.search(words)) and _NO_MORE.search(words))


_BRIEFLY = 30
_NO_CASE = Pattern(
    "党费|签到|报名|通知|打卡|投票|表决|工资|关系|反映|意见|微实事|包裹|快递|项目|认领|工作|活儿?(?:找|已)|他|她|你|别人|人家"
)


_CUES = (
    *("帮", "求", "借", "请", "谁", "哪", "组织", "支部", "想", "要", "需", "没", "不", "怎么", "咋", "愁", "差", "困难", "救", "急", "紧"),
    *("打听", "麻烦", "欠", "qiu", "help", "lend", "appeal", "can ", "need", "borrow", "推荐", "捐", "上学"),
)

RULES: tuple[Rule, ...] = (
    Rule(
        "aid_status",
        _status,
        (
            *(
                "求助",
                "互助",
                "补助",
                "救助",
                "解决",
                "办",
                "搞定",
                "落实",
                "有人",
                "谁",
                "哪位",
                "status",
                "帮忙的事",
                "着落",
                "处理好",
                "弄好",
            ),
            *("有同志", "找到", "挂上", "挂到", "联系", "借到", "凑", "住上", "住进", "床位有", "有了", "够了"),
        ),
        why="an appeal of one's own: how it stands, that it is solved, that it is withdrawn",
    ),
    Rule("aid_request", _request, _CUES, why="a hardship of one's own, and somebody is asked for help"),
)

"""Asking for help, offering it, and what became of an appeal."""

from typing import Any

from bot.language import aid_words, appeals, contexts, emergencies, rights_words
from bot.language.as_written import chinese
from bot.language.rule import LIKELY, MAYBE, SURE, Found, Rule
from bot.language.said import Said
from bot.language.sentence_places import slots as place_slots
from bot.patterns import Pattern

_NAMED = Pattern(
    "(?:书记|支书|组织|同志们)?[,。!]?(?:我|俺)?(?:这里|这边)?(?:现在)?(?:想|要|需要|来)?(?:跟|向|找)?(?:组织|支部"
    "|大家|书记)?(?:发|提|提交|申请|填|登记|报)?(?:个|一个|一条|一下)?"
    "(?:求助|互助申请|困难补助|临时救助|困难救助|困难帮扶|help request|appeal|qiu ?zhu)"
    "(?:信息|申请|单)?(?P<rest>.*)"
)
_NOT_NAMED = Pattern(
    "(?:我的|那个|这个|那条|刚才的?)求助|求助(?:热线|电话|站|者|人|的人)|[?]|吗|怎么样|接了|解决|撤|取消|不用"
    "|多少条|有哪些|几条|列表|看看|功能|怎么|流程"
)
_ASKS = Pattern(
    "(?:谁|哪位|哪个|有没有(?:人|同志|谁|老乡|哪位)?|有人|组织|支部|大家|同志们?|书记|[你您]们?|村里"
    "|老乡们?)[^,。!?]{0,14}?(?:帮|搭把手|想想?办法|借|照[看顾应]|介绍|推荐|认识|支援|接济|伸.{0,2}手|拉一把|献血"
    "|陪|带路|接一下|管一?管)"
    "|能(?:不能|否)?[^,。!?]{0,6}?(?:帮忙?|帮帮|帮个忙|帮我|借|照[看顾])|可不可以[^,。!?]{0,6}(?:帮|借)|可以(?:帮"
    "|借)[^,。!?]{0,10}吗|帮帮(?:我|我们|忙|俺)|帮帮.{1,6}吧|求.{0,4}帮[助忙]|求大家"
    "|请(?:求)?(?:大家|组织|支部|书记|各位|同志们?).{0,6}(?:帮|捐|照|支援|想)|想(?:找|请)[^,。]{0,8}(?:帮|照|看看)"
    "|需要(?:帮|人|大家|组织|捐|借|支援|献血|[^,。]{0,10}(?:医院|床位|挂号|血|轮椅|护工|医生|专家))"
    "|(?:想|要|得)(?:跟|向|找)?[^,。]{0,6}(?:借|筹)[^,。]{0,6}(?:[钱款费]|[0-9一二两三四五六七八九十几])|借(?:我"
    "|点|些)|借.{0,4}钱|申请.{0,6}(?:补助|救助|帮扶|困难)|打听|麻烦.{0,8}(?:帮|问|联系|介绍)"
    "|(?:想|要|得)[^,。]{0,4}(?:找|联系|约|挂)[^,。]{0,8}(?:医院|医生|大夫|专家|床位|号|护工|学校|住处|房子)"
    "|can (?:any|some)(?:body|one)|please help|need(?:s)? (?:help|a |some)|help (?:me|us)|lend me"
)
_STUCK = Pattern(
    "怎么办|咋办|咋整|咋弄|如何是好|没着落|没办法|没法|没人(?:照|管|带|接|帮)|没地[方儿]住|没钱(?:治|交|看|吃|做"
    "|回|付|过)|治不起|看不起病|交不起|上不[了起]学|拿不出|凑不[齐够出]|不够|差.{0,6}(?:钱"
    "|[0-9一二两三四五六七八九]万?)|欠.{0,4}(?:医院|医药)"
    "|人生地不熟|走投无路|愁|手头.{0,2}紧|揭不开锅|吃不上饭|困难|急需|what (?:can|should) i do"
)
_MINE = Pattern(f"我|俺|咱|本人|自己|家里|(?:^|[,。])(?:{aid_words.FAMILY}|手头)|\\bmy\\b|\\bi\\b|\\bme\\b")
_NOT_FOR_US = Pattern(
    "党费|签到|报平安|公告|机器人|党课|表决|投票|绑定|怎么(?:用|发|改|操作)|帮助$|帮我(?:查|看看?(?!望)|记|改|发"
    "|问(?!问?谁)|算|转发|点|投)|(?:已经|都).{0,6}(?:解决|好了|出院)"
    "|(?:谢谢|感谢|多谢).{0,8}(?:帮|关心|捐|支持|照顾)|帮了(?:我|忙)|我(?:能|可以|来|愿意|也能)(?:去)?(?:帮|陪|照)"
    "|加我|算我|献爱心|认捐|我捐|请(?:个|一天|两天)?假|请不了假|不能(?:参加|来|去)|参加不了"
    "|听说|新闻|电视|如果|假如|万一|要是|以前|去年|那年|当年|转发|水滴筹|轻松筹|爱心筹|意见|建议|提议|认领|学习"
)
_TOLD_OF = Pattern(
    "(?:他|她|人家|别人|隔壁|村里有|有个人)[^,。]{0,8}(?:病|癌|住院|手术|借|困难)|(?:工友|邻居|同事|朋友"
    "|老[王李张刘陈赵周吴孙]|小[王李张刘陈赵周吴孙]|[王李张刘陈赵周吴孙][叔婶姨伯哥姐爷])[^,。]{0,8}(?:病|癌|住院"
    "|手术)"
)


def _request(said: Said) -> Found | None:
    words = said.words
    if len(words) > _LONGEST or _NOT_FOR_US.search(words) or emergencies.sure(said.text) is not None:
        return None
    named = _NAMED.fullmatch(words)
    if named and not _NOT_NAMED.search(words):
        return _named(said, named["rest"])
    kind = aid_words.kind(words)
    if kind is None or (rights_words.kind(words) is not None and kind != "money"):
        return None
    return _told(said, asks=_ASKS.search(words) is not None, mine=_MINE.search(words) is not None)


def _told(said: Said, *, asks: bool, mine: bool) -> Found | None:
    words = said.words
    others = aid_words.of_others(words)
    own = mine and not others and not _TOLD_OF.search(words)
    stuck = mine and not others and _STUCK.search(words) is not None and emergencies.heard(said.text) is None
    if not (asks or stuck) or (said.setting.in_group and not own):
        return None
    sure = own and asks and appeals.asks(said.text) is not None
    return Found(_slots(words), SURE if sure else LIKELY if asks else MAYBE, args=chinese(said.line))


_LONGEST = 300


def _named(said: Said, rest: str) -> Found:
    told = rest.strip(" ,:。!、")
    slots = _slots(said.words) if told else {"needs_clarify": True}
    if "补助" in said.words or "救助" in said.words:
        slots = {"kind": "money"} | _slots(said.words)
    return Found(slots, SURE if told else LIKELY, args=chinese(rest), why="it says that it is an appeal")


def _slots(words: str) -> dict[str, Any]:
    return aid_words.slots(words) | place_slots(words)


_OFFERS = Pattern(
    "(?:我|俺|咱|本人)(?:这边|这儿|也|就|都|家|现在|明天|周末|下午|上午)*(?:能|可以|来|愿意|去|有空|有时间)(?:去"
    "|来|过去)?(?:帮|陪|接|排队|照[看顾]|送|出力|出车|带路|跑一趟|搭把手|跑腿|挂号|联系|介绍|辅导|找人|问问|打听"
    "|献血)"
    "|(?:我|俺|咱)(?:就|正好|刚好|也|人)?在.{2,14}?(?:[,。]|上班|工作|住)*.{0,12}?(?:可以|能|愿意|帮|陪|排队|照[看顾]|接)"
    "|(?:我|俺|咱)?(?:老婆|爱人|媳妇|老公|亲戚|朋友|同学|战友|表[哥姐弟妹]|[哥弟姐妹]|女儿|儿子)?(?:就|也)?(?:认识"
    "|有熟人|有个?(?:亲戚|朋友|同学|战友|老乡)(?:就|也)?在).{1,30}"
    "|(?:加我|算我|联系我|找我|私我|打我电话)(?:一个|一份)?(?:吧|就行|就好)?$|(?:我|俺|家里|我家"
    "|我们家)(?:家)?有.{1,12}(?:可以|能|需要的话|拿去|送给|借给|给他|用得上)|(?:我|俺)(?:有车|会开车|是(?:护士"
    "|医生|律师|老师|司机))"
    "|(?:需要|用得着|有事)(?:我|人手?)?的?(?:话)?(?:就|随时)?(?:说|叫我|喊我|找我|联系我|算我)|(?:愿意|想)(?:当|做"
    "|报名)?志愿者|我来吧|我能帮|我去吧|i can help|count me in|i(?:'d| would) like to help|wo (?:neng|lai"
    "|keyi) bang"
)
_NO_OFFER = Pattern(
    "吗|么$|[?]|不了|不能|不会|没空|没时间|没法|党费|签到|谁|怎么|帮你|帮您|昨|上次|已经|参加|投票|认领|提议|招"
    "|学习|开会|能不能|求助|组织能"
)
_OFFER_KINDS = (
    ("medical", Pattern("协和|医院|医生|大夫|护士|挂号|陪护|陪床|陪诊|看病|专家|主任|献血|轮椅|病")),
    ("schooling", Pattern("学校|校长|老师|辅导|上学|功课|作业|教育局|幼儿园")),
    ("legal", Pattern("律师|法律|打官司|法院")),
    ("housing", Pattern("房子|空房|房间|住处|住的|住我")),
    ("transport", Pattern("有车|开车|接送|接站|出车|顺路|拉货")),
    ("goods", Pattern("被子|衣服|棉衣|大米|粮|奶粉|药")),
)
_KNOWS = (
    ("联系医生", Pattern("(?:认识|熟人|亲戚|朋友|同学|战友|老乡|爱人|老婆|媳妇|老公|[哥弟姐妹]|女儿|儿子).{0,8}(?:协和|医院|医生|大夫"
"|护士|主任|专家)|(?:联系|介绍).{0,6}(?:医生|大夫|专家|主任)")),
    ("联系学校", Pattern("(?:认识|熟人|亲戚|朋友|同学|联系).{0,8}(?:学校|校长|老师|教育局|幼儿园)")),
    ("联系律师", Pattern("(?:认识|熟人|亲戚|朋友|同学|联系).{0,8}(?:律师|法院)")),
)  # fmt: skip
_DEEDS = Pattern(
    "挂号|排队|陪护|陪床|陪诊|带路|接站|接机|接送|献血|翻译|照[看顾](?:老人|孩子|病人)?|辅导(?:功课|作业|孩子)?"
    "|跑腿|买菜|做饭|搬家|搬东西|修[^,。!的吧]{1,4}|送饭|打听|出车|找房子?"
)
_ACT = Pattern("(?:能|可以|愿意|来|去)(?:帮忙|帮着|帮)?(?P<what>[^,。!吧的了]{2,8})")


def _offer(said: Said) -> Found | None:
    words = said.words
    asked = said.setting.context == contexts.AID_APPEAL
    if len(words) > 60 or _NO_OFFER.search(words) or not _OFFERS.search(words):
        return None
    slots: dict[str, Any] = {}
    kind = next((name for name, pattern in _OFFER_KINDS if pattern.search(words)), None)
    what = next((name for name, pattern in _KNOWS if pattern.search(words)), None)
    deed = _DEEDS.search(words)
    if what is None and deed:
        what = deed[0]
    if kind:
        slots["kind"] = kind
    if what:
        slots["what"] = what
    if not slots and not asked and "帮" not in words and "help" not in words and "bang" not in words and "志愿" not in words:
        return None
    return Found(slots | place_slots(words), SURE if asked else LIKELY, args=chinese(said.line))


def _skill(said: Said) -> Found | None:
    words = appeals.skill(said.text)
    return Found({"what": words}, LIKELY, args=words) if words else None


_STATUS = Pattern(
    "(?:我(?:的|那个?|那条|这个?|发的|提的|上次的?)*|那个|这个|上次的?|之前的?)(?:求助|互助|帮忙的事|困难补助"
    "|补助申请|申请的补助|救助)(?:申请|信息|的事情?)?[^,。]{0,6}(?:有人|接|进展|怎么样|咋样|如何|到哪|批|审|核实"
    "|通过|结果|下文|回音|消息|处理|状态|没有?$|呢$|了$|吗$|发(?:出去)?了?[没吗])"
    "|求助(?:有|现在有)?(?:人)?(?:接|回应|响应|理)了?[没吗]|求助(?:进展|进度|状态|到哪一?步)|(?:看看?|查一?下?"
    "|查看|问下|问一下)我?的?求助|有人(?:能帮|愿意帮|接)我?(?:的求助)?了?[没吗]$|aid status|status of my (?:appeal"
    "|request)"
)
_CLOSED = Pattern(
    "(?:求助|互助)[^,。!?]{0,8}(?:解决|办好|办妥|搞定|结束|关闭|关了|完成|好了|可以关)|(?:结束|关闭|了结"
    "|办结)(?:我的|这个|那个)?求助|^(?:我的|那个|这个)?(?:问题|困难|事情?)(?:都|已经|已|圆满)*(?:解决|办好|办妥"
    "|搞定)(?:好)?[了啦](?=$|[,。!~])"
)
_WITHDRAWN = Pattern(
    "(?:撤回|撤销|撤掉|撤了|取消|收回)(?:我的|我那个?|这个|那个|这条|那条|刚才的?|上次的?)*求助"
    "|求助[^,。!?]{0,6}(?:撤|取消|不用了|不需要了|不要了|算了|不求了)|不求助了"
)
_NOT_SOLVED = Pattern("没有?解决|未解决|解决了[吗没]|[?]|吗$|没$|怎么")


def _status(said: Said) -> Found | None:
    words = said.words
    if _WITHDRAWN.search(words):
        return Found({"action": "withdraw"}, SURE)
    closed = _CLOSED.search(words)
    if closed and not _NOT_SOLVED.search(words):
        named = "助" in closed[0] or said.setting.context == contexts.AID_APPEAL
        return Found({"action": "close"}, SURE if named else LIKELY)
    return Found({}, SURE) if _STATUS.search(words) else None


RULES: tuple[Rule, ...] = (
    Rule(
        "aid_status",
        _status,
        ("求助", "互助", "补助", "救助", "解决", "办好", "办妥", "搞定", "有人", "status", "帮忙的事"),
        why="an appeal of one's own: how it stands, that it is solved, that it is withdrawn",
    ),
    Rule("aid_request", _request, why="a hardship of one's own, and somebody is asked for help"),
    Rule(
        "aid_offer",
        _offer,
        ("我", "俺", "咱", "愿意", "需要", "认识", "i ", "count me", "wo ", "有熟人"),
        why="help with an appeal is offered",
    ),
    Rule("aid_offer", _skill, ("我", "帮忙", "特长"), why="what somebody can do for others"),
)

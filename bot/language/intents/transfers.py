"""The intents of moving the relation (组织关系) and its letter, and of the card for floating members (流动党员活动证)."""

from typing import Any

from bot.language import named_places, place_slots
from bot.language.requests import asks, core
from bot.language.rule import LIKELY, SURE, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

# 组织关系

_RELATION = (
    "(?:党?组织|党员|党的?|正式)?(?:组织)?(?:关系|关西|观系|关糸|關係|关戏)|党组织|组织介绍信|组织(?=转|迁)|党籍"
    "|zu ?zhi ?guan ?xi|membership"
)
_RELATION_SAID = Pattern(_RELATION)
_OF_PARTY = Pattern("支部|组织|^(?:我的)?回执|党|介绍信|zu ?zhi|membership|party")
_LETTER = Pattern("介绍信|jie ?shao ?xin|回执|接转")
_OTHER_RELATION = Pattern(
    "(?:男女|夫妻|婆媳|同事|人际|劳动|人事|合同|医保|社保|养老|户口|户籍|学籍|团组织|团|工会|婚姻|父子|母子|邻里"
    "|干群|没|有|拉|托|找|搞好|搞)关系|关系(?:不大|户|很好|不好|网|密切)|社保"
    "|医保|公积金|户口|档案工资|工资关系"
)
_OUT = Pattern(
    "(?:转|迁|调|办|落|挂|移|搬|转移|转接|接转|迁移)(?:出|走|离|过去)(?:去)?(?:到|至|往)?|(?:转|迁|调|移|搬|落|转移|转接"
    "|接转|迁移)[接]?(?:到|至|去|往|给)(?P<to>.{2,20})"
    "|(?:去|到|往)(?P<to2>[^,。转迁]{2,10})(?:转|迁|落)|(?:想|要)(?:转|迁)(?!组织|党|关系|关西|个关"
    "|一下)(?P<to3>[^,。了吗过回入进来走出]{2,12})$|(?:转|迁|转移|接转|转接)[^,。]{0,3}(?:关系|关西)(?:到|去|至|往"
    "|回)(?P<to4>.{2,14})"
)
_IN = Pattern(
    "(?:转|迁|调|接|移|落|办|转移|转接|接转|迁移)(?:入|进|过(?!去)|回(?!去)|到(?:咱|我们?|你们|您|本|家|老家|村|镇上)|回到"
    "|来咱|在咱)(?:来|去)?|转来|迁来|接收(?:我|一下我)|落(?:回"
    "|到)?(?:咱|村|老家|本支部)|(?:放|留)回(?:咱|村|老家)"
)
_IN_FROM = Pattern(
    "(?:从|由|在)(?P<from>.{2,16}?)(?:的?(?:支部|党支部|党委|公司|学校|单位|大学|街道|社区))?(?:把"
    "|将)?(?:[^,。]{0,6}关系)?(?:转|迁|调|接|落)"
)
_MOVES = Pattern(
    "什么情况|啥情况|怎么样|到哪|转|迁|接收|落(?:到|回|在)|挂(?:到|靠)|调(?:到|走|出|入)|移到|办.{0,4}接转|办(?:好"
    "|完|得|下来|妥|理)|transfer|move|zhuan"
)
_PLACE_EN = Pattern(
    "(?P<way>to|from|into|out of) (?!transfer|move|get|have|be |do |ask|change|know)(?P<place>[a-z' ]{3,30})"
    "|(?:(?:zhuan|qian) ?|xi )(?:dao|qu"
    r"|wang) ?(?P<pinyin>[a-z ]{4,24})"
)
_ASKS_STATUS = Pattern(
    "(?:转|办|开|接|寄|收|批|弄|落|审|下|到|搞|发|出|转出|接收|审批|回来)(?:过|完)?(?:好|完|成|到|来|去|回来|过去"
    "|过来|下来|出来|走|掉|收)?(?:了)?(?:没有?|吗|么|不|没呢)(?:$"
    "|[,。])|(?:好|完|成|到|妥)(?:了)?(?:没有?|吗|么|没呢)(?:$|[,。])"
    "|(?:到|走到|办到|进行到|转到)(?:了)?(?:哪|什么|啥)(?:一?步|程度|地步|环节|了|个?阶段)|(?:啥|什么)(?:情况|进展"
    "|时候能|时候可以|时候(?:办|转|开|能))|进(?:度|展)|情况(?:现在)?(?:如何|怎么样|怎样)|是否[^,。]{0,6}(?:办结|办好|办完|办妥|转好|转完|完成|到位|接收"
    "|收到)|办结|没收到|怎么回事|卡在|没下文|怎么样了|咋样了"
    "|如何了|(?:有|没)(?:有)?(?:消息|动静|结果|下文)|多久(?:能|才)|几天(?:能|才)|(?:还|咋|怎么)(?:还)?(?:没"
    "|不)(?:有)?(?:开|办|转|批|收|寄|到|好)"
    "|status|progress|done yet|(?:has|have|did|is) .{0,40}(?:transfer|letter|arrive|ready|gone through)"
    "|(?:hao|wan|cheng|guo ?qu|guo ?lai) ?le ?(?:mei"
    "|ma)|查(?:一?下|询|看)?.{0,8}(?:进度|状态|情况)"
)
_HOW = Pattern(
    "怎么(?:转|办|弄|开|搞|接|迁|落|操作|填|写)|如何|咋(?:转|办|弄|开|搞)|怎样|(?:要|需要?|带|准备)(?:些|哪些|什么"
    "|啥)(?:材料|手续|资料|东西|证件|证明)|手续|流程|步骤|找谁|(?:去|到"
    "|在)哪(?:里|儿|办|开|个)?(?:办|开|转)?|谁(?:来)?(?:办|开)|how (?:do|can|to)|zen ?me"
)
_NEED = Pattern(
    "(?:要不要|用不用|需不需要|是不是(?:要|得|应该)|该不该|应不应该|必须|非得|有必要|得不得|还要|还用|需要"
    "|要)[^,。]{0,10}(?:转|迁)[^,。]{0,12}(?:吗|么|不)(?:$|[,。])"
    "|(?:要不要|用不用|需不需要|该不该|应不应该)[^,。]{0,10}(?:转|迁)|不转[^,。]{0,8}(?:行|可以|会|有|怎|吗)|(?:多久"
    "|多长时间|几个月|什么情况|啥情况|什么时候)[^,。]{0,8}(?:要"
    "|该|得|必须|才要|需要)[^,。]{0,4}转|should i transfer|(?:能不能|可不可以|可以|能)不转|要不要转"
)
_VALID = Pattern(
    "有效期|(?:多久|多长时间|几天|什么时候|啥时候|哪天|几个月|快要?|会不会|会|已经|是不是)[^,。]{0,6}(?:过期|失效"
    "|作废|到期|有效)|(?:管|有效)(?:多久|几天|多长)|过期|失效|valid|expire"
)
_LOST = Pattern(
    "丢|掉水|进水|泡水|掉了|弄没|找不(?:到|着|见)|遗失|不见了|没了|弄坏|烂了|破了|湿了|损坏|lost|补办|补(?:一个|一张|一本|个)|diu"
)
_THEIRS = Pattern(
    "(?:同学|朋友|老婆|老公|媳妇|儿子|女儿|弟弟|妹妹|哥哥|姐姐|爸|妈|工友|战友)的?(?:组织|党|关系|活动证)|(?:他们?"
    "|她们?|人家|同事|朋友|老乡|邻居|表哥|表弟|领导|别人)[^,。]{0,8}(?:关系|转)|听说|如果|要是|假如|转发"
)
_DONE = Pattern(
    "(?:已经?|早就?|都|刚)[^,。]{0,8}(?:转|迁|办)[^,。]{0,8}(?:了|好了|完了|过去了|走了)$|(?:转|迁|办)(?:好|完|过来|过去|走|成)了$"
)
_REFUSES = Pattern("(?:不想|不愿意?|先不|暂时不|暂不|不打算|不|别)(?:再)?(?:要)?转")


def _relation(said: Said) -> Found | None:
    """The relation or its letter: a request to move it, or a question about that."""
    words = core(said.words)
    if len(words) > 90 or (_OTHER_RELATION.search(words) and not _OF_PARTY.search(words)) or _THEIRS.search(words):
        return None
    if _RECEIVED.search(words):
        return Found({}, LIKELY + 0.05, intent="transfer_status")
    return _told(said, words) if _is_moved(words) else None


def _is_moved(words: str) -> bool:
    """Whether it is the relation to the party that is spoken of, and where it goes."""
    letter = _LETTER.search(words)
    if not letter and not (_RELATION_SAID.search(words) and _MOVES.search(words)) and not _TO_A_BRANCH.search(words):
        return False
    return bool(_OF_PARTY.search(words) or _SHORT.search(words))


def _told(said: Said, words: str) -> Found | None:
    if (settled := _settled(said, words)) is not None:
        return settled
    if (topic := _topic(words, said.words)) is not None:
        return Found(topic, LIKELY + 0.05, intent="transfer_status")
    if _REFUSES.search(words) or (_DONE.search(words) and not asks(said)):
        return None
    return _request(said, words)


_RECEIVED = Pattern(
    "(?:那边|那儿|对方|对面|流入地|当地|新的?|接收地?|转入地?|这边|厂里|社区)(?:的)?(?:党?支部|党?组织|党委|社区|单位"
    "|街道)?(?:的人)?(?:现在|到底|已经?|还)?(?:有没有|是不是|肯不肯"
    "|给不给)?(?:把)?(?:接收|接受|收(?:下|到)?|接)(?:我|俺)?(?:的)?(?:关系|组织关系|介绍信)?(?:了)?(?:没有?|吗|么|不)$"
)
_TO_A_BRANCH = Pattern("转(?:到|去|入|回)[^,。]{0,10}(?:支部|党组织|党委)")


def _settled(said: Said, words: str) -> Found | None:
    """怎么转组织关系,我在东莞定下来了: where one lives now is where the relation goes."""
    if len(said.parts) < 2 or not (_WAY.search(words) or _OVER.search(words)) or not (_MOVED.search(words)):
        return None
    where = next(
        (found for part in said.parts if _LIVES.search(part) and (found := named_places.behind(part, "在到去来", said.setting.near))), {}
    )
    if not where:
        return None
    return Found(where | ({"direction": "out"} if _OVER.search(words) else {}), SURE, why="the relation shall follow")


_WAY = Pattern("怎么|如何|咋|怎样|能不能|可以|想")
_OVER = Pattern("(?:转|迁|接)(?:过来|到这边|到这里|来这边|到这儿|过去)")
_MOVED = Pattern("转|迁|接转")
_LIVES = Pattern(
    "(?:我|俺|人|现在|刚)?[^,。]{0,6}(?:换|搬|调|来|到|在|定|落|住)[^,。]{1,12}(?:了|工作|上班|定居|落户|安家|买房|住|落脚|长住|稳定)"
)
_HOW_FAR = Pattern("(?:进度|进展|情况|状态|结果)(?:现在|目前)?(?:如何|怎样|怎么样)")
_STEP = Pattern("到(?:了)?(?:哪|什么|啥)(?:里|儿)?(?:一?步|程度|地步|环节|阶段|了|$)")
_SHORT = Pattern(
    "^(?:我|俺)?(?:的)?关系(?:我|也|就|还)?(?:要|想|得|准备|打算|申请|给我|帮我)?(?:转|迁)(?:走|出|到|去"
    "|回|过)|(?:转|迁)(?:一下|个)?(?:关系|关西)|(?:关系|关西)(?:转|迁|接转|怎么转|要不要转|咋转)"
)


def _topic(words: str, whole: str) -> dict[str, Any] | None:
    if _LETTER.search(words) and _VALID.search(words):
        return {"topic": "validity"}
    if _LETTER.search(words) and _LOST.search(words):
        return {"topic": "lost"}
    if _STEP.search(words):
        return {}
    if _NEED.search(whole):
        return {"topic": "need"}
    if _HOW.search(words) and not _HOW_FAR.search(words):
        return {"topic": "how"}
    return {} if _ASKS_STATUS.search(words) else None


def _request(said: Said, words: str) -> Found | None:
    near = said.setting.near
    slots: dict[str, Any] = {}
    if (latin := _PLACE_EN.search(words)) is not None:
        slots = {"direction": "in" if latin["way"] == "from" else "out"} | place_slots.first(latin["place"] or latin["pinyin"], near)
    elif _HERE.search(words) and (here := named_places.behind(words, "在", near)):
        slots = {"direction": "out"} | here
    elif _IN.search(words) and _MOVED_AWAY.search(words):
        slots = {"direction": "out"} | place_slots.first(words, near)
    elif _IN.search(words) and not _OUT_FAR.search(words):
        slots = {"direction": "in"} | (named_places.behind(words, "从由", near) if _IN_FROM.search(words) else {})
    elif (out := _OUT.search(words)) is not None:
        to = out["to"] or out["to2"] or out["to3"] or out["to4"] or ""
        slots = {"direction": "out"} | (place_slots.first(to + words[out.end() :], near) or named_places.behind(words, _TOWARDS, near))
    elif _LETTER.search(words) and not _MOVES.search(words):
        if not _WANTS.search(words):
            return None
        slots = {"direction": "out"} | named_places.behind(words, _TOWARDS, near)
    own = not said.setting.in_group and _FIRST.search(words) and _MOVES.search(words)
    return Found(slots, SURE if own else LIKELY)


_MOVED_AWAY = Pattern(
    "(?:换|搬|调|来|派|转)?(?:到|来|在)(?!家|老家|村)[^,。家村]{2,12}[,。].*(?:组织|关系).{0,8}(?:转|迁|调|接|移)(?:过来|来|到这[边里])"
)
"""Who is in another place wants it there: away from the branch at home."""
_HERE = Pattern("这边|这里|这儿")
_TOWARDS = "去到往至在给"
_FIRST = Pattern("^(?:我|俺|本人|申请|我想|我要|把我|将我)")
_WANTS = Pattern("开|要|申请|需要|办|给我|写")
_OUT_FAR = Pattern("(?:转|迁)(?:出|走)|(?:转|迁)(?:到|至|去|往)(?!咱|我们支|我们村|你们|您|本支|本村|家|老家|村|镇上)")

# 活动证

_CARD = Pattern("活动证|流动证|流动党员证|党员证|红本本?|活动正|活动政|huo ?dong ?zheng|activity card|member'?s card")
_CARD_TOPICS = (
    ("lost", _LOST),
    ("apply", Pattern("(?:怎么|如何|咋个?|怎样|在哪(?:里|儿)?|去哪(?:里|儿)?|到哪(?:里|儿)?|上哪儿?)(?:才能|能|去|来"
        "|可以)?(?:办理?|申请|领|申领|开|弄|拿|搞)(?!了)"
        "|办理?[^,。]{0,8}(?:流程|手续|步骤|材料)|zen ?me ?(?:ban|shen ?qing|ling)")),
    ("how", Pattern("怎么(?:办|领|申请|弄|拿|填|用|补)|如何|咋(?:办|领|弄|用)|怎样|(?:去|到|在|上)哪(?:里|儿)?(?:办|领|拿)?|找谁"
        "|(?:要|需要?|带|准备)(?:些|哪些|什么|啥)(?:材料|手续|资料"
        "|东西)|手续|流程|what do i need|how (?:do|can|to)|zen ?me")),
    ("rights", Pattern("(?:有)?(?:什么|啥)用|干(?:什么|啥|嘛)用|用处|作用|(?:能|可以|可不可以|能不能|有没有|有)[^,。]{0,12}(?:投票|表决"
        "|选举|交党费|缴党费|参加|干什么|做什么|干啥|干嘛|权)"
        "|what is .{0,20}for|权利")),
    ("validity", Pattern("有效期|过期|到期|失效|年审|验证|查验|审验|检验|expire|valid|换(?:新|一本|证|个)")),
    ("return", Pattern("(?:交|还|退|上交|交回|收回|归还)(?:回|给)?[^,。]{0,6}(?:吗|么|不|哪|谁|支部|组织|$)")),
    ("status", Pattern("(?:办|寄|发|做|批|印|到|领)(?:好|下来|出来|到|来|回来|完)?(?:了)?(?:没有?|吗|么)|什么时候(?:能)?(?:拿|领|发|寄"
        "|办)|多久|进度|ready")),
)  # fmt: skip
_CARD_WANTED = Pattern("办|领|要|申请|开|发|给|补|想|需要|没有|没|有没有|apply|get|need|ban")


def _card(said: Said) -> Found | None:
    """The card with which a floating member takes part elsewhere (流动党员活动证)."""
    words = core(said.words)
    if not _CARD.search(words) or len(words) > 60 or _THEIRS.search(words) or _SHOWS.search(words):
        return None
    topic = next((topic for topic, pattern in _CARD_TOPICS if pattern.search(words)), "")
    if topic == "return" and ("党费" in words or not (asks(said) or "要" in words)):
        topic = ""
    if not topic and "党费" in words:
        return None
    if topic:
        return Found({"topic": topic}, LIKELY + 0.05)
    alone = _CARD.fullmatch(words.removeprefix("流动党员").removeprefix("党员")) is not None
    return Found({}, LIKELY) if alone or _CARD_WANTED.search(words) or asks(said) else None


_SHOWS = Pattern("(?:看到|晒|随身带)[^,。]{0,10}(?:活动证|党员证)|(?:领|拿|收)到了|已经?(?:办|领)")

_TRANSFER_REQUEST_CUES = "支部 关系 关西 观系 關係 党组织 介绍信 组织 guan membership 回执 xin 党籍"
_CARD_REQUEST_CUES = "证 红本 活动正 活动政 huo card"

RULES: tuple[Rule, ...] = (
    Rule(
        "transfer_request",
        _relation,
        tuple(_TRANSFER_REQUEST_CUES.split()),
        why="组织关系转接",
    ),
    Rule(
        "card_request",
        _card,
        tuple(_CARD_REQUEST_CUES.split()),
        why="流动党员活动证",
    ),
)

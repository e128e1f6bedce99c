"""Giving to the care fund, asking what it holds, and looking after a household."""

from typing import Any

from bot.language import contexts, pledges, visits
from bot.language.as_written import typed
from bot.language.money import amounts
from bot.language.rule import LIKELY, MAYBE, SURE, Found, Rule
from bot.language.said import Said
from bot.language.sureness import ANSWERED, NAMED, by_name, if_private
from bot.patterns import Pattern

_GIVES = Pattern(
    "认捐|捐款|捐助|捐赠|捐献|捐|献爱心|献个爱心|爱心款|尽(?:点|份|一份)?(?:力|心意|绵薄)|一点心意|表(?:示)?(?:点"
    "|个)?心意|资助|赞助|\\bdonate|\\bpledge|\\bjuan\\b|\\bgive\\b"
)
_PLAIN = Pattern(
    "(?:我|俺|咱)?(?:也|就|再|来|先|出|凑|给|算我|加我|拿|随|跟|\\+|个|我一份|一份|,|掏|支持"
    "|认)*(?P<money>[^,。!?我俺]{1,14}?)(?:吧|了|哈|啊|匿名|不留名|[,。]?匿名|表心意)*"
)
_NOT_GIVING = Pattern(
    "党费|谁|多少钱|多少人|捐了多少|吗|[?]|怎么|什么时候|几|不捐|没捐|别捐|捐过了|捐献遗体|捐血|骨髓|给你了|给他了"
    "|给她了|他捐|她捐|人家捐|他们捐|老板捐|公司捐|明星|首富|新闻|听说|去年|以前|上次|被迫捐|强制捐|号召|可以捐"
    "|能捐|想请大家|请大家捐|大家给我|给我捐|求(?!助.{0,3}(?:捐|认|出))|需要捐|呼吁|昨天[^,。]{0,6}捐了|补录"
)
_OTHERS_GAVE = Pattern(
    "(?:^|[,。!])(?:听说|看见|看到)?(?:(?:我|俺|咱)们?(?:家|村|厂里?|这里?)?的?)?(?:人家|别人|隔壁|邻居|有人|有的人|对门|楼上|村里|厂里|大家|他们?|她们?|同事|工友"
    "|老乡|朋友|[老小][一-龥]"
    "|[一-龥][总哥姐叔婶爷嫂伯姨])[^,。!我俺咱]{0,8}(?:捐|献|资助|赞助|认)了?"
)
_I_TOO = Pattern(
    "(?:我|俺|咱)(?:们|家)?(?:也|就|再|来|先|想|要|还|跟|愿意?|打算)*(?:捐|出|凑|认|给|献|随|尽|拿"
    "|[0-9一二两三四五六七八九])|也捐|跟[他她着]"
)
"""隔壁老王捐了一千 tells of somebody else; 老王捐了一千，我也捐 does not only."""
_TO = Pattern(
    "(?:给|为|支持|资助)(?!书记|委员|支部|组织|力|大家)(?P<to>[^,。!?0-9的捐认转两百千]{2,8}?)(?:家|同志)?(?:再|也"
    "|我)?(?:认捐|捐款|捐助|捐|献|出|凑|转|打|汇|资助|[0-9一二两三四五六七八九十百千])"
)
_TO_NUMBER = Pattern("(?<![a-z0-9])a ?[-#]?(?P<number>[0-9]{1,6})(?![0-9.])")
_PAID = Pattern(
    "已经?(?:用|通过)?(?:微信|支付宝|网银|银行卡|扫码)(?:转账?|付款?|打|支付)|(?:已经?)?(?:汇出|转出|转去|打款"
    "|打去|转讫|(?:微信|支付宝|银行卡|扫码)(?:转|付|打)的?)|(?:已经?|都|刚刚?|就|钱)*(?:转账?|打|汇|交|付|存"
    "|给)(?:了|过去|过来|上去|到|给|款)+|(?:转|打|汇|交|付)(?:完|好|出)?了|到账了吧|付款了|扫码了|paid|transferred"
    "|sent the money"
)
_HANDED = Pattern(
    "(?:给|交|转|打|汇|付)(?:到|给|过去给)?(?:[组宣]织?传?委员|[纪宣组][^,。]{0,3}委员|[一-龥]?书记|支部|会计"
    "|[一-龥]委员)[^,。]{0,4}[了啦]|已[转付交打汇](?!告|业)"
    "|(?:钱|款)(?:已经?|都|也|我|刚刚?)*(?:转|打|汇|付|交)(?:过去|过来|出去|好|完|上)?(?:了|啦|$)"
)
_PAID_WHOLE = Pattern(
    "(?:认捐的?|捐的?|捐款的?|那个?|爱心)?(?:[0-9一二两三四五六七八九十百千万]{1,6}(?:元|块钱?|块)?)?(?:钱|款"
    "|捐款)?(?:我|俺)?(?:已经?|都|刚刚?|刚才|现在|今天|昨天)*(?:通过|用|微信|支付宝|银行卡?)*(?:转账?|交|打|汇"
    "|付)(?:款|钱)?(?:完|好)?(?:过去|过来|上去|了|给|到|上)*(?:书记|组织委员|委员|[一-龥]委员|支部"
    "|[一-龥]{1,2}书记|账户|账上|卡上|他|她|您|你)?(?:那里?|那儿|手[上里]|账户)?(?:了|啦|哈|请查收|请确认|[,。])*"
)


def _gift(said: Said) -> Found | None:
    words = said.words
    context = said.setting.context
    if len(words) > 60 or _NOT_GIVING.search(words) or (_OTHERS_GAVE.search(words) and not _I_TOO.search(words)):
        return None
    paid = _paid(said)
    named = _GIVES.search(words) is not None
    if not named and paid is None and context != contexts.FUNDRAISING:
        return None
    read = pledges.read(said.words)
    money = _money(words, read)
    slots: dict[str, Any] = {"amount": money} if money is not None else {}
    if read.anonymous or _UNNAMED.search(words):
        slots["anonymous"] = True
    if to := _to(words, read):
        slots["to"] = to
    if paid is not None:
        return Found(slots | {"paid_claim": True}, NAMED if paid >= SURE else paid, args=pledges.handed_to(typed(said)) or "")
    if money is None:
        return _vague(said, slots)
    return Found(slots, NAMED, args=typed(said)) if named else _answer(said, slots)


_BRIEF = 14
"""An answer to an appeal for money is this short, where it is nothing but the amount."""


def _answer(said: Said, slots: dict[str, Any]) -> Found | None:
    """A bare amount, in answer to an appeal for money."""
    found = _PLAIN.fullmatch(said.words)
    brief = len(said.words) <= _BRIEF and len(amounts(said.words)) == 1 and not said.asks
    if not brief and (found is None or not amounts(found["money"])):
        return None
    return Found(slots, LIKELY if said.setting.in_group else ANSWERED, args=typed(said), why="an amount in answer to an appeal for money")


_UNNAMED = Pattern(
    "(?:名|名字|姓名)(?:就|都)?(?:不要|别|不用|莫|甭|不)(?:写|留|提|登|公开|公布|署)(?:了|出来)?|(?:不|别|勿)(?:要"
    "|用)?(?:留|写|具|署|提|说|公布|公开)(?:出)?(?:我的?)?(?:名|姓)|不署名|无名"
)


def _vague(said: Said, slots: dict[str, Any]) -> Found | None:
    """Somebody wants to give, and did not say how much."""
    if _WANTS.search(said.words):
        return Found(slots | {"needs_clarify": True}, SURE if said.setting.context == contexts.FUNDRAISING else if_private(said))
    return None


_WANTS = Pattern(
    "(?:我|俺|咱)(?:们)?(?:也|再|就|家)?(?:想|要|来|愿意?|打算|准备)?(?:也)?(?:认捐|捐[点些一]|捐款|捐个|捐助"
    "|献[个点份]?爱心|资助|尽)|^(?:想|要|愿意|也想|也要)?(?:认捐|捐款|献爱心|捐点)$|算我一份|i(?:'d| would"
    "| want)? (?:like )?to donate|wo (?:yao )?juan"
)


def _paid(said: Said) -> float | None:
    """How sure it is that promised money is said to be on its way; None where it is not said."""
    words, context = said.words, said.setting.context
    if context in _OF_DUES and not _GIVEN.search(words):
        return None
    if pledges.has_moved(typed(said)) is not None or pledges.handed_to(typed(said)) is not None:
        return SURE if context == contexts.PLEDGED or _GIVEN.search(words) else if_private(said)
    if context in {contexts.PLEDGED, contexts.FUNDRAISING} and (_PAID_WHOLE.fullmatch(words) or _PAID.search(words)):
        return SURE
    given = _GIVEN.search(words)
    if _HANDED.search(words) and (given or context in {contexts.PLEDGED, contexts.FUNDRAISING}):
        return SURE
    return (SURE if "捐" in words or "爱心" in words else LIKELY) if given and _PAID.search(words) else None


_OF_DUES = frozenset({contexts.DUES_REMINDER, contexts.DUES_ASKED_PAID})
_GIVEN = Pattern("捐|爱心|基金")


def _money(words: str, read: pledges.Words) -> int | float | None:
    for each in read.amounts:
        if each.yuan > 0:
            return int(each.yuan) if each.yuan == each.yuan.to_integral_value() else float(each.yuan)
    latin = _LATIN_GIFT.search(words)
    return int(latin["money"]) if latin else None


_LATIN_GIFT = Pattern("(?:juan|donate|pledge|give) (?P<money>[1-9][0-9]{0,5})(?![0-9.])")


def _to(words: str, read: pledges.Words) -> str | None:
    if number := _TO_NUMBER.search(words):
        return f"A{number['number']}"
    if "爱心基金" in words or "关爱基金" in words:
        return "关爱基金" if "关爱基金" in words else "爱心基金"
    found = _TO.search(words)
    vague = found is not None and found[0].startswith("为") and _ANYBODY.fullmatch(found["to"])
    return found["to"] if found and not read.general and not vague else None


_ANYBODY = Pattern("(?:有|生活|家庭|特别)?(?:困难|贫困|患病|受灾|生病)(?:的)?(?:党员|群众|同志|户|家庭|乡亲|老乡|人)?")
"""Who gives for comrades in need names nobody."""

_FUND = "(?:爱心|关爱|互助|帮扶|慈善)?基金(?:会)?|爱心款|捐款(?:总数|总额)?|care fund|\\bfund\\b|ai ?xin ?ji ?jin|验账"
_FUND_NAMED = Pattern(_FUND)
_BALANCE = Pattern(
    "(?:还|现在|一共|总共|目前|账上|里头?|里面)*(?:有|剩|余)(?:下|了)?(?:多少|几|钱)|多少|余额|总额|总数|剩余|结余"
    "|how much|balance|left|duo ?shao|yu ?e|\\byue\\b|sheng"
)
_TOPICS = (
    ("verify", Pattern("验(?:一?下|一验|个)?账|校验|核对|对账|verify")),
    ("spent", Pattern("花(?:在|到|了|哪|去)|用(?:在|到|去|了|哪|给)|去哪|支出|给了谁|帮了|干(?:嘛|啥|什么)|去向|用途|开支|spent")),
    ("ledger", Pattern("账目|明细|流水|账本|公示|公开|收支|账单|清单|记录|总账|ledger|看账|查账|(?:看看?|查).{0,4}账")),
    (
        "how",
        Pattern(
            "怎么(?:申请|用|领|捐|加入|运作|管)|如何(?:申请|捐|使用)|咋(?:申请|捐)|谁(?:能|可以)(?:申请|用)|什么(?:人|条件"
            "|情况)[^,。]{0,4}申请|规则|规定|申请条件|办法|how (?:do|can|to)"
        ),
    ),
    ("who", Pattern("谁(?:在)?管|谁(?:负责|保管|记账)")),
)
_NOT_FUND = Pattern("股票|买了|涨|跌|理财|定投|公积金|公募|私募|基金经理|社保基金|亏|赚|收益|行情|党费|养老基金|维修基金")


def _fund(said: Said) -> Found | None:
    words = said.words
    if len(words) > 40 or _NOT_FUND.search(words) or not _FUND_NAMED.search(words):
        return None
    topic = next((name for name, pattern in _TOPICS if pattern.search(words)), None)
    plain = pledges.asks_balance(typed(said)) is not None
    own = "爱心" in words or "关爱" in words or "互助" in words or "care" in words or "验账" in words
    sure = SURE if own else if_private(said)
    if topic is not None:
        return Found({"topic": topic}, sure if said.asks or own else MAYBE)
    if plain or _BALANCE.search(words) or (own and said.asks) or _BARE_FUND.fullmatch(words):
        return Found({}, sure)
    return None


_BARE_FUND = Pattern(
    "(?:看看?|查一?下?|查询|查看)?(?:咱|我们|支部|的)*(?:爱心|关爱|互助)基金(?:余额|情况|怎么样|呢|查询|care fund)?|(?:the )?care fund"
)

_PAIR = (
    "结对|结成对|(?:对接|我包|我包保)的(?:是|户|人家|家庭)|结个对|对子|帮扶(?:一|个|了|的?(?:对象|是|哪|$))"
    "|帮扶的?(?:对象|是|哪|户|的人家|家庭)"
    "|联系户|包保户|一对一帮扶"
)
_PAIR_NAMED = Pattern(_PAIR + "|我帮的是|paired|pairing|jie ?dui")
_TAKES_ON = Pattern(
    "(?:我|俺|咱)?(?:也|就)?(?:想|愿意|要|申请|乐意|打算|希望)(?:能|来|去)?(?:长期)?(?:帮助?|认|带|联系|帮扶|资助"
    "|照顾)(?:一?[户家个位]|几户|村里|村里的|咱村的?|本村的?){1,2}(?:困难|贫困"
    "|低保|孤寡|留守|空巢|五保)(?:党员|群众|家庭|老人|儿童|人家|户|学生)?(?:吧|啊|行吗|可以吗)?$"
)
_PAIR_ASKS = Pattern("叫啥|叫什么|谁|哪.?户|哪个|哪家|哪位|哪一[位户个家]|对象|名单|几户|看看|查|情况|who")
_PAIR_WANTS = Pattern(
    "(?:我能|我来|想|要|愿意|乐意|申请|报名|希望|能不能|可以|打算|参加|准备)[^,。]{0,8}(?:结|帮扶|认|对子)|(?:结对|帮扶"
    "|对子)(?:帮扶|的事|的?活动)?[,]?(?:我|俺)?(?:也|要|想|来)*(?:算我"
    "|加我|参加|加入|报名)|(?:给我|帮我)(?:安排|结|找|分)|want to|would like"
)
_PAIR_LOG = Pattern(
    "(?:去|来|刚|今天|昨天|上午|下午|周末|前天)[^,。]{0,10}(?:看望?|走访|探望|慰问|拜访|去了|看了)|送了"
    "|帮.{1,8}(?:修|收|搬|干|打扫|买|挑)|打了?电话|走访了|看望了|记一[笔次]|登记走访|visited"
)
_PAIR_END = Pattern(
    "(?:解除|结束|取消|退出|不想|换)[^,。]{0,6}(?:结对|帮扶|对子)|(?:结对|帮扶|对子)[^。]{0,12}(?:解除|结束|取消|换|退出|不做了)"
)
_NOT_PAIR = Pattern("困难帮扶$|申请困难|新闻|听说|意见|建议|通知|补录|公告|党课|投票|报告|总结|材料")


def _pair(said: Said) -> Found | None:
    words = said.words
    if len(words) > 60 or _NOT_PAIR.search(words):
        return None
    if not _PAIR_NAMED.search(words):
        return Found({"action": "join"}, if_private(said)) if _TAKES_ON.search(words) and not said.asks else None
    if visits.wishes(typed(said)) is not None:
        return Found({"action": "join"})
    if visits.asks_whom(typed(said)) is not None:
        return Found({"action": "query"})
    action = _pair_action(said)
    return Found({"action": action}, SURE if action == "query" and "我" in words else by_name(said), args=typed(said)) if action else None


def _pair_action(said: Said) -> str | None:
    words = said.words
    if _PAIR_END.search(words):
        return "end"
    if _PAIR_LOG.search(words) and not said.asks:
        return "log"
    if _PAIR_WANTS.search(words) and not _PAIR_WHOM.search(words):
        return "join"
    return "query" if _PAIR_ASKS.search(words) else None


_PAIR_WHOM = Pattern("是谁|哪户|哪一户|哪家|哪位|知道")

RULES: tuple[Rule, ...] = (
    Rule(
        "fund_query",
        _fund,
        ("基金", "爱心款", "验账", "捐款", "fund", "ji jin", "jijin"),
        why="what the care fund holds and what became of it",
    ),
    Rule(
        "aid_pledge",
        _gift,
        ("捐", "爱心", "心意", "尽", "资助", "赞助", "donate", "pledge", "juan", "give", "钱", "款", "转", "交"),
        why="money is given to an appeal",
    ),
    Rule("aid_pledge", _gift, contexts=frozenset({contexts.FUNDRAISING, contexts.PLEDGED}), why="money is given, in answer to an appeal"),
    Rule(
        "pairing",
        _pair,
        (
            "结对",
            "结成",
            "对接",
            "我包",
            "困难",
            "贫困",
            "低保",
            "孤寡",
            "留守",
            "空巢",
            "五保",
            "我帮的",
            "结个对",
            "对子",
            "帮扶",
            "联系户",
            "包保",
            "pair",
            "jie",
        ),
        why="a household to look after",
    ),
)

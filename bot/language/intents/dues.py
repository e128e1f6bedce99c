"""What people ask of dues: how much, how, the receipt, what is owed, the rule; and who has not paid. The rest is beside it."""

from typing import Any

from bot.language import contexts
from bot.language.dues_heard import CUES, NAME, heard
from bot.language.dues_people import PERSON
from bot.language.dues_slots import figures, number, to_the_bot, today
from bot.language.intents import dues_claims, dues_working
from bot.language.rule import MAYBE, SURE, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_PAY = "[交缴付转打汇补]"
_TOPICS = (
    ("receipt", Pattern("收据|发票|凭证|凭据|票据|收条|回执|开票|开个?票|缴费证明|交费证明|receipt|invoice")),
    (
        "how",
        Pattern(
            "(?:怎么|怎样|如何|咋|怎的|咋个|啷个|点样)(?:个)?(?:去|来|才能|能|给|样|补|线上|网上|在网上"
            f"|微信)?(?:上)?(?:{_PAY}|存|弄|操作|整)(?!了|的)|(?:往|去|在|喺|系|上|到|从|朝)(?:哪|边度|边道|那里(?=交)|啥地方"
            f"|什么地方)(?:里|儿|个)?[^,]{{0,4}}{_PAY}|{_PAY}(?:到|去|在)?(?:哪(?!个?月)|啥地方|什么地方)"
            f"|{_PAY}(?:钱)?给(?:谁|哪个|哪位|哪)|给谁|找谁|谁(?:来)?(?:负责)?收(?!到)|谁那|{_PAY}谁|账号|帐号|卡号"
            "|收款码|二维码|付款码|转账吗|刷卡|银行卡|微信[^,]{0,8}(?:吗|行不|可以|能)|(?:能|可以|可不可以|能不能|是否"
            "|行)[^,]{0,6}(?:微信|支付宝|转账|现金|网上|线上|在线|一起|手机|代[交缴]|(?:替|帮)[^,]{0,4}[交缴]|按季|按年|一次"
            "|提前|预[交缴])|(?:[交缴]费?)?(?:方式|渠道|途径|流程|入口|链接|步骤)"
            r"|\bhow\b(?! much)[^?]{0,24}(?:pay|党费)|where (?:do|can|to)|怎么交|怎么办|(?:能|可以|可不可以|能不能"
            "|行不行)[^,?]{0,10}[交缴](?:党费)?(?:吗|不|么|嘛|行)|(?:这边|这里|本地|当地|外地|家里|老家"
            "|回去)[^,?]{0,4}[交缴]?还是[^,?]{0,8}[交缴]|在(?:这边"
            "|这儿|那边|外地|当地|流入地|打工的?地方?|外面)[^,?]{0,6}[交缴](?:党费)?(?:行|可|吗|也)|(?:现金"
            "|支付宝)[^,]{0,6}(?:吗|行)|代[交缴](?:吗|行)|zenme"
        ),
    ),
    (
        "use",
        Pattern(
            "用到哪|用在哪|用哪|干什么用|干啥用|用来(?:干|做)|用途|花(?:到|在|去)?哪|花哪|去向|怎么用|怎么花|用于"
            "|干嘛用|都干(?:什么|啥|嘛)|拿去干|干嘛(?:了|去)|都去哪|做什么用|used for|what .{0,8}for$"
        ),
    ),
    (
        "deadline",
        Pattern(
            f"(?:什么|啥)时候(?:要|该|得|之前|前|开始)?(?:{_PAY}|截止|收)|何时{_PAY}|几时{_PAY}|几号(?:之?前)?(?:{_PAY}"
            f"|截止|收)|截止|最晚|最迟|期限|多久{_PAY}一|交一次|多长时间{_PAY}|几月{_PAY}|(?:每|一)个?月(?:{_PAY})?还是"
            f"|几个月{_PAY}一|when (?:do|is|should|are)|deadline|哪天{_PAY}|哪一?天"
        ),
    ),
    (
        "rule",
        Pattern(
            "除名|开除|脱党|退党|处分|后果|标准|规定|怎么算|咋算|如何算|怎么定|怎么核|怎么来的|怎么计算|如何计算"
            "|计算方法|算法|凭什么|凭啥|为什么"
            "|为啥|为何|依据|比例|百分之|政策|文件|条例|基数|"
            f"[不没]{_PAY}(?:党费)?(?:了)?(?:会|有|的话|行|后果|怎)|多久不{_PAY}|几个月不{_PAY}|连续[^,]{{0,6}}不{_PAY}"
            "|最多(?:能|可以)?补|限制|时限|能补(?:多久|几个月|多少个月)|可以补几|补[交缴]?(?:最多|不超过)|上限|封顶|最高|最低"
            "|怎么会是|是按|按(?:什么|啥|照什么|哪)|咋这么|怎么这么|这么多|怎么是|涨(?:了)?吗|变(?:了)?吗|调整"
            "|\\bwhy\\b|\\brule"
        ),
    ),
    (
        "owed",
        Pattern(
            "欠|差(?:了)?(?:多少|几)|还差|拖了?(?:多久|几)|补(?:交|缴)?多少|补几|还(?:要|得|该|需要)补"
            r"|没交(?:的)?(?:有)?(?:多少|几)|(?:多少|几)[^,?]{0,7}没[交缴]|落下|漏交|\bowe|arrear|overdue"
            "|是不是[^,?]{0,4}没[交缴]|哪[几些]?个?月[^,?]{0,6}没"
        ),
    ),
    (
        "status",
        Pattern(
            f"{_PAY}(?:清|齐|上|过|完|好|到账)?(?:了)?(?:没有?|吗|么)|{_PAY}没{_PAY}|有没有{_PAY}|{_PAY}(?:到"
            f"|至)(?:了)?(?:哪|几|什么|多少)|是不是(?:都|已经?)?{_PAY}|[清齐]了?(?:没|吗)|党费到了?[哪几]|记上|到账|到帐"
            "|确认(?:了)?(?:没|吗)|收到(?:了)?(?:没|吗)|明细|记录|查询记录|入账|登记(?:了)?(?:没|吗)|缴费情况|缴纳情况"
            "|交费情况|交了(?:哪|几|多少)|paid up|up to date|have i paid|did i pay"
        ),
    ),
)
_AMOUNT_ASKED = Pattern("好多钱|多少|几块|几元|几毛|几多|多钱|咋收|怎么收|how much|what (?:are|is) my|算一?下|多少呀|是几")
_LOOKS = Pattern("查|看|发(?:给)?我|给我|告诉我|我要|想知道|了解|请问|咨询|问一?下|问问|show|check|my 党费")
_BARE = Pattern(
    "(?:我的?|本人|我自己的?|查|看|查询|查看|查一?下|看一?下|查查|看看|我想查|帮我查|帮我看|帮我|my|show|check|想看|的"
    "|下|一下|个人|自己| )*(?:[0-9一二三四五六七八九十]{1,2}月份?的?|这个?月的?|本月的?|上个?月的?|今年的?)?党费(?:查询"
    "|情况|呢|是|的|多|啊|呀|哈| )*"
)
_ABOUT_TO = Pattern(
    "(?:我|俺|本人)?(?:今天|现在|这就|也|还|先|再|就)*(?:想|要|来|打算|准备|得|该)?(?:来)?(?:补)?(?:上?交|上?缴|付|补"
    "|缴纳|交纳)(?:一下|个|下|点)?(?:[^,?]{0,10}的?)?党费(?:了|啊|呀|吧|哈|呢)?|(?:i (?:want|would like|'d like"
    "|need) to )?pay (?:my |the )?党费"
)
_FORGOT = Pattern(
    "(?:忘了?|忘记|还没|没有|没来得及|未|没)[^,?]{0,8}(?:交|缴)[^,?]{0,8}(?:党费)?|党费[^,?]{0,8}(?:忘|还没"
    "|没)[^,?]{0,4}(?:交|缴)(?:了|呢|上)?"
)
_OTHERS = Pattern(
    "(?:^|[,? ])(?:他|她|你|您(?!好)|大家|咱们?(?!的?党费|这个?月|一个月|每个?月|要|该)|各位|有人|别人|人家|我(?:家"
    "|的)?(?:老婆|老公|爸|妈|儿子|女儿|哥|弟|媳妇"
    "|同事|朋友))(?!好)|(?:你|他|她|们|大家)(?:的)?党费|党费(?:你|他|她)"
)
_TALK = Pattern(
    "(?<!想)听说|据说|如果|要是|假如|哈哈|真的?(?:多|少|贵|烦)|烦死|又涨了吧|又要|天天|整天|转发|【|通知|催.{0,4}(?:烦"
    "|命)|党费又|党费真|党费才"
)
_PERSONS = Pattern(
    f"(?:^|查一?下?|看一?下?|查查|看看|问一?下|帮我查|帮我看|想知道|请问)(?P<name>{PERSON})(?:同志)?(?:的|每个?月|一个月|这个?月|上个?月"
    "|本月|[0-9一二三四五六七八九十]{1,2}月|今年|去年)*(?:份)?(?:的)?(?:有没有|是不是|已经?|还|都)*(?:[交缴欠]|党费)"
)
_WHO = Pattern(
    r"\bwho\b|谁|哪些人|哪些党员|哪几个(?!月)|几个(?!月)|的人(?:列|名|都)|哪位|哪些同志|几个人|多少人|几人|哪个(?:人"
    "|党员|同志|还|没|欠|党费)|的(?:党员|同志)(?:名单)?(?:$|列|发|给)|名单"
    "|人名|名字|还有人|有人|人员"
)
_UNPAID = Pattern(
    "没[^,]{0,4}[交缴]|未[交缴]|没有[交缴]|欠|拖|不[交缴]|漏[交缴]|没给|催|not paid|hasn't paid|haven't paid|owes?"
    "|unpaid|[交缴收]齐|[交缴收]全|[交缴收]完|都[交缴]|全[交缴]"
)
_PAID = Pattern("[交缴]了|已[交缴]|[交缴]过|[交缴]齐的|paid")
_ALL = Pattern(
    "收(?:了|到|上来?)?(?:多少|几)|一共收|总共收|共收|收齐|收上来|收缴(?:情况|率|进度|汇总|统计)|党费[^,?]{0,4}(?:汇总"
    "|统计)|党费(?:汇总|总数|总额|统计|台账"
    "|总账|进度|收入)|(?:汇总|统计|盘点)(?:一下)?[^,]{0,8}党费|缴纳情况|缴费率|汇个总|收得(?:怎么样|咋样|如何|差不多)"
    "|收了(?:几成|多少)|[交缴收](?:齐|全|完)(?:了)?(?:吗|没|么)"
    "|大家[^,]{0,8}党费[^,]{0,4}(?:交|缴)|党费[^,]{0,4}大家|全(?:体|支部)[^,]{0,10}党费|支部[^,]{0,10}党费(?:情况|收)"
    "|都[交缴](?:了|齐)(?:吗|没|么)|total|summary"
)
_OVER = Pattern("(?:[三四五六七八九半两0-9]{1,2}(?:个月|年)|半年|长期|一直|超过|以上)")
_REPORT = Pattern("导出|下载|(?:明细|汇总|统计|一览|情况)表|报表|excel|表格|表发|发.{0,4}表|做.{0,3}表|打印")


def _asked(said: Said) -> Found | None:
    about = said.setting.context in dues_claims.DUES_TALK
    words = heard(said.words[:80], about=about)
    if not 2 <= len(words) <= 60 or not (NAME in words or about):
        return None
    if other := _of_others(said, words):
        return other
    return None if _TALK.search(words) else _own(said, words)


def _own(said: Said, words: str) -> Found | None:
    topic = next((name for name, pattern in _TOPICS if pattern.search(words)), "")
    if (
        _REPORT.search(words)
        or (said.setting.role == "secretary" and _SHEET.fullmatch(words))
        or (_OTHERS.search(words) and topic not in {"use", "rule", "deadline"})
    ):
        return None
    asks = said.asks or _ASKS.search(words) is not None or _LOOKS.search(words) is not None
    if topic and (asks or topic in {"receipt", "how"} or _STANDING.search(words)):
        return _query(said, words, "" if topic in _OWN_STANDING else topic)
    if _AMOUNT_ASKED.search(words) or _BARE.fullmatch(words):
        return _query(said, words, "")
    if _ABOUT_TO.fullmatch(words):
        return _query(said, words, "how")
    return Found({}, to_the_bot(said, MAYBE), why="a question with dues in it") if asks and NAME in words and _OPEN.search(words) else None


_OWN_STANDING = frozenset({"owed", "status"})
"""Whether and how far one has paid is what is asked of dues at all: no topic."""
_SHEET = Pattern("[^我]{0,20}党费[^我]{0,4}(?:明细|记录)[^我]{0,4}")
_OPEN = Pattern("我|俺|党费[^,]{0,12}(?:吗|呢|不|没|么|怎|如何|啥|什么)[^,]{0,4}$|^(?:请问|查|看|问)")
_ASKS = Pattern(
    "欠不欠|欠没欠|差不差|齐不齐|清没清|边度|多少|[交缴]没[交缴]|怎样|怎么样|会怎|还是|干嘛|是不是|是否"
    "|有没有|会不会|要不要|几|吗|没$|没有$|不$|哪|多久|多长"
)
_STANDING = Pattern("标准|规定|明细|记录|方式|流程|用途|账号|收款码|二维码|欠费|比例|政策|怎么|咋|截止")


def _query(said: Said, words: str, topic: str) -> Found:
    found = figures(words, today(said.setting))
    slots: dict[str, Any] = {"topic": topic} if topic else {}
    if "交一次" in words:
        return Found(slots, to_the_bot(said))
    sure = to_the_bot(said, 0.6 if "活动证" in words else 0.92)
    if found.months and not (topic == "rule" and len(found.months) > 6):
        slots["months"] = list(found.months)
    if found.total is not None and not _COUNT.search(words):
        slots["amount"] = number(found.total)
    return Found(slots, sure, "、".join(found.months) if topic == "receipt" else "")


_COUNT = Pattern("工资|收入|税后|税前")


def _owed(said: Said) -> Found | None:
    """我还欠多少, 还要交多少钱: dues are the only thing that is owed to a branch."""
    if _OWED.fullmatch(said.words[:60]) is None:
        return None
    return Found({}, to_the_bot(said))


def _of_month(said: Said) -> Found | None:
    """2月份谁没交: for who keeps the dues there is nothing else that is paid by the month."""
    words = said.words
    if said.setting.role != "secretary" or NAME in words or _MONTHLY.fullmatch(words) is None:
        return None
    return _summary(said, words, "unpaid")


_MONTHLY = Pattern(
    "(?:(?:今年|去年)?[0-9一二三四五六七八九十]{1,2}月份?|上个?月|这个?月|本月|[上本这]个?季度)的?(?:还有)?(?:谁|哪些人"
    "|哪几个人)(?:还)?(?:没|未|没有)[交缴](?:齐|的)?[啊呢]?"
    "|(?:还有)?(?:谁|哪些人|哪几个人)(?:(?:今年|去年)?[0-9一二三四五六七八九十]{1,2}月份?|上个?月|这个?月"
    "|本月)的?(?:还)?(?:没|未|没有)[交缴](?:齐|的)?[啊呢]?"
)
_OWED = Pattern(
    r"(?:我|我的|我们家)?(?:现在|一共|总共|到底|到现在)?(?:还|又)?(?:欠|差)(?:了)?(?:多少|几个月)(?:的)?(?:钱|费)?(?:没交)?[啊呀呢了的]?"
    "|(?:我|我的)?(?:这个?月|本月|一共)?还?(?:要|得|该|需要|应该)[交缴]多少钱?[啊呀呢]?|(?:我|我的)?(?:一个月"
    "|每个?月)(?:要|得|该)?[交缴]多少钱?[啊呀呢]?|(?:我|查|我的)?欠费(?:了)?(?:多少|吗|查询)?"
    r"|how much (?:do|did) i (?:still )?owe|what do i (?:still )?owe"
)


def _of_others(said: Said, words: str) -> Found | None:
    """What is asked of everybody's dues: a summary for who keeps them, nothing that a member may ask."""
    if _REPORT.search(words):
        return None
    officer = said.setting.role == "secretary"
    person = _PERSONS.search(words)
    named = person["name"] if person and not _NO_NAME.search(person["name"]) else ""
    who, unpaid = _WHO.search(words), _UNPAID.search(words)
    if named and (said.asks or _ASKS.search(words) or _LOOKS.search(words)) and not _HELPED.search(words):
        return _summary(said, words, named) if officer else Found({"asked": "others_dues"}, to_the_bot(said, SURE), intent="unauthorized")
    compares = not officer and _COMPARES.search(words)
    if compares or (who and (unpaid or _PAID.search(words)) and not _TOPICS[1][1].search(words)):
        if not officer:
            return Found({"asked": "others_dues"}, to_the_bot(said, SURE), intent="unauthorized")
        return _summary(said, words, "overdue" if unpaid and _OVER.search(words) else "unpaid" if unpaid else "paid")
    if _ALL.search(words) and (officer or _OF_ALL.search(words)) and not _MINE.search(words) and not _TALK.search(words):
        return _summary(said, words, "unpaid" if unpaid and not _SUM.search(words) else "")
    return None


_NO_NAME = Pattern("[我你他她谁的党费月交缴欠没这那哪几本]")
_COMPARES = Pattern(
    "(?:别人|其他人|其他党员|其他同志|大家|他们|书记|组长)(?:的)?[^,?]{0,6}(?:[交缴]多少|党费(?:是)?多少|多少党费"
    "|[交缴]了?(?:多少|没)|[交缴]没[交缴]|[交缴]几)"
)
_OF_ALL = Pattern("收(?!据|款|费)|大家|支部|全体|汇总|统计|台账|总")
_MINE = Pattern("(?:^|[,。])(?:请问|查一?下|看一?下|看看|查查)*(?:我(?!们|支部)|俺|本人)")
_HELPED = Pattern("替|帮(?!(?:我|忙|俺)?(?:再)?(?:看|查|问|瞧|确认))|代")
_SUM = Pattern("多少|汇总|统计|情况|一共|总")


def _summary(said: Said, words: str, kind: str) -> Found:
    found = figures(words, today(said.setting))
    slots: dict[str, Any] = {"filter": kind} if kind else {}
    if found.months:
        slots["months"] = list(found.months)
    return Found(slots, to_the_bot(said, SURE), "、".join(found.months), intent="dues_summary")


def _asked_after(said: Said) -> Found | None:
    return None if any(cue in said.words for cue in CUES) else _asked(said)


RULES: tuple[Rule, ...] = (
    *dues_claims.RULES,
    *dues_working.RULES,
    Rule("dues_query", _asked, CUES, why="asks about dues"),
    Rule(
        "dues_query", _asked_after, (), frozenset({contexts.DUES_REMINDER, contexts.DUES_ASKED_PAID}), why="asks after dues were spoken of"
    ),
    Rule("dues_summary", _of_month, ("谁", "哪些人", "哪几个人"), why="asks who has not paid for a month"),
    Rule("dues_query", _owed, ("欠", "差", "交多少", "缴多少", "owe"), why="asks what is owed"),
)

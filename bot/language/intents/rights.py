"""Wages that are not paid, injuries at work and other wrongs: who stands up for one, and how a case goes on."""

from datetime import date, timedelta, timezone

from bot.language import emergencies, rights_words, worries
from bot.language.as_written import typed
from bot.language.place_slots import first
from bot.language.rule import LIKELY, MAYBE, SURE, Found, Rule
from bot.language.said import Said
from bot.language.sureness import ANSWERED, by_name, if_private
from bot.patterns import Pattern

_CASE = "维权|讨薪|欠薪|工伤|投诉老板|要工资|工资"
_STATUS = Pattern(
    f"(?:我|那个|这个|上次|之前|咱)[^,。]{{0,8}}(?:{_CASE}|赔偿|仲裁|案子|工钱)(?:的)?(?:事情?|案子?|申请"
    f"|问题)?[^,。]{{0,6}}(?:进展|要回来没|讨回来没|要回来了吗|有戏|怎么样|咋样|到哪|有消息|消息|结果|下文|有人管"
    f"|处理|办得|谈得|回音|眉目|如何)|(?:维权|讨薪|欠薪|工伤|仲裁)[^,。]{{0,6}}(?:处理得|办得|谈得|消息|进展|进度"
    f"|结果|下文|回音|眉目)|(?:{_CASE}|案子|赔偿)(?:的)?(?:事情?|案子?|申请)?(?:谈得|办得|弄得)?(?:进展|进度|有进展"
    "|有消息|有结果|如何|怎么样|咋样|有没有(?:进展|结果|消息)|到哪一?步)|(?:看看?|查一?下?|问问?|问下"
    "|问一下)我?的?(?:维权|工伤|讨薪)(?:案|的事|进度|进展)|status of my (?:rights )?case"
)
_CLOSED = Pattern(
    f"(?:{_CASE}|赔偿款?|工钱|案子|欠我的钱|欠的钱)(?:的)?(?:事情?|案子?|问题)?[^,。!?]{{0,10}}(?:解决了|解决啦"
    "|要回来|讨回来|拿到了|赔到位|赔了|结清|补发了|发下来了|了结|结案|到手了|给了$|给我们?了)"
)
_WITHDRAWN = Pattern(
    "(?:撤回|撤销|撤掉|取消|不要了?|算了不)[^,。]{0,4}(?:维权|投诉|案子)|(?:维权|投诉)[^,。]{0,6}(?:不弄了|算了|撤了|取消|不用了|不告了)"
)
_WANTS = Pattern(
    "(?:我|俺|咱|我们)?(?:想|要|需要|申请|请|求|请求|来)+(?:组织|支部|书记|你们)?(?:帮我|帮忙|帮助|登记)?(?:个"
    "|一下)?(?:维权|讨薪|法律维权|劳动维权)|^(?:维权|讨薪|工伤|欠薪|wei ?quan)(?:登记|申请|求助|帮助)?$|(?:怎么"
    "|如何|咋)(?:维权|讨薪|要回工资|讨工资)|(?:维权|讨薪|欠薪|工伤)(?:怎么办|咋办|找谁|怎么弄|咋整|怎么赔|怎么认定"
    "|怎么申请)"
)
_NOT_MINE = Pattern(
    "党费|党课|公告|新闻|电视|电影|视频|小说|听说|如果|假如|万一|要是|以前|去年(?!.{0,6}(?:到现在|至今|就))|从前"
    "|当年|从来|不(?:拖)?欠|没(?:有)?(?:拖)?欠|投票|补录|捐|报销|转发|讲座|宣传|培训|普法|知识|学习|意见|提议|认领"
    "|借|招[聘人工]|旗|位置|税后|缴费|交多少"
)
_OTHERS = Pattern("上新闻|(?:^|[,。])(?:同事|朋友|邻居|老乡|亲戚)|他们|她们|人家|别人|隔壁|村里有|有个人|(?:^|[,。])(?:他|她)")
_CALLS = Pattern(
    "怎么办|咋办|咋整|帮|管|赔|补偿|能告|告[他它]|不给|维权|讨|说法|申请|投诉|求|找谁|合法|违法|不认账|被|能不能"
    "|可以.{0,8}吗|仲裁|劳动局|what can|help"
)
_SELF = Pattern("我|俺|咱|本人|自己|家里|工友们|大伙|\\bmy\\b|\\bme\\b|\\bus\\b|\\bi\\b")


def _is_danger(said: Said) -> bool:
    """Whether somebody is in danger now: not where it is already about what is due for an injury."""
    return emergencies.sure(said.text) is not None and _DUE.search(said.words) is None


_DUE = Pattern("工伤|赔|认定|鉴定|补偿|出院|仲裁")
_BEIJING = timezone(timedelta(hours=8))


def _today(said: Said) -> date:
    return said.setting.at.astimezone(_BEIJING).date()


def _case(said: Said) -> Found | None:
    words = said.words
    if len(words) > 160 or _NOT_MINE.search(words) or _is_danger(said) or _LESSON.search(words):
        return None
    slots = rights_words.slots(words, _today(said)) | first(words, said.setting.near)
    if _WANTS.search(words):
        return Found(slots, SURE, args=worries.heard(typed(said)) or said.words)
    kind = slots.get("kind")
    if kind is None or (_OTHERS.search(words) and not _SELF.search(words)):
        return None
    told = worries.heard(typed(said))
    sure = _SELF.search(words) is not None and (_CALLS.search(words) is not None or "offered" in slots)
    if kind in _NEEDS_A_CALL and not (_CALLS.search(words) or _EMPLOYER.search(words)):
        return None
    if sure or kind in _PLAIN:
        return Found(slots, max(SURE if sure else LIKELY, by_name(said)), args=told or said.words)
    likely = told or _SELF.search(words) or _CALLS.search(words) or len(slots) > 1
    return Found(slots, if_private(said) if likely else MAYBE, args=told or said.words)


_LESSON = Pattern("课|讲座|资料|视频|lesson")
"""Whoever asks for a lesson about it wants to learn."""
_PLAIN = frozenset({"wages", "injury"})
"""Kinds whose words are those of nothing else."""


_EMPLOYER = Pattern(rights_words.BOSS)
_NEEDS_A_CALL = frozenset({"dispute", "land", "fraud", "dismissal", "contract"})


def _status(said: Said) -> Found | None:
    words = said.words
    sure = SURE if said.setting.in_group else ANSWERED
    if _WITHDRAWN.search(words):
        return Found({"action": "withdraw"}, sure)
    if _STATUS.search(words) and rights_words.owed(words, _today(said)) is None:
        return Found({"action": "status"}, sure)
    if _CLOSED.search(words) and not said.asks and "没" not in words and "不" not in words:
        return Found({"action": "close"}, LIKELY if said.setting.in_group else ANSWERED)
    return None


_CUE_WORDS = (
    "工伤 工资 工钱 薪 欠 赔 老板 厂 工地 维权 合同 社保 五险 保险 加班 辞退 开除 裁 污 废水 征地 拆迁 占 中介 押"
    "金 身份证 证件 护照 调解 纠纷 职业病 伤 机器 干活 wage work owe paid 骗 没给钱 不给钱 wei 钱 断"
)
_CUES = tuple(_CUE_WORDS.split())

RULES: tuple[Rule, ...] = (
    Rule(
        "rights_case",
        _status,
        ("维权", "薪", "工伤", "工资", "赔", "案子", "投诉", "工钱", "欠", "case"),
        why="how a case of one's own stands",
    ),
    Rule("rights_case", _case, _CUES, why="a wrong at work or to many is told, and that it should be put right"),
)

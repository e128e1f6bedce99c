"""Lists and reports that officers ask for: 签到表发我一下, 3月党费报表, 出个年报."""

from bot.language import months
from bot.language.dates import BEIJING
from bot.language.month_words import ImpossibleMonth
from bot.language.rule import LIKELY, MAYBE, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_SHEET = (
    r"(?:明细)?(?:名单|清单|列表|一览表|统计表?|汇总表?|报表|报告|台账|记录表?|情况表?|明细表?|表格?|数据|登记表?|册子?|"
    r"总表|单子|excel|sheet|list|report)"
)
_TABLE = r"(?:报表|明细表?|汇总表|统计表|台账|情况表|缴费表|一览表|清单|表格?|登记表|report|list|sheet)"
_KINDS = (
    (
        "checkin_list",
        Pattern(
            rf"(?:签到|打卡|报平安)的?{_SHEET}|签到.{{0,6}}(?:列|做|出|生成|拉)[个张一]{{0,2}}(?:表|名单)|qian ?dao ?biao|"
            rf"check-?in (?:list|sheet|report)"
        ),
    ),
    ("minutes", Pattern(r"会议记录|会议纪要|纪要|minutes")),
    ("attendance", Pattern(rf"(?:到会|参会|出席|出勤|到课|请假|考勤)的?(?:人员)?{_SHEET}|attendance")),
    ("fund", Pattern(rf"(?:爱心基金|关爱基金|互助基金|基金|捐款|募捐)的?(?:收支)?{_SHEET}")),
    (
        "dues",
        Pattern(rf"党费的?(?:收缴|缴纳|交纳|收支)?的?(?:情况)?的?{_TABLE}|(?:收缴|缴费)的?{_TABLE}|dues (?:list|report|sheet)"),
    ),
    ("study", Pattern(rf"(?:学习|党课|学时|培训|教育)的?(?:情况|进度)?的?{_SHEET}")),
    ("location", Pattern(rf"(?:位置|分布|流向|去向|所在地|地点)的?(?:情况)?的?(?:名单|{_TABLE})")),
    ("develop", Pattern(rf"(?:发展党员|积极分子|发展对象|预备党员)的?(?:情况|工作)?的?{_SHEET}")),
    ("talk", Pattern(rf"(?:谈心谈话|谈心|谈话)的?(?:情况)?的?{_SHEET}")),
    ("aid", Pattern(rf"(?:求助|帮扶|互助|结对|维权)的?(?:情况)?的?{_SHEET}")),
    ("event", Pattern(rf"(?:活动|主题党日|三会一课|组织生活|党日)的?(?:开展)?(?:情况)?的?{_SHEET}")),
    (
        "roster",
        Pattern(
            r"(?:党员|成员|人员|支部)的?(?:基本)?(?:信息|情况)?(?:名册|花名册|名单|信息表|登记表|基本信息|册子)|花名册|"
            r"名册|通讯录|roster|member list"
        ),
    ),
    (
        "annual",
        Pattern(
            r"年报|年度(?:报表|报告|总结|统计|汇总|数据)|年终(?:报表|报告|总结|统计)|年底.{0,6}(?:报表|报告|总结|统计|"
            r"材料)|全年(?:的)?(?:报表|报告|统计|汇总|数据)|annual report|yearly report"
        ),
    ),
    ("quarterly", Pattern(r"季报|季度(?:报表|报告|总结|统计|汇总)|quarterly report")),
    ("monthly", Pattern(r"月报|月度(?:报表|报告|总结|统计|汇总)|monthly report|月(?:份)?的?(?:报表|报告|工作报告|统计|汇总表?)")),
    ("weekly", Pattern(r"周报|weekly report")),
    ("ledger", Pattern(r"(?:流动党员|党员|支部|工作)?(?:的)?台账")),
    ("summary", Pattern(r"(?:支部|工作|上报|报镇里|给镇里|给上级|统计)的?.{0,8}(?:报表|报告|汇总表|统计表|数据|总结)|报表|汇总表|统计表")),
)
_ASKS = Pattern(
    r"列|发|导|出|给|要|生成|做|整理|拉|打印|下载|汇总|看|查|来|调|弄|统计一?下|更新|报|传|交|拿|send|export|show|get|"
    r"print|give|need|make|biao"
)
_ONLY_NAMED = Pattern(r"[^,;。!?]{2,16}")
_NOT = Pattern(
    r"删|清空|清除|关闭|开启|打开|我的|没[交缴]|未[交缴]|停止|谁(?!没?签)|头疼|做得|怎么填|怎么写|填(?:好|完|了|一下)|交了|发了|"
    r"已(?:经)?(?:发|交)|看到了|烦|累|不想|天天|检查|"
    r"没(?:有)?(?:用|意义)|收到|体检|成绩单?|工资|孩子|公司|厂里|老板|银行|心得|入党申请|思想汇报|考勤机|快递|账单|天气|"
    r"转正报告|填报|"
    r"位置给|别发|不要|不用|离职|辞职|请假条"
)


def _report(said: Said) -> Found | None:
    words = said.words
    if not 0 < len(words) <= 60 or _NOT.search(words):
        return None
    kind = next((name for name, pattern in _KINDS if pattern.search(words)), "")
    if not kind or not (_ASKS.search(words) or _ONLY_NAMED.fullmatch(words)):
        return None
    slots: dict[str, object] = {"kind": kind} if kind not in _OF_TIME else {}
    asked = _months(said)
    if kind == "quarterly" and asked:
        slots.pop("kind")
    if len(asked) == 1:
        slots["month"] = asked[0]
    elif asked:
        slots["months"] = list(asked)
    return Found(slots, _sure(said), args=words)


_OF_TIME = frozenset({"monthly", "summary"})
"""What is told by the months, or not at all, is no kind."""


def _sure(said: Said) -> float:
    if said.setting.role != "secretary":
        return MAYBE
    return _OF_PAPERS if _PAPER.search(said.words) and not said.setting.in_group else LIKELY


_OF_PAPERS = 0.96
"""More than other matters of which there are lists, less than a refusal."""
_PAPER = Pattern(r"表(?!现|决|扬|示|达)|名册|花名册|台账|[月年季周]报|excel|biao")


def _months(said: Said) -> tuple[str, ...]:
    try:
        return months.read(said.words, said.setting.at.astimezone(BEIJING).date()).months
    except ImpossibleMonth:
        return ()


_CUES_TOLD = (
    "表|名单|名册|报告|台账|月报|年报|季报|周报|统计|汇总|纪要|记录|清单|通讯录|总结|数据|明细|情况|单子|biao|report|list|sheet|"
    "roster|minutes|attendance|excel|册"
)
_CUES = tuple(_CUES_TOLD.split("|"))

RULES: tuple[Rule, ...] = (Rule("report_request", _report, _CUES, why="a list or a report is asked for"),)

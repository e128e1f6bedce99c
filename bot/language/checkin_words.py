"""Words of a check-in: the sign itself, well-being, what forbids to take a sentence for one, the day it is for."""

import re
from datetime import date, timedelta

from bot.language.numerals import NUMERAL, number
from bot.patterns import Pattern

_SIGN = (
    "签一?[个下]?到|签[个下上](?!名|字|单)|打一?[个下]?卡|报一?[个下]?到|报一?[个下声]?平安|点一?个?[卯到]|应卯|冒一?个?泡|"
    "check(?:ing|ed)?[ -]?in|sign(?:ing|ed)?[ -]?in|qian ?dao|da ?ka|bao ?dao|bao ?ping ?an|qd|dk"
)
_DAY = (
    f"昨天?晚?上?|昨日|前天|今天|今日|今早|今晚|今儿个?|昨儿个?|上?(?:周|星期|礼拜)[一二三四五六日天](?:那天)?|"
    f"{NUMERAL}月{NUMERAL}[日号]|{NUMERAL}[日号]|[0-9]{{1,2}}[./-][0-9]{{1,2}}"
)
_WHO = "我这边|我|俺们?|咱|本人|小的|在下|老汉|i am|i'm|im|i"
_HOUR = "早上|早晨|清早|一大?早|上午|中午|下午|傍晚|晚上|夜里|现在|马上|这就|这会儿?|刚刚?|刚才"
_HEAD = (
    f"(?:{_WHO}|{_DAY}|{_HOUR}|也|来|先|已经?|要|想|就|赶紧|赶快|再|准时|按时|每日|日常|例行|正式|特来|特此|特|前来|过来"
    f"|请|麻烦|帮我|帮忙|给我|替我|的|"
    "顺便|顺手|顺带|另外|还有|"
    "(?:向|给|跟|和|同)(?:党?组织|党?支部|书记|大家|各位|党|家里|同志们|群里)|在此|在这儿?"
    "|第[0-9一二三四五六七八九十]{1,4}天|上线|到点|/|#|"
    "一切平安|平安|just|wanna|want to|let "
    "me|please|好的?|行|嗯|那|那个|哦|喂|ok|书记好?|小?助手|"
    "机器人|大家好?|各位好?|早安?|早上好|不好意思|抱歉|对不起|sorry|你好|您好|在的?|到了?|,| "
    "){0,8}"
)
_TAIL = (
    f"(?:{_DAY}|{_HOUR}|的|了|啦|喽|咯|哈|吧|哦|噢|呀|呗|嘞|咧|哇|哟|呦|呐|喔|耶|一下|下|一次|一个|成功|完毕|完成|报告"
    f"|第[0-9一二三四五六七八九十]{{1,4}}天|"
    "平安|来[了啦咯喽]|好了|请查收|谢谢|谢了|辛苦|辛苦了|ok|please|pls|today|now|thanks|thank you|for "
    "today|打卡|签到|报到|在此|在的?|到|[0-9]{1,2}[:点][0-9]{0,2}分?|,| ){0,8}"
)
SIGN = Pattern(f"{_HEAD}(?:{_SIGN}){_TAIL}")
"""A clause that checks in and says nothing else."""
BARE = Pattern(f"/?(?:{_SIGN}|平安|一切平安|今[天日]平安)[了啦喽咯哈]?")
"""The word alone: unmistakable, and enough before anything else that is said."""

LATE = Pattern(
    f"{_HEAD}(?:补一?[个下次]?(?:签到?|打?卡|报到|平安)|补[上个下]|补(?:签|打)?(?:一?[个下])?(?:{_DAY})的?(?:签到?|打?卡|平安)?|"
    "补一[个下次]|补一?下|(?:签到|打卡|平安)(?:给我|帮我|给)?补(?:一?下|上|签)|(?:签到?|打卡|报到|来)(?:得|的)?(?:有点"
    "|稍微)?[晚迟]了|[晚迟]签到?|迟到了?|[晚迟]了|late)"
    f"(?:{_SIGN}|{_DAY}|{_TAIL}){{0,3}}"
)
FORGOT = Pattern(
    f"(?:{_WHO}|{_DAY}|{_HOUR}|又|差点|太忙|忙得?|光顾着?干活|真|给|把|都|,){{0,6}}(?:忘记?了?|没来得及|没顾上|没赶上"
    f"|漏了?|错过了?)(?:{_SIGN}|签|报)?"
    f"(?:了|啦|给忘了?|,){{0,2}}(?:{_TAIL})"
)
NOW = Pattern(f"{_HEAD}(?:(?:现在|这会儿?|这就|马上|赶紧|来)(?:补)?(?:签|报|打)(?:到|卡|平安)?|签|补)(?:{_TAIL})")
"""What is said after having forgotten: 现在签."""

_ALL = "一切|都|全|很|挺|蛮|还|也|都还|非常|,| "
FINE = Pattern(
    f"(?:{_WHO}|{_DAY}|{_HOUR}|这边|家里人?|一家人?|全家|在外面?|在这边|在外地|目前|最近|身体|工作|人|生活|这里|{_ALL}){{0,6}}"
    "(?:平安|安好|安全|好着|(?<=[切都全])好|很好|挺好|蛮好|不错|正常|没事|好好的|顺利|无恙|顺当|fine|safe|all good|all well|all is "
    "well|doing well|safe and sound|well)"
    "(?:的|呢|哩|嘞|着|了|啦|哈|勿念|请?放心|大家放心|组织放心|请组织放心|无事|, ?| ){0,5}"
)
FINE_ONLY = Pattern(
    "(?:报平安|(?:今[天日]|我|俺|我这边|这边|家里|全家|在外)?(?:一切|都|人)?(?:平安|安好))(?:的|了|啦|哈|勿念|请?放心)?"
    "|一切都?(?:好|正常|顺利)(?:的|着呢)?"
    "|我?(?:这边|在这边|在外面?|在外地)一切都?(?:好|正常|顺利|安好|平安)(?:的|着呢)?|(?:i am|i'm|im) (?:fine|safe|ok|well|all "
    "right|good)|all (?:good|is well|well)|safe and sound"
)
"""Well-being said so that nothing else is needed."""

BLOCKED = Pattern(
    "烦|什么用|没用|有用|没意思|形式|强制|强迫|必须|非要|非得|天天|每天都|老是|总是|整天|制度|功能|系统"
    "|签到[表率处台簿墙册本页码机点]|名单|统计|情况|记录|次数|排名|截图|"
    "提醒|别忘|记得|谁|[他她它](?!乡)|你(?!好|们好)|群里的?|软件|小程序|取消|撤|不想|不愿|不肯|不签|不打|不用|不要|不能"
    "|不会|懒得|拒绝|没签|没打|没报|如果|要是|假如|等我?|明[天早儿]|"
    "(?:^|[,。!])(?:大家|各位(?:同志|党员)?|同志们|伙计们|所有人|全体[党成人]员)(?!.{0,2}[好早]|放心|辛苦)|"
    "以后|下次|下周|后天|改天|再说|需要|人数|积分|奖|打卡[机点地]|网红|上班|下班打卡|考勤|酒店|会议室|老婆|媳妇|老公"
    "|孩子|儿子|女儿|我爸|我妈|朋友|同事|老板|"
    "签到签|为什么|怎么|咋|什么|几点|多少|哪|吗$|么$|没有?$|呢$|\\?|别再|停止|关掉|催|祝|愿|保佑|平安[夜果县保银]|一路|出入"
)
"""Words with which a sentence speaks about checking in, or of somebody else."""

_WEEKDAYS = dict(zip("一二三四五六日天", (0, 1, 2, 3, 4, 5, 6, 6), strict=True))
_WHEN = Pattern(
    rf"(?P<back>大前天|前天|昨|今)|(?P<week>上个?)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
    rf"|(?P<month>{NUMERAL})(?:月|[./-](?=[0-9]))(?P<day>{NUMERAL})[日号]?|(?P<only>{NUMERAL})[日号]"
)
_BACK = {"今": 0, "昨": 1, "前天": 2, "大前天": 3}


def day(words: str, today: date) -> date | None:
    """The past day a check-in is for; None for today's, and for a day that does not exist or is to come."""
    found = _WHEN.search(words)
    meant = _meant(found, today) if found else None
    return meant if meant is not None and meant < today else None


def _meant(found: re.Match[str], today: date) -> date | None:
    if found["back"]:
        return today - timedelta(days=_BACK[found["back"]])
    if found["weekday"]:
        ago = (today.weekday() - _WEEKDAYS[found["weekday"]]) % 7
        return today - timedelta(days=today.weekday() + 7 - _WEEKDAYS[found["weekday"]] if found["week"] else ago)
    month, of_month = number(found["month"] or "") or today.month, number(found["day"] or found["only"]) or 0
    try:
        meant = date(today.year, month, of_month)
    except ValueError:
        return None
    return meant if (today - meant).days > -180 else meant.replace(year=today.year - 1)

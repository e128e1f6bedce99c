"""Meetings and activities: who comes, who asks leave, and what the secretary plans."""

from bot.language import choices, coming_words, days, event_words, pinyin
from bot.language.coming_words import MAYBE as PERHAPS
from bot.language.coming_words import NO, YES, Coming
from bot.language.contexts import CHATTER, EVENT, NOTICE, ROLL_CALL
from bot.language.days import When
from bot.language.names import SURNAMES, is_name
from bot.language.rule import LIKELY, SURE, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_LONGEST = 150
_ONE = frozenset({"1", "+1", "1+1"})
_JOINS = Pattern(r"参加|报(?:个|了)?名|算(?:上)?(?:我|俺)|加我|去不了|来不了|(?:准时|按时)(?:到|出席|参会)|不去|缺席|一定到")
_IN_PAST = Pattern(r"(?:参加|报名|去|来)过|(?<!不)(?:参加|报名|出席)了|参加的(?:人|是|都)|参加工作|参加革命|参加婚|参加聚|参加比赛的")
_TALKED_OF = frozenset({EVENT, NOTICE, ROLL_CALL})

_LEAVE = Pattern(
    r"请(?:个|一下|一次|[一二三两半]天|几天|下)?(?:病|事)?假|告(?:个)?假|准(?:个|我)?假|缺席一下|ask (?:for )?leave|qing ?(?:ge )?jia"
)
_LATIN = Pattern(r"[a-z ,.!?']{10,80}")
_NO_LEAVE = Pattern(
    r"(?:昨天|前天|上周|上次|上回|以前)[^,]{0,6}请(?:了)?假|那天[^,]{0,6}请(?:了|过)假|请假去(?!不)|撤销|取消|销假|^补录|补录[:：]|^代|"
    r"替.{1,4}请|帮.{1,4}请|怎么|如何|流程|扣|谁|多少人|几个人|假条(?:怎么|格式|模板|在|呢|上)|"
    r"(?<![能可])不(?:用|让|许|能|准|给|肯|批|想)请|别请|(?:跟|和|向|给|找)(?:老板|厂里|"
    r"公司|单位|车间|领班|学校|老师|班主任|工头)|请(?:了|过)(?:[一二三两半几]天)?假|"
    r"请假了(?:的|吗)|(?:老板|公司|厂里|单位|学校).{0,4}请假|(?:他|她|你|孩子|女儿|儿子)(?:要|在|也|都|想|又|今天)?请|"
    r"请假(?:制度|规定|的人|名单|情况|几)|没请假|老板(?:[不没]|批|准|同意|给)|批了|准了|天天请假|总是请假|老请假"
)
_CUT = Pattern(r"[,;。!?、:\n]|\s(?![0-9])")
_COURTESY = Pattern(
    r"^(?:收到|好的?|嗯|我|俺|本人|想|要|得|需要|能|可以|可不可以|跟|和|向|您|书记|组织|支部|领导|因为|由于|今天|明天|"
    r"这次|本次|的|会|也|先|就|去|开|那天|到时|不好意思|抱歉|对不起|谢谢?|麻烦|批准|望批准|请|恕|特此|"
    r"不能|无法|没法|参加|了|啊|吧|哈|一下|行吗|好吗|吗|报告|你好|您好|sorry|thanks|临时|突然|实在|实在是|真是|恐怕|"
    r"可能|只能|只好|所以|原因是?|是)+"
)
_WEAK_END = Pattern(r"(?:啊|吧|哈|呢|哦|的|不了|去不了|来不了|参加不了|赶不上|到不了|去不成|所以|不能参加|无法参加|没法参加|只能|只好|,)+$")
_NO_REASON = Pattern(
    r"[一二三两半几][天次回下个]|一会儿?|下次(?:一定)?(?:参加|补上|来)?|会后补课?|我会补(?:课|学)?|事后补上?|.{0,3}同志|支部"
)
_HAS_HAN = Pattern(r"[\u4e00-\u9fff]{2}")


def _coming(said: Said) -> Found | None:
    context, words = said.setting.context, said.words
    if context == CHATTER or (said.setting.in_group and context not in _TALKED_OF) or len(words) > _LONGEST:
        return None
    if (context != EVENT and not _JOINS.search(words)) or _LEAVE.search(words):
        return None
    if context == EVENT and (words in _ONE or (answer := _short_answer(said)) is not None):
        return Found({"answer": YES if words in _ONE or answer else NO})
    found = coming_words.read(words)
    if found is None or _IN_PAST.search(words):
        return None
    if context != EVENT and not (found.named or found.answer == YES or context in _TALKED_OF):
        return None
    return Found(_slots(found, words), SURE if context in _TALKED_OF else LIKELY)


_AS_YES = Pattern(r"(?:可以|行|没问题|要得|是的?|对的?|必须的?|当然|肯定|yes|sure|中|成)[的啊呀呢哈吧!]{0,2}")


def _short_answer(said: Said) -> bool | None:
    """Yes or no to an activity; 好的 only says that it was read."""
    answer = choices.yes_no(said.words) if len(said.words) < 8 else None
    return answer if answer is False or (answer and _AS_YES.fullmatch(said.words)) else None


def _slots(found: Coming, words: str) -> dict[str, object]:
    slots: dict[str, object] = {"answer": found.answer}
    if found.channel:
        slots["channel"] = found.channel
    if found.guests is not None and found.answer != NO:
        slots["guests"] = found.guests
    if found.answer in {NO, PERHAPS} and (reason := event_words.why(words)):
        slots["reason"] = reason
    return slots


def _leave(said: Said) -> Found | None:
    words, context = said.words, said.setting.context
    if context == CHATTER or len(words) > _LONGEST or not _LEAVE.search(words) or _NO_LEAVE.search(words):
        return None
    if _LATIN.fullmatch(words) and "请假" in (pinyin.spelled(words) or ""):
        return None  # it is read again in characters: the reason and the meeting are spelt, too
    whens = days.find(words, said.setting.at)
    slots: dict[str, object] = {}
    if day := next((each.day for each in whens if each.day is not None), None):
        slots["date"] = f"{day}"
    if event := event_words.event(words):
        slots["event"] = event
    if reason := event_words.why(words) or _rest(words, whens):
        slots["reason"] = reason
    sure = context in _TALKED_OF or bool(event)
    return Found(slots, SURE if sure else LIKELY, why="asks leave")


_BECAUSE = Pattern(r"^(?:因为|由于|因)(?=..)")


def _rest(words: str, whens: tuple[When, ...]) -> str:
    """What is said besides the leave, the day and the meeting: the reason in the person's own words."""
    for clause in _CUT.split(event_words.without(_LEAVE.sub(",", days.without(words, whens, "")))):
        told = _WEAK_END.sub("", _COURTESY.sub("", clause)).strip(" 的")
        told = _BECAUSE.sub("", told)
        if (
            _HAS_HAN.search(told)
            and len(told) <= 20
            and not _NO_REASON.fullmatch(told)
            and not (is_name(told) and told[0] in SURNAMES and len(told) <= 3)
        ):
            return told
    return ""


_MOVED = Pattern(
    r"(?:时间)?(?:改|调|推迟|提前|延期|延|挪|顺延|换|移|推)(?:整|后|前|期)?(?:[一二两三半几0-9]{1,2}(?:天|周|个?星期|"
    r"个?小时))?(?:到|至|成|为|在)"
)
_PLANS = Pattern(
    "召开|举行|发个?报名|接龙|举办|开展|组织|发起|创建|新建|安排|定于|定在|建(?:个|一个)|搞(?:个|一次|一个)|办(?:个"
    "|一次)|开(?:个|一个|一次)?"
)
_NO_PLAN = Pattern(
    r"\?|吗|嘛$|呢$|谁|什么时候|几点|多少|怎么|哪|表决|投票|请(?:个)?假|我(?:也)?(?:参加|去|来不|报名)|去不了|来不了|"
    r"参加不了|取消|不开了|材料|记录|照片|签到表|名单|总结|体会|心得|纪要|"
    r"开(?:完|了|过)|参加了|昨天|上周|上个?月|刚才|学完|体验|很好|真好|有意思|没意思|无聊|烦"
)
_TITLED = Pattern(r"(?:活动|主题|标题|名称)[:：](?P<title>[^,;。!?]{2,30})")
_GOES = Pattern(
    r"(?:组织|安排|带)?(?:大家|党员|全体党员)?(?P<title>(?:去|到|赴|走进|前往)[^,;。!?]{2,16}(?:植树|参观|学习|慰问|"
    r"走访|义诊|打扫|服务|劳动|看望))"
)


def _planned(said: Said) -> Found | None:
    words = said.words
    if said.setting.role != "secretary" or len(words) > _LONGEST or _NO_PLAN.search(words):
        return None
    moved = _MOVED.search(words)
    title = _title(words)
    whens = days.find(words, said.setting.at)
    if not whens or not (title or (moved and event_words.named(words))) or not (moved or _announces(words, whens, title)):
        return None
    slots: dict[str, object] = {}
    before = [each for each in whens if moved and each.end <= moved.start() and each.day is not None]
    after = [each for each in whens if not moved or each.start >= moved.start()]
    if not after:
        return None
    start = after[0]
    day = start.day or (before[0].day if before else None) or said.setting.at.date()
    if before:
        slots["change_from"] = f"{before[0].day}"
    slots |= _starts(f"{day}", after)
    if title:
        slots["title"] = title
    called = not moved and start.clock is not None and _CALLED.match(words) is not None
    return Found(slots, _SET if called else SURE, why="a meeting is moved" if moved else "a meeting is planned")


_CALLED = Pattern(
    "(?:请|麻烦|帮我?|帮忙|替我|,){0,3}(?:通知|告知|转告|告诉|提醒)(?:一下|下|到)?(?:大家|全体(?:党员|同志)?|所有(?:人"
    "|党员)?|各位(?:党员|同志)?|全支部)"
    r"(?=[^,:;。]{2,24}(?:召开|举行|开|搞|举办|过)[^,:;。]{2,14}$)"
)
_SET = 0.99
"""通知大家周五晚上八点开党员大会 sets a meeting, which announces it, too."""


def _starts(day: str, said: list[When]) -> dict[str, object]:
    """When it begins; the hour may stand apart from the day: 下周五植树，上午八点集合."""
    first, apart = said[0], said[1] if len(said) > 1 else None
    clock = first.clock or (apart.clock if apart is not None and apart.day is None and not first.part else None)
    if clock:
        return {"start": f"{day}T{clock:%H:%M}"}
    return {"start": day, "part": first.part} if first.part else {"start": day}


def _announces(words: str, whens: tuple[When, ...], title: str) -> bool:
    """Whether a sentence sets a meeting and does not only speak of one."""
    return bool(_PLANS.search(words)) or any(each.clock is not None for each in whens) or bool(whens[0].part) or words.endswith(title)


def _title(words: str) -> str:
    if named := event_words.event(words):
        return named
    if titled := _TITLED.search(words):
        return titled["title"].strip()
    goes = _GOES.search(words)
    if goes:
        return goes["title"]
    return "会议" if event_words.named(words) and "会议" in words else ""


_LEAVE_CUES = ("假", "leave", "jia", "缺席")
_PLAN_CUES = (
    "会",
    "党日",
    "活动",
    "党课",
    "植树",
    "祭扫",
    "扫墓",
    "慰问",
    "参观",
    "学习",
    "服务",
    "宣誓",
    "升旗",
    "生活",
    "献血",
    "义诊",
    "观影",
    "走访",
    "扫除",
    "比赛",
    "誓词",
    "培训",
    "评议",
    "劳动",
    "看望",
)

RULES: tuple[Rule, ...] = (
    Rule("leave_request", _leave, _LEAVE_CUES, why="asks leave"),
    Rule("rsvp", _coming, why="says whether they come"),
    Rule("event_create", _planned, _PLAN_CUES, why="a meeting is planned"),
)

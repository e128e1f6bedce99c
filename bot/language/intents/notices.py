"""Announcements: to post one, to see what was announced; and the reports that officers ask for."""

from bot.language import days, event_words
from bot.language.rule import LIKELY, MAYBE, SURE, TO_THE_BOT, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_NOTICE = r"(?:通知|公告|公示|通告|告示|消息|提醒)"
_PUBLISH = Pattern(
    "^(?:请|麻烦|兹|现|特|你|您|在?群里|帮我?|帮忙|替我|给我|我要|我想|要|想|书记|机器人|小助手|,){0,3}(?:发布?|群发"
    "|推送|下发|发送|转发|"
    rf"张贴|贴|写|出|拟)(?:一?[个条则份下]|一下)?(?:个|条|到?群里?的?|新|紧急|重要|群)?{_NOTICE}"
    rf"|^(?:群|支部|紧急|重要){{0,2}}(?:通知|公告)[:：](?=..)"
    "|^(?:请|麻烦|帮我?|帮忙|替我|给我|我要|,){0,3}(?:在|往|到|向)?(?:群里|群内)?(?:群发|(?:在|往|到|向)(?:群里|群内"
    "|大群)(?:发|说|喊|讲|通知|告知|转))(?:一?[条个则份下声]|给大家|出去|"
    rf"个?{_NOTICE}|一下){{0,3}}[:：,，]"
    rf"|^(?:请|麻烦|帮我?|帮忙|替我|,){{0,3}}(?:转发?|发)(?:一下)?(?:到|进|至)(?:大?群里?|支部群|党员群)[:：,，]"
    rf"|^(?:请|麻烦|帮我?|帮忙|替我|我要|,){{0,3}}(?:统一)?通知(?:一下|一声)[:：,，]"
    "|^(?:请|麻烦|帮我?|帮忙|替我|给我|,){0,3}(?:把|将)?(?:这|那|下面|以下|下边|上面|刚才)(?:面)?的?(?:这"
    f"|那)?[条个则段份]?(?:{_NOTICE}|内容|文字|话|信息)(?:帮我?|给我|替我|麻烦)?"
    rf"(?:发|转|推|公布)(?:送|布|到|给|出)?(?:一下|出去|群里?|大群|到群里?|大家|去|下|吧){{0,2}}[:：,，]"
    rf"|^(?:请|麻烦|帮我?|帮忙|替我|我要|,){{0,3}}(?:通知|告知|转告|告诉|提醒)(?:一下|到|下|给)?(?:一下)?(?P<all>大家|每一个|"
    rf"全体|所有|各位|全支部|每个|全员|支委|委员|预备|联络|没|未|流动|在外|外出|积极分子|正式|各党小组)"
    rf"|^(?:请|麻烦|帮我?|帮忙|替我|我要|,){{0,3}}(?:给|向|对)(?P<to>[^,:;。]{{1,12}}?)(?:再|也|统一|都)?(?:发|推送|"
    rf"下发)(?:一?[个条则]|一下)?{_NOTICE}"
    r"|^(?:请|麻烦|帮我?|帮忙|替我|,){0,3}(?:把|将)(?:这|那|下面|以下|上面|刚才)[^,:;。]{0,8}(?:发|转|推|通知|公布|"
    r"转达)(?:送|给|到|发|布)?(?:给|到)?[^,:;。]{0,6}(?:群|大家|全体|所有|每个|各位|支委|党员)"
    r"|^(?:announce|post (?:a |an )?(?:notice|announcement)|send (?:a |an )?(?:notice|announcement)|fa ?(?:ge )?tong ?zhi)\b"
)
_TITLED = Pattern(r"^(?:群|支部|紧急|重要){0,2}(?:通知|公告|公示)(?:[:：]|[ ](?=..))")
_NO_PUBLISH = Pattern(
    r"\?|吗$|吗[,。]|谁|怎么|为什么|发了(?!吧)|发过|什么时候|哪|(?<!人)(?<!员)(?<!家)(?<!们)再发|重发|没发|别发|不要发|"
    r"不用发|收到|没看到"
)
_AUDIENCES = (
    ("committee", Pattern(r"支委|委员|班子|支部委员会")),
    ("probationary", Pattern(r"预备党员|预备的")),
    ("activists", Pattern(r"积极分子|发展对象")),
    ("liaisons", Pattern(r"联络员|联系人")),
    ("unread", Pattern(r"(?:没|未)(?:读|看|回复?|收到|确认|签收)")),
    ("unpaid", Pattern(r"(?:没|未)(?:交|缴)")),
    ("floating", Pattern(r"流动党员|外出党员|在外(?:的)?党员|在外(?:的)?")),
    ("full_members", Pattern(r"正式党员")),
    ("all", Pattern(r"大家|全体|所有人?|各位|全支部|每一?个人?|全员|全部党员|each|every(?:one|body)|\ball\b")),
    ("group", Pattern(r"群里|到群|群内|在群|大群")),
)
_EVERYBODY = frozenset({"all", "group"})
_NOBODY = frozenset({"党员", "同志", "的人"})
_HEAD_ENDS = Pattern(r"[:：,，;。\n]")
_HEADED = Pattern(r"^(?P<head>[^:：。;]{0,30})[:：]")
_AS_SAID = Pattern(
    r"(?:通知|告知|转告|告诉|提醒|发(?:一?[个条则])?(?:通知|公告|消息)?(?:给|到)|[给向对])(?:一下|一声|到|下|给)?"
    r"(?P<who>[^,:;。给向对]{0,12}?(?:党员|同志|委员|支委|积极分子|发展对象|联络员|联系人|的人))(?:们|会)?"
)
"""The people an announcement is for, in its own words: 在广东的党员."""
_TO_ALL = Pattern(r"@(?:全体成员|所有人|全体|all|everyone)|\[CQ:at,qq=all\]")


def _publish(said: Said) -> Found | None:
    words = said.words
    if not (_PUBLISH.search(words) or _TITLED.search(said.line)) or _NO_PUBLISH.search(_head(words)):
        return None
    audience = audience_of(said)
    sure = said.setting.role == "secretary" or not said.setting.in_group
    return Found(
        {"audience": audience} if audience else {},
        TO_THE_BOT if not said.setting.in_group else SURE if sure else LIKELY,
        args=_content(said) or _told_all(said),
    )


_TELL_ALL = Pattern(
    "(?:请|帮我|麻烦|你)?(?:发个?通知|通知|群发|告诉|提醒)(?:一下|一声)?"
    "(?:大家|大伙|全体党员|各位(?:党员|同志)?|同志们|所有人|全体)[,， :：]*(?P<rest>.{3,})"
)


def _told_all(said: Said) -> str:
    """What everybody is to be told where no colon parts it off: 通知大家后天开会."""
    told = _TELL_ALL.fullmatch(said.line)
    return told["rest"] if told else ""


def _head(words: str) -> str:
    return str(_HEAD_ENDS.split(words, 1)[0])[:30]


def audience_of(said: Said) -> str:
    """Whom an announcement is for, in a word; empty where that is not said."""
    if _TO_ALL.search(said.text):
        return "all"
    headed = _HEADED.match(said.words)
    head = headed["head"] if headed else _head(said.words)
    found = next((name for name, pattern in _AUDIENCES if pattern.search(head)), "")
    who = _AS_SAID.search(head) if found not in _EVERYBODY else None
    return who["who"] if who and len(who["who"]) > len("同志") - 1 and who["who"] not in _NOBODY else found


_CONTENT = Pattern(r"^[^:：]{0,24}[:：]\s*(?P<text>.+)$")


def _content(said: Said) -> str:
    found = _CONTENT.match(said.line)
    return found["text"] if found else ""


def _called_out(said: Said) -> Found | None:
    """A message of the secretary's to everybody, told to the bot in private, is to be posted."""
    if said.setting.in_group or said.setting.role != "secretary" or not _TO_ALL.search(said.text) or len(said.words) < 4:
        return None
    return Found({"audience": "all"}, LIKELY, args=said.line)


_AGAIN = Pattern(
    f"(?:把|将)?(?P<what>[^,;。]{{0,16}}?)的?{_NOTICE}(?:内容)?(?:能不能|可不可以|可以|能|麻烦|请)?(?:再|重新?|重"
    "|又)(?:给我|帮我)?(?:发|说|贴|推|看|念)|"
    rf"(?:再|重新?|重)(?:给我|帮我)?(?:发|看|说|念)(?:一?[遍下次]|给我)?[^,;。]{{0,10}}{_NOTICE}|resend .{{0,20}}notice"
)
_LIST = Pattern(
    rf"(?:有(?:什么|啥|哪些|没有|没得|无|新)|(?:什么|啥|哪些|都有啥|有无)).{{0,6}}(?:新)?{_NOTICE}|(?:看看?|查看?|找|翻|"
    rf"给我|发我?|想看|要看|瞅瞅|念念?).{{0,8}}(?:通知|公告|公示)|(?:最新|最近|近期|上[一条个]+|刚才|刚刚|今天|昨天|前天|"
    rf"本周|这周|上周|历史|全部|所有|新)的?(?:群)?(?:通知|公告)(?:呢|列表)?(?:$|是|说|讲|内容|在|发|有)"
    r"|(?:通知|公告)里?面?(?:说|写|讲)(?:的)?(?:是)?(?:几|哪|什么|啥|多少)|有(?:新)?(?:通知|公告)(?:吗|没|不)|(?:通知|"
    "公告)(?:在哪|列表|记录|是什么|是啥|说(?:的)?(?:什么|啥)|讲(?:的)?(?:什么|啥)|内容|我?没(?:看到|看见|收到|注意)"
    "|找不到|找不着|没了|还在[不吗]|看不到|怎么看|"
    r"哪里看|呢$)|(?:错过|漏|落下?|没看到|没收到|没赶上).{0,6}(?:通知|公告)|(?:通知|公告)(?:再|也)?(?:发|给|念|转)(?:给|"
    r"一下)?我|(?:通知|公告)(?:了|过)?(?:些)?(?:什么|啥)|(?:[日号天]|周[一二三四五六日天])的(?:通知|公告)$|^(?:通知|"
    r"公告)$|(?:latest|recent|any|new|"
    r"last) (?:notices?|announcements?)"
)
_PLANNED = Pattern(
    r"(?:有(?:什么|啥|哪些|没有|没得)|(?:什么|啥|哪些)).{0,4}(?:安排|活动|会议|会(?=$|要|吗|呢|啊|开|$)|任务|事情?(?=$|"
    r"吗|呢|啊|要))|(?:安排|日程|活动)(?:是什么|是啥|表|有哪些|呢$)|(?:要|需要|用)?开(?:什么|啥)?会(?:吗|不$|没)|(?:周|"
    r"星期|礼拜|今天|明天|后天|近期|最近|月|[日号]|[一二三四五六日天]).{0,3}(?:(?:工作|活动)?(?:安排|日程)|活动)$|(?:周|星期|"
    r"礼拜|今天|明天|后天|月|[日号]|[一二三四五六日天])(?:我们|支部|都)?(?:要|该)?(?:干|做|搞|弄)(?:点)?(?:什么|啥)|"
    r"有(?:会|活动|安排)(?:吗|没|不$)"
)
_WHEN_HELD = Pattern(
    r"几点|什么时候|啥时候|何时|哪天|几号|什么时间|啥时间|在哪(?:里|儿|开)?|什么地方|地点|改到(?:哪|几|什么)|改期|"
    r"定在?(?:哪|几|什么)|时间定|时间$|地址|周几|星期几|when|where|what time"
)
_WEEKS = (
    ("next", "下周|下个?星期|下个?礼拜|next week"),
    ("last", "上周|上个?星期|上个?礼拜|last week"),
    ("this", "这周|本周|这个?星期|这个?礼拜|本星期|一周|这一周|this week"),
)
_WEEK_WORDS = tuple((name, Pattern(rf"(?:{words})(?![一二三四五六日天末1-7])")) for name, words in _WEEKS)
_NOT_QUERY = Pattern(
    r"活动证|预备期|转正|组织关系|谁|党费|多少|怎么(?:发|写)|发了(?:几|多)|别|不要|不想|太多|孩子|学校|公司|厂里|老板|"
    r"录取|医院|工资|投票|表决|录用|快递|银行|短信"
)
_ABOUT = Pattern(
    r"(?:关于|有关|[那这][个条份次])?(?P<topic>[^,;。的把再发看找有没新最近上下这本今昨前关]{2,8})(?:的(?:那[个条])?|那[个条])(?:通知|公告)"
)
_NO_TOPIC = Pattern(r"几天|^(?:一遍|一下|给我|刚|上|前|那|之|以|群|支部$|书记$|昨|你|我|他|大家)")


def _query(said: Said) -> Found | None:
    words = said.words
    if len(words) > 60 or ((_PUBLISH.search(words) or _TITLED.search(said.line)) and not _NO_PUBLISH.search(_head(words))):
        return None
    again, listed = _AGAIN.search(words), _LIST.search(words)
    event = event_words.event(words)
    planned = _PLANNED.search(words)
    held = _WHEN_HELD.search(words) and (event or event_words.named(words) or "开会" in words or "会" in words)
    if not (again or listed or planned or held) or (_NOT_QUERY.search(words) and not _ABOUT.search(words)):
        return None
    return Found(_query_slots(said, event), LIKELY if again or listed else MAYBE)


def _query_slots(said: Said, event: str) -> dict[str, object]:
    words = said.words
    slots: dict[str, object] = {}
    day = next((each.day for each in days.find(words, said.setting.at) if each.day is not None), None)
    if day is not None:
        slots["date"] = f"{day}"
    elif week := next((name for name, pattern in _WEEK_WORDS if pattern.search(words)), ""):
        slots["week"] = week
    about = _ABOUT.search(days.without(words, days.find(words, said.setting.at), "的"))
    if event:
        slots["topic"] = event
    elif about and not _NO_TOPIC.search(about["topic"]):
        slots["topic"] = about["topic"]
    return slots


_NOTICE_CUES = (
    "通知",
    "公告",
    "公示",
    "通告",
    "告示",
    "消息",
    "提醒",
    "告",
    "群",
    "这",
    "上面",
    "下面",
    "刚才",
    "announce",
    "notice",
    "tong",
)
_QUERY_CUES_TOLD = (
    "干|做什么|做啥|通知|公告|公示|消息|提醒|安排|活动|会|时间|日程|党日|党课|任务|事|notice|announcement|when|where|"
    "植树|慰问|学习|组织生活|通告"
)
_QUERY_CUES = tuple(_QUERY_CUES_TOLD.split("|"))

RULES: tuple[Rule, ...] = (
    Rule("announce_publish", _publish, _NOTICE_CUES, why="something is to be announced"),
    Rule("announce_publish", _called_out, why="a message to everybody"),
    Rule("announce_query", _query, _QUERY_CUES, why="asks for what was announced"),
)

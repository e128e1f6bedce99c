"""How often, when and about what the bot may write."""

from bot.language import dates, days
from bot.language.rule import LIKELY, MAYBE, SURE, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_NO = (
    r"(?:别|不要|不用|不准|不许|不想|不必|甭|莫|勿|少(?![年数女])|停止?(?![车电水工课])|关(?:掉|闭|"
    r"了)?(?![系于心注爱节键])|取消|屏蔽|暂停|请勿|免|不|拒收|退订|别再|stop|"
    r"不想|先别|先不|暂时不?|don't|no|turn off|bie|bu yao)"
)
_SEND = (
    r"(?:发|推送?|提醒|打扰|烦|吵|催|通知|响|叮咚?|震|嘀|叫|找|弹|收|接收|来|吱声|说话|@|消息|信息|send|remind|message|disturb|notify|"
    r"notif|fa|ti ?xing)"
)
_BY_DAY = (
    "(?:等?(?:到)?(?:白天|早上|明早|第二天|次日|天亮|起床|睡醒)(?:了|以后|之后|后)?(?:再|才)(?:给我|来|跟我"
    "|通知我|)(?:发|推|说|提醒|通知|联系))"
)
_WHEN_AWAKE = Pattern(_BY_DAY)
_REFUSES = Pattern(
    rf"{_NO}.{{0,10}}{_SEND}|(?:提醒|推送|通知|消息|信息|学习|党课|早报|新闻|每天一题|每日一题).{{0,5}}(?:关|停|取消|"
    rf"屏蔽|不要|别发|不用|少发|太多|少一?点|免了|退订)|免打扰|勿扰|静音|消音|安静|mute|quiet|do not disturb|(?:别|不要|"
    rf"停|取消|不用|关)(?:了|掉|再)?(?:我的?)?(?:每天一题|每日一题|学习推送|早报|新闻|提醒|推送|手机报)|不看(?:早报|"
    rf"新闻|推送)|{_BY_DAY}"
)
_NOT_SETTING = Pattern(
    r"交一次|收缴|汇总一下|汇总情况|党费汇总|数据|资料|我所有|全部信息|所有的?信息|组织关系|谁|怎么(?!关|设|调|停|取消|才能)|为什么|"
    r"(?:他|她|群里|大家|你们|"
    r"老板|公司|厂里).{0,6}(?:别|不要|不)发|别人|发言|"
    r"发火|发票|发工资|发钱|发烧|发现|发展|发表|发起|发给(?!我)|发到|发脾气|不发(?:工资|钱)|别找(?:我)?借|没收到|还没|"
    r"党组织|位置|名字|红包|广告|"
    r"不好意思|不客气|再发一|补发|别忘|不要忘|不要错过|不要迟到|转发|不要打架|别取消|不要取消"
)
_HOURS = Pattern(
    r"(?P<span>(?:从)?(?:凌晨|早上|上午|中午|下午|傍晚|晚上|夜里|晚|早)?[0-9一二两三四五六七八九十]{1,3}(?:点钟?|时|"
    r":[0-9]{2})?半?(?:到|至|-|~|—)(?:第二天|次日|明天)?(?:凌晨|早上|上午|中午|下午|傍晚|晚上|晚|"
    r"早)?[0-9一二两三四五六七八九十]{1,3}(?:点钟?|时|:[0-9]{2})?半?)"
)
_AFTER = Pattern(r"^(?:以后|之后|后|过后|往后)")
_BEFORE = Pattern(r"^(?:以前|之前|前)")
_QUIET = (
    ("night", Pattern(r"晚上|凌晨|夜里|夜间|半夜|深夜|大半夜|睡觉|睡了|晚间|夜班后|夜晚|at night|nights?|wan ?shang")),
    ("weekend", Pattern(r"周末|双休|周[六日天]|星期[六日天]|礼拜[六日天]|周六日|星期六日|weekends?")),
    ("noon", Pattern(r"中午|午休|午睡|午间")),
    ("work_hours", Pattern(r"上班(?:时间|的时候|期间|时)?|工作时间|白天|干活(?:的时候|时)|work(?:ing)? hours|at work")),
    ("morning", Pattern(r"早上|大清早|一大早|清早|早晨")),
)
_MODES = (
    (
        "normal",
        Pattern(
            r"(?:恢复|重新|照常|正常|继续|可以).{0,4}(?:发|提醒|推送|通知|接收|打扰)|恢复正常|恢复(?:提醒|推送|消息)|"
            r"(?:打开|开启|开).{0,3}(?:提醒|推送|消息)|解除(?:静音|免打扰|勿扰)|取消(?:静音|免打扰|勿扰)|unmute|"
            r"back to normal|resume"
        ),
    ),
    (
        "monthly",
        Pattern(
            r"(?:一个?月|每个?月|每月|月底|一月|月末)(?:[^,;。]{0,4}(?:一|1)[次条回封]|.{0,6}(?:汇总|合并|一起|总共|"
            r"集中|打包|发|说))|monthly|once a month"
        ),
    ),
    (
        "weekly",
        Pattern(
            r"(?:一周|每周|一个?星期|每个?星期|一礼拜|周末)(?:[^,;。]{0,4}(?:一|1)[次条回封]|.{0,6}(?:汇总|合并|一起|"
            r"集中|打包))|weekly|once a week"
        ),
    ),
    ("daily", Pattern(r"(?:一天|每天|每日)[^,;。]{0,4}(?:(?:一|1)[次条回封]|汇总|合并|集中)|daily digest|once a day")),
    (
        "important",
        Pattern(
            r"(?:只|光|就|仅).{0,3}(?:发|推|提醒|要|收|通知|说|告诉我?)?.{0,3}(?:重要|要紧|紧急|急事|要事|大事|必要|"
            r"关键)|除了(?:重要|要紧|紧急|急)的?.{0,6}(?:别|不)|没(?:什么|有)?(?:重要|要紧|急)的?事?(?:就)?(?:别|不)|"
            r"不(?:重要|要紧)的.{0,4}(?:别|不)|(?:重要|要紧|"
            r"紧急|急)的?(?:事)?(?:再|才)(?:发|提醒|通知|找|说)|"
            r"only important|important only"
        ),
    ),
    (
        "text",
        Pattern(
            r"省流量|流量(?:少|不多|贵|不够|不足)|(?:只|就|光)(?:发|要|收)文字|别发图|不要(?:发)?图|别发视频|"
            r"(?:纯)?文字(?:版)?(?:就行|就好|的就行)|low bandwidth"
        ),
    ),
    ("sms", Pattern(r"(?:改|换|用|走|以后|都|请)?(?:发|用)?短信(?:提醒|通知|联系|发|就行|给我)")),
    (
        "digest",
        Pattern(
            r"汇总|合并|攒(?:着|到|一起)|集中|打包|一起发|一块发|digest|少发|少(?:给我|跟我|再)?(?:发|推)|少推|少提醒"
            r"|发(?:得)?太多|提醒太多|"
            r"消息太多|太频繁|少一?点|\bless\b"
        ),
    ),
)
_TOPICS = (
    ("dues", Pattern(r"党费|交钱|缴费|dues")),
    ("quiz", Pattern(r"每[天日]一题|题目?|quiz")),
    ("study", Pattern(r"学习|党课|微课|上课|发课|课程?|lessons?|study")),
    ("checkin", Pattern(r"签到|打卡|check-?in")),
    ("news", Pattern(r"新闻|早班车|早报|手机报|画说家乡|家乡图|news")),
    ("event", Pattern(r"会议|开会|活动|主题党日|组织生活|meetings?|events?")),
    ("notice", Pattern(r"公告|群通知|notices?")),
    ("aid", Pattern(r"求助|捐款|募捐")),
    ("jobs", Pattern(r"招工|招聘|工作信息|jobs?")),
)
_ALL = Pattern(
    rf"(?:什么|啥|所有|全部|一切|任何|统统|都).{{0,6}}{_SEND}|{_NO}(?:再|给我|老|总|一直|一天到晚|整天|天天|成天|动不动"
    rf"|没完没了|经常|频繁|又|跟我|向我|,)*(?:发|推送?|提醒|"
    rf"打扰|烦|吵|催|叫|找|@)(?:我|消息|信息|东西|提醒|推送|通知|短信|任何|一下|这些|那些|了|啦|吧|哈)*$|免打扰|勿扰|静音"
    rf"|消音|mute|安静|don't (?:disturb|"
    rf"message|send)|stop (?:sending|messag|remind|notif)|(?:提醒|推送|消息|通知|信息)(?:都|先|给我|帮我|暂时|全|统统|也"
    rf"|请)*(?:关|停|取消|屏蔽|免了)"
)


def _settings(said: Said) -> Found | None:
    words = said.words
    if not 0 < len(words) <= 60 or _NOT_SETTING.search(words):
        return None
    mode = next((name for name, pattern in _MODES if pattern.search(words)), "")
    refuses = _REFUSES.search(words) is not None
    if not refuses and not (mode and _MODE_ALONE.search(words)):
        return None
    slots: dict[str, object] = {}
    topic = next((name for name, pattern in _TOPICS if pattern.search(words)), "")
    quiet = quiet_of(said) if mode != "normal" else ""
    if mode and not (quiet and mode in {"weekly", "digest"}):
        slots["mode"] = mode
    if (
        refuses
        and mode not in {"normal", "monthly", "weekly", "daily", "important", "digest", "text"}
        and (topic or (not quiet and _ALL.search(words)))
    ):
        slots["mute"] = topic or True
    if quiet:
        slots["quiet"] = quiet
    if not slots:
        return None
    if _WHEN_AWAKE.search(words) and not said.setting.in_group:
        return Found(slots, SURE)
    return Found(slots, LIKELY if topic or quiet or mode else MAYBE)


_LATE = Pattern("晚|夜|凌晨|睡|night|wan")
_MODE_ALONE = Pattern(rf"{_SEND}|汇总|合并|一次|一条|恢复|短信|流量|文字|图|digest|less|normal|once|monthly|weekly")


def quiet_of(said: Said) -> str:
    """When nothing is to be sent: 22:00-07:00, 22:00后, or night, weekend, noon, work_hours, morning; empty where none is said."""
    words = said.words
    if spoken := _HOURS.search(words):
        span = dates.hours(spoken["span"].replace("第二天", "").replace("次日", "").replace("明天", ""))
        if span is not None:
            return f"{span[0]:02}:00-{span[1]:02}:00"
    clocked = next((each for each in days.find(words, said.setting.at) if each.clock is not None), None)
    if clocked is not None and clocked.clock is not None:
        rest = words[clocked.end :]
        late = not clocked.part and 7 <= clocked.clock.hour < 12
        hour = f"{(clocked.clock.hour + 12 * late):02}:{clocked.clock.minute:02}"
        rest = "以后" if words[: clocked.start].endswith(("过了", "过")) else rest
        if _AFTER.match(rest) and _LATE.search(words[: clocked.end]):
            return "night"
        return f"{hour}后" if _AFTER.match(rest) else f"{hour}前" if _BEFORE.match(rest) else hour
    if _WHEN_AWAKE.search(words):
        return "night"
    refused = next((part for part in said.parts if _REFUSES.search(part) and any(each.search(part) for _, each in _QUIET)), words)
    return next((name for name, pattern in _QUIET if pattern.search(refused)), "")


_CUES_TOLD = (
    "响|叮|震|叫|急事|重要|要紧|一条|一次|每月|每周|一题|不要|发|推|提醒|打扰|扰|静音|安静|消音|烦|吵|催|汇总|合并|恢复"
    "|短信|流量|消息|通知|信息|"
    "关|停|退订|屏蔽|quiet|mute|remind|"
    "messag|digest|notif|disturb|once a|monthly|weekly|send|ti|fa|太多|图"
)
_CUES = tuple(_CUES_TOLD.split("|"))

RULES: tuple[Rule, ...] = (Rule("remind_settings", _settings, _CUES, why="how and when the bot may write"),)

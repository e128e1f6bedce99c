"""The intents of people: whom somebody knows, what a secretary enters for somebody, who looks after whom, accounts."""

from typing import Any

from bot.language import named_places, persons, place_slots
from bot.language.normalise import HAN
from bot.language.numerals import number
from bot.language.persons import ONE
from bot.language.requests import core
from bot.language.rule import LIKELY, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_THERE = "在到去住回来了往抵居"
"""Characters behind which a place is where somebody is."""


# 党员找党员

_KNOWS = (
    Pattern(f"(?P<name>{ONE})(?:同志)?[, ]?(?:我|俺)(?:对(?:他|她))?有(?:点)?印象"),
    Pattern(f"(?P<name>{ONE})(?:同志)?(?:跟|和)?(?:我|俺|咱)们?(?:是)?(?:一个|同一?个?|一起)(?:车间|厂|村|镇|队|工地|班|公司|支部|学校)"),
    Pattern(f"(?:^|[,。说:])(?P<name>{ONE})(?:同志)?[?,:]? ?[^。?]{{0,14}}(?:我们?(?:也|是|都|还|一直|经常|常|时常|偶尔|跟[他她])*"
        "(?:认识|认得|熟|知道|见过|有联系|(?<=[直常还])联系|保持着?联系|有[他她](?:的)?(?:电话|微信|联系))"
        "|(?:他|她)?也?是(?:个|名|咱们?村的?|我们村的?)?(?:老)?党员)"),
    Pattern(f"有(?P<name>{ONE})(?:同志)?的(?:消息|下落|音信|联系|微信)"),
    Pattern(f"(?:我|俺)(?:跟|和|与)(?P<name>{ONE})(?:同志)?(?:是|在|都在)?[^,。]{{0,3}}(?:一个|同|老乡|战友|邻居|朋友|发小"
        "|亲戚|亲家|工友)"),
    Pattern(f"(?P<name>{ONE})(?:同志|这个人|这人|他|她)?[,， ]?(?:我|俺|咱|我们)(?:是|也|都|倒|可|还)?(?:认识|认得|知道|熟"
        "|见过|晓得|有(?:他|她)?(?:的)?(?:联系|微信|电话)"
        "|联系(?:得)?上|能联系)"),
    Pattern("(?:我|俺|咱|我们)?(?:是|也|好像|都)?(?:认识|认得|知道|熟悉?|晓得|见过|见到|碰到|碰见|遇到|遇见|联系上|联系到"
        "|找到|打听到|撞见)(?:了|过)?(?:一?个|一?位|有个)?(?:咱们?|我们)?(?:村"
        f"|支部|镇)?(?:的)?(?:老?党员|老乡|同志|人)?(?:叫|名叫|是)?(?P<name>{ONE})"),
    Pattern(f"(?P<name>{ONE})(?:同志)?(?:是|跟|和|就是|也是)我[^,。]{{0,6}}(?:老乡|同学|战友|邻居|朋友|亲戚|同事|工友"
        "|表[哥弟姐妹]|堂[哥弟姐妹]|舅|叔|一个厂|一个村|一个镇|一个队|同乡|一起|同厂|同村)"),
    Pattern("(?:你们?|支部|书记|咱们?|群里|大家)?(?:要|在|一直|想)?(?:找"
        f"|寻找|联系)(?:不到|不上)?的?(?:那个)?(?P<name>{ONE})(?:同志)?[,， ]?(?:他|她|人|就|现在|好像|应该)?(?:在|跟"
        "|和|是|住|我)"),
    Pattern(f"(?:有|还有)(?:一)?(?:个|位|名)?(?:流动|老|年轻)?(?:党员|老乡|同志)[,， ]?(?:名?叫|是|姓名)(?P<name>{ONE})"),
    Pattern(f"(?P<name>{ONE})(?:同志)?(?:也是|是)(?:咱们?|我们)?(?:村|支部|镇|老家)?(?:的|里的)?(?:老)?(?:流动)?党员"),
    Pattern("(?:能不能|能|可以)?(?:帮我|帮忙|想|要|麻烦|请|谁能)?(?:找一?找|找一?下|寻找|找(?!工|个)|打听(?:一下)?|找找"
        "|联系(?:一下)?)(?:老?党员|战友|同志|老乡|我的?战友"
        f"|我的?老乡)?(?:叫)?(?P<name>{ONE})"),
    Pattern(f"(?:谁|有人|哪位|有没有人|大家|你们)(?:有|能|还)?(?:认识|知道|晓得|联系(?:得)?上|见过)(?P<name>{ONE})"),
    Pattern(f"(?P<name>{ONE})(?:同志)?(?:失联|联系不上|有(?:没有)?(?:人)?(?:消息|下落|音信)|的下落|去哪了?谁)"),
    Pattern(f"听说(?P<name>{ONE})(?:同志)?(?:也|现在)*(?:在|去|到|是)[^。]{{0,16}}(?:谁|有人|能不能|想|帮|请)[^。]{{0,6}}(?:认识|联系|找)"),
    Pattern("(?:i know|i met|i've met|i found) (?P<latin>[a-z]+(?: (?!in |at |he |she )[a-z]+)?)"),
)  # fmt: skip
_SOMEBODY = "(?:同志|党员|老乡|战友|同乡|兄弟|熟人|伙伴|乡亲|咱们?的?人|我们的?人|自己人|咱村的?|同村的?|支部的?人|认识的人?)"
_AT_PLACE = Pattern(
    f"(?:有没有|有|还有)(?:没有)?(?:哪位|哪个|谁|什么|一起|几个|别的|其他)?(?:的)?{_SOMEBODY}(?:们)?(?:也|现在|是|正)*在"
    f"|(?:咱们?|我们|支部|群里?|村里?)?(?:的)?(?:支部|村里?|群里?)?(?:里|的|里面)?(?:还)?(?:有谁|还有谁|谁|有没有谁|哪位"
    f"|哪些人|哪个|有没有人|有人)(?:同志|党员)?(?:也|还|现在|是|人|们|正)*在"
    f"|(?:想|要|帮我|帮忙|能不能|可以|麻烦)(?:找|认识|联系|结识|见见|介绍)(?:找|一下|下|认识|几个|个|一个)*(?:同样|也"
    f"|人)?在(?=[^,。]{{2,10}}的?{_SOMEBODY})"
)
_FROM_THERE = Pattern(
    "(?:那边|这边|市|当地|附近)?(?:的)?(?:有没有|有)(?:哪位|哪个|什么|一起|几个)?(?:咱们?|我们)?(?:支部|村里?|镇上?"
    "|老家)?(?:的)?(?:同志|老乡|战友|同乡|熟人"
    "|伙伴|乡亲|同村的?|自己的?党员|党员)(?:党员|同志|们)?(?:在)?(?:吗"
    "|没|不|啊|呢|呀)?(?:$|[,。?])"
)
_WISHES = Pattern("认识|联系|找|一起|聚|互相|照应|搭把手|帮|有没有|有谁|吗|没有?$|谁|哪位")
_COUNTED = Pattern("几个|多少|几面|数|多不多|分布|如果|听说|转发|开会|会议|值班|看见|烦|笑")


def _at_place(said: Said, words: str) -> Found | None:
    """有没有同志在成都: whoever is there and wants to be found."""
    if _COUNTED.search(words) or not (_WISHES.search(words) or said.asks):
        return None
    for at in _AT_PLACE.finditer(words):
        if where := named_places.behind(words[at.end() - 1 :], "在", said.setting.near):
            return Found(where, LIKELY)
    there = named_places.begins(words, said.setting.near) if _FROM_THERE.search(words) else None
    return Found(there[0], LIKELY) if there and _FROM_THERE.match(words[there[1] :]) else None


_NAMELESS = Pattern(
    "(?:认识|知道|碰到|遇到|见到|有|发现)(?:了)?(?:一?个|一?位|几个|两个|一名|几名)(?:咱们?|我们)?(?:村|支部|镇|老家"
    "|县)?(?:的|里的)?(?:老|流动|年轻)?党员[^。]{0,12}(?:没|找不到|不知道|联系|在)"
)
_HAS = Pattern("我有(?:他|她)的?(?:电话|微信|联系)")
_WHERE = Pattern("在(?:哪|什么地方|啥地方)[^,。]{0,3}(?:吗|不|么)?$")
_NOT_FINDING = Pattern(
    "(?:电话|手机号?|号码|微信号?|联系方式|地址|住址|身份证|位置|定位)(?:是)?(?:多少|给我|发我|发一?下|告诉我|有吗"
    "|$)|如果|要是|^(?:我|俺)?听说(?!.{2,30}(?:认识|联系|找))|听说(?![他她人现最]|也|在|是|去|住|就)|认识(?:到|你"
    "|很高兴)|同意|赞成|反对|党费"
    "|认识不足|转发|补录|联系人|负责|表决|投"
)


def _find(said: Said) -> Found | None:
    """A member whom somebody knows or looks for (党员找党员). Nothing of them is kept before they agree."""
    words = _REPORTED.sub("", core(said.words))
    if len(words) > 80 or (_NOT_FINDING.search(words) and not _HAS.search(words)) or _WHERE.search(words):
        return None
    sure = LIKELY if said.setting.in_group else _KNOWN
    for pattern in _KNOWS:
        if (known := pattern.search(words)) is None:
            continue
        if "latin" in known.groupdict():
            return Found({"name": known["latin"].title(), **place_slots.first(words[known.end() :], said.setting.near)}, LIKELY)
        name = _exact(known["name"], words[known.end("name") : known.end("name") + 1])
        if name and not place_slots.of_words(name):
            return Found({"name": name, **named_places.behind(words, _THERE, said.setting.near)}, sure)
    if _NAMELESS.search(words):
        return Found(named_places.behind(words, _THERE, said.setting.near), LIKELY)
    return _at_place(said, words)


_REPORTED = Pattern("^(?:向|给|跟|和)(?:支部|党?组织|书记|大家)(?:反映|报告|汇报|说|讲)(?:一?下|个事|一声)?[:,]?(?=.)")
_KNOWN = 0.96
"""In private above the place of the speaker, which the place of somebody known could be taken for."""


def _exact(name: str, behind: str) -> str:
    """The name that a pattern caught, without the words that it caught, too."""
    first = next(persons.every(name + behind), "")
    return first if name.startswith(first or "-") or not persons.may_be(name) else name


# 补录

_ENTRY = Pattern(
    "补录|补登记?|补记(?!忆)|代录|代登记|代为登记|线下登记|手工登记|手动登记|线下补|帮(?:他|她|忙)(?:补|记|登记|录)"
    "|替(?:他|她)(?:补|记|登记|录)|"
    f"(?:帮|替|给|代)(?:{ONE})(?:同志)?(?:补|记|登记|录|签|报)(?!忆)|(?:记|登记|录入|记录|录|补)(?:一?下|上|到系统|进去|到台账)$|bu ?lu"
)
_VIA = (
    ("phone", Pattern("电话|来电|通话|打来|打给|手机里?说|call|phone")),
    ("sms", Pattern("短信|发信息")),
    ("wechat", Pattern("微信|wechat")),
    ("qq", Pattern("qq")),
    ("video", Pattern("视频")),
    ("paper", Pattern("纸质|手写|书面|纸条|纸面|签到表|签到簿|签到本|纸上|表格|写了张|paper")),
    ("letter", Pattern("来信|寄信|信里|信件|寄来")),
    ("visit", Pattern("上门|走访|家访|当面|入户|探访|见面|到家|登门")),
    ("radio", Pattern("广播|收音机")),
    ("family", Pattern("家属|家人|家里人|老婆|爱人|儿子|女儿|母亲|父亲|他妈|他爸|媳妇")),
)  # fmt: skip
_INNER = (
    ("dues_pay_claim", Pattern("党费|交费|缴费|档费")),
    ("thought_report", Pattern("思想汇报")),
    ("reflection_submit", Pattern("体会|心得|感想")),
    ("leave_request", Pattern("请假|请个假|来不了|参加不了|不能参加")),
    ("study_done", Pattern("学习|学完|听(?:了|完)|看(?:了|完)|课|读(?:了|完)")),
    ("return_report", Pattern("回来了|返乡|回村了|回老家了|回家了|到家了|回到家")),
    ("departure_report", Pattern("外出|要去|出去|出发|动身|出海|离开")),
    ("opinion_submit", Pattern("意见|建议|反映")),
    ("ack", Pattern("收到通知|收到了?公告|通知(?:已|收到|看过|知道)|已阅|公告(?:已|收到|看过|知道)")),
    ("checkin", Pattern("平安|签到|签个到|打卡|一切都好|身体好|挺好|都好|报到")),
    ("rsvp", Pattern("参加|到会|会来|要来|出席|报名")),
)  # fmt: skip
_ONSITE = Pattern(
    "(?:现场|线下|到场|会议室|室内|实到|到会)(?:有|来了?|参加|参会|签到|共|人数)?[:是]?(?P<n>[0-9]{1,3}"
    "|[一二两三四五六七八九十]{1,3})|(?P<n2>[0-9]{1,3}"
    "|[一二两三四五六七八九十]{1,3})(?:个?人|名|位)?(?:在现场|在线下|(?:现场|线下|到场)(?=$|[,。、;]))"
)
_ONLINE = Pattern(
    "(?:线上|网上|视频|在线|群里|云端|连线)(?:有|来了?|参加|参会|签到|共|接入|人数)?[:是]?(?P<n>[0-9]{1,3}"
    "|[一二两三四五六七八九十]{1,3})|(?P<n2>[0-9]{1,3}"
    "|[一二两三四五六七八九十]{1,3})(?:个?人|名|位)?(?:(?:在|通过)(?:线上|网上|视频|在线|连线)|(?:线上|网上|视频|在线|连线)(?=$|[,。、;]))"
)
_NAMED = Pattern(f"(?:补录|补登记?|补记|代录|代登记|登记|帮|替|给|把|录入|记录)?(?:一下|一个|一条|一笔)?[:, ]{{0,2}}(?P<name>{ONE})")
_BEFORE_NAME = Pattern(
    "^(?:请|麻烦|帮忙|帮|替|给|把)?(?:补录|补登记?|补记|代录|代登记|线下登记|手工登记|线下补录?|登记|录入|记录|帮|替"
    "|给)?(?:一下|一个|一条|一笔)?[:, 。、]{0,3}"
)
_TELLS = Pattern("说|打电话|来电|在|到|交|学|参加|平安|请假|回|现场|线上|线下|到会|反映|写")
_ASKS_HOW = Pattern("怎么补|如何补|补录怎么|咋补|怎么登记|可以补录吗|能补录吗")


def _entry(said: Said) -> Found | None:
    """What a secretary enters on somebody's behalf: of whom, what, and how it was heard."""
    words = core(said.words)
    started = _ENTRY.search(words) if len(words) <= 90 else None
    if started is None or _NO_ENTRY.search(words) or _ASKS_HOW.search(words):
        return None
    onsite, online = _ONSITE.search(words), _ONLINE.search(words)
    slots: dict[str, Any] = {}
    if onsite and online:
        slots = {"onsite": number(onsite["n"] or onsite["n2"]), "online": number(online["n"] or online["n2"])}
        return Found(slots, _ENTERED, args=_args(said.line))
    rest = words[_BEFORE_NAME.match(words).end() :]  # type: ignore[union-attr]  # it may match nothing, and does
    name = next(persons.every(rest), "")
    explicit = started.start() <= 2 and started[0][0] in "补代线手b"
    told = rest.replace(name, "", 1) if name else rest
    via = next((via for via, pattern in _VIA if pattern.search(told)), "")
    inner = next((inner for inner, pattern in _INNER if pattern.search(told)), "")
    where = named_places.behind(told, _THERE, said.setting.near) if inner in {"", "checkin", "return_report", "departure_report"} else {}
    if where and inner in {"", "checkin"}:
        inner = "location_update"
    if not explicit and not (name and (inner or via)):
        return None
    slots = {"name": name, "inner": inner, "via": via, **where}
    heard = said.setting.role == "secretary" and name and inner and via
    sure = _ENTERED if heard or (explicit and (name or not said.setting.in_group)) else LIKELY
    return Found({key: value for key, value in slots.items() if value}, sure, args=_args(said.line))


_NO_ENTRY = Pattern("补录取|补录分数|招生|高考|自己|如果|要是|听说|转发|我的|帮我|给我|替我")


_ENTERED = 0.97
"""Above what is entered: 补录 says for whom all that follows is meant."""


def _args(line: str) -> str:
    return line.split("补录", 1)[-1].strip(" ,:：，、。")


# 联系人

_COUNT = "(?P<count>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})"
_ADD = Pattern(
    f"(?P<liaison5>{ONE})(?:同志)?(?:那边|那里|那儿|手上|最近)?[^,。]{{0,8}},(?:再|多)?(?:分|加|派|添"
    "|安排)(?P<count5>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})(?:个|名|位)(?:人|党员|同志)?(?:给|归)(?:他|她)|"
    f"再给(?P<liaison4>{ONE})(?P<count4>[0-9]{{1,2}}|[一二两三四五六七八九十]{{1,3}})(?:个|名|位)(?:人|党员|同志)|"
    f"(?:再)?(?:给|为|帮|让|叫)(?P<liaison>{ONE})(?:同志)?(?:再|多|又)?(?:加|分|添|增加|安排|带|联系|派|分配|增|管"
    f"|负责)(?:上|个|了)?{_COUNT}(?:个|名|位)?(?:人|党员|同志)?"
    f"|(?P<liaison2>{ONE})(?:同志)?(?:那边|名下|手上|负责的)?(?:再|多)(?:加|分|添|增加|带|联系|安排|管)(?:上|个)?(?P<count2>[0-9]{{1,2}}"
    "|[一二两三四五六七八九十]{1,3})(?:个|名|位)?(?:人|党员|同志)?"
    "|(?:加|分|派|安排|分配|增加)(?P<count3>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})(?:个|名|位)?(?:人|党员"
    f"|同志)?(?:给|到)(?P<liaison3>{ONE})"
)
_PEOPLE = f"(?:(?!的)[{HAN}、, ·]){{2,40}}?"
_GIVEN = Pattern(
    f"(?:把|将|让)?(?P<members>{_PEOPLE})(?:同志)?(?:这?[一二两三四五六七八九十0-9]{{0,2}}(?:个|位|名)?(?:人"
    "|同志)?)?(?:都|就|也|以后)?(?:分|交|划|派|安排|分配"
    f"|指派|转|调|拨|归|换|给|移交)(?:配|派)?(?:给|到|由)?(?P<liaison>{ONE})(?:同志)?(?:来|去)?(?:负责)?(?:联系|管理"
    "|管|带|对接|负责|名下|帮带|包)?(?:吧|了)?"
    f"|(?:把|将)?(?P<members2>{_PEOPLE})(?:同志)?(?:的联系人|的责任人|的联络人|的联络员)?(?:都|就|以后|今后|改"
    "|换)?(?:改|换成|换|改成|改为|设为|是|为)?(?:从?(?:这个月|下个月|本月|今天|明天)起)?(?:由|归|让|是|成|为|给|换"
    f"|改)(?P<liaison2>{ONE})(?:同志)?(?:来|去)?(?:负责)?(?:联系|管理|管|带|对接|负责|帮带|包联|包)?(?:吧|了)?"
    f"|(?:让|请|叫|安排|由|派|指定|换|改由)?(?P<liaison3>{ONE})(?:同志)?(?:来|去|就|以后|今后|还)?(?:负责(?:联系|对接|管"
    "|帮带)?|联系|对接|包联|结对联系|带|管)(?:一下"
    f"|着)?(?P<members3>{_PEOPLE})(?:同志|这?[一二两三四五六七八九十0-9]{{1,2}}(?:个|位|名)(?:人|同志|党员)?)?(?:吧|了)?"
    f"|(?:给|为)(?P<members4>{_PEOPLE})(?:同志)?(?:安排|指定|分配|指派|配|设|找|定|换)(?:个|一个|一位)?(?:联系人|责任人|联络人"
    f"|联络员)[:, 是]{{0,2}}(?:换成|改成|换|是)?(?P<liaison4>{ONE})(?:同志)?(?:吧)?"
    f"|(?:让|请|由|安排)?(?P<liaison6>{ONE})(?:同志)?(?:来|去|以后)?(?:做|当|担任|是|任|作"
    f"|为)(?P<members6>{_PEOPLE})(?:同志)?的(?:联系人|联络员|责任人|联络人|包联人)(?:吧)?"
    f"|(?:把|将)?(?:联系人|联络员|责任人|联络人)(?:改成|换成|改为|换|改|定|设|是|由|安排|指定|用|让|:)(?:成|为"
    f"|给)?(?P<liaison7>{ONE})(?:同志)?[, ]?(?:来|去|由他"
    f"|由她|他|她)?(?:负责|联系|管|带|对接)(?:联系|管理)?(?P<members7>{_PEOPLE})(?:同志)?(?:吧)?"
    f"|(?:给)?(?P<liaison5>{ONE})(?:同志)?(?:的)?(?:名下|联系对象|联系名单|联系的人"
    "|联系人名单)?(?:里)?(?:再)?(?:加上?|添上?|增加|分配?)(?:联系对象"
    f"|党员)?[: ]?(?P<members5>{_PEOPLE})(?:同志)?(?:吧|了)?"
)
_APPOINT = Pattern(
    f"(?:指定|安排|任命|让|请|定|设|由|派|叫)?(?P<liaison>{ONE})(?:同志)?(?:来)?(?:当|做|为|担任|任|是"
    "|作)(?:支部)?(?:的)?(?:联系人|联络员|责任人|联络人|包联人)"
)
_FROM_NOW = Pattern(
    "^(?:把|将)?(?:从)?[^,。、]{2,4}(?:名下|手上|那里|那边)(?:负责)?的(?=[^,。]{2,20}(?:给|由|归))|^(?:联系人|联络员"
    "|责任人|包联人)(?:调整|变动|变更|安排|分工|更换)(?:一下|如下)?[:,]?|^(?:以后|今后"
    "|从(?:今天|现在|下个?月|这个?月|明天)起|从今往后)[,]?(?:就)?"
)
_NO_LONGER = Pattern(
    "^[^,。]{2,4}(?:同志)?(?:不(?:带|管|干|当|负责|联系)了?|外出了?|走了|忙不过来了?|退了|病了|住院了|调走了)[,。](?:让|把|将)?"
)
_ASSIGNS = Pattern(
    "再给|转给|分|派|担任|当|分配|交给|划给|派给|归|由|联系|负责|加|添|带|对接|联络|责任人|包联|管|安排|指派|指定|移交|换|改|拨"
)
_NOT_ASSIGNING = Pattern("钱|款|党费|报销|怎么|谁|加我|微信|好友|加班|电话|任务|项目|号|如果|听说|转发|群|孩子|会议|加油|补录|意见|投|位置")
_DENIED = Pattern(
    "^(?:不|别|甭|莫|取消)|[不没别甭](?:有|要|用|再|能|想|会|让|必|由|肯|来|去|负责)*(?:联系|对接|负责|带|管|分|安排|给|让|归)"
)
"""A denial is never an assignment: 孙丽不联系李小山了."""
_PARTED = Pattern("[、,和跟与及 ]+|以及")


_NO_LAST = "再多又也都还各先就"
"""What no name ends in, though it may stand between one and the verb."""


def _assign(said: Said) -> Found | None:
    """Who looks after whom (联系人)."""
    words = _FROM_NOW.sub("", core(said.words))
    if len(words) > 60 or said.asks or not _ASSIGNS.search(words) or _NOT_ASSIGNING.search(words):
        return None
    if _DENIED.search(_NO_LONGER.sub("", words)):
        return None
    if (add := _ADD.search(words)) is not None:
        liaison = add["liaison"] or add["liaison2"] or add["liaison3"] or add["liaison4"] or add["liaison5"]
        liaison = liaison.rstrip(_NO_LAST)
        count = number(add["count"] or add["count2"] or add["count3"] or add["count4"] or add["count5"])
        if count and (name := liaison if persons.is_person(liaison) else _exact(liaison, "")):
            return Found({"add": count, "liaison": name}, LIKELY + 0.08)
    if (given := _GIVEN.fullmatch(words) or _GIVEN.fullmatch(_NO_LONGER.sub("", words))) is not None:
        found = {key.rstrip("234567"): value for key, value in given.groupdict().items() if value}
        members = [each.removesuffix("同志") for each in _PARTED.split(found["members"]) if each]
        liaison = persons.first(found["liaison"])
        if liaison and members and all(map(persons.is_person, members)):
            sure = LIKELY if said.setting.in_group else _ENTERED
            return Found({"liaison": liaison, "members": members}, sure)
    if (appointed := _APPOINT.search(words)) is not None and persons.is_person(appointed["liaison"]):
        return Found({"liaison": appointed["liaison"]}, LIKELY)
    return None


_FIND_MEMBER_CUES = (
    "印象 一个 同一 发小 有他 有她 我跟 我和 认识 认得 知道 熟 见过 见到 碰到 碰见 遇到 遇见 联系 找 打听 有没有 有谁 谁 哪位 有老乡 "
    "党员 老乡 同学 战友 邻居 朋友 亲戚 同事 工友 表 堂 消息 下落 失联 晓得 know met "
    "found"
)
_PROXY_ENTRY_CUES = "代 补 代录 代登 登记 帮 替 记 录 bu"
_ASSIGN_LIAISON_CUES = "转 换 给 联系 负责 由 归 加 对接 责任人 联络 带 管 让"
RULES: tuple[Rule, ...] = (
    Rule(
        "find_member",
        _find,
        tuple(_FIND_MEMBER_CUES.split()),
        why="认识或在找一位党员",
    ),
    Rule("proxy_entry", _entry, tuple(_PROXY_ENTRY_CUES.split()), why="替同志补录"),
    Rule("assign_liaison", _assign, tuple(_ASSIGN_LIAISON_CUES.split()), why="安排联系人"),
)

"""What people say of going away and coming back: since when, for how long, where to, why, at which firm, under which number."""

from datetime import date
from typing import Any

from bot.language import place_reasons
from bot.language.normalise import HAN
from bot.language.numerals import NUMERAL, number
from bot.language.place_dates import day
from bot.patterns import Pattern

_SPAN = Pattern(
    rf"(?<![0-9一二两三四五六七八九十过这前上下第每几月])(?:(?P<half>半)|(?P<count>{NUMERAL}|俩|仨))(?P<and_half>个半)?(?:个|来)?"
    r"(?P<unit>天|日(?!起|[前后]?[去到走出])|周|星期|礼拜|个?月(?!份|[0-9一二三四五六七八九十]|底|初|中|末)|年(?!底|初|前|后|级|[0-9]"
    r"|货))(?P<more>半)?(?!(?:[之以]?后|过后)(?!(?:就|才|再)?能?(?:回|返|靠|上岸))|前|起)"
    r"|(?:for |about )(?P<english>[0-9]{1,3}|an?|one|two|three|six|half a) (?P<english_unit>day|week|month|year)s?"
)
_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "day": 1, "week": 7}
_ENGLISH = {"a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "six": 6.0, "half a": 0.5}
_SOME = {"俩": 2, "仨": 3}
_MOST = 999
_RETURN = Pattern(
    r"(?:直?到|至|(?:until|till|to) )(?P<when>(?:(?:20[0-9]{2}|今|明|后)年)?"
    rf"(?:{NUMERAL}月(?:{NUMERAL}[日号]?|份|初|底|中旬|末)?|年底|年末|年终|春节|过年|(?<=年)底)"
    r"|20[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|(?:the )?end of the year)(?!.{0,2}(?:去|走|出发|动身))"
)
_EMPLOYER = Pattern(
    f"(?:单位|公司|厂子?|工厂|用人单位|用工单位|企业|雇主|老板|东家|工作单位|厂家|就业单位)(?:名称|名字|名)?(?:叫做?|是|为|名叫"
    f"|[:])(?:个)?(?P<name>[{HAN}a-z0-9()]{{2,24}})"
    f"|(?:^|[,;。 ])(?:用人单位|用工单位|单位|公司|工厂|厂名)(?![安派给让在说通包有要不是叫为的]|组织"
    f"|领导)[:]?(?P<plain>[{HAN}]{{2,14}})(?=[,;。 ]|$)"
    f"|(?:在|去|到|进|给|入职)(?:了)?(?:一家)?(?P<firm>[{HAN}a-z]{{2,14}}(?:有限公司|集团公司?|股份公司|公司|集团))(?:上班|工作|打工"
    f"|务工|干活|当|做|$)"
    r"|(?:employer|company|working for|work for|at) (?:is |called |named )?(?P<english>[a-z][a-z0-9&. ]{2,30}?(?: electronics| ltd"
    r"| co| company| factory| group))(?=$|[,.])"
)
_NO_FIRM = Pattern("^(?:一家|某|那家|这家|哪家|什么|我们|咱们|老乡的|朋友的|新|原来的|外地的?|别的)")
_PHONE = Pattern(r"(?<![0-9])(1[3-9][0-9](?:[ -]?[0-9]{4}){2}|0[0-9]{2,3}-[0-9]{7,8})(?![0-9])")
LOW = Pattern(
    "(?:信号|网络?|流量)(?:可能|会|很|太|不太|特别|比较|也|都|非常|基本)?(?:不好|差|弱|不稳定?|不行|没有|断|不够|时有时无|时断时续|少"
    "|慢|没)|(?:没有?|没什么|收不到|基本没|无|缺)(?:啥|什么)?(?:信号|网络?)"
    "|(?:有|要紧|急|重要).{0,4}事.{0,6}短信|发短信|打电话就行|上不了网|连不上网|断网|no signal|bad signal|poor signal|weak signal"
    "|text me|sms|no internet|mei xin ?hao"
)
_KINDS = (
    ("at_sea", Pattern("出海|开渔|下海(?!关)|上船|出远海|远洋|海上|船上|渔船|渔船上|捕鱼|打鱼|跑船|开船|跟船|at sea|to sea|on (?:the"
            "|a) (?:ship|boat)|chu ?hai|kai ?yu")),
    ("underground", Pattern("下井|井下|下矿|矿井|矿下|隧道|地下|underground|in the mine")),
    ("mountain", Pattern("进山|上山|(?<![昆中佛舟黄唐乐眉鞍萧])山[里上](?![班学工车])"
            "|深山|大山|山区|林区|牧区|草原深处|护林|in the mountains?")),
    ("abroad", Pattern("出国|国外|境外|海外|外国|abroad|overseas")),
    ("on_road", Pattern("跑长途|跑大车|开大车|跑运输|跑货运|开货车|路上跑|on the road")),
)  # fmt: skip
OCCASIONS = (
    ("春节", Pattern("春节|腊月|正月(?!十五)|过年|年三十|除夕|大年|新年|年底|年前|年关|春运|过大年|spring festival|new year|guo ?nian"
            "|chun ?jie")),
    ("清明", Pattern("清明|扫墓|上坟|祭祖|qing ?ming")),
    ("五一", Pattern("五一|劳动节|may day|labou?r day|wu ?yi")),
    ("端午", Pattern("端午|duan ?wu")),
    ("中秋", Pattern("中秋|八月十五|zhong ?qiu")),
    ("国庆", Pattern("国庆|十一(?!月|[日号点岁个])|national day|guo ?qing")),
    ("元旦", Pattern("元旦|yuan ?dan")),
    ("元宵", Pattern("元宵|正月十五")),
    ("秋收", Pattern("秋收|收稻|收玉米|收秋")),
    ("农忙", Pattern("农忙|收麦|割麦|麦收|双抢|插秧|春耕|收割")),
    ("暑假", Pattern("暑假")),
    ("寒假", Pattern("寒假")),
    ("婚礼", Pattern("结婚|婚礼|喝喜酒|喜酒|办喜事|办婚事|订婚")),
    ("丧事", Pattern("奔丧|丧事|白事|葬礼|送葬|办后事")),
    ("探亲", Pattern("探亲|看望?(?:父母|老人|爸妈|孩子|家人)")),
)  # fmt: skip


def return_said(words: str) -> str:
    """What follows 到 where it is the day of the return: 4月1日, 年底; empty where no such day is said."""
    said = _RETURN.search(words)
    return said["when"] if said else ""


def without_return(words: str) -> str:
    """Words without the day of the return, which is not the day of leaving."""
    return _RETURN.sub("", words)


def details(words: str, today: date) -> dict[str, Any]:
    """What a report of going away says besides the place: date_from, durations, employer, phone, kind of place, bad signal, reason."""
    found: dict[str, Any] = {}
    if when := day(_PHONE.sub("", without_return(words)), today, ahead=True):
        found["date_from"] = when.isoformat()
    found |= duration(words)
    if phone := _PHONE.search(words):
        found["phone"] = phone[1].replace(" ", "") if phone[1][0] == "0" else phone[1].replace(" ", "").replace("-", "")
    if kind := next((kind for kind, said in _KINDS if said.search(words)), None):
        found["place_kind"] = kind
    if LOW.search(words):
        found["low_bandwidth"] = True
    if reason := place_reasons.of_leaving(_EMPLOYER.sub("", words)):
        found["reason"] = reason
    return found


def duration(words: str) -> dict[str, int]:
    """For how long: whole months as duration_months, anything else as duration_days; {} where nothing is said."""
    said = _SPAN.search(words)
    if said is None:
        return {}
    unit = (said["unit"] or said["english_unit"]).removeprefix("个")
    count = (
        _ENGLISH.get(said["english"]) or float(said["english"])
        if said["english"]
        else 0.5
        if said["half"]
        else float(_SOME.get(said["count"]) or number(said["count"]) or 0)
    )
    if not said["english"]:
        count += 0.5 * bool(said["and_half"] or said["more"])
    if unit in {"月", "month", "年", "year"}:
        months = count * (12 if unit in {"年", "year"} else 1)
        return {"duration_months": int(months)} if months == int(months) and 0 < months <= _MOST else _days(months * 30)
    return _days(count * _DAYS[unit])


def _days(count: float) -> dict[str, int]:
    return {"duration_days": int(count)} if 0 < count <= _MOST and count == int(count) else {}


def employer(line: str) -> str | None:
    """The firm that is named; `line` as typed, so that its letters keep their case."""
    said = _EMPLOYER.search(line.casefold())
    if said is None:
        return None
    group = next(name for name in ("name", "plain", "firm", "english") if said[name])
    named = line[said.start(group) : said.end(group)].strip() if len(line.casefold()) == len(line) else said[group].strip()
    return None if _NO_FIRM.match(named) else named


def occasion(words: str) -> str | None:
    """On which occasion somebody comes home: 春节, 清明, 秋收; a feast as it is said, 清明节 or 清明."""
    name = next((name for name, said in OCCASIONS if said.search(words)), None)
    return f"{name}节" if name in _FEASTS and f"{name}节" in words else name


_FEASTS = frozenset({"清明", "端午", "中秋", "国庆", "元宵"})

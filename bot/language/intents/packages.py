"""Packages from home: where to send one, whether it is on its way, that it came."""

from bot.language import addresses
from bot.language.as_written import typed
from bot.language.rule import LIKELY, MAYBE, SURE, Found, Rule
from bot.language.said import Said
from bot.language.sureness import ANSWERED, if_private
from bot.patterns import Pattern

_GIFTS = "礼包|包裹|邮包|邮件包|红包裹|慰问品|学习包|爱心包|大礼包|书包裹|家乡特产"
_THINGS = (
    f"{_GIFTS}|快递|寄来的[^,。!?]{{0,8}}|寄的[^,。!?]{{0,8}}|党章|党徽|党史书籍?|学习资料|学习笔记本|笔记本|书籍?"
    "|家乡的?照片|东西|资料|特产|慰问信|package|parcel|gift|li ?bao"
)
_CAME = "收到了?|到了|拿到了?|领到了?|取到了?|取了|签收了?|已收|收悉|送到了|到手了?|寄到了|received|arrived|got (?:the|my)"
_RECEIVED = Pattern(
    f"(?:{_THINGS})[^,。!?]{{0,6}}(?:{_CAME})|(?:{_CAME})[^,。!?]{{0,10}}(?:{_THINGS})|shou ?dao.{{0,6}}(?:li ?bao"
    f"|bao ?guo)|(?:li ?bao|bao ?guo).{{0,6}}shou ?dao|received (?:the|my) (?:package|parcel|gift)"
)
_NOT_RECEIVED = Pattern(
    "没|未|不|吗|[?]|什么时候|啥时候|还要|多久|何时|怎么|谁|如果|要是|假如|到哪|哪了|等|通知|公告|党费|淘宝|京东"
    "|拼多多|外卖|网购|买的|驿站让|你的|他|她|收到请回|请大家|领了没"
)
_STRONG = Pattern(f"{_GIFTS}|党章|党徽|寄来|寄的|学习资料|package|parcel|li ?bao")


def _surely(said: Said) -> float:
    """学习资料 is what one learns from; where it is sent or has come, it is a thing."""
    return ANSWERED if not said.setting.in_group else SURE if "包" in said.words else LIKELY


def _received(said: Said) -> Found | None:
    words = said.words
    if len(words) > 60 or not _RECEIVED.search(words) or _NOT_RECEIVED.search(words):
        return None
    if addresses.has_phone(typed(said)):
        return None
    strong = _STRONG.search(words) is not None
    return Found({}, _surely(said) if strong else MAYBE)


_ASKED = Pattern(
    f"(?:{_THINGS})[^。!?]{{0,8}}(?:到哪|到了[吗没]|寄了[吗没]|寄出|发了[吗没]|发出|发货|单号|物流|什么时候|啥时候"
    "|多久|何时|几号|还没|怎么还|没收到|没到|没有收到|进度|状态|在哪|有我的|没寄|没发|寄来了?[吗没]|查一?下|呢$"
    f"|有没有我)|(?:什么时候|啥时候|何时|多久|几时|有没有|是不是|还没|没有?)[^,。!?]{{0,8}}(?:寄|发|收到"
    f"|到)[^,。!?]{{0,6}}(?:{_THINGS})|(?:查|看|问)[^,。!?]{{0,4}}(?:我的)?(?:{_GIFTS})|(?:{_GIFTS})(?:查询|物流"
    "|单号|进度)|(?:where is|has|when will) (?:my|the) (?:package|parcel|gift)"
)
_NOT_ASKED = Pattern(
    "(?:党[章史]|条例|资料|书籍?)(?:全文|原文)?(?:在|到)?(?:哪(?:里|儿)?|什么地方|怎么)(?:能|可以|才能|去)?(?:[看学读]|下载|查|找)|淘宝|京东|拼多多|外卖|网购|买的|党费|公告|通知|交了|书记什么时候|党课|听课|他的|她的|谁的|学习资料(?:在哪"
    "|怎么)|有没有学习|发我一下文件"
)


def _status(said: Said) -> Found | None:
    words = said.words
    if len(words) > 40 or _NOT_ASKED.search(words) or not _ASKED.search(words):
        return None
    gift = _GIFT.search(words) is not None
    return Found({}, _surely(said) if gift or "寄" in words else MAYBE)


_GIFT = Pattern(f"{_GIFTS}|寄来|寄的|package|parcel|gift|党徽|党章")

_SENT = Pattern(f"寄|邮|收件|收货|快递|{_GIFTS}|地址|address")
_MOVED = Pattern(
    "上班|单位|公司|打工|务工|组织关系|党费|报到|位置|所在地|出差|住址变更|调到|借钱|求助|开会|开会地址|活动地址|会议|会场|集合|哪里|吗|[?]"
)


def _address(said: Said) -> Found | None:
    line, words = typed(said), said.words
    if len(line) > _LONGEST or not (_SENT.search(words) or _SENT_WORDS.search(words) or addresses.has_phone(line)):
        return None
    read = addresses.read(line)
    parts = sum(bool(each) for each in (read.place, read.detail, read.name, read.phone))
    if parts < _LEAST or not (_is_to_be_sent(words, read) if _SENT_WORDS.search(words) else _is_whole(words, read)):
        return None
    return Found(read.slots(), SURE if parts > _LEAST else if_private(said), args=line)


_LONGEST, _LEAST = 200, 2


def _is_to_be_sent(words: str, read: addresses.Address) -> bool:
    """Whether something can be sent there, as the sentence asks for."""
    return (read.place is not None or bool(read.detail and read.phone)) and bool(read.name or read.phone or _POSTED.search(words))


def _is_whole(words: str, read: addresses.Address) -> bool:
    """Whether it is a whole address without a word of sending: place, street, name and telephone."""
    return all((read.place, read.name, read.phone)) and addresses.is_address(read.detail) and _MOVED.search(words) is None


_POSTED = Pattern(f"寄|邮|收件|收货|快递|{_GIFTS}|地址改|改成|改为")
_SENT_WORDS = Pattern(
    f"^寄(?!快递|东西|个)|寄(?:到|给|去|往|送|快递)|邮(?:到|寄|给)|收件|收货|快递|{_GIFTS}|(?:我的|收|邮寄)地址"
    "|地址(?:是|:|改|换| )|.收(?:$|[,。 0-9])"
)

_CUES = ("寄", "邮", "收", "址", "快递", "包", "address", *(f"1{digit}" for digit in "3456789"))

RULES: tuple[Rule, ...] = (
    Rule(
        "package_status",
        _status,
        ("包", "快递", "寄", "党章", "党徽", "书", "资料", "东西", "特产", "慰问", "package", "parcel", "gift", "笔记本"),
        why="where a package is",
    ),
    Rule("package_received", _received, ("收", "到", "取", "领", "received", "arrived", "got", "shou", "签"), why="a package came"),
    Rule("package_address", _address, _CUES, why="where to send a package"),
)

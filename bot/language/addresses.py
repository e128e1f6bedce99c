"""A postal address as people type it: place, street, name and telephone number."""

from dataclasses import dataclass
from typing import Any

from bot.language import place_names
from bot.language.gazetteer import Level, Place, place
from bot.language.normalise import HAN
from bot.language.place_scan import mentioned
from bot.language.place_search import find
from bot.patterns import Pattern

_PHONE = Pattern(r"(?<![0-9])(?:\+?86[- ]?)?(?P<phone>1[3-9][0-9](?:[ -]?[0-9]{4}){2})(?![0-9])")
_LANDLINE = Pattern(r"(?<![0-9])(?P<phone>0[0-9]{2,3}-[0-9]{7,8})(?![0-9])")
_LABEL = Pattern(
    "(?:我的|收货|收件|邮寄|快递|寄件|新的?|礼包|包裹|家庭|单位|现在的?|住)*(?:地址|address)(?:改一下|变了|换了"
    "|有变|更新|[,，])*(?:是|为|改成|改为|换成|变更为|[:： ])*"
)
_SENT_TO = Pattern(
    "(?:请|麻烦|帮忙|就|可以|给我|把)*(?:礼包|包裹|东西|书|资料|快递|学习资料|红色礼包|材料)?(?:请|麻烦|给我|帮我"
    "|就)*(?:都)?(?:寄|邮|发|送)(?:快递)?(?:到|去|给|往|至|(?=[一-龥]{2,}[省市区县州]))+(?:我这里|我这儿|这里"
    "|这个地址|我)?(?:了|来)?[:： ]*"
)
_NAME = Pattern(
    f"(?:收件人|收货人|联系人|姓名|名字|收货|收信人|receiver|name)(?:是|为|叫|[:： ])*(?P<labelled>[{HAN}·]{{2,5}}"
    f"|[A-Za-z][A-Za-z .]{{1,30}})|(?:我叫|我是|叫)(?P<called>[{HAN}·]{{2,4}})(?=$|[ ,，。.;；0-9])|(?:^"
    f"|[ ,，。.;；、0-9])(?:由)?(?P<taker>[{HAN}·]{{2,4}}?)(?:亲)?(?:收|签收|代收)(?=$|[ ,，。.;；0-9])"
)
_ALONE = Pattern(f"(?:^|[ ,，。;；、])(?P<name>[{HAN}·]{{2,4}})(?=$|[ ,，。;；、])")
_TAKES = Pattern("(?<=..)(?:亲收|亲启|收)$")
_NOT_A_NAME = Pattern(
    "地址|电话|手机|收件|收货|号|楼|室|路|街|村|镇|区|县|市|省|栋|单元|座|巷|厂|公司|业|集团|科技|电子|物流|谢谢"
    "|你好|您好|书记|礼包|包裹|寄|邮|快递|宿舍|门|工地|小区|花园|我的|麻烦|好的|收到|联系"
)
_PHONE_LABEL = Pattern("(?:我的|联系)?(?:电话|手机号?|手机号码|联系方式|联系电话|号码|tel|phone)(?:是|为|[:： ])*$")
_PIECES = Pattern("[,，。;；:：\n]|(?<![0-9a-zA-Z]) | (?![0-9a-zA-Z])")
_STREETS = Pattern(
    "[0-9一二三四五六七八九十a-zA-Z]{1,5} ?(?:号|栋|幢|楼|室|单元|弄|座|组|巷|层|队|街坊)|路|街|村|镇|乡|巷|小区"
    "|花园|大厦|工业园|园区|广场|社区|宿舍|厂|大道|苑|街道|驿站|公寓|学校|工地|屯|胡同|城"
)
_MARKS = " ,，。.;；:：、"


@dataclass(frozen=True, slots=True)
class Address:
    """What was said of an address; what was not said is empty."""

    place: Place | None
    detail: str
    name: str
    phone: str

    def slots(self) -> dict[str, Any]:
        """As slots of a message."""
        found: dict[str, Any] = {}
        if self.place is not None:
            found["province"] = place(self.place.province_code).name
            if self.place.level is not Level.PROVINCE:
                found["city"] = place(self.place.city_code).name
            if self.place.level is Level.DISTRICT:
                found["district"] = self.place.name
        return found | {key: value for key, value in (("detail", self.detail), ("name", self.name), ("phone", self.phone)) if value}


def read(line: str) -> Address:
    """Take an address apart. `line` is one line as typed."""
    phone, rest = _phone(line)
    name, rest = _name(rest)
    where, detail = _place(rest)
    return Address(where, detail, name, phone)


def _phone(line: str) -> tuple[str, str]:
    found = _PHONE.search(line) or _LANDLINE.search(line)
    if found is None:
        return "", line
    before = _PHONE_LABEL.sub("", line[: found.start()].rstrip(_MARKS)).rstrip(_MARKS)
    digits = found["phone"].replace(" ", "")
    return digits if digits.startswith("0") else digits.replace("-", ""), f"{before},{line[found.end() :].lstrip(_MARKS)}"


def _name(line: str) -> tuple[str, str]:
    found = _NAME.search(line)
    if found:
        said = (found["labelled"] or found["called"] or found["taker"]).strip()
        if not _NOT_A_NAME.search(said):
            return said, f"{line[: found.start()]},{line[found.end() :]}"
    for each in _ALONE.finditer(line):
        if not _NOT_A_NAME.search(each["name"]) and not find(each["name"]):
            return _TAKES.sub("", each["name"]), f"{line[: each.start()]},{line[each.end() :]}"
    return "", line


def _place(line: str) -> tuple[Place | None, str]:
    """The place that an address begins with, and the rest of the address."""
    said = _SENT_TO.sub(",", _LABEL.sub(",", line.replace("苏州市工业园区", "苏州工业园区"), count=2), count=1)
    for start, end, places in mentioned(said):
        if len(places) == 1:
            return places[0], _street(_PIECES.split(said[_ends(said, start, end, places[0]) :]))
    return None, _street(["", *_PIECES.split(said)])


def _ends(said: str, start: int, end: int, found: Place) -> int:
    """Where the name of the place ends: a town or street behind it belongs to the rest."""
    city = place(found.city_code)
    for each in (found, city):
        for name in (each.name, place_names.medium(each.name), place_names.short(each.name)):
            if (at := said.rfind(name, start, end)) >= 0:
                return at + len(name)
    return end


def _street(pieces: list[str]) -> str:
    """The first piece, or where that is empty the first that names a street."""
    told = [each.strip(_MARKS) for each in pieces]
    return told[0] if told[0] and len(told[0]) > 1 else next((each for each in told if _STREETS.search(each) and len(each) > 3), "")


def is_address(line: str) -> bool:
    """Whether a line says where in a street something can be sent to."""
    return _STREETS.search(line) is not None


def has_phone(line: str) -> bool:
    """Whether a mobile number stands in a line."""
    return _PHONE.search(line) is not None

"""The columns of a table of members: the headings that the national system, towns and villages write above them."""

import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from bot.patterns import Pattern


class Column(StrEnum):
    """What a column holds that a branch keeps of a member."""

    NAME = "name"
    PHONE = "phone"
    CLASS = "class"
    GROUP = "group"
    JOINED = "joined"
    PROBATION = "probation"
    LEFT = "left"
    REASON = "reason"
    PROVINCE = "province"
    PLACE = "place"
    EMPLOYER = "employer"
    CARD = "card"
    CARD_UNTIL = "card_until"
    HOME_BRANCH = "home_branch"
    HOST_BRANCH = "host_branch"
    RELATION = "relation"
    HOMETOWN = "hometown"
    NOTE = "note"
    CONFIRMED = "confirmed"
    FOUND = "found"
    BOOKS = "books"
    LIFE = "life"
    IDENTITY = "identity"
    """Identity-card numbers: never read, and said."""
    ADDRESS = "address"
    """Streets: never read, and said."""


NEVER = frozenset({Column.IDENTITY, Column.ADDRESS})
_WHEN = "(?:的?(?:时间|日期|年月日?|日))"
_BRANCH = "(?:党组织|党支部|支部|党委|党总支|单位党组织)(?:名称|全称)?"
_HEADINGS = {
    Column.NAME: "(?:流动|流出|流入|外出)?(?:党员|人员|成员|本人)?的?(?:姓名|名字)|(?:full ?|member'?s? ?)?name",
    Column.PHONE: "(?:本人|党员|个人|现)?(?:联系|常用|移动|手机)?(?:手机|电话|手机号|手机号码|电话号码|方式|联系电话)(?:1|一)?|手机/?电话"
    "|(?:mobile|cell)?(?: ?phone)?(?: ?(?:number|no\\.?))?|telephone|tel\\.?",
    Column.CLASS: "(?:人员|党员)(?:类别|类型|身份)|类别|正式/?预备|(?:member ?)?(?:class|category)",
    Column.GROUP: "(?:所在|所属|现)?(?:党小组|小组)(?:名称)?|(?:party )?group",
    Column.JOINED: f"(?:加入(?:中国共产党|党组织|中共)|入党){_WHEN}?|(?:date )?joined(?: on| the party)?|join(?:ing)? date",
    Column.PROBATION: f"(?:转正|转为正式党员|预备期(?:满|到|到期|届满|截止)?|到期){_WHEN}|预备期(?:满|到)|probation(?: until| ends?)?",
    Column.LEFT: f"(?:外出|流出|离开|外出流动|流动|离家|外出务工){_WHEN}|(?:date )?left(?: on)?|away since",
    Column.REASON: "(?:外出|流出|流动|离开|外出流动)?的?(?:原因|理由|事由|缘由)|(?:外出|流动|流出)(?:类型|形式)|reason(?: for leaving)?",
    Column.PROVINCE: "(?:流入|流入地|外出|所在|流向)?(?:省|省份|省市区|省\\(区、?市\\)|省、?自治区、?直辖市)|province",
    Column.PLACE: "(?:现|目前|现在|党员)?(?:流入|外出|流动|流出|居住|务工|工作|所在|常住|流向|就业)的?"
    "(?:地|地点|地区|地址|城市|去向|地市|省市|所在地|地所在地|市|所在市|地城市)"
    "(?:省市|城市|地址)?|去向|流向|外出去向|流动去向|现居地|现住地|现居住地址?"
    "|现住址|现在(?:在)?哪里|城市|地市|市|市县|city|place|destination|where(?: now)?",
    Column.EMPLOYER: "(?:现|目前|所在|流入|流入地|外出)?(?:工作|就业|务工|从业|流入)?(?:单位|企业|公司)(?:名称|全称)?"
    "(?:及职务|和职务|及岗位|或地址|及地址|或学校)?|employer|company|work(?: ?unit| ?place)?",
    Column.CARD: "(?:是否|有无)?(?:持有?|办理|发放|领取|办|领)?(?:流动党员)?活动证(?:持有|办理|发放|领取)?(?:情况|编号|证号|号|号码)"
    "?|是否持证|持证情况"
    "|(?:activity )?card",
    Column.CARD_UNTIL: f"(?:流动党员)?活动证(?:有效期至?|有效期限|到期{_WHEN}?|有效期截止{_WHEN}?)|card until",
    Column.HOME_BRANCH: f"(?:流出|流出地|原|原所在|所在|现所在|所属|组织关系所在|隶属|正式组织关系所在)(?:的)?{_BRANCH}|home branch|branch",
    Column.HOST_BRANCH: f"(?:流入|流入地|接收|外出地|现参加活动的)(?:的)?{_BRANCH}|host branch",
    Column.RELATION: "(?:正式)?(?:党)?组织关系(?:状态|情况|转接|转接情况|转接状态|是否转移|是否转出|转移情况|现状)?|membership|relation",
    Column.HOMETOWN: "籍贯|户籍|户籍地|户籍所在地|户口所在地|家乡|老家|home ?town",
    Column.CONFIRMED: f"(?:上次|最近|最后)?(?:确认|核实|联系){_WHEN}?|(?:last )?confirmed(?: on)?",
    Column.FOUND: f"人找到{_WHEN}?|found(?: on)?",
    Column.BOOKS: f"书发到{_WHEN}?|books(?: sent)?(?: on)?",
    Column.LIFE: f"过?(?:一次)?组织生活{_WHEN}?|took part(?: on)?",
    Column.NOTE: "备注|说明|其他|备注说明|notes?|remarks?",
    Column.IDENTITY: ".*身份证.*|公民身份号码|证件号码?|id(?: ?card)?(?: ?(?:no\\.?|number))?|identity.*",
    Column.ADDRESS: ".*(?:家庭|详细|通讯|通信|邮寄|户籍|户口).*(?:住址|地址)|住址|地址|(?:home |postal )?address",
}
_PATTERNS = {column: Pattern(written) for column, written in _HEADINGS.items()}
_ORDER: tuple[Column, ...] = (Column.IDENTITY, Column.CARD_UNTIL, Column.PLACE, *Column)
"""Which is asked first where a heading may be several."""
_BRACKETS = Pattern(r"[(\[【][^()\[\]【】]{0,30}[)\]】]")
_LONGEST = 30


def heading(words: str) -> Column | None:
    """The column that a heading stands for; None for one of which nothing is kept."""
    return _heading(words.strip()) if len(words) <= 2 * _LONGEST else None


@cache
def _heading(words: str) -> Column | None:
    plain = "".join(unicodedata.normalize("NFKC", words).casefold().split("\n")).strip(" *:：。.#★")
    together = plain if plain.isascii() else "".join(plain.split())
    for said in (together, _BRACKETS.sub("", together).strip()):
        if not said or len(said) > _LONGEST:
            continue
        for column in _ORDER:
            if _PATTERNS[column].fullmatch(said):
                return column
    return None


def columns(cells: Sequence[str]) -> dict[int, Column]:
    """Which cells of a row are headings, by their place; of two alike the first, and of a place both."""
    found: dict[int, Column] = {}
    for at, words in enumerate(cells):
        column = heading(words)
        if column is not None and (column in {*NEVER, Column.PLACE} or column not in found.values()):
            found[at] = column
    return found

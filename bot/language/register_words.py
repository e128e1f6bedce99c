"""Sentences that change the register: what members say of themselves, and which fields a secretary names after a name. Pure."""

from collections.abc import Callable

from bot.language import persons
from bot.language.names import untold
from bot.language.normalise import HAN, bare, clean
from bot.language.places import find
from bot.patterns import Pattern

NAME = "name"
"""The name, which is no field of the register; the others are called as its columns are."""

_ME = "(?:我的?|俺的?|本人的?)"
_NUMBER = r"(?P<value>[+0-9(（][0-9 ()（）+\-–—]{2,30})"
_TO = (
    "(?:已经?)?(?:换成|换为|改成|改为|变成|变更为|更新为|更新成|是|换了|改了|变了)了?"
    "(?:[,，:： ]*(?:现在|新的?|新号码?|号码)?(?:的)?(?:是|为)?)?"
)
_OWN_PHONE = (
    Pattern(rf"{_ME}?(?:新的?)?(?:手机号?码?|电话号?码?|号码|联系方式|联系电话)(?:{_TO}|[:： ])[ :：]*{_NUMBER}"),
    Pattern(
        rf"{_ME}?(?:换|改)(?:了|个|了个)?(?:新的?)?(?:手机号?码?|电话号?码?|号码?)了?"
        rf"[,，。 ]*(?:现在的?|新的?号?码?|号码)?(?:是|为)?[:： ]*{_NUMBER}"
    ),
    Pattern(
        rf"(?:my|i have a)(?: new)? (?:phone|mobile|cell|number|phone number|mobile number|tel)(?: number)?"
        rf"(?: is| is now| now|:| changed to)*:? ?{_NUMBER}"
    ),
)
_ENDING = "[了啦。!！~ ]*"
_OWN_EMPLOYER = (
    Pattern(
        rf"{_ME}?(?:换|跳槽|改)(?:了|到)?(?:新的?|个)?(?:单位|工作|公司|厂|工地)了?[,，:： ]*(?:现在"
        rf"|目前|如今)?(?:在|是|去了|到了|到|去)(?P<value>.{{2,60}}?)(?:上班|工作|干活|打工)?{_ENDING}"
    ),
    Pattern(rf"{_ME}(?:现在|新)?的?(?:工作)?单位(?:换成|改成|变成|改为|换为|是|[:：])了?(?P<value>.{{2,60}}?){_ENDING}"),
    Pattern(
        r"(?:i (?:changed|have changed|switched) (?:jobs?|my job|employers?|work)[,.:]? ?(?:and )?(?:i )?"
        r"(?:am |'m )?(?:now )?(?:work(?:ing)? )?(?:at|for|with)|my (?:new )?(?:employer|company|workplace) is"
        r"(?: now)?|i (?:now )?work (?:at|for)(?= )) ?(?P<value>.{2,60}?)(?: now)?[.! ]*"
    ),
)
_OWN_NAME = (
    Pattern(
        rf"{_ME}(?:名字|姓名)(?:写错了|登记错了|错了|改了)?[,，:： ]*(?:应该|其实|改成|改为|现在)?(?:是"
        rf"|叫|改成|改为|[:：])(?P<value>[{HAN}·]{{2,8}}|[a-z][a-z .'-]{{2,38}}){_ENDING}"
    ),
    Pattern(rf"我(?:现在|改名)?叫(?P<value>[{HAN}·]{{2,4}}){_ENDING}"),
    Pattern(r"my name (?:is|should be) (?P<value>[a-z][a-z .'-]{2,38}?|[一-龥·]{2,8})[.! ]*"),
)
_OWN_JOINED = (
    Pattern(
        rf"{_ME}?(?:是|于|在)?(?P<value>[0-9零〇○一二三四五六七八九十]{{2,4}} ?年[^,，。]{{0,10}}?)(?:的时候)?"
        rf"(?:入的?党|加入的?(?:中国共产)?党|入党)的?{_ENDING}"
    ),
    Pattern(rf"{_ME}?的?入党(?:时间|日期|年份|年月)?(?:是|为|在|[:： ])+(?P<value>.{{2,14}}?){_ENDING}"),
    Pattern(r"i joined(?: the party)?(?: in| on) (?P<value>.{4,20}?)[.! ]*"),
)
_OWN_HOMETOWN = (
    Pattern(rf"{_ME}?的?(?:老家|家乡|籍贯|祖籍)(?:是|在|[:： ])+(?P<value>[^,，。]{{2,16}}?)(?:的|人)?{_ENDING}"),
    Pattern(r"(?:my (?:home ?town|home) is|i(?: am|'m) (?:originally )?from) (?P<value>[a-z一-龥 ,]{2,40}?)[.! ]*"),
)
_OWN_CARD = Pattern(
    rf"{_ME}?(?P<value>(?:已经?)?(?:办|领|有|没有|还没有|没办|没领|还没办)(?:好|到)?了?)(?:流动党员)?活动证{_ENDING}"
    rf"|{_ME}?的?(?:流动党员)?活动证(?P<value2>办好了|办了|领了|没办|还没办|没领|没有){_ENDING}"
)
_STILL = Pattern(
    rf"{_ME}?(?:的)?(?:情况|信息|资料|都|一切|什么)?(?:都|也|还)?(?:没变|没有变化?|没变化|不变|照旧|和以前一样|跟以前一样|没什么变化)(?:动)?{_ENDING}"
    r"|(?:nothing (?:has )?changed|my (?:data|details|situation) (?:is|are) (?:the same|unchanged)|no change)[.! ]*"
)
_STILL_ABOUT = Pattern("情况|信息|资料|details|data|nothing|situation|no change")

LABELS: dict[str, str] = {
    **dict.fromkeys(("手机号码", "手机号", "手机", "联系电话", "电话号码", "电话", "联系方式", "phone", "mobile"), "phone"),
    **dict.fromkeys(("工作单位", "单位", "公司", "employer", "company"), "employer"),
    **dict.fromkeys(("外出原因", "原因", "reason"), "reason"),
    **dict.fromkeys(("离开时间", "外出时间", "离开", "left"), "left_on"),
    **dict.fromkeys(("老家", "家乡", "籍贯", "hometown"), "hometown"),
    **dict.fromkeys(("入党时间", "入党日期", "入党", "joined"), "joined_on"),
    **dict.fromkeys(("预备期到", "预备期", "转正时间", "probation"), "probation_until"),
    **dict.fromkeys(("活动证到期", "活动证有效期", "carduntil"), "card_until"),
    **dict.fromkeys(("流动党员活动证", "活动证", "card"), "card"),
    **dict.fromkeys(("原支部", "流出地支部", "homebranch"), "home_branch"),
    **dict.fromkeys(("流入地支部", "流入支部", "hostbranch"), "host_branch"),
    **dict.fromkeys(("组织关系", "关系", "membership"), "relation"),
    **dict.fromkeys(("备注", "note"), "note"),
    **dict.fromkeys(("姓名", "名字", "name"), NAME),
}
_ALL = "|".join(sorted(LABELS, key=len, reverse=True))
_GLUED = "|".join(sorted((each for each in LABELS if not each.isascii()), key=len, reverse=True))
_LABEL = Pattern(
    rf"(?:^|[ ,，;；、])(?:的)?(?P<label>{_ALL})(?:换成|改成|改为|换为|是|为|[:：= ])+(?=[^ ])"
    rf"|(?:^|[ ,，;；、])(?P<glued>{_GLUED})(?=[^ ])"
)
_EDGES = " ,，;；、:：。"


_CORRECTS = Pattern("^(?:请|帮我|帮忙)?(?:更正|改正|纠正|correct)(?:一下|下)?[ ,，:：]*(?=我|my |(?:手机|电话)[^a-z一-龥])")


_ASKED = Pattern("哪|什么|啥|多少|几号|怎么|谁|吗$|呢$|来着|[?？]")


def asks(words: str) -> bool:
    """Whether what stands for a value is a question: 李小山单位是哪家."""
    return _ASKED.search(words) is not None


def own(text: str) -> str | None:
    """Pure: the text itself, where it tells something of its speaker that the register keeps."""
    return clean(text) if told(text) is not None else None


def told(text: str) -> tuple[str, str] | None:
    """What a member says of themselves: the field and the words for its value."""
    whole = _CORRECTS.sub("", clean(text))
    said = whole.casefold()
    if len(said) != len(whole) or not said or len(said) > 100 or said.endswith(("吗", "?", "呢")):
        return None
    for field, patterns in _OWN:
        for pattern in patterns:
            if (
                (found := pattern.fullmatch(said))
                and not asks(found["value"])
                and (value := whole[slice(*found.span("value"))].strip(_EDGES))
                and _may_be(field, value)
            ):
                return field, value
    if found := _OWN_CARD.fullmatch(said):
        return _card(found["value"] or found["value2"], said)
    return None


def _card(value: str, said: str) -> tuple[str, str] | None:
    """办了活动证, 我办活动证了; 办活动证 asks for one, and tells nothing."""
    if value not in {"办", "领"}:
        return "card", value
    return ("card", f"{value}了") if "了" in said else None


_OWN: tuple[tuple[str, tuple[Pattern, ...]], ...] = (
    ("phone", _OWN_PHONE),
    ("employer", _OWN_EMPLOYER),
    ("joined_on", _OWN_JOINED),
    ("hometown", _OWN_HOMETOWN),
    (NAME, _OWN_NAME),
)


def _may_be(field: str, value: str) -> bool:
    """Whether words can be what they stand for: what is no place is not taken for a home, what is no name not for one."""
    if field == NAME:
        return value.isascii() or persons.is_person(value)
    if field == "hometown":
        return bool(find(value)) or not value.isascii()
    return True


def unchanged(text: str) -> str | None:
    """Pure: an empty string where somebody says that nothing about them has changed."""
    said = clean(text).casefold()
    return "" if _STILL.fullmatch(said) and _STILL_ABOUT.search(said) else None


def fields(words: str) -> tuple[list[tuple[str, str]], str]:
    """The fields named in words with what follows each, and what stands before the first."""
    said = clean(words)
    found = list(_LABEL.finditer(said.casefold())) if len(said.casefold()) == len(said) else []
    if not found:
        return [], said
    ends = [*(each.start() for each in found[1:]), len(said)]
    pairs = [(LABELS[each["label"] or each["glued"]], said[each.end() : end].strip(_EDGES)) for each, end in zip(found, ends, strict=True)]
    return pairs, said[: found[0].start()].strip(_EDGES)


_NAME = rf"(?P<name>[{HAN}]{{2,5}}?|[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}}){{1,2}}?|[{HAN}]{{2,4}}[(（][{HAN}0-9]{{1,4}}[)）]|[a-z]+ [a-z]+?)"
_EDIT = Pattern("(?:请|帮我|帮忙)?(?:改一下|修改|更正|改|edit)[ :：]?(?P<rest>.+)")
_LOOK = Pattern(rf"(?:看看?|查看?|look at|show)[ :：]?{_NAME}(?:的(?:资料|情况|台账|信息))?")
_HISTORY = Pattern(rf"{_NAME}(?:的|'s )(?:修改|资料|变更)?(?:历史|记录|history)|(?:history of )(?P<en>[a-z]+ [a-z]+)")
_CONFIRM = Pattern(
    rf"(?:确认|confirm)(?:一下|过|了)?[ :：]?{_NAME}"
    "(?:的?(?:情况|信息|资料|台账)|没变|还是原样)?(?:没变)?了?"
)


_OTHERS = Pattern(
    rf"(?:请|帮我|帮忙|把)?(?P<name>[{HAN}·]{{2,5}}?)(?:同志)?的?(?P<field>手机号码?|手机|电话号码?|电话|单位)(?:号)?"
    r"(?:换成|换为|改成|改为|换到|变成|是|为)[了 :：]*(?P<value>[^ ].{1,40}?)(?:了)?"
    rf"|(?P<who>[{HAN}·]{{2,5}}?)(?:同志)?换(?:了)?(?:电话|手机|手机号|号|号码)了?[ ,，:：]*(?:新号|新的|新号码)?(?:是|为)?[ :：]*"
    "(?P<number>1[0-9][0-9 -]{9,13})"
)


_ROSTER = Pattern(
    "(?:看看?|查看?)?(?:党员)?(?:花名册|名册)(?:里|上|中)?(?:的)?(?:有没有)?(?:在|叫)?(?P<words>.{2,12}?)"
    "(?:的)?(?:人|同志|党员)?(?:有哪些|有谁|是谁)?"
)
_CONDITION = Pattern("(?:没|缺|无|五清|三灯|三盏灯|预备|流入|在外地|正在转|活动证|联系人|[0-9一二三两]{1,3}(?:天|个月)).{0,10}")


def roster(text: str) -> str | None:
    """Pure: the condition behind 名册 without a blank: 名册没报到, 名册佛山, 名册里在深圳的有哪些."""
    found = _ROSTER.fullmatch(clean(text))
    words = found["words"] if found else ""
    return words if words and (_CONDITION.fullmatch(words) or find(words) or persons.is_person(words)) else None


_PHONE = "(?:手机号?码?|电话号?码?|号码|联系方式|联系电话)"
_HOW_MANY = "(?:是|留的是|记的是)?(?:多少|几号|什么|啥|哪个)[呀啊呢来着]*"
_MY_PHONE = Pattern(f"(?:我|俺|本人)的?{_PHONE}{_HOW_MANY}|what is my (?:phone|number|phone number)")
_THEIR_PHONE = Pattern(f"{persons.ONE}(?:同志)?的?{_PHONE}{_HOW_MANY}")


def asks_own_phone(text: str) -> str | None:
    """我的手机号是多少: an empty string, or None."""
    return "" if len(text) <= _SHORT and _MY_PHONE.fullmatch(bare(text)) else None


def phone_asked(text: str) -> str:
    """李小山电话多少: whose telephone number is asked for; empty for nobody's."""
    said = bare(text)
    return persons.first(said) if len(said) <= _SHORT and _THEIR_PHONE.fullmatch(said) else ""


_SHORT = 30


def edited(text: str) -> str | None:
    """Pure: the name and the fields of another that are to be changed: 改 李小山 单位 中建三局, 李小山的手机换成 138…."""
    said = clean(text)
    if found := _OTHERS.fullmatch(said):
        name = found["name"] or found["who"]
        what = f"{found['field']} {found['value']}" if found["name"] else f"手机 {found['number']}"
        return f"{name} {what}" if persons.is_person(name) and not asks(what) else None
    if not (found := _EDIT.fullmatch(said.casefold())):
        return None
    rest = said[slice(*found.span("rest"))] if len(said.casefold()) == len(said) else found["rest"]
    if glued := _GLUED_NAME.match(rest):
        rest = f"{glued['who']} {rest[glued.end() :]}" if persons.may_be(glued["who"]) else rest
    pairs, before = fields(rest)
    if not pairs and never_kept(rest) and not rest.startswith("我"):
        return rest
    meant = pairs and before and not before.startswith("我") and not any(asks(value) for _, value in pairs)
    return rest if meant else None


_GLUED_NAME = Pattern(rf"(?P<who>[{HAN}]{{2,4}}?|[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}}){{1,2}}?)的?(?=(?:{_GLUED})[^ ])")
"""改李小山手机138…: without a blank between the name and the field."""
_NEVER = Pattern("身份证|住址|家庭地址|收入|工资|病情|血型|民族|婚姻")


def never_kept(words: str) -> bool:
    """Whether words name something that the register never holds."""
    return _NEVER.search(words) is not None


def looked_at(text: str) -> str | None:
    """Pure: the name of whose entry somebody wants to see: 看 李小山. Behind a blank it may be any name."""
    parted = clean(text).casefold().startswith(("看 ", "看看 ", "查 ", "查看 "))
    return _person(_LOOK, text, persons.may_be if parted else persons.is_person)


def history_of(text: str) -> str | None:
    """Pure: the name of whose history somebody wants to see: 李小山的历史."""
    return _person(_HISTORY, text)


def confirmed(text: str) -> str | None:
    """Pure: the name of whom somebody says that their entry is right: 确认 李小山."""
    return _person(_CONFIRM, text)


def _person(pattern: Pattern, text: str, fits: Callable[[str], bool] = persons.is_person) -> str | None:
    found = pattern.fullmatch(clean(text).casefold())
    name = found and next(value for value in found.groupdict().values() if value)
    return name if name and (name.isascii() or fits(untold(name))) else None

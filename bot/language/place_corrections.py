"""The place that somebody puts in the place of the one understood: 不对，我说的是南京. Every place is one sign, as in `place_grammar`."""

from bot.language.gazetteer import Place
from bot.language.place_claims import masked
from bot.language.place_grammar import PLACE
from bot.patterns import Pattern

_WHAT = (
    "(?:我|你|刚才|刚刚|刚|上条|上一条|上面|前面|上次|之前|那个|这个|位置|地址|地点|城市|地方|定位|的|是|我的|给我|又|都|好像|可能"
    "|书记){0,4}"
)
_DENIAL = (
    f"(?:{_WHAT}(?:不对|不是的?|不|错|说错|说岔|讲岔|讲错|打错|写错|弄错|搞错|记错|发错|填错|输错|报错|选错|点错|听错|认错|口误|手误|打错字"
    f"|有误)(?:了|啦|咧|咯|嘞|吧|啊|呀|哈|哦|的|地方|位置|城市|字)*"
    r"|no+|nope|wrong|sorry|actually|not right|bu ?dui|cuo ?le|oops|bu ?shi)"
)
_CHANGES = (
    "(?:(?:更正|纠正)(?:一下|下)?[:,]{0,2}(?:我(?:的)?|本人)?(?:的)?(?:实际|真实|现在|目前)?(?:所在地|所在城市|位置"
    "|地址|城市|地方|人)?(?:应该?|应当)?(?:在|是|为)?|(?:改|更正|修改|纠正|变更)(?:一下|下)?(?:我的|上条"
    "|刚才的)?(?:位置"
    "|地址|城市|地点|定位)(?:信息)?[:,为成到是]{0,2})"
)
_MEANT = (
    "(?:我?(?:应该|应当|其实|实际上?|正确的?|准确的?|我要|帮我|请|麻烦)?(?:我说的(?:是|其实是)|我说的|我是说|我指的是|我指|我的意思是"
    "|我是想说"
    "|我想说的?是?|我要说的是|我写的是|我报的是|我发的是|我是在|我是|[我俺]人在|我现在在|[我俺]在|我到的是|我到了|我到|我住在?|人在|是在"
    "|改[成为到在]|更正[为成]|更改[为成]|修改[为成]|换[成为]|重新(?:记|填|登记)(?:成|为)?|记成|记|应[是为]|应该?是?|是|系|在|到)?"
    r"|(?:it ?'?s|it is|i mean|i meant|i said|i ?'?m|i am|should be|make it|change (?:it )?to|wo shuo de shi|wo zai|shi|not)(?: in)? ?)"
)
_END = "(?:了|啦|哩|咯|嘛|啊|呀|哈|呢|吧|哦|才对|这边|那边|的|市|please){0,3}"
_NOT_IT = f"(?:[,。 ]?(?:而)?(?:不是|不在|非|并非|,? ?not){{1}} ?(?:在)?{PLACE}{_END})?"
_OH = "(?:哦|噢|啊|哎呀?|唉|呃|嗯|不好意思|抱歉|对不起|sorry|oh|oops){0,2}[,! ]?"
PLAIN = Pattern(f"{_OH}(?:{_DENIAL}[,。.!;、: ]{{0,3}}){{0,3}}(?:(?:而|才)?{_MEANT}){{0,2}}(?P<place>{PLACE}){_END}{_NOT_IT}")
"""Where a place was understood before: the right one, with or without a denial."""
DENIED = Pattern(
    f"{_CHANGES}(?P<changed>{PLACE}){_END}{_NOT_IT}|{_OH}(?:{_DENIAL}[,。.!;、: ]{{0,3}}){{1,3}}(?:(?:而"
    f"|才)?{_MEANT}){{0,2}}(?P<place>{PLACE}){_END}{_NOT_IT}"
)
INSTEAD = Pattern(
    f"(?:{_DENIAL}[,。.! ]{{0,3}})?{_WHAT}(?:不是|不在|没在|并非|not) ?(?:在|in )?{PLACE}(?:了"
    f"|市)?[,。.! ]{{0,3}}(?:(?:而|才)?{_MEANT}){{0,2}}(?P<place>{PLACE}){_END}"
)
"""不是哈尔滨，是南京."""
RIGHT_NOT_WRONG = Pattern(f"{_WHAT}(?:{_MEANT}){{0,2}}(?P<place>{PLACE}){_END}[,。 ]?(?:不是|不在|not) ?(?:在)?{PLACE}{_END}")
"""是深圳不是深州."""
_LONGEST = 60
_SURE = Pattern("改|更正|修改|纠正|变更|错|不对|误|no|wrong|sorry|actually|meant|cuo|bu ?dui|说的是|指的是|意思是")


def corrected(words: str, *, asked: bool) -> tuple[str, tuple[Place, ...]] | None:
    """The words for the right place, and what they may mean; None for anything else. `asked`: whether a place was understood before."""
    if len(words) > _LONGEST:
        return None
    part = masked(words.replace("改成", "改为").replace("换成", "换为"))  # 成 begins names, too
    if not part.mentions:
        return None
    forms = (PLAIN, DENIED, INSTEAD, RIGHT_NOT_WRONG) if asked else (DENIED, INSTEAD, RIGHT_NOT_WRONG)
    for form in forms:
        said = form.fullmatch(part.masked)
        if said is not None and (asked or _SURE.search(part.masked)):
            group = "place" if said["place"] else "changed"
            start, end, places = part.mentions[part.masked[: said.end(group)].count(PLACE) - 1]
            return part.words[start:end], places
    return None

"""The intents of places: where one is, what was understood wrongly, where somebody is, the map."""

from typing import Any

from bot.language import abroad_names, contexts, place_everyday, place_queries, place_reasons, place_slots
from bot.language.abroad_names import Abroad
from bot.language.dates import BEIJING
from bot.language.gazetteer import Place
from bot.language.place_claims import Claim, claim, masked
from bot.language.place_corrections import corrected
from bot.language.place_dates import day
from bot.language.place_grammar import ASIDE, PLACE
from bot.language.place_scan import mentioned
from bot.language.place_search import find
from bot.language.place_slips import alike, misspelt
from bot.language.rule import LIKELY, MAYBE, SURE, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_WHEN = Pattern(
    "昨|前天|今天|今早|今日|今晚|今儿|[0-9一二三四五六七八九十][月号日]|上上?个?(?:周|星期|礼拜)[一二三四五六日天]|yesterday|today"
    "|zuo ?tian|jin ?tian"
)
_LONGEST_NAME, _LONGEST_QUESTION = 14, 40
_SHORTEST_LATIN, _SHORTEST_SLIP, _LONGEST_SLIP = 4, 3, 7


def _update(said: Said) -> Found | None:
    """我到哈尔滨了."""
    told = claim(_parts(said), said.words)
    if told is None:
        return None
    slots = (_slots(told.places, said) if told.abroad is None else _country(told.abroad)) | _about(said, told)
    return Found(slots, told.sure, _called(told.words, told.places))


def _parts(said: Said) -> tuple[str, ...]:
    """The clauses, with the branch's own words put in place of their meaning."""
    parts = said.parts
    for own, meant in said.setting.words.items():
        parts = tuple(each.replace(own.casefold(), meant) for each in parts)
    return parts


def _slots(places: tuple[Place, ...] | list[Place], said: Said) -> dict[str, Any]:
    return place_slots.of_places(places, said.setting.near)


def _called(words: str, places: tuple[Place, ...] | list[Place]) -> str:
    """The words that a command understands as these places; a slip is put right where it means one place."""
    return places[0].full if len(places) == 1 else words


def _country(there: Abroad) -> dict[str, Any]:
    return {"country": there.country} | ({"city": there.city} if there.city else {})


_STARTS_WORK = Pattern("今[天日早儿](?:就|刚|才|去|来|过来|正式|第一天|办|,){0,3}(?:报到|报道|入职|上班|开工|进厂|到岗)")
"""The first day of work is not the day of arrival."""
_CAME_TO_WORK = Pattern("[来到去赴往出][^,。在]{1,14}(?:打工|务工)|dao .{2,20}(?:da ?gong|wu ?gong)")
"""That one works where one is, is no reason to be there; that one went there to work, is."""


def _about(said: Said, told: Claim) -> dict[str, Any]:
    """The day of arrival and the reason, where they are said."""
    about: dict[str, Any] = {"unchanged": True} if told.still else {}
    words = _STARTS_WORK.sub("", said.words)
    if _WHEN.search(words) and (when := day(words, said.setting.at.astimezone(BEIJING).date(), ahead=False)):
        about["date"] = when.isoformat()
    reason = "工作调动" if told.moved else place_reasons.of_staying(said.words)
    if reason and (reason != "务工" or _CAME_TO_WORK.search(said.words)):
        about["reason"] = reason
    return about


def _named(said: Said) -> Found | None:
    """哈尔滨: in private nothing but the name of a place, with words of courtesy at most."""
    if said.setting.in_group or len(said.words) > 4 * _LONGEST_NAME or not _may_name(said.words):
        return None
    telling = [each for each in _parts(said) if not ASIDE.fullmatch(each)]
    words = telling[0].rstrip("了啦哈呢啊呀的") if len(telling) == 1 else ""
    if (
        not 2 <= len(words) <= 2 * _LONGEST_NAME
        or words in place_everyday.IN_A_SENTENCE
        or (words.isascii() and len(words) < _SHORTEST_LATIN)
    ):
        return None
    there = abroad_names.mentioned(words)
    if len(there) == 1 and there[0][1] - there[0][0] == len(words):
        return Found(_country(there[0][2]), LIKELY, words)
    places = _whole(words)
    return Found(_slots(places, said), LIKELY if len(words) <= _LONGEST_NAME else MAYBE, _called(words, places)) if places else None


def _may_name(words: str) -> bool:
    """Whether a place may be named at all: a quick look before the slow one."""
    return len(words) <= _LONGEST_SLIP or words.isascii() or bool(mentioned(words, alone=True) or abroad_names.mentioned(words))


def _whole(words: str) -> list[Place]:
    """The places that words mean which are nothing but the name of one."""
    if words.isascii():
        return find(words) or list(misspelt(words.replace(" ", "")))
    mentions = mentioned(words, alone=True)
    if mentions:
        return find(words) or (list(mentions[0][2]) if mentions[0][:2] == (0, len(words)) else [])
    return list(alike(words)) if _SHORTEST_SLIP <= len(words) <= _LONGEST_NAME else []


def _large(slots: Any) -> dict[str, Any]:
    return {name: value for name, value in slots.items() if name != "district"}


_UNCHANGED = Pattern(
    "(?:报告|书记好?|大家好|组织|你好)?,?(?:我|俺|人|咱)?(?>这边|这里|这个月|本月|上个月|最近|目前|现在|今年|一直|的){0,6}(?:位置|定位"
    "|地址|地方|城市|住址|住的地方|住处|单位|工作|工作地点|工作的地方|所在地|所在城市)?(?>也|都|还|一直|暂时|目前|又|跟上次|和上次"
    "|跟上个月|比上次|信息|上){0,6}"
    "(?:没有?|未|不|无)(?:有|什么|啥|再)?(?:变动|变更|变化|变|动|换|搬|改|挪|更新|移动)(?>过|的|地方|窝|城市|位置|家|单位|住处"
    "|工作){0,6}(?:了|呢|啊|哈|呀|吧)?"
    "|(?:我|俺|人|咱)?(?>这边|这里|这个月|本月|最近|今年|目前|现在|一直|都|就|还是|还|也|仍|仍然|依然|依旧|位置|地址){0,4}(?:是|住|待"
    "|呆|上班|工作"
    "|打工)?(?:在)?(?:老地方|原地|原处|原位|老位置|老地址|原位置|原来的?(?:那个?)?(?:地方|城市|位置|单位|厂|地址)|原单位|原城市"
    "|老单位|老厂|那老地方|上次(?:那个|说的|报的|登记的?)?(?:那个)?(?:的)?(?:地方|城市|位置)|之前(?:那个|说的|的)?(?:那个)?(?:地方"
    "|城市|位置)|同一个?(?:地方|城市|位置))(?>没动|没变|呢|啊|呀|上班|打工|工作|待着|呆着|了|住|干活){0,6}"
    "|(?:我|俺|人)?(?:还是|还|仍)(?:在)(?:这里|这儿|那里|那儿|这边|那边|这)(?>没动|没变|呢|上班|打工|工作|待着|呆着|干活){0,6}(?:没动"
    "|没变|没挪窝)"
    "|(?:我)?(?:的)?(?:位置|地址|地点|定位)(?:信息)?(?:还是|跟|和|同)?(?:同上|同上次|照旧|如旧|依旧|不变|保持不变|维持原状|没变"
    "|和上次一样|跟上次一样|同上个月|跟之前一样|和之前一样|老样子|跟上个月一样|和上个月一样|一样)(?:的|了)?"
    "|(?:我|俺)?(?:哪(?:里|儿)?[都也]没[去动]|没挪窝|没挪地方|没换地方|没动地方|没动窝|没出去过?|原地没动|原地不动|一直没动|没动过"
    "|没搬家|没换城市)(?:了|呢|哈|啊)?"
    r"|(?:i ?'? ?a?m )?(?:still|staying) (?:here|there|in the same (?:place|city|location)|at the same (?:place|location))"
    r"|(?:my )?(?:location|place|city|address) (?:has not|hasn't|not|is un)? ?(?:changed|unchanged)|same (?:place|city"
    r"|location)(?: as before)?|no change(?: of place)?|(?:wei ?zhi|di ?fang) (?:mei|bu) ?bian|hai zai (?:lao|yuan) di ?fang"
)
_NOT_CHANGED_WHAT = Pattern(
    "位置|定位|地址|地方|城市|住|单位|所在|窝|老|原|上次|哪|家|还在|still|same|place|location|change|wei|di|之前|同|出去|没动|没搬"
    "|没换|不变|没变"
)
_STILL = Pattern("(?:没|未)(?:变|动|换|搬|挪|改)|不变|unchanged|not changed|没挪窝")


_NOTHING_NEW = Pattern("(?:我|这边|本月|这个月|最近)?(?:没有?|无|暂无)(?:什么)?(?:变化|变动|变更)(?:了|哈|的)?|老地方|照旧(?:不变)?")
"""To the bot alone this is about the place: nothing else is asked for every month that may have changed."""
_HELD = Pattern("还|仍|一直|位置|地址|地方|城市")
_STILL_THERE = Pattern("(?:我|人)?(?:还|仍|一直)在(?!老|原|上次|之前)[^,。]{1,6}")


def _unchanged(said: Said) -> Found | None:
    """位置没变; 还在深圳，没动."""
    told = claim(_parts(said), said.words) if _STILL.search(said.words) else None
    telling = [each for each in said.parts if not ASIDE.fullmatch(each)]
    telling = [each for each in telling if not _STILL_THERE.fullmatch(each)] or telling
    same = [each for each in telling if _UNCHANGED.fullmatch(each) and _NOT_CHANGED_WHAT.search(each)]
    if told is not None and _HELD.search(said.words):
        return Found(_slots(told.places, said) | {"unchanged": True}, max(told.sure, LIKELY))
    if not same or len(same) != len(telling):
        return Found({"unchanged": True}, MAYBE) if _NOTHING_NEW.fullmatch(said.words) else None
    return Found({"unchanged": True}, LIKELY)


def _corrected(said: Said) -> Found | None:
    """不对，我说的是南京."""
    asked = said.setting.context in _PLACE_CONTEXTS
    told = corrected(said.words, asked=asked)
    if told is None:
        return None
    return Found(_large(_slots(told[1], said)), SURE if asked else LIKELY, _called(told[0], told[1]))


_PLACE_CONTEXTS = frozenset({contexts.CONFIRM_PLACE, contexts.PLACE_RECORDED})


def _query(said: Said) -> Found | None:
    """李小山在哪; 我登记的位置是哪里."""
    words = said.words.rstrip("?？")
    if len(words) > _LONGEST_QUESTION:
        return None
    asked = masked(words).masked
    if place_queries.own(asked):
        return Found({"self": True}, LIKELY, why="asks for one's own place")
    name = place_queries.whom(asked) or place_queries.whom(words)
    if not name:
        return None
    at = said.line.casefold().find(name)
    typed = said.line[at : at + len(name)] if at >= 0 else name
    return Found({"name": typed}, LIKELY, typed)


def _map(said: Said) -> Found | None:
    """分布图; 有几面旗; 深圳有几个人."""
    words = said.words.rstrip("?？")
    if len(words) > _LONGEST_QUESTION:
        return None
    for form, slots in (
        (place_queries.MOST, {"topic": "most"}),
        (place_queries.SEEN_BY, {"topic": "privacy"}),
        (place_queries.HOW, {"topic": "how"}),
    ):
        if form.fullmatch(words):
            return Found(slots, LIKELY)
    if any(form.fullmatch(words) for form in place_queries.MAP):
        return Found({}, LIKELY)
    mentions = mentioned(words)
    if len(mentions) != 1:
        return None
    start, end, places = mentions[0]
    counted = place_queries.COUNT.fullmatch(words[:start] + PLACE + words[end:])
    return Found(_large(_slots(places, said)), LIKELY) if counted else None


_ASKING = (
    "在哪",
    "到哪",
    "去哪",
    "哪",
    "位置",
    "什么地方",
    "啥地方",
    "何处",
    "人呢",
    "吗",
    "没",
    "在不在",
    "where",
    "location",
    "wei",
    "zai na",
    "定位",
    "城市",
    "旗",
    "地址",
    "place",
    "记",
    "地点",
    "所在",
    "下落",
    "去向",
    "什么城市",
)
RULES: tuple[Rule, ...] = (
    Rule("correction", _corrected, contexts=_PLACE_CONTEXTS, why="names another place than the one understood"),
    Rule(
        "correction",
        _corrected,
        ("不", "错", "误", "no", "wrong", "sorry", "actually", "bu", "cuo", "meant", "说的是", "改", "更正", "纠正", "变更"),
        why="says that it was wrong and names another place",
    ),
    Rule(
        "location_update",
        _unchanged,
        ("没", "不", "未", "无", "还", "老", "原", "同", "照旧", "一样", "依旧", "still", "same", "chang", "bian", "lao"),
        why="says that the place is still the same",
    ),
    Rule("location_query", _query, _ASKING, why="asks where somebody is"),
    Rule(
        "map_query",
        _map,
        ("图", "旗", "分布", "多少", "几", "哪", "什么", "map", "tu", "qi", "distribution", "how many", "where", "谁", "人"),
        why="asks where all are",
    ),
    Rule("location_update", _update, why="says where the speaker is"),
    Rule(
        "location_update", _named, contexts=frozenset({"", contexts.FIRST_CONTACT, contexts.CHOICES}), why="names a place and nothing else"
    ),
)

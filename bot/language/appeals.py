"""What an appeal for help says: its kind, where, for whom, whether money is wanted, and what exactly. And who offers help.

A sentence without the word 求助 has to name a hardship and ask somebody for help; what only tells of one is not acted upon.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice

from bot.language.gazetteer import Level, Place
from bot.language.normalise import bare, clean
from bot.language.place_search import find
from bot.patterns import Pattern

_KINDS = (
    (
        "work_accident",
        "工伤|(?:干活|上班|工地|厂里|车间|脚手架).{0,12}(?:受了?伤|轧|绞|砸|摔|断了?(?:手|脚|腿|胳膊))|(?:手|胳膊|腿|脚).{0,4}(?:轧|绞|砸)"
        "|injured at work",
    ),
    ("wages", "欠薪|讨薪|欠.{0,8}(?:工资|工钱|血汗钱)|(?:工资|工钱).{0,6}(?:不给|没给|不发|没发|拖欠|要不回|没结)|unpaid wages"),
    ("disaster", "受灾|洪水|水灾|发大水|淹了|火灾|烧[没光毁掉了]|失火|地震|台风|冰雹|泥石流|塌了|房子?倒|旱灾|绝收|disaster|flood"),
    ("schooling", "上学|入学|转学|读书|学费|学籍|学校|助学|幼儿园|高考|升学|择校|school"),
    (
        "medical",
        "看病|病|肿瘤|癌|手术|住院|医院|就医|挂.{0,2}号|化疗|放疗|透析|陪护|医生|大夫|医药费|治疗|骨折|[摔烫烧扭砸]伤|受了?伤|伤了(?!心|感情)|摔断|崴了?脚|瘫|疼|专家号|体检|hospital|doctor|ill\\b|sick",
    ),
    ("money", "借.{0,4}钱|借.{0,3}[0-9]+|房租|手头紧|没钱|缺钱|生活费|揭不开锅|周转|还不上|困难补助|经济困难|money|rent\\b|loan"),
)
_FAMILY = (
    "爱人|老婆|妻子|媳妇|丈夫|老公|孩子|小孩|儿子|女儿|闺女|娃|爸|妈|父亲|母亲|老人|爷爷|奶奶|外公|外婆|姥|岳父|岳母|公公|婆婆|"
    "[哥弟姐妹]|家人|家属|家里人|孙子|孙女|my (?:wife|husband|son|daughter|child|mother|father|family)"
)
_OTHER = "工友|老乡|邻居|朋友|同乡|一位同志|一个同志|这位同志|别人|他人|他家|她家|替.{1,4}求助|somebody else|a friend"
_SELF = "我|俺|咱|本人|自己|my\\b|\\bi\\b"
_MONEY = Pattern(
    "借.{0,4}钱|借.{0,3}[0-9]+|捐|筹款|筹钱|筹.{0,4}费|凑.{0,5}[钱费]|缺.{0,2}钱|没钱|垫付|差.{0,8}(?:钱|元|块|费)|医药费.{0,4}(?:不够|凑|缺)|donat|borrow"
)
_NO_MONEY = Pattern("不要钱|不用钱|不缺钱|不借钱|不需要(?:捐|钱)|只要帮忙|只找同志帮忙|no money")

_ASKS = Pattern(
    "(?:谁|哪位|哪个|有没有(?:人|同志|谁|老乡|哪位)?|组织|支部|大家|同志们?|党组织)[^,，。!?]{0,14}?(?:能|可以|愿意|方便|会)?(?:不能)?[^,，。!?]{0,6}?"
    "(?:帮忙?|帮个忙|帮帮|帮我|搭把手|想想办法|借我|照看|照应|介绍)"
    "|能(?:不能)?(?:帮忙?|帮帮|帮个忙|帮我)|帮帮(?:我|我们|忙)|求(?:大家|各位)?帮[助忙]|想(?:找|请).{0,8}帮忙?|想(?:跟|向|找)?.{0,4}借.{0,6}(?:钱|[0-9])"
    "|借(?:我)?[点些].{0,4}钱|can (?:any|some)(?:body|one) help|please help"
)
_NOT_FOR_US = Pattern(
    "党费|签到|报平安|公告|机器人|学习|党课|表决|投票|绑定|位置|怎么(?:用|发|交|改|操作)|帮助$|帮我(?:查|看看|记|改|发|问|算)|已经.{0,6}(?:解决|好了)|谢谢|感谢|帮了(?:我|忙)"
    "|我(?:能|可以|来|愿意)帮|加我|算我|献爱心|认捐"
)
_WANT = Pattern("谁|能不能|能|帮|需要|想|要|求|借|缺|希望|找")
_PADDING = Pattern(
    "^(?:请问|想问|问一下|各位|大家|同志们|书记)?[,，]?(?:有没有|请|求)?(?:谁|哪位同志|哪位|人|同志|老乡|组织|支部|大家|党组织)?(?:能不能|能否|能|可以|愿意|方便)?"
    "(?:帮忙|帮着|帮我们|帮我|帮个忙|帮帮忙|帮一下|帮)?(?:一下)?|(?:吗|呢|吧|啊|呀|么|不)?[?？。!！~]*$"
)

_TELLING = 4
"""A part shorter than this does not say what is wanted."""
_AFTER = Pattern("(?:在|到|去|来|回|赴|往|是)(?!家|哪|这|那|底)")
_STARTS = 60
"""Words of a message after which a place is looked for; each is tried in some lengths, and nobody names a city that late."""
_CLAUSES = Pattern(r"[,，。;；!！?？、\s]+")
_EVERYDAY_WORDS = "平安 友好 前进 合作 互助 公安 富裕 小店 城里 市里 县里 上学 学校 医院 家里 老家 路上 工地"
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())


def kind_of(text: str) -> str | None:
    """The kind of an appeal (`bot.rules.appeals.Kind`) by its words; None if they do not tell."""
    said = clean(text).casefold()
    return next((kind for kind, words in _KINDS if re.search(words, said)), None)


def for_whom(text: str) -> str | None:
    """Whom it is for: self, family or other; None if the words do not tell."""
    said = clean(text).casefold()
    pairs = (("other", _OTHER), ("family", _FAMILY), ("self", _SELF))
    return next((whom for whom, words in pairs if re.search(words, said)), None)


_ALIKE = 0.75


def fuller(known: str, said: str) -> str | None:
    """The fuller of two ways to say the same; None where they say different things."""
    one, other = bare(known), bare(said)
    if not one or not other:
        return None
    if one in other or other in one or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE:
        return known if len(one) >= len(other) else said.strip()
    return None


def wants_money(text: str) -> bool | None:
    """Whether donations or a loan are asked for; None if the words do not tell."""
    said = clean(text).casefold()
    if _NO_MONEY.search(said):
        return False
    return True if _MONEY.search(said) else None


def city(text: str) -> Place | None:
    """The one city that a sentence names; None for none or several."""
    found: dict[int, Place] = {}
    for clause, start in islice(_starts(clean(text)), _STARTS):
        if (named := _named(clause, start)) is not None:
            found[named.city_code] = named
        if len(found) > 1:
            return None
    return next(iter(found.values()), None)


def _starts(said: str) -> Iterator[tuple[str, int]]:
    """Where in which clause a place may be named."""
    for clause in _CLAUSES.split(said):
        yield clause, 0
        for match in _AFTER.finditer(clause):
            yield clause, match.end()


def _named(clause: str, start: int) -> Place | None:
    for end in range(min(len(clause), start + 10), start + 1, -1):
        words = clause[start:end]
        places = [] if words in _EVERYDAY or len(words) < 2 else [each for each in find(words) if each.level is not Level.PROVINCE]
        if len({each.city_code for each in places}) == 1:
            return places[0]
    return None


def wanted(text: str) -> str:
    """The part of an appeal that says what is wanted, without 谁能帮忙; everything where no part does."""
    said = clean(text)
    clauses = [each for each in re.split("[,，。;；!！?？]+", said) if each.strip()]
    asked = [_PADDING.sub("", each).strip() for each in clauses if _WANT.search(each)]
    asked = [each for each in asked if len(each) > 1]
    told = "，".join(asked)
    return told if len(told) >= _TELLING else said.replace(",", "，")


def asks(text: str) -> str | None:
    """The sentence itself, where without naming 求助 it tells of a hardship and asks somebody for help; else None."""
    said = clean(text)
    if len(said) < 8 or _NOT_FOR_US.search(said) or not _ASKS.search(said.casefold()):
        return None
    return said if kind_of(said) is not None else None


_ENTERED = Pattern("(?:想)?求助[ ,，:：、]*(.+)", re.DOTALL)


def entered(words: str) -> str | None:
    """What a secretary enters as somebody's appeal, behind the word 求助."""
    found = _ENTERED.fullmatch(words.strip())
    return found[1].strip() if found else None


_OFFERS = Pattern(
    "我(?:认识|有熟人|有个?(?:亲戚|朋友|同学)在).{1,30}(?:加我|算我|可以问|能问|帮)|(?:加我|算我)(?:一个)?$|我(?:可以|能|来|愿意)(?:去)?(?:帮|陪|接|排队|照看|送)"
    "|我(?:就)?在.{2,8}[,，](?:可以|能|愿意)(?:去|过去)?.{0,4}(?:帮|陪|接|排队|照看|送)|i can help|count me in"
)
_NO_OFFER = Pattern("吗|么$|[?？]|不|没|党费|签到|谁|怎么|帮你|帮您|昨|上次|已经")
_SKILLS = Pattern(
    "(?:我)?能帮忙的(?:事|有)?[:：是,， ]+(.+)|(?:我会|我能|我可以)((?:修|装|开|做|教|焊|理|剪|写|办|辅导|照顾|护理|翻译|搬|接送|看护|打针|"
    "量血压|针灸|按摩|电焊|木工|水电|陪)[^,，。!?！？]{1,18})"
)
_NO_SKILL = Pattern(
    "到|的时候|好的|努力|按时|准时|参加|党费|学习|签到|吗|[?？]|不了|不会|作业|开会|开始|开心|做到|做好|做完|写完|写作业|教育|什么|哪些"
)


def offers(text: str) -> str | None:
    """The sentence itself, where it offers help with an appeal (我认识协和的，加我); else None."""
    said = clean(text)
    if not 3 <= len(said) <= 60 or _NO_OFFER.search(said) or not _OFFERS.search(said.casefold()):
        return None
    return said


def skill(text: str) -> str | None:
    """What a sentence offers in advance (我会修电器 → 修电器); else None."""
    said = clean(text).rstrip("。.!~ ")
    found = _SKILLS.fullmatch(said)
    words = (found[1] or found[2]).strip() if found else ""
    if not words or len(words) > 60 or (found and found[2] and _NO_SKILL.search(said)):
        return None
    return bare(words)


_ABOUT = Pattern(
    "(?:互助|求助)? ?(a ?[0-9]{1,6}) ?(?:号)?(?:是|说的是)?(?:什么事情?|怎么回事|啥事|什么情况|什么|谁的事)?[?？。]?"
    r"|what is (a ?[0-9]{1,6})\??",
    re.IGNORECASE,
)


def about(text: str) -> str | None:
    """The number of the appeal that a sentence asks about (A1是什么事); else None."""
    found = _ABOUT.fullmatch(clean(text))
    return (found[1] or found[2]) if found else None


_CONTACT = Pattern(
    "(?:我的|这是我的)?(?:(?:电话|手机|联系方式|微信|vx|wx|wechat|tel)号?(?:码)?(?:是|[:：])? ?)?(?:1[3-9][0-9](?:[ -]?[0-9]{4}){2})"
    "|(?:我的)?(?:微信|vx|wx|wechat)号?(?:是|[:：])? ?[a-z][a-z0-9_-]{2,30}"
)


def contact(text: str) -> str | None:
    """The sentence itself, where it is nothing but a mobile number or a WeChat name; else None."""
    return clean(text) if _CONTACT.fullmatch(clean(text).casefold().rstrip("。. ")) else None


_COMMON = "帮忙|可以|能够|东西|一下|需要|同志|我们|大家|没有|时间|事情|方便|什么|一些|家里|有空"
_APART = Pattern(f"{_COMMON}|[\\s,，、;；/和]+")
_SHORT = 3
"""Latin words up to this length (the, for) say nothing."""


def matches(skill_words: str, need: str) -> bool:
    """Whether what somebody can do is what is needed: they share a word of two characters that says something."""
    said, can = bare(need), [part for part in _APART.split(bare(skill_words)) if part]
    pairs = {part[at : at + 2] for part in can if not part.isascii() for at in range(len(part) - 1)}
    return any(pair in said for pair in pairs) or any(part in said for part in can if part.isascii() and len(part) > _SHORT)

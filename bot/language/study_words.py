"""What people say about lessons: what they want to learn, that they cannot read now, how the curator moves a lesson."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.language.normalise import bare, clean
from bot.language.numerals import NUMERAL, number
from bot.patterns import Pattern

_LONGEST = 40
_ASKED = Pattern(
    r"(?:请问|咱们?|我们|支部|这里|那|还)*有(?:没有|没得|无)(?:关于|讲|教|介绍|说)?(?P<topic>.{1,16}?)(?:方面|这方面|相关)?的?(?:小?课程?|微课|教程)(?:吗|呢|么|啊|可以学)*"
    r"|有(?:关于|讲|教|介绍)(?P<told>.{1,16}?)的?(?:小?课程?|微课|教程)[吗么]"
    r"|(?:are there |is there |do you have |any )*(?:an? |any )?lessons? (?:on|about) (?P<english>.{2,40})"
)
_WISHED = Pattern(
    r"我?(?:也|还|就)?(?:很|特别)?想(?:要|去)?学(?:一?学|一下|习一下|习|点儿?|些)?(?:怎么|怎样|如何)?(?P<topic>.{1,14}?)(?:的?(?:技术|知识|方法))?[了呢吧啊]?"
    r"|i (?:want|would like|'d like) to learn (?:about |how to )?(?P<english>.{2,40})"
)
_NOT_A_TOPIC = Pattern(r"[,.!?;，。！？；]|不|没|完|他|她|孩子|儿子|女儿|别人|什么|哪些|啥|党校|驾照|车$|上$|^人")
_VOICE = Pattern(r"(?:能|可以|可不可以|有没有|有没得|给我|帮我|发|换成?|要|想听).{0,8}(?:语音|声音|音频|录音)")
_UNREADABLE = Pattern(r"看不(?:了|清|见|到)(?:文?字|手机)|[念读](?:给我听|一下|一遍)|不识字|不方便看(?:文?字|手机)|眼睛?(?:花|不好)")
_ABOUT_LESSONS = Pattern(r"课|学习|文字|党史|看不了字|念给我听|读给我听|语音的|语音版")


def wanted(text: str) -> str | None:
    """The topic that somebody asks a lesson about or wants to learn; None for anything else."""
    if len(text) > _LONGEST:
        return None
    said = bare(text)
    for pattern in (_ASKED, _WISHED):
        if found := pattern.fullmatch(said):
            topic = next(each for each in found.groups() if each is not None).strip(" 的")
            return None if not topic or _NOT_A_TOPIC.search(topic) else topic
    return None


def cannot_read(text: str) -> str | None:
    """An empty word where somebody asks for the spoken version of a lesson, or says that they cannot read now; else None."""
    if len(text) > _LONGEST:
        return None
    said = bare(text)
    spoken = _VOICE.search(said) or _UNREADABLE.search(said)
    return "" if spoken and _ABOUT_LESSONS.search(said) else None


class Order(StrEnum):
    """What is done with the plan of lessons."""

    MOVE = "move"
    OUT = "out"
    PREVIEW = "preview"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Ordered:
    """What a curator said about the plan: places from 1, or the words that name a lesson."""

    order: Order
    place: int = 0
    to: int = 0
    words: str = ""


_PLACE = "第? ?(?P<@>NUMERAL) ?(?:个|课|号|条|位)?".replace("NUMERAL", NUMERAL)
_MOVE = Pattern(
    rf"(?:把|move )?{_PLACE.replace('@', 'place')} ?(?:移|挪|调|排|提|放|提前|推后)?(?:到|至|to|->|→) ?{_PLACE.replace('@', 'to')}"
)
_OUT = Pattern(
    rf"(?:移出|移除|去掉|删掉?|删除|不发|out|remove) ?{_PLACE.replace('@', 'place')}|{_PLACE.replace('@', 'one')} ?(?:移出|去掉|删掉|不发)"
)
_PREVIEW = Pattern(r"(?:预览|先看|看看|看|preview) ?(?P<words>.+)")
_FIRST = Pattern(r"(?:加入?|加上|添加|先发|下一课|下次发|恢复|add|next)? ?(?P<words>.+)")


def ordered(text: str) -> Ordered:
    """What is to be done with the plan: 3 到第1个, 移出 2, 预览 养猪, 加 养猪; bare words name a lesson that is to come next."""
    said = clean(text)
    if found := _MOVE.fullmatch(said):
        return Ordered(Order.MOVE, _counted(found["place"]), _counted(found["to"]))
    if found := _OUT.fullmatch(said):
        return Ordered(Order.OUT, _counted(found["place"] or found["one"]))
    if found := _PREVIEW.fullmatch(said):
        return Ordered(Order.PREVIEW, words=found["words"])
    found = _FIRST.fullmatch(said)
    return Ordered(Order.FIRST, words=found["words"] if found else said)


_EVERY = Pattern(r"(?P<daily>每天|天天|daily|every day)|(?P<working>每个?工作日|工作日|working(?: days?)?)")
_WEEKDAY = Pattern(
    r"(?:每|每个)?(?:周|星期|礼拜)(?P<han>[一二三四五六日天])|(?:every )?(?P<english>mon|tues|wednes|thurs|fri|satur|sun)day"
)
_WEEK = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_OFF = frozenset({"关", "关掉", "关闭", "不要", "停", "取消", "off", "none"})


def study_days(text: str) -> tuple[str, str]:
    """On which days lessons are wanted (`daily`, `working`, or an empty word) and the rest: 每天 8:00."""
    said = clean(text).casefold()
    found = _EVERY.match(said)
    if found is None:
        return "", said
    return "daily" if found["daily"] else "working", said[found.end() :].lstrip(" 的,，")


def weekday(text: str) -> tuple[int | None, str]:
    """The day of the week a text begins with (Monday is 0) and the rest: 周五 12:00."""
    said = clean(text).casefold()
    found = _WEEKDAY.match(said)
    if found is None:
        return None, said
    day = min("一二三四五六日天".index(found["han"]), 6) if found["han"] else _WEEK.index(found["english"])
    return day, said[found.end() :].lstrip(" 的,，")


def is_off(text: str) -> bool:
    """Whether something is not wanted any more: 关."""
    return bare(text) in _OFF


def days(text: str) -> int | None:
    """A number of days: 3天, 三天, 一周, 2 days; None where none is said."""
    found = re.fullmatch(rf"(?P<count>{NUMERAL}) ?(?P<unit>天|日|个?星期|周|礼拜|days?|weeks?)?", bare(text))
    if found is None:
        return None
    weeks = (found["unit"] or "").lstrip("个") in {"星期", "周", "礼拜", "week", "weeks"}
    return _counted(found["count"]) * (7 if weeks else 1)


_PAUSED = Pattern(r"(?:停课|课停) ?(?P<days>.{1,8})")
_NOT_TODAY = frozenset({"今天不发课", "今天不发课了", "今天别发课", "今天不用发课", "今天停课", "今天课不发了"})
_NEXT = Pattern(
    r"(?:这周|本周|下周|明天|后天|接下来|下次|以后|这几天)(?:都)?(?:要)?(?:(?:发|上|讲|排)(?:什么|啥|哪些|哪个|哪一?)(?:课|内容)?|学(?:什么|啥|哪些|哪个|哪一?)课)[呢呀啊]?"
)


def pausing(text: str) -> str | None:
    """For how long no lesson is wanted, in the words that `days` reads: 停课三天, 今天不发课; None for anything else."""
    said = bare(text)
    if said in _NOT_TODAY:
        return "1天"
    found = _PAUSED.fullmatch(said)
    return found["days"] if found is not None and days(found["days"]) is not None else None


def asks_for_plan(text: str) -> str | None:
    """An empty word where somebody asks which lessons come: 明天发什么, 这周发什么课; else None."""
    return "" if _NEXT.fullmatch(bare(text)) else None


def _counted(words: str) -> int:
    value = number(words)
    return 0 if value is None else value

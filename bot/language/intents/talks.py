"""Reports of one's thoughts, and the wish to talk to somebody of the branch."""

from bot.language import days, event_words
from bot.language.free_text import alone, headed, text_of, typed, wish
from bot.language.normalise import HAN
from bot.language.rule import LIKELY, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_HAND_IN = r"交|写|提交|递交|上交|发|汇报|补交|补|报"
_THOUGHTS = r"(?:个人|本人|[0-9]{1,2}月|[一二三四]?季度|本季度|年度|入党)?(?:的)?思想汇报(?:材料|书)?"
_THOUGHTS_HEADED, _THOUGHTS_WISHED = headed(_THOUGHTS), wish(_THOUGHTS, _HAND_IN)
_NOT_THOUGHTS = Pattern(
    r"怎么写|如何写|咋写|怎样写|格式|范文|模板|多少字|谁|收到(?:了)?(?:吗|没)|什么时候|多久|几号|必须|没交|还没|不想|"
    r"不用|催|要交吗|几篇|审|批|看看"
)
_REPORTS = Pattern(
    r"^(?:我|俺|想|要|书记|,|来|准备|应该|该){0,5}(?:向|跟|给)?(?:组织|支部|党组织|书记|您)?汇报(?:一下|下)?(?:我的?|"
    r"自己的?|最近的?|近期的?|个人)?思想(?:情况|动态|状况)?(?:了|吧)?$"
    r"|思想汇报.{0,4}(?:写好|可以交|想交|要交|现在交|交给)|写好(?:了)?思想汇报|si ?xiang ?hui ?bao"
)
_SALUTE = Pattern(r"^敬爱的党(?:组织|支部)?[:：,，。!！]")


def _thoughts(said: Said) -> Found | None:
    words = said.words
    if text := text_of(said, _THOUGHTS_HEADED):
        return None if _NOT_THOUGHTS.search(text[:12]) and len(text) < 14 else Found({"text": text}, alone(said), args=text)
    if _SALUTE.match(typed(said)):
        return Found({"text": typed(said)}, alone(said), args=typed(said))
    return (
        Found({"needs_clarify": True}, alone(said))
        if not _NOT_THOUGHTS.search(words)
        and ((len(words) < 60 and any(_THOUGHTS_WISHED.fullmatch(each) for each in (words, *said.parts))) or _REPORTS.search(words))
        else None
    )


_TALKS = Pattern(
    r"(?:谈(?:谈|一谈|一下|一次|个|次)?(?:话|心)|(?:聊|谈)(?:聊|谈|一聊|一谈|一下|几句|两句|会儿|会|天|下)|谈谈|(?:说|讲)(?:说|"
    r"几句)?(?:说)?(?:心里话|知心话|体己话)|说说话|当面(?:说|谈|聊|汇报)|见(?:个)?面|沟通(?:一下|沟通)?|倾诉|"
    r"交流(?:一下)?|(?:通|打)(?:个|一个|次|一次)?(?:电?话|语音|视频)|视频(?:聊|一下|通话)|"
    r"找(?P<whom>书记|组织|支委|委员|领导|你|您|联系人|联络员|[{HAN}]{{1,3}}(?:书记|委员))(?:谈|聊|说)|(?:跟|和|找|向|"
    r"与)(?:支部)?(?:书记|支委|组织|您|你|人|联系人|联络员)(?:说(?:说|一?下|点|个|几句|两句|$)|讲(?:讲|一?下)|反映|汇报)|talk (?:to|"
    r"with)|"
    r"chat with|have a talk|tan ?hua|liao ?liao|tan ?xin)".replace("{HAN}", HAN)
)
_WANTS = Pattern(
    r"想|要|约|能不能|能(?:否)?|可以|可不可以|希望|申请|预约|安排|请求|请|方便|有空|找(?:个)?(?:时间|机会|人)|want|"
    r"would like|can i|could i|may i|xiang|yue"
)
_FINDS = Pattern(r"^(?:找|约)(?:支部|党支部)?(?:书记|支委|组织|委员|联系人|联络员|组织委员|纪检委员|宣传委员)(?:聊|谈|说)")
_NOT_TALK = Pattern(
    r"(?:电话|视频|语音)给我|打不开|体会|心得|感想|感悟|看法|(?:和|跟|同|与)(?:老婆|老公|媳妇|孩子|儿子|女儿|对象|老板|同事|朋友|客户|厂里|工友|我妈|"
    r"我爸|他|她|别人|网友)|"
    r"谈(?:恋爱|对象|生意|价|判|工资|过话了)|聊(?:得|过|完|了)|谈(?:得|完|过|了)|群里聊|闲聊|瞎聊|吹|谁|怎么谈|必须|"
    r"每年|多久|几次|聊天记录|记录|入党(?:谈话|介绍(?!人))|不想谈|不想聊|别聊|谈话(?:记录|要求)|"
    r"大家(?:都|一起)?聊|你们聊|家乡|打算|就是想知道|党费|交流会|座谈|请大家"
)
_WITH = Pattern(
    rf"(?:和|跟|与|同|找|向|约|安排|让|(?<!申)请)(?P<who>(?:支部|党支部|组织|我们|咱们?)?(?:的)?(?:副书记|书记|支委|组织委员|宣传委员|"
    rf"纪检委员|委员|联系人|联络员|(?:入党)?介绍人|组织|领导|党小组长|组长)|[{HAN}]{{1,3}}(?:副书记|书记|委员|主任|同志|老师)|"
    rf"[{HAN}]{{2,3}}(?=(?:书记|同志)?(?:谈|聊|说|见|当面|沟通)))"
)
_ADDRESSED = Pattern(
    r"^(?P<who>[^,]{0,2}(?:书记|委员))(?:好|您好|你好)?,?.*(?:您|你|有空)|(?:您|你).*,?(?:吗|吧)?(?P<whom>书记)[?]?$|"
    r"(?P<pinyin>shu ?ji)"
)
_TO = Pattern(r"(?:talk|chat) (?:to|with) (?:the |my |our )?(?P<who>secretary|liaison)")
_ENGLISH_WHO = {"secretary": "书记", "liaison": "联系人"}
_OWN_PREFIX = Pattern(r"^(?:支部|党支部|我们|咱们?)(?:的)?(?=.)")
_NOBODY = frozenset({"组织", "领导"})
_AFTER = Pattern(r"^(?:以后|之后|后|过后|往后)")
_BEFORE = Pattern(r"^(?:以前|之前|前)")
_WHY = Pattern(
    r"(?:因为|由于|关于|为了|就|说说|聊聊|谈谈|想说|想聊|有关|反映一?下?)(?P<about>[^,;。!?]{2,20}?)(?:的)?(?:事情?|"
    r"问题|情况)?(?:想|要|约|,|;|。|$)"
)
_LATELY = Pattern(r"^(?:最近|这段时间|近来|这阵子|这几天|有点|有些)+")
_VAGUE = Pattern(r"^(?:心里|我)?有(?:一?[点些个]|几句)?(?:事情?|话|心事)(?:要|想)?(?:说|讲)?$")
_NO_ABOUT = Pattern(r"^(?:点事|些事|几句|两句|吗|吧|呢|心|说|一|视频|您|你|书记|几|话|天|可以|行|啊|都|时间)|时间|有空|方便")
_FEELS = Pattern(
    r"(?P<why>(?:最近|这段时间|近来|这阵子|这几天)?(?:心里(?!话|有话)|心情|压力|思想|情绪|精神|工作|家里|家庭|婚姻|生活|感情|"
    r"身体)(?:上|里)?[^,;。!?]{1,14})|(?:有点|有些)?(?P<state>迷茫|想不通|想不开|郁闷|苦闷|烦闷|憋屈|委屈|孤单|孤独|有困难|遇到(?:点|"
    r"些)?(?:困难|难处|事|麻烦)[^,;。!?]{0,8}|(?:有点|有些|有)?(?:心事|困惑|想法|思想包袱|难处|话(?:想|要)说)|难受|失眠|"
    r"睡不着)"
)


def _talk(said: Said) -> Found | None:
    words = said.words
    if len(words) > 80 or _NOT_TALK.search(words) or not _TALKS.search(words) or not (_WANTS.search(words) or _FINDS.match(words)):
        return None
    slots: dict[str, object] = {}
    if reason := _talk_reason(words):
        slots["reason"] = reason
    if time := time_of(said):
        slots["time"] = time
    if who := _partner(words):
        slots["with"] = who
    return Found(slots, alone(said) if "with" in slots else LIKELY)


def _partner(words: str) -> str:
    if english := _TO.search(words):
        return _ENGLISH_WHO[english["who"]]
    found = _WITH.search(words)
    if found is None or found["who"].startswith(("您", "你")):
        found = _ADDRESSED.search(words)
    said = found.groupdict() if found else {}
    who = _OWN_PREFIX.sub("", said.get("who") or ("书记" if said.get("whom") or said.get("pinyin") else ""))
    return "" if who in _NOBODY or who.startswith(("你", "您", "人", "时间", "个", "一", "几", "两")) else who


def time_of(said: Said) -> str:
    """When, as it is said: 21:00后, 2026-03-11T15:00, 2026-03-14, 周末."""
    words = said.words
    whens = days.find(words, said.setting.at)
    if not whens:
        return "周末" if "周末" in words else ""
    when = whens[0]
    if words[when.start : when.end] == "周末":
        return "周末"
    told = when.iso() if when.clock or when.day else when.part
    if when.day and not when.clock and when.part:
        told = f"{when.day} {when.part}"
    rest = words[when.end : when.end + 3]
    return f"{told}后" if _AFTER.match(rest) else f"{told}前" if _BEFORE.match(rest) else told


def _talk_reason(words: str) -> str:
    if felt := _FEELS.search(words):
        told = _LATELY.sub("", felt["why"] or felt["state"]).strip(" 了的呢啊,")
        return "" if _VAGUE.fullmatch(told) else told
    found = _WHY.search(words)
    about = found["about"].strip(" 的了") if found else ""
    return "" if not about or _NO_ABOUT.search(about) or _TALKS.search(about) or event_words.named(about) else about


_TALK_CUES = ("谈", "聊", "说", "见", "沟通", "倾诉", "交流", "当面", "talk", "chat", "tan", "liao", "心里话", "通", "电话", "视频")

RULES: tuple[Rule, ...] = (
    Rule("thought_report", _thoughts, ("思想", "敬爱的党", "huibao", "hui bao"), why="a report of one's thoughts"),
    Rule("talk_request", _talk, _TALK_CUES, why="wants to talk"),
)

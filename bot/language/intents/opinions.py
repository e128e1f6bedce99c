"""What people tell the branch: opinions and what became of them, reports of their thoughts, the wish to talk."""

from bot.language import days, event_words
from bot.language.contexts import OPINION_DRAFT
from bot.language.free_text import headed, text_of, typed, wish
from bot.language.normalise import HAN
from bot.language.rule import LIKELY, MAYBE, TO_THE_BOT, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_HAND_IN = r"交|写|提交|递交|上交|发|汇报|补交|补|报"
_THOUGHTS = r"(?:个人|本人|[0-9]{1,2}月|[一二三四]季度|本季度|年度|入党)?(?:的)?思想汇报(?:材料|书)?"
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


def _alone(said: Said) -> float:
    return LIKELY if said.setting.in_group else TO_THE_BOT


def _thoughts(said: Said) -> Found | None:
    words = said.words
    if text := text_of(said, _THOUGHTS_HEADED):
        return None if _NOT_THOUGHTS.search(text[:12]) and len(text) < 14 else Found({"text": text}, _alone(said), args=text)
    if _SALUTE.match(typed(said)):
        return Found({"text": typed(said)}, _alone(said), args=typed(said))
    return (
        Found({"needs_clarify": True}, _alone(said))
        if not _NOT_THOUGHTS.search(words)
        and ((len(words) < 60 and any(_THOUGHTS_WISHED.fullmatch(each) for each in (words, *said.parts))) or _REPORTS.search(words))
        else None
    )


_TALKS = Pattern(
    r"(?:谈(?:谈|一谈|一下|一次|个|次)?(?:话|心)|(?:聊|谈)(?:聊|谈|一聊|一谈|一下|几句|两句|会儿|会|天|下)|谈谈|(?:说|讲)(?:说|"
    r"几句)?(?:说)?(?:心里话|知心话|体己话)|说说话|当面(?:说|谈|聊|汇报)|见(?:个)?面|沟通(?:一下|沟通)?|倾诉|"
    r"交流(?:一下)?|"
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
    r"体会|心得|感想|感悟|看法|(?:和|跟|同|与)(?:老婆|老公|媳妇|孩子|儿子|女儿|对象|老板|同事|朋友|客户|厂里|工友|我妈|"
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
_NO_ABOUT = Pattern(r"^(?:吗|吧|呢|心|说|一|视频|您|你|书记|几|话|天|可以|行|啊|都|时间)|时间|有空|方便")
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
    return Found(slots, _alone(said) if "with" in slots else LIKELY)


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
        return _LATELY.sub("", felt["why"] or felt["state"]).strip(" 了的呢啊,")
    found = _WHY.search(words)
    about = found["about"].strip(" 的了") if found else ""
    return "" if not about or _NO_ABOUT.search(about) or _TALKS.search(about) or event_words.named(about) else about


_OPINION = r"(?:意见(?:建议)?|建议(?:意见)?|看法|想法|诉求|投诉|举报|批评)"
_GIVES = r"提|反映|反应|说|写|交|提交|发|有|给"
_OPINION_HEADED = headed(
    rf"(?:匿名|不记名|不署名)?(?:有|提|想提|要提|反映|反应|给支部|给村里|给组织|对支部|对村里|"
    rf"对家乡)?(?:一?[个条点些])?(?:小小的|小|不成熟的|匿名|合理化|家乡发展|发展)?(?:的)?{_OPINION}(?:箱)?"
)
_OPINION_WISHED = wish(
    rf"(?:一?[个条点些]|几[条点个])?(?:小小的|小|匿名|不成熟的|合理化)?(?:的)?{_OPINION}(?:箱)?",
    rf"{_GIVES}|匿名|匿名提|对(?:支部|村里|组织|家乡)|给(?:支部|村里|组织|家乡)(?:提|反映)?",
)
_SUGGESTS = Pattern(
    r"^(?:我|俺|本人)?(?:想|要)?(?:建议(?!你|他|她|大家多)|提议|希望(?=支部|组织|村|镇|党委|书记|群|学习|会议?|通知|"
    r"活动|机器人|以后)|有(?:一?[个点些])?(?:问题|情况|事)(?:要|想)(?:反映|反应|说)|反映|反应|"
    r"投诉|举报|吐槽)(?:一?下|一个(?:问题|情况)|个(?:事|问题|"
    r"情况))?(?:支部|村里|组织|咱们?|党委|镇里|书记|大家)?[:：,，\s]?(?P<text>.{4,})$"
)
_IS = Pattern(r"^(?:我的?|本人的?|匿名|不署名|不记名|[,，])*(?:意见|建议|看法|想法)(?:就)?是(?!什么|啥|不是|谁)[:：,，\s]?(?P<text>.{3,})$")
_ABOUT_US = Pattern(
    r"^(?:我|俺)?(?:想|要)?(?:给|对|向)(?:支部|村里|组织|家乡|镇里|书记|党委|"
    r"村委)(?:的)?(?P<about>[^,，:：。]{0,10}?)(?:提|反映|有|反应)(?:一?[个条点些]|几[条点个])?(?:小)?(?:意见|建议|看法|"
    r"想法|问题|情况)[:：,，。\s]?(?P<text>.*)$"
)
_ANONYMOUS = Pattern(
    r"(?:用|以)?匿名(?:的)?(?:方式|形式)?地?|不记名|不署名|别(?:写|署|说|提|露|让人知道)(?:我)?的?(?:名|是我|谁)|"
    r"不想?(?:让|要|被)?(?:别人|人家?|大家|"
    r"书记|人|他们)?(?:知道|晓得|看到|看出)(?:是)?(?:我|谁)|保密|不要?(?:写|署|透露|露|留|公开|"
    r"显示)(?:我)?(?:的)?(?:真实)?(?:名|姓名|身份)|anonymous"
)
_ANONYMOUS_HEAD = Pattern(r"^(?:匿名|不记名|不署名)提?(?:(?:个|条|一个|一条)?(?:意见|建议|反映|举报|投诉|说))?[:：,，\s](?P<text>.{3,})$")
_NOT_OPINION = Pattern(
    r"没用|没人管|没人理|(?:有|没|回复|处理|采纳|答复|办理|怎么样|到哪).{0,6}(?:了吗|了没|没有|吗)$|怎么(?:提|写)|没(?:有)?(?:什么|啥|别的|"
    r"其他|任何)?意见|不反对|没意见|谁(?:提|投诉|举报|有)|征求|你有什么|大家有|有什么意见|有意见吗|意见稿|同意|装个|"
    r"请大家议|议一议|表决|议案"
)
_DEVELOPMENT = Pattern(
    r"家乡|村里?(?:的)?(?:发展|经济|产业|建设|旅游|电商|合作社|农产品|特产|茶|果)|发展(?:建议|意见|产业|经济|旅游|电商)|"
    r"产业|乡村振兴|招商|五年规划|带货|合作社|民宿|农家乐|电商"
)
_REPORTED = Pattern(
    r"(?:我|俺|想|要|来|可以|能|有|书记|,){0,5}(?:反映|反应)(?:点|些|个|一下|一个|几个)?(?:问题|情况|事情?)?(?:想|要)?(?:吗|"
    r"吧)?|(?:我)?有(?:点|个|些|几个)?(?:问题|情况)(?:要|想)(?:反映|反应)|(?:提|我提)(?:个|点|条)?(?:意见|建议)(?:能不能|"
    r"可不可以|可以|能|吗|行吗)"
)
_KINDS = (("complaint", Pattern(r"投诉")), ("report", Pattern(r"举报")), ("development", _DEVELOPMENT))


def _opinion(said: Said) -> Found | None:
    words = said.words
    drafting = said.setting.context == OPINION_DRAFT
    anonymous = _ANONYMOUS.search(words if len(words) < 80 else f"{words[:40]},{words[-40:]}") is not None
    if _status(said) is not None:
        return None
    if drafting and anonymous and len(words) <= 20:
        return Found({"anonymous": True, "needs_clarify": True})
    text = _opinion_text(said)
    if not text:
        if (drafting and len(words) >= 6 and not said.asks) and not _OPINION_WISHED.fullmatch(words):
            text, anonymous = typed(said), False
        elif len(words) > 60 or _NOT_OPINION.search(words) or not any(map(_wishes_to_say, (words, *said.parts))):
            return None
    slots: dict[str, object] = {"anonymous": True} if anonymous else {}
    if kind := next((name for name, pattern in _KINDS if pattern.search(words[:200])), ""):
        slots["kind"] = kind
    slots |= {"text": text} if text else {"needs_clarify": True}
    return Found(slots, _sure(said, text), args=text)


def _sure(said: Said, text: str) -> float:
    """Words of one's own are the draft's, if they sound like an opinion."""
    if said.setting.context == OPINION_DRAFT and text == typed(said) and not _SOUNDS.search(said.words):
        return MAYBE
    headed_text = text and (text_of(said, _OPINION_HEADED) or _ANONYMOUS_HEAD.match(typed(said)))
    return _alone(said) if headed_text else LIKELY


_SOUNDS = Pattern(r"希望|建议|应该|最好|能不能|太|不|没|老是|总是|公开|公布|账|路|灯|水|村|支部|食堂|卫生|该|要|多|少")


def _wishes_to_say(words: str) -> bool:
    plain = _ANONYMOUS.sub("", words).strip(",的 地")
    return bool(
        _REPORTED.fullmatch(plain)
        or _REPORTED.fullmatch(words)
        or _OPINION_WISHED.fullmatch(words)
        or _OPINION_WISHED.fullmatch(plain)
        or (
            words != plain
            and plain
            in {
                "提",
                "我想说两句",
                "我想说几句",
                "想说两句",
                "说两句",
                "说几句",
                "我想反映",
                "我想说",
                "我想",
                "我要",
                "我想提",
                "可以",
                "能",
            }
        )
    )


def _opinion_text(said: Said) -> str:
    if _NOT_OPINION.search(said.words[:60]):
        return ""
    line = typed(said)
    for found in (
        text_of(said, _OPINION_HEADED),
        _told(_IS, line),
        _told(_ANONYMOUS_HEAD, line),
        _told(_ABOUT_US, line),
        _told(_SUGGESTS, line),
    ):
        text = _ANONYMOUS_CLAUSE.sub("", found).strip(" ,，。:：;；、")
        if text:
            return text
    return ""


_ANONYMOUS_CLAUSE = Pattern(
    r"[,，。;；\s]{0,2}(?:请)?(?:帮我)?(?:匿名|保密|不记名|不署名|别说是我(?:说|提)的|不想让(?:别人|人|"
    r"大家)知道(?:是我.{0,4})?|别(?:写|署)(?:我)?(?:的)?名字?|不要写名字?)(?:提交|处理|吧|啊|就行|谢谢)?[。!！]?$"
)


def _told(pattern: Pattern, line: str) -> str:
    found = pattern.match(line)
    return found["text"].strip() if found else ""


_STATUS = Pattern(
    r"(?:我|俺)?(?:上次|上回|之前|前几天|昨天|上周|上个?月|那天|以前)?(?:我)?(?:提|反映|反应|说|交|写|投)?(?:过|了|"
    r"上去)?(?:的)?(?:那[个条件]|这[个条件]|几条)?(?:匿名)?(?:的)?(?:意见|建议|反映的[^,;。]{0,8}?(?:问题|情况|事情?)|诉求|投诉|举报|"
    r"提的问题)(?:信|箱|编号)?[^,;。]{0,12}?"
    r"(?:有|回复|答复|处理|采纳|办|怎么样|咋样|进展|结果|到哪|落实|解决|受理|动静|回音|看了|回(?!来|家|去)|还没|收到|"
    r"下文|消息|状态|进度)[^;。]{0,10}"
)
_STATUS_ASKS = Pattern(r"吗|没|\?|怎么样|咋样|到哪|进展|结果|进度|状态|下文|查|了不|何时|什么时候|多久|why|呢$")
_STATUS_NOT = Pattern(r"大家|谁|别人|他的|她的|没(?:有)?意见|同意|党费|求助")
_STATUS_ENGLISH = Pattern(
    r"(?:status|reply|answer|news|result|what happened).{0,12}(?:my )?(?:opinion|suggestion|complaint)|"
    r"查(?:一?下)?(?:我的?)?(?:意见|建议)|(?:意见|建议)(?:编号|进度|状态)|反映的(?:事|问题|情况)[^,;。]{0,8}(?:吗|没|"
    r"进展|怎么样|结果)|(?:what about )?my (?:opinion|suggestion)|我?(?:上次|上回|之前|昨天|前几天)?(?:的|提的)(?:那[个条])?(?:意见|建议)呢"
)


def _status(said: Said) -> Found | None:
    words = said.words
    if len(words) > 40 or _STATUS_NOT.search(words):
        return None
    if _STATUS_ENGLISH.search(words) or (_STATUS.search(words) and _STATUS_ASKS.search(words)):
        return Found(confidence=_alone(said))
    return None


_TALK_CUES = ("谈", "聊", "说", "见", "沟通", "倾诉", "交流", "当面", "talk", "chat", "tan", "liao", "心里话")
_OPINION_CUES_TOLD = (
    "意见|建议|匿名|不记名|不署名|看法|想法|诉求|投诉|举报|批评|反映|反应|希望|提议|吐槽|知道|名|保密|问题|anonymous|晓得|情况"
)
_OPINION_CUES = tuple(_OPINION_CUES_TOLD.split("|"))

RULES: tuple[Rule, ...] = (
    Rule("thought_report", _thoughts, ("思想", "敬爱的党", "huibao", "hui bao"), why="a report of one's thoughts"),
    Rule(
        "opinion_status",
        _status,
        ("意见", "建议", "反映", "诉求", "投诉", "举报", "opinion", "suggestion", "complaint", "提的"),
        why="asks about an opinion",
    ),
    Rule("talk_request", _talk, _TALK_CUES, why="wants to talk"),
    Rule("opinion_submit", _opinion, _OPINION_CUES, why="an opinion"),
    Rule("opinion_submit", _opinion, contexts=frozenset({OPINION_DRAFT}), why="the words of an opinion"),
)

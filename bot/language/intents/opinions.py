"""Opinions: what people tell the branch, with their name or without, and what became of it."""

from bot.language.contexts import OPINION_DRAFT
from bot.language.free_text import alone, headed, text_of, typed, wish
from bot.language.rule import LIKELY, MAYBE, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_OPINION = r"(?:意见(?:建议)?|建议(?:意见)?|看法|想法|诉求|投诉|举报|批评)"
_GIVES = r"提|反映|反应|说|写|交|提交|发|有|给"
_OPINION_HEADED = headed(
    rf"(?:匿名|不记名|不署名)?(?:有|提|想提|要提|反映|反应|给支部|给村里|给组织|对支部|对村里|"
    rf"对家乡)?(?:一?[个条点些])?(?:小小的|小|不成熟的|匿名|合理化|家乡发展|发展)?(?:的)?{_OPINION}(?:箱|反映)?"
)
_OPINION_WISHED = wish(
    rf"(?:一?[个条点些]|几[条点个])?(?:小小的|小|匿名|不成熟的|合理化)?(?:的)?{_OPINION}(?:箱)?",
    rf"{_GIVES}|匿名|匿名提|对(?:支部|村里|组织|家乡)|给(?:支部|村里|组织|家乡)(?:提|反映)?",
)
_SUGGESTS = Pattern(
    "^(?:我|俺|本人)?(?:想|要)?(?:建议(?!你|他|她|大家多)|提议|希望(?=党课|课程|学习资料|资料|大会|组织生活|支部|组织"
    "|村|镇|党委|书记|群|学习|会议?|通知|"
    r"活动|机器人|以后)|有(?:一?[个点些])?(?:问题|情况|事)(?:要|想)(?:反映|反应|说)|反映(?!的)|反应(?!的)|"
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
    "(?:用|以)?匿名(?:的)?(?:方式|形式)?地?|不记名|不署名|(?:别|莫|不要|甭|不准)(?:写|署|说|讲|提|露"
    "|让人知道)(?:出去)?(?:是)?(?:我)?的?(?:名|是我|谁)|(?:别|莫|不要|甭)(?:说|讲|提)(?:是)?我(?:说|讲|提)|"
    r"不想?(?:让|要|被)?(?:别人|人家?|大家|"
    r"书记|人|他们)?(?:知道|晓得|看到|看出)(?:是)?(?:我|谁)|保密|不要?(?:写|署|透露|露|留|公开|"
    r"显示)(?:我)?(?:的)?(?:真实)?(?:名|姓名|身份)|anonymous"
)
_ANONYMOUS_HEAD = Pattern(
    "^(?:匿名|不记名|不署名)提?(?:(?:个|条|一个|一条)?(?:意见|建议|反映|举报|投诉|说)(?:一下)?(?:一?个|点|件)?(?:情况"
    r"|问题|事情?)?)?[:：,，\s](?P<text>(?![0-9]+(?:元|"
    r"块)?$).{3,})$"
)
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
    "(?:我|俺|书记|,)*有(?:个|点|些|件|几个)(?:事情?|话|意见|想法)(?:要|想)(?:跟|向|给)?(?:支部|组织|书记)?(?:反映|反应"
    "|提)(?:一下)?|(?:我|俺)?(?:对|给)(?:支部|村里|组织|书记|村委)(?:的工作)?有(?:点|些|个)?(?:意见|建议|想法)"
    "|(?:意见|建议)?(?:能不能|可不可以|可以|能|想)匿名(?:说|提|反映|提意见)?(?:吗|么|不|行吗)?|(?:我|俺|想|要|来|可以"
    "|能|有|书记|,){0,5}(?:反映|反应)(?:点|些|个|一下|一个|几个)?(?:问题|情况|事情?)?(?:想|要)?(?:吗|"
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
    return alone(said) if headed_text else LIKELY


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
        if text and not _wishes_to_say(text):
            return text
    return ""


_ANONYMOUS_CLAUSE = Pattern(
    r"[,，。;；\s]{0,2}(?:请)?(?:帮我)?(?:匿名|保密|不记名|不署名|(?:别|莫|不要|甭)(?:说|讲|提)是我(?:说|提|讲"
    "|反映)的?(?:哈|啊|哦)?|不想让(?:别人|人|"
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
_STATUS_ASKS = Pattern(r"吗|没|\?|怎么样|咋样|到哪|进展|结果|进度|状态|下文|查|了不|何时|几时|啥时|什么时候|多久|why|呢$")
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
        return Found(confidence=alone(said))
    return None


_OPINION_CUES_TOLD = (
    "意见|建议|匿名|不记名|不署名|看法|想法|诉求|投诉|举报|批评|反映|反应|希望|提议|吐槽|知道|名|保密|问题|anonymous|晓得|情况"
)
_OPINION_CUES = tuple(_OPINION_CUES_TOLD.split("|"))

RULES: tuple[Rule, ...] = (
    Rule(
        "opinion_status",
        _status,
        ("意见", "建议", "反映", "诉求", "投诉", "举报", "opinion", "suggestion", "complaint", "提的"),
        why="asks about an opinion",
    ),
    Rule("opinion_submit", _opinion, _OPINION_CUES, why="an opinion"),
    Rule("opinion_submit", _opinion, contexts=frozenset({OPINION_DRAFT}), why="the words of an opinion"),
)

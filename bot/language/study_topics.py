"""What people want to learn, and in which form: 想学种食用菌, 有没有讲养蜂的课, 三分钟党课, 能不能发语音的."""

from dataclasses import dataclass

from bot.patterns import Pattern

AUDIO, VIDEO, TEXT = "audio", "video", "text"

_LONGEST = 60
_FORMS = (
    (
        AUDIO,
        Pattern(
            "语音|音频|声音|录音|念给|读给|读出来|念出来|念一[下遍]|读一[下遍]|(?:能不能|能|给|帮我|可以)念|听的(?:版"
            "|课|吗|没|$)|能听|收听|广播|用听的|朗读|"
            r"看不(?:了|清|见|到)(?:文?字|手机|屏)|不识字|认不得字|眼睛?(?:花|不好|看不)|audio|voice|read (?:it )?to me|"
            r"listen"
        ),
    ),
    (VIDEO, Pattern(r"视频|录像|影像|video")),
    (TEXT, Pattern(r"图文|文字版|文字的|文本|发文字|打字的|text version|as text")),
)
_ASKING_FORM = Pattern(
    r"能不能|能|可以|可不可以|有没有|有没得|有(?!人)|给我|给个|帮我|发|换|要|想|来|请|转成|念|读|吗|看不|can|could|is there|"
    r"please|i can't read|不识字|认不得|眼"
)
_NOT_FORM = Pattern(
    r"流量|只发|以后|改成|改用|视频会议|开视频|视频通话|视频参加|打视频|语音参加|语音通话|语音电话|刷视频|拍视频|"
    r"发语音(?:说|告诉|汇报|签到)|抖音|短视频|我发的?语音|录音(?:证据|了)|听得见|听不清|听说"
)

_WISH = (
    r"(?:我|俺|本人|咱|们|也|还|就|很|特别|一直|最近|想|要|打算|准备|希望|需要|能不能|可以|可不可以|能|请|请问|书记|支部|"
    r"你们|这里|这边|给我|帮我|教我|带我|去|在家|在外|回乡|回家|边打工边){1,8}"
)
_LEARN = (
    rf"(?:^|,)(?:{_WISH}|.{{0,10}}?(?:想|打算|希望)(?:要|再|在家|去|继续|重新)?)(?:学习|学一?下|学点|学学|学会|学|"
    rf"了解一下|了解|补习|进修|听听(?=党史|党章|党的|政策|理论|法律))(?:一?下|一些|些|点儿?|个|一门|一个|门|怎么|"
    rf"怎样|如何)?(?P<topic>[^,;。!?]{{1,16}}?)"
    r"(?:的?(?:技术|技能|知识|方法|手艺|课程|课|本领|门道))?(?:了|呢|吧|啊|呀|的)?(?:,.{0,20}|有(?:课|教程|资料|没有|"
    r"吗).{0,6}|行吗|可以吗|吗|谢谢)?$"
)
_HAVE = (
    r"(?:^|,|看看|问一?下|问问|想问|知道)(?:请问|咱们?|我们|支部|这里|那|还|书记|群里|你们|,){0,3}(?:有没有|有没得|有无|"
    r"有|哪里有|找|找一?下|搜|"
    r"搜一?下|查|推荐|发|来|给我发?|看|想看|想听|我要|要|我想)(?:点|些|个|一下)?(?:关于|讲|教|介绍|说)?(?:怎么|如何)?"
    r"(?P<topic>[^,;。!?的有]{1,14}?)(?:方面|这方面|相关|技术|知识)?(?:的|方面的)?(?:小?课程?|微课|教程|培训课?|学习资料|"
    r"学习材料|资料|视频课|讲座)(?:吗|呢|么|啊|可以学|可学|看看|学|,|谢谢|没有|没|不){0,3}$"
)
_ENGLISH = (
    r"^(?:i )?(?:want|would like|'d like|need) to (?:learn|study)(?: about| how to)? (?P<topic>[a-z ]{2,40})$|^(?:are there|"
    r"is there|do you have|any) (?:an? |any )?(?:lessons?|courses?) (?:on|about) (?P<about>[a-z ]{2,40})$"
)
_MATERIAL = Pattern(
    r"(?:有没有|有|找|发|来|要|看)(?:点|个|些|关于|讲)?(?P<topic>(?!党|版|文字|图文|语音|学习|今天|"
    r"微)[^,;。!?的有]{2,8}?)(?:方面|相关|这方面)?的(?:学习)?(?:资料|视频|音频|材料)(?!版|会)"
)
_GROWS = Pattern(r"想(?P<topic>[种养][^,;。!?的]{2,6})[, ]?(?:有没有|有)(?:相关的?|这方面的?|讲这个的?)?(?:课|教程|资料|培训)")
_TEACH = Pattern(
    r"(?:^|,)(?:能不能|可以|谁能|请|书记|,){0,3}教(?:教|一下)?(?:我|我们|大家)?(?:一?下|点)?(?:怎么|怎样|"
    r"如何)?(?P<topic>[^,;。!?]{2,14}?)(?:吗|吧|呗|行吗|可以吗|,.{0,10})?$"
)
_OFFERED = Pattern(
    r"^(?P<how>[^,;。!?的有我]{2,8})(?:怎么|在哪(?:里|儿)?|哪里|哪儿|咋)(?:能|可以)?学(?:习)?(?:啊|呢|到)?$|"
    r"^(?P<topic>[^,;。!?的有]{2,12})的?(?:课程?|教程|培训课?|资料|微课)(?:有吗|有没有|有不|有没|在哪)|(?:有没有|有无|"
    r"有)(?:教|讲)(?P<about>[^,;。!?的]{2,10})的(?:吗|呢)?$"
    "|^(?:请问|我?想看看?|,){0,2}(?P<text>新?党章|党史|党规|党纪|(?:党纪)?处分条例|入党誓词"
    "|[^,;。!?的]{0,8}条例)(?:的?(?:全文|原文|内容))?(?:在|到|从|上)?"
    r"(?:哪(?:里|儿)?|什么地方|怎么|咋)(?:才能|能|可以|去)?(?:[看学读]得?到?|下载|查到?|找到?)(?:啊|呢)?$"
)
_LEARNING, _HAVING, _IN_ENGLISH = Pattern(_LEARN), Pattern(_HAVE), Pattern(_ENGLISH)
_NOT_TOPIC = Pattern(
    r"不|没|完|他|她|孩子|儿子|女儿|别人|什么|哪些|啥|驾照|驾校|(?<![修叉挖吊洗])车$|上$|^人|^习$|^到|^了|^过|^会|^好|^坏|^你|我|^一$|"
    r"几|党费|收入|情况|进度|政策|工资|^这|^那|转|签到|位置|规定|流程|今天|明天|本周|上课|通知|证明|材料费"
)
_KINDS = (
    (
        "lesson",
        Pattern(
            r"三分钟(?:党课|微课|课)|(?:微|小)?党课(?!.{0,4}(?:几点|什么时候|请|参加|报名|在哪))|微课(?:堂)?|"
            r"今日(?:党)?课|今天的课|每日一课|一课|^(?:听|看|学|上)课$|(?:a |the |today's )?lesson"
        ),
    ),
    ("news", Pattern(r"(?:今天|今日|最新)的?新闻$|新闻(?:早班车|早报|联播)?|早班车|早报|今日要闻|时政|news")),
    ("digest", Pattern(r"手机报|周报|学习周刊")),
    (
        "material",
        Pattern(r"(?:学习|党史|党章|党建|理论|教育)的?(?:资料|材料|读本|文件|书)|学习包|参考资料|电子书|党章(?:全文|原文)|materials?"),
    ),
)
_ASKING_KIND = Pattern(
    r"^(?:我|俺|想|要|来|给|发|推|看|听|学|上|读|有没有|有|请|帮|今天|今日|的|个|一|节|份|下|点|些|段|篇|播|推送|打开|"
    r"能不能|可以|能|再|把|,|找|需要|哪里|怎么|新|最新|最近|领|send|me|today's|show|please|the|a| |三分钟|微|小|党|课|呢|吗|吧|啊)*$|"
    r"(?:发|给|来|看|听|学|读|推|要|想|有).{0,12}$"
)
_GENERAL = Pattern(
    r"^(?:今天|今日|这周|本周|这个?月|本月|最近|现在|明天|下周|接下来|我)?(?:要|该|应该|可以|能)?(?:学习?|有|发|上|"
    r"讲)(?:点)?(?:什么|啥|哪些|哪一?课|哪个)(?:课|内容|好)?(?:呢|啊|呀)?$"
    r"|^(?:我)?(?:想|要|去|来|开始|继续|现在|准备)+(?:学习|学点(?:东西|什么)?|上课|看课|听课)(?:一下|了|啦|吧)?$|"
    r"^(?:学习|开始学习|学习内容|学习一下|今日学习|今天的?学习(?:内容)?|学习内容(?:发我|给我|是什么)?|(?:给我)?(?:推荐|"
    "来|发)(?:点|些|几节|一节)(?:好)?课(?:程)?(?:吧)?|课程(?:表|列表|目录)?|今天有课(?:吗|没|不|么)|(?:今天|这周"
    "|最近)?有(?:啥|什么)(?:要|可以|能|新|该)学的(?:没|吗)?|(?:有|有没有)(?:什么|啥|"
    r"哪些)课(?:程)?(?:可以|能)?(?:学|看|上)?(?:吗|呢)?|有(?:什么|啥|哪些)(?:可以|能)学的|xue ?xi|"
    r"jin ?tian xue (?:shen ?me|sha))$"
    r"|what(?:'s| is| are)? (?:there )?(?:to (?:learn|study)|today's lesson|we learning)|any lessons?"
)
_OWN = (
    ("missed", Pattern(r"(?:漏|落|错过|缺|没学|没看|没上|耽误|补).{0,6}(?:课|学习|内容|几节|哪些)|补课|补学|有没有(?:漏|落)")),
    (
        "progress",
        Pattern(
            r"(?:我|学习)(?:的)?(?:学习)?(?:了|到|过|进度|情况|记录)?.{0,6}(?:几|多少|哪|进度|怎么样|记录|情况).{0,4}$|"
            r"学到哪|学了(?:几|多少|哪些)(?:节|课|门|个)?"
        ),
    ),
    ("hours", Pattern(r"学时|课时|培训(?:时长|时间|多少)")),
)
_NOT_ASKED = Pattern(
    "我的(?:心得|体会|感受|感想|收获|感悟)|意见|建议|通知|收到|寄|包裹|快递|^.{0,8}(?:思想汇报|心得|体会|感想|感悟"
    "|观后感)|孩子(?!.*(?:哄|带))|儿子|女儿|"
    r"大学|高考|学费|学校|老师|上学|入学|"
    r"请假|报名|参加|几点|改到|考我|出题|怎么写|必须|烦|没意思|好看|学得|学坏|学好了|学完|看完|听完|电影|吐槽|房租|不想|"
    r"别|不要|谁|发起|表决|投票|是否|召开|举办|举行|活动[:：,，]|定在|改到|安排一"
)
_ANYTHING = Pattern(r"(?:一门|一个|一样|点|个|门|新)?(?:手艺|技术|技能|本事|本领|东西|知识|一技之长|专业|课|什么课|内容)")
_GROW = Pattern(r"^(?:怎么|如何|怎样)?(?P<verb>种植?|养殖?|栽培?|培育)(?P<what>[^的]{1,10})$")
_HOW_GROWN = Pattern(r"(?P<what>[^的怎如咋]{2,10})(?:怎么|如何|怎样|咋)(?P<verb>种|养)")
_TIDY = Pattern(
    r"^(?:看看|推荐|找|学(?!习|校|生|历)|怎么|如何|怎样|一下|点|些|个|搞|做)+|(?<=.)(?:的|技术|知识|方法|手艺|课程?|怎么|"
    r"如何)+$"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to learn: the kind of thing, the topic; `plain` where the words say no more than that."""

    kind: str = ""
    topic: str = ""
    plain: bool = True


def read(words: str, *, in_lesson: bool = False) -> Wanted | None:
    """What is wanted; None for anything else. `in_lesson`: right after a lesson was sent."""
    if not 0 < len(words) <= _LONGEST:
        return None
    told = not _NOT_ASKED.search(words)
    about = _MATERIAL.search(words) if told else None
    if about is not None and not _NOT_TOPIC.search(about["topic"]):
        return Wanted(topic=as_noun(about["topic"]))
    form = _form(words, in_lesson=in_lesson)
    return form if form is not None or not told else _asked(words)


def _asked(words: str) -> Wanted | None:
    if _GENERAL.search(words):
        return Wanted()
    if kind := _kind(words):
        return Wanted(kind=kind)
    if topic := topic_of(words):
        return Wanted(topic="" if _ANYTHING.fullmatch(topic) else topic)
    own = next((name for name, pattern in _OWN if pattern.search(words)), "")
    return Wanted(topic=own, plain=False) if own and ("课" in words or "学" in words) else None


def _kind(words: str) -> str:
    for kind, pattern in _KINDS:
        if (found := pattern.search(words)) and (_ASKING_KIND.search(words) or found[0] == words):
            return kind
    return ""


def _form(words: str, *, in_lesson: bool) -> Wanted | None:
    if _NOT_FORM.search(words):
        return None
    form = next((name for name, pattern in _FORMS if pattern.search(words)), "")
    if not form or not _ASKING_FORM.search(words):
        return None
    about = in_lesson or any(
        each in words for each in ("课", "学", "字", "资料", "的", "版", "船上", "念", "读", "听", "audio", "lesson", "read")
    )
    return Wanted(topic=form) if about and not (form == VIDEO and "孩子" in words) else None


def topic_of(words: str) -> str:
    """The topic somebody asks a lesson about, as a noun: 种食用菌 is 食用菌种植; empty where none is."""
    found = (
        _LEARNING.search(words)
        or _GROWS.search(words)
        or _TEACH.search(words)
        or _OFFERED.search(words)
        or _HAVING.search(words)
        or _IN_ENGLISH.search(words)
    )
    if found is None:
        return ""
    groups = found.groupdict()
    topic = _TIDY.sub("", (groups.get("topic") or groups.get("how") or groups.get("about") or groups.get("text") or "").strip())
    if not topic or _NOT_TOPIC.search(topic) or _KINDS[0][1].fullmatch(topic):
        return ""
    return as_noun(topic)


def as_noun(topic: str) -> str:
    """种食用菌 as 食用菌种植, 养小龙虾 as 小龙虾养殖; 养猪, 种菜 and the rest stay."""
    if asked := _HOW_GROWN.fullmatch(topic):
        return f"{asked['what']}{'养殖' if asked['verb'] == '养' else '种植'}"
    grown = _GROW.match(topic)
    if grown is None or (len(grown["what"]) < 2 and len(grown["verb"]) < 2):
        return topic
    what = grown["what"].removeprefix("植").removeprefix("殖").removeprefix("培")
    return f"{what}{'养殖' if grown['verb'].startswith('养') else '种植' if grown['verb'][0] == '种' else '栽培'}"

"""Learning: lessons that are asked for, lessons that are done, quizzes, reflections."""

from bot.language import quiz_words, study_topics
from bot.language.contexts import LESSON, QUIZ, QUIZ_TRUE_FALSE
from bot.language.free_text import headed, text_of, typed, wish
from bot.language.rule import LIKELY, MAYBE, TO_THE_BOT, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_DONE = Pattern(
    r"(?:我|俺|都|已经?|全部?|刚|早就?|就|昨天|昨晚|刚刚|终于|今天|今日|这[一节个]?|本|的|课|党课|内容|课程|微课|视频|文章|材料|好|嗯|,|"
    r"那个|认真|一课|节){0,6}(?:学|看|听|读|学习|观看|阅读|收听|刷|补|过)(?:完毕|完成|完|好|过|毕|到最后)?(?:一遍|"
    r"两遍)?(?:了|啦|咯|喽|哦|啊|呀|哈|成|的)*(?:课|党课|视频|了|[0-9一二三两]遍|,|谢谢|书记|今天的|这课|这一课|好|打卡|"
    r"很好|不错|收获很大|学到了|顺便|顺手|顺带){0,3}"
)
_THROUGH = Pattern(
    r"(?:学|看|听|读|上|刷|补)(?:习)?[^,]{0,5}(?:完|毕|好了|过了|完成)|(?:学习|任务|课程?|内容)[^,]{0,4}(?:完成|搞定|结束|"
    r"上完)|^搞定"
)
_DONE_WORD = Pattern(
    r"学完|看完|听完|读完|学好了|学习完|学习完毕|已学|看过了|听过了|学过了|看了[0-9一二两三]?遍?|听了一?遍?|学了|已看|"
    r"已阅|已读|已听|已完成|学习完成|done|finished|完成了?|学毕|补完|打卡|xue ?wan|kan ?wan|ting ?wan|看好了|刷完"
)
_ENGLISH_DONE = Pattern(
    r"(?:i(?:'ve| have)? )?(?:done|finished|completed)(?: (?:it|the lesson|reading|studying|watching|learning))?|"
    r"xue ?wan ?le?|kan ?wan ?le?|ting ?wan ?le?|已(?:学|看|听|阅|读|完成)|学习?完成|学习打卡|完成学习|完成了?|打卡"
)
_NOT_DONE = Pattern(
    r"没|未|不|吗|\?|谁|怎么|什么时候|还没|快|就要|准备|孩子|儿子|女儿|车|驾|电视|电影|球|小说|剧|手艺|焊|技术|合同|大学|高中|初中|驾照|几"
)


def _done(said: Said) -> Found | None:
    words = said.words
    in_lesson = said.setting.context == LESSON
    if len(words) > 30:
        return None
    whole = _ENGLISH_DONE.fullmatch(words) is not None
    if in_lesson and (whole or any(_is_done(each) for each in (words, *said.parts))):
        return Found(aside=_BY_THE_WAY.fullmatch(words) is not None)
    return Found(confidence=LIKELY) if _PLAINLY.fullmatch(words) else None


_BY_THE_WAY = Pattern(r"(?:学习?|看|听|读|上)了[^,完毕]{0,8}课")
"""学了这课，我的体会是……: what comes then is what is said."""


def _is_done(words: str) -> bool:
    half = len(words) // 2
    words = words[:half] if words[:half] == words[half:] else words
    if _NOT_DONE.search(words) or _FELT.search(words) or _THINKS.search(words):
        return False
    return bool(_DONE_WORD.search(words) and _DONE.fullmatch(words)) or (len(words) <= 16 and _THROUGH.search(words) is not None)


_PLAINLY = Pattern(
    r"(?:我|俺|已经?|都|今天的?|今日|这[一节]?课?|本[期节]?|党课|课|微课|课程|三分钟党课|学习内容|,){0,4}(?:学完|学习完|"
    r"学好|学习完毕|学习完成|听完|看完)(?:了|啦|咯|喽|毕)?(?:党课|今天的课|这一?[节课]|课程|课)?(?:了|啦|,|谢谢|"
    r"书记){0,2}|done studying|finished the lesson|xue ?wan ?le?"
)


def _wanted(said: Said) -> Found | None:
    found = study_topics.read(said.words, in_lesson=said.setting.context == LESSON)
    if found is None:
        return None
    slots = {name: value for name, value in (("kind", found.kind), ("topic", found.topic)) if value and value not in _PLAIN_KINDS}
    return Found(slots, _sure(said, found), args=found.topic)


_PLAIN_KINDS = frozenset({"lesson", "material"})
"""What is sent anyway to who wants to learn: no kind of its own."""


def _sure(said: Said, found: study_topics.Wanted) -> float:
    if not found.plain:
        return MAYBE
    return TO_THE_BOT if found.kind and not said.setting.in_group else LIKELY


def _quiz(said: Said) -> Found | None:
    more = said.setting.context in {QUIZ, QUIZ_TRUE_FALSE} and _MORE.fullmatch(said.words)
    return Found(confidence=LIKELY) if more or quiz_words.asks(said.words) else None


_MORE = Pattern(r"(?:继续|再来|下一个|下一道?|还要|接着来|再来一个|next|还有吗|还有没有)(?:吧|啊|呀)?")
_REFLECTION = (
    r"(?:我的?)?(?:学习|党课|今天的?|本次|这次|观看|观后|读书|培训|参观|个人|一点|几点)*的?(?:心得体会|学习心得|学习体会|"
    r"心得|体会|感想|感悟|感受|观后感|读后感|读后|收获|学习笔记|笔记)"
)
_WRITES = r"(?:谈谈|说说|交|写|提交|发|上交|分享|谈|说|递|记|补)"
_HEADED, _WISHED = headed(_REFLECTION), wish(_REFLECTION, _WRITES)
_NOT_REFLECTION = Pattern(
    r"怎么写|如何写|咋写|怎样写|格式|范文|模板|多少字|谁|吗|\?|没写|不写|不想|不会写|必须|要不要|还要|查看|看看|"
    r"我的心得$|删|别人|烦|几篇|多少"
)
_FELT = Pattern(
    r"感触|体会|感想|感悟|心得|受教育|受益|深受|启发|很受|收获|触动|感动|深刻|牢记|不忘初心|对照自己|要学习|要像|"
    r"向.{1,6}学习|明白了|认识到|懂得"
)


_SAYS = Pattern(
    r"^(?:(?:今天|刚才|刚刚|刚|昨天|我|俺|通过|认真)?(?:学习?|看|听|读|上)(?:习)?(?:完|了|过|到)*[^,，。:：]{0,12}[,，。])?(?:我的?|俺的?|本人的?|自己的?|有点|一点|点|学习|最大的?|最深的?)*"
    r"(?:心得体会|学习心得|心得|体会|感想|感悟|感受|收获)(?:最深的?|最大的?)?(?:就是|是)(?!什么|啥|不是|怎么)[:：,，]?(?P<text>.{4,})$"
)
_THINKS = Pattern(r"(?:我|俺|让人|让我)(?:觉得|认为|感到|感觉|想到|体会到|明白|知道)")


_OF_THE_FORM = Pattern(r"太[长短难快慢多吵]|听不[懂清]|看不[懂清]|没意思|无聊|卡|打不开|声音|字|困|累|讲得|内容")


def _thinks(words: str) -> bool:
    """Whether somebody says what a lesson made them think, and not how they liked it."""
    return _THINKS.search(words) is not None and not _OF_THE_FORM.search(words)


def _reflected(said: Said) -> Found | None:
    words = said.words
    says = _SAYS.match(typed(said)) if len(words) <= 300 and "?" not in words else None
    if says and (says["text"] == typed(said) or "我" in words or said.setting.context == LESSON):
        return Found({"text": says["text"].strip()}, LIKELY if said.setting.in_group else TO_THE_BOT, args=says["text"].strip())
    text = text_of(said, _HEADED)
    if text and not _NOT_REFLECTION.search(words[: len(words) - len(text)]):
        return Found({"text": text}, LIKELY if said.setting.in_group else TO_THE_BOT, args=text)
    if len(words) > 200 or _NOT_REFLECTION.search(words):
        return None
    if any(_WISHED.fullmatch(each) for each in (words, *said.parts)):
        return Found({"needs_clarify": True}, LIKELY)
    if said.setting.context == LESSON and (_FELT.search(words) or _thinks(words)) and len(words) >= 8:
        return Found({"text": typed(said)}, LIKELY, args=typed(said))
    return None


_STUDY_CUES_TOLD = (
    "图文|了解|补习|进修|学|课|教|语音|音频|声音|录音|视频|文字|字|听|看|早班车|新闻|手机报|资料|材料|lesson|learn|"
    "study|党史|党章|培训|讲|念|"
    "读|技术|xue|种植|养殖|知识|news|audio|video|书|微课"
)
_STUDY_CUES = tuple(_STUDY_CUES_TOLD.split("|"))
_QUIZ_CUES = (
    "题",
    "道",
    "考",
    "复习",
    "温习",
    "测",
    "quiz",
    "test",
    "question",
    "练",
    "竞赛",
    "问答",
    "来一个",
    "kao",
    "ti",
    "another",
    "fu",
)
_FELT_CUES = ("心得", "笔记", "体会", "感想", "感悟", "感受", "观后", "读后", "收获")

RULES: tuple[Rule, ...] = (
    Rule("study_done", _done, why="a lesson is done"),
    Rule("quiz_request", _quiz, _QUIZ_CUES, why="wants to be asked questions"),
    Rule("quiz_request", _quiz, contexts=frozenset({QUIZ, QUIZ_TRUE_FALSE}), why="wants another question"),
    Rule("reflection_submit", _reflected, _FELT_CUES, why="a reflection"),
    Rule("reflection_submit", _reflected, contexts=frozenset({LESSON}), why="what a lesson made one think"),
    Rule("study_query", _wanted, _STUDY_CUES, why="wants to learn something"),
)

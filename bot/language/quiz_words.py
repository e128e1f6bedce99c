"""Answers to a question of a quiz: 选B, 应该是C吧, AC, 第二个; 对, 错, 应该是对的吧. And asking for one: 考我几道题."""

from bot.language import choices
from bot.language.normalise import bare, clean
from bot.patterns import Pattern

_LONGEST = 40
_LETTERS = "ABCD"
_NOT_IT = Pattern(r"(?:不是|不选|排除|不该选|肯定不是|不要) ?([a-d])(?![a-z])|(?<![a-z])([a-d])(?:不对|不是|错了?|肯定不)")
_DOUBT = (
    "不太?(?:确定|敢?肯定|清楚|知道|会|懂|敢确定)|没把握|拿不准|吃不准|说不准|不敢(?:确定|肯定|保证)|不知道?(?:对不对"
    "|对错|是不是|对吗)|蒙的?|瞎?猜的?|瞎蒙的?|"
    r"记不(?:清|得|太清)了?|忘了|对不对|对吗|是吧|是吗"
)
_DOUBTED = Pattern(
    rf"[,。.… ]*(?:我|也|有点|但|这个|好像){{0,3}}(?:{_DOUBT})[了啊呀呢哈哦]?$|"
    rf"^(?:有点|我|这题){{0,3}}(?:{_DOUBT})[了啊呀呢哈哦]?[,。.… ]+"
)
"""What somebody says besides who does not trust the answer."""
_TWICE = Pattern(r"(?P<one>[a-d])[,。 ](?:肯定|就|一定|应该|绝对|选|是|没错|对)+(?P=one)?")
_LETTER_SAID = Pattern(r"(?<![a-z0-9])([a-d]{1,4})(?![a-z0-9])")
_FILLER = Pattern(
    r"我|觉得|感觉|认为|想|估计|应该|可能|大概|好像|也许|猜|蒙|个|一个|就|还是|是|选择?|答案?|改成?|换成?|为|项|的|吧|"
    r"了|啊|呀|呢|哈|对|没错|不确定|不会|不知道|随便|乱|全部?|错|"
    r"重新|刚才|这题|本题|第[0-9一二三四]题|题|那|嗯|呃|额|和|跟|与|都|吗|\?|option|xuan ze|xuan|da an|wo|answer|is|the"
    r"|choose|think|it's|it|i|,|\.|、|:|!|~|\s"
)
_LABELLED = Pattern(r"([a-d])[ .:)、]{1,2}[^a-d?]{1,20}")
_ALL = Pattern(r"(?:我)?(?:全选|都选|全都选|全对|都对|全部|以上都(?:对|是)|全都对)(?:吧|了)?")
_SEVERAL_WAYS = Pattern(r"还是|或者?|or|哪|谁|为什么|什么")
_UNSURE = (
    r"(?:嗯|呃|额|说得|那个|我|觉得|感觉|认为|想|估计|应该|可能|大概|好像|也许|猜|选|答|这题|这个|这句话|说法|是|就是|肯定|"
    r"算|,|\s){0,6}"
)
_END = r"(?:的|吧|啊|呀|呢|哈|了|嘛|项|选项|,|\s){0,3}"
_TRUE = Pattern(rf"{_UNSURE}(?:对[,。](?:没错|是的|对|正确)|对|正确|没错|不错|是|√|✓|✔|t|true|yes|y|right|correct|dui|a|1){_END}")
_FALSE = Pattern(
    f"{_UNSURE}(?:错[,。](?:了|不对|错了?|的)|不对[,。]错的?|错|错误|不太对|不怎么对|不对|不正确|不是(?:这样|这么回事)?"
    "|有误|有错|有问题|不成立|否|×|✗|✘|x|f|false|"
    rf"no|n|wrong|cuo|budui|"
    rf"bu dui|b|2){_END}"
)
_MARKS = {**dict.fromkeys("√✓✔☑✅⭕", "对"), **dict.fromkeys("×✗✘❌❎", "错")}


def of_letters(text: str) -> str | None:
    """The letters that were chosen, A to D, in their order; None where none plainly was."""
    said = _plainly(text)
    if not said or len(said) > _LONGEST:
        return None
    number = 0 if _ALL.fullmatch(said) else choices.choice(text, len(_LETTERS))
    if number is not None:
        return _LETTERS if _ALL.fullmatch(said) else _LETTERS[number]
    if _SEVERAL_WAYS.search(said) and "," in said:
        said = bare(said[said.rfind(",") + 1 :])
    if labelled := _LABELLED.fullmatch(said) or _TWICE.fullmatch(said):
        return labelled[1].upper()
    rest = _NOT_IT.sub(" ", said)
    found = "".join(match[1] for match in _LETTER_SAID.finditer(rest)).upper()
    left = _FILLER.sub("", _LETTER_SAID.sub("", rest))
    if not found or left or _SEVERAL_WAYS.search(rest):
        return None
    return "".join(sorted(set(found)))


def _plainly(text: str) -> str:
    """An answer without the doubt around it: 应该是C，不太确定."""
    said = bare(text)
    rest = bare(_DOUBTED.sub("", said))
    return rest or said


def true_false(text: str) -> str | None:
    """对 or 错; None where neither plainly was said."""
    mark = next((_MARKS[each] for each in clean(text) if each in _MARKS), None)
    said = _plainly(text).removeprefix("判断")
    said = said[said.rfind(",") + 1 :] if "还是" in said else said
    said = bare(said)
    if not said or len(said) > _LONGEST:
        return mark
    if _FALSE.fullmatch(said):
        return "错"
    if _TRUE.fullmatch(said) and "还是" not in said:
        return "对"
    return None


_ASKS = Pattern(
    "(?:快|再|闲着没事|没事|无聊|顺便|顺带|顺手|题呢|接下来|看看|书记|机器人|小助手|,|给我|帮我|我|想|要|来|请|先|继续"
    "|接着|今天|可以|能不能|能|那|就|党章|党史|党课|学习|知识|随便|也){0,5}"
    "(?:(?:考|测)(?:考|测)?我(?:学得|掌握得|记得)(?:怎么样|咋样|如何|好不好)|(?:来|出|做|有没有|有|要)(?:几|两|三|一"
    "|[0-9]{1,2})?(?:道|个)?(?:关于)?(?:党章|党史|党课|党建|党的|理论|入党)"
    "(?:方面|知识|历史|基本知识)?的?(?:选择|判断|练习|测试|复习)?题目?|(?:每日一题|党史题|知识题)(?:来|发|出)(?:一|几"
    "|两)?(?:个|道)?|(?:发|来|出)(?:几|两|一)道"
    r"|(?:考|测)(?:考|测|试)?(?:我|自己|一下自己|一下|一考|我一下|一测)(?:几|两|三|一|点|些|[0-9]{1,2})?(?:道|个)?(?:题目?|问题|吧)?"
    r"|(?:出|来|换|发|给|做|答|刷|练|整|问|要|有|有没有)(?:我|个|点|些)?(?:几|两|三|一|五|十|[0-9]{1,2})?(?:道|个|套|组)?(?:党章|党史|知识|"
    r"党课|党建|判断|选择|复习|练习|测试|学习|知识|小)?(?:题目?|测试|考题|测验)"
    r"|(?:再|来|出|换|继续)(?:出|来|做|答)?(?:一|几|两|三|[0-9])道|(?:答题|做题|刷题|练习题?|测验|测试|小测|知识竞赛|知识问答|"
    r"有奖问答|复习|温习|每[日天]一题|下一[道个]?题|"
    r"再来一[道个]题?|再来一个|再考我)"
    r"|quiz(?: me)?|test me|ask me (?:a|some) questions?|next question|another (?:one|question)|(?:chu|lai) ?(?:ji|"
    r"yi) ?(?:dao|ge)? ?ti|kao ?wo|kao ?kao ?wo|fu ?xi)"
    r"(?:一下|一次|吧|呗|啊|呀|可做|没有|没|看看|试试|我|行吗|可以吗|好吗|好不好|吗|不|给我|了|做|党章|党史|党课|知识|"
    r"之前的题|以前的题|错题|做做|练练|巩固一?下|巩固巩固|巩固|玩玩|考我|"
    r"考考我|谢谢|please|\?|,|\s){0,3}"
)
_NOT_ASKING = Pattern(r"孩子|儿子|女儿|驾|公务员|老师|作业|停|不要|别|不想|不做|不答|烦|什么时候|几点|(?<!有)没(?!事)")


def asks(text: str) -> bool:
    """Whether somebody wants to be asked questions: 考我几道题, 来一题, 下一题."""
    said = bare(text)
    if not 0 < len(said) <= _LONGEST or _NOT_ASKING.search(said):
        return False
    clauses = [each for each in said.replace("。", ",").split(",") if each.strip()]
    return _ASKS.fullmatch(said) is not None or (len(clauses) < 4 and all(_ASKS.fullmatch(each) for each in clauses))

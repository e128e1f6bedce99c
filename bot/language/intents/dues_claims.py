"""What people say of dues that they paid: 3月党费20已转, 老婆替我交的, 帮周海交了, 补去年6月到现在的, 接龙."""

from typing import Any

from bot.language import contexts
from bot.language.dues_heard import CUES, NAME, heard
from bot.language.dues_people import named_payer, of_others, paid_by, paid_for
from bot.language.dues_slots import Figures, figures, number, to_the_bot, today
from bot.language.normalise import HAN
from bot.language.rule import LIKELY, MAYBE, SURE, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

DUES_TALK = frozenset({contexts.DUES_REMINDER, contexts.DUES_ASKED_PAID})
LONGEST = 140
"""Characters of what somebody says of their own dues; a list that goes round may be longer."""
LARGE = 1000
"""Yuan from which what is given beyond the dues goes to the centre (art. 11)."""

_PAY = (
    "(?:上?[交缴]纳?|付|转账?|打(?!电话|听|算|工|卡|车|扰|针|架|牌)|汇|补[交缴]?|扫码?|存(?!款)|给(?!谁)|划|充|垫付?"
    "|发(?!工资|薪|票|烧|现|布|言|展|消息|通知|给我|年终|奖|钱了))"
)

_END = "(?:了(?!吗|没|么|不|就)|啦|咯|喽|嘞|咧|哩(?!吗)|过了|过(?!节|年|不|来|去|吗|没)|完毕|讫|清)"
_DONE = Pattern(
    f"把[^,?]{{0,14}}党费[^,?]{{0,10}}{_PAY}给|已经?[^,?没未不]{{0,16}}?{_PAY}|(?:都|全|早就|刚刚?|刚才|昨[天晚]"
    f"|今[天早]|前[天几])[^,?没未不]{{0,16}}?{_PAY}(?:的|了|啦)"
    f"|(?:刚刚?|刚才|已经?|才|都|今[天早晚]|昨[天晚]){_PAY}[完好过了](?=[^,?没未不吗谁哪怎]{{0,12}}党费)|{_PAY}(?:过去"
    f"|上去|进去|齐|清|完毕?|好|上|出去|掉|到位|到账|您|你|书记|组织|支部"
    f"|给[^,?谁哪了]{{1,8}}|到[^,?谁哪几了]{{1,10}}"
    f"|在[^,?谁哪了]{{1,8}})?{_END}"
    f"|{_PAY}[^,?吗没未不谁哪怎]{{0,14}}(?:党费|[块元月份])(?:钱)?{_END}|(?:转|打|交|汇|发)(?:过去|上去)|{_PAY}的(?=[^,?]{{0,8}}党费"
    "|钱|[,。!0-9一二两三四五六七八九十]|$)"
    r"|(?:党费|[0-9月块元])(?:已|都)?(?:搞定|完成|到位|ok|结清|两清)|\bpaid\b|\btransferred\b|\bsent\b"
)
_NOT_DONE = Pattern(
    "\\bnot\\b|n't\\b|\\bwho\\b|没|未|不(?!好意思|对)|别|忘(?!了交[^,]{0,6}现在)|等(?!等)|准备|打算|想|要(?!求)|将"
    "|会(?!计|议|费)|该|得(?!空|闲)"
    "|明天|明早|后天|下周|下个?月(?!的)|回头|过几天|过两天|晚点|改天|如果|要是|假如|怎么|如何|咋"
    "|能|可以|什么时候|啥时候|几时|快|赶紧|请(?!查)|记得|催|提醒|通知|听说|据说|说是|谁|哪|多少|为啥|为什么|凭|是不是|有没有|应"
)
_ASKS = Pattern(
    r"\?|吗|嘛$|么$|呢$|了没|没有$|没$|不$|多少|怎么|咋|如何|谁|哪|几[月个块时号]|为什么|为啥|凭|什么|啥|是不是|有没有"
    r"|行不|能不能|可不可以|可以|\bhow\b|\bwhat\b"
)
_OTHER_FEE = Pattern(
    "(?<!党)费(?!用?了?劲)|房租|押金|罚款|定金|学杂|彩礼|份子|税款|利息|工钱|作业|卷|报告|材料|汇报|申请书|表格?|班|捐"
    "|认捐|朋友|女友|货款|辞职|手机|钥匙|体会|心得"
)
_BACK = Pattern(r"补(?:上|齐|清|一下)?[交缴]?")
_STATED = Pattern(rf"^(?:我|俺|本人)?(?:现在|今天|先|想|要|来|我来|就|再|准备|打算)*(?:一次性?|一起|提前|预)?{_PAY}|^(?:上[交缴]|交|缴)")
_TOGETHER = Pattern("一起[交缴]|一块儿?[交缴]|一次性?[交缴付]|一并[交缴]|提前[交缴]|预[交缴]|全部?[交缴]")
_VOLUNTARY = Pattern(r"自愿|主动多|多[交缴](?!少)|额外[交缴]?|特殊党费|大额|voluntar")
_ONLY = Pattern(
    r"(?:我|俺|本人)?(?:这边|这个月的?|的)?(?:已经?|刚刚?|刚才|早就?|都|全|昨天|今天|前天|上周|前几天)*"
    f"(?:{_PAY})(?:过去|上去|齐|清|完|好|上|到位)?(?:了|过了|过|啦|咯|喽|嘞|的)(?:呀|啊|哦|哈|的|呢|哟)?"
    "|已(?:上)?[交缴转付]|i paid|(?:i have|i've) paid"
)
_COMMAND = Pattern(r"^(?:已[交缴](?:党费)?|[交缴]了(?:党费)?|[代替][交缴])[ :,]?")
_LIST = Pattern(r"(?:^|[ ,:;。\n])#?(?:[0-9]{1,3}[.、,:)]|[①-⑳]) ?[^0-9,:\n]{2,12}")
_LOOSE = Pattern(f"(?:^|[ ,:;。\\n])[0-9]{{1,3}}[.、,:) ]{{0,2}}[{HAN}]{{2,4}}")
_JIELONG = Pattern("接龙|接力")
_PICTURE = Pattern(
    r"[\[(【](?:图片|截图|image|photo|picture|照片|文件|转账|红包|微信转账|语音)[^\]】)]{0,20}[\])】]|\[cq:(?:image"
    r"|record|file)[^\]]{0,900}\]"
)
_PROOF = Pattern(
    "^(?:这是|看|给你看|发你)?(?:我的)?(?:转账|缴费|付款|支付|交费)?(?:截图|凭证|记录|回单)(?:发你了?|在这|如下|给你|发了)?[。!]?$"
)
_SUSPECT = Pattern("涨|催|烦|真|哈哈|听说|据说|通知|转发|大家|你们|各位|才|居然|都要|每个?人|好多|太多|太贵|白|冤|又")


def _claim(said: Said) -> Found | None:
    if len(said.words) > LONGEST and not (len(said.words) <= 3 * LONGEST and _JIELONG.search(said.words)):
        return None
    about = said.setting.context in DUES_TALK
    words = heard(said.words, about=about)
    listed = _list(said) or (_pictured(said) if about else None)
    if listed or not words or len(words) > LONGEST:
        return listed
    if _ONLY.fullmatch(words):
        return Found({}, LIKELY + 0.18 if about else MAYBE, words, "only that something was paid")
    return _told(said, words, about=about)


def _told(said: Said, words: str, *, about: bool) -> Found | None:
    """A report with an amount, months, or dues by their name."""
    named = NAME in words
    found = figures(words, today(said.setting))
    if _NEWS.search(words) or (_RECEIPT.search(words) and found.total is None):
        return None
    claimed = _clauses(words, found, named=named, about=about)
    if claimed is None or (not named and (_OTHER_FEE.search(words) or not (about or _dated(words, found)))):
        return None
    slots = _slots(words, found, about=about)
    if found.total is None and not found.months and _PICTURE.search(said.text.casefold()):
        slots["needs_clarify"] = True
    return Found(slots, _sure(said, words, found, named=named, done=claimed), _args(words, slots))


def _args(words: str, slots: dict[str, Any]) -> str:
    """The words for the command: as they were said, or the order in which it reads what was paid for others."""
    if "for" not in slots or "amount" not in slots:
        return words
    return f"替{'、'.join(slots['for'])}已交 {slots['amount']} {'、'.join(slots.get('months', ()))}{slots.get('months_text', '')}".strip()


_NEWS = Pattern("补录|新闻|报道|转发|听说|据说|有(?:个|位|名|一)?(?:老|的)?党员|某|历史|从前|网上看")
_RECEIPT = Pattern("收据|发票|凭证")


def _sure(said: Said, words: str, found: Figures, *, named: bool, done: bool) -> float:
    """In a group only a short report with an amount or months is beyond doubt."""
    if not named:
        return LIKELY + (0.18 if said.setting.context in DUES_TALK else 0)
    plain = done and len(words) <= 26 and (found.months or found.total is not None) and not _SUSPECT.search(words)
    return SURE if plain and not said.asks else to_the_bot(said)


def _dated(words: str, found: Figures) -> bool:
    """Whether months and a payment stand together, or the command's own word begins the sentence."""
    command = _COMMAND.match(words)
    when = (found.months or found.text) and (found.amounts or (found.months and len(words) <= 16 and _HANDED.search(words)))
    return bool(when) or bool(command and (found.amounts or found.months))


_HANDED = Pattern("[交缴]")


def _clauses(words: str, found: Figures, *, named: bool, about: bool) -> bool | None:
    """True for something done, False for something that is only stated; None where nothing is claimed."""
    for clause in _SPLIT.split(words):
        done = _DONE.search(clause) or (_JUST.fullmatch(clause) if (named or about) and found.total else None)
        if done is None or _ASKS.search(clause) or _NOT_DONE.search(clause[: done.end() - 1]):
            continue
        if of_others(clause) and not (paid_by(clause, about=about) or paid_for(clause) or (found.total and named_payer(clause))):
            return None
        return True
    if _ASKS.search(words):
        return None
    return False if _stated(words, found, named=named, about=about) else None


_SPLIT = Pattern("[,;!。]+")
_JUST = Pattern(
    "(?:我|俺|党费)?(?:[0-9一二三四五六七八九十]{1,3}月份?的?|这个?月的?|上个?月的?|本月的?)?(?:党费)?(?:我"
    "|俺)?(?:刚刚?|刚才|已经?|才)(?:用|通过)?(?:微信|支付宝|手机)?(?:转账?|[交缴]|付|打|汇)(?:给?(?:您|你|书记|支部"
    "|组织委员))?(?:的?党费)?"
)
"""刚转，25块: beside an amount it is done."""


def _stated(words: str, found: Figures, *, named: bool, about: bool) -> bool:
    """补去年6月到现在的党费, 自愿多交1500元党费, 交3月党费20, 党费20, 全年一起交: what is no past and yet a report."""
    if of_others(words) or _HOLDS_BACK.search(words):
        return False
    when = bool(found.months or found.text)
    if _BACK.search(words) and when:
        return True
    if not named and not about:
        return bool(_BACK.match(words) and when and found.amounts)
    if _VOLUNTARY.search(words) or paid_by(words):
        return found.total is not None or (when and not _VOLUNTARY.search(words))
    if (
        found.total is not None
        and found.total < LARGE
        and (paid_for(words) or any(_STATED.search(each) for each in _SPLIT.split(words)) or _BARE.fullmatch(_core(words)))
    ):
        return True
    return when and bool(_TOGETHER.search(words))


_COURTESY = Pattern(
    "(?:请|麻烦|烦请)?(?:您|书记|组长|组织委员)?(?:查收|确认|核对|看一?下|收一?下)(?:一下)?[哈啊吧]?(?:谢谢)?|(?:谢谢|辛苦|多谢).{0,4}"
    "|(?:报告|书记|支书|组长|组织委员|领导|同志|你|您|大家|老师)+(?:们)?好?|不好意思|打扰了?|收到请?回.{0,2}"
)


def _core(words: str) -> str:
    """The words without what is said for politeness around them."""
    return ",".join(each for each in _SPLIT.split(words) if each and not _COURTESY.fullmatch(each)).rstrip("哈啊哦呀")


_HOLDS_BACK = Pattern("没|未|不(?!好意思)|别|如果|要是|假如|涨|催|标准|每个?月|每人|听说|据说|通知|大家|应该|应交|工资|月薪|收入|税后|税前")
_FIG = (
    "[前头个0-9零〇一二两三四五六七八九十百千.点元块角毛分钱份月到至和、~年去今上下半本这个季度第从共计总合整全"
    "壹贰叁肆伍陆柒捌玖拾佰仟¥rmb,:+ ()-]"
)
_BARE = Pattern(rf"(?:我的?|本人)?{_FIG}{{0,24}}(?:的)?(?:党费)?[ :,]?{_FIG}{{0,24}}的?")


def _slots(words: str, found: Figures, *, about: bool = False) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    if found.total is not None and found.total > 0:
        slots["amount"] = number(found.total)
    elif len(set(found.amounts)) > 1:
        slots["needs_clarify"] = True
    if others := paid_for(words):
        slots["for"] = others
    elif payer := paid_by(words, about=about):
        slots["paid_by"] = payer
    elif found.total and (other := named_payer(words)):
        slots["for"] = [other]
    if _VOLUNTARY.search(words):
        slots["kind"] = "large_voluntary" if "大额" in words or (found.total or 0) >= LARGE else "voluntary"
    if found.months:
        slots["months"] = list(found.months)
    if found.text:
        slots["months_text"] = found.text
    return slots


def _list(said: Said) -> Found | None:
    """A list that goes from hand to hand in a chat (接龙), each line with a name."""
    whole = heard(said.sheet.casefold().replace("\\n", "\n")) if len(said.text) <= 1000 else ""
    lines = (_LOOSE if _JIELONG.search(whole) else _LIST).findall(whole)
    if NAME not in whole and said.setting.context not in DUES_TALK:
        return None
    if not (_JIELONG.search(whole) and (lines or _DONE.search(whole))) and len(lines) < 2:
        return None
    if _ASKS.search(whole):
        return None
    found = figures(_NUMBERING.sub(" ; ", heard(said.spaced.casefold().replace("\\n", " "))), today(said.setting))
    slots = _slots("", found)
    slots.pop("needs_clarify", None)
    if len(set(found.amounts)) == 1:
        slots["amount"] = number(found.amounts[0])
    return Found(slots | {"jielong": True}, SURE, said.line, "a list from hand to hand")


_NUMBERING = Pattern(f"(?:(?<=[ ,:;。])|^|(?<=龙)|(?<=费))[0-9]{{1,3}}(?:[.、)](?![0-9])|(?=[{HAN}]{{2,4}})(?![月季元块角毛日号年个]))")


def _pictured(said: Said) -> Found | None:
    """A picture after the question whether dues were paid: no proof of anything, the amount is asked for."""
    written = said.text.strip().casefold()
    rest = _PICTURE.sub("", written).strip()
    if (rest != written and not rest) or _PROOF.fullmatch(said.words):
        return Found({"needs_clarify": True}, SURE + 0.04, said.line, "a picture is no proof")
    return None


def _bare_amount(said: Said) -> Found | None:
    """20 after the question whether dues were paid, 三月的 as well."""
    words = heard(said.words[:40])
    if len(said.words) > 30 or not _BARE.fullmatch(words):
        return None
    found = figures(words, today(said.setting))
    if found.total is None and not found.months:
        return None
    return Found(_slots(words, found), SURE, said.line)


_TINY = Pattern("[0-9一二]")
_PAID_CUES = ("交", "缴", "转", "付", "补", "打", "汇", "扫", "paid", "搞定", "给", "存")


def _answered(said: Said) -> Found | None:
    """What is no sentence and yet an answer after dues were spoken of: a picture, 20, 3月的, jiaole."""
    if _TINY.fullmatch(said.words):
        return None
    return _pictured(said) or _bare_amount(said) or (None if any(cue in said.words for cue in _SAID_CUES) else _claim(said))


_SAID_CUES = (*CUES, "接龙", *_PAID_CUES)


def _hinted(said: Said) -> Found | None:
    """我交了20, in private and without the name of dues: most probably those, and asked back."""
    if said.setting.in_group or said.setting.context not in {"", *DUES_TALK} or _HINT.fullmatch(said.words) is None:
        return None
    total = figures(said.words, today(said.setting)).total
    return Found({"amount": number(total)}, LIKELY, said.words) if total else None


_HINT = Pattern(
    r"(?:我|俺)(?:已经?|刚刚?|刚才|昨天|今天)?(?:交|缴)(?:上)?了(?:[1-9][0-9]{0,3}(?:\.[0-9]{1,2})?"
    "|[一二两三四五六七八九十百]{1,5})(?:元|块钱?)?(?:了|啦|的)?"
)

RULES: tuple[Rule, ...] = (
    Rule("dues_pay_claim", _hinted, ("交了", "缴了", "交上了", "缴上了"), why="an amount is said to be paid, most probably of dues"),
    Rule("dues_pay_claim", _claim, _SAID_CUES, why="dues are said to be paid"),
    Rule("dues_pay_claim", _answered, (), DUES_TALK, why="an answer after dues were spoken of"),
)

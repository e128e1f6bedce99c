"""What people say about dues (党费): asking, working out, having paid, wanting less. Precise: what is not plainly meant is None."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.language import money
from bot.language.dues_people import of_others, paid_by
from bot.language.normalise import clean
from bot.patterns import Pattern

_LONGEST = 80
_DUES = "(?:党费|档费|当费|dang ?fei|dues)"
_PAY = "(?:交|缴|付|转|汇|打)"
_PAID = (
    f"(?:已经?(?:全)?{_PAY}|{_PAY}{_DUES}了|{_PAY}(?:过去|上去|齐|清|完|好|上|出去|给书记|给组织)?(?:了|啦|过了)"
    f"|{_PAY}过(?!节|年)|转给(?!谁|哪|你|他|她|我)[^,。谁哪?？]{{1,8}}了|已转|已付|转过去|"
    r"\bpaid\b|\btransferred\b)"
)
_HOW = Pattern(
    f"{_DUES}.{{0,6}}(?:怎么|如何|咋|往哪|去哪|在哪|上哪|找谁|给谁|谁收|zenme|how).{{0,5}}|(?:怎么|如何|咋|往哪|去哪"
    f"|找谁|how).{{0,9}}{_PAY}.{{0,4}}{_DUES}|{_DUES}.*how"
)
_ABOUT_TO = Pattern(
    f"(?:我)?(?:现在|今天)?(?:想|要|来|打算|准备|想要)?(?:补)?{_PAY}(?:一下|个)?(?:(?:这个?|上个?|本)月的?"
    f"|[0-9一二三四五六七八九十]{{1,2}}月份?的?)?{_DUES}[吧啊]?"
    r"|i (?:want|would like) to pay (?:my )?dues|pay (?:my )?dues"
)
_HOW_LOOSE = Pattern(rf"{_DUES}.{{0,8}}(?:怎么|如何|咋){_PAY}|how .{{0,12}}(?:pay|dues)")
_ASKS = Pattern(
    rf"(?:我|本月|这个?月|今年|每月|一个月)?(?:的|要交|该交|应交|还欠|还差|欠)?(?:多少)?"
    rf"{_DUES} ?(?:是)?(?:多少钱?|几块钱?|几多|duo ?shao)?[?？]?"
    rf"|(?:查|看|查查|看看|查询|我的){{1,2}}我?的?{_DUES}"
    rf"|.{{0,8}}{_DUES}(?:交|缴)(?:到几月份?了?|了没有?|了吗|清了吗|齐了吗)[?？]?"
    rf"|我?(?:还|每个?月|一个月)?(?:欠|差|交|要交|该交|应该?交|得交)了?(?:多少|几个月)的?{_DUES}(?:没交)?[?？]?"
    f"|我?的?{_DUES}(?:还)?(?:欠|差)(?:了)?(?:多少|几个月)[?？]?|{_DUES}(?:查询|收据|明细|记录)|(?:看看?"
    f"|查查?)?我的?{_DUES}交到哪了?[?？]?"
    rf"|what do i owe .{{0,8}}{_DUES}[?]?"
    rf"|(?:my|how much (?:are )?(?:my )?) ?{_DUES}[?]?|how much .{{0,12}}{_DUES}.{{0,12}}"
)
_OWES = Pattern(
    rf"(?:我|我的|我们家)?(?:现在|一共|总共|到底)?(?:还|又)?(?:欠|差)(?:了)?(?:多少|几个月)(?:的)?(?:钱|费)?(?:没交)?(?:{_DUES})?"
    rf"|(?:我|我的)?(?:这个?月|本月|今年|一共)?还?(?:要|得|该|需要|应该){_PAY}多少钱?(?:的?{_DUES})?"
    rf"|(?:我|我的)?(?:一个月|每个?月)(?:要|得|该)?{_PAY}多少钱?(?:的?{_DUES})?"
    rf"|{_DUES}(?:是)?(?:多少钱?|几块钱?)(?:一个?月|每个?月|一年)|(?:一个月|每个?月|一年){_DUES}(?:是)?(?:多少钱?|几块钱?)"
    f"|(?:我|我的)?{_DUES}(?:都|已经)?{_PAY}到(?:哪个?|几)月份?了?|(?:我|查|我的)?欠费(?:了)?(?:多少|吗|查询)?"
    "|(?:我)?(?:是)?(?:怎么|咋)欠的"
    r"|how much (?:do|did) i (?:still )?owe|what do i (?:still )?owe|why do i owe(?: (?:that|this|it|dues|money|so much))?"
)
_MARKS = " 。.!！~?？"
_TAIL = "(?:[啊呀呢吧哦嘛哈了的]{0,2})"
_WHY = Pattern(
    rf"(?:凭啥|凭什么|为什么|为啥|怎么会?|咋)(?:我的?)?(?:{_DUES})?(?:每个?月|一个月)?(?:的)?(?:是|要|得|该|要我|让我)?(?:{_PAY})?(?:的是)?"
    rf"[0-9一二三四五六七八九十百.]{{1,8}}(?:元|块钱?)?(?:的?{_DUES})?"
    rf"|(?:凭啥|凭什么|为什么|为啥)(?:我)?(?:要|得|该|让我|要我)?{_PAY}(?:这么多|那么多|这些|那么高)?(?:的)?{_DUES}"
    f"|(?:凭啥|凭什么|为什么|为啥)(?:我的?)?(?:{_DUES})?(?:要|得)?{_PAY}(?:这么多|那么多)|(?:我的?)?{_DUES}(?:是"
    "|为什么)?(?:怎么|如何|咋)(?:算|定|核定)(?:的|出来的)?"
    r"|why (?:is it|are my dues|do i (?:have to )?pay)(?: [0-9.]{1,8})?(?: yuan)?",
)
_QUESTION = Pattern(
    rf"(?:{_PAY}|要{_PAY}|算)多少|要{_PAY}.{{0,3}}吗|多少{_DUES}|{_DUES}多少|要{_PAY}吗|还要?{_PAY}|{_PAY}不{_PAY}|"
    rf"用{_PAY}吗|几块|how much|have to pay"
)
_NOTHING_PAID = Pattern("(?:这个?月|本月|当月|上个?月)?(?:还)?(?:没|未|没有)(?:发|领|拿到|发下来)")
_CATEGORIES = (
    ("annual_salary", "年薪"),
    ("retired", "退休|离休|养老金|退了休|pension|retired"),
    ("laid_off", "下岗|失业|没工作|没活干|待业|laid off|unemployed"),
    ("dibao", "低保|最低生活保障|minimum living"),
    ("relief", "抚恤|救济|relief"),
    ("student", "学生|上学|读书|在校|大学生|研究生|student"),
    ("farmer", "农民|务农|种地|种田|在家种|farmer|farming"),
    ("self_employed", "个体|做生意|开店|摆摊|跑滴滴|打零工|零工|季度|自由职业|self.?employed"),
    ("salaried", "税后|税前|工资|月薪|收入|薪水|到手|在职|上班|wage|salary|salaried|pay"),
)
_WORDS = {
    "在职": "salaried",
    "工资": "salaried",
    "年薪": "annual_salary",
    "个体": "self_employed",
    "灵活就业": "self_employed",
    "离退休": "retired",
    "退休": "retired",
    "离休": "retired",
    "农民": "farmer",
    "学生": "student",
    "下岗失业": "laid_off",
    "下岗": "laid_off",
    "失业": "laid_off",
    "救济": "relief",
    "抚恤": "relief",
    "低保": "dibao",
    "salaried": "salaried",
    "annual": "annual_salary",
    "self-employed": "self_employed",
    "retired": "retired",
    "farmer": "farmer",
    "student": "student",
    "unemployed": "laid_off",
    "relief": "relief",
    "dibao": "dibao",
}
_RELATIVES = (
    "老婆|老公|爱人|媳妇|丈夫|妻子|儿子|女儿|孩子|闺女|我?爸爸?|我?妈妈?|父亲|母亲|家里人?|家人|家属|亲戚|哥哥?|姐姐?"
    "|弟弟?|妹妹?|儿媳妇?|女婿|孙子|"
    "wife|husband|son|daughter|father|mother|family"
)
_BY_RELATIVE = Pattern(
    rf"(?:{_RELATIVES})(?:已经?|刚才?|昨天|今天|上周)?(?:替|帮|给|代)(?:我|咱)?(?:把)?.{{0,8}}?{_PAY}"
    rf"|(?:by|my) (?:{_RELATIVES}).{{0,12}}paid"
)
_FOR_OTHER = Pattern(
    "^(?:我(?:已经)?)?(?:替|帮|代"
    rf"|给)(?P<name>[^我你他她\d]{{2,30}}?)(?:同志)?(?:把)?(?:的?{_DUES})?(?:已经?)?(?:代)?{_PAY}(?:了)?(?P<rest>.*)$"
    r"|^paid for (?P<latin>[a-z][a-z' .-]{2,38}?)[,:]? (?P<tail>\d.*)$",
    re.IGNORECASE,
)
_OTHER_FEE = Pattern("(?<!党)(?<!档)(?<!当)费|房租|押金|罚款|定金|学杂|彩礼|份子|税款|利息|工钱")
_ENGLISH_MONTHS = r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)"
_NUMBER = "[0-9零一二两三四五六七八九十]"
_MONTH_ROW = rf"(?:(?:去年|今年)?(?:{_NUMBER}{{1,4}}[、,和到至-]|(?:上个?|这个?|本|{_NUMBER}{{1,4}})月份?[、,和到至 -]?)){{1,12}}"
_ONLY_PAID = Pattern(
    r"(?:我)?(?:已经?|刚才?|刚刚|都|全)?(?:[交缴](?:了|过了|完了|好了|齐了|清了))(?:呀|啊|哦|的)?|i paid|i have paid|i've paid"
)
_PAID_MONTHS = Pattern(
    f"(?:我)?(?:已经?|刚才?|刚刚|把)?(?:(?:(?<=已){_PAY}|(?<=已经){_PAY}|补?{_PAY}(?:了|过))(?:{_MONTH_ROW}"
    f"|{_NUMBER}{{1,3}}个月)(?:份)?(?:的)?(?:{_DUES})?(?:了)?"
    f"|(?:{_MONTH_ROW}|{_NUMBER}{{1,3}}个月)(?:份)?(?:的)?(?:{_DUES})?(?:我)?(?:一起|一块儿?|都|全|已经?)*{_PAY}(?:了"
    "|过了|完了|齐了|清了))"
)
_PAYING = Pattern(rf"(?:我)?(?:来)?{_PAY}(?:一下)?{_DUES}[ ,:、]*((?=.*[0-9一二两三四五六七八九十]).+)")
_NOT_YET = Pattern(
    "n't|\\bnot\\b|\\bwho\\b|(?:还?没|未|不|别|忘了?|等|要是|如果|打算|准备|想|能不能|可以|谁|他|她|咱们|大家"
    f"|你)[^,。]{{0,6}}{_PAY}|[?？吗么]$|怎么|多少"
)
_BACK_PAY = Pattern(rf"补{_PAY}?.{{0,14}}{_DUES}|{_DUES}.{{0,8}}补{_PAY}?|补{_PAY}.{{0,6}}(?:年|月)")
_WHOLE_YEAR = Pattern(rf"(?:全年|一年|整年).{{0,4}}{_DUES}.{{0,8}}{_PAY}|一次{_PAY}(?:清|齐)?(?:全年|一年)")
_VOLUNTARY = Pattern(rf"(?:自愿|主动|多{_PAY}|额外|特殊|大额).{{0,12}}(?:{_DUES}|{_PAY})|voluntar", re.IGNORECASE)
_LESS = Pattern(
    f"(?:申请|想|能不能|能|可不可以|可以|希望|请求).{{0,6}}(?:减免|少{_PAY}|免{_PAY}|不{_PAY}|缓{_PAY}|晚点{_PAY}|减少"
    f"|减一?点)|{_DUES}.{{0,6}}(?:{_PAY}不起|减免)"
    rf"|{_PAY}不起{_DUES}|(?:less|reduce|waive).{{0,12}}dues",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Calculation:
    """What is to be worked out. `category` is empty where nothing was said of it; `before_tax` is None where that is open."""

    category: str
    base: Decimal | None
    before_tax: bool | None
    named: bool
    """Whether a category was said, or only an amount."""


def why(text: str) -> str | None:
    """Whether a sentence asks why one's dues are what they are (凭啥是20)."""
    said = _said(text).rstrip(_MARKS)
    return "" if said and re.fullmatch(f"(?:{_WHY.pattern}){_TAIL}", said) else None


def query(text: str) -> str | None:
    """Whether a sentence asks for one's own dues."""
    said = _said(text)
    if said and re.fullmatch(f"(?:{_OWES.pattern}){_TAIL}", said.rstrip(_MARKS)):
        return ""
    return "" if said and _ASKS.fullmatch(said) and re.search(_DUES, said) and not re.search("[他她谁]|你们|大家", said) else None


def how(text: str) -> str | None:
    """Whether a sentence asks how dues are paid, or says that somebody is about to (我想交党费)."""
    said = _said(text)
    if _ABOUT_TO.fullmatch(said):
        return ""
    found = (
        said
        and re.search(_DUES, said)
        and len(said) <= 30
        and (_HOW.search(said) or _HOW_LOOSE.search(said) or re.search(f"怎么{_PAY}", said))
    )
    return "" if found else None


def calculates(text: str) -> str | None:
    """Whether a sentence asks what somebody in some position would pay; answers the sentence."""
    said = _said(text)
    if not said or len(said) > 50 or not any(re.search(words, said) for _, words in _CATEGORIES):
        return None
    found = calculation(said)
    asked = _QUESTION.search(said) or (found.category == "annual_salary" and found.base is not None and _NOTHING_PAID.search(said))
    about = re.search(_DUES, said) or not _OTHER_FEE.search(said)
    return text if asked and about and not re.search("租|贷|税多少|社保|个税", said) else None


def calculation(text: str) -> Calculation:
    """What words like 税后六千, 退休金五千二, 年薪三十万这个月没发 give to work with."""
    said = _said(text)
    category = next((name for name, words in _CATEGORIES if re.search(words, said)), "")
    yuan = [each.yuan for each in money.amounts(said)]
    base = yuan[0] if yuan else None
    if category == "annual_salary" and _NOTHING_PAID.search(said):
        base = Decimal(0)
    before = True if re.search("税前|before tax", said) else False if re.search("税后|到手|实发|after tax", said) else None
    return Calculation(category or "salaried", base, before, bool(category))


def of_this_month(text: str) -> bool:
    """Whether an amount is that of this month, and not of a year."""
    said = _said(text)
    return bool(_NOTHING_PAID.search(said) or re.search("(?:这个?|本|当|上个?)月.{0,6}(?:发|领|拿|到手|收)|this month|received", said))


def of_quarter(text: str) -> bool:
    """Whether an amount is that of a whole quarter."""
    return bool(re.search("季度?(?:总|一共|共|的?收入|挣|赚)|quarter", _said(text)))


def category(words: str) -> str | None:
    """The category that a word names: 在职, 农民, retired."""
    return _WORDS.get(words.casefold())


def paid(text: str) -> str | None:
    """Whether a sentence says that dues were paid; answers the sentence."""
    said = _said(text)
    if not said or less(said) is not None or query(said) is not None or for_other(said) is not None or _OTHER_FEE.search(said):
        return None
    return None if of_others(said) and not (paid_by(said) or by_relative(said)) else _paid(text, said)


def _paid(text: str, said: str) -> str | None:
    named = bool(re.search(_DUES, said))
    special = (_VOLUNTARY.search(said) and money.amounts(said)) or _BACK_PAY.search(said) or _WHOLE_YEAR.search(said)
    if named and special and not re.search("[?？吗]|怎么|多少|有没有|能不能|限|几个?月", said):
        return text
    if only_paid(said) or _PAID_MONTHS.fullmatch(said) or _pays(said):
        return text
    if _NOT_YET.search(said):
        return None
    if named and (re.search(_PAID, said) or _BY_RELATIVE.search(said)):
        return text
    dated = re.search(f"[0-9一二两三四五六七八九十]月|季度|半年|全年|{_ENGLISH_MONTHS}", said)
    return text if dated and money.amounts(re.sub("[a-z]+", ";", said)) and re.match(f".{{0,20}}{_PAID}", said) else None


def _pays(said: str) -> bool:
    """交党费30, 交党费 10月11月一共40: an amount after the words."""
    match = _PAYING.fullmatch(said)
    return match is not None and not _NOT_YET.search(match[1]) and bool(money.amounts(match[1]))


def only_paid(text: str) -> bool:
    """Whether a sentence says no more than that something was paid (我交了): of what, only the talk before it can tell."""
    return _ONLY_PAID.fullmatch(_said(text)) is not None


def for_other(text: str) -> str | None:
    """Whether a sentence says that dues were paid for another member (替周海已交 20 三月); answers the sentence."""
    found = other(text)
    return (
        text
        if found
        and (re.search(_DUES, _said(text)) or not re.match("我?(?:已经)?给", _said(text)))
        and (re.search(_DUES, _said(text)) or re.search("[0-9]", found[1]) or money.amounts(found[1]))
        and not _OTHER_FEE.search(_said(text))
        else None
    )


def other(text: str) -> tuple[str, str] | None:
    """The name of the member somebody paid for, and the rest."""
    said = clean(text)
    match = _FOR_OTHER.match(said) if len(said) <= _LONGEST and not re.search("[?？吗]$|怎么", said) else None
    if not match:
        return None
    return (match["name"] or match["latin"]).strip(" ,:，：的"), (match["rest"] or match["tail"] or "")


def by_relative(text: str) -> bool:
    """Whether one of the family paid."""
    return bool(_BY_RELATIVE.search(_said(text)))


def voluntary(text: str) -> bool:
    """Whether more than is due was paid of one's own will."""
    return bool(_VOLUNTARY.search(_said(text)))


def only_meant(text: str) -> bool:
    """Whether a sentence says what somebody is going to do (补…, 回来交全年) rather than what they did."""
    said = _said(text)
    return not re.search(_PAID, said) and bool(_BACK_PAY.search(said) or _WHOLE_YEAR.search(said))


def less(text: str) -> str | None:
    """Whether a sentence asks to pay less or nothing; answers nothing, since the reason is asked for."""
    said = _said(text)
    return "" if said and _LESS.search(said) and re.search(f"{_DUES}|减免", said) else None


@lru_cache(maxsize=64)
def _said(text: str) -> str:
    said = clean(text).casefold().strip(" 。.!！~")
    return said if len(said) <= _LONGEST else ""

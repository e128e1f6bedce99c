"""What an appeal for help says besides that it is one: the hardship, for whom, what is needed, what for, how soon."""

from typing import Any

from bot.patterns import Pattern

_BORROWS = Pattern(
    "借.{0,4}钱|借[我点些个]{0,3}[0-9一二两三四五六七八九十几]|手头.{0,2}紧|缺钱|周转|揭不开锅|生活费|困难补助"
    "|临时救助|困难救助|经济(?:上)?(?:很|有|比较)?困难|(?:家里|生活)(?:很|太|特别|有|比较)?困难|(?:房租|房贷|贷款"
    "|水电费)[^,。]{0,6}(?:不起|不上|没钱|交不|还不)|(?:借|差|凑|缺|拿不出|[交付还]不[起上]|没钱).{0,10}(?:房租"
    "|租金|押金|路费|车费|车票|水电费|房贷|贷款|生活费|伙食费|话费|药费|丧事)|借.{0,6}[费款]|没路费|没钱了"
    "|钱(?:包)?(?:被偷|丢了|被骗)|回不了家|没钱(?:吃|回|交房|过|买|坐|用)|吃不上饭|lend me|borrow|rent\\b"
    "|short of money"
)
_MEDICAL = Pattern(
    "(?:找|联系|认识|挂).{0,8}专家|看(?:眼睛|牙|腿|腰|心脏|骨科|儿科|妇科)|自闭症|糖尿病|高血压|白内障"
    "|[一-龥]{1,3}(?:病(?!毒|句)|炎(?!热)|瘤)|怀孕|生孩子|产检|难产|早产|保温箱|出血|脑梗|心脏有|看病|生病|得病"
    "|重病|大病|患病|病[重危了]|病倒|[发查确][现出诊]|肿瘤|癌|白血病|尿毒症|心脏病|脑梗|中风|偏瘫|手术|住院|病房"
    "|床位|医院|就医|求医|[挂约].{0,6}号|专家号|化疗|放疗|透析|陪护|陪床|护工|医生|大夫|医药费|治疗|治病|治不起"
    "|骨折|[摔烫烧扭砸]伤|受了?伤|摔断|摔了|崴了?脚|瘫|疼|体检|献血|[差缺要]血|血型|输血|配型|检查身体|轮椅|拐杖"
    "|hospital|doctor|cancer|\\bill\\b|sick|surgery"
)
_DISASTER = Pattern(
    "受灾|遭灾|[着起]过?火|洪水|水灾|发大水|大水|[淹冲][了没坏毁走]|火灾|烧[没光毁掉了]|失火|地震|台风|冰雹|泥石流"
    "|滑坡|塌了|倒塌|房子?[刮冲震吹]?倒|[刮冲吹]倒|旱灾|绝收|雪灾|disaster|flood"
)
_SCHOOLING = Pattern(
    "上学|入学|转学|读书|学费|学籍|学校|助学|幼儿园|高考|升学|择校|学位|借读|[上读]不[了起成](?:小?学|初中|高中|中学"
    "|幼儿园|大学|公办)|没学上|上不了学|公办学校"
    "|上初中|上高中|没书读|[上读念](?:[小中大]学|初中|高中|技校|职校|幼儿园)|报不[上了到]名|念书|school|tuition"
)
_HOUSING = Pattern(
    "没地方去|收留|无家可归|没地方住|没地儿住|没处住|住的地方|找.{0,4}(?:房子|住处)|租.{0,4}房|住处|露宿|睡大街|somewhere to (?:live|stay)"
)
_CARE = Pattern(
    "(?<!电话)没人(?:照顾|照看|照应|管|带|接|看)|照[顾看应料]|看望|去看看|接送|独居|留守|一个人在(?:老家|家)"
    "|(?:孩子|小孩|娃|孙子|孙女).{0,6}没人|take care|look after"
)
_GOODS = Pattern("缺.{0,4}(?:被子|棉被|衣服|棉衣|药|米|粮食|奶粉|口罩|种子|化肥)|(?:被子|棉被|棉衣|衣服|米|药).{0,4}(?:不够|没有|没了)")
_ORDER = (
    ("money", _BORROWS), ("medical", _MEDICAL), ("schooling", _SCHOOLING), ("disaster", _DISASTER), ("housing", _HOUSING), ("care", _CARE),
    ("goods", _GOODS),
)  # fmt: skip

_ILL_FIRST = Pattern("手术|住院|癌|肿瘤|白血病|尿毒症|透析|化疗|病")
_BORROW = Pattern("借|没路费|lend|borrow")
_SHORT_OF_MONEY = Pattern(
    "[差缺少][点些]?钱|钱(?:还|也|都|远)?(?:不够|不足|凑不)|(?:还|就)?[差缺][^,。]{0,4}[0-9一二两三四五六七八九十几]+(?:多|来)?[万千百]"
    "|(?:手术|住院|医药|医疗|治疗|化疗|看病)的?(?:费用?|钱)|没钱(?:住院|做手术|交|化疗)|[拿凑]不[出齐够]|交不[起上]"
    "|家里?没钱|急需[^,。]{0,3}[万千]块?"
    "|short of money|no money"
)

FAMILY = (
    "孩子他[妈爸]|娃他[妈爸爹娘]|老头子|老婆子|爱人|老婆|妻子|媳妇|丈夫|老公|老伴|对象|孩子|小孩|儿子|女儿|闺女"
    "|宝宝|娃娃|娃|儿媳|女婿|爸妈|父母|家父|家母|老父亲|老母亲|老娘|老爹|爸爸|老爸|爸|父亲|妈妈|老妈|妈|母亲|爹|娘|老人|爷爷"
    "|奶奶|外公|外婆|姥姥|姥爷|岳父|岳母|丈母娘|老丈人|公公|婆婆|哥哥|大哥|弟弟|姐姐|大姐|妹妹|[哥弟姐妹]|家人"
    "|家属|家里人|孙子|孙女|外甥|侄子|侄女|叔叔|舅舅|姑姑|嫂子"
)
_FAMILY_SAID = Pattern(f"(?:我们?家?|俺家?|咱家?|家里的?|家中)?(?:的|有个?)?(?<!没有)(?<!没)(?P<who>{FAMILY})(?![们友头儿院])")
_OTHER_SAID = Pattern(
    "(?<!有没有)(?<!哪位)(?<!个)(?P<who>工友|老乡|邻居|同乡|同事|战友|室友|同学|朋友|困难户|贫困户"
    "|孤寡老人)(?!们?(?:能|帮|可以|来|愿意|会|认识|有没有|可不可以|方便))"
)
_IN_ENGLISH = Pattern(r"\bmy (?P<who>wife|husband|son|daughter|child|kid|mother|mom|mum|father|dad|brother|sister|family)\b")
_ENGLISH = {
    "wife": "妻子", "husband": "丈夫", "son": "儿子", "daughter": "女儿", "child": "孩子", "kid": "孩子", "mother": "母亲", "mom": "母亲",
    "mum": "母亲", "father": "父亲", "dad": "父亲", "brother": "兄弟", "sister": "姐妹", "family": "家人",
}  # fmt: skip
_SHORT = {
    "爸": "父亲", "爸爸": "父亲", "老爸": "父亲", "爹": "父亲", "妈": "母亲", "妈妈": "母亲", "老妈": "母亲", "娘": "母亲",
    "老娘": "母亲", "老爹": "父亲",
    "娃": "孩子", "娃娃": "孩子", "小孩": "孩子", "宝宝": "孩子", "闺女": "女儿", "爸妈": "父母",
    "家父": "父亲", "老父亲": "父亲", "家母": "母亲", "老母亲": "母亲", "哥": "哥哥", "弟": "弟弟", "姐": "姐姐", "妹": "妹妹",
}  # fmt: skip

_NEEDS = (
    ("挂号", "[挂约].{0,6}号|专家号|医院的号|register"),
    ("陪护", "陪护|陪床|护工"),
    ("陪诊", "陪诊|陪.{0,4}(?:看病|去医院|检查|就诊)"),
    ("带路", "带.{0,2}路|带(?:她|他|我|我们|老人|孩子)?去.{0,4}医院|带个路|领路|带.{0,3}(?:去|找)医院"),
    ("排队", "排队|排个队"),
    ("床位", "床位"),
    ("献血", "献血|[差缺]血|输血|型血|血小板"),
    ("联系医生", "(?:认识|联系|介绍|找).{0,6}(?:医生|大夫|专家|主任)"),
    ("医院", "(?:找|联系|介绍|推荐|需要|去|住进|哪家|哪个|什么).{0,8}医院|(?:need|find).{0,12}hospital"),
    ("轮椅", "轮椅"),
    ("接站", "接站|接机|接一下(?:站|机)"),
    ("接送", "接送"),
    ("看望", "看望|去看看|去看一下|瞧瞧"),
    ("照看", "(?<!没人)照[看顾应料]"),
    ("捐款", "捐款|筹款|筹钱|捐点|募捐|众筹|donat"),
)
_NEED_PATTERNS = tuple((need, Pattern(words)) for need, words in _NEEDS)
_NEEDED = Pattern("紧张|认识|谁|能|帮|需要|想|要|求|找|请|有没有|哪|need|help")

_FEES = Pattern(
    "(?P<what>房租|学费|医药费|手术费|住院费|治疗费|生活费|路费|车票|车费|住院押金|押金|房贷|水电费|药费|医疗费|报名费"
    "|伙食费|丧事|过年|交租|奶粉|种子|化肥)"
)
_OF_ILLNESS = Pattern("(?P<what>治病|看病|住院|化疗|透析|手术)")
_RENT = {"交租": "房租", "rent": "房租"}
_SPENT_ON = Pattern(
    "(?:用来|用于|拿去|好|来|去|给[^,。]{1,4})?(?:交|付|缴|还|买|凑|垫)(?P<what>[^,。!?的了吗呢吧0-9]{2,6}?)(?=$"
    "|[,。!?]|的?钱|吗|呢|吧|用|行)"
)
_URGENT = Pattern(
    "急需|紧急|十万火急|很急|着急|急用|应[一应]?急|急着|加急|救急|急[!,。]|急$|^急|挺急|特急|病危|危重|等不[了及]"
    "|马上|立刻|赶紧|赶快|尽快|今[晚天]就|明天就|(?:周|星期|礼拜)[一二三四五六日天](?:之?前|就)|[今明后]天(?:之?前"
    "|就|必须|要)|urgent|asap|right away|by (?:mon|tues|wednes|thurs|fri|satur|sun)day"
)


def kind(words: str) -> str | None:
    """Which hardship: money, medical, schooling, disaster, housing, care, goods; None where the words do not tell."""
    for name, pattern in _ORDER:
        if pattern.search(words) and not (name == "money" and _ILL_FIRST.search(words) and not _BORROW.search(words)):
            return "money" if name in {"medical", "schooling"} and _SHORT_OF_MONEY.search(words) else name
    return None


def whom(words: str) -> str | None:
    """For whom besides the speaker, in the words of the sentence (老婆); None for nobody."""
    for pattern in (_OTHER_SAID, _FAMILY_SAID):
        if found := pattern.search(words):
            return _SHORT.get(found["who"], found["who"])
    found = _IN_ENGLISH.search(words)
    return _ENGLISH[found["who"]] if found else None


def of_others(words: str) -> bool:
    """Whether it is about somebody who is no family."""
    return _OTHER_SAID.search(words) is not None


def need(words: str) -> str | None:
    """What exactly is needed (挂号); None where nothing is named."""
    if not _NEEDED.search(words):
        return None
    return next((name for name, pattern in _NEED_PATTERNS if pattern.search(words)), None)


def purpose(words: str) -> str | None:
    """What money is needed for (房租); None where nothing is named."""
    found = _FEES.search(words) or _OF_ILLNESS.search(words) or _SPENT_ON.search(words)
    if found is None:
        return "房租" if "rent" in words else None
    return _RENT.get(found["what"], found["what"])


def urgent(words: str) -> bool:
    """Whether it cannot wait."""
    return _URGENT.search(words) is not None


def slots(words: str) -> dict[str, Any]:
    """Kind, for whom, need, purpose and urgency, as far as they are said."""
    which = kind(words)
    found: dict[str, Any] = {"kind": which} if which else {}
    if (who := whom(words)) and not (which == "schooling" and who == "孩子"):
        found["for_whom"] = who
    if which == "money" and (what := purpose(words)):
        found["purpose"] = what
    elif which != "money" and (needed := need(words)):
        found["need"] = needed
    return found | ({"urgency": "high"} if urgent(words) else {})

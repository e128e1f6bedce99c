"""The intents of votes: casting a ballot, opening one, asking about one."""

from datetime import datetime
from typing import Any

from bot.language import persons
from bot.language.contexts import BALLOT, BALLOT_VOTED
from bot.language.dates import ImpossibleMoment, moment
from bot.language.normalise import HAN
from bot.language.numerals import number
from bot.language.requests import asks, core
from bot.language.rule import LIKELY, MAYBE, SURE, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_OPEN = frozenset({BALLOT, BALLOT_VOTED})

# Casting

_NO = (
    "不(?:太|大|怎么|是很|能|会|想|敢|打算)?同意|不(?:太|大|怎么|是很|能|会|想)?(?:赞成|支持|赞同)|没法同意|不赞成"
    "|不赞同|不支持|不通过|反对|反對|反队|反兑|否决|否定|投否|不行|不可以|不投他|坚决不同意|vote no|disagree"
    "|against|oppose|bu ?tong ?yi|fan ?dui|bu ?zan ?cheng"
)
_ABSTAIN = "弃权|棄權|弃全|弃券|起权|气权|弃圈|放弃(?:投票|表决)?|不表态|abstain(?:ed)?|qi ?quan"
_YES = (
    "同意|同亿|同易|同义|赞成|贊成|赞城|赞同|支持|通过|没意见|没有意见|没啥意见|没什么意见|无意见|没异议|无异议"
    "|没有异议|approve|vote yes|agree"
    "|in favou?r|tong ?yi|zan ?cheng|zhi ?chi"
)
_SAYS = (("no", Pattern(_NO)), ("abstain", Pattern(_ABSTAIN)), ("yes", Pattern(_YES)))
_CHOICE = f"(?:{_NO}|{_ABSTAIN}|{_YES})"
_BALLOT_PAPER = "(?:的?一?票|票了)?"
_I = (
    "(?:我这边|我们|我|俺|咱|本人|个人)?(?:本人|个人|自己)?(?:还是|也是|也|就是|就|选择?|意见是|意见|的意见是|的意见"
    "|表示|态度是|决定|这边)?(?:投|选|表)?(?:出|个|了)?"
)
_STRESS = "(?:完全|坚决|举双手|双手|十分|非常|绝对|强烈|都|全部|全|没问题|一致|当然|原则上|i |vote |voted |to |yes |no )?"
_ONLY = Pattern(
    f"{_I}[:, ]?{_STRESS}(?:{_CHOICE})(?:[:, ]?(?:{_CHOICE}))?{_BALLOT_PAPER}(?:的|了|啦|啊|呀|吧|哈|哦|这个|这项"
    "|该项|本次|此项|议题|方案|提案|决议|呢){0,2}"
)
_ABOUT = f'[{HAN}0-9a-z·“”"《》]{{2,30}}?'
_ON = Pattern(
    f"(?:我投|我|投)?{_STRESS}(?P<choice>{_CHOICE})(?:票)?[: ]?(?P<about>{_ABOUT})(?:这个|这项|的事情?|这件事|一事"
    "|的方案|的提案|的议题)?(?:的|了|吧|哈|啊)?"
    f"|(?:关于|对于?|给)?(?P<about2>{_ABOUT})(?:这个|这项|的事情?|这件事|一事|那个|那项|的方案|的提案"
    "|的议题)?[:, ]?(?:我投|我的意见是|我|投)(?:的是|的"
    f"|了)?{_STRESS}(?P<choice2>{_CHOICE}){_BALLOT_PAPER}"
)
_FOR_PERSON = Pattern(f"(?:我的?票|我|俺)?(?:都|就)?(?:就|还是|要|想)?(?:投|选)(?:给|了)?(?P<who>{persons.ONE})(?:同志)?(?:一票|吧|的票)?")
_VOTE_FOR = Pattern(f"(?:我|俺)?(?:给|为)(?P<who>{persons.ONE})(?:同志)?投(?:一|上|了)?(?:一)?票(?:吧)?")
_OPTION = Pattern(
    "(?:我|俺)?(?:就|还是|要|想)?(?:投票?|选择?|支持|同意|赞成)?(?:给|了)?第? ?(?P<number>[0-9]{1,2}"
    "|[一二三四五六七八九十两]{1,3}) ?(?:号|个|项|位|条)?(?:候选人"
    "|选项|方案)?(?:一票|吧|的)?"
    r"|(?:option |no\. ?|number |vote for )(?P<latin>[0-9]{1,2})"
)
_LETTER = Pattern(r"(?:我|俺)?(?:就|还是)?(?:投|选择?)(?P<letter>[a-h])(?:项)?(?:吧)?")
_CHANGES = Pattern(
    "手滑|后悔|误投|改(?:投|成|为|票|一下|选|(?=弃权|反对|赞成|同意|不同意|支持))|重新?投|投错|选错|点错|按错|换成"
    "|改主意|想改|要改|变卦|收回(?:我的|刚才的)?票|撤(?:回"
    "|销)(?:我的|刚才的|那)?(?:投票|票)|(?:change"
    "|recast) (?:my )?vote|gai ?piao"
)
_CHANGED_TO = Pattern(f"(?:改(?:投|成|为|选)?|重新?投|换成?|应该是?|要投|想投|是)[一个为成]{{0,2}}(?:{_CHOICE})")
_VOTING = Pattern("票|投|表决|选错|反对|赞成|同意|弃权|vote|gai ?piao")
_ASKS_CHANGE = Pattern("(?:投完|投了|投过)[^,。]{0,6}(?:还)?(?:能|可以)[^,。]{0,4}改")
_OTHERS = Pattern(
    "(?:他们?|她们?|大家|别人|人家|你们?|您|谁|都说|领导|老板|老婆|孩子|公司|家里)(?:都|也|不|会|已经)?(?:同意|反对"
    "|赞成|支持|弃权|不同意|投)|如果|要是|假如|万一|(?:同意|反对)的(?:人"
    "|举手|请)|请(?:大家|各位)|转发|谁(?:同意|反对)"
)
_TALK = Pattern("(?:同意|反对|弃权|赞成|支持)(?:楼上|楼主|你|您|他|她|书记说|这个说法|这种)|加班|房价|离婚|涨价|外卖|球|天气|吃饭|聚餐")


def _cast(said: Said) -> Found | None:
    """A choice on the ballot that is open."""
    words = core(said.words)
    if len(words) > 60 or _OTHERS.search(words) or _TALK.search(words):
        return None
    if _CHANGES.search(words):
        return _changed(said)
    wonders = asks(said) and not _NOTHING_AGAINST.search(words)
    return None if wonders else _chosen(said, words) or _option(said, words)


def _chosen(said: Said, words: str) -> Found | None:
    """Yes, no or abstention: the whole message, one of its clauses, or, in private, anywhere in a few words."""
    among_people = said.setting.in_group and not said.mentioned and not _VOTES.search(words)
    sure = LIKELY if among_people or said.setting.context != BALLOT else SURE
    for clause in (words, *(core(part) for part in reversed(said.parts))):
        if _ONLY.fullmatch(clause):
            return Found({"choice": _choice(clause)}, sure)
        if (on := _ON.fullmatch(clause)) is not None:
            return Found({"choice": _choice(on["choice"] or on["choice2"]), **_subject(on["about"] or on["about2"])}, SURE)
    loose = _ANYHOW.search(words) if len(words) <= _FEW and not said.setting.in_group else None
    return Found({"choice": _choice(loose[0])}, LIKELY) if loose else None


_FEW = 24
_NOTHING_AGAINST = Pattern("没(?:啥|什么)意见")
_VOTES = Pattern("投|票")
_ANYHOW = Pattern(_CHOICE)


def _option(said: Said, words: str) -> Found | None:
    if said.setting.in_group and not said.mentioned:
        return None
    if (person := _FOR_PERSON.fullmatch(words) or _VOTE_FOR.fullmatch(words)) is not None and persons.is_person(person["who"]):
        return Found({"choice": "yes", "subject": person["who"]}, LIKELY)
    if (option := _OPTION.fullmatch(words)) is not None:
        chosen = number(option["number"] or option["latin"])
        return Found({"choice_no": chosen}, LIKELY) if chosen else None
    if (letter := _LETTER.fullmatch(words)) is not None:
        return Found({"choice_no": ord(letter["letter"]) - ord("a") + 1}, LIKELY)
    return None


def _choice(words: str) -> str:
    return next(choice for choice, pattern in _SAYS if pattern.search(words))


_ADMITS = Pattern("接收|接受|吸收|发展|入党|预备党员|转正|转为正式|按期|党员")
_NUMBERED = Pattern("第?(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?(?:号|项|个|条)(?:议题|方案|提案|候选人|选项)?")


def _subject(about: str) -> dict[str, Any]:
    """What a vote is about: the person where it is about one, otherwise as it was said."""
    if (numbered := _NUMBERED.fullmatch(about)) is not None:
        return {"choice_no": number(numbered["number"])}
    said = about.strip(' ,:"“”《》')
    name = persons.first(_ADMITTING.sub("", said)) if _ADMITS.search(said) or len(said) <= 3 else ""
    return {"subject": name or said} if said not in _EMPTY and not _NO_SUBJECT.search(said) else {}


_NO_SUBJECT = Pattern(
    f"{_CHOICE}|^(?:[我俺咱都也就行好对嗯哦可以还是觉得想不起呗是要来了呢吧]{{1,6}}|算了吧?|一[张票]|[两三]票都?"
    "|(?:这|那)(?:个|件|项)?(?:事"
    "|次)?|不好意思|老实说|说实话)$"
)
_ADMITTING = Pattern("^(?:关于)?(?:接收|接受|吸收|发展|批准|讨论|审议)?")
_EMPTY_LIST = (
    "书记 書記 支书 大家 嗯嗯 那个 各位 同志们 这个 这项 本次 此次 这次 议题 方案 提案 决议 这件事 这个事 这个方案 "
    "这个提案 这个议题 这次投票 这次表决 该议题 该方案 上述 以上 一下 接收 吸收 转正 发展 通过 接受 他 她 处分 方案吧"
)
_EMPTY = frozenset(_EMPTY_LIST.split())


def _changed(said: Said) -> Found | None:
    """A vote that shall be another one. Whether it may be depends on the ballot."""
    words = said.words
    about_it = _VOTING.search(words) or said.setting.context == BALLOT_VOTED
    if not about_it or _BIRTHS.search(words):
        return None
    told = _CHANGED_TO.search(words)
    slots: dict[str, Any] = {"change": True}
    if told:
        slots["choice"] = _choice(told[0])
    sure = SURE if said.setting.context in _OPEN else LIKELY if "票" in words or "投" in words else MAYBE
    return Found(slots, sure if not said.setting.in_group or said.mentioned else LIKELY)


_BIRTHS = Pattern("投诉|投资|投稿|发票|车票|机票|火车票|高铁票|门票|船票|股票|彩票|钞票|改签|投简历")


def _cast_anywhere(said: Said) -> Found | None:
    """A vote said in so many words, whatever was said before."""
    words = core(said.words)
    if said.setting.in_group or len(words) > 40 or _OTHERS.search(words):
        return None
    if (_CHANGES.search(words) and not said.asks) or _ASKS_CHANGE.search(words) or ("改" in words and "票" in words and "我" in words):
        return _changed(said) if "票" in words or "投" in words else None
    if (plain := _PLAIN_VOTE.fullmatch(words)) is not None and not said.asks:
        return Found({"choice": _choice(words), **(_subject(plain["about"]) if plain["about"] else {})}, LIKELY)
    return None


_PLAIN_VOTE = Pattern(
    f"(?:我|俺|本人|我要|我想|我来)?(?:投(?:个|出|了)?{_STRESS}{_CHOICE}(?:的?票|一票)?|{_STRESS}(?:反对|赞成|同意"
    f"|弃权)票)(?:[:, ]?(?:给)?(?P<about>{_ABOUT}))?"
    f"|(?:表决|投票)[:, ]?(?:我)?{_STRESS}{_CHOICE}"
)

# Opening

_CREATE = Pattern(
    "(?:发起|发个|发一个|搞个|搞一个|弄个|弄一个|组织|开个|开一个|建个|建一个|来个|新建|创建|启动|做个|做一个|设个"
    "|发布|安排|进行|开始|开启|举行|添加)(?:一个|一次|一场|一轮|个|次)?"
    "(?P<what>(?:线上|网上|无记名|不记名|匿名|记名|群|支部|换届|民主|支委|正式|党员大会){0,3}(?:选举)?(?:投票|表决"
    "|票决|选举|民主评议|评议|民主测评|测评)(?:表决)?)"
    r"|^(?:请)?(?:大家|各位|同志们|全体党员|党员们?)?(?:来|都来|一起)?(?P<head>投票|表决|票决|选举|投个票|投一下票"
    r"|表个决|投个票吧|表决一下|投票表决|投票决定|投票定一下)(?:一下|吧|哈|啊)?(?:议题|事项|主题)?[:]"
    r"|^(?:请)?(?:大家|各位|同志们)?(?:来|都来|一起)?(?:投个票|表个决|投个票吧|表决一下|投票表决一下|投票定一下)[,]"
    "|(?:start|open|create|launch|begin|call) (?:a |an |the )?(?:new |secret |anonymous )?(?:vote|ballot|poll|election)"
    "|^(?:我们|大家)?(?:投票|表决|票决)一下|fa ?qi ?(?:biao ?jue|tou ?piao)"
)
_LETS = Pattern(
    "(?:请|让|叫|由)?(?:大家|各位|全体|支部|党员|党员们|同志们?)(?:一起|来)?(?:投票|表决|投个票|表个决"
    "|票决)(?:一下)?(?:决定|选出?|看看)?[:,]?"
)
_ENDS = Pattern("(?:截止|截至|结束|投完|表决完|封票|停止|为止|前)")
_ENDING = Pattern(
    "[,。;、 (]{0,3}(?:投票|表决)?(?:时间|日期)?(?:请)?(?:截止|截至|限|在|于|到|投到|until|till|by|ends?(?: at)?"
    "|closes?(?: at)?|deadline)?(?:时间|日期)?[:是到为在于 ]{0,3}$"
)
_ENDED = Pattern("[, ]?(?:之?前|以前)?(?:都|请|大家)?(?:截止|截至|结束|投完|表决完|封票|停止|为止|投票)?(?:[)。;,]|$)")
_BY = Pattern("截止|截至|限|投到|until|till|by|ends?|closes?|deadline")
_DAY = Pattern(
    "今|明|后天|大后天|下个?周|本周|这周|周[一二三四五六日天]|星期|礼拜|[0-9]{1,4} ?[-/年月日号点:]"
    "|[一二三四五六七八九十]{1,3}(?:月|天后|小时后|点)|[0-9]{1,2} ?(?:天|小时)(?:之?后)|today|tomorrow|next|in [0-9]"
    "|monday|friday|sunday"
)
_DONE = Pattern("了|吗|没|过(?!年)|的人|完|时|中")
_ABOUT_WHAT = Pattern("^[:, ]*(?:关于|就|来?决定|(?:议题|事项|内容|主题|标题|题目)(?:就?是|为|[: ])|on |about |for |whether |to )?[:, ]*")
_KINDS = (
    ("admission", Pattern("接收|吸收|发展党员|发展对象|预备党员(?!转)|入党(?!积极)")),
    ("full_membership", Pattern("转正|转为正式|正式党员")),
    ("election", Pattern("选举|换届|改选|补选|增补|选(?:一个|个|出|新)?(?:支部)?(?:书记|委员|支委|组长|代表)|election")),
    ("appraisal", Pattern("评议|测评|评优|优秀党员")),
)
_ASKED_HOW = Pattern("怎么|如何|咋|什么时候|谁|为什么|能不能不|有没有|哪里|结果|通过了")
_HOUR_SAID = Pattern("[0-9一二三四五六七八九十两]{1,3}[点时]|[0-9]:[0-9]|[早晚中]上?|[上下]午|傍晚|[ap]m")


def _create(said: Said) -> Found | None:
    """A vote that shall be opened: its kind, what it is about and when it ends, as far as these were said."""
    words = _whole_subject(said)
    start = _CREATE.search(words) or _LETS.search(words)
    if (
        start is None
        or start.start() > 12
        or _ASKED_HOW.search(words[: start.end()])
        or _ASKED_HOW.match(words[start.end() :])
        or _REPORTED.search(words)
    ):
        return None
    rest = _BEFORE_END.sub("", words[start.end() :])
    asked = said.asks and not (_WISH.search(said.words) or (start.start() <= 2 and len(rest) > 4))
    if asked or _DONE.match(rest):
        return None
    slots: dict[str, Any] = {}
    if (found := _deadline(rest, said.setting.at)) is not None:
        slots["deadline"], rest = found
    kind = next((kind for kind, pattern in _KINDS if pattern.search(words)), "")
    if kind:
        slots["kind"] = kind
    about = _TAIL.sub("", _ABOUT_WHAT.sub("", rest)).strip(" ,.:;。、!()")
    if about:
        slots["subject"] = _ABOUT_IT.sub("", about)
    named = start.re is _CREATE.compiled
    explicit = named and start.start() == 0 and about
    return Found(slots, _CALLED if explicit and said.setting.role == "secretary" else LIKELY, args=about)


def _whole_subject(said: Said) -> str:
    """The words without politeness, but with 好不好 where it belongs to what is asked: 路灯装在村口好不好."""
    words = core(said.words)
    behind = said.words[said.words.find(words) + len(words) :]
    asked = _ASKED_OF_ALL.match(behind)
    return words + asked[0] if asked else words


_ASKED_OF_ALL = Pattern("(?:好不好|行不行|可不可以|要不要|好吗|行吗|可以吗|行不|可以不|成不成|中不中)")
_ABOUT_IT = Pattern("^(?:(?:问一?下)?大家|各位|同志们|党员们?)?(?:看看|说说|评一?评|定一?下|决定)?[,:]?(?=.{4})|^(?:关于|就)")
_CALLED = 0.99
"""A vote that is called by name: more than the matter that it is about (学习资料, 主题党日)."""


_BEFORE_END = Pattern("(?:之|以)?前(?=截止|结束|投完|表决完)")
_TAIL = Pattern("[,。 ]?(?:请)?(?:大家|各位)?(?:都)?(?:来)?(?:投票|表决|投一下|议一议)?(?:一下|吧|哈|啊)?$")
_WISH = Pattern("能不能|能|可以|帮|想|要|可否|can|could|please")
_REPORTED = Pattern(
    "(?:他们|他|她|你们|公司|业主|小区|楼上|昨天|上次|去年|以前|人家|单位)[^,。]{0,6}(?:发起|搞|组织|投票)|如果|要是|听说|转发"
)


def _deadline(words: str, now: datetime) -> tuple[str, str] | None:
    """When a vote ends, in ISO 8601, only the day where no hour was said; and the words without it."""
    for day in _DAY.finditer(words):
        try:
            found = moment(words[day.start() :], now)
        except ImpossibleMoment:
            continue
        if found is None:
            continue
        at, behind = found[0].replace(tzinfo=None), found[1]
        told = words[day.start() : len(words) - len(behind)]
        begins, ended = _ENDING.search(words[: day.start()]), _ENDED.match(behind)
        if ended is None or begins is None or not (_ENDS.search(ended[0]) or _BY.search(begins[0])):
            continue
        said = at.isoformat(timespec="minutes") if _HOUR_SAID.search(told) else at.date().isoformat()
        return said, words[: begins.start()] + behind[ended.end() :]
    return None


_VOTE_CAST_CUES = "投 票 表决 vote piao"
_VOTE_CREATE_CUES = "投票 表决 票决 选举 评议 测评 投个票 表个决 vote ballot poll election piao jue"
RULES: tuple[Rule, ...] = (
    Rule("vote_cast", _cast, contexts=_OPEN, why="同意、反对、弃权，正在表决"),
    Rule(
        "vote_cast",
        _cast_anywhere,
        tuple(_VOTE_CAST_CUES.split()),
        why="投……票",
    ),
    Rule(
        "vote_create",
        _create,
        tuple(_VOTE_CREATE_CUES.split()),
        why="发起表决：……",
    ),
)

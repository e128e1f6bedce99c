"""Short answers: received, yes and no, one of a list, the answer to a question. Each means something only by what was said before."""

from bot.language import choices, quiz_words
from bot.language.contexts import (
    AID_APPEAL,
    CHOICES,
    CONFIRM_PLACE,
    DUES_ASKED_PAID,
    DUES_REMINDER,
    EVENT,
    FIRST_CONTACT,
    FUNDRAISING,
    LESSON,
    NOTICE,
    OPINION_DRAFT,
    PLACE_RECORDED,
    QUIZ,
    QUIZ_TRUE_FALSE,
    ROLL_CALL,
)
from bot.language.names import SURNAMES
from bot.language.normalise import HAN
from bot.language.rule import LIKELY, MAYBE, SURE, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_SHORT = 60
_TELLS = frozenset({EVENT, LESSON, DUES_REMINDER})
_WILL_PAY = Pattern(
    r"(?:我)?(?:这两天|这就|马上|明天|今天|今晚|回头|过两天|尽快|等会儿?|待会儿?|下班|发了?工资|月底|周末)(?:后|就|再|去|"
    r"马上){0,2}(?:交|转|缴|办)(?:上|了)?"
)
_THANKS = Pattern(r"(?:谢谢?|感谢|多谢|辛苦|thank)[^,]{0,10}")
BEGUN, HEARD = 0.91, 0.85
"""An ack before other words; words that are one only to the bot, and none beside something that is meant."""
_ONE = frozenset({"1", "+1"})
_MOST = 20
"""The longest list that is asked in one message."""
_SIGNED = Pattern(
    rf"(?P<before>[{HAN}]{{2,3}})[ ,:;]?(?:同志)?[ ,:;]?(?:已?收到了?|sd)|(?:好的?,?)?(?:已?收到了?|"
    rf"sd)[ ,:;.。(-]{{1,3}}(?P<after>[{HAN}]{{2,3}})\)?"
)
_HERE = Pattern(
    r"(?:我|俺)?(?:[123]|\+1|到|在|有|来|到了|已到|来了|在的|在线|在呢|在这|在这儿|到齐|上线了?|已上线|进来了|已进会|"
    r"报到|点到|here|present|dao|zai)(?:了|啦|哈|呢|的|啊)?"
)
_NOT_YET = Pattern(
    r"(?:我)?(?:还|暂时)?(?:没|未)(?:有)?(?:交|缴|付|转|给|弄|来得及)?(?:呢|啊|呀|哦)?|(?:过|等)(?:两|几|些)天(?:再)?交|忘了|忘记了?"
)
_DENIES = Pattern(r"(?:不是|不对)(?!吗|吧|说|我|你|他|想)|不是我(?:说|要)的")
_NO_OTHER = Pattern(
    r"不是(?:这几个|这些|这里面的|这几个地方)|(?:上面|以上|这里面|里面|这几个|你说的)?(?:都|全|哪个都|两个都|"
    r"[三四几]个都|一个都|没一个|没有一个)(?:不是|不对|没有|"
    r"错了?|不)的?"
)
_KEEP_BACK = Pattern(
    r"(?:算了[,吧]{0,2})?(?:我)?(?:还是|先|暂时|就|那){0,2}(?:别|不|不要|不用|不想)(?:发|提交|提|交|反映|说)(?:了|吧|出去|上去)*|(?:我)?(?:再|先)(?:想想|改改|考虑考虑|等等|看看|想一想)(?:再说|吧)?"
)
_SEND = Pattern(
    r"(?:(?:可以|好的?|行|对|嗯|没问题|确认)[,了]?)?(?:就)?(?:这样|这么)?(?:发吧|发出去吧?|提交吧?|就这些|就这样|发送|"
    r"可以发了?|交上去吧?|写完了|就这么多)"
)


def _read(said: Said) -> str:
    """The words, or the signs where there are no words: 👌, ✓."""
    return said.words or said.text


def _received(said: Said) -> Found | None:
    if len(said.text) > _SHORT:
        return None
    sure = _after_notice(said) if said.setting.context == NOTICE else _elsewhere(said)
    return Found(confidence=sure) if sure else None


def _after_notice(said: Said) -> float:
    """How surely a word right after a notice says that it was received; 0 for not at all."""
    words = _read(said)
    if choices.is_heard(_NODS.sub("", words)) or choices.is_heard(words) or choices.ack_number(words) is not None or _signed(said.spaced):
        return SURE
    begins = len(said.parts) > 1 and choices.is_ack(said.parts[0]) and said.parts[0] not in _ONE and not said.asks
    return BEGUN if begins else 0


def _elsewhere(said: Said) -> float:
    """The same after something else that was told. 没问题 after an activity says more, and thanks after a lesson say less."""
    words, context = _read(said), said.setting.context
    if words in _ONE or said.asks:
        return 0
    if choices.is_ack(words):
        return SURE
    if context == DUES_REMINDER and len(said.parts) > 1 and choices.is_heard(said.parts[0]) and _WILL_PAY.fullmatch(said.parts[-1]):
        return HEARD
    return HEARD if context in _TELLS and choices.is_heard(words) and not _THANKS.fullmatch(words) else 0


_NODS = Pattern(r"^(?:好嘞|好咧|好滴|好的|好|嗯+|行|哦+|噢|okk?|okay|得嘞|要得|妥)[,.!。 ]?(?=.)")


def _signed(line: str) -> bool:
    """收到 with one's name, as groups ask for it."""
    found = _SIGNED.fullmatch(line.casefold().strip(" .!。！~,"))
    return found is not None and (found["before"] or found["after"])[0] in SURNAMES


def _present(said: Said) -> Found | None:
    return Found() if _HERE.fullmatch(said.words) else None


def _confirmed(said: Said) -> Found | None:
    if len(said.line) > _SHORT:
        return None
    answer = choices.yes_no(_read(said))
    if answer is None and said.setting.context == CONFIRM_PLACE and said.words in {"1", "2"}:
        answer = said.words == "1"
    if answer is None and _JUST_SO.fullmatch(said.words):
        answer = True
    if answer is None:
        return _begins_with_answer(said)
    return Found({"answer": "yes" if answer else "no"}, _sure(said))


_JUST_SO = Pattern(
    r"(?:对|对的|是|是的|是滴|没错|不错|嗯+|正确|对头|就是)[,]?(?:就是|就在|就|是|在)(?:那|这)(?:里|儿|个|边|个地方|个城市|座城市|地方)?(?:的|了|没错)?"
)


def _begins_with_answer(said: Said) -> Found | None:
    """对，就是哈尔滨; 不是我说的地方: what else it may mean comes first."""
    first = choices.yes_no(said.parts[0]) if len(said.parts) > 1 else False if _DENIES.match(said.words) else None
    return None if first is None or said.asks else Found({"answer": "yes" if first else "no"}, MAYBE)


def _sure(said: Said) -> float:
    """Right after something was recorded or somebody is greeted, other readings of the same word come first."""
    return {PLACE_RECORDED: LIKELY, FIRST_CONTACT: MAYBE, LESSON: MAYBE}.get(said.setting.context, SURE)


def _chosen(said: Said) -> Found | None:
    if _NO_OTHER.fullmatch(said.words):
        return Found({"answer": "no"})
    option = choices.picked(_read(said))
    return Found({"option": option}) if option is not None and option <= _MOST else None


def _not_paid(said: Said) -> Found | None:
    return Found({"answer": "no"}, LIKELY) if _NOT_YET.fullmatch(said.words) else None


def _sent(said: Said) -> Found | None:
    if _KEEP_BACK.fullmatch(said.words):
        return Found({"answer": "no"})
    return Found({"answer": "yes"}) if _SEND.fullmatch(said.words) else None


def _answered(said: Said) -> Found | None:
    choice = quiz_words.of_letters(_read(said)) if said.setting.context == QUIZ else quiz_words.true_false(_read(said))
    return Found({"choice": choice}, args=choice) if choice else None


RULES: tuple[Rule, ...] = (
    Rule(
        "ack",
        _received,
        contexts=frozenset({NOTICE, EVENT, ROLL_CALL, LESSON, DUES_REMINDER, AID_APPEAL, FUNDRAISING}),
        why="no more than that what was told is received",
    ),
    Rule("checkin", _present, contexts=frozenset({ROLL_CALL}), why="the answer to a roll-call"),
    Rule(
        "confirm",
        _confirmed,
        contexts=frozenset({CONFIRM_PLACE, CHOICES, DUES_ASKED_PAID, PLACE_RECORDED, OPINION_DRAFT, FIRST_CONTACT, LESSON}),
        why="yes or no to what was asked",
    ),
    Rule("confirm", _chosen, contexts=frozenset({CHOICES}), why="one of the list"),
    Rule("confirm", _not_paid, contexts=frozenset({DUES_ASKED_PAID}), why="not paid yet"),
    Rule("confirm", _sent, contexts=frozenset({OPINION_DRAFT}), why="the draft is to go"),
    Rule("quiz_answer", _answered, contexts=frozenset({QUIZ, QUIZ_TRUE_FALSE}), why="the answer to the question"),
)

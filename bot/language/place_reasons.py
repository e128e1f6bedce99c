"""Why somebody is where they are, or goes there: 工作调动, 务工, 就医."""

from bot.patterns import Pattern

_MOVED = Pattern(
    "(?:工作|岗位|职务)(?:调动|变动|调整)|(?:公司|单位|厂里?|组织|领导|上级|部队|总部|集团|老板|项目部?"
    "|队里)(?:又|要|想|会|准备|打算|决定)?[把给将让]?(?:我们?|俺)?(?:临时)?(?:调|派|安排|外派|抽调|借调)"
    "|(?:被|让).{0,8}(?:调|派|外派|借调)[到去往来]|调[到任往动]|外派|派驻|公司(?:安排|派遣|需要)|单位安排|transferred|was sent"
    "|posted to|assigned to|diao ?dao"
)
_KIN = (
    "老人|父母|爸妈|爸爸?|妈妈?|父亲|母亲|公婆|婆婆|公公|岳父|岳母|爷爷|奶奶|老伴|爱人|老婆|老公|大?孙子|孙女|外孙女?|孩子|娃娃?|小孩|儿子"
    "|女儿|闺女|儿媳妇?|媳妇|家人|病人|家里"
)
_KINDS = (
    ("出差", Pattern("出差|business trip")),
    ("就医", Pattern("看病|治病|就医|住院|看医生|做手术|动手术|化疗|复查|体检|求医|陪护|陪床|看专家|treatment|see a doctor|hospital")),
    ("照顾家人", Pattern("(?:给|帮|替)[^,。]{1,6}[看带](?:大?孙子|孙女|外孙|孩子|娃|小孩)")),
    (
        "探亲",
        Pattern(
            "探亲|走亲戚|看望?(?:儿子|女儿|孩子|父母|爸妈|老人|亲戚)|看(?:儿子|女儿|孩子|孙子|亲戚)|visit (?:my )?family|visit relatives"
        ),
    ),
    ("照顾家人", Pattern(f"[带看领照](?:大?孙子|孙女|外孙|孩子|娃|小孩)|(?:照顾|照看|照料|伺候|服侍|看护)(?:{_KIN})|坐月子")),
    ("培训", Pattern("培训|集训|training")),
    ("学习", Pattern("学习|进修|学手艺|学技术")),
    ("求学", Pattern("上大学|上学|读书|求学|念书|读研|读大学|留学|study")),
    ("经商", Pattern("做生意|经商|开店|开饭店|开公司|摆摊|做买卖|business")),
    ("创业", Pattern("创业")),
    ("实习", Pattern("实习|internship")),
    ("旅游", Pattern("旅游|旅行|玩几天|散心|travel|holiday")),
    ("养老", Pattern("养老")),
    ("参军", Pattern("当兵|参军|入伍|服役")),
)
_CARES = Pattern(f"(?:照顾|照看|照料|伺候|服侍|带|看护)(?:一下)?(?:{_KIN})(?=$|[,。;了吧])")
"""Kept as it is said where nothing follows: 照顾孙子."""
_OUT_TO_WORK = Pattern("打工|务工|da ?gong|wu ?gong")
_WORK = Pattern(
    "上班|工作|进厂|干活|做工|做事|搬砖|找活|摘棉花|搞装修|做装修|送外卖|跑车|开车|上工|干工地|工地|入职|当保安|做保安|做保姆|当保姆"
    "|做家政|shang ?ban|gong ?zuo|work"
)


_ABSENCES = (
    ("加班", Pattern("overtime|extra shift")),
    ("夜班", Pattern("night shift")),
    ("出差", Pattern("business trip|out of town")),
    ("孩子生病", Pattern("(?:kid|child|son|daughter|baby)[a-z' ]{1,8}(?:sick|ill|fever|unwell)")),
    ("生病", Pattern(r"\b(?:sick|ill|fever|unwell|doctor|hospital)\b")),
    ("上班", Pattern(r"\bat work\b|\bworking\b|on (?:duty|shift)")),
)


def english(words: str) -> str:
    """Why somebody cannot come, from what they say in English; empty where they do not say."""
    return next((reason for reason, pattern in _ABSENCES if pattern.search(words)), "")


def of_staying(words: str) -> str | None:
    """Why somebody is where they say to be; None where they do not say. That they work there is no reason, that they went to work is."""
    if _MOVED.search(words):
        return "工作调动"
    if _OUT_TO_WORK.search(words):
        return "务工"
    reason = next((reason for reason, said in _KINDS if said.search(words)), None)
    cares = _CARES.search(words) if reason == "照顾家人" else None
    return cares[0] if cares else reason


def of_leaving(words: str) -> str | None:
    """Why somebody leaves; None where they do not say."""
    return of_staying(words) or ("务工" if _WORK.search(words) else None)

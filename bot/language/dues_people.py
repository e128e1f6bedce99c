"""Who pays dues for whom: 老婆替我交的, 帮周海交了, 周海的我也交了, and whether a sentence speaks of somebody else."""

import re

from bot.language.normalise import HAN
from bot.patterns import Pattern

KIN = (
    "老婆|老公|爱人|媳妇儿?|丈夫|妻子|对象|内人|那口子|儿媳妇?|女婿|儿子|女儿|孩子|闺女|姑娘|爸爸|妈妈|老爸|老妈|爸妈"
    "|爸|妈|父亲|母亲|爹|娘|老爹|老娘|家里人|家人|家属|亲戚"
    "|哥哥|大哥|二哥|哥|姐姐|大姐|姐夫|姐|弟弟|弟媳|弟|妹妹|妹夫|妹|嫂子|孙子|孙女|外甥|侄子|侄女|侄儿|叔叔|大伯|伯父"
    "|舅舅|姑姑|姨|爷爷|奶奶|外公|外婆|岳父|岳母|公公|婆婆"
)
_OTHERS = (
    "同事|同学|老乡|朋友|工友|邻居|战友|室友|老板|会计|村支书|支书|书记|组长|小组长|组织委员|联系人|班长|队长|村主任|主任"
    "|一个党员|别的党员|另一个党员"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎"
    "贺顾毛郝龚邵万钱严覃武戴莫孔汤齐庞樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂焦向柳邢路岳梅庄辛管祝左涂谷祁耿牟卜詹关苗凌纪靳盛童欧甄项曲鲍游阮裴席卫屈覃霍翁隋甘阿古"
)
_DOUBLE = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|长孙|宇文|端木"
_IN_NAME = f"(?:(?![了的吗过把在是也都已我你他她这那没不还要给替帮就和跟月年元块度])[{HAN}])"
PERSON = (
    f"(?:(?:{_DOUBLE}){_IN_NAME}{{1,2}}|[老小][{_SURNAMES}](?![{HAN}]家)|[{_SURNAMES}]{_IN_NAME}{{1,2}}?"
    f"|[{HAN}]{{2,5}}·[{HAN}]{{2,6}}|[{_SURNAMES}](?:叔|婶|姨|哥|姐|伯|大爷|大妈|师傅|总|工|书记|主任|支书))"
)
_WHEN = "(?:已经?|刚刚?|刚才|昨天|前天|今天|今早|昨晚|上周|上个?月|那天|早就|都|先|又|也|一起|顺便|每次|直接|微信|在(?:老家|家|村里))"
_HELP = "(?:替|帮|给|代|为|帮忙(?:给|替)?|代替)"
_SELF = "(?:我|咱|俺|本人|我们|咱们|俺们)"
_MONEY = "(?:把|将)?[^,?替帮]{0,14}?"
_VERB = "(?:上?交|上?缴|付|转|垫|补|打|汇|存|代[交缴付转])"
_PAID_BY = Pattern(
    f"(?:由|让|叫|托|请|是|喊|找)?{_SELF}?(?:家|家里|的)?(?P<who>{KIN}|{_OTHERS}"
    f"|{PERSON})(?:同志)?{_WHEN}{{0,3}}{_HELP}(?:{_SELF}|了我)?{_MONEY}{_VERB}"
)
_BY_WHOM = Pattern(
    f"(?:由|让|叫|托|请|是|喊|找|走的?|用的?){_SELF}?(?:家|家里|的)?(?P<who>{KIN}|{_OTHERS}"
    f"|{PERSON})(?:同志)?(?:的?(?:微信|支付宝|手机|账号|卡))?{_HELP}?{_SELF}?{_MONEY}{_VERB}"
)
_KIN_PAID = Pattern(rf"{_SELF}(?:家|家里|的)?(?P<who>{KIN}){_WHEN}{{0,3}}(?:微信|支付宝)?{_VERB}(?:过去)?的")
_ENGLISH_BY = Pattern(r"(?:by my|my) (?P<who>wife|husband|son|daughter|father|mother|brother|sister)\b.{0,20}")
_OBJECT = (
    "(?:(?:把|将|的)[^,?]{0,12}?党费|(?:[0-9一二三四五六七八九十、到至-]{1,6}月份?|上个?月|这个?月|本月)?的?党费)?"
    "(?:也|都|一起|一并|一块儿?|已经?|先)*"
)
_FOR = Pattern(
    "(?:替|帮(?!忙)|代|为|帮忙(?:给|替)?)(?:一下)?(?P<who>[^,?]{1,24}?)(?:同志|他们?|她们?|俩|两人|两个人|几个|一起|一块"
    f"|也)*{_OBJECT}{_VERB}"
)
_GIVEN = Pattern(f"给(?P<who>[^,?]{{1,16}}?)(?:同志|他们?|她们?|俩|也)*{_OBJECT}(?:上?交|上?缴|代[交缴付]|垫|补[交缴])")
_THEIRS = Pattern(
    f"(?P<who>{_SELF}?(?:{KIN})|{PERSON}(?:[和、跟与]{PERSON}){{0,5}})(?:同志|俩|两人)?(?:那份"
    f"|的份?)(?:[^,?]{{0,10}}?党费)?[^,?]{{0,8}}?(?:{_SELF}(?:也|都|已经?|一起|顺便|先|替|帮|给|[他她]们?)*|也一起|一起"
    f"|一块儿?|也|都)(?:[^,?]{{0,6}}?){_VERB}"
)
_ENGLISH_FOR = Pattern(
    r"paid (?:dues |党费 )?(?:\d\S* )?for (?!jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|me\b|this|last"
    r"|the )(?P<who>[a-z][a-z' .-]{2,38}?)(?:$|[,:]| \d)"
)
_NOT_WHOM = Pattern(
    "^(?:我|咱|俺|本人|你|您|他|她|它|谁|组织|支部|党|国家|村|镇|乡|自己|大家|上面|上级|书记|组长|组织委员|群|这|那"
    "|别人|人家)|[0-9]|党费|月|没|不|交|缴|钱|块|元"
)
_PARTS = Pattern("[、,和跟与及]|还有|以及")
_SELF_OF = Pattern(f"^{_SELF}(?:家|家里|的)*")
_OF_OTHERS = Pattern(
    f"^(?:他|她|你|您|谁|大家|有人|有些|别人|人家|咱们?|我们(?!家)|某|群里|全体|各位|所有|每个?|一些|{_SELF}?(?:家|家里"
    f"|的)?(?:{KIN}|同事|同学|老乡|朋友|工友|邻居|室友)"
    f"|(?:{PERSON}|{_OTHERS})(?:同志)?(?=的|已|都|也|把|昨|今|刚|早|交|缴|转|付|补|[0-9一二三四五六七八九十]|上个?月"
    "|这个?月|党费|说|在|没|还))"
)


def paid_by(said: str, *, about: bool = False) -> str:
    """Who paid instead of the speaker: 老婆, 周海; empty for nobody. `about`: the speaker was asked whether they paid (老婆交的)."""
    for pattern in (_PAID_BY, _BY_WHOM, _KIN_PAID, _ENGLISH_BY, *((_KIN_ANSWERED,) if about else ())):
        at = 0
        while match := pattern.search(said, at):
            if not _NOT_WHO.search(match["who"]) and not _FOR_BEFORE.search(said[: match.start("who")]):
                return _known_as(match)
            at = match.start("who") + 1
    return ""


def _known_as(match: re.Match[str]) -> str:
    """Who it was, as the speaker calls them: 爸 alone is no name of anybody, 我爸 is."""
    who, before = match["who"], match[0][: match.start("who") - match.start()]
    return f"我{who}" if len(who) == 1 and before.endswith(("我", "俺", "咱")) else str(who)


_NOT_WHO = Pattern("[我你他她谁的党月交缴给帮替把了过都]")


_KIN_ANSWERED = Pattern(rf"^{_SELF}?(?:家|家里|的)?(?P<who>{KIN}){_WHEN}{{0,3}}(?:微信|支付宝)?{_VERB}(?:过去)?(?:的|了)")
_FOR_BEFORE = Pattern("(?:替|帮|代|给)$")


def paid_for(said: str) -> list[str]:
    """For whom the speaker paid: 周海, 李小山; empty for themselves."""
    for pattern in (_FOR, _GIVEN, _THEIRS, _ENGLISH_FOR):
        if match := pattern.search(said):
            found = [_SELF_OF.sub("", each).removesuffix("同志").strip(" 的") for each in _PARTS.split(match["who"])]
            kept = [each for each in found if each]
            own = [each for each in _PARTS.split(match["who"]) if each]
            if kept and not any(_NOT_WHOM.search(each) for each in kept) and all(_named(each) for each in kept) and own:
                return [each.title() if each.isascii() else each for each in kept]
    return []


def _named(words: str) -> bool:
    return 1 <= len(words) <= (30 if words.isascii() else 11) and not _VERBS.search(words)


_VERBS = Pattern("[了吗呢把没在说要去来想]")


def of_others(clause: str) -> bool:
    """Whether a clause begins with somebody else, whose dues are no matter of the speaker's."""
    return _OF_OTHERS.search(clause) is not None


def named_payer(clause: str) -> str:
    """The member whose payment is told with its amount (周海三月份交了20), so that it may be asked back; empty for nobody."""
    match = _MEMBER.match(clause)
    return match["who"] if match and not _NOT_WHO.search(match["who"]) else ""


_MEMBER = Pattern(
    f"(?P<who>{PERSON})(?:同志)?(?:的)?(?=[已把昨今刚早交缴转付补]|[0-9一二三四五六七八九十]{{1,2}}月|上个?月|这个?月"
    "|本月|党费)[^,?说听]{0,20}?(?:[交缴转付]|党费)"
)

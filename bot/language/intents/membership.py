"""The intents of becoming a member: applying to join, and where one stands on the way."""

from bot.language.normalise import HAN
from bot.language.requests import asks, core
from bot.language.rule import LIKELY, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

# 入党

_JOIN = Pattern(
    "入党申请|(?:申请|想|要|愿意?|打算|准备|能|可以|可不可以|怎么|怎样|如何|咋|才能|想要|自愿|能不能|申请要|志愿"
    "|报名|争取|有意)(?:加)?入(?:中国共产)?党|加入(?:中国)?(?:共产党|党组织|咱们党"
    "|我们党|党)|入(?:中国共产)?党(?:的)?(?:都|要|需要?|有|得|应该|该|走|经过|过){0,3}(?:什么|啥|哪些)?(?:条件|要求"
    "|手续|流程|程序|步骤)|写入党"
    "|入党(?:志愿|找谁|怎么|咋|如何)|成为(?:一名)?(?:共产)?党员|当党员"
    "|发展(?:他|她)?(?:入党|党员)|向(?:党)?组织靠拢|交申请书|写申请书|递(?:交)?申请书"
    "|join the (?:communist )?party|become a party member|ru ?dang|入dang|人党申请|入当申请"
)
_NOT_APPLYING = Pattern(
    "(?:我|俺|他|她)?(?:是|在)?(?:[0-9]{2,4}|[一二三四五六七八九零〇]{2,4})年[^,。]{0,4}入(?:的)?党"
    "|入党(?:[0-9一二三四五六七八九十几多]+|多少|很多|好几|这么多)年"
    "|入党(?:誓词|初心|时间|日期|介绍人|纪念|积极分子|日|那天|时|后|以来|为了|动机|志愿书)|入党的(?:时候|那|初心)"
    "|已经?入党|入了党|入过党|重温|(?:什么时候|啥时候|哪年)入的?党|听说|如果|要是|转发"
    "|电影|电视剧|不想入党|谁入党"
)
_OTHERS_JOIN = Pattern(
    "(?:他|她|他们|她们|有人|有个|有位|有一个|有几个人|有几名|别人|[一几两二三]个|这个|那个|(?:我|俺"
    "|咱)?(?:们)?(?:的)?(?:厂里?|公司|单位|村里?|车间|工地|店里?|这边|这里|班组)?(?:的|有个?"
    "|一?个)?(?:老婆|媳妇|爱人|妻子|老公|丈夫|儿子|女儿|闺女|孩子|小孩|娃|弟弟?|妹妹?|哥哥?|姐姐?|侄子|侄女|外甥女?"
    "|孙子|孙女|表[弟妹哥姐]|堂[弟妹哥姐]|爸爸?|妈妈?|父亲|母亲|朋友|同事|工友"
    f"|同学|邻居|老乡|徒弟|室友|对象|男朋友|女朋友|亲戚|小伙子?|年轻人|小年轻|姑娘|女孩|男孩|小[{HAN}]|大学生|员工"
    "|职工|师傅|老板|群众|青年|战友))(?:[^,。]{0,8})"
)
_MYSELF = Pattern(
    "(?:我|俺|本人|咱)(?:自己|也|就|现在)?(?:是|还)?(?:想|要|准备|打算|申请|能|可以|怎么|怎样|如何|愿意?|志愿"
    "|不是党员)|^(?:怎么|如何|怎样|咋|想|要|申请|入党|加入|写)"
)
_OWN_PROGRESS = Pattern(
    "入党[^,。申]{0,6}(?:到哪|到什么|怎么样了|进度|进展|批)|(?:申请书?|申请)[^,。]{0,10}(?:批|通过|到哪|收到"
    "|怎么样了|有消息|没消息|进展|进度|审|下来|回音|下文|结果)|(?:交|递"
    "|写)(?:了|过)?[^,。]{0,8}(?:申请书?)[^,。]{0,14}(?:多久"
    "|什么时候|几天|下一?步|然后|接下来|没消息|怎么还|谁(?:来)?找)|(?:申请书?)(?:都)?(?:交|递)(?:了|上去)[^,。]{0,20}"
)


def _join(said: Said) -> Found | None:
    """Somebody wants to become a member of the party: the speaker, or somebody whom the speaker knows."""
    words = core(said.words)
    if not _JOIN.search(words) or _NOT_APPLYING.search(words) or len(words) > 70:
        return None
    if _OWN_PROGRESS.search(words) and _PROGRESS.search(words):
        return None
    others = _OTHERS_JOIN.search(words)
    own = _MYSELF.search(words)
    if others and not (own and own.start() < others.start() and "入" in words[own.end() : own.end() + 6]):
        return Found({"for_other": True}, LIKELY + 0.05)
    return Found({}, LIKELY + 0.05)


_PROGRESS = Pattern("吗|没|么|多久|什么时候|哪|怎么|啥时|进|下一?步|然后|接下来|几天|谁")

# 发展

_STAGE = Pattern(
    "发展进度|发展到哪|我的?入党(?!申请)|预备期|预备党员|我?还?是个?预备|转正|积极分子|发展对象|政审|培养人"
    "|入党介绍人|入党志愿书|考察期|入党积极"
    "|入党申请|申请书|yu ?bei|zhuan ?zheng|转为正式|正式党员"
    "|probation(?!ary member'?s)|full member|activist"
)
_RIGHTS = Pattern(
    "(?:能|可以|能不能|可不可以|有没有|有|可否|让不让|算不算|能否|also|may|can)[^,。]{0,8}(?:投票|投|表决权?|选举权?"
    "|被选举|选|评议|权利?|资格|参加|发言|当选|vote|算票|一票)|什么权利|哪些权利|rights?"
)
_ABLE_TO_VOTE = Pattern("(?:我|俺)?(?:能|可以|能不能|可不可以|有没有|有)[^,。]{0,6}(?:投票|表决权?|投|选举权?|被选举权?|资格)")
_STANDS = Pattern(
    "多会|一年|半年|几个月|几天|多少|什么时候|啥时候|何时|几时|哪天|几号|几月|多久|多长|多少天|还有(?:几|多)|还差|缺|还要"
    "|到期|满|期满|到(?:了)?(?:哪"
    "|什么|啥)|哪(?:一)?步|阶段|进(?:度|展)|怎么样了|咋样了|下一?步|接下来|然后"
    "|批(?:了|下来)?(?:没|吗)|通过(?:了)?(?:没|吗)|(?:算|是)(?:不是)?(?:什么|啥|正式|积极|发展|预备)|(?:我"
    "|俺)(?:现在|目前)?(?:是|算)|能不能|可以|能|收到|有消息|没消息|回音|下文"
    "|结果|提前|延长|延期|推迟|查|看"
    "|when|how long|status|what stage|shen ?me ?shi ?hou"
)
_HOW_TO = Pattern(
    "(?:怎么|如何|咋|怎样)(?:写|办|转|弄|申请|交|填)|(?:要|需要?|准备|带)(?:些|哪些|什么|啥)(?:材料|手续|资料|东西)"
    "|交给谁|找谁|交到哪|流程|步骤|格式|模板|范文|how (?:do|can|to)"
)
_WORK_PROBATION = Pattern("试用期|公司|单位|实习|工资|厂里?转正|岗位|合同|老板|社保|转正定级|见习|hr|offer")
_TOLD = Pattern(
    "恭喜|祝贺|热烈|欢迎|接收(?!了吗)|同意|赞成|发起|开会讨论|他|她|人家|听说|如果|转发|谁是|名单|有几个人|有几名|多少个|有多少"
)


def _develop(said: Said) -> Found | None:
    """Where somebody stands on the way from the application to full membership, and what that allows."""
    words = core(said.words)
    if len(words) > 60 or _WORK_PROBATION.search(words) or _TOLD.search(words):
        return None
    waiting = said.setting.role in {"probationary", "stranger"}
    staged = _STAGE.search(words)
    if (waiting and _ABLE_TO_VOTE.search(words) and asks(said)) or (staged and _RIGHTS.search(words) and "转正" not in words):
        return Found({"topic": "rights"}, LIKELY + 0.08)
    if staged and _HOW_TO.search(words) and not _REACHED.search(words) and ("转正" in words or "正式" in words):
        return Found({"topic": "how"}, LIKELY + 0.05)
    if not staged or not (_STANDS.search(words) and (asks(said) or _LOOKS.search(words))):
        return None
    if _STAGE_APPLY.search(words) is not None:
        return Found({}, LIKELY + 0.08) if _OWN_PROGRESS.search(words) and _PROGRESS.search(words) else None
    topic = "" if _MOVED.search(words) else next((topic for topic, pattern in _TOPICS if pattern.search(words)), "")
    if topic == "probation_end" and not _PROBATION.search(words):
        topic = ""
    return Found({"topic": topic} if topic else {}, LIKELY + 0.08)


_PROBATION = Pattern("预备|考察期|到期|yu ?bei|probation")
"""Until when probation lasts is a question of its own; 什么时候能转正 asks how one stands."""
_MOVED = Pattern("提前|延长|延期|推迟")
_TOPICS = (
    (
        "next_step",
        Pattern(
            "(?:还)?(?:差|缺)(?:哪|什么|啥|几|些|多少)(?!天|月|时间|久)|下一?步|接下来|还(?:要|得|需要)(?:走|做|过|办"
            "|经过|完成|准备|交)?(?:哪|什么|啥|几[个道步项])|然后呢|之后(?:呢|要)"
        ),
    ),
    (
        "probation_end",
        Pattern(
            "(?:预备期|预备|考察期|转正|转为正式|转成正式|正式党员|yu ?bei|zhuan ?zheng"
            "|probation)[^,。]{0,14}(?:多会儿?|什么时候|啥时候|啥时|何时|几时|哪天|哪月|几号|几月"
            "|多久|多长|几个月|几天|多少天|还有[几多]|还剩|还差[几多]|到期|满|结束|完|过|到了"
            "|shen ?me ?shi ?hou|when|end|over)"
            "|(?:多会儿?|什么时候|啥时候|啥时|何时|几时|哪天|几号|几月|多久|多长时间|还有[几多]|还剩|还差[几多]|还要[几多]|when"
            "|how long|how many)[^。]{0,16}(?:预备期|预备"
            "|转正|转为正式|成为正式|转成正式|正式党员|probation|full member)"
        ),
    ),
)
_REACHED = Pattern("到(?:了)?(?:哪|什么|啥)")
_LOOKS = Pattern("多会|多晚|查|看|想知道|when|how long|status|shi ?hou")
_STAGE_APPLY = Pattern("^(?!.*(?:预备|转正|积极分子|发展对象|政审|正式)).{0,70}申请")

_APPLY_JOIN_CUES = "人党 当党 入 party ru 党员 靠拢 申请书"
_DEVELOP_STATUS_CUES = (
    "发展 入党 申请书 预备 转正 积极分子 发展对象 政审 培养人 介绍人 志愿书 考察期 申请 投 表决 "
    "选举 正式 yu zhuan prob member vote activist"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "apply_join",
        _join,
        tuple(_APPLY_JOIN_CUES.split()),
        why="想入党",
    ),
    Rule(
        "develop_status",
        _develop,
        tuple(_DEVELOP_STATUS_CUES.split()),
        why="发展到哪一步",
    ),
)

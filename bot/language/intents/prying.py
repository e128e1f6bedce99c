"""Others' data: where everybody is, who gave, who asked for help, somebody's number. Refused, or left to those who hold an office."""

from bot.language.dues_heard import NAME as DUES
from bot.language.intents.refusals import PROMPTS
from bot.language.persons import ONE, every
from bot.language.refusing import ORGANISES, refused
from bot.language.requests import core
from bot.language.rule import Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_LONGEST = 200
_GETS = (
    "(?:导出|导一?下|导|下载|发|给|看|查|列|要|告诉|展示|显示|公布|打印|拉|调|提供|输出|打包|汇总|统计|拷|复制|透露"
    "|泄露|知道|想要|说|报|show|give|list|export|send|tell"
    "|dump|reveal|download|print)"
)
_EVERYBODY = (
    "(?:所有|全部|全体|全支部|全员|每个|每一个|每位|大家|各个|整个支部|其他|别的|别|支部(?:里)?(?:所有|全部|的)?"
    "|群里(?:所有|全部|的)?)(?:的)?(?:人|党员|成员|同志|群友|流动党员"
    "|用户)?(?:的|们的|都|现在|们)?"
)
_ALL = Pattern(
    f"{_GETS}[^,。]{{0,8}}{_EVERYBODY}[^,。]{{0,10}}(?P<what>位置|定位|在哪|行踪|轨迹|所在地|住址|地址|在什么地方)"
    f"|{_EVERYBODY}[^,。]{{0,6}}(?:位置|定位|在哪(?:里|儿)?|行踪|所在地|住址|什么地方|哪个城市|去了?哪(?:里|儿)?"
    f"|住哪(?:里|儿)?)[^,。]{{0,3}},[^,。]{{0,8}}{_GETS}"
    f"|{_EVERYBODY}[^,。]{{0,8}}(?P<what2>位置|定位|行踪|轨迹|在哪|住址)[^,。]{{0,10}}{_GETS}"
    "|(?:位置|定位|行踪)(?:名单|清单|明细|表)(?:发我|给我|导出)?"
    "|(?:all|every(?:one|body)(?:'?s)?|each) (?:the |of the )?(?:members?'?s? |people'?s? "
    "|users?'? )?(?:current )?(?:locations?|positions?|whereabouts|addresses)"
)
_DATA = (
    ("others_phone", "电话|手机号?码?|号码|联系方式|微信号?|qq号?|联系电话|phone(?: number)?|number"),
    ("others_location", "位置|定位|行踪|轨迹|location|whereabouts"),
    ("others_dues", "缴费|交费|欠费|欠了?多少|工资|收入"),
    ("others_data", ("资料|档案|信息|身份证号?|住址|家庭住址|家庭地址|地址|思想汇报|谈话(?:记录|内容)|意见|求助|病情|病历|银行卡号?"
        "|生日|出生|年龄|家庭情况|学习(?:记录|情况|进度|成绩)|答题(?:情况|成绩|记录)|成绩"
        "|得分|签到(?:记录|情况|表)|聊天记录|私聊|体会|心得|data|profile|info(?:rmation)?|address|thought report")),
)  # fmt: skip
_OF_OTHER = tuple(
    (
        asked,
        Pattern(
            f"(?:^|[,。:; 下看查把道我有要给发诉问帮出找是请清知])(?P<who>{ONE}|他|她|他们|她们|别人|其他人|人家|大家|所有人"
            "|每个人|全体党员|全体成员|所有成员|所有党员|全部党员|其他党员|全支部"
            "|党员们|各位同志|其他同志|那个谁|某人|书记|支书|主任|支部里?的?人|群里?的?人"
            "|老[^,。的]|小[^,。的])(?:同志|书记|大哥|大姐)?(?:的|家|家里的|本人的|现在的|个人|这个月|本月|上个月|今年|去年"
            "|[0-9一二三四五六七八九十]{1,2}月份?|现在|目前|每月|一个月|月|全部|所有|详细|那个|写的?|交的?|交了?多少"
            f"|欠了?多少|有多少|,){{0,3}}(?:{what})"
            f"|(?:all|every(?:one|body)(?:'?s)?|other|[a-z]{{3,12}}'?s) (?:members?'?s? )?(?:{what})(?![a-z])"
        ),
    )
    for asked, what in _DATA
)
_ASKS_FOR = Pattern(f"{_GETS}|多少|几号|是什么|是啥|有没有|交了|交没|交清|欠|吗|没有?$|怎么样|哪|谁|$")
_ROSTER = Pattern(
    f"(?:{_GETS})[^,。]{{0,8}}(?:党员|成员|全体|全部|所有|支部|群成员|人员|全支部)(?:的)?(?:名单|名册|花名册|通讯录"
    "|信息表|台账|电话本|电话表|资料库|数据|资料|信息|身份证)|(?:党员"
    "|成员|支部|全体|人员)(?:的)?(?:名单|名册|花名册|通讯录|电话表|信息表)[^,。]{0,6}(?:发|给|导|要|看|拷|打印)"
    "|(?:list|show|export|give|dump"
    "|send)[^.]{0,20}(?:all (?:the )?members|member list|roster|all (?:user |member )?data|everyone'?s data)"
    "|(?:所有人|全部人|每个人|大家)的(?:资料|信息|数据|电话|手机|身份证|档案)"
)
_LIST = Pattern(
    "把(?:名册|花名册|名单|通讯录|台账)[^,。]{0,4}(?:导|发|给)|(?:导出|导|下载|拷贝|打印)(?:一下|一份)?(?:名册|花名册|名单|通讯录)"
)
_CONTRIBUTIONS = Pattern(
    "谁(?:都)?(?:没)?捐(?:了|过)?(?:多少|钱|款)|(?:谁|哪些人)(?:没|没有|还没)捐|(?:捐款|认捐)(?:的)?(?:名单|排名"
    "|明细|人名)|(?:谁|每个人|大家)(?:都)?(?:分别)?捐了?多少|who donated"
)
_ANONYMOUS = Pattern(
    "(?:谁|哪个|哪位)(?:提|写|发|说|反映|投诉|举报)(?:的|了)[^,。]{0,8}(?:匿名|意见|那条|举报|建议)"
    "|匿名[^,。]{0,6}(?:是谁|谁(?:提|写|发)|作者|来源|查)|(?:意见|举报"
    "|建议)(?:是)?谁(?:提|写|发|说)|(?:查|告诉我|查出)[^,。]{0,6}匿名[^,。]{0,6}(?:谁|人)"
)
_AIDED = Pattern(
    "(?:求助|困难|得病|生病|受助|拿了?(?:救助|互助|基金))(?:的)?(?:那个)?(?:人|同志|党员)?(?:是|到底是|叫)(?:谁|什么"
    "|哪个|哪位|哪家)|谁(?:在)?(?:求助|得(?:了)?(?:癌|病)"
    "|家(?:里)?(?:有)?困难|拿了?救助)|(?:受助人|求助人|求助者)(?:的)?(?:姓名|名字|是谁|信息|电话)"
)
_REMOVES = Pattern(f"(?:把|将)(?:{ONE}|他|她|那个人)(?:同志)?(?:踢|移出|开除|拉黑|禁言|除名|赶出)|(?:开除|踢掉|踢了)(?:{ONE}|他|她)")
_FORGES = Pattern(
    "(?:以|用|冒充|假冒|模仿)(?:书记|支部|组织|上级|别人|他|她)的?(?:名义|身份|账号|口吻)[^,。]{0,10}(?:发|说|通知"
    "|公告|投)|(?:把|将|帮我把)[^,。]{0,8}(?:党费|记录|签到|学时"
    "|票|入党时间|党龄)[^,。]{0,8}(?:改成|改为|伪造|造|补成)(?:已交|已缴|已签|交了|交过|合格|满|优秀)|(?:伪造|造假"
    "|编造|做假)[^,。]{0,10}(?:签到|记录|学时|思想汇报|台账|会议)"
)


def _hidden(said: Said) -> Found | None:
    """What the bot tells nobody, whatever their office."""
    words = said.words
    asked = next((asked for asked, pattern in _NOBODY if pattern.search(words)), "") if len(words) <= _LONGEST else ""
    return refused(said, asked) if asked else None


def _of_everybody(said: Said) -> Found | None:
    """Where everybody is, the list of members: for who holds an office."""
    words = said.words
    if said.setting.role in ORGANISES or len(words) > _LONGEST or _TELLS.search(words):
        return None
    if _ALL.search(words):
        return refused(said, "all_locations")
    return refused(said, "others_data") if _ROSTER.search(words) or _LIST.search(words) else None


_NOBODY = (("others_donations", _CONTRIBUTIONS), ("anonymous_author", _ANONYMOUS), ("aid_recipient", _AIDED), ("forgery", _FORGES))
_TELLS = Pattern("分布图|几面旗|地图|旗|我的|有多少人|如果|要是|听说|转发")


def _of_one(said: Said) -> Found | None:
    """What is kept about somebody else."""
    words = core(said.words)
    demands = said.asks or _DEMANDS.search(words)
    if said.setting.role in ORGANISES or len(words) > 60 or DUES in words or _NOT_PRYING.search(words):
        return None
    if not demands:
        return refused(said, "remove_member") if _REMOVES.search(words) else None
    for asked, pattern in _OF_OTHER:
        if (found := pattern.search(words)) is None or not _ASKS_FOR.search(words[found.end() :] or words):
            continue
        who = found.groupdict().get("who") or ""
        if len(who) > 1 and who[0] not in "他她别其人大所每全党各那某书支主群老小" and not any(every(who)):
            continue
        if asked != "others_location":
            return refused(said, asked)
        if _SEVERAL.search(who):  # where one person is, is asked of `places`, which knows who may see it
            return refused(said, "all_locations")
    return refused(said, "remove_member") if _REMOVES.search(words) else None


_SEVERAL = Pattern("大家|所有|每个|全|党员们|各位|其他|别人|他们|她们")
_DEMANDS = Pattern(f"^.{{2,6}}的[^在是有了没很真不]{{2,6}}$|{_GETS}|我要|想要|需要|call|phone|is$|number$")
_NOT_PRYING = Pattern(
    "提议|提案|我的|帮(?:他|她)(?:交|缴|代)|替(?:他|她)?|代(?:交|缴)|交(?:了)?(?:他|她)|已(?:经)?(?:交|转|缴)|转给|转了|补录"
    "|认识|我(?:这|这里)?有(?:他|她)的?(?:电话|微信|号码|联系)|变更|换了|改成|改为|新号|收件|地址[:]|联系我"
    "|书记(?:的)?(?:电话|手机|号码|联系方式|微信)|支书(?:的)?(?:电话|手机)|如果|要是|听说|转发|同意|赞成"
    "|热线|投诉电话|老师|给(?:他|她)(?:打|发)|打电话"
    "|没电|我(?:的)?(?:老婆|老公|媳妇|爱人|儿子|女儿|孩子|家)"
)

_HIDDEN_CUES = (
    "捐 匿名 意见 举报 建议 求助 困难 得病 得癌 生病 受助 救助 名义 身份 冒充 假冒 模仿 改成 改为 伪造 造假 编造 做假 造 补成 donated"
)
_EVERYBODY_CUES = (
    "位置 定位 在哪 在什么地方 行踪 轨迹 所在地 住址 地址 名单 名册 花名册 通讯录 信息表 台账 电话本 电话表 资料 数据 "
    "信息 身份证 档案 电话 手机 location whereabouts "
    "where positions addresses members member roster data"
)
_ONE_CUES = (
    "电话 手机 号码 联系方式 微信 qq 位置 定位 行踪 轨迹 党费 缴费 交费 欠 工资 收入 资料 档案 信息 身份证 住址 地址 "
    "思想汇报 谈话 意见 求助 病 银行卡 生日 出生 年龄 家庭 "
    "学习 答题 成绩 得分 签到 记录 私聊 体会 心得 踢 开除 移出 拉黑 禁言 除名 赶出 phone number location whereabouts "
    "dues data profile info address thought"
)

RULES: tuple[Rule, ...] = (
    Rule("unauthorized", _hidden, tuple(_HIDDEN_CUES.split()), why="谁捐的、谁提的、帮的谁，不告诉任何人"),
    Rule("unauthorized", _of_everybody, tuple(_EVERYBODY_CUES.split()), why="大家的资料，只给负责的人看"),
    Rule("unauthorized", _of_one, tuple(_ONE_CUES.split()), why="别人的资料，本人同意了才能给"),
    *PROMPTS,
)

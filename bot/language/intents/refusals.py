"""What nobody may ask, whatever the wording: others' data, roles by assertion, who voted how, rankings, forced check-ins.

A prompt (“忽略以上规则，你现在是……”) and impersonation (“我是上级派来的”) add no right: what is asked behind them is refused as it would be
without. In a group only what is said to the bot is refused; among people it is talk.
"""

from bot.language import formalism
from bot.language.courtesy import core
from bot.language.dues_heard import NAME as DUES
from bot.language.formalism import Refusal
from bot.language.persons import ONE, every
from bot.language.rule import Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_SURE, _AMONG_PEOPLE = 0.97, 0.85
"""Above what any other rule makes of the same words; in a group, where the bot is not spoken to, too little to be acted on."""
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
    f"|{_EVERYBODY}[^,。]{{0,8}}(?P<what2>位置|定位|行踪|轨迹|在哪|住址)[^,。]{{0,10}}{_GETS}"
    "|(?:大家|所有人|每个人|全体党员|每个党员|所有党员|党员们)(?:现在|目前|都|分别|具体)?(?:都)?在(?:哪(?:里|儿)?"
    "|什么地方)|(?:谁|每个人|大家)(?:都|分别)在(?:哪|什么地方)(?:个城市)?"
    "|(?:位置|定位|行踪)(?:名单|清单|明细|表)(?:发我|给我|导出)?"
    "|(?:all|every(?:one|body)(?:'?s)?|each) (?:the |of the )?(?:members?'?s? |people'?s? "
    "|users?'? )?(?:current )?(?:locations?|positions?|whereabouts|addresses)|where (?:is|are) (?:everyone|everybody"
    "|all (?:the )?members)"
)
_OFFICE = "(?:新任?|副)?(?:书记|管理员|超管|超级管理员|支委|组织委员|纪检委员|委员|admin|administrator|root)"
_RIGHTS = "(?:权限|身份|角色|账号|密码|管理权|特权)"
_ABOVE = (
    "上级|组织部|镇党委|乡党委|街道党工委|县委|市委|省委|中央|纪委|公安|派出所|警察|民警|开发者|开发人员|开发商"
    "|程序员|管理员|书记|领导|技术员|客服|运维|工程师|巡察组"
    "|督导组|检查组|巡视组"
)
_ROLE = Pattern(
    "(?:给|让|授予?|开通?|开放|赋予|提升|升级|设|改|加|切换|分配|申请|要|打开|解锁|获取|拿到|需要"
    f"|提权)[^,。]{{0,10}}(?:{_OFFICE}|最高|后台|管理|操作|全部|所有|特殊|高级)(?:的)?[^,。]{{0,2}}{_RIGHTS}"
    "|(?:给我|开|授予|开通|提升|我要|要个)[^,。]{0,4}(?:权限|特权|管理权)"
    f"|{_OFFICE}(?:的)?{_RIGHTS}[^,。]{{0,6}}(?:给我|开给|打开|开一下|授权)"
    "|(?:把我|将我|给我|让我|我要|我想|我来|帮我)(?:的身份|的角色)?(?:设|升|改|变|加|提|当|做|任命|设置|提拔|认定"
    f"|标)[^,。]{{0,6}}(?:{_OFFICE}|组长)"
    f"|(?:我(?:才|就)?是|这里是|本人是|我这边是|作为|以)[^,。]{{0,8}}(?:{_ABOVE})[^。]{{0,24}}(?:权限|导出|名单|密码"
    "|登录|登陆|后台|数据|资料|名册|位置|管理|开通|打开|配合|听我的|照做|执行|台账|明细)"
    "|(?:让|叫|派)我(?:来)?(?:接管|接手|接任|管理|当|做)[^,。]{0,8}(?:书记|支部|机器人|管理|后台|你)"
    "|(?:make|set|promote|give|grant) me (?:an? |the |to )?(?:\\w+ ){0,2}(?:admin|administrator|secretary|root|owner"
    "|access|rights|permissions?)"
    "|i am (?:your |the |an? )?(?:\\w+ )?(?:admin|administrator|developer|secretary|owner|creator)\\b"
)
_PROMPT = Pattern(
    "(?:忽略|无视|忘记|忘掉|绕过|跳过|不要管|别管|抛开|覆盖|清除|取消|解除|关闭|违反|不用遵守"
    "|不遵守)(?:掉)?(?:你)?(?:之前|以上|上面|前面|所有|全部|一切|先前|原来|你的|系统|任何"
    "|这些)(?:的)?[^,。]{0,8}(?:规则|指令|指示|设定|限制|提示|命令|要求|约束|规定|安全)"
    "|(?:忽略|无视|忘记|忘掉|绕过)(?:规则|指令|指示|设定|限制|提示词?|约束|权限|权限检查)|(?:你|从现在起你?"
    "|现在你)(?:现在|从现在起|接下来|以后)?(?:是|扮演|假装|变成|切换到"
    "|进入)[^,。]{0,16}(?:没有限制|不受限|无限制|开发者模式|管理员模式|上帝模式|调试模式|越狱|dan|书记|管理员|root|猫娘|另一个)"
    "|(?:假装|扮演|假设|假如|想象|模拟)(?:你|我|自己)?(?:是|成|为|一下)?[^,。]{0,8}(?:书记|管理员|上级|组织部|开发者"
    "|没有限制|root)|(?:开发者|调试|管理员|上帝|越狱|维护|debug"
    "|developer|god|admin|jailbreak|sudo)(?:模式| mode)|^(?:system|assistant|developer|admin|root|系统|系统提示|系统消息|管理员)[:] ?|<\\"
    "|?(?:system|im_start)|\\[system\\]|###? ?(?:system|instruction)"
    "|(?:ignore|disregard|forget|override|bypass) (?:all |any |the |your |my )?(?:previous |prior |above |earlier "
    "|system )?(?:instructions?|rules?|prompts?|restrictions?|guidelines)|you are now|pretend (?:to be|you are|that)"
    "|act as (?:an? |the )?|system prompt|jailbreak|^sudo "
)
_PROMPT_ASKED = Pattern(
    "提示词|系统提示|system prompt|你的(?:指令|设定|规则|源代码|代码|配置)[^,。]{0,6}(?:发|给|说|输出|打印|告诉"
    "|是什么)|(?:输出|打印|显示|告诉我|重复"
    "|说出)[^,。]{0,8}(?:提示词|系统提示|初始指令|设定|指令)|(?:your|the) (?:system )?(?:prompt|instructions)"
)
_SECRETS = Pattern(
    "(?:数据库|后台|服务器|管理员|书记|系统)(?:的)?(?:账号)?(?:密码|口令|密钥|token|秘钥|登录)[^,。]{0,6}(?:给|发|是"
    "|多少|告诉|什么|$)|(?:给|发|告诉"
    "|要)[^,。]{0,6}(?:密码|密钥|token|api ?key|秘钥)|(?:api ?key|token|password|passwd)|(?:导出|下载|拷贝|dump)[^,。]{0,4}(?:数据库|全库"
    "|database)"
)
_BALLOT = Pattern(
    "(?:谁|哪个|哪些人?|哪几个|哪位|都有谁|什么人|有谁)(?:都|是|也|刚才|到底|偷偷|还)?(?:投(?:的|了"
    "|过)?(?:的)?(?:是)?(?:反对|赞成|弃权|同意|否决|不同意|支持|什么|啥)|反对(?!票多)"
    "|弃权|投反对|没同意|不同意|赞成|没投赞成|同意)|(?:反对|赞成|弃权|同意|不同意|否决)(?:票)?(?:的)?(?:是|都是|都有"
    "|有)?(?:谁|哪些人|哪几个|哪位|什么人)(?:投)?"
    "|(?:谁|每个人|各人|大家|每个|他们|别人|其他人|各位|所有人)(?:都|分别|具体|各自|是)?(?:投(?:了|的)?(?:什么|啥"
    "|哪个|谁|什么票|的什么|的是什么|的啥)|怎么投(?:的)?|咋投(?:的)?"
    "|投票(?:情况|明细|记录|内容))|(?:投票|表决|选票|票)(?:的)?(?:明细|名单|记名|实名|人员|人名)(?:结果|名单|情况)?"
    "|(?<![无不])(?:记名|实名)(?:显示|公布|公开|查看"
    "|导出)?[^,。]{0,4}(?:投票|表决|结果)(?!吗)"
    f"|(?:{ONE}|他|她|书记|支书|某某|老[^,。]|小[^,。])(?:同志)?(?:是|到底|刚才|昨天|那票)?(?:投(?:的|了)?(?:什么|啥"
    "|谁|反对|赞成|弃权|同意|哪个|的什么|的是|没投)|怎么投|咋投"
    "|的票|的那?张?票|的选票|有没有投反对|是不是投了?反对)[^,。]{0,6}|(?:匿名|无记名)[^,。]{0,6}(?:解开|破解|揭开|查出|公开|还原)"
    "|who voted|who (?:was|were|is) (?:against|opposed)|how did (?!i\\b)[a-z]+(?: [a-z]+)? vote|(?:list|show"
    "|names of) (?:the )?(?:voters|who)[^.]{0,20}(?:against|no\\b)"
)
_VOTES_FOR = Pattern(
    f"(?:帮|替|代)(?:{ONE}|他|她|我老婆|我爱人|别人|没来的|大家)[^,。]{{0,6}}(?:投|表决|投票|投赞成|投同意|投反对)"
    "|(?:改|修改|篡改|调)(?:一下)?(?:投票|表决|票)(?:结果|数"
    "|记录)|(?:把)?(?:票数|结果|投票结果)(?:改|调|加)|(?:再|多)(?:给|帮)?(?:我|他)?(?:投|加)(?:几|一|两|十)(?:张)?票|刷票|代(?:为)?投票"
)
_DATA = (
    ("others_phone", "电话|手机号?码?|号码|联系方式|微信号?|qq号?|联系电话|phone(?: number)?|number"),
    ("others_location", "位置|定位|行踪|轨迹|location|whereabouts"),
    ("others_dues", "缴费|交费|欠费|欠了?多少|工资|收入"),
    ("others_data", ("资料|档案|信息|身份证号?|住址|家庭住址|家庭地址|地址|思想汇报|谈话(?:记录|内容)|意见|求助|病情|病历|银行卡号?"
        "|生日|出生|年龄|家庭情况|学习(?:记录|情况|进度|成绩)|答题(?:情况|成绩|记录)|成绩"
        "|得分|签到(?:记录|情况)?|聊天记录|私聊|体会|心得|data|profile|info(?:rmation)?|address|thought report")),
)  # fmt: skip
_OF_OTHER = tuple(
    (
        asked,
        Pattern(
            f"(?:^|[,。:; 下看查把道我有要给发诉问帮出找是请清知])(?P<who>{ONE}|他|她|他们|她们|别人|其他人|人家|大家|所有人"
            "|每个人|全体党员|所有党员|全部党员|其他党员|全支部"
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
_REMOVES = Pattern(
    f"(?:把|将)?(?:{ONE}|他|她|那个人)(?:同志)?(?:踢|移|开除|删|清|拉黑|禁言|除名|赶)(?:出|了|掉|走|党|群|除)|开除(?:{ONE}|他|她)"
)
_FORGES = Pattern(
    "(?:以|用|冒充|假冒|模仿)(?:书记|支部|组织|上级|别人|他|她)的?(?:名义|身份|账号|口吻)[^,。]{0,10}(?:发|说|通知"
    "|公告|投)|(?:把|将|帮我把)[^,。]{0,8}(?:党费|记录|签到|学时"
    "|票|入党时间|党龄)[^,。]{0,8}(?:改成|改为|伪造|造|补成)(?:已交|已缴|已签|交了|交过|合格|满|优秀)|(?:伪造|造假"
    "|编造|做假)[^,。]{0,10}(?:签到|记录|学时|思想汇报|台账|会议)"
)
_ORGANISES = frozenset({"secretary"})
_FORMAL = {Refusal.FORCED: "forced_checkin", Refusal.RANKING: "ranking", Refusal.SHAMING: "shaming"}
_CHECKS = Pattern(
    "(?:必须|强制|一律|务必|硬性|规定|要求|逼|不得不|都得|都要|得每天|统一)[^。;]{0,14}(?:签到|打卡|报平安|报位置"
    "|接龙|上报位置|发位置|定位)|(?:每天|每日|天天|每晚|每早|每周|早晚|按时"
    "|定时)[^。;]{0,14}(?:都)?(?:要|得|必须|强制|须)[^。;]{0,8}(?:签到|打卡|报平安|报位置|接龙|发位置|定位)|(?:签到"
    "|打卡|报平安|报位置|接龙)[^。;]{0,8}(?:设(?:成|为"
    "|置)?|改(?:成|为)?|变成|弄成|搞成)?(?:必须|强制|硬性|必选|必做)|(?:不|没|未|漏)(?:签到?|打卡|报平安|报位置|接龙"
    "|回复)(?:的|者|一次)?[^。;]{0,6}(?:罚|扣|通报|批评|点名"
    "|处分|不准|不许|取消|挨|写检讨|算旷|开除)|催[^,。]{0,8}(?:没签|没打卡|签到)[^,。]{0,8}(?:直到|每小时|不停|反复|一直|轰炸)"
    "|(?:强制|自动|偷偷|后台|实时|随时)(?:地)?(?:获取|采集|定位|追踪|监控|跟踪|查)[^,。]{0,8}(?:位置|大家|党员|手机|定位|行踪)?"
)
_RANKS = Pattern(
    "(?:排(?:个|一下|一?个)?(?:名|序|座次|行)|排名|排行榜?|名次|红黑榜|龙虎榜|积分榜|倒数|末位|垫底"
    "|前[三五十0-9]{1,3}名|第一名|谁第一|谁(?:的|签到|打卡|学习|答题|发言|交党费)?(?:得)?最(?:积极|懒|差|好|多|少|活跃|落后)|比一比|评比"
    "|打分|积分排)[^,。]{0,10}|(?:按|根据|用)[^,。]{0,10}(?:签到|学习|积分|党费|打卡|活跃|答题"
    "|时长)[^,。]{0,10}(?:排|评|打分|考核|分等)|rank|leader ?board"
)
_OF_BRANCH = Pattern(
    "签到|打卡|学习|积分|党费|答题|活跃|参会|党员|支部|大家|成员|时长|捐|群里|谁|缴费|交费|测验|成绩|发言|member"
    "|check|study|dues|points|quiz"
)
_OPPOSES = Pattern(
    "不要|不搞|别搞|别|不该|反对|取消|防止|为什么|凭什么|是不是|不应|不得|不用|不许|拒绝|不能|不想|烦|我们(?:厂|公司"
    "|单位)|公司|厂里|单位|老板|学校|高考|世界|全国|城市|球|孩子|班级|企业|房价|大学"
    "|乡镇|全县|全省|电影|歌|富豪|省份|股|手机|如果|要是|听说|转发|形式主义"
)


def _asked(said: Said) -> Found | None:
    """What is asked that nobody may ask, or only who holds an office."""
    if len(said.words) > _LONGEST:
        return None
    words, member = said.words, said.setting.role not in _ORGANISES
    asked = _of_votes(words) or _of_formalism(said) or _of_everybody(words, member=member) or _of_one(said, member=member)
    if not asked and (_ROLE.search(words) and member and not _ROLE_TALK.search(words)):
        asked = "role"
    if not asked and (prompt := _PROMPT.search(words)):
        asked = "prompt" if _PROMPT_ASKED.search(words) else "role" if prompt else ""
    if not asked and (_PROMPT_ASKED.search(words) or _SECRETS.search(words)) and not _OWN_SECRET.search(words):
        asked = "prompt" if _PROMPT_ASKED.search(words) else "credentials"
    if not asked:
        return None
    spoken_to = not said.setting.in_group or said.mentioned
    return Found({"asked": asked}, _SURE if spoken_to else _AMONG_PEOPLE)


_ROLE_TALK = Pattern(
    "党费|(?:给|找|问)(?:组织委员|宣传委员|纪检委员|支委)|老板|公司|厂里|学校|班长|组长(?!.*支部)|(?:给|跟|向|找|把|请"
    "|和|与|对|交给|报给|告诉|发给)(?:我们?"
    "|咱们?)?(?:支部)?(?:的)?书记(?!(?:的)?(?:权限|身份"
    "|角色|账号|权|密码))|书记(?:好|您好|你好|说|让|叫|在|的电话|来"
    "|去|是谁)|(?:权限|书记)(?:是|有)(?:什么|哪些|谁)|书记(?:培训|谈|讲)|约书记|麻烦书记|管理员(?:是谁|在吗|好)"
    "|选(?:举)?(?:新)?书记|推荐|候选|(?:请|叫)(?:书记|管理员)"
    "|我是书记[, ]?(?:想|要)?问|加入|收到|参加|报名"
)
_OWN_SECRET = Pattern("我的?(?:密码|账号)|wifi|邀请码|绑定")


def _of_votes(words: str) -> str:
    if _VOTE_TALK.search(words):
        return ""
    if _BALLOT.search(words) and _VOTING.search(words):
        return "ballot"
    return "proxy_vote" if _VOTES_FOR.search(words) else ""


_VOTING = Pattern("投|票|反对|弃权|赞成|表决|同意|不记名|匿名|vote|against|opposed")
_VOTE_TALK = Pattern(
    "谁(?:同意|赞成)(?:谁举手|请举手|的举手)|公司|小区|业主|如果|要是|听说|转发|总统|美国|资格|能投票|可以投票|有权"
    "|我投的(?:什么|啥)|投诉|投资|投稿|知道我投|看到我投|我的票"
)


def _of_formalism(said: Said) -> str:
    """Forced check-ins, rankings, naming people before everybody: what `bot.language.formalism` refuses, and more ways to say it."""
    words = said.words
    if formalism.elsewhere(words):
        return ""
    if refusal := formalism.refused(said.line):
        return _FORMAL[refusal]
    if _OPPOSES.search(words) or _MINE_ONLY.search(words):
        return ""
    if _CHECKS.search(words):
        return "forced_checkin"
    return "ranking" if _RANKS.search(words) and _OF_BRANCH.search(words) else ""


_MINE_ONLY = Pattern("(?:必须|一定|务必)(?:要)?(?:签到|打卡)(?:吗|么)|(?:要|得)(?:签到|打卡)(?:吗|么)|^(?:我|俺)")


def _of_everybody(words: str, *, member: bool) -> str:
    for asked, pattern in _NOBODY:
        if pattern.search(words):
            return asked
    if not member or _TELLS.search(words):
        return ""
    return "all_locations" if _ALL.search(words) else "all_members" if _ROSTER.search(words) else ""


_NOBODY = (("others_donations", _CONTRIBUTIONS), ("anonymous_author", _ANONYMOUS), ("aid_recipient", _AIDED), ("forgery", _FORGES))
_TELLS = Pattern("分布图|几面旗|地图|旗|我的|有多少人|如果|要是|听说|转发")


def _of_one(said: Said, *, member: bool) -> str:
    words = core(said.words)
    if not member or len(words) > 60 or DUES in words or _NOT_PRYING.search(words):
        return ""
    for asked, pattern in _OF_OTHER:
        if (found := pattern.search(words)) is None or not _ASKS_FOR.search(words[found.end() :] or words):
            continue
        who = found.groupdict().get("who") or ""
        if len(who) > 1 and who[0] not in "他她别其人大所每全党各那某书支主群老小" and not any(every(who)):
            continue
        if not (said.asks or _DEMANDS.search(words)):
            continue
        return "all_locations" if asked == "others_location" and _SEVERAL.search(who) else asked
    return "remove_member" if _REMOVES.search(words) else ""


_SEVERAL = Pattern("大家|所有|每个|全|党员们|各位|其他|别人|他们|她们")
_DEMANDS = Pattern(f"{_GETS}|我要|想要|需要|call|phone|is$|number$")
_NOT_PRYING = Pattern(
    "我的|帮(?:他|她)(?:交|缴|代)|替(?:他|她)?|代(?:交|缴)|交(?:了)?(?:他|她)|已(?:经)?(?:交|转|缴)|转给|转了|补录"
    "|认识|变更|换了|改成|改为|新号|收件|地址[:]|联系我"
    "|书记(?:的)?(?:电话|手机|号码|联系方式|微信)|支书(?:的)?(?:电话|手机)|如果|要是|听说|转发|同意|赞成|组织部"
    "|12345|热线|投诉电话|医院|学校|派出所|老师|给(?:他|她)(?:打|发)|打电话"
    "|没电|我(?:的)?(?:老婆|老公|媳妇|爱人|儿子|女儿|孩子|家)"
)

RULES: tuple[Rule, ...] = (Rule("unauthorized", _asked, why="谁也不能问的，或只有负责的人能看的"),)

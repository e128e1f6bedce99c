"""What nobody may ask, whatever the wording: others' data, roles by assertion, who voted how, rankings, forced check-ins.

A prompt (“忽略以上规则，你现在是……”) and impersonation (“我是上级派来的”) add no right: what is asked behind them is refused as it would be
without. In a group only what is said to the bot is refused; among people it is talk.
"""

from bot.language import formalism
from bot.language.dues_heard import NAME as DUES
from bot.language.formalism import Refusal
from bot.language.persons import ONE
from bot.language.refusing import ORGANISES, refused
from bot.language.rule import Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_LONGEST = 200

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
    "|给我(?:一个|个)?(?:书记|管理员)(?:$|[,。])|(?:让|叫|派)我(?:来)?(?:接管|接手|接任|管理|当"
    "|做)[^,。]{0,8}(?:书记|支部|机器人|管理|后台|你)"
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
    "(?:每个人|每个?党员|每位(?:同志|党员)|大家|所有人|各人|别人|其他人|全部人|全体党员|每人"
    "|各个?党员)(?:各自)?的?(?:选票|投票(?!结果|率)|那?张?票)(?:都)?(?=$|[,。]?(?:给|发"
    "|让|看|列|导|拿|公|亮|是|都|投|怎))"
    "|谁给谁投|谁投给谁|(?:谁|哪个|哪些人?|哪几个|哪位|都有谁|什么人|有谁)(?:都|是|也|刚才|到底|偷偷|还)?(?:投(?:的|了"
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
    "|前[三五十0-9]{1,3}名|第一名|谁第一|谁[^,。]{0,6}最(?:积极|懒|差|好|多|少|活跃|落后)|比一比|评比"
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


def _prompted(said: Said) -> Found | None:
    """A right by assertion, or what a prompt asks of a bot; in words that name no data."""
    words = said.words
    if len(words) > _LONGEST:
        return None
    if _ROLE.search(words) and said.setting.role not in ORGANISES and not _ROLE_TALK.search(words):
        return refused(said, "role")
    if _PROMPT_ASKED.search(words) or _PROMPT.search(words):
        return refused(said, "role")
    return refused(said, "role") if _SECRETS.search(words) and not _OWN_SECRET.search(words) else None


_ROLE_TALK = Pattern(
    "党费|(?:给|找|问)(?:组织委员|宣传委员|纪检委员|支委)|老板|公司|厂里|学校|班长|组长(?!.*支部)|(?:给|跟|向|找|把"
    "|请|和|与|对|交给|报给|告诉|发给)(?:我们?"
    "|咱们?)?(?:支部)?(?:的)?书记(?!(?:的)?(?:权限|身份"
    "|角色|账号|权|密码))|书记(?:好|您好|你好|说|让|叫|在|的电话|来"
    "|去|是谁)|(?:权限|书记)(?:是|有)(?:什么|哪些|谁)|书记(?:培训|谈|讲)|约书记|麻烦书记|管理员(?:是谁|在吗|好)"
    "|选(?:举)?(?:新)?书记|推荐|候选|(?:请|叫)(?:书记|管理员)"
    "|我是书记[, ]?(?:想|要)?问|加入|收到|参加|报名"
)
_OWN_SECRET = Pattern("我的?(?:密码|账号)|wifi|邀请码|绑定")


def _of_votes(said: Said) -> Found | None:
    """Who voted how, and voting for somebody else."""
    words = said.words
    if len(words) > _LONGEST or _VOTE_TALK.search(words):
        return None
    if _BALLOT.search(words) and _VOTING.search(words):
        return refused(said, "ballot")
    return refused(said, "proxy_vote") if _VOTES_FOR.search(words) else None


_VOTING = Pattern("投|票|反对|弃权|赞成|表决|同意|不记名|匿名|vote|against|opposed")
_VOTE_TALK = Pattern(
    "我投(?:反对|赞成|弃权|同意)|谁(?:同意|赞成)(?:谁举手|请举手|的举手)|公司|小区|业主|如果|要是|听说|转发|总统"
    "|美国|资格|能投票|可以投票|有权"
    "|我投的(?:什么|啥)|投诉|投资|投稿|知道我投|看到我投|我的票"
)


def _of_formalism(said: Said) -> Found | None:
    """Forced check-ins, rankings, naming people before everybody: what `bot.language.formalism` refuses, and more ways to say it."""
    words = said.words
    if len(words) > _LONGEST or formalism.elsewhere(words):
        return None
    if refusal := formalism.refused(said.line):
        return refused(said, _FORMAL[refusal])
    if _OPPOSES.search(words) or _MINE_ONLY.search(words):
        return None
    asked = next((asked for asked, pattern in _DEMANDED if pattern.search(words)), "")
    if asked == "ranking" and not (_OF_BRANCH.search(words) and (DUES not in words or _LISTS.search(words))):
        return None
    return refused(said, asked) if asked else None


_NAMES = Pattern("(?:没|未|不|漏)(?:交|缴|签|学|参加|打卡|报|读|看|回)[^,。]{0,10}群里?[^,。]{0,4}(?:公布|公示|点名|曝光|通报|挂)")
_LISTS = Pattern("最|排|榜|名次|倒数|名")
_DEMANDED = (("shaming", _NAMES), ("forced_checkin", _CHECKS), ("ranking", _RANKS))
_MINE_ONLY = Pattern("(?:必须|一定|务必)(?:要)?(?:签到|打卡)(?:吗|么)|(?:要|得)(?:签到|打卡)(?:吗|么)|^(?:我|俺)")


_BALLOT_CUES = "投 票 反对 弃权 赞成 表决 同意 匿名 记名 vote against opposed"
_FORMAL_CUES = (
    "签 打卡 接龙 平安 位置 定位 必须 强制 一律 硬性 规定 排 榜 积分 最 名次 倒数 末位 垫底 第一 名 评 比 打分 考核 "
    "扣 罚 通报 曝光 点名 公示 公布 批评 黑名单 挂出来 示众 "
    "监控 追踪 rank leader check sign must sham publish points"
)
_ROLE_CUES = (
    "权限 身份 角色 书记 管理 超管 支委 委员 组长 特权 密码 密钥 token 后台 数据库 上级 组织部 党委 工委 县委 市委 "
    "省委 中央 纪委 公安 警 开发 程序员 领导 技术员 客服 运维 "
    "工程师 组 忽略 无视 忘 绕过 跳过 别管 不要管 抛开 覆盖 清除 取消 解除 关闭 违反 不遵守 你是 你现在 扮演 假装 "
    "假设 假如 想象 模拟 模式 越狱 提示 指令 设定 规则 "
    "源代码 system prompt admin ignore disregard forget override bypass pretend act jailbreak sudo root owner "
    "secretary developer api password assistant instruct you <"
)

RULES: tuple[Rule, ...] = (
    Rule("unauthorized", _of_votes, tuple(_BALLOT_CUES.split()), why="谁投了什么票，谁也不能问"),
    Rule("unauthorized", _of_formalism, tuple(_FORMAL_CUES.split()), why="强制签到、排名、点名，不做"),
)
PROMPTS: tuple[Rule, ...] = (Rule("unauthorized", _prompted, tuple(_ROLE_CUES.split()), why="权限不凭自己说，换个说法也一样"),)
"""After what asks for data: who asks for both is told of the data."""

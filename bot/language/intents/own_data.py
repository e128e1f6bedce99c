"""The intents of one's own data: agreeing, withdrawing, seeing and taking it, deleting it."""

from bot.language.contexts import FIRST_CONTACT
from bot.language.requests import core
from bot.language.rule import LIKELY, SURE, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_PURPOSES = (
    ("abroad", Pattern("境外|出境|国外|海外|跨境|telegram|电报|服务器在外")),
    ("share", Pattern("(?:流入地|当地|街道|驻地|务工地|对方|接收地|社区|园区|其他|别的|外面)[^,。]{0,8}(?:党组织|支部|党委|党工委|组织"
        "|单位)|(?:共享|分享|提供给|转给|同步|报给|告诉|给)[^,。]{0,8}(?:街道|社区|流入地|当地|第三方|别的|其他|对方|外面)|(?:资料|信息|数据|材料)[^,。]{0,4}(?:给|告诉|提供给|交给|透露给|发给)[^,。]{0,2}(?:别人|外人|任何人|其他人|人家)|提供(?:我的?)?(?:资料|信息|材料)|共享|share")),
    ("location", Pattern("位置|定位|在哪|城市|标在|地点|地址位置|行踪|去向|去过|到过|地图|旗|location|place|wei ?zhi|where i")),
    ("publish", Pattern("公开|公示|公布|发群|发到群|发出来|上墙|publish")),
    ("address", Pattern("收件|收货|邮寄|快递|寄件|地址|住址|address")),
    ("contact", Pattern("联系我|找我|联系方式|加我|电话|手机号|号码|contact|phone")),
    ("health", Pattern("病情|健康|病历|身体|health")),
    ("checkin", Pattern("签到|报平安|打卡|平安")),
    ("dues", Pattern("党费|缴费")),
    ("photo", Pattern("照片|头像|相片|肖像|photo")),
    ("study", Pattern("学习|答题|课")),
    ("opinion", Pattern("意见|建议")),
    ("thought_report", Pattern("思想汇报")),
    ("aid", Pattern("求助|困难")),
)  # fmt: skip


def _purpose(words: str) -> dict[str, str]:
    name = next((name for name, pattern in _PURPOSES if pattern.search(words)), "")
    return {"purpose": name} if name else {}


_THEIR = Pattern(
    "(?:他|她|别人|大家|所有人|全体|每个人|全部人|其他人|谁|老婆|孩子|同事|张三|李四|人家)(?:们)?的|如果|要是|假如"
    "|听说|转发|公司|厂里|手机自动|app|软件|淘宝|微信(?!发)|抖音|支付宝"
)

# 同意

_AGREES = Pattern(
    "(?:同意|可以|允许|授权|愿意|答应|准许|没问题)[^,。]{0,12}?(?:记录?|存|保存|保留|收集|采集|使用|处理|共享|分享"
    "|公开|公示|公布|提供|告诉|转给|交给|发给|联系我|找我|显示|标|登记|出境)"
    "|(?:重新|恢复|打开|开启|继续)[^,。]{0,4}(?:位置|定位)|(?:位置|定位|在哪|城市|所在地)[^。?]{0,14}(?:记(?!得|错|者"
    "|录表)|登记|录|存|标|留)[^。?]{0,8}(?:同意|没意见|没有意见|没问题|可以|随便|行)(?:的|了|啊|哈|吧)?$"
    "|(?:位置|定位|城市)[^,。]{0,4}(?:可以|同意|允许"
    "|授权)(?:你们?)?(?:记|存|保存|了|$)"
    "|(?:同意|授权)[^,。]{0,10}(?:位置|定位|信息|资料|数据|隐私|境外|照片|telegram|电报)"
    "|(?:i agree|i consent|you may|ok to)[^,.]{0,12}(?:share|keep|store|record|publish)|tong ?yi.{0,6}(?:ji|bao ?cun).{0,4}wei ?zhi"
)
_ABOUT_DATA = Pattern(
    "位置|定位|城市|信息|资料|数据|隐私|联系我|联系方式|电话|号码|地址|照片|境外|出境|telegram|电报|共享|街道|社区"
    "|流入地|党组织|公开|公示|公布|病情|在哪|地图|找我|联系|location|place|data|phone|wei ?zhi|share|share"
)
_NEVER_AGREED = "没(?:有)?(?:说|讲)?过?(?:你们?|支部)?(?:同意|可以|允许|授权|愿意|答应)"
"""我没同意, 我没说可以: whoever says so takes back what is thought to be agreed."""
_NOT_AGREES = Pattern(
    f"{_NEVER_AGREED}|"
    "不(?:想)?(?:再)?(?:同意|可以|允许|授权|愿意|答应)|别|取消|撤回|停止|不要|怎么|为什么|能不能不|可以不|吗$|同意书|bu ?tong"
)


def _consent(said: Said) -> Found | None:
    """Something that may be kept or passed on from now on."""
    words = said.words
    if _RESUMES.search(words) and not said.asks and len(words) <= _MOST and not (_THEIR.search(words) or _REFUSED.search(words)):
        return Found(_purpose(words), LIKELY + 0.09)
    if len(words) > _MOST or (said.asks and not _AGREED_TO.search(words)) or _NOT_AGREES.search(words) or _THEIR.search(words):
        return None
    if not (_AGREES.search(words) and _ABOUT_DATA.search(words)) or _NOT_MINE.search(words):
        return None
    slots = _purpose(words)
    return Found(slots, LIKELY + 0.08 if slots else LIKELY)


_MOST = 50
_REFUSED = Pattern(_NEVER_AGREED)
_AGREED_TO = Pattern("(?:同意|没意见|没有意见|没问题|可以|准|随便)(?:记|登记)?(?:的|了|啊|哈|吧)?(?:$|[,。])")
_RESUMES = Pattern(
    "(?:位置|定位|城市|所在地)(?:这块|这个|这项|信息|记录|功能|共享|授权)?(?:的|都|就|还是|可以|帮我|给我|请"
    "|麻烦){0,3}(?:重新|再|又|恢复|继续|接着)(?:给我|帮我)?(?:打开|开启|开"
    "|记|登记|记录|标|用|授权|同意|恢复)"
    "|(?:位置|定位)(?:这块|这个|信息|记录|授权)?(?:还是|给我|帮我|可以)?(?:打开|开启|恢复|开开|开起来)(?:吧|了|呗|一下)"
    "|(?:又|重新|恢复|现在|还是|继续|接着|以后)(?:可以|能|让你们?|给你们?|允许|同意)?(?:你们?)?(?:继续|接着|重新"
    "|再)?(?:记|登记|记录|标|存|用)(?:我的?|一下)?(?:位置|定位|城市)(?:了|吧|啦|没问题)"
)
"""After a withdrawal: 位置重新打开吧, 现在又可以记我的位置了."""


def _greeted(said: Said) -> Found | None:
    """同意: the answer to the first notice of what is kept."""
    return Found({}, SURE + 0.01) if _AGREED.fullmatch(core(said.words)) and not said.asks else None


_AGREED = Pattern(
    "(?:好的?|行|可以|嗯+|ok|没问题|知道了|看过了|我看了|了解了|明白|收到)?[, ]?(?:我|俺|本人)?(?:已阅读?并?|完全|自愿"
    "|都|也|表示|当然|看了){0,2}(?:同意|愿意|授权|允许|接受|没意见|没有意见)(?:了|的|啦|哈)?"
    "(?:(?:你|您|你们|组织|支部|机器人)?(?:来|可以)?(?:这样|这么)?(?:记录?|登记|收集|保存|存|使用|处理|留存|保留|以上"
    "|上述|这些?|条款|告知|说明|协议|内容"
    "|做法)?(?:我的?)?(?:信息|资料|数据|个人信息|个人资料|内容|条款)?(?:了|的|吧|啦|没问题){0,2})(?:[, ](?:没问题|可以"
    "|没意见|好的?|行|ok))?"
    "|(?:i )?(?:agree|consent|accept)|tong ?yi(?: ji ?lu)?|(?:可以|好的?|行),?(?:你们?|支部)?(?:可以)?(?:记|登记|记录"
    "|保存|存|收集)(?:吧|了|没问题)?"
)

_NOT_MINE = Pattern(
    "可以(?:把|将)?[^,。]{0,6}(?:资料|数据|通知|文件|课|名单)[^,。]{0,4}发(?:给)?我|发我|给我|可以给|转正|预备党员|路灯|方案|提案"
)

# 撤回同意

_STOPS = Pattern(
    "从(?:地图|分布图)上?[^,。]{0,4}(?:去掉|删|拿掉|撤)|把我从(?:地图|分布图)|停用[^,。]{0,4}(?:位置|定位)|(?:别"
    "|不要|不用|不许|不准|停止|不让|不想|不愿|不希望|不同意|不再|不能|勿|禁止|取消"
    "|撤回|收回|关闭|关掉|关了"
    "|拒绝|反对|终止|暂停|无需|甭|莫|不可以|不必)[^,。]{0,14}?"
    "(?:(?<![忘笔])记(?!得|错|恨|仇|住|者|性)|存(?!钱|款)|保存|保留|收集|采集|追踪|跟踪|定位|使用|用我|共享|分享"
    "|公开|公示|公布|提供|告诉(?!我)|显示|标(?!准)|登记|同意|授权|许可|位置"
    "|给(?:别人|街道|社区|当地|流入地|外面|其他|别的|他们?|第三方|任何)|知道我在哪|联系我(?!老|家|爱|媳|妈|爸|们)"
    "|看到我|发到群|发群|发出去|上报我|telegram|电报|出境|照片|个人信息)"
)
_STOPS_EN = Pattern(
    "(?:stop|don'?t|do not|no longer|never) (?:keep(?:ing)?|stor(?:e|ing)|record(?:ing)?|track(?:ing)?|shar(?:e|ing)"
    "|sav(?:e|ing)|collect(?:ing)?|publish(?:ing)?)[^.]{0,20}(?:me|my)\\b|(?:withdraw|revoke) (?:my )?consent"
    "|bie ?(?:zai ?)?ji ?(?:wo)?|i don't consent"
)
_WITHDRAWN = Pattern(
    "(?:撤回|收回|取消|撤销|撤消)(?:我的?|之前的?|以前的?|刚才的?|对|位置|定位|信息)?[^,。]{0,8}(?:同意|授权|许可)"
    "|不同意了|反悔了.{0,4}(?:同意|授权)|(?:同意"
    "|授权)(?:我)?(?:要|想)?(?:撤回|取消|收回|作废)"
)
_MY_DATA = Pattern("被记录|被收集|被追踪|我|俺|本人|位置|定位|信息|资料|数据|隐私|在哪|行踪|照片|my|wo\\b|me\\b|授权|同意")
_NOT_WITHDRAWING = Pattern(
    "消息|通知|打扰|推送|提醒|短信|群发|吵|语音|为什么|怎么不|吗$|开会|记不住|别记错|记得|别记者|忘记|转正|意见|投票"
    "|票|方案|催|党费(?!.{0,4}(?:公开|公布|公示))|入党|学习强国|别记仇"
)
_FOR_AID = Pattern("不想让[^,。]{0,6}知道(?:是)?我(?:说|提|捐|反映)")


def _withdraw(said: Said) -> Found | None:
    """Something that may not be kept or passed on any more."""
    words = core(said.words)
    if len(words) > 60 or _THEIR.search(words) or _FOR_AID.search(words) or (_RESUMES.search(words) and not _AGAINST.search(words)):
        return None
    if _WITHDRAWN.search(words) and not said.asks:
        return Found(_purpose(words), LIKELY + 0.08)
    if _KEEPS.search(words):
        return None
    if _REFUSED.search(words) and not said.asks and _ABOUT_DATA.search(words):
        return Found(_purpose(words), LIKELY + 0.08)
    if not (_STOPS.search(words) or _STOPS_EN.search(words)) or not _MY_DATA.search(words) or _NOT_WITHDRAWING.search(words):
        return None
    slots = _purpose(words)
    return Found(slots, LIKELY + 0.08) if slots or _DATA.search(words) else None


_KEEPS = Pattern("(?:别|不要|不用|不想|不能|不许|勿|不必|先不|没有?(?:说|要|让)?(?:你们?|要)?)[^,。]{0,3}(?:删|清除|清空|注销|抹)")
"""别删我的位置: it is to stay."""
_AGAINST = Pattern("(?:不要|别|不许|不让|不想|停止|不同意|不准|不能)(?:再|让|继续|接着|给|你们?)*(?:记|登记|标|存|用|打开|开)")
_DATA = Pattern("记录我|被记录|被收集|被追踪|信息|资料|数据|隐私|data|consent|记我|存我|知道我")

# 查看和导出

_MINE = "(?:我自己的?|我的|我本人的?|本人的?|俺的?|我|自己的?|有关我的?|关于我的?)"
_KEPT = "(?:全部|所有|个人|党员|基本)?(?:的)?(?:数据|资料|信息|记录|档案|隐私|个人信息|登记)"
_EXPORTS = Pattern(
    "我的(?:信息|资料|数据)有(?:哪些|什么)|我(?:都)?(?:登记|填)(?:了|过)(?:哪些|什么|啥)|(?:导出|下载|打包)(?:一下"
    "|一份)?个人(?:数据|资料|信息)|(?:看|查)[^,。]{0,8}(?:存|记)(?:的|了|着)我的"
    f"|我在(?:你|您)?(?:这|那)(?:里|儿)?(?:有|存了|记了)(?:哪些|什么|啥)|(?:把|将)?{_MINE}(?:全部|所有|在你这|在这里?"
    f"|这里|存的|个人)?(?:的)?{_KEPT}[^,。]{{0,6}}(?:发|导|给|拷|传|打包|下载|打印|复制|要|拿)"
    f"|(?:导出|下载|打包|发我|给我|要|拿走|复制|拷贝|索取|调取|发一份|打印|获取)(?:一份|一下|下)?{_MINE}{_KEPT}"
    f"|(?:看|查|查看|查询|看看|看一下|查一下|显示|列出)(?:一下|下)?{_MINE}(?:的)?{_KEPT}"
    "|(?:你们?|您|这里|系统|机器人|支部|这边|后台)(?:都|这里?|那里?)?(?:存|记|保存|记录|收集|掌握|留|有|知道|登记"
    "|采集)(?:着|了|过)?(?:我|关于我|俺)(?:的)?(?:些|哪些|什么|啥|多少|个人)"
    "|(?:存|记|保存|记录|收集|掌握)(?:着|了)?(?:我|俺)(?:的)?(?:些|哪些|什么|啥|多少)|关于我的(?:东西|内容|一切"
    "|所有)[^,。]{0,4}(?:发|给|导)|关于我(?:的)?(?:都|你们?"
    f"|这里?){{0,2}}(?:记|存|有)|^{_MINE}(?:的)?(?:数据|资料|信息|个人信息"
    "|档案)$|^(?:导出|导出数据|导出资料)$"
    "|(?:给我|发我|导出|要)(?:一份)?[^,。]{0,4}(?:我的|本人)[^,。]{0,4}(?:记录|数据|资料|信息|档案)|(?:我"
    "|俺)的[^,。]{0,8}(?:记录|数据)[^,。]{0,4}(?:导出|发我|发给我|给我)"
    "|(?:export|download|send me|give me|show(?: me)?|see|copy of) (?:a copy of )?(?:all )?my (?:\\w+ )?(?:data|info"
    "|information|records?)|what (?:data )?do you (?:know|have|keep|store) (?:about|on) me|dao ?chu ?(?:wo)?"
    "|wo ?de ?(?:shu ?ju|zi ?liao)"
)
_EXPORT_TOPICS = (
    ("dues", Pattern("党费|缴费|交费")),
    ("location", Pattern("位置|定位|行踪|去过")),
    ("study", Pattern("学习|学时|培训|答题")),
    ("checkin", Pattern("签到|报平安|打卡")),
    ("thought_report", Pattern("思想汇报")),
    ("vote", Pattern("投票|表决")),
)  # fmt: skip
_OTHERS_DATA = Pattern("所有人|大家|全体|每个人|别人|他的|她的|名单|花名册|会议|学习资料|资料发我$|复习")
_ASKED_WHERE = Pattern("为什么|凭什么|会不会|安全吗|删|泄露|别人|保密|丢")


def _export(said: Said) -> Found | None:
    """What is kept about the speaker, to see or to take away."""
    words = core(said.words)
    if len(words) > 50 or not _EXPORTS.search(words) or _OTHERS_DATA.search(words) or _ASKED_WHERE.search(words):
        return None
    if _CHANGES.search(words) or _GIVES_AWAY.search(words) or _DELETES.search(words):
        return None
    topic = next((topic for topic, pattern in _EXPORT_TOPICS if pattern.search(words)), "")
    if topic == "dues" and not _TAKES.search(words):
        return None
    return Found({"topic": topic} if topic else {}, LIKELY + 0.08 if said.setting.in_group else SURE + 0.01)


_TAKES = Pattern("导出|发我|发给我|打包|下载|打印|export|download")
_GIVES_AWAY = Pattern(
    "(?:给|告诉|提供|交给|发给|报给|转给)(?!我|俺|一份|一下|发|看)|^(?:公司|老板|单位|厂里|他们?|她|银行|房东|学校"
    "|别人|平台|对方|中介|谁)[^,。]{0,4}(?:要|让|叫|想|偷|把)"
)
_CHANGES = Pattern("改|更新|变更|更正|换|修改|填|交|登记一下|转")

# 删除

_DELETES = Pattern(
    "删|清除|清空|抹掉|抹去|注销|销毁|擦掉|清掉|去掉我|移除我|忘掉我|忘了我|delete|erase|remove my|forget (?:me|my)|wipe|shan ?(?:chu|diao)"
)
_OF_MINE = Pattern("我|俺|本人|自己|位置|定位|资料|数据|个人信息|隐私|账号|my\\b|me\\b|wo\\b|地址|照片|号码|手机号")
_DATA_WORDS = Pattern(
    "位置|定位|资料|数据|信息|记录|隐私|账号|账户|地址|照片|号码|手机|电话|名字|姓名|档案|思想汇报|求助|意见|签到"
    "|报平安|轨迹|行踪|data|location|place|account|info|record"
    "|history|phone|me$|一切|全部|所有|我的都?删|都删|全删|wei ?zhi|shu ?ju|zi ?liao"
)
_HISTORY = Pattern("历史|以前的|之前的|过去的|旧的|老的|轨迹|去过|从前|早先|history|old")
_ALL = Pattern("全部|所有|一切|都删|全删|全都|统统|通通|退群|退出|注销|账号|everything|all|account|forget me|忘了我|忘掉我|移除我|去掉我")
_NOT_DELETING = Pattern(
    "删帖|删好友|删了(?:微信|好友|他|她)|被删|删不删|手机(?:里|上|相册|内存)|照片删了(?:吗|没)|空间|内存|缓存"
    "|聊天记录|怎么(?:又)?被|谁删|群主|删(?:消息|评论|视频)|文件夹|如果|要是|听说|转发"
    "|这条消息|那条消息|上一条|刚才那条|删除线|购物车|资料(?:片)?发"
)


def _delete(said: Said) -> Found | None:
    """What is kept about the speaker shall be erased: of one kind, or all."""
    words = core(said.words)
    if len(words) > 60 or not _DELETES.search(words) or _THEIR.search(words) or _NOT_DELETING.search(words):
        return None
    if not (_OF_MINE.search(words) and _DATA_WORDS.search(words)) or _WONDERS.search(words) or _KEEPS.search(words) or said.asks:
        return None
    slots = {} if _GENERAL.search(words) else _purpose(words)
    if slots:
        return Found(slots, LIKELY + 0.08)
    return Found({"scope": "history" if _HISTORY.search(words) and not _ALL.search(words) else "all"}, LIKELY + 0.08)


_WONDERS = Pattern(
    "会不会|为什么|什么时候(?:会)?(?:自动)?删|多久(?:会)?(?:自动)?删|(?:已经|都)删(?:了|掉)(?:吗|没)|删(?:了|掉了)(?:吗|没)$"
)
_GENERAL = Pattern("全部(?:的)?(?:资料|数据|信息)|所有(?:的)?(?:资料|数据|信息|记录)|退群|退出支部|注销|一切|everything|all my")

_CONSENT_WITHDRAW_CUES = (
    "地图 分布图 没 别 不 停 勿 禁 取消 撤 收回 关 拒绝 反对 终止 无需 甭 莫 stop don not never longer withdraw revoke bie consent"
)
_CONSENT_CUES = (
    "没意见 没有意见 随便 重新 又 再 恢复 继续 接着 现在 还是 开 同意 可以 允许 授权 愿意 答应 恢复 打开 开启 继续 agree consent "
    "may ok tong 没问题 准许"
)
_DATA_DELETE_CUES = "删 清 抹 注销 销毁 擦 去掉我 移除我 忘 delete erase remove forget wipe shan"
_DATA_EXPORT_CUES = "我 俺 本人 自己 导出 my me dao wo"
RULES: tuple[Rule, ...] = (
    Rule(
        "consent_withdraw",
        _withdraw,
        tuple(_CONSENT_WITHDRAW_CUES.split()),
        why="以后别记、别给别人",
    ),
    Rule("consent", _greeted, contexts=frozenset({FIRST_CONTACT}), why="同意，答第一次的告知"),
    Rule("consent", _consent, tuple(_CONSENT_CUES.split()), why="同意记下或转告"),
    Rule("data_delete", _delete, tuple(_DATA_DELETE_CUES.split()), why="删除自己的资料"),
    Rule("data_export", _export, tuple(_DATA_EXPORT_CUES.split()), why="看或拿走自己的资料"),
)

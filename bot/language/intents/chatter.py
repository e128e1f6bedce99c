"""Talk that means nothing to the bot: what is certain is silenced here, whatever other rules would make of its words."""

from bot.language.contexts import CHATTER
from bot.language.normalise import HAN
from bot.language.rule import Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_CERTAIN = Found(confidence=1.0)
_LONG = 160
"""Characters of what somebody types to a group by hand; what is longer was copied there."""

_FORWARDED = Pattern(
    r"^(?:转发|轉發|转自|转载|【转】|\[转\]|分享自|来自[^ ]{2,12}的分享|fwd?:|forwarded)|^【[^】]{2,30}】|^\[(?:链接"
    "|分享|小程序|聊天记录|公众号|音乐|文件|红包|转账|名片"
    r"|笔记|投票|接龙)\]|(?:权威发布|扩散周知|请扩散|速看|震惊|不转不是|点击(?:链接|查看|阅读)|阅读原文|长按识别"
    "|扫码关注|关注公众号|朋友圈|本文来源|来源:|责编|(?:新华社|人民日报|央视"
    "|光明日报)[^,。]{0,12}(?:电|报道|消息|讯))"
)
_QUOTED = Pattern(r"^「[^」]{1,200}」|^(?:>|回复|引用) ?[^:]{1,16}:|- - - - -|—{6,}|^“[^”]{2,80}”(?:说的|这句|这话|什么意思|是什么)")
_INJECTED = Pattern(
    r"(?:drop|truncate|alter) table|union (?:all )?select|select \* from|(?:insert|delete) (?:into|from) [a-z_]+"
    r"|' ?or ?'?1'? ?= ?'?1|<script|</?[a-z]{1,10}[^>]{0,40}>|\{\{|\$\{|%\{|\.\./\.\.|rm -rf|/etc/passwd|\bexec\(|eval\("
    r"|__import__|javascript:|onerror=|;--|xp_cmdshell|%00|\\x[0-9a-f]{2}|<\?php|base64,"
)
_LINK_ONLY = Pattern(r"(?:https?://|www\.)[^\s]{3,400}")
_ADVERT = Pattern(
    "(?:贷款|网贷|信用卡|借款|提现|套现|征信|垫资)[^。]{0,24}(?:了解一下|利息低|低息|低利|放款|下款|秒[到批]|额度|[无免]抵押|黑户|当天到)"
    "|(?:刷单|博彩|彩票|棋牌|代开发票|代办证|办假证|刷信誉|跑分|壮阳|增高|减肥药|炒股群|荐股|虚拟币|返利"
    "|高仿)[^。]{0,20}(?:加|微信|联系|了解|私聊|日赚|扫码"
    "|v信|vx|qq)|(?:加|\\+)(?:微信|v信|vx|威信)[^。]{0,16}(?:兼职|贷款|赚钱|返利|红包|福利|优惠)|日赚[0-9百千]|躺赚"
    "|了解一下,[^。]{0,12}(?:利息|放款|收益|返现)"
)
"""What nobody of a branch says, but who wants to sell."""
_CARD_ONLY = Pattern(r"(?:\[(?:图片|表情|动画表情|语音|视频|文件|位置|红包|照片|gif|[^\[\]]{1,6})\]){1,20}|/[a-z\u4e00-\u9fff]{1,3}")
_LAUGHS = Pattern(
    r"(?:[哈嘿呵嘻嗨嚯哇噗啊~!.,。、 ha]{1,60}|(?:x|笑)(?:s|死)(?:我)?了?|lol|2{1,3}3{2,20}|6{3,20}|8{2,4}|[嗯哦噢额呃]{1,6})"
)
_GREETS = Pattern(
    "(?:大家|各位|同志们|家人们|书记|群友们|朋友们|老乡们|亲们|小伙伴们|机器人|支书|老铁|你们?|您){0,2}(?:早上好"
    "|早安|上午好|中午好|下午好|晚上好|晚安|早呀?|午安|周末愉快|节日快乐|新年(?:好|快乐)"
    "|春节快乐|过年好|元宵(?:节)?快乐|中秋快乐|国庆快乐|端午安康|生日快乐|恭喜发财|吃了[吗没]|好久不见|辛苦了?"
    "|good (?:morning|night|evening))(?:啊|呀|哦|哈|大家|各位|书记|同志们"
    "|家人们){0,3}"
    "|(?:非常|十分|太|多)?(?:谢谢|感谢|多谢|谢啦|谢了|3q|thx|thanks|thank you|不客气|不用谢|客气了)(?:您|你|大家"
    "|书记|组织|支部|各位|啦|了|哈|机器人){0,3}|(?:真|太"
    "|好)?(?:厉害|牛|棒|赞|给力|可以啊|加油|点赞|漂亮|真好|不错)(?:了|啊|呀|哦|党|支部|家乡){0,3}|(?:再见|拜拜"
    "|回头聊|先忙了?|睡了|下了|忙去了)"
)
_ADDRESSED_TO_PEOPLE = Pattern(
    f"^(?:你们?|您|哥|姐|老[{HAN}]|小[{HAN}]|大家|兄弟|谁|有没有人|有人|哪位)[^,。]{{0,20}}(?:了吗|了没有?|吗|没有?"
    "|呢|不|么|啊|呀|在哪|怎么|几点|什么)$|^(?:你|你们"
    "|谁)[^,。]{0,14}(?:签到|交了|到了|回来|在哪|收到|投)"
)
_SUPPOSED = Pattern(
    "^(?:如果|要是|假如|假设|万一|假使|倘若|听说|据说|有人说|网上说|新闻说|梦见|昨晚梦|想当年|当年|小时候|记得以前|话说回来|if )"
)
_KIN_ELSEWHERE = Pattern(
    "^(?:我|俺)?(?:的)?(?:老婆|媳妇|爱人|老公|儿子|女儿|闺女|孩子|弟弟?|妹妹?|哥哥?|姐姐?|爸爸?|妈妈?|父亲|母亲|朋友"
    "|同事|同学|邻居|老乡|表[弟妹哥姐]|堂[弟妹哥姐]|家里人?|侄子|他们?"
    "|她们?|人家|老板|公司|厂里|舅舅?|叔叔?|姑姑?|姨)(?:们)?(?:也|都|就|现在|已经|刚|昨天|今天|明天|一直|还|要"
    "|想)?(?:在|去|到|回|住|来|从|被调|说|喜欢"
    f"|爱)[{HAN}0-9a-z]{{1,16}}$"
)
_TROUBLE = Pattern("帮|求|救|急|病|伤|医院|困难|党费|替我|补录|请假|怎么办|入党|转正")
_JOKES = Pattern(r"哈哈|嘿嘿|hhh|呵呵|开玩笑|\[(?:doge|狗头|偷笑|捂脸|笑哭|旺柴|破涕为笑|呲牙|坏笑)\]|\blol\b|[😂🤣😅😜😝🤪🐶]")
_COMPLAINT = Pattern(
    "(?:天天|老是|总是|又|每天|整天|没完没了)[^。]{0,10}(?:烦|累|无聊|有完没完|受不了|够了|没意思|不想|干嘛|形式)"
    "|烦死|累死|无聊死|没意思|有啥意思|有什么意思|受够了|形式主义"
)


def _certain(said: Said) -> Found | None:
    """Copied, quoted, injected, laughed: not said to the bot, wherever it stands."""
    line, context = said.line.casefold(), said.setting.context
    if _INJECTED.search(line):
        return _CERTAIN
    if _FORWARDED.search(line) or _ADVERT.search(line):
        return _CERTAIN
    if _LINK_ONLY.fullmatch(line):
        return _CERTAIN
    if context in {"", CHATTER} and (not said.words or _CARD_ONLY.fullmatch(line) or _LAUGHS.fullmatch(said.words)):
        return _CERTAIN if said.words or not _QUESTION_MARKS.search(line) else None
    return _CERTAIN if _GREETS.fullmatch(said.words) and context in {"", CHATTER} else None


_QUESTION_MARKS = Pattern(r"^[?？]{1,3}$")


def _in_group(said: Said) -> Found | None:
    """What people say to each other in the group, where the bot is not spoken to."""
    if not said.setting.in_group or said.mentioned:
        return None
    line, words = said.line.casefold(), said.words
    if said.setting.context in {"", CHATTER} and _JOKES.search(line):
        return _CERTAIN
    if len(line) > _LONG or "http" in line or _QUOTED.search(line) or _SUPPOSED.search(words):
        return _CERTAIN
    if _KIN_ELSEWHERE.search(words) and not _TROUBLE.search(words):
        return _CERTAIN
    return _CERTAIN if _ADDRESSED_TO_PEOPLE.search(words) or (_COMPLAINT.search(words) and len(words) < 30) else None


RULES: tuple[Rule, ...] = (
    Rule("none", _certain, why="转发、引用、代码、表情、问候"),
    Rule("none", _in_group, why="群里的闲话"),
)

"""What an offer of help says: that it is one, what one can do, and of which kind it is."""

from bot.patterns import Pattern

_OFFERS = Pattern(
    "(?:我|俺|咱|本人)(?:这边|这儿|也|就|都|家|现在|明天|周末|下午|上午|随时|离得近|[,])*(?:能|可以|来|愿意|去"
    "|有空|有时间)(?:去|来|过去)?(?:医院|那边|学校|他家|她家|看看|家里|现场)*(?:看看|看一下|帮|陪|接|排队|照[看顾]"
    "|送|出力|出车|带路|跑一趟|搭把手|跑腿|挂号|联系|介绍|辅导|找人|问问|打听|献血|捎|修)|(?:我|俺|咱)(?:就|正好"
    "|刚好|也|人)?在.{2,14}?(?:[,。]|上班|工作|住)*.{0,12}?(?:可以|能|愿意|帮|陪|排队|照[看顾]|接)|(?:我|俺"
    "|咱)?(?:老婆|爱人|媳妇|老公|亲戚|朋友|同学|战友|表[哥姐弟妹]|[哥弟姐妹]|女儿|儿子)?(?:就"
    "|也)?(?:在.{2,8}(?:医院|学校|律所|法院|教育局).{0,4}(?:上班|工作|当|做)|(?:就|也)?是.{0,4}(?:医生|护士|大夫"
    "|律师|老师)|认识|有熟人|有个?(?:亲戚|朋友|同学|战友|老乡)(?:就|也)?在).{1,30}|(?:加我|算我|联系我|找我|私我"
    "|打我电话)(?:一个|一份)?(?:吧|就行|就好)?$|(?:我|俺|家里|我家|我们家)(?:家)?有.{1,12}(?:可以|,可以|能"
    "|需要的话|拿去|送给|借给|给他|用得上)|(?:我|俺)(?:有车|会开车|是(?:护士|医生|律师|老师|司机))|(?:需要|用得着"
    "|有事)(?:我|人手?)?的?(?:话)?(?:就|随时)?(?:说|叫我|喊我|找我|联系我|算我)|(?:愿意|想)(?:当|做|报名)?志愿者"
    "|(?:我|俺)(?:就)?在[^,。]{1,8}有(?:熟人|关系|认识)|我来吧|带上我|帮忙[^,。]{1,6}我(?:可以|能|行|来)|空(?:房"
    "|床|屋)|可以(?:住|来)我|我能帮|我去吧|i can help|count me in|i(?:'d| would) like to help|wo (?:neng|lai"
    "|keyi) bang"
)
_NO_OFFER = Pattern(
    "捐|[0-9]{2,}|[?]|早日康复|祝|不知道|收到|可以理解|没人照|麻烦(?:支部|大家|组织|书记)|回不去|吗|么$|[?]|不了"
    "|不能|不会|没空|没时间|没法|党费|签到|谁|怎么|帮你|帮您|昨|上次|已经|报名参加|投票|认领|提议|招[人工聘]|学习"
    "|开会|能不能|求助|组织能"
)
_ANSWERS = Pattern(
    "(?:我|俺)(?:的|家)?[一-龥]{1,3}(?:在|是)[^,。]{0,10}(?:医院|教育局|律所|律师|学校|专家|医生|大夫|护士)|(?:我"
    "|俺|咱)(?:可以|能|去|来|帮|行|会|懂|有|离|家|闺女|妹|出|就|也)|^(?:能|可以|愿意)(?:帮|去|来|的)?|报名|可以帮"
    "|联系我|找我|叫我|打我|献血|我帮|出力|一声"
)
_KINDS = (
    ("medical", Pattern("中医|同济|华西|湘雅|瑞金|三甲|协和|医院|医生|大夫|护士|挂号|陪护|陪床|陪诊|看病|专家|主任|献血|轮椅|病")),
    ("schooling", Pattern("学校|校长|老师|辅导|上学|功课|作业|教育局|幼儿园")),
    ("legal", Pattern("律师|法律|打官司|法院")),
    ("housing", Pattern("房子|空房|空床|房间|住处|住的|住我")),
    ("goods", Pattern("被子|衣服|棉衣|大米|粮|奶粉|药")),
)
_KNOWS = (
    ("联系医生", Pattern("(?:中医|同济|华西|湘雅|瑞金|协和|医院)[^,。]{0,4}(?:熟人|认识)|(?:认识|熟人|亲戚|朋友|同学|战友|老乡|爱人"
"|老婆|媳妇|老公|[哥弟姐妹]|女儿|闺女|儿子|儿媳|[弟哥姐妹叔舅姨姑婶]).{0,8}(?:中医|同济|华西|湘雅|瑞金|三甲"
"|协和|医院|医生|大夫|护士(?!,能)|主任|专家)|(?:联系|介绍).{0,6}(?:医生|大夫|专家|主任)")),
    ("联系学校", Pattern("(?:[弟哥姐妹叔舅姨姑婶]在|认识|熟人|亲戚|朋友|同学|联系).{0,8}(?:学校|校长|老师|教育局|幼儿园)")),
    ("联系律师", Pattern("(?:认识|熟人|亲戚|朋友|同学|联系).{0,8}(?:律师|法院)")),
)  # fmt: skip
_DEEDS = Pattern(
    "挂号|排队|陪护|陪床|陪诊|带路|接站|接机|接送|献血|翻译|照[看顾](?:老人|孩子|病人)?|辅导(?:功课|作业|孩子)?"
    "|跑腿|买菜|做饭|搬家|搬东西|修[^,。!的吧]{1,4}|送饭|打听|出车|找房子?"
)


def offers(words: str) -> bool:
    """Whether a sentence offers help, whatever was said before."""
    return _OFFERS.search(words) is not None


def refuses(words: str) -> bool:
    """Whether a sentence is no offer, though it may look like one: a question, a refusal, a matter of its own."""
    return _NO_OFFER.search(words) is not None


def answers(words: str) -> bool:
    """Whether a sentence offers help in answer to an appeal (我去吧)."""
    return _ANSWERS.search(words) is not None


def kind(words: str) -> str | None:
    """Of which kind the help is: medical, schooling, legal, housing, goods; None where the words do not tell."""
    return next((name for name, pattern in _KINDS if pattern.search(words)), None)


def what(words: str) -> str | None:
    """What one can do (联系医生, 陪护); None where it is not said."""
    known = next((name for name, pattern in _KNOWS if pattern.search(words)), None)
    deed = _DEEDS.search(words)
    return known or (deed[0] if deed else None)

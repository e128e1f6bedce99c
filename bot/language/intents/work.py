"""Work that is looked for or offered."""

from bot.language import job_words
from bot.language.money import amounts
from bot.language.place_slots import first
from bot.language.rule import LIKELY, MAYBE, SURE, Found, Rule
from bot.language.said import Said
from bot.language.sureness import by_name, if_private
from bot.patterns import Pattern

_WORK = (
    "工作|活儿?|厂子?|岗位|职位|差事|事做|事干|事情做|零工|兼职|班上|工打|招工|招人|招聘|用工|日结|临时工|短工"
    "|工地|单位|路子|饭碗|门路|出路|饭吃"
)
_SEEKS = Pattern(
    "(?:想|要|求|帮我|帮忙|帮|准备|打算|正在|在|急|重新|再)?(?:找|求|寻|谋|介绍|推荐|换)(?:个|份|一个|一份|点|些"
    f"|下|一下|到|家)*[^,。!?]{{0,10}}(?:{_WORK})|(?:有没有|有啥|有什么|有|哪里有|哪有|哪儿有|哪里|哪儿|哪家|哪个"
    f"|谁家?|谁那[边里儿]?|你们?那边?)[^,。!?]{{0,12}}(?:{_WORK}|招[^,。!?呼标生]{{0,6}}|缺人|缺[^,。!?]{{1,4}}工"
    f"|要人)[^,。!?]{{0,8}}|(?:厂|公司|工地|店|那边|那里|你们?|家)[^,。!?]{{0,6}}(?:还|在)?(?:招不招|招|要|缺)(?:人"
    f"|工|普工)?[^,。!?]{{0,3}}(?:吗|不$|么$|没$)|缺人[^。]{{0,3}}我(?:想|能|可以)(?:过)?去|(?:介绍|推荐)(?:一?个"
    "|份)?(?:$|[,。])|有没有[^,。!?]{1,4}(?:工|师傅|司机|保安|保洁|保姆|月嫂)(?=$|[,。的])|(?:活儿?|工作"
    "|岗位)(?:那?边|还|现在)?有(?:不|没|没有|吗|么)(?=$|[,。?])|哪(?:里|儿|家)?(?:在"
    f"|还)?招|(?:想|要)(?:进|去)[^,。!?]{{0,6}}(?:厂|工地|公司)(?:上班|干活|做|打工|$)|找工|求职|想打工|找不到工作"
    "|没工作|工作没了|丢了工作|没了工作|没活干|没事做|待业|下岗了?(?:想|能|有|,)|zhao (?:ge |fen )?(?:gong ?zuo|huo)"
    "|想进[^,。]{1,6}厂,[^,。]{0,6}有没有$"
    "|looking for (?:a |some )?(?:job|work)|find (?:me )?(?:a |some )?(?:job|work)|need a job"
)
_SEEKER = Pattern("想|要|求|帮|找|介绍|推荐|有没有|有吗|没了|没$|哪|有啥|有什么|能不能|可以|吗|[?]|没工作|没活|待业|looking|find|need|zhao")
_NOT_SEEKING = Pattern(
    "党费|党员|组织关系|失物|找到工作了|找到了|找不着北|党课|学习|会议|活动|工作(?:群|人员|安排|汇报|报告|总结|会"
    "|计划|组|日|时间|证|居住|队|餐|调动|证明|站)|支部工作|负责|书记|旗|表决|投票|认领|求助(?:信息|热线)?|保姆,"
    "|他(?:在|想|要)?找|她(?:在|想|要)?找|孩子找对象|找(?:我|他|她|你|人)(?:$|有)|听说|如果|补贴|补助|贷款|政策"
    "|听课|快活|活该|干活(?:手|累|摔|受)|生活|灵活|活着|组织生活|真难|难找|不好找|太难|不容易|不想|找茬|我儿子在"
    "|赔|欠|工资|招标|招生|意见|建议|怎么(?:交|办理)|社保|合同|认识"
)
_SEEKS_FOR_KIN = Pattern("(?:给|帮|替)(?:我)?(?:老婆|爱人|媳妇|儿子|女儿|孩子|弟弟|哥哥|妹妹|亲戚|老乡|朋友)[^,。]{0,4}(?:找|介绍|安排)")


_SEEKS_TRADE = Pattern("(?:岁|女|男|人在|我)[^。]{0,8}(?:想|要)(?:找|做|干)[^,。!?]{1,5}$")


def _seeks(said: Said) -> Found | None:
    words = said.words
    if len(words) > 80 or _NOT_SEEKING.search(words):
        return None
    if _SEEKS_TRADE.search(words) and job_words.trade(words):
        return Found({"trade": job_words.trade(words)} | first(words, said.setting.near), if_private(said))
    if not (_SEEKS.search(words) and (_SEEKER.search(words) or _SEEKS_FOR_KIN.search(words))):
        return _tradesman(said)
    if _offers_work(words):
        return None
    trade = job_words.trade(words)
    slots = ({"trade": trade} if trade else {}) | first(words, said.setting.near)
    return Found(
        slots, by_name(said) if trade or "工作" in words or "活" in words else if_private(said) if slots or "招" in words else MAYBE
    )


_IS_TRADE = Pattern("(?:我是|我会|我干|我做|本人|做过|干过|学过)[^,。!?]{1,10}")
_WANTS_WORK = Pattern("找[^,。!?]{0,4}(?:活|工作|厂|事)|有活|有没有活|哪里要人|要人吗|哪里招|招不招|收不收|要不要人|缺人吗|有人要吗")


def _tradesman(said: Said) -> Found | None:
    trade = job_words.trade(said.words)
    if trade and _IS_TRADE.search(said.words) and _WANTS_WORK.search(said.words):
        return Found({"trade": trade} | first(said.words, said.setting.near), LIKELY)
    return None


_BY = (
    "我们?这?[边里儿]?|俺们?|咱们?|我们?[^,。!?]{0,4}(?:厂|公司|店|工地|车间|饭店|单位|工厂|超市|酒店|家|队)|厂里"
    "|厂子|公司|工地上?|店里|老板|单位|车间|本厂|本店|饭店|酒店|超市|表哥|我哥|亲戚|朋友"
)
_OFFERS = Pattern(
    f"(?:{_BY})[^,。!?]{{0,10}}(?:招|缺|急需|急招|要招|需要|(?<=[厂司店地里队])要|要(?=招|请|个|找人"
    "|[0-9一二两三四五六七八九十几]+[个名位])|聘|请(?=[个位一两二三0-9]))(?!呼|待|标|生|手"
    f"|供)[^,。!?]{{0,12}}(?:人|工|员|师|司机|保安|厨|月嫂|保姆|阿姨|帮厨|销售|客服|会计|文员|学徒|裁缝|焊)"
    f"|(?:家里?|我家)[^,。]{{0,4}}(?:请|找|招)(?:个|位|一个|一位)[^,。!?吗]{{0,8}}(?:保姆|阿姨|护工|月嫂|育儿嫂"
    f"|钟点工|帮工|短工)|^[一-龥]{{1,4}}(?:招|急招|缺)(?!呼|待|标|生|手|供|牌|财|惹)[^,。!?吗]{{1,10}},"
    f"|^急需[^,。!?吗]{{1,10}}|^(?:急|诚|高薪|长期|现|大量)?(?:招聘?|聘)(?!呼|待|标|生|手|供|牌|财"
    f"|惹)[^,。!?吗]{{1,14}}|(?:招|缺|急招|招聘|聘)[^,。!?呼待标]{{0,8}}[0-9一二两三四五六七八九十几]+(?:个|名|位"
    "|人)|(?:we(?: are)?|our \\w+ is|factory is) hiring|招(?:工|人)(?:啦|了|信息|启事)"
)
_HIRING = Pattern("招|缺|聘|急需|需要|要|hiring")
_TERMS = Pattern(
    "包吃|包住|管吃|管住|月薪|工资|底薪|一天|日结|月结|待遇|五险|双休|[0-9]{3,5}|千|来的|有意|想来|感兴趣|联系我|找我|个|名|位|长期|急"
)
_NOT_OFFERING = Pattern(
    "^(?:他|她|人家|别人|隔壁|对面|人)(?:们)?(?:的|那边?|那个|家)*(?:厂|公司|店|工地|老板|单位)|看不上|没看上|没去成?"
    "|不想去|嫌[^,。]{0,4}(?:低|少|远|累)|谁那|我想(?:过)?去|(?:想|要|在|来|帮|求|去)找|哪个?|想换|求职|吗|么$|[?]"
    "|有没有|哪里|哪儿|哪家|想找|求职|党费"
    "|志愿|党员|开会|参加|发言|招商|报名参加|投票|认领|缺钱|缺人手帮|缺.{0,3}(?:血|药|床|被)|听说|不招|没招|招生"
    "|招标|招呼"
)


_INVITES = Pattern(
    "[,。]?(?:有(?:没有|人|老乡|兄弟|朋友|工友|谁|乡亲)*(?:想|愿意?|要|能)(?:来|去|干|做)的?|谁(?:想|愿意?|要)?来"
    "|有人来|有(?:没有)?感兴趣的)(?:吗|么|不)?[?]?$"
)


def _offers_work(words: str) -> bool:
    told = _INVITES.sub("", words)
    return _OFFERS.search(told) is not None and not _NOT_OFFERING.search(told)


def _offers(said: Said) -> Found | None:
    words = said.words
    if len(words) > 150 or not _offers_work(words):
        return None
    trade = job_words.trade(words)
    if trade is None and not _TERMS.search(words) and "人" not in words:
        return None
    slots: dict[str, object] = {"trade": trade} if trade else {}
    if (salary := _salary(words)) is not None:
        slots["salary"] = salary
    firm = bool(trade) and ("salary" in slots or _TERMS.search(words) is not None)
    return Found(slots, SURE if firm else if_private(said))


_LEAST, _MOST = 20, 200_000
_RANGE = Pattern("(?<![0-9])(?P<least>[1-9][0-9]{2,5})(?:元|块)? ?(?:-|~|到|至) ?[1-9][0-9]{2,5}(?![0-9])")


_DIGITS = dict(zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_SPOKEN = Pattern(
    "(?P<thousands>[一二两三四五六七八九])千(?P<hundreds>[一二三四五六七八九])(?=[一每]?个?月|一月|每月|的?工资|底薪|月薪|块|元|$|[,。])"
)
"""五千五: the hundreds as people say them."""


_MONTHLY = Pattern("(?<![0-9])(?P<pay>[1-9][0-9]{3,4}) ?(?:rmb|yuan|元|块)? ?(?:a |per |each |/ ?)?(?:month|一个?月|每个?月|月薪)")


def _salary(words: str) -> int | float | None:
    if ranged := _RANGE.search(words):
        return int(ranged["least"])
    if spoken := _SPOKEN.search(words):
        return _DIGITS[spoken["thousands"]] * 1000 + _DIGITS[spoken["hundreds"]] * 100
    if monthly := _MONTHLY.search(words):
        return int(monthly["pay"])
    for each in amounts(words):
        if _LEAST <= each.yuan <= _MOST:
            return int(each.yuan) if each.yuan == each.yuan.to_integral_value() else float(each.yuan)
    return None


RULES: tuple[Rule, ...] = (
    Rule("job_offer", _offers, ("招", "缺", "聘", "急需", "需要", "要", "请", "hiring"), why="somebody's firm looks for people"),
    Rule(
        "job_seek",
        _seeks,
        (
            "找",
            "工",
            "缺",
            "活",
            "工作",
            "厂",
            "招",
            "求职",
            "换",
            "介绍",
            "推荐",
            "打工",
            "下岗",
            "待业",
            "没事",
            "job",
            "work",
            "gongzuo",
            "gong zuo",
            "要人",
            "工地",
            "岗位",
        ),
        why="somebody looks for work",
    ),
)

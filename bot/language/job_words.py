"""Trades as people name them."""

from bot.patterns import Pattern

_TRADES = (
    "电焊工|氩弧焊工|焊工|电焊|水电工|电工|木工|瓦工|泥瓦工|泥水工|钢筋工|架子工|油漆工|粉刷工|普工|小工|杂工|力工"
    "|操作工|缝纫工|车工|钳工|铣工|磨工|冲压工|注塑工|模具工|包装工|搬运工|装卸工|装修工|安装工|维修工|修理工"
    "|叉车工|叉车司机|叉车|货车司机|大车司机|网约车司机|专车司机|司机|保安|保洁员?|清洁工|环卫工|厨师|帮厨|洗碗工"
    "|面点师|服务员|收银员|营业员|导购员?|店员|月嫂|保姆|育儿嫂|护工|家政|钟点工|护士|幼师|老师|文员|会计|出纳"
    "|前台|客服|销售|业务员|程序员|设计师|快递员|送餐员|外卖员|骑手|外卖|快递|分拣员|仓管员?|质检员?|跟单员?"
    "|技术员|工程师|数控|裁缝|裁剪工|理发师|美发师|美容师|挖机司机|挖掘机手|挖机|塔吊司机|塔吊|吊车司机|测量员"
    "|资料员|施工员|渔工|船员|水手|养殖工|采摘工|园林工|绿化工|门卫|宿管|库管|学徒|焊接|汽修工?|摘茶工|采茶工"
)
_WORDS = Pattern(_TRADES)
_ANY = Pattern(
    "(?:招聘?|缺|要|急招|找|做|干|当|聘"
    "|需要)[0-9一二两三四五六七八九十几若干]{0,4}[个名位份点些]?(?P<trade>(?![个名位份点些几])[一-龥]{1,4}?(?:(?<![打务上])工(?"
    "![作资地厂程伤钱友会业])|员|师(?!傅)|司机|师傅))"
)
_KIND_OF_WORK = Pattern(
    "(?:找|介绍|求|有没有|安排|进|去)(?:一?[个份点些家])?"
    "(?P<trade>(?:电子|鞋|家具|服装|制衣|玩具|食品|五金|塑料|纺织|印刷|陶瓷|砖|纸箱|化工|机械|家电|汽车|针织|灯饰|皮革"
    "|海鲜|水产|手机|塑胶|包装|木材|钢|模具)厂|(?:装修|物业|物流|餐饮|绿化|护理|后厨|环卫|搬家))的?(?:活儿?|工作|班|岗位|事)"
)
_ENGLISH = Pattern(
    r"\b(?P<trade>welder|electrician|carpenter|driver|cook|chef|guard|cleaner|nanny|waiter|plumber|(?P<doing>weld|electric"
    "|carpentry|driv|cook|clean|plumb|nann|secur|sew|construct)[a-z]*(?= (?:job|work|position|vacanc))|sewer"
    r"|seamstress)s?\b"
)
_MEANS = {
    "welder": "焊工", "electrician": "电工", "carpenter": "木工", "driver": "司机", "cook": "厨师", "chef": "厨师", "guard": "保安",
    "cleaner": "保洁", "nanny": "保姆", "waiter": "服务员", "plumber": "水电工", "sewer": "缝纫工", "seamstress": "缝纫工",
    "weld": "焊工", "electric": "电工", "carpentry": "木工", "driv": "司机", "clean": "保洁", "plumb": "水电工", "nann": "保姆",
    "secur": "保安", "sew": "缝纫工", "construct": "建筑工", "电焊": "电焊工", "焊接": "焊工", "叉车": "叉车工",
}  # fmt: skip
_NOT_A_TRADE = frozenset(
    {
        "员工",
        "职工",
        "工",
        "党员",
        "人员",
        "民工",
        "农民工",
        "临时工",
        "零工",
        "打工",
        "用工",
        "招工",
        "小时工",
        "暑假工",
        "长期工",
        "短工",
        "成员",
        "团员",
        "会员",
        "委员",
        "老工",
    }
)


def trade(words: str) -> str | None:
    """The first trade that a sentence names, as it says it; None for none."""
    if found := _WORDS.search(words):
        return _MEANS.get(found[0], found[0])
    if (found := _ANY.search(words)) and found["trade"] not in _NOT_A_TRADE:
        return found["trade"]
    if kind := _KIND_OF_WORK.search(words):
        return kind["trade"]
    english = _ENGLISH.search(words)
    return _MEANS[english["doing"] or english["trade"]] if english else None

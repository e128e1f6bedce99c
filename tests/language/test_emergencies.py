"""Words of danger: what is sure, what is asked about, and what is nothing of the kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.emergencies import Danger, heard, passed_on, read, shouted, sure

SURE = (
    "着火了",
    "家里着火了，快来人",
    "厂里起火了",
    "宿舍失火",
    "我们被困在电梯里",
    "矿里塌方，我被埋了",
    "掉到井里了",
    "我爱人昏迷了",
    "我爸晕倒了叫不醒",
    "工友触电了",
    "心脏病发作",
    "老周心梗，喘不上气",
    "我妈没有呼吸了",
    "食物中毒了，好几个人",
    "煤气中毒",
    "屋里煤气泄漏",
    "孩子溺水了",
    "有人落水",
    "翻船了",
    "我不想活了",
    "有人要自杀",
    "他要跳楼",
    "我想死",
    "活不下去了",
    "救命",
    "救命啊！",
    "快救人",
    "救救我",
    "有人持刀",
    "我被绑架了",
    "流血不止",
    "出车祸了",
    "山体滑坡把路埋了，被困",
    "噎住了，脸都紫了",
    "手被机器绞进去了",
    "there is a fire",
    "my father is unconscious",
    "I want to kill myself",
    "gas leak",
    "SOS",
    "一氧化碳中毒",
    "羊水破了",
    "被人砍了",
    "着火了！！！",
    "老婆昏倒在地上",
    "喝农药了",
    "救命！工地塌了压了人",
    "有人触电了快来",
    "救命啊！快来人",
    "我男人打我",
    "我被打了",
    "有人打我",
    "老板打人了",
    "my husband hits me",
    "i was beaten",
    "船漏水了",
    "船进水了",
    "船要沉了",
    "船翻了",
    "my boat is sinking",
    "羊水破要生了",
    "锅里烧起来了",
    "真想一死了之",
    "我摔下来了起不来",
    "i fell and can't get up",
    "我被扣在工地不让走",
    "they won't let me leave",
    "help me I'm hurt",
)
DESPAIR = (
    "活着没意思",
    "累死了，活着没意思",
    "撑不下去了",
    "死了算了",
    "不想活",
    "我好绝望",
    "累得不想活了",
    "活够了",
    "i am tired of living",
)
SAD = ("我好难过", "心里憋得慌", "压力好大睡不着", "心里好难受", "i feel so sad")
TIRED = ("累死了", "党费累死我了", "今天累死了", "热得想死")
DOUBTFUL = (
    "今天疼死了",
    "我胸口疼得厉害",
    "我老公打我怎么办",
    "我从脚手架上摔下来了",
    "chest pain",
    "昨天被老板打了",
    "我摔下来了起不来哈哈",
    "胸口疼",
    "我快不行了",
    "撑不住了",
    "救命啊这天气",
    "出事了",
    "着火了怎么办",
    "煤气中毒怎么办？",
    "冒烟了",
    "昨晚昏迷不醒",
    "要命",
    "工友昏迷了吗",
    "房子塌了",
)
HARMLESS = (
    "笑死我了",
    "火了火了 视频火了",
    "电影里着火",
    "他打我电话",
    "有人打我手机",
    "老板打我微信了",
    "他打我妈电话",
    "没有人打我",
    "小时候我爸打我",
    "我被打扰了",
    "工资被扣了",
    "老板把我身份证扣了",
    "车被扣在交警队了",
    "我被锁在门外了",
    "友谊的小船说翻就翻",
    "阴沟里翻船",
    "生意撑不下去了",
    "不想活成别人的样子",
    "替你难过",
    "想家",
    "触电般的感觉",
    "母猪快生了",
    "泰坦尼克号船沉了",
    "船漏水修好了",
    "柴火烧起来了真暖和",
    "股票跌下来起不来",
    "这球他打我没躲开",
    "爱人打饭了没",
    "男人打人是犯法的",
    "红包被抢劫一空",
    "热死了",
    "冷死了",
    "忙死了",
    "急死我了",
    "想死你了",
    "想死你们了",
    "气死人",
    "吓死我了",
    "这店火了",
    "这首歌火了",
    "生意红火",
    "上火了，嘴里起泡",
    "坐火车回家",
    "火锅吃不吃",
    "跳楼价大甩卖",
    "道德绑架",
    "今天组织消防演练，模拟着火",
    "防溺水宣传",
    "看新闻说有人自杀",
    "电影里有人被困",
    "做梦梦见着火",
    "没有着火",
    "没有昏迷",
    "他没自杀",
    "差点晕倒",
    "别自杀",
    "不会触电的",
    "去年我家着火，幸好没事",
    "我爱人昏迷住院一个月了，想求助",
    "前天车祸，现在在医院",
    "老家下大雨，老屋冲塌了一角，想请大家帮一把修一修",
    "上个月家里着火烧光了",
    "被困难吓倒",
    "有困难找组织",
    "困了想睡",
    "被困扰很久",
    "信息爆炸的时代",
    "天塌了一样",
    "收到",
    "签到",
    "党费6000",
    "我在深圳",
    "今天真冷",
    "我老婆在深圳",
    "要是着火了怎么办",
    "万一溺水怎么救",
    "已经灭了，着火的地方没事了",
    "学习烈士事迹，抢险中昏迷",
    "救命恩人",
    "手机快不行了",
    "高兴得晕过去",
    "堵车被困在路上",
    "集中风力",
    "不累",
    "这价格跳水了",
    "嗓子着火一样",
    "狼人杀里杀人",
    "预防火灾",
    "防火防盗",
    "爱死这口了",
    "饿死了",
    "好吃得要命",
    "这活儿要命",
    "被工作压得喘不过气",
    "忙得喘不上气来",
    "撑不住了，先睡了",
    "喝多了，不行了",
    "今天搬货累死我了",
    "火了火了，视频火了",
    "昏昏沉沉想睡觉",
    "我在佛山干活手被机器轧了，厂里只给五千",
    "",
    "😀",
)


@pytest.mark.parametrize("text", SURE)
def test_a_sure_phrase_acts_at_once(text: str) -> None:
    assert sure(text) is not None
    assert heard(text) == sure(text)


@pytest.mark.parametrize("text", DOUBTFUL)
def test_a_doubtful_phrase_is_asked_about(text: str) -> None:
    assert sure(text) is None
    assert heard(text) is not None


@pytest.mark.parametrize(
    ("text", "danger"),
    [(each, danger) for each_of, danger in ((DESPAIR, Danger.SELF_HARM), (SAD, Danger.SAD), (TIRED, Danger.TIRED)) for each in each_of],
)
def test_despair_a_heavy_heart_and_tiredness_are_three_things_and_none_is_sure(text: str, danger: Danger) -> None:
    found = read(text)
    assert found is not None
    assert (found.danger, found.sure) == (danger, False)


@pytest.mark.parametrize("text", ["着火了", "救命", "有人触电了快来", "救命！工地塌了压了人", "我不想活了"])
def test_a_short_sure_phrase_is_a_shout(text: str) -> None:
    assert shouted(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "笑死我了",
        "火了火了 视频火了",
        "电影里着火",
        "累死了",
        "活着没意思",
        "着火了怎么办",
        "听说隔壁村昨天有一家人的房子着火了，好几辆消防车",
    ],
)
def test_what_is_told_asked_or_doubtful_is_none(text: str) -> None:
    assert shouted(text) is None


def test_what_goes_from_group_to_group_is_known_by_its_words() -> None:
    assert passed_on("紧急求助：某地孩子走失，请转发")
    assert not passed_on("紧急求助 工友晕了")


def test_in_an_endless_text_a_sure_clause_is_asked_about_whatever_else_is_named() -> None:
    told = "医院里看电影的事以后再说，" * 90
    assert heard(told) is None
    assert heard(f"{told}我被困在电梯里，{told}") == "trapped"
    assert sure(f"{told}我被困在电梯里，{told}") is None


@pytest.mark.parametrize("text", HARMLESS)
def test_an_idiom_a_drill_a_story_and_daily_talk_do_nothing(text: str) -> None:
    assert heard(text) is None


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("厂里着火了", Danger.FIRE),
        ("被困在电梯里", Danger.TRAPPED),
        ("我爸昏迷了", Danger.MEDICAL),
        ("有人溺水", Danger.WATER),
        ("煤气中毒", Danger.GAS),
        ("有人持刀", Danger.VIOLENCE),
        ("不想活了", Danger.SELF_HARM),
        ("救命", Danger.UNCLEAR),
        ("船漏水了", Danger.SEA),
        ("我男人打我", Danger.HOME),
        ("有人打我", Danger.VIOLENCE),
        ("我被扣在工地不让走", Danger.VIOLENCE),
        ("真想一死了之", Danger.SELF_HARM),
        ("我摔下来了起不来", Danger.MEDICAL),
    ],
)
def test_the_danger_decides_which_number_is_told(text: str, danger: Danger) -> None:
    found = read(text)
    assert found is not None
    assert found.danger is danger


def test_a_long_text_is_asked_about_before_anything_is_done() -> None:
    assert sure("我爱人昏迷了。" + "家里的情况是这样的，" * 10) is None
    assert heard("我爱人昏迷了。" + "家里的情况是这样的，" * 10) == "medical"
    assert heard("胸口疼。" + "家里的情况是这样的，" * 10) is None


@given(st.text(max_size=80))
def test_any_text_is_read_and_what_is_sure_is_also_heard(text: str) -> None:
    assert sure(text) in {None, heard(text)}

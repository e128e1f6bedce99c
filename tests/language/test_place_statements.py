import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.choices import ack_number, choice, is_ack, yes_no
from bot.language.dates import ImpossibleMoment, hours, moment
from bot.language.formalism import refused
from bot.language.gazetteer import every
from bot.language.names import is_name, latin, names
from bot.language.normalise import bare, clean, is_blank
from bot.language.places import Level, corrected, find, said
from tests.language.test_dates import NOW

HARBIN = "黑龙江省哈尔滨市"
CITIES = [each for each in every().values() if each.level is Level.CITY]


def stated(text: str) -> list[str] | None:
    found = said(text)
    return None if found is None else [each.full for each in found.candidates]


@pytest.mark.parametrize(
    "text",
    [
        "我在哈尔滨", "我到哈尔滨了", "我现在在哈尔滨", "人在哈尔滨", "已到哈尔滨", "到哈尔滨了", "俺到哈市了", "我来哈尔滨了",
        "我被公司调到哈尔滨了,刚过来报到",
        "我被公司调到哈尔滨工作了，刚过来报到", "我搬到哈尔滨了", "在外 哈尔滨", "报到 哈尔滨", "哈尔滨报到", "I'm in Harbin",
        "I am in Harbin now", "wo zai haerbin",
        "wo zai haerbing", "wozaihaerbin", "我在哈尔滨。", "我在哈尔滨！！", "我 在 哈 尔 滨", "我在\u200b哈尔滨",
        "书记好 我到哈尔滨了", "书记，我到哈尔滨了，一切都好",
        "嗯那个孟书记啊我那个被公司调到哈尔滨了刚刚过来报到", "我在Harbin", "我到哈尔冰了", "公司把我派到哈尔滨了", "现居哈尔滨",
        "本人现住哈尔滨", "在哈尔滨上班呢",
        "从广州到哈尔滨了", "我从广州搬到哈尔滨了", "不在广州,在哈尔滨", "大家好，我是鲍子龙，我在哈尔滨打工", "位置变更：哈尔滨",
        "我的位置是哈尔滨", "抵达哈尔滨",
        "I've arrived in Harbin", "just moved to Harbin", "I was sent to Harbin for work", "hi, I'm in Harbin", "wo dao haerbin le",
        "yi dao haerbin", "dao haerbin le",
        "我到哈尔滨西站了", "书记我到哈尔滨了", "我昨天到哈尔滨了", "搬到哈尔滨了", "被派到哈尔滨",
    ],
)  # fmt: skip
def test_a_speaker_says_where_they_are(text: str) -> None:
    assert stated(text) == [HARBIN]


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("在深圳南山区粤海街道", "广东省深圳市南山区"),
        ("现在在鹏城搬砖", "广东省深圳市"),
        ("已到福建泉州", "福建省泉州市"),
        ("到北京南站了，准备坐地铁去丰台", "北京市"),
        ("地址变更：贵州省黔西南州兴义市桔山街道", "贵州省黔西南布依族苗族自治州兴义市"),
        ("到重庆了哈", "重庆市"),
        ("本人现居杭州余杭", "浙江省杭州市余杭区"),
        ("I'm in Nanshan, Shenzhen", "广东省深圳市南山区"),
    ],
)
def test_a_statement_may_name_more_than_a_city(text: str, full: str) -> None:
    assert stated(text) == [full]


def test_an_ambiguous_statement_keeps_all_candidates() -> None:
    found = said("我在朝阳")
    assert found is not None
    assert found.words == "朝阳"
    assert len(found.candidates) == 3


@pytest.mark.parametrize(
    "text",
    [
        "", "我在家", "我在开会", "我老婆在深圳", "如果我去北京了再说", "我想去北京", "我以前在北京", "昨天在北京", "我昨天在北京",
        "今天哈尔滨真冷",
        "深圳南山房价真高", "广州队赢了", "IP显示广东", "我在深圳吗", "我在深圳？", "你在深圳", "平安报到", "到平安了", "我在温泉",
        "我在郊区", "公司搬到深圳了",
        "我不在深圳", "我没在深圳", "我快到深圳了", "我要搬到深圳了", "我明天到北京", "我今天到北京", "我去北京", "到时候在北京见",
        "我在北京等你",
        "我在深圳，我老婆在广州", "王书记在北京", "书记在北京", "书记 在北京", "孟书记到北京了", "地址：江苏省苏州市，收件人刘金山",
        "我在南京东路上班", "I'm in a meeting",
        "I'm not in Harbin", "my wife is in Harbin", "从哪到深圳了", "从哪搬到深圳了", "到了", "我到了", "老板搬到深圳", "他调到深圳了",
        "我在佛山干活手被机器轧了，厂里只给五千",
        "我们村口在北京" * 30, "到深圳", "来深圳", "我在了了了了了了了了了",
    ],
)  # fmt: skip
def test_other_talk_states_no_place(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("不对,是南京", "江苏省南京市"),
        ("不对不对,我说的是鹤岗", "黑龙江省鹤岗市"),
        ("不是，是南京", "江苏省南京市"),
        ("错了，是南京", "江苏省南京市"),
        ("错了，应该是南京啊", "江苏省南京市"),
        ("不对，南京", "江苏省南京市"),
        ("不对是南京", "江苏省南京市"),
        ("不是哈尔滨，是南京", "江苏省南京市"),
        ("不对，是南京，不是北京", "江苏省南京市"),
        ("no, Nanjing", "江苏省南京市"),
        ("No, I'm in Nanjing", "江苏省南京市"),
        ("sorry, I meant Nanjing", "江苏省南京市"),
    ],
)
def test_a_correction_names_the_right_place(text: str, full: str) -> None:
    found = corrected(text)
    assert found is not None
    assert [each.full for each in found.candidates] == [full]


@pytest.mark.parametrize(
    "text", ["", "不", "不是", "不对", "是南京", "南京", "不是南京", "不是在南京", "算了", "不对吧？", "不对，是他", "no idea", "不在南京"]
)
def test_a_mere_denial_corrects_nothing(text: str) -> None:
    assert corrected(text) is None


@given(
    st.sampled_from(CITIES), st.sampled_from(["我在{}", "我到{}了", "现在在{}。", "我搬到{}了！", "　我　在　{}", "人在{}呢", "I'm in {}"])
)
def test_any_city_can_be_stated(city: object, form: str) -> None:
    found = said(form.format(city.full))  # type: ignore[attr-defined]
    assert found is not None
    assert found.candidates == [city]


@given(st.text() | st.text("我在到了从被公司调不对是错,，。 北京深圳南山报到位置", max_size=24))
def test_any_text_is_survived(text: str) -> None:
    for found in (said(text), corrected(text)):
        assert found is None or found.candidates


@pytest.mark.parametrize(
    "piece", ["我", "在", "我在", "到了", "不对,", "不是", "从北京", "北京", "吉林", "(", " ", "，", "1", "1.", "九", "十", "点", "a",
        "a ", "i'm in ", "wo zai ", "no, ", "签到",
              "不签", "谁没", "必须", "强制", "第", "明天", "9:", "①", "\u200b", "👍", "e\u0301", "ﷺ", "朝阳", "jilin", "·", "书记",
        "了", "路", "站", "现在", "n", "0-", "ㅤ"]
)  # fmt: skip
def test_five_thousand_characters_of_anything_are_borne(piece: str) -> None:
    text = (piece * 5000)[:5000]
    for read in (clean, bare, is_blank, find, said, corrected, yes_no, is_ack, ack_number, hours, is_name, names, latin, refused):
        read(text)
        read(text[:59])
    choice(text, 9)
    with contextlib.suppress(ImpossibleMoment):
        moment(text, NOW)

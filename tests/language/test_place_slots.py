import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import place_slots
from bot.language.gazetteer import every
from bot.language.place_scan import mentioned
from bot.language.places import Level

CITIES = [each for each in every().values() if each.level is Level.CITY]


def named(words: str) -> list[tuple[str, list[str]]]:
    return [(words[start:end], [each.full for each in places]) for start, end, places in mentioned(words)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("我在深圳南山区西丽街道", [("深圳南山区", ["广东省深圳市南山区"])]),
        ("从广州到哈尔滨", [("广州", ["广东省广州市"]), ("哈尔滨", ["黑龙江省哈尔滨市"])]),
        ("到北京南站了", [("北京南站", ["北京市"])]),
        ("到广州南了", [("广州南", ["广东省广州市"])]),
        ("深圳宝安机场见", [("深圳宝安机场", ["广东省深圳市"])]),
        ("想去深圳的龙华区找厂", [("深圳的龙华区", ["广东省深圳市龙华区"])]),
        ("wo zai ha er bin", [("ha er bin", ["黑龙江省哈尔滨市"])]),
        ("from beijing to harbin", [("beijing", ["北京市"]), ("harbin", ["黑龙江省哈尔滨市"])]),
        ("哈尔滨道里的人", [("哈尔滨道里", ["黑龙江省哈尔滨市道里区"])]),
        ("广州队赢了", []),
        ("我在南京东路", []),
        ("我是哈尔滨人", []),
        ("哈尔滨人民医院", [("哈尔滨", ["黑龙江省哈尔滨市"])]),
        ("我们要团结合作", []),
        ("和平村的路", []),
        ("", []),
        ("画一个三角", []),
        ("京", []),
        ("made in china", []),
    ],
)
def test_places_are_found_inside_a_sentence(words: str, found: list[tuple[str, list[str]]]) -> None:
    assert named(words) == found


def test_everyday_names_count_where_only_a_place_can_be_meant() -> None:
    assert mentioned("我在长安") == []
    assert {each.full for each in mentioned("我在长安", alone=True)[0][2]} >= {"陕西省西安市长安区", "河北省石家庄市长安区"}


@pytest.mark.parametrize(
    ("words", "slots"),
    [
        ("深圳南山区", {"city": "深圳市", "province": "广东省", "district": "南山区"}),
        ("北京", {"city": "北京市", "province": "北京市"}),
        ("广东", {"province": "广东省"}),
        ("仙桃", {"city": "仙桃市", "province": "湖北省"}),
        ("黔西南州兴义", {"city": "黔西南布依族苗族自治州", "province": "贵州省", "district": "兴义市"}),
        ("suzhou", {"candidates": ["江苏省苏州市", "安徽省宿州市"], "needs_clarify": True}),
        ("海南", {"candidates": ["海南省", "青海省海南藏族自治州"], "needs_clarify": True}),
        ("开会", {}),
    ],
)
def test_a_place_becomes_slots(words: str, slots: dict[str, object]) -> None:
    assert place_slots.of_words(words) == slots


def test_those_near_come_first() -> None:
    assert place_slots.of_words("朝阳", near=(220100, 110100))["candidates"] == ["吉林省长春市朝阳区", "北京市朝阳区", "辽宁省朝阳市"]
    assert place_slots.of_words("朝阳", near=(210000, 1))["candidates"][0] == "辽宁省朝阳市"


def test_the_first_place_of_a_sentence_can_be_asked_for() -> None:
    assert place_slots.first("想去广东深圳那边找个厂") == {"city": "深圳市", "province": "广东省"}
    assert place_slots.first("广东那边,深圳也行", cities_only=True) == {"city": "深圳市", "province": "广东省"}
    assert place_slots.first("没有地方") == {}


@given(st.sampled_from(CITIES), st.sampled_from(["{}", "我在{}", "我想去{}看看", "{}那边", "在 {} 呢"]))
def test_every_city_is_found_in_a_sentence(city: object, form: str) -> None:
    full = city.full  # type: ignore[attr-defined]
    assert [full] in [found for _, found in named(form.format(full))]


@given(st.text() | st.text("北京南山朝阳区市县站的省路人到了从在吉林 abcdefghi'nou", max_size=30))
def test_any_text_is_survived(text: str) -> None:
    for start, end, places in mentioned(text):
        assert 0 <= start < end <= len(text)
        assert places

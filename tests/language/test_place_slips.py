import pytest

from bot.language.place_slips import glued, misspelt, slipped


def fulls(words: str) -> list[str]:
    return [each.full for _, _, places in slipped(words) for each in places]


@pytest.mark.parametrize(
    ("words", "full"),
    [
        ("我到哈尔冰了", "黑龙江省哈尔滨市"),
        ("我在深镇", "广东省深圳市"),
        ("我在东菀上班", "广东省东莞市"),
        ("到广洲了", "广东省广州市"),
        ("在毫州", "安徽省亳州市"),
        ("我在乌鲁木奇", "新疆维吾尔自治区乌鲁木齐市"),
        ("我在呼和号特", "内蒙古自治区呼和浩特市"),
        ("wo zai haerbing", "黑龙江省哈尔滨市"),
        ("i'm in harbn", "黑龙江省哈尔滨市"),
        ("i'm in shengzhen", "广东省深圳市"),
        ("wo zai guangzou", "广东省广州市"),
        ("wo zai ghuangzhou", "广东省广州市"),
        ("wo zai cehngdu", "四川省成都市"),
        ("wo zai chengbu", "四川省成都市"),
    ],
)
def test_a_city_is_recognised_by_a_slip(words: str, full: str) -> None:
    assert fulls(words) == [full]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "我在吃饭",
        "我到家了",
        "我在大力",
        "深镇",
        "我到太远了",
        "我在向阳",
        "i'm in charge",
        "wo zai jia",
        "i'm in hospital",
        "wo zai shenzhen",
    ],
)
def test_words_of_their_own_are_no_slips(words: str) -> None:
    assert slipped(words) == []


def test_pinyin_without_spaces_is_read() -> None:
    assert [each.full for each in (glued("wozaihaerbin") or ("", ()))[1]] == ["黑龙江省哈尔滨市"]
    assert [each.full for each in (glued("wo dao le haerbing") or ("", ()))[1]] == ["黑龙江省哈尔滨市"]
    assert glued("wozaikaihui") is None
    assert glued("我在") is None


def test_a_right_or_short_name_is_not_misspelt() -> None:
    assert misspelt("shenzhen") == ()
    assert misspelt("abc") == ()

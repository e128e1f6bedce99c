"""Appeals and offers as people write them; what only sounds like one is none."""

import pytest

from bot.language import appeals


@pytest.mark.parametrize(
    ("text", "kind", "whom", "money", "city"),
    [
        ("我爱人查出肿瘤，想到北京看病，人生地不熟，谁能帮忙挂个号", "medical", "family", None, "北京"),
        ("孩子在深圳上学没着落，组织能帮忙吗", "schooling", "family", None, "深圳"),
        ("手头紧，想借点钱交房租", "money", None, True, None),
        ("老板欠我三个月工资，组织能帮我要回来吗", "wages", "self", None, None),
        ("我爸在武汉住院，谁能帮忙陪护一晚", "medical", "family", None, "武汉"),
        ("家里被洪水淹了，求大家帮忙", "disaster", None, None, None),
        ("工友干活时手被砸了，哪位同志能帮忙送一下", "work_accident", "other", None, None),
        ("邻居家孩子学费还差三千块，大家能帮帮吗", "schooling", "other", True, None),
        ("我在上海看病，不借钱，谁能帮忙排个队", "medical", "self", False, "上海"),
    ],
)
def test_a_sentence_that_asks_for_help_is_understood(text: str, kind: str, whom: str | None, money: bool | None, city: str | None) -> None:
    assert appeals.asks(text) is not None
    assert appeals.kind_of(text) == kind
    assert appeals.for_whom(text) == whom
    assert appeals.wants_money(text) is money
    found = appeals.city(text)
    assert (found.short if found else None) == city


@pytest.mark.parametrize(
    "text",
    [
        "我老婆在深圳",
        "今天真冷",
        "党费的事回头再说",
        "我捐过了",
        "谁能帮我看看党费怎么交",
        "我爱人住院了",
        "医院的食堂还不错",
        "谢谢大家帮忙看病，问题解决了",
        "我能帮忙挂号",
        "这学校真漂亮，大家可以来看看",
        "谁能帮忙带个话",
        "借过借过",
        "没钱",
    ],
)
def test_talk_is_no_appeal(text: str) -> None:
    assert appeals.asks(text) is None


def test_what_is_wanted_is_taken_out_of_the_story() -> None:
    assert appeals.wanted("我爱人查出肿瘤，人生地不熟，谁能帮忙挂个专家号，再带带路") == "挂个专家号"
    assert appeals.wanted("孩子在深圳上学没着落，组织能帮忙吗") == "孩子在深圳上学没着落，组织能帮忙吗"


def test_two_cities_in_one_sentence_are_no_city() -> None:
    assert appeals.city("在武汉看过，想去北京") is None
    assert appeals.city("在家里看书") is None


@pytest.mark.parametrize("text", ["我认识协和的，加我", "我在北京，可以去帮忙排队", "算我一个", "我来帮", "I can help", "我可以陪一晚"])
def test_an_offer_is_understood(text: str) -> None:
    assert appeals.offers(text) is not None


@pytest.mark.parametrize("text", ["谁能帮", "我可以帮你吗", "我昨天去帮他了", "我认识老王", "我在北京", "我不能帮", "我来了", "好"])
def test_what_sounds_like_an_offer_is_none(text: str) -> None:
    assert appeals.offers(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [("我会修电器", "修电器"), ("能帮忙的：修电器、陪诊", "修电器、陪诊"), ("我可以开车接送", "开车接送"), ("我会辅导作文。", "辅导作文")],
)
def test_a_skill_is_understood(text: str, words: str) -> None:
    assert appeals.skill(text) == words


@pytest.mark.parametrize(
    "text", ["我会按时交党费", "我会努力的", "我能做什么", "我会开会", "我会去", "我可以吗", "能帮忙的：" + "修" * 70, "修电器"]
)
def test_what_sounds_like_a_skill_is_none(text: str) -> None:
    assert appeals.skill(text) is None


@pytest.mark.parametrize(
    ("can", "need", "does"),
    [
        ("陪护老人", "谁能帮忙陪护一晚", True),
        ("修电器", "电器坏了", True),
        ("修电器", "想找人陪护", False),
        ("可以帮忙", "谁可以帮忙搬家", False),
        ("english translation", "need a translation", True),
        ("", "什么都要", False),
    ],
)
def test_a_skill_matches_what_is_needed_by_a_telling_word(can: str, need: str, does: bool) -> None:
    assert appeals.matches(can, need) is does


def test_what_is_entered_follows_the_word() -> None:
    assert appeals.entered("求助 家里受灾") == "家里受灾"
    assert appeals.entered("求助：家里受灾") == "家里受灾"
    assert appeals.entered("报平安") is None


@pytest.mark.parametrize(
    ("known", "said", "kept"),
    [
        ("家里淹了，缺人手", "家里淹了，缺人手", "家里淹了，缺人手"),
        ("家里淹了", "家里淹了，缺人手 ", "家里淹了，缺人手"),
        ("家里被洪水淹了，缺人手收拾", "家里被大水淹了，缺人手收拾", "家里被洪水淹了，缺人手收拾"),
        ("家里淹了", "孩子上学没着落", None),
        ("", "孩子上学没着落", None),
        ("家里淹了", "", None),
    ],
)
def test_the_same_said_twice_is_kept_once(known: str, said: str, kept: str | None) -> None:
    assert appeals.fuller(known, said) == kept


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("13911112222", True),
        ("139 1111 2222", True),
        ("我的电话是13911112222", True),
        ("微信 lxs_88", True),
        ("微信群里说", False),
        ("123456", False),
        ("13911112222是谁", False),
    ],
)
def test_a_contact_is_nothing_but_a_number_or_a_name(text: str, is_one: bool) -> None:
    assert (appeals.contact(text) is not None) is is_one


@pytest.mark.parametrize(
    ("text", "number"),
    [("A1是什么事", "A1"), ("a12怎么回事？", "a12"), ("A3", "A3"), ("what is A2?", "A2"), ("A4纸是什么", None), ("是什么事", None)],
)
def test_an_appeal_is_asked_about_by_its_number(text: str, number: str | None) -> None:
    found = appeals.about(text)
    assert (found.casefold() if found else None) == (number.casefold() if number else None)


def test_an_injury_is_a_medical_matter() -> None:
    assert appeals.kind_of("我腿摔伤了") == "medical"
    assert appeals.kind_of("伤了心") is None

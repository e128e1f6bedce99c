"""Where one is, goes and comes back: every place by all its names, what is ambiguous, forms varied, hostile texts."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import clock
from bot.language import place_names
from bot.language.gazetteer import Place, every, place
from bot.language.intents import places, travel
from bot.language.place_latin import typed
from bot.language.place_scan import large_places
from bot.language.place_search import find
from bot.language.place_slots import likely, of, of_places
from bot.language.places import Level
from bot.language.said import Said, Setting
from bot.language.understanding import understand

AT = clock.parsed("2026-03-10T09:00")
PRIVATE = Setting(AT)
GROUP = Setting(AT, in_group=True)
RULES = (*places.RULES, *travel.RULES)
CITIES = [each for each in every().values() if each.level is Level.CITY]
PREFECTURES = [each for each in CITIES if each.code % 10000 and each.code % 100 == 0]
PROVINCES = [each for each in every().values() if each.code % 10000 == 0]
NAMES = sorted({name for each in every().values() for name in (each.name, each.short, place_names.short(each.name)) if len(name) > 1})
AMBIGUOUS = [name for name in NAMES if len(likely(find(name))) > 1]
KNOWN_AS_CITY = {110000, 120000, 310000, 500000}


def told(text: str, setting: Setting = PRIVATE) -> tuple[str, dict[str, object]]:
    found = understand(text, setting)
    return found.intent, found.slots


def meant(each: Place) -> Place:
    return place(each.city_code) if each.code in KNOWN_AS_CITY else each


def test_there_are_the_provinces_and_prefectures_of_the_list() -> None:
    assert len(PROVINCES) == 34
    assert len(PREFECTURES) >= 333


@pytest.mark.parametrize("form", ["我在{}", "我到{}了", "现居{}", "位置：{}"])
def test_every_province_and_city_is_understood_by_its_official_name(form: str) -> None:
    for each in (*PROVINCES, *PREFECTURES):
        assert told(form.format(each.name)) == ("location_update", of(meant(each))), each.full


def test_every_province_and_city_is_understood_or_asked_back_by_its_short_name() -> None:
    for each in (*PROVINCES, *PREFECTURES):
        name = place_names.short(each.name)
        found = likely(find(name))
        assert meant(each) in found or name in place_names.of_kind("foremost"), each.full
        assert told(f"我在{name}") == ("location_update", of_places(found)), name


def test_every_city_is_understood_or_asked_back_by_its_pinyin() -> None:
    for each in PREFECTURES:
        letters = typed(place_names.short(each.name))
        if letters not in large_places():
            continue
        found = large_places()[letters]
        assert each in found, letters
        assert told(f"wo zai {letters}") == ("location_update", of_places(found)), letters


def test_every_ambiguous_name_is_asked_back() -> None:
    assert {"朝阳", "南山", "江北", "鼓楼", "海南", "吉林"} <= set(AMBIGUOUS)
    for name in AMBIGUOUS:
        assert told(f"我在{name}") == ("location_update", of_places(likely(find(name)))), name
        assert of_places(find(name))["needs_clarify"]


SOME = [each for each in PREFECTURES if len(find(place_names.short(each.name))) == 1]
SELF = st.sampled_from(["我", "俺", "本人", "我现在", "我人", "我已经"])
DRESSED = st.sampled_from(["{}", " {} ", "{}。", "{}！！", "书记好，{}", "\u200b{}", "嗯，{}", "{}，一切平安放心"])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SOME), SELF, st.sampled_from(["在{}", "到{}了", "到了{}", "在{}上班", "到{}市里了", "搬到{}了"]), DRESSED)
def test_a_statement_means_its_place_however_it_is_dressed(city: Place, who: str, form: str, dress: str) -> None:
    said = dress.format(who + form.format(place_names.short(city.name)))
    found = understand(said, PRIVATE)
    assert found.intent.startswith("location_update"), said
    assert found.slots.items() >= of(city).items(), said


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SOME), st.sampled_from(SOME))
def test_only_where_one_is_now_counts(there: Place, here: Place) -> None:
    old, new = place_names.short(there.name), place_names.short(here.name)
    for said in (f"我从{old}到{new}了", f"不在{old}了，在{new}", f"上个月还在{old}，现在在{new}", f"我从{old}搬到{new}了"):
        assert told(said) == ("location_update", of(here)), said


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(SOME),
    st.sampled_from(
        [
            "我老婆在{}",
            "{}真冷",
            "{}队赢了",
            "IP显示{}",
            "如果我去{}了再说",
            "听说他在{}",
            "我以前在{}",
            "我昨天在{}",
            "你在{}吗",
            "我不在{}",
            "我在{}有个朋友",
        ]
    ),
    st.sampled_from([PRIVATE, GROUP]),
)
def test_talk_of_a_place_is_no_statement(city: Place, form: str, setting: Setting) -> None:
    assert told(form.format(place_names.short(city.name)), setting)[0] == "none"


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(SOME),
    st.sampled_from(["confirm_place", "place_recorded"]),
    st.sampled_from(["不对，是{}", "错了，{}", "{}", "我说的是{}", "改成{}"]),
)
def test_a_correction_means_its_place(city: Place, context: str, form: str) -> None:
    assert told(form.format(place_names.short(city.name)), Setting(AT, context=context)) == ("correction", of(city))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SOME), st.integers(1, 12), st.integers(1, 28), st.integers(2, 11))
def test_a_departure_says_when_where_and_how_long(city: Place, month: int, day: int, months: int) -> None:
    name = place_names.short(city.name)
    intent, slots = told(f"{month}月{day}号去{name}务工{months}个月")
    year = 2026 if (month, day) >= (3, 10) else 2027
    assert intent == "departure_report"
    assert slots == of(city) | {"date_from": f"{year}-{month:02}-{day:02}", "duration_months": months, "reason": "务工"}


def test_the_order_of_candidates_follows_what_is_near() -> None:
    near = Setting(AT, near=(220100, 210000))
    assert told("我在朝阳", near)[1]["candidates"] == ["吉林省长春市朝阳区", "辽宁省朝阳市", "北京市朝阳区"]


def test_a_branch_has_its_own_words() -> None:
    own = Setting(AT, words={"老厂区": "东莞市"})
    assert told(own.spelt_out("我到老厂区了"), own) == ("location_update", {"city": "东莞市", "province": "广东省"})


@pytest.mark.parametrize("text", ["我在哈尔滨", "哈尔滨", "分布图", "李小山在哪", "我回来了", "明天去深圳", "我在北京吃饭", "深圳有几个人"])
def test_in_the_group_only_the_unmistakable_counts(text: str) -> None:
    assert told(text, GROUP)[0] == ("location_update" if text == "我在哈尔滨" else "none")


PIECES = [
    *"我在((，19十九a的回要就去嗯哪还",
    "到了",
    "不对,",
    "不是",
    "从北京",
    "北京",
    "吉林",
    "1.",
    "现在",
    "已经",
    "过年",
    "回来",
    "明天",
    "我们",
    "下周",
    "3月3日",
]
PIECES += [
    "三月三",
    "出去",
    "打工",
    "没变",
    "位置",
    "分布图",
    "看看",
    "有几面旗",
    "李小山",
    "在哪",
    "老地方",
    "公司把我",
    "昨天",
    "那个",
    "书记好",
    "报告",
]
PIECES += ["短信", "信号不好", "春节", "深圳南山", "dao ", "zai ", " le", "back ", "home ", "going to ", "i'm in ", "no, "]


def hostile() -> list[str]:
    chance = random.Random(5)
    texts = [(piece * 1000)[:length] for piece in PIECES for length in (38, 158, 1000)]
    for _ in range(40):
        some = "".join(chance.choice(PIECES) for _ in range(chance.randint(2, 6)))
        texts.append((some * 500)[: chance.choice((38, 60, 158, 1000))])
    return texts


def test_every_rule_reads_a_hostile_text() -> None:
    for text in hostile():
        said = Said(text, PRIVATE)
        assert len(said.words) + len(said.parts) >= 0
        for rule in RULES:
            found = rule.read(said)
            assert found is None or 0 < found.confidence <= 1, (rule.intent, text[:80])


@given(st.text() | st.text("我在到了从去回来北京南山朝阳，。 abcdefghi'现明天月日不对是哪", max_size=40))
def test_any_text_is_survived(text: str) -> None:
    for setting in (PRIVATE, GROUP, Setting(AT, context="confirm_place")):
        said = Said(text, setting)
        for rule in RULES:
            rule.read(said)

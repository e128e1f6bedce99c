import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.gazetteer import every
from bot.language.place_names import short
from bot.language.places import Level, Place, find, nearest, place

ALL = list(every().values())
PROVINCES = [each for each in ALL if each.code % 10000 == 0]
CITIES = [each for each in ALL if each.level is Level.CITY]
SAID_AS_CITY = {110000, 120000, 310000, 500000}


def fulls(words: str) -> list[str]:
    return [each.full for each in find(words)]


@pytest.mark.parametrize(
    ("words", "full"),
    [
        ("哈尔滨", "黑龙江省哈尔滨市"),
        ("哈尔滨市", "黑龙江省哈尔滨市"),
        ("哈市", "黑龙江省哈尔滨市"),
        ("乌市", "新疆维吾尔自治区乌鲁木齐市"),
        ("呼市", "内蒙古自治区呼和浩特市"),
        ("黔西南", "贵州省黔西南布依族苗族自治州"),
        ("黔西南州", "贵州省黔西南布依族苗族自治州"),
        ("延边", "吉林省延边朝鲜族自治州"),
        ("大理", "云南省大理白族自治州"),
        ("吉林市", "吉林省吉林市"),
        ("伊春", "黑龙江省伊春市"),
        ("西安", "陕西省西安市"),
        ("河南", "河南省"),
        ("北京", "北京市"),
        ("北京市北京市朝阳区", "北京市朝阳区"),
        ("北京朝阳", "北京市朝阳区"),
        ("辽宁朝阳", "辽宁省朝阳市"),
        ("辽宁省朝阳市朝阳县", "辽宁省朝阳市朝阳县"),
        ("黑龙江哈尔滨", "黑龙江省哈尔滨市"),
        ("深圳南山", "广东省深圳市南山区"),
        ("深圳，南山区", "广东省深圳市南山区"),
        ("广东深圳南山区粤海街道", "广东省深圳市南山区"),
        ("佛山罗村", "广东省佛山市南海区"),
        ("贵州省黔西南州兴义市桔山街道", "贵州省黔西南布依族苗族自治州兴义市"),
        ("中国北京", "北京市"),
        ("苏州工业园区", "江苏省苏州市苏州工业园区"),
        ("雄安新区", "河北省雄安新区"),
        ("济源", "河南省济源市"),
        ("单县", "山东省菏泽市单县"),
        ("臺北", "台湾省台北市"),
        ("香港", "香港特别行政区"),
        ("香港沙田", "香港特别行政区沙田区"),
        ("冰城", "黑龙江省哈尔滨市"),
        ("鹏城", "广东省深圳市"),
        ("羊城", "广东省广州市"),
        ("魔都", "上海市"),
        ("申城", "上海市"),
        ("帝都", "北京市"),
        ("蓉城", "四川省成都市"),
        ("山城", "重庆市"),
        ("江城", "湖北省武汉市"),
        ("春城", "云南省昆明市"),
        ("泉城", "山东省济南市"),
        ("沪", "上海市"),
        ("北京南站", "北京市"),
        ("哈尔滨西站", "黑龙江省哈尔滨市"),
        ("上海虹桥站", "上海市"),
        ("上海虹桥火车站", "上海市"),
        ("深圳宝安机场", "广东省深圳市"),
        ("haerbin", "黑龙江省哈尔滨市"),
        ("ha er bin", "黑龙江省哈尔滨市"),
        ("haerbing", "黑龙江省哈尔滨市"),
        ("哈尔冰", "黑龙江省哈尔滨市"),
        ("Shenzhen", "广东省深圳市"),
        ("Ｓｈｅｎｚｈｅｎ", "广东省深圳市"),
        ("Harbin", "黑龙江省哈尔滨市"),
        ("Harbin City", "黑龙江省哈尔滨市"),
        ("Hohhot", "内蒙古自治区呼和浩特市"),
        ("Urumqi", "新疆维吾尔自治区乌鲁木齐市"),
        ("Lhasa", "西藏自治区拉萨市"),
        ("Hong Kong", "香港特别行政区"),
        ("Macau", "澳门特别行政区"),
        ("Canton", "广东省广州市"),
        ("Xi'an", "陕西省西安市"),
        ("Shaanxi", "陕西省"),
        ("Inner Mongolia", "内蒙古自治区"),
        ("shenzhen nanshan", "广东省深圳市南山区"),
        ("Nanshan District, Shenzhen", "广东省深圳市南山区"),
        ("Wuhan, Hubei Province, China", "湖北省武汉市"),
    ],
)
def test_an_expression_means_exactly_one_place(words: str, full: str) -> None:
    assert fulls(words) == [full]


@pytest.mark.parametrize(
    ("words", "candidates"),
    [
        ("朝阳", {"北京市朝阳区", "辽宁省朝阳市", "吉林省长春市朝阳区"}),
        ("朝阳区", {"北京市朝阳区", "吉林省长春市朝阳区"}),
        ("南山", {"广东省深圳市南山区", "黑龙江省鹤岗市南山区"}),
        ("吉林", {"吉林省", "吉林省吉林市"}),
        ("海南", {"海南省", "青海省海南藏族自治州", "内蒙古自治区乌海市海南区"}),
        ("suzhou", {"江苏省苏州市", "安徽省宿州市"}),
        ("fuzhou", {"福建省福州市", "江西省抚州市"}),
        ("taizhou", {"江苏省泰州市", "浙江省台州市"}),
        ("yichun", {"黑龙江省伊春市", "江西省宜春市"}),
        ("shanxi", {"山西省", "陕西省"}),
        ("新竹", {"台湾省新竹市", "台湾省新竹县"}),
    ],
)
def test_an_ambiguous_expression_means_all_of_its_places(words: str, candidates: set[str]) -> None:
    found = find(words)
    assert {each.full for each in found} == candidates
    assert found == sorted(found, key=lambda each: each.level is Level.DISTRICT)


@pytest.mark.parametrize(
    "words",
    ["", " ", "家", "开会", "市辖区", "省直辖县级行政区划", "苏鲁交界", "海域", "南京路", "南京东路", "北京路步行街", "和平村",
        "长安三村", "中山公园", "a meeting",
     "tokyo", "china", "某某站", "站", "英雄路", "北" * 100, "深圳南山房价真高", "哈哈哈哈", "大家好啊", "an"],
)  # fmt: skip
def test_what_is_no_place_has_no_candidates(words: str) -> None:
    assert find(words) == []


def test_there_are_thirty_four_provinces() -> None:
    assert len(PROVINCES) == 34


@pytest.mark.parametrize("province", PROVINCES, ids=lambda each: each.name)
def test_every_province_is_found_by_its_names(province: Place) -> None:
    known = place(province.city_code) if province.code in SAID_AS_CITY else province
    assert find(province.name) == [known]
    assert known in find(province.short)


def test_every_city_is_found_by_its_names() -> None:
    for city in CITIES:
        assert find(city.name) == [city], city.name
        assert city in find(short(city.name)), city.name
        assert city in find(city.full), city.full


def test_every_district_is_found_by_its_whole_name() -> None:
    for each in ALL:
        if each.level is Level.DISTRICT:
            assert find(each.full) == [each], each.full
            assert each in find(each.name), each.full


def test_every_city_is_found_by_its_pinyin() -> None:
    for city in CITIES:
        assert city in find(city.latin), city.full


def test_readable_names_are_told_apart() -> None:
    known = [each for each in ALL if each.code not in SAID_AS_CITY]
    assert len({each.short for each in known}) == len(known)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (230100, "哈尔滨"), (440305, "深圳南山"), (110105, "北京朝阳"), (371722, "菏泽单县"), (430121, "长沙县"), (220000, "吉林"),
        (220200, "吉林市"),
        (632500, "海南州"), (522300, "黔西南"), (810114, "香港沙田"), (150000, "内蒙古"), (429004, "仙桃"),
    ],
)  # fmt: skip
def test_a_readable_name_is_short(code: int, name: str) -> None:
    assert place(code).short == name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (230100, "Harbin"), (500100, "Chongqing"), (350200, "Xiamen"), (220100, "Changchun"), (371722, "Shanxian"), (341500, "Lu'an"),
        (440113, "Panyu"),
        (440000, "Guangdong"), (610000, "Shaanxi"), (140000, "Shanxi"), (110100, "Beijing"), (810000, "Hong Kong"), (540100, "Lhasa"),
        (610100, "Xi'an"),
        (440305, "Nanshan"), (331000, "Taizhou"), (331100, "Lishui"), (340300, "Bengbu"), (130726, "Yuxian"), (510823, "Jiange"),
        (350100, "Fuzhou"), (350105, "Mawei"), (510682, "Shifang"),
    ],
)  # fmt: skip
def test_the_latin_name_has_the_reading_of_the_place(code: int, name: str) -> None:
    assert place(code).latin == name


def test_every_latin_name_is_plain() -> None:
    for each in ALL:
        assert each.latin.replace("'", "").replace(" ", "").replace("-", "").isalpha(), each.full
        assert each.latin.isascii(), each.full
        assert each.latin[0].isupper(), each.full


@pytest.mark.parametrize(
    ("code", "city", "province"),
    [(110105, 110100, 110000), (110100, 110100, 110000), (110000, 110100, 110000), (500229, 500100, 500000), (440305, 440300, 440000),
        (440000, 440000, 440000),
     (429004, 429004, 420000), (810114, 810000, 810000), (820000, 820000, 820000), (710601, 710600, 710000), (719001, 719001, 710000)],
)  # fmt: skip
def test_a_place_is_counted_under_its_city(code: int, city: int, province: int) -> None:
    assert place(code).city_code == city
    assert place(code).province_code == province


@pytest.mark.parametrize("code", [0, 1, 990000, 999900, 500200, 820010, 110199])
def test_what_is_no_place_has_no_code(code: int) -> None:
    with pytest.raises(KeyError):
        place(code)


@pytest.mark.parametrize(
    ("latitude", "longitude", "name"),
    [
        (45.8, 126.5, "哈尔滨"),
        (22.53, 114.05, "深圳"),
        (39.9, 116.4, "北京"),
        (22.3, 114.17, "香港"),
        (25.03, 121.55, "台北"),
        (29.65, 91.17, "拉萨"),
    ],
)
def test_the_nearest_city_comes_first(latitude: float, longitude: float, name: str) -> None:
    found = nearest(latitude, longitude)
    assert found[0].short == name
    assert len(found) == 3 or name == "拉萨"
    assert all(each.level is Level.CITY for each in found)


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(0, 0), (91, 0), (0, 181), (float("nan"), 100), (30, float("inf")), (51.5, -0.1), (10, 90)]
)
def test_far_from_every_city_there_is_none(latitude: float, longitude: float) -> None:
    assert nearest(latitude, longitude) == []


@given(st.floats(), st.floats(), st.integers(-1, 5))
def test_any_position_is_survived(latitude: float, longitude: float, count: int) -> None:
    assert len(nearest(latitude, longitude, count)) <= max(count, 0)


@given(st.sampled_from(CITIES), st.sampled_from(["{}", " {} ", "{}。", "中国{}", "\u200b{}", "{}！"]))
def test_dressing_changes_no_place(city: Place, form: str) -> None:
    assert find(form.format(city.full)) == [city]


@given(st.text() | st.text("北京南山朝阳区市县省路街道站州海西东吉林 abcdefghinousxz'", max_size=20))
def test_any_text_is_survived(text: str) -> None:
    found = find(text)
    assert len(set(found)) == len(found)

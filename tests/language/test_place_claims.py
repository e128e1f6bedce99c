import pytest

from bot import clock
from bot.language.place_claims import Claim, claim
from bot.language.rule import LIKELY, MAYBE, SURE
from bot.language.said import Said, Setting


def claimed(text: str) -> Claim | None:
    said = Said(text, Setting(clock.parsed("2026-03-10T09:00")))
    return claim(said.parts, said.words)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("我到哈尔滨了", SURE),
        ("在哈尔滨", LIKELY),
        ("我在哈尔滨，好多人啊这里", LIKELY),
        ("我在哈尔滨挖藕", MAYBE),
        ("在哈尔滨，好多人啊这里", MAYBE),
    ],
)
def test_the_plainer_the_surer(text: str, sure: float) -> None:
    found = claimed(text)
    assert found is not None
    assert found.sure == sure


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("到北京南站了，准备坐地铁去丰台", "北京市丰台区"),
        ("在深圳，深圳南山区", "广东省深圳市南山区"),
        ("我到深圳南山了，在深圳", "广东省深圳市南山区"),
        ("上个月还在广州，现在到佛山了", "广东省佛山市"),
        ("在外务工，福建晋江", "福建省泉州市晋江市"),
        ("我明天回广州，现在在佛山", "广东省佛山市"),
    ],
)
def test_the_clauses_of_a_message_are_read_together(text: str, full: str) -> None:
    found = claimed(text)
    assert found is not None
    assert [each.full for each in found.places] == [full]


@pytest.mark.parametrize(
    "text",
    [
        "我在哈尔滨，骗你的",
        "我在哈尔滨，要是真的就好了",
        "我要到哈尔滨",
        "我今天到哈尔滨",
        "我在哈尔滨" + "".join(map(str, range(90))),
        "公司搬到深圳了",
        "在外，谁在，福建",
    ],
)
def test_what_is_taken_back_or_to_come_is_no_claim(text: str) -> None:
    assert claimed(text) is None


def test_somebody_may_be_abroad() -> None:
    found = claimed("在外务工，日本大阪")
    assert found is not None
    assert found.abroad is not None
    assert (found.abroad.country, found.abroad.city) == ("日本", "大阪")

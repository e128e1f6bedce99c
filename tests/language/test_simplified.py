import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import clock
from bot.language.said import Said, Setting
from bot.language.simplified import simplified


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("簽到", "签到"), ("我們在廣東東莞", "我们在广东东莞"), ("黨費繳了嗎", "党费缴了吗"), ("臺州", "台州"), ("跟著孩子住著",
        "跟着孩子住着"),
        ("著名的名著", "著名的名著"), ("餅乾、乾杯", "饼干、干杯"), ("我在乾縣", "我在乾县"), ("乾隆", "乾隆"), ("回覆", "回复"), ("覆蓋",
        "覆盖"),
        ("瞭解了解", "了解了解"), ("瞭望", "瞭望"), ("以後", "以后"), ("皇后", "皇后"), ("頭髮發了", "头发发了"), ("麵條", "面条"),
        ("妳好", "你好"),
        ("慰藉", "慰藉"), ("藉口", "借口"),
    ],
)  # fmt: skip
def test_traditional_characters_are_read_as_simplified(written: str, read: str) -> None:
    assert simplified(written) == read


@given(st.text())
def test_every_character_stays_one_and_reading_twice_changes_nothing(text: str) -> None:
    once = simplified(text)
    assert len(once) == len(text)
    assert simplified(once) == once


def test_texts_and_addresses_stay_as_they_were_typed() -> None:
    said = Said("我提議修一條路", Setting(clock.parsed("2026-03-10T09:00")))
    assert said.line == "我提議修一條路"
    assert said.words == "我提议修一条路"

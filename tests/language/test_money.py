"""Amounts of money as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import money
from bot.language.money import ImpossibleAmount, Wrong


@pytest.mark.parametrize(
    ("words", "yuan"),
    [
        ("20", "20"),
        ("２０．５元", "20.5"),
        ("二十块五", "20.5"),
        ("三百二", "320"),
        ("1,000", "1000"),
        ("1.5万", "15000"),
        ("20块5毛", "20.5"),
        ("20块5毛3", "20.53"),
        ("20块 5 毛", "20.5"),
        ("20块5分", "20.05"),
        ("5毛", "0.5"),
        ("¥20", "20"),
        ("20 yuan", "20"),
        ("两百块", "200"),
        ("一千零五十", "1050"),
        ("三千五百块", "3500"),
        ("十五", "15"),
        ("20元整。", "20"),
        ("二十块零五毛", "20.5"),
        ("20元零5分", "20.05"),
        ("半块", "0.5"),
        ("两块半", "2.5"),
        ("三角五分", "0.35"),
        ("5分钱", "0.05"),
        ("贰拾元整", "20"),
        ("叁佰伍拾元", "350"),
        ("8k", "8000"),
        ("1.2W", "12000"),
        ("6千5", "6500"),
        ("1万2", "12000"),
        ("-20", "-20"),
        ("负二十", "-20"),
        ("0", "0"),
    ],
)
def test_a_text_that_is_an_amount_is_read(words: str, yuan: str) -> None:
    assert money.amount(words) == Decimal(yuan)


@pytest.mark.parametrize("words", ["", "你好", "3月", "20 30", "A12", "第3个", "三月", "十", "2026-03", "下午3点", "3个人", "10%"])
def test_what_is_no_amount_is_none(words: str) -> None:
    assert money.amount(words) is None


@pytest.mark.parametrize(
    ("words", "yuan"),
    [
        ("3月党费20已转", ["20"]),
        ("三月份党费二十块转过去了", ["20"]),
        ("老婆替我交的党费，25", ["25"]),
        ("自愿多交1500元党费", ["1500"]),
        ("税后六千党费多少", ["6000"]),
        ("退休金五千二要交多少", ["5200"]),
        ("已交 60 一月到三月", ["60"]),
        ("认捐 A12 100", ["100"]),
        ("一二三月一起交了60", ["60"]),
        ("20元3月", ["20"]),
        ("20元 3月", ["20"]),
        ("20元1、2月", ["20", "1"]),
        ("20元5毛 3月", ["20.5"]),
        ("2026-03 交20", ["20"]),
        ("3月交20 4月交30", ["20", "30"]),
        ("陆小山的", []),
        ("半块钱党费", ["0.5"]),
    ],
)
def test_amounts_are_found_in_sentences(words: str, yuan: list[str]) -> None:
    assert [each.yuan for each in money.amounts(words)] == [Decimal(each) for each in yuan]


@pytest.mark.parametrize(
    ("words", "why"),
    [("-20", Wrong.NEGATIVE), ("0", Wrong.ZERO), ("99999999999", Wrong.HUGE), ("20.555", Wrong.FRACTION), ("0.001", Wrong.FRACTION)],
)
def test_what_cannot_be_paid_is_refused_with_the_reason(words: str, why: Wrong) -> None:
    with pytest.raises(ImpossibleAmount) as refused:
        money.fen(words)
    assert refused.value.why is why


def test_words_that_are_no_number_are_no_amount() -> None:
    assert money.fen("好的") is None
    assert money.amounts("百千万") == []


@given(st.integers(1, money.LARGEST))
def test_fen_survive_being_written_and_read(value: int) -> None:
    assert money.fen(money.yuan(value)) == value


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert all(each.start < each.end for each in money.amounts(text))


@pytest.mark.parametrize("said", ["一十零元", "零十一", "我交了两十零块", "十十十元"])
def test_a_row_of_numerals_that_is_no_number_breaks_nothing(said: str) -> None:
    assert money.amount(said) is None

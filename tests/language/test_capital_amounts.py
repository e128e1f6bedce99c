import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.capital_amounts import GREATEST, SOURCE, amount_in_words


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        # the examples of the rule itself
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        # dues
        ("123.45", "壹佰贰拾叁元肆角伍分"),
        ("20.00", "贰拾元整"),
        ("10.00", "壹拾元整"),
        ("0.20", "贰角"),
        ("0.05", "伍分"),
        ("0.00", "零元整"),
        ("1.01", "壹元零壹分"),
        ("60.00", "陆拾元整"),
        # zeros, groups
        ("1000.00", "壹仟元整"),
        ("1001.00", "壹仟零壹元整"),
        ("1010.00", "壹仟零壹拾元整"),
        ("10000.00", "壹万元整"),
        ("100005.00", "壹拾万零伍元整"),
        ("200300.00", "贰拾万零叁佰元整"),
        ("100000000.00", "壹亿元整"),
        ("100005000.00", "壹亿零伍仟元整"),
        ("1000000000.08", "壹拾亿元零捌分"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_an_amount_is_written_as_the_rule_writes_it(yuan: str, words: str) -> None:
    assert amount_in_words(int(yuan.replace(".", ""))) == words


@pytest.mark.parametrize("fen", [-1, GREATEST + 1])
def test_what_has_no_numerals_is_refused(fen: int) -> None:
    with pytest.raises(ValueError, match="no capital numerals"):
        amount_in_words(fen)


def test_the_source_is_named() -> None:
    assert "支付结算办法" in SOURCE


def _read(words: str) -> int:
    """The amount in fen, read by a grammar of its own."""
    found = re.fullmatch("(?:(.+)元)?零?(?:(.)角)?零?(?:(.)分)?整?", words)
    assert found
    digits = "零壹贰叁肆伍陆柒捌玖"
    total = 0
    for group, weight in zip(re.fullmatch("(?:(.*)亿)?(?:(.*)万)?(.*)", found[1] or "").groups(), (10**8, 10**4, 1), strict=True):  # type: ignore[union-attr]
        for digit, unit in re.findall("([壹贰叁肆伍陆柒捌玖])([拾佰仟]?)", group or ""):
            total += digits.index(digit) * {"": 1, "拾": 10, "佰": 100, "仟": 1000}[unit] * weight
    return total * 100 + digits.index(found[2] or "零") * 10 + digits.index(found[3] or "零")


@given(st.integers(0, GREATEST) | st.integers(0, 10**7))
def test_every_amount_is_read_back_from_its_words(fen: int) -> None:
    words = amount_in_words(fen)
    assert _read(words) == fen
    assert "零零" not in words
    assert words.endswith(("整", "角", "分"))
    assert words.endswith("整") == (fen % 100 == 0)

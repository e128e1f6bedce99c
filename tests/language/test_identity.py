"""Numbers that are masked, and those that only look like them."""

import pytest

from bot.language.identity import CARD_MASK, ID_MASK, masked

ID, CARD = "11010519491231002X", "6222021234567890128"


@pytest.mark.parametrize(
    "words",
    [
        ID,
        ID.lower(),
        "110105 19491231 002X",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "110105-19491231-002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "440524188001010014",
        "110105491231002",
    ],
)
def test_an_identity_number_is_masked_however_it_is_written(words: str) -> None:
    found = masked(f"我的身份证{words}，麻烦登记")
    assert found.count == 1
    assert found.text == f"我的身份证{ID_MASK}，麻烦登记"


@pytest.mark.parametrize("words", ["6222021234567890128", "6222 0212 3456 7890 128", "4111-1111-1111-1111"])
def test_a_bank_card_is_masked(words: str) -> None:
    assert masked(f"卡号 {words} 谢谢").text == f"卡号 {CARD_MASK} 谢谢"


@pytest.mark.parametrize(
    "words",
    [
        "110105194912310021",
        "990105194912310026",
        "我的手机 13800001234，他的 13900001111",
        "13800001234 13900001111",
        "订单 20260310123456",
        "C12 60 一月到三月",
        "2026-03-10 09:30:00.123456",
        "6222021234567890127",
        "没有数字",
        "",
    ],
)
def test_other_numbers_are_left_alone(words: str) -> None:
    assert masked(words) == type(masked(""))(words, 0)


def test_several_are_all_masked() -> None:
    found = masked(f"{ID} 和 440524188001010014，卡 {CARD}")
    assert (found.count, "1949" in found.text, "4405" in found.text) == (3, False, False)


@pytest.mark.parametrize(
    "words",
    [
        "110105  19491231  002X",
        "110105\n19491231002X",
        "110105\u200b19491231002X",
        "110105,19491231002X",
        "11010519491231002Xabc",
        "11010519491231002X11010519491231002X",
        "110105 491231 002",
        "１１０１０５４９１２３１００２",
        "６２２２０２０２００００００００００６",
    ],
)
def test_signs_between_and_wide_digits_hide_no_number(words: str) -> None:
    found = masked(f"我的是{words}，谢谢")
    assert found.count >= 1
    assert not any(each.isdigit() for each in found.text)
    assert found.text.endswith("，谢谢")


@pytest.mark.parametrize(
    "words", ["13800138000 13900139000", "4200001234202611271234567890", "20261127153510123", "1,2,3,4,5,6,7,8,9,10,11,12,13,14"]
)
def test_telephones_receipts_and_lists_stay(words: str) -> None:
    assert masked(words).text == words

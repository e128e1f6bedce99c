"""What people look for in the library."""

import pytest

from bot.language.lesson_words import enough, heading, plain, terms


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("养猪", ["养猪"]),
        ("有没有养猪的课？", ["养猪"]),
        ("关于欠薪", ["欠薪"]),
        ("想学种食用菌", ["种食用菌"]),
        ("焊工 安全", ["焊工", "安全"]),
        ("Ｙａｎｇｚｈｕ", ["yangzhu"]),
        ("lessons about pigs", ["pigs"]),
        ("课程", []),
        ("？！", []),
        ("b", []),
    ],
)
def test_the_words_that_are_meant(said: str, whole: list[str]) -> None:
    assert [word for word, weight in terms(said).items() if weight > 1] == whole


def test_a_longer_word_is_looked_for_in_pairs_too() -> None:
    assert terms("食用菌") == {"食用菌": 4, "食用": 1, "用菌": 1}


def test_half_of_the_pairs_are_a_find_and_one_of_many_is_none() -> None:
    weights = terms("食用菌种植技术")
    assert enough(weights, 3)
    assert not enough(weights, 1)
    assert not enough(terms("养猪"), 1)


def test_a_title_is_found_by_its_sounds() -> None:
    assert "yangzhu xianfangbing yz xfb" in heading("养猪 先防病")
    assert plain("Ａ 养 猪！") == "a 养猪"

"""Telephones, days and words of the register, as people write them."""

from datetime import date

import pytest

from bot.language.register_values import Known, card, day, holds_identity_number, of_written, phone, relation

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("13800001234", "13800001234"),
        ("138 0000 1234", "13800001234"),
        ("138-0000-1234", "13800001234"),
        ("+86 138 0000 1234", "13800001234"),
        ("＋８６１３８００００１２３４", "13800001234"),
        ("008613800001234", "13800001234"),
        ("8613800001234", "13800001234"),
        ("0376-6612345", "0376-6612345"),
        ("(0376) 6612345", "0376-6612345"),
        ("010 61234567", "010-61234567"),
        ("+852 5123 4567", "+85251234567"),
        ("1380000123", None),
        ("138000012345", None),
        ("12800001234", None),
        ("明天再说", None),
        ("", None),
    ],
)
def test_a_telephone_has_one_spelling(words: str, number: str | None) -> None:
    assert phone(words) == number


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("2012年7月1日", "2012-07-01"),
        ("2012年7月1号", "2012-07-01"),
        ("二〇一二年七月一日", "2012-07-01"),
        ("2012.07.01", "2012-07-01"),
        ("2012/7/1", "2012-07-01"),
        ("20120701", "2012-07-01"),
        ("2012年7月", "2012-07"),
        ("2012-07", "2012-07"),
        ("2012.7", "2012-07"),
        ("2012年", "2012"),
        ("2012", "2012"),
        ("98年", "1998"),
        ("12年7月", "2012-07"),
        ("去年8月", "2025-08"),
        ("今年2月3号", "2026-02-03"),
        ("Jul 2012", "2012-07"),
        ("July 1, 2012", "2012-07-01"),
        ("1 July 2012", "2012-07-01"),
        ("昨天", "2026-03-09"),
        ("3月1号", "2026-03-01"),
        ("2012年13月", None),
        ("2012年2月30日", None),
        ("2012年0月", None),
        ("很久以前", None),
    ],
)
def test_a_day_is_known_as_exactly_as_it_was_said(words: str, known: str | None) -> None:
    found = day(words, TODAY)
    assert (found and found.written()) == known
    assert found is None or of_written(found.written()) == found


def test_a_year_stands_for_its_first_day_and_says_so() -> None:
    assert of_written("2012") == Known(date(2012, 1, 1), "year")


@pytest.mark.parametrize(
    ("words", "found"),
    [("411500199001011234", True), ("我的号 41150019900101123X 谢谢", True), ("13800001234", False), ("6222021234567890123", False)],
)
def test_a_number_of_an_identity_card_is_seen(words: str, found: bool) -> None:
    assert holds_identity_number(words) is found


@pytest.mark.parametrize(("words", "kept"), [("有", "held"), ("办了", "held"), ("没办", "none"), ("没有活动证", "none"), ("也许", None)])
def test_a_card_is_held_or_not(words: str, kept: str | None) -> None:
    assert card(words) == kept


@pytest.mark.parametrize(("words", "kept"), [("在本支部", "here"), ("正在转", "moving"), ("已转出", "elsewhere"), ("不好说", None)])
def test_where_the_membership_is(words: str, kept: str | None) -> None:
    assert relation(words) == kept

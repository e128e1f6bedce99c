"""Regular expressions that are compiled late do what `re`'s own do."""

import re

import pytest

from bot.patterns import Pattern

WORDS = "20元，再交30元"
EXPRESSION = "([0-9]+)元"


@pytest.mark.parametrize("method", ["search", "match", "fullmatch"])
@pytest.mark.parametrize("text", [WORDS, "20元", "没有"])
def test_what_is_looked_for_is_found_as_by_re(method, text):
    ours = Pattern(EXPRESSION)
    first, again, expected = (getattr(each, method)(text) for each in (ours, ours, re.compile(EXPRESSION)))
    assert [found and found.groups() for found in (first, again)] == [expected and expected.groups()] * 2


@pytest.mark.parametrize("method", ["findall", "split"])
def test_what_is_taken_apart_is_taken_apart_as_by_re(method):
    assert getattr(Pattern(EXPRESSION), method)(WORDS) == getattr(re.compile(EXPRESSION), method)(WORDS)


def test_what_is_replaced_and_what_is_gone_through_is_the_same():
    assert Pattern("[0-9]+").sub("几", WORDS) == "几元，再交几元"
    assert [found.group() for found in Pattern("[0-9]+").finditer(WORDS)] == ["20", "30"]


def test_flags_count_and_a_wrong_expression_is_told_at_its_first_use():
    assert Pattern("hello", re.IGNORECASE).fullmatch("HELLO")
    wrong = Pattern("(")
    with pytest.raises(re.error):
        wrong.search("")

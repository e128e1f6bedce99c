"""Agreements with hosts, as secretaries write them."""

from datetime import UTC, date, datetime

import pytest

from bot.language.agreements import logged, shared, sharing, terms

NOW = datetime(2026, 3, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "host", "since", "until", "months"),
    [
        ("佛山二小党支部 到2027年1月1日", "佛山二小党支部", None, date(2027, 1, 1), None),
        ("佛山 半年", "佛山", None, None, 6),
        ("和佛山石湾街道 从2026年3月1日起 两年", "佛山石湾街道", date(2026, 3, 1), None, 24),
        ("Foshan Street Office until 2027-01-01", "Foshan Street Office", None, date(2027, 1, 1), None),
        ("", "", None, None, None),
    ],
)
def test_terms(words: str, host: str, since: date | None, until: date | None, months: int | None) -> None:
    said = terms(words, NOW)
    assert (said.host, said.since, said.until, said.months, said.odd) == (host, since, until, months, "")


def test_what_looks_like_a_day_and_is_none_is_told() -> None:
    assert terms("佛山石湾街道 到 2027-02-30", NOW).odd == "2027-02-30"
    assert terms("佛山 到 2027-03-01 联系 0757-8800000", NOW).contact == "0757-8800000"


@pytest.mark.parametrize(
    ("words", "kind", "host", "day", "rest"),
    [
        ("佛山 困难党员互帮 3月5日 慰问两户", "help", "佛山", date(2026, 3, 5), "慰问两户"),
        ("佛山教育局 信息互通", "inform", "佛山教育局", None, ""),
        ("佛山 昨天 互培", "models", "佛山", date(2026, 3, 9), ""),
        ("Foshan rights", "rights", "Foshan", None, ""),
    ],
)
def test_one_of_the_six(words: str, kind: str, host: str, day: date | None, rest: str) -> None:
    found = logged(words, NOW)
    assert found is not None
    assert (found.kind, found.host, found.day, found.words) == (kind, host, day, rest)
    assert logged("佛山 吃饭", NOW) is None


def test_whose_data_go_to_whom() -> None:
    assert shared("李小山、周海 给 佛山") == (["李小山", "周海"], "佛山")
    assert shared("李小山") == (["李小山"], "")
    assert shared("123 给 佛山") is None
    assert shared("") is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("向佛山石湾街道提供李小山、周海的材料", "李小山、周海 给 佛山石湾街道"),
        ("把李小山的资料提供给佛山街道", "李小山 给 佛山街道"),
        ("share Li Xiaoshan's data with Foshan", "Li Xiaoshan 给 Foshan"),
        ("给困难群众提供帮助", None),
        ("把李小山的资料给我看看", None),
        ("把我的资料提供给佛山", None),
    ],
)
def test_a_sentence_asks_to_give_anothers_data(text: str, meant: str | None) -> None:
    assert sharing(text) == meant

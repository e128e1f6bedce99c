"""What people say about those who are lost."""

import pytest

from bot.language import seeking


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("我知道李小山在哪", "李小山"),
        ("我知道李小山同志现在在哪里，他在苏州打工", "李小山"),
        ("俺晓得周海的下落", "周海"),
        ("我能联系上陈立夏", "陈立夏"),
        ("我也知道陈立夏去哪了。", "陈立夏"),
        ("i know where Li Xiaoshan is", "Li Xiaoshan"),
        ("我知道了", None),
        ("我知道党费在哪交", None),
        ("我知道" + "在哪" * 60, None),
        ("我知道医院在哪", None),
        ("李小山在哪", None),
        ("你知道李小山在哪吗", None),
    ],
)
def test_whom_somebody_knows(said: str, name: str | None) -> None:
    assert seeking.known(said) == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("李小山", "李小山"),
        ("李小山同志", "李小山"),
        ("李小山，他在苏州", "李小山"),
        ("李小山在哪", "李小山"),
        ("李小山 在苏州", "李小山"),
        ("", ""),
    ],
)
def test_only_the_name_is_taken(words: str, name: str) -> None:
    assert seeking.only_name(words) == name


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("李小山 电话", ("李小山", "phone")),
        ("李小山，通过家人", ("李小山", "family")),
        ("微信 李小山", ("李小山", "message")),
        ("李小山 他在苏州厂里", ("李小山 他在苏州厂里", "other")),
        ("Li Xiaoshan phone", ("Li Xiaoshan", "phone")),
        ("", ("", "other")),
    ],
)
def test_a_name_and_the_kind_of_way(words: str, read: tuple[str, str]) -> None:
    assert seeking.name_and_way(words) == read


def test_a_willing_and_an_unwilling_answer() -> None:
    assert seeking.willing("愿意 k7m4 pqrt") == "k7m4pqrt"
    assert seeking.willing("愿意联系：K7M4PQRT") == "K7M4PQRT"
    assert seeking.willing("不愿意 K7M4PQRT") is None
    assert seeking.unwilling("不想联系 K7M4PQRT") == "K7M4PQRT"
    assert seeking.unwilling("不愿意") is None
    assert seeking.willing("愿意 K7M4") is None


def test_who_was_found_and_who_was_not() -> None:
    assert seeking.found("找到了 李小山 电话") == "李小山 电话"
    assert seeking.found("联系上了李小山同志") == "李小山同志"
    assert seeking.found("没找到 李小山") is None
    assert seeking.missed("没找到李小山 走访") == "李小山 走访"
    assert seeking.found("找到了,谢谢大家") is None
    assert seeking.found("找到了工作") is None


def test_who_takes_somebody() -> None:
    assert seeking.taking("我来找李小山") == "李小山"
    assert seeking.taking("我去联系一下周海吧") == "周海"
    assert seeking.taking("我来找工作的") is None

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.pinyin import readings, spelled


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("qiandao", "签到"), ("dang fei duo shao", "党费多少"), ("woyaoqingjia", "我要请假"), ("3yue dangfei", "3月党费"), ("dangfei多少",
        "党费多少"),
        ("20kuai", "20块"), ("qiān dào", "签到"), ("qian1 dao4", "签到"), ("wo zai haerbin", "我在哈尔滨市"), ("qiandao haerbin",
        "签到哈尔滨市"),
        ("wo dao fuzhou le", "我到fuzhou了"), ("wo wang le qiandao", "我忘了签到"), ("nǚ er shang xue", None),
    ],
)  # fmt: skip
def test_pinyin_is_read_as_the_words_it_spells(typed: str, read: str | None) -> None:
    assert spelled(typed) == read


@pytest.mark.parametrize(
    "typed", ["", "签到", "hello world", "he can", "i am in beijing", "mei le", "ok", "a", "你好hello", "dan fei", "x" * 100]
)
def test_what_is_no_pinyin_is_left_alone(typed: str) -> None:
    assert spelled(typed) is None


def test_characters_are_read_as_the_dictionary_reads_them() -> None:
    from pypinyin import lazy_pinyin

    for character in "签到党费平安收求助帮投票弃权赞成打卡报绿女中国行长重":
        plain = unicodedata.normalize("NFD", lazy_pinyin(character)[0].replace("ü", "v")).encode("ascii", "ignore").decode()
        assert plain in readings()[character]
    assert {"xing", "hang"} <= readings()["行"]
    assert len(readings()) == 6763


@given(st.text("adeiouqngshzwcy '签20", max_size=90))
def test_whatever_is_typed_is_read_or_left(typed: str) -> None:
    read = spelled(typed)
    assert read is None or read != typed

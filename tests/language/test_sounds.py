import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.sounds import syllables
from tests import pinyin_data


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("长安", "chang an"), ("成长", "cheng zhang"), ("银行", "yin hang"), ("行人", "xing ren"), ("女儿", "nv er"),
        ("重庆长安街", "chong qing chang an jie"), ("一", "yi"), ("李喆", "li zhe"), ("𠼞", "a"), ("", ""), ("ok", "ok"),
        ("长安街1号", "chang an jie 1 hao"), ("一叶扁", "yi ye bian"), ("\ufa20", "\ufa20"),
    ],
)  # fmt: skip
def test_words_are_read_as_the_dictionary_has_them_and_other_characters_as_usual(words: str, read: str) -> None:
    assert " ".join(syllables(words)) == read


def test_the_data_are_what_the_command_makes() -> None:
    made = pinyin_data.made(every=20)
    kept = {name: (pinyin_data.FOLDER / name).read_text(encoding="utf-8") for name in ("sounds.tsv", "words.txt")}
    assert set(made["words.txt"].splitlines()) <= set(kept["words.txt"].splitlines())
    sounds = dict(line.split("\t") for line in kept["sounds.tsv"].splitlines())
    assert all(
        set(characters) <= set(sounds[syllable]) for syllable, characters in (each.split("\t") for each in made["sounds.tsv"].splitlines())
    )
    assert [each.partition(" ")[0] for each in kept["words.txt"].splitlines()] == sorted(pinyin_data.words())


def test_pieces_of_words_one_after_the_other_are_read_as_pypinyin_reads_them() -> None:
    from pypinyin import lazy_pinyin

    chance = random.Random(6)
    words = (pinyin_data.FOLDER / "words.txt").read_text(encoding="utf-8").splitlines()
    told = [line.partition(" ")[0] for line in words if " " in line]
    for _ in range(3000):
        pieces = [chance.choice(chance.choice((words, told))).partition(" ")[0] for _ in range(3)]
        typed = chance.choice(("", "1", "·")).join(each[chance.randrange(2) : chance.randrange(2, 6)] for each in pieces)
        assert syllables(typed) == (lazy_pinyin(typed) if typed else [])


@given(st.text(st.sampled_from("长安行重庆乐a1 ·朝阳都\U0003134f"), max_size=12))
def test_nothing_is_lost(words: str) -> None:
    read = syllables(words)
    assert all(read)
    assert len(read) <= len(words)

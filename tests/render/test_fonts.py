import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given

from bot.render import fonts
from tests.render.hostile import hostile_words


@pytest.mark.parametrize("name", ["喆", "堃", "玥", "祎", "彧", "珺", "囍", "甪", "·"])
def test_the_signs_of_peoples_names_are_there(name: str) -> None:
    assert fonts.shown(name) == name


@pytest.mark.parametrize("sign", "✓○–…¥￥·“”《》①㎡→×")
def test_the_signs_of_tables_and_papers_are_there(sign: str) -> None:
    assert fonts.shown(sign) == sign


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("李\u200b小\u202e山", "李小山"),
        ("一\n二\t三", "一 二 三"),
        ("好😀", "好□"),
        ("a\x00b\x07", "ab"),
        ("\ud800", ""),
        ("e\u0301", "é"),
        ("✓\ufe0e", "✓"),
    ],
)
def test_what_cannot_be_drawn_is_left_out_or_seen_as_a_box(written: str, shown: str) -> None:
    assert fonts.shown(written) == shown


def test_the_licence_lies_beside_the_font() -> None:
    beside = {each.name for each in fonts.path().parent.iterdir()}
    assert {fonts.FILE, "wqy-microhei.copyright.txt", "wqy-microhei.Apache-2.0.txt"} <= beside


@given(hostile_words)
def test_whatever_is_shown_has_a_glyph_and_no_control_sign(words: str) -> None:
    for each in fonts.shown(words):
        assert ord(each) in fonts.glyphs()
        assert unicodedata.category(each) not in {"Cc", "Cf", "Cs"}


def test_a_start_of_the_bot_loads_no_library_of_pictures_and_papers() -> None:
    libraries = "{'PIL', 'fpdf', 'fontTools', 'xlsxwriter'}"
    code = f"import sys, bot.render.tables, bot.render.papers, bot.render.workbooks; print({libraries} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"

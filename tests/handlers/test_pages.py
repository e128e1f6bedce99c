"""下一页: long answers come in pages that fit a small phone, and nothing is lost between them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.commands import Pages
from bot.replies import split
from bot.texts import LIMIT, Language, Text, pieces, too_long

LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Zs", "Cc"]), min_size=1, max_size=300), max_size=20)


@given(LINES)
def test_pages_hold_every_character_and_none_is_too_long(lines: list[str]) -> None:
    rest = [Text(line, line * 2) for line in lines]
    shown = ""
    for _ in range(200):
        page, rest = split(Pages(Text("标题", "Heading"), rest))
        assert not too_long(page)
        shown += page.zh.removeprefix("标题").replace("\n", "")
        if not rest:
            break
    assert shown == "".join(lines)


@given(st.text(min_size=1, max_size=3000))
def test_a_long_text_is_cut_into_parts_that_fit(words: str) -> None:
    parts = pieces(Text.plain(words))
    assert all(len(part.zh) <= LIMIT[Language.ZH] for part in parts)
    assert "".join("".join(part.zh.split()) for part in parts) == "".join(words.split())

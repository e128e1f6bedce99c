"""What is said of importing."""

import pytest

from bot.language import import_words


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("全部", None),
        ("all", None),
        ("1-3 25", {1, 2, 3, 25}),
        ("第2行到第4行", {2, 3, 4}),
        ("二到四、九", {2, 3, 4, 9}),
        ("2,3，5", {2, 3, 5}),
    ],
)
def test_rows_are_read(words: str, rows: set[int] | None) -> None:
    assert import_words.rows(words) == rows


@pytest.mark.parametrize("words", ["", "明天", "5-2", "1-999999", "-3", "第行", "2-"])
def test_what_chooses_no_rows_is_no_choice(words: str) -> None:
    assert not import_words.is_choice(words)


@pytest.mark.parametrize("words", ["帮我导入名册", "我要导入党员名册", "怎么导入名册？", "批量导入党员", "import the members"])
def test_that_somebody_wants_to_import_is_understood(words: str) -> None:
    assert import_words.wanted(words) == ""


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("导入全部", "全部"),
        ("全部导入吧", "全部"),
        ("都导入", "全部"),
        ("导入第2到5行", "第2到5行"),
        ("import rows 2-5", "2-5"),
        ("导入 全部", "全部"),
    ],
)
def test_rows_in_a_sentence_are_found(words: str, rows: str) -> None:
    assert import_words.chosen(words) == rows


@pytest.mark.parametrize("words", ["撤销刚才的导入", "把导入撤了", "取消上次的导入", "undo the import", "撤回名册导入"])
def test_that_an_import_be_taken_back_is_understood(words: str) -> None:
    assert import_words.undone(words) == ""


@pytest.mark.parametrize("words", ["导入期的产品", "从国外导入的种子", "我明天导入不了", "全部的人都来了", "撤销", "名册"])
def test_other_talk_is_none_of_it(words: str) -> None:
    assert (import_words.wanted(words), import_words.chosen(words), import_words.undone(words)) == (None, None, None)

"""报平安 in one's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.well_being import fine

FINE = ["报平安，我很好", "今天平安", "平安，刚下夜班", "一切都好，签到", "签到！早上好", "簽到", "一切平安。", "平安 佛山这边下雨"]
TALK = ["", "！！", "你签到了吗", "签到签到天天签到烦死了", "今天没签到", "必须签到", "平安夜快乐", "祝大家平安", "谁还没报平安"]


@pytest.mark.parametrize("text", FINE)
def test_a_sentence_that_says_one_is_fine_is_a_check_in(text: str) -> None:
    assert fine(text) == ""


@pytest.mark.parametrize("text", [*TALK, "签到表发我一下", "平安，" + "长" * 40])
def test_talk_about_it_is_not(text: str) -> None:
    assert fine(text) is None


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    assert fine(text) in {None, ""}

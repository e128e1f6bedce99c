import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import clock
from bot.language.courtesies import without, without_hesitation
from bot.language.said import Setting
from bot.language.understanding import understand

HERE = Setting(clock.parsed("2026-03-10T09:00"))
GROUP = Setting(clock.parsed("2026-03-10T09:00"), in_group=True)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("你好，签到", "签到"), ("书记好，我来签到，谢谢", "我来签到"), ("周书记您好！党费怎么交，谢谢书记", "党费怎么交"),
        ("签到，辛苦各位了！", "签到"),
        ("Hello, check in, thank you very much", "check in"), ("麻烦问下，怎么转组织关系", "怎么转组织关系"), ("在吗？报平安", "报平安"),
    ],
)  # fmt: skip
def test_what_is_said_for_politeness_is_left_out(said: str, left: str) -> None:
    assert without(said) == left


def test_who_never_ends_greeting_is_read_to_a_point() -> None:
    assert without("你好，" * 9 + "签到" + "，谢谢" * 3) == "你好，" * 5 + "签到"
    assert without("签到。谢谢，麻烦了，辛苦了") == "签到"
    assert without("签到" + "，多谢" * 12) == "签到" + "，多谢" * 8


@pytest.mark.parametrize("said", ["谢谢", "你好", "签到", "大家，签到", "各位，开会了", "辛苦了", "好的", "", "谢谢你帮我签到", "你好吗"])
def test_courtesies_alone_and_calls_to_others_stay(said: str) -> None:
    assert without(said) is None


@pytest.mark.parametrize(
    ("spoken", "typed"),
    [
        ("嗯那个我来签到", "我来签到"), ("我那个被公司调走了", "我被公司调走了"), ("呃我在深圳", "我在深圳"), ("不好意思，签到", "签到"),
        ("在深圳搬砖哈哈哈", "在深圳搬砖"),
        ("好的，我参加", "我参加"),
    ],
)  # fmt: skip
def test_the_hesitation_of_speech_is_left_out(spoken: str, typed: str) -> None:
    assert without_hesitation(spoken) == typed


@pytest.mark.parametrize("spoken", ["签到", "嗯", "哈哈哈", "那个", ""])
def test_what_is_nothing_else_stays(spoken: str) -> None:
    assert without_hesitation(spoken) is None


@given(st.text("你好谢谢书记，,。! 签到嗯那个我hi", max_size=60))
def test_something_is_always_left(said: str) -> None:
    for left in (without(said), without_hesitation(said)):
        assert left is None or (left.strip() and len(left) < len(said))


@pytest.mark.parametrize("said", ["书记好，签到", "签到，谢谢大家", "嗯那个我签到", "周书记，报平安", "Hi, check in please"])
def test_a_polite_check_in_is_one(said: str) -> None:
    assert understand(said, HERE).intent == "checkin"


@pytest.mark.parametrize("said", ["大家，签到", "你好", "谢谢书记", "好的，谢谢", "哈哈哈，签到有什么用"])
def test_politeness_alone_is_no_request(said: str) -> None:
    assert understand(said, GROUP).intent == "none"

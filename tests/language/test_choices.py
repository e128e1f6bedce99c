import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.choices import ack_number, ack_numbers, choice, is_ack, is_heard, yes_no
from bot.language.numerals import number


@pytest.mark.parametrize(
    "typed",
    [
        "2",
        "２",
        "②",
        "二",
        "第二个",
        "第2个",
        "选2",
        "选择2",
        "2.",
        "（2）",
        "B",
        "Ｂ",
        "b",
        "选B",
        "2号",
        "第 2 个",
        "2️⃣",
        "option 2",
        "2。",
        "第二",
        "第２",
        "我选第二个",
        "就第二个吧",
        "应该是B吧",
        "后一个",
        "下面那个",
        "第二个地方",
        "2号那个",
        "B，谢谢",
        "the second one",
    ],
)
def test_the_second_of_four_is_chosen_in_many_ways(typed: str) -> None:
    assert choice(typed, 4) == 1


@pytest.mark.parametrize("typed", ["0", "5", "E", "", "好", "2个人去", "第二天", "12345", "不选2", "一二", "B座"])
def test_what_names_none_of_the_choices_is_no_choice(typed: str) -> None:
    assert choice(typed, 4) is None


@pytest.mark.parametrize(("typed", "chosen"), [("最后一个", 3), ("倒数第一个", 3), ("last", 3), ("前面那个", 0), ("the first", 0)])
def test_the_first_and_the_last_are_chosen_by_their_place(typed: str, chosen: int) -> None:
    assert choice(typed, 4) == chosen
    assert choice(typed, 0) is None


@given(st.integers(1, 99))
def test_every_digit_within_the_count_is_its_choice(chosen: int) -> None:
    assert choice(str(chosen), 99) == chosen - 1
    assert choice(str(chosen), chosen - 1) is None


@pytest.mark.parametrize(
    "typed",
    [
        "对",
        "是",
        "是的",
        "好",
        "好的",
        "嗯",
        "行",
        "可以",
        "同意",
        "确认",
        "ok",
        "OK！",
        "yes",
        "Y",
        "对。",
        "对对对",
        "嗯呢",
        "没错",
        "是这样",
        "对，没错",
        "好滴",
        "要得",
        "你说得对",
        "shide",
        "对的，谢谢",
    ],
)
def test_yes_is_yes(typed: str) -> None:
    assert yes_no(typed) is True


@pytest.mark.parametrize(
    "typed",
    [
        "不",
        "不是",
        "不对",
        "不用",
        "不要",
        "不同意",
        "算了",
        "取消",
        "no",
        "N",
        "ｎｏ",
        "不对不对",
        "都不是",
        "弄错了",
        "还没",
        "不，谢谢",
        "不是这个",
        "bushi",
    ],
)
def test_no_is_no(typed: str) -> None:
    assert yes_no(typed) is False


@pytest.mark.parametrize("typed", ["是南京", "好像不是", "", "对吗", "可以帮我吗"])
def test_anything_longer_is_neither_yes_nor_no(typed: str) -> None:
    assert yes_no(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "收到",
        "已收到",
        "收到了",
        "sd",
        "SD",
        "1",
        "+1",
        "１",
        "＋１",
        "已阅",
        "received",
        "Got it!",
        "好的收到👌",
        "收到。",
        "收到收到",
        "收道",
        "通知收到",
        "三组收到",
        "收到，辛苦书记了",
        "已收到，谢谢",
        "收到[抱拳]",
        "sd sd",
    ],
)
def test_an_acknowledgement_is_recognised(typed: str) -> None:
    assert is_ack(typed)


@pytest.mark.parametrize("typed", ["收到了吗", "没收到", "11", "收到20元", "谁收到了"])
def test_talk_about_receiving_is_no_acknowledgement(typed: str) -> None:
    assert not is_ack(typed)


@pytest.mark.parametrize("typed", ["好的", "知道了", "明白，马上办", "👌", "👍👍", "OK", "收到", "好的谢谢", "嗯嗯", "[OK]"])
def test_a_notice_is_heard_in_words_that_say_nothing_elsewhere(typed: str) -> None:
    assert is_heard(typed)


@pytest.mark.parametrize("typed", ["不知道", "好的吗", "书记", "😭", "", "知道谁去吗"])
def test_other_words_do_not_say_that_a_notice_was_heard(typed: str) -> None:
    assert not is_heard(typed)


@pytest.mark.parametrize(
    ("typed", "notice"),
    [
        ("收到 N3", 3),
        ("收到n12", 12),
        ("已收到，N3", 3),
        ("N3 收到", 3),
        ("received N7", 7),
        ("收到3号通知", 3),
        ("收到", None),
        ("收到20元", None),
    ],
)
def test_the_number_of_an_acknowledged_notice_is_read(typed: str, notice: int | None) -> None:
    assert ack_number(typed) == notice


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("收到 N8、N9", (8, 9)),
        ("收到N8，N9和N10", (8, 9, 10)),
        ("收到 8 9", (8, 9)),
        ("N8 N9 都收到", (8, 9)),
        ("received N8 and N9", (8, 9)),
        ("收到 N8 N8", (8,)),
        ("收到8、9号文件的照片", ()),
        ("收到20元和30元", ()),
    ],
)
def test_several_notices_are_acknowledged_at_once(typed: str, numbers: tuple[int, ...]) -> None:
    assert ack_numbers(typed) == numbers


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("九十九", 99),
        ("零五", 5),
        ("两", 2),
        ("八", 8),
        ("07", 7),
        ("五五", None),
        ("百", None),
        ("9" * 50, None),
    ],
)
def test_a_numeral_has_its_value(words: str, value: int | None) -> None:
    assert number(words) == value


@given(st.text(), st.integers(0, 30))
def test_any_text_is_survived(typed: str, count: int) -> None:
    chosen = choice(typed, count)
    assert chosen is None or 0 <= chosen < count
    yes_no(typed)
    is_ack(typed)
    is_heard(typed)
    ack_number(typed)
    number(typed)

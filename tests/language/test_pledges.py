"""What people type about the care fund."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import pledges
from bot.language.money import ImpossibleAmount


@pytest.mark.parametrize(
    ("text", "appeal", "general", "yuan", "rest"),
    [
        ("A12 100", 12, False, ["100"], ""),
        ("100 a12", 12, False, ["100"], ""),
        ("3000 A12 挂号和路费", 12, False, ["3000"], "挂号和路费"),
        ("爱心基金 50", None, True, ["50"], ""),
        ("从爱心基金里出 500 给 A3 慰问", 3, True, ["500"], "给 慰问"),
        ("A 7，２０．５元 匿名", 7, False, ["20.5"], ""),
        ("P7 60", None, False, ["60"], ""),
        ("一百块", None, False, ["100"], ""),
        ("", None, False, [], ""),
        ("x500 y", None, False, [], "x500 y"),
    ],
)
def test_numbers_of_appeals_are_no_amounts(text: str, appeal: int | None, general: bool, yuan: list[str], rest: str) -> None:
    read = pledges.read(text)
    assert (read.appeal, read.general, [str(each.yuan) for each in read.amounts], read.rest) == (appeal, general, yuan, rest)


def test_anonymous_is_heard() -> None:
    assert pledges.read("A1 5 匿名").anonymous
    assert pledges.read("A1 5 别写 不要写名字").anonymous
    assert not pledges.read("A1 5").anonymous


@pytest.mark.parametrize("text", ["我捐200", "我也捐两百块", "认捐100元", "我想捐50块钱", "献爱心20", "我捐A3 50", "捐了300吧"])
def test_sentences_that_give(text: str) -> None:
    assert (pledges.gives(text) is not None) == (text != "捐了300吧")


@pytest.mark.parametrize(
    "text", ["我捐过了", "捐款的事", "他捐200", "我捐了两次", "上次捐200的是谁", "我捐什么好", "捐", "党费200", "我捐200你捐多少", "x" * 50]
)
def test_sentences_that_do_not(text: str) -> None:
    assert pledges.gives(text) is None


@pytest.mark.parametrize("text", ["钱已经转给书记了", "钱转给组织委员了", "认捐的钱交给书记了", "我的钱都给书记了", "捐的钱已经转过去了"])
def test_money_that_was_handed_over(text: str) -> None:
    assert (pledges.has_moved(text) is not None) == (text != "我的钱都给书记了")


@pytest.mark.parametrize("text", ["钱包丢了", "转给书记看看", "书记说了", "钱的事再说", "党费交给书记了"])
def test_talk_of_money_that_is_not(text: str) -> None:
    assert pledges.has_moved(text) is None


@pytest.mark.parametrize(
    ("text", "asks"), [("爱心基金还有多少", True), ("爱心基金的余额？", True), ("爱心基金是什么", False), ("基金涨了", False)]
)
def test_asking_for_the_balance(text: str, asks: bool) -> None:
    assert (pledges.asks_balance(text) is not None) == asks


def test_numbers_by_their_letter() -> None:
    text = "A12 P7 B3"
    assert (pledges.appeal(text), pledges.pledge(text), pledges.payout(text)) == (12, 7, 3)
    assert pledges.after("B", "B3 组字1号") == "组字1号"
    assert pledges.pledge("7") is None


@pytest.mark.parametrize(
    ("words", "fen", "reason"),
    [
        ("P7 他多转了100元", None, "他多转了100元"),
        ("P7 6.60 多转了", 660, "多转了"),
        ("P7", None, ""),
        ("P7 20元，多转了 3 元", 2000, "多转了 3 元"),
    ],
)
def test_a_refund_has_an_amount_only_in_front(words: str, fen: int | None, reason: str) -> None:
    assert pledges.refund(words) == (fen, reason)


def test_an_impossible_refund_says_so() -> None:
    with pytest.raises(ImpossibleAmount):
        pledges.refund("P7 0 原因")


@pytest.mark.parametrize(
    ("words", "given"), [("认捐 A1 100", "A1 100"), ("捐了 50", "50"), ("gave A1 5", "A1 5"), ("捐过", None), ("联系过", None)]
)
def test_what_is_entered(words: str, given: str | None) -> None:
    assert pledges.entered_gift(words) == given


@given(st.text(max_size=80))
def test_any_text_is_only_text(text: str) -> None:
    read = pledges.read(text)
    assert all(each.start <= each.end for each in read.amounts)
    for function in (pledges.gives, pledges.has_moved, pledges.asks_balance, pledges.entered_gift):
        function(text)


@given(st.integers(1, 999_999), st.integers(1, 99_999))
def test_an_amount_beside_an_appeal_is_read_as_written(number: int, amount: int) -> None:
    for text in (f"A{number} {amount}", f"{amount} A{number}", f"{amount}元 a{number}"):
        read = pledges.read(text)
        assert (read.appeal, [each.fen for each in read.amounts]) == (number, [amount * 100])


def test_a_slip_somebody_named_and_money_handed_over_are_heard() -> None:
    corrected = pledges.corrected("打错了，是100")
    assert corrected is not None
    assert [pledges.corrected(text) for text in ("好的", "打错了，是吗")] == [None, None]
    assert (pledges.for_somebody("给吴芳"), pledges.for_somebody("")) == (True, False)
    assert (pledges.handed_to("我把钱给赵国强了"), pledges.handed_to("今天真冷"), pledges.handed_to("长" * 40)) == ("赵国强", None, None)

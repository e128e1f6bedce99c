"""Which lesson comes when."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.lesson_order import Stock, arranged, moved

DAY = date(2026, 3, 11)
DAYS = [DAY + timedelta(days=each) for each in range(6)]
SENT = datetime(2026, 3, 1, tzinfo=UTC)


def ids(stock: Stock, days: list[date] | None = None) -> str:
    return "".join(lesson for _, lesson in arranged(stock, DAYS if days is None else days))


def test_first_the_wish_then_the_queue_then_the_days_own_then_what_was_not_sent() -> None:
    assert ids(Stock("abcd")) == "abcdab"
    assert ids(Stock("abcd", queue="dx")) == "dabcda"
    assert ids(Stock("abcd", queue="d", wanted={DAY: "b"})) == "bdacbd"
    assert ids(Stock("abcd", dated={"d": DAYS[1]})) == "adbcad"
    assert ids(Stock("abcd", queue="c", dated={"d": DAY})) == "cabdca"


def test_a_dated_lesson_waits_for_its_day_and_is_not_lost_after_it() -> None:
    assert ids(Stock("dabc", dated={"d": DAYS[2]})) == "abdcab"
    assert ids(Stock("dab", dated={"d": DAY - timedelta(days=1)})) == "dabdab"


def test_what_was_sent_comes_again_after_everything_else_the_oldest_first() -> None:
    assert ids(Stock("abc", sent={"a": SENT + timedelta(days=1), "c": SENT})) == "bcabca"


def test_what_is_left_out_comes_only_when_it_is_wanted() -> None:
    assert ids(Stock("abc", left_out="b")) == "acacac"
    assert ids(Stock("abc", left_out="b", wanted={DAY: "b"})) == "bacaca"
    assert ids(Stock("a", left_out="a")) == ""
    assert ids(Stock("")) == ""
    assert ids(Stock("a", dated={"a": DAYS[5]})) == "a"


def test_moving() -> None:
    assert moved("abcd", 2, 0) == list("cabd")
    assert moved("abcd", 0, 3) == list("bcda")
    assert moved("abcd", 1, 1) == list("abcd")


@given(
    st.sets(st.text("abcdefgh", min_size=1, max_size=2), min_size=1),
    st.lists(st.text("abcdefgh", min_size=1, max_size=2)),
    st.integers(1, 30),
)
def test_nothing_comes_twice_before_everything_has_come(order: set[str], queue: list[str], count: int) -> None:
    listed = sorted(order)
    days = [DAY + timedelta(days=each) for each in range(count)]
    came = [lesson for _, lesson in arranged(Stock(listed, queue=queue), days)]
    assert len(came) == count
    for start in range(0, count - len(listed) + 1, len(listed)):
        assert set(came[start : start + len(listed)]) == order

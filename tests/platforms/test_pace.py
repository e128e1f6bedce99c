"""How fast one person may go on."""

from bot.platforms import pace
from bot.platforms.pace import Pace


def test_so_many_at_once_and_then_so_many_a_second() -> None:
    bucket = Pace(3, 0.5)
    assert [bucket.take("a", 0.0) for _ in range(4)] == [True, True, True, False]
    assert [bucket.take("b", 0.0), bucket.take("a", 1.9), bucket.take("a", 2.0), bucket.take("a", 2.1)] == [True, False, True, False]
    assert [bucket.take("a", 1000.0) for _ in range(4)] == [True, True, True, False]


def test_looking_takes_nothing() -> None:
    bucket = Pace(1, 1.0)
    assert [bucket.left("a", 0.0), bucket.left("a", 0.0), bucket.take("a", 0.0), bucket.left("a", 0.0)] == [True, True, True, False]


def test_strangers_do_not_fill_the_memory() -> None:
    bucket = Pace(1, 0.0)
    for number in range(pace.REMEMBERED + 5):
        assert bucket.take(number, 0.0)
    assert len(bucket._left) == pace.REMEMBERED
    assert not bucket.take(pace.REMEMBERED + 4, 0.0)

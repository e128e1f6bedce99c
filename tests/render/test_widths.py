import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.widths import fitted

_columns = st.lists(st.tuples(st.floats(1, 500), st.floats(1, 500)).map(sorted), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("wished", "least", "room", "widths"),
    [
        ([10, 30], [5, 10], 80, [20, 60]),
        ([10, 30], [5, 10], 40, [10, 30]),
        ([10, 30], [10, 10], 30, [10, 20]),
        ([10, 30], [8, 20], 20, [8, 20]),
        ([10, 30], [10, 30], 20, [10, 30]),
    ],
)
def test_columns_share_the_room(wished: list[float], least: list[float], room: float, widths: list[float]) -> None:
    assert fitted(wished, least, room) == pytest.approx(widths)


@given(_columns, st.floats(10, 2000))
def test_no_column_is_narrower_than_its_least_and_the_room_is_filled(columns: list[list[float]], room: float) -> None:
    least, wished = [each[0] for each in columns], [each[1] for each in columns]
    widths = fitted(wished, least, room)
    assert all(width >= small - 1e-6 for width, small in zip(widths, least, strict=True))
    assert sum(widths) == pytest.approx(max(room, sum(least)))

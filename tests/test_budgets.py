"""What a platform lets through, and that answers find room beside a lesson to thousands."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.budgets import Spending, open_to
from bot.messages import Budget, ChatKind
from storage.keys import ChatKey

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
BUDGET = Budget()
ACCOUNT = ("telegram", "main")


def _chat(number: int) -> ChatKey:
    return ChatKey(*ACCOUNT, str(number))


def _group_minute(spending: Spending, number: int) -> datetime:
    now = NOW
    for _ in range(number):
        spending.spend(_chat(1), ChatKind.GROUP, BUDGET, now)
        now += SECOND
    return now


def test_a_lesson_to_thousands_leaves_a_fifth_of_each_second_to_answers() -> None:
    spending = Spending()
    for number in range(24):
        free = 24 - number
        assert spending.room(ACCOUNT, BUDGET, NOW, unasked=True) == (free if free >= 12 else 0)
        spending.spend(_chat(number), ChatKind.PRIVATE, BUDGET, NOW, unasked=True)
    assert spending.ready_at(_chat(99), ChatKind.PRIVATE, BUDGET, NOW, marks=False, unasked=True) == NOW + SECOND
    assert spending.ready_at(_chat(99), ChatKind.PRIVATE, BUDGET, NOW, marks=False) == NOW
    assert spending.room(ACCOUNT, BUDGET, NOW, unasked=False) == 6


def test_a_full_second_is_free_again_after_it() -> None:
    spending = Spending()
    for number in range(30):
        spending.spend(_chat(number), ChatKind.PRIVATE, BUDGET, NOW)
    assert spending.room(ACCOUNT, BUDGET, NOW, unasked=False) == 0
    assert spending.next_free(ACCOUNT, BUDGET, NOW) == NOW + SECOND
    assert spending.room(ACCOUNT, BUDGET, NOW + SECOND, unasked=False) == 30


def test_what_nobody_asked_for_waits_for_room_for_several_and_half_a_second_at_most() -> None:
    spending = Spending()
    for number in range(24):
        at = NOW + timedelta(milliseconds=10 * number)
        spending.spend(_chat(number), ChatKind.PRIVATE, BUDGET, at, unasked=number == 0)
    now = NOW + SECOND
    assert spending.room(ACCOUNT, BUDGET, now, unasked=True) == 1  # its half second is over: whoever asks leaves it no more
    spending.spend(_chat(99), ChatKind.PRIVATE, BUDGET, now, unasked=True)
    later = now + timedelta(milliseconds=100)
    assert spending.room(ACCOUNT, BUDGET, later, unasked=True) == 0
    assert spending.next_free(ACCOUNT, BUDGET, later, unasked=True) == now + timedelta(milliseconds=120)
    assert spending.room(ACCOUNT, BUDGET, now + timedelta(milliseconds=120), unasked=True) == 12


def test_a_group_gets_sixteen_unasked_messages_a_minute_and_twenty_in_all() -> None:
    spending = Spending()
    now = _group_minute(spending, 16)
    assert spending.ready_at(_chat(1), ChatKind.GROUP, BUDGET, now, marks=False, unasked=True) == NOW + timedelta(minutes=1)
    assert spending.ready_at(_chat(1), ChatKind.GROUP, BUDGET, now, marks=False) == now
    full = Spending()
    now = _group_minute(full, 20)
    assert full.ready_at(_chat(1), ChatKind.GROUP, BUDGET, now, marks=False) == NOW + timedelta(minutes=1)
    assert full.resting(now) == {_chat(1): NOW + timedelta(minutes=1)}


def test_a_chat_rests_a_second_after_a_message_and_marks_do_not_mind() -> None:
    spending = Spending()
    spending.spend(_chat(1), ChatKind.PRIVATE, BUDGET, NOW)
    assert spending.resting(NOW) == {_chat(1): NOW + SECOND}
    assert spending.ready_at(_chat(1), ChatKind.PRIVATE, BUDGET, NOW, marks=True) == NOW
    assert spending.resting(NOW + SECOND) == {}


def test_no_more_is_put_off_than_may_go_and_an_answer_does_not_mind() -> None:
    spending, budget = Spending(), Budget(all_per_second=3)
    for number in range(3):
        assert spending.room(ACCOUNT, budget, NOW, unasked=True) == 3 - number
        spending.put_off(ACCOUNT, NOW + SECOND * (number + 1))
    assert spending.room(ACCOUNT, budget, NOW, unasked=True) == 0
    assert spending.room(ACCOUNT, budget, NOW, unasked=False) == 3
    assert spending.next_free(ACCOUNT, budget, NOW, unasked=True) == NOW + SECOND
    assert spending.room(ACCOUNT, budget, NOW + SECOND, unasked=True) == 1
    spending.set_back(NOW + SECOND, NOW)
    assert spending.next_free(ACCOUNT, budget, NOW, unasked=True) == NOW
    assert spending.room(ACCOUNT, budget, NOW + SECOND, unasked=True) == 2


def test_what_a_platform_lets_in_nowhere_has_cost_nothing() -> None:
    spending = Spending()
    hourly = Budget(chat_per_hour=2)
    spending.spend(_chat(1), ChatKind.GROUP, hourly, NOW)
    later = NOW + SECOND
    for _ in range(50):
        assert spending.ready_at(_chat(1), ChatKind.GROUP, hourly, later, marks=False) == later
        at = spending.spend(_chat(1), ChatKind.GROUP, hourly, later)
        assert spending.resting(later) == {_chat(1): NOW + timedelta(hours=1)}
        spending.spared(_chat(1), ChatKind.GROUP, hourly, at)
        assert spending.resting(later) == {}
    assert spending.room(ACCOUNT, BUDGET, later, unasked=False) == 30
    for _ in range(2):
        spending.spared(_chat(1), ChatKind.GROUP, hourly, NOW)
    at = spending.spend(_chat(2), ChatKind.GROUP, hourly, later)
    spending.block(_chat(2), later + timedelta(seconds=9))
    spending.spared(_chat(2), ChatKind.GROUP, hourly, at)
    assert spending.resting(later) == {_chat(2): later + timedelta(seconds=9)}


def test_who_cost_nothing_takes_back_no_more_than_its_own() -> None:
    spending, minute = Spending(), Budget(group_per_minute=2, all_per_second=3)
    turned_away = spending.spend(_chat(1), ChatKind.GROUP, minute, NOW)
    spending.spend(_chat(2), ChatKind.GROUP, minute, NOW + SECOND / 2)
    spending.spend(_chat(1), ChatKind.GROUP, minute, NOW + SECOND)
    spending.spared(_chat(1), ChatKind.GROUP, minute, turned_away)
    later = NOW + SECOND * 1.2
    assert spending.room(ACCOUNT, minute, later, unasked=False) == 1, "the two that went lie within this second"
    assert spending.resting(later)[_chat(1)] == NOW + SECOND * 2
    spending.spend(_chat(1), ChatKind.GROUP, minute, NOW + SECOND * 2)
    assert spending.resting(NOW + SECOND * 2)[_chat(1)] == NOW + SECOND * 61


def test_a_chat_that_is_asked_to_wait_rests_and_an_account_has_no_room() -> None:
    spending = Spending()
    spending.block(_chat(1), NOW + SECOND * 30)
    assert spending.resting(NOW) == {_chat(1): NOW + SECOND * 30}
    assert spending.room(ACCOUNT, BUDGET, NOW, unasked=False) == 30
    spending.block(ACCOUNT, NOW + SECOND * 5)
    assert spending.room(ACCOUNT, BUDGET, NOW, unasked=False) == 0
    assert spending.next_free(ACCOUNT, BUDGET, NOW) == NOW + SECOND * 5
    assert spending.ready_at(_chat(2), ChatKind.PRIVATE, BUDGET, NOW, marks=True) == NOW + SECOND * 5


def test_a_clock_that_is_set_back_takes_what_is_noted_with_it() -> None:
    spending = Spending()
    spending.spend(_chat(1), ChatKind.PRIVATE, BUDGET, NOW)
    spending.block(_chat(2), NOW + SECOND * 30)
    earlier = NOW - timedelta(hours=1)
    spending.set_back(NOW, earlier)
    assert spending.resting(earlier) == {_chat(1): earlier + SECOND, _chat(2): earlier + SECOND * 30}
    spending.spend(_chat(3), ChatKind.PRIVATE, BUDGET, earlier)
    assert spending.resting(earlier)[_chat(3)] == earlier + SECOND


def test_who_read_the_clock_before_its_neighbours_is_counted_with_them() -> None:
    spending, late = Spending(), NOW + SECOND * 90
    spending.spend(_chat(1), ChatKind.GROUP, BUDGET, late)
    spending.spend(_chat(2), ChatKind.GROUP, BUDGET, NOW)
    spending.spend(_chat(1), ChatKind.GROUP, BUDGET, NOW)
    spending.spend(_chat(3), ChatKind.GROUP, BUDGET, late)
    assert spending.room(ACCOUNT, BUDGET, late, unasked=False) == BUDGET.all_per_second - 4
    assert spending.resting(late) == {_chat(number): late + SECOND for number in (1, 2, 3)}
    looked = late + SECOND * 5
    assert spending.room(ACCOUNT, BUDGET, looked, unasked=False) == BUDGET.all_per_second
    spending.spend(_chat(2), ChatKind.GROUP, BUDGET, late)
    assert spending.room(ACCOUNT, BUDGET, looked, unasked=False) == BUDGET.all_per_second - 1


def test_chats_that_got_nothing_for_a_minute_are_not_kept() -> None:
    spending = Spending()
    for number in range(50):
        spending.spend(_chat(number), ChatKind.PRIVATE, BUDGET, NOW + SECOND * number)
    spending.spend(_chat(0), ChatKind.PRIVATE, BUDGET, NOW + SECOND * 100)
    assert len(spending._by_chat) == 11


def test_an_account_has_a_minute_where_the_platform_counts_it_and_a_fifth_of_it_is_for_answers() -> None:
    spending, budget, now = Spending(), Budget(all_per_second=3, all_per_minute=60), NOW
    for number in range(48):
        assert spending.room(ACCOUNT, budget, now, unasked=True) > 0
        spending.spend(_chat(number), ChatKind.PRIVATE, budget, now, unasked=True)
        now += SECOND / 2
    assert spending.room(ACCOUNT, budget, now, unasked=True) == 0
    assert spending.next_free(ACCOUNT, budget, now, unasked=True) == NOW + timedelta(minutes=1)
    assert spending.ready_at(_chat(99), ChatKind.PRIVATE, budget, now, marks=False, unasked=True) == NOW + timedelta(minutes=1)
    for number in range(12):
        assert spending.room(ACCOUNT, budget, now, unasked=False) > 0
        assert spending.ready_at(_chat(50 + number), ChatKind.PRIVATE, budget, now, marks=False) == now
        last = spending.spend(_chat(50 + number), ChatKind.PRIVATE, budget, now)
        now += SECOND / 2
    assert spending.room(ACCOUNT, budget, now, unasked=False) == 0
    assert spending.next_free(ACCOUNT, budget, now) == NOW + timedelta(minutes=1)
    spending.spared(_chat(61), ChatKind.PRIVATE, budget, last)
    assert spending.room(ACCOUNT, budget, now, unasked=False) == 1
    spending.set_back(now, now - SECOND * 9)
    assert spending.next_free(ACCOUNT, budget, now - SECOND * 9, unasked=True) == NOW + SECOND * 56.5, (
        "the unasked wait until 47 of the minute are left"
    )
    spending.forget([ACCOUNT])
    assert spending.room(ACCOUNT, budget, now, unasked=True) == 3


def test_what_a_platform_asked_for_is_forgotten_when_it_is_over() -> None:
    spending = Spending()
    for number in range(50):
        spending.block(_chat(number), NOW + SECOND * number)
    spending.resting(NOW + SECOND * 40)
    assert len(spending._blocked) == 9


def test_a_private_chat_has_a_minute_where_the_platform_counts_it() -> None:
    budget, spending, now = Budget(private_per_minute=10), Spending(), NOW
    for _ in range(8):
        spending.spend(_chat(1), ChatKind.PRIVATE, budget, now)
        now += SECOND
    assert spending.ready_at(_chat(1), ChatKind.PRIVATE, budget, now, marks=False, unasked=True) == NOW + timedelta(minutes=1)
    assert spending.ready_at(_chat(1), ChatKind.PRIVATE, budget, now, marks=False) == now
    for _ in range(2):
        spending.spend(_chat(1), ChatKind.PRIVATE, budget, now)
        now += SECOND
    assert spending.resting(now) == {_chat(1): NOW + timedelta(minutes=1)}
    assert spending.ready_at(_chat(1), ChatKind.PRIVATE, BUDGET, now, marks=False) == now


def test_a_chat_has_an_hour_where_the_platform_counts_it_and_the_clock_may_be_set_back() -> None:
    budget, spending = Budget(chat_per_hour=5), Spending()
    for number in range(4):
        spending.spend(_chat(1), ChatKind.GROUP, budget, NOW + timedelta(minutes=10 * number))
    now = NOW + timedelta(minutes=40)
    assert spending.ready_at(_chat(1), ChatKind.GROUP, budget, now, marks=False, unasked=True) == NOW + timedelta(hours=1)
    spending.spend(_chat(1), ChatKind.GROUP, budget, now)
    assert spending.ready_at(_chat(1), ChatKind.GROUP, budget, now + SECOND, marks=False) == NOW + timedelta(hours=1)
    earlier = NOW - timedelta(days=1)
    spending.set_back(now, earlier)
    assert spending.ready_at(_chat(1), ChatKind.GROUP, budget, earlier, marks=False) == earlier + timedelta(minutes=20)


def test_of_an_hour_no_more_is_kept_than_was_sent_in_it_and_nothing_where_nobody_counts_it() -> None:
    spending, budget = Spending(), Budget(chat_per_hour=1000)
    for number in range(200):
        spending.spend(_chat(number % 50), ChatKind.PRIVATE, budget, NOW + timedelta(minutes=number))
        spending.spend(ChatKey("other", "main", "1"), ChatKind.PRIVATE, BUDGET, NOW + timedelta(minutes=number))
    assert len(spending._by_hour) == 50
    assert all(each[-1] - each[0] <= timedelta(hours=1) for each in spending._by_hour.values())
    assert len(spending._by_chat) == 3
    assert all(chat.platform == "telegram" for chat in spending._by_hour)


moments = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 3), st.booleans(), st.booleans()), max_size=60)


@settings(max_examples=40)
@given(moments)
def test_no_second_and_no_minute_ever_holds_more_than_the_budget(wishes: list[tuple[int, int, bool, bool]]) -> None:
    spending, budget = Spending(), Budget(chat_per_second=1, group_per_minute=4, all_per_second=5)
    sent: list[tuple[datetime, int, bool]] = []
    now = NOW
    for step, chat, group, unasked in wishes:
        kind = ChatKind.GROUP if group else ChatKind.PRIVATE
        number = chat + 10 * group
        now = max(now + timedelta(milliseconds=step), now)
        if spending.ready_at(_chat(number), kind, budget, now, marks=False, unasked=unasked) <= now:
            spending.spend(_chat(number), kind, budget, now)
            sent.append((now, number, unasked))
            second = [each for each in sent if each[0] > now - SECOND]
            assert len(second) <= (4 if unasked else 5)
            assert sum(each[1] == number for each in second) == 1
            assert sum(each[1] == number and each[0] > now - timedelta(minutes=1) for each in sent) <= (4 if group else 60)


steps = st.lists(
    st.tuples(st.sampled_from([0, 400, 1_000, 7_000, 61_000, 900_000]), st.integers(0, 2), st.booleans(), st.booleans()), max_size=80
)


@settings(max_examples=60)
@given(steps)
def test_no_second_minute_or_hour_of_a_chat_ever_holds_more_than_the_budget(wishes: list[tuple[int, int, bool, bool]]) -> None:
    budget = Budget(chat_per_second=2, group_per_minute=6, all_per_second=5, private_per_minute=5, chat_per_hour=10)
    spending, sent, now = Spending(), list[tuple[datetime, int]](), NOW
    for step, chat, group, unasked in wishes:
        kind = ChatKind.GROUP if group else ChatKind.PRIVATE
        number = chat + 10 * group
        now += timedelta(milliseconds=step)
        ready = spending.ready_at(_chat(number), kind, budget, now, marks=False, unasked=unasked)
        if unasked and ready > now:  # what waits for its moment goes at it, and not sooner
            now = ready
            assert spending.ready_at(_chat(number), kind, budget, now, marks=False, unasked=unasked) == now
        elif ready > now:
            continue
        spending.spend(_chat(number), kind, budget, now, unasked=unasked)
        sent.append((now, number))
        minute = budget.group_per_minute if group else budget.private_per_minute or 0
        limits = ((SECOND, 2), (timedelta(minutes=1), minute), (timedelta(hours=1), 10))
        for span, most in limits:
            assert sum(each == number and at > now - span for at, each in sent) <= open_to(most, unasked=unasked)
        assert sum(at > now - SECOND for at, _ in sent) <= 5

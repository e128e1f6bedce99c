"""In the morning of the day: where somebody goes becomes where they are; who would not move their membership is asked once more."""

from datetime import UTC, datetime

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

WHO = "周海"


async def _in_the_morning_of(chat: Dialogue, month: int, day: int) -> str:
    chat.now = datetime(2026, month, day, 1, 10, tzinfo=UTC)
    return "\n".join(chat.to(WHO, await chat.pass_time(minutes=1)))


async def _leaves(chat: Dialogue, **values: object) -> None:
    async def add(work: UnitOfWork) -> None:
        work.departures.add(chat.members[WHO], state="kept", **values)

    await chat.in_branch(add)


async def _city(chat: Dialogue) -> int | None:
    async def look(work: UnitOfWork) -> int | None:
        kept = await work.places.get(chat.members[WHO])
        return kept.code if kept else None

    found: int | None = await chat.in_branch(look)
    return found


async def test_the_city_is_kept_on_the_day_and_only_with_consent(chat: Dialogue) -> None:
    await _leaves(chat, place=510100, leave_on=datetime(2026, 3, 13, tzinfo=UTC).date())
    await _in_the_morning_of(chat, 3, 13)
    assert await _city(chat) is None
    await chat.private(WHO, "同意记位置")
    await _in_the_morning_of(chat, 3, 14)
    assert await _city(chat) == 510100


async def test_before_the_day_nothing_is_kept_and_a_day_without_the_program_is_made_up_for(chat: Dialogue) -> None:
    await chat.private(WHO, "同意记位置")
    await _leaves(chat, place=510100, leave_on=datetime(2026, 3, 14, tzinfo=UTC).date())
    await _in_the_morning_of(chat, 3, 13)
    assert await _city(chat) is None
    await _in_the_morning_of(chat, 3, 16)
    assert await _city(chat) == 510100


async def test_their_own_word_of_the_day_goes_before_it(chat: Dialogue) -> None:
    await chat.private(WHO, "同意记位置")
    await _leaves(chat, place=510100, leave_on=datetime(2026, 3, 12, tzinfo=UTC).date())
    chat.now = datetime(2026, 3, 12, 0, 30, tzinfo=UTC)
    await chat.private(WHO, "我在哈尔滨")
    await _in_the_morning_of(chat, 3, 12)
    assert await _city(chat) == 230100


async def test_who_is_back_or_not_so_long_away_is_not_asked(chat: Dialogue) -> None:
    march = datetime(2026, 3, 12, tzinfo=UTC).date()
    await _leaves(chat, leave_on=march, until=datetime(2026, 4, 12, tzinfo=UTC).date(), ask_on=march)
    assert "转过去" not in await _in_the_morning_of(chat, 3, 12)
    await _leaves(chat, leave_on=march, lasting=True, ask_on=datetime(2026, 3, 13, tzinfo=UTC).date())
    assert "转过去" in await _in_the_morning_of(chat, 3, 13)
    assert "转过去" not in await _in_the_morning_of(chat, 3, 14)

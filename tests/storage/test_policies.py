"""What a branch decided: the newest that has taken effect holds, and all of it stays readable."""

from datetime import date

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue


async def test_the_newest_decision_that_has_taken_effect_holds(chat: Dialogue) -> None:
    async def decide(work: UnitOfWork) -> None:
        work.policies.put("dues_day", 10, effective_from=date(2026, 1, 1), reason="as usual")
        work.policies.put("dues_day", 15, effective_from=date(2026, 4, 1), reason="market day", set_by=chat.members["王秀英"])

    await chat.in_branch(decide)

    async def look(work: UnitOfWork) -> None:
        assert await work.policies.get("dues_day", date(2025, 12, 31)) is None
        march, april = await work.policies.get("dues_day", date(2026, 3, 31)), await work.policies.get("dues_day", date(2026, 4, 1))
        assert march is not None
        assert april is not None
        assert (march.value, april.value, april.reason) == (10, 15, "market day")
        assert [each.value for each in await work.policies.history("dues_day")] == [10, 15]

    await chat.in_branch(look)

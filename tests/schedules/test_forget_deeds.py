"""What can no longer be undone is forgotten."""

from sqlalchemy import func, select

from storage.tables import deed
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue


async def _deeds(work: UnitOfWork) -> int:
    return int((await work.rows(select(func.count()).select_from(deed)))[0][0])


async def test_deeds_live_ten_minutes_and_not_much_longer(chat: Dialogue) -> None:
    await chat.private("李小山", "签到")
    await chat.pass_time(minutes=9)
    assert await chat.run(_deeds) == 1
    await chat.pass_time(minutes=11)
    assert await chat.run(_deeds) == 0

"""Reading lessons in tests, without going through their pages."""

from bot.services import studies
from bot.services.people import actor_of
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue


async def read(chat: Dialogue, person: str, *lessons: str, done: bool = False) -> None:
    """Somebody reads lessons, one after the other, perhaps to the end."""

    async def reading(work: UnitOfWork) -> None:
        member = await work.members.get(chat.members[person])
        assert member is not None
        for lesson in lessons:
            await studies.short(work, actor_of(member), lesson)
            if done:
                await studies.done(work, actor_of(member), lesson)

    await chat.in_branch(reading)


async def ask_again(chat: Dialogue, person: str) -> None:
    """Nothing is asked of somebody any more."""
    await chat.in_branch(lambda work: work.questions.drop_for(chat.members[person]))

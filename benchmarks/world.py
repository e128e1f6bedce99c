"""An invented world of any size: branches, their members, a Telegram group each. Nothing of it is anybody."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.engine import make_url

from bot.services import deployment, lesson_files
from bot.services.library import put
from storage import migrations, server
from storage.database import Database
from storage.keys import AccountKey, BranchId, ChatKey
from storage.lessons import FINGERPRINT
from storage.tables import account, branch, chat, member, role
from storage.unit_of_work import UnitOfWork

FIRST_GROUP = -1_000_000_000_001
FIRST_PERSON = 10_001
AT_ONCE = 5_000
"""Rows that are filled in by one transaction."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member as Telegram sees them."""

    user_id: int
    group_id: int


@dataclass(frozen=True, slots=True)
class Place:
    """A platform and an account of the bot there, and how the product names the chats of it."""

    platform: str
    instance: str
    group: Callable[[int], str]
    private: Callable[[int], str]


TELEGRAM = Place("telegram", "main", str, str)


@dataclass(frozen=True, slots=True)
class World:
    """`groups` branches with a group each; the people are spread over them in turn, so that neighbours are of different branches."""

    groups: int
    people: int

    def person(self, number: int) -> Person:
        """The person of a number, from 0."""
        return Person(FIRST_PERSON + number, FIRST_GROUP - number % self.groups)

    def everybody(self) -> Iterator[Person]:
        """All of them."""
        return map(self.person, range(self.people))

    def branch_of(self, number: int) -> int:
        """The id of the branch of a group's number."""
        return 1_000_001 + number


def chat_key(chat_id: int, place: Place = TELEGRAM) -> ChatKey:
    """A group as the product names it."""
    return ChatKey(place.platform, place.instance, place.group(chat_id))


async def build(url: str, world: World, *, place: Place = TELEGRAM, with_lessons: bool = False) -> None:
    """Make the tables and the people, all of whom were introduced long ago; and the library, as a first start does."""
    await asyncio.to_thread(migrations.upgrade, make_url(url))
    long_ago = datetime.now(UTC) - timedelta(days=30)
    database = Database(url, lambda: long_ago)
    await database.start()
    try:
        await database.run(deployment.remember, language="zh", operator="", abroad_is_own_choice=True)
        for first in range(0, world.groups, AT_ONCE):
            await database.run(_branches, world, place, range(first, min(world.groups, first + AT_ONCE)))
        for first in range(0, world.people, AT_ONCE):
            await database.run(_members, world, place, range(first, min(world.people, first + AT_ONCE)))
        if with_lessons and (library := lesson_files.read("lessons")) is not None:
            await database.run(_shelve, library)
    finally:
        await database.stop()
    await asyncio.to_thread(server.count, database.url)


async def _branches(work: UnitOfWork, world: World, place: Place, numbers: range) -> None:
    for number in numbers:
        work.insert(branch, id=world.branch_of(number), name=f"第{number + 1}支部", latin=f"Branch {number + 1}", created_at=work.now)
    for number in numbers:
        key = chat_key(FIRST_GROUP - number, place)
        work.insert(chat, **key._asdict(), branch_id=world.branch_of(number), title=f"第{number + 1}支部群", bound_at=work.now)


async def _members(work: UnitOfWork, world: World, place: Place, numbers: range) -> None:
    def of(number: int) -> dict[str, Any]:
        return {"branch_id": BranchId(world.branch_of(number % world.groups))}

    for number in numbers:
        work.insert(member, id=10_000_001 + number, name=f"党员{number}", latin=f"Member {number}", heard_at=work.now, **of(number))
    for number in numbers:
        work.insert(role, member_id=10_000_001 + number, role="member", since=work.now, **of(number))
    for number in numbers:
        user = world.person(number).user_id
        key = AccountKey(place.platform, place.instance, str(user))
        at = {"introduced_at": work.now, "bound_at": work.now, "used_at": work.now}
        work.insert(account, **key._asdict(), member_id=10_000_001 + number, private_chat=place.private(user), **at, **of(number))


async def _shelve(work: UnitOfWork, library: lesson_files.Folder) -> None:
    for lesson_id, shelved in library.lessons.items():
        put(work, lesson_id, shelved)
    work.settings.put(FINGERPRINT, library.fingerprint)

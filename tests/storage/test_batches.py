"""Errands that wait together share a transaction, and are no less apart for it."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import nullcontext, suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from bot.errors import UserError
from bot.texts import Text
from storage.database import Database, Seen
from storage.keys import ChatKey, EventKey, MemberId
from storage.tables import inbox, member, outbox, setting
from storage.unit_of_work import UnitOfWork
from tests.dialogue import START

CHAT = ChatKey("browser", "web", "group-1")
Function = Callable[[UnitOfWork], Coroutine[Any, Any, Any]]


class Batches:
    """A database whose writer can be held, so that what is given to it meanwhile goes together."""

    def __init__(self, database: Database, sizes: list[int]) -> None:
        self.database = database
        self.sizes = sizes

    async def together(self, *functions: Function, **options: Any) -> list[Any]:
        self.sizes.clear()
        held, go = asyncio.Event(), threading.Event()
        loop = asyncio.get_running_loop()

        async def holds(_: UnitOfWork) -> None:
            loop.call_soon_threadsafe(held.set)
            go.wait(10)

        first = asyncio.create_task(self.database.run(holds))
        await held.wait()
        waiting = [asyncio.create_task(self.database.run_once(each, **options)) for each in functions]
        await asyncio.sleep(0)
        go.set()
        await first
        return await asyncio.gather(*waiting, return_exceptions=True)


@pytest.fixture
async def batches(database_url: str) -> AsyncIterator[Batches]:
    sizes: list[int] = []
    database = Database(database_url, lambda: START, observe=lambda size, _: sizes.append(size))
    await database.start()
    yield Batches(database, sizes)
    await database.stop()


def puts(name: str, value: str = "1") -> Function:
    async def put(work: UnitOfWork) -> None:
        work.settings.put(name, value)

    return put


def puts_and_fails(name: str, *, at_once: bool = False) -> Function:
    async def fails(work: UnitOfWork) -> None:
        work.settings.put(name, "1")
        if at_once:
            await work.change(update(setting).where(setting.c.name == "kept").values(value="spoiled"))
        raise UserError(Text("不行", "no"))

    return fails


async def names(work: UnitOfWork) -> dict[str, str]:
    return {row.name: row.value for row in await work.rows(select(setting))}


async def test_what_waits_goes_in_one_transaction(batches: Batches) -> None:
    await batches.together(*(puts(f"n{number}") for number in range(20)))
    assert batches.sizes == [1, 20]
    assert len(await batches.database.run(names)) == 20


async def test_the_next_errand_sees_what_the_one_before_has_written(batches: Batches) -> None:
    async def counts(work: UnitOfWork) -> int:
        count = int(await work.settings.get("n") or 0) + 1
        work.settings.put("n", str(count))
        return count

    assert await batches.together(*[counts] * 12) == list(range(1, 13))
    assert await batches.database.run(names) == {"n": "12"}


@pytest.mark.parametrize("at_once", [False, True], ids=["what was collected", "what was written at once"])
async def test_an_errand_that_fails_is_undone_alone(batches: Batches, at_once: bool) -> None:
    told = await batches.together(puts("kept", "good"), puts_and_fails("dropped", at_once=at_once), puts("after"))
    assert [type(each) for each in told] == [type(None), UserError, type(None)]
    assert await batches.database.run(names) == {"kept": "good", "after": "1"}
    assert batches.sizes[:2] == [1, 3]


async def test_what_a_failed_errand_had_learned_is_not_believed(batches: Batches) -> None:
    async def learns(work: UnitOfWork) -> None:
        await work.change(setting.insert().values(name="x", value="never"))
        assert await work.settings.get("x") == "never"
        raise ValueError

    async def asks(work: UnitOfWork) -> str | None:
        return await work.settings.get("x")

    assert (await batches.together(puts("y"), learns, asks))[-1] is None


async def test_what_the_database_refuses_fails_alone_and_the_others_are_done_each_for_itself(batches: Batches) -> None:
    async def twice(work: UnitOfWork) -> None:
        work.insert(setting, name="b", value="1")
        work.insert(setting, name="b", value="2")

    told = await batches.together(puts("a"), twice, puts("c"))
    assert [type(each) for each in told] == [type(None), IntegrityError, type(None)]
    assert await batches.database.run(names) == {"a": "1", "c": "1"}
    assert batches.sizes[:3] == [1, 1, 1]


async def test_nobody_is_told_before_the_commit(batches: Batches) -> None:
    """Everybody of a batch whose commit fails is told so, or was done alone afterwards: here a row that no transaction may hold."""

    async def orphan(work: UnitOfWork) -> str:
        work.enter(work.branches.add("甲", "Jia").id)
        work.consents.put(MemberId(404), "location", given=True)  # nobody's: refused only when it is written
        return "done"

    told = await batches.together(orphan, puts("a"))
    assert isinstance(told[0], IntegrityError)
    assert await batches.database.run(names) == {"a": "1"}


async def test_the_same_event_twice_in_a_batch_is_acted_upon_once(batches: Batches) -> None:
    async def note(work: UnitOfWork) -> None:
        work.inbox.note(EventKey("k"), CHAT)

    told = await batches.together(note, note, key="k")
    assert sorted(type(each).__name__ for each in told) == ["NoneType", "Seen"]
    assert any(isinstance(each, Seen) for each in told)


async def test_errands_of_several_branches_do_not_mix(batches: Batches) -> None:
    async def founds(work: UnitOfWork) -> list[int]:
        made = [work.branches.add(name, name) for name in ("甲", "乙")]
        return [each.id for each in made]

    first, second = await batches.database.run(founds)

    def takes_in(branch: Any, name: str) -> Function:
        async def takes(work: UnitOfWork) -> list[str]:
            work.enter(branch)
            work.members.add(name, name, ["member"])
            return [each.name for each in await work.members.present()]

        return takes

    told = await batches.together(takes_in(first, "李"), takes_in(second, "王"), takes_in(first, "张"), takes_in(second, "赵"))
    assert [sorted(each) for each in told] == [["李"], ["王"], ["张", "李"], ["王", "赵"]]


async def test_a_role_taken_in_a_batch_is_gone_for_the_next_errand(batches: Batches) -> None:
    async def founds(work: UnitOfWork) -> tuple[int, MemberId]:
        branch = work.branches.add("甲", "Jia")
        work.enter(branch.id)
        return branch.id, work.members.add("李", "Li", ["member", "secretary"]).id

    branch, who = await batches.database.run(founds)

    async def dismisses(work: UnitOfWork) -> None:
        work.enter(branch)
        await work.members.dismiss(who, "secretary")

    async def removes(work: UnitOfWork) -> None:
        work.enter(branch)
        await work.members.change(who, removed_at=START)

    async def asks(work: UnitOfWork) -> tuple[frozenset[str], bool]:
        work.enter(branch)
        found = await work.members.get(who)
        assert found is not None
        return found.roles, found.removed_at is not None

    told = await batches.together(asks, dismisses, asks, removes, asks)
    assert told[0] == (frozenset({"member", "secretary"}), False)
    assert told[2] == (frozenset({"member"}), False)
    assert told[4] == (frozenset({"member"}), True)


async def test_a_statement_on_many_rows_is_seen_by_keyed_reads_after_it(batches: Batches) -> None:
    async def founds(work: UnitOfWork) -> tuple[int, MemberId]:
        branch = work.branches.add("甲", "Jia")
        work.enter(branch.id)
        return branch.id, work.members.add("李", "Li", ["member"]).id

    branch, who = await batches.database.run(founds)

    async def reads(work: UnitOfWork) -> str | None:
        work.enter(branch)
        found = await work.members.get(who)
        return found.matter if found else None

    async def marks_all(work: UnitOfWork) -> None:
        await work.change(update(member).values(matter="dues"))

    assert await batches.together(reads, marks_all, reads) == [None, None, "dues"]


async def test_warming_asks_once_for_all_and_changes_nothing_of_the_answers(batches: Batches) -> None:
    asked: list[list[str]] = []

    async def warm(work: UnitOfWork, hints: Any) -> None:
        asked.append(list(hints))
        await work.settings.prefetch(hints)

    def gets(name: str) -> Function:
        async def get(work: UnitOfWork) -> str | None:
            return await work.settings.get(name)

        return get

    await batches.database.run(puts("a", "1"))
    database = batches.database
    held, go = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    async def holds(_: UnitOfWork) -> None:
        loop.call_soon_threadsafe(held.set)
        go.wait(10)

    first = asyncio.create_task(database.run(holds))
    await held.wait()
    waiting = [asyncio.create_task(database.run_once(gets(name), warm=warm, hint=name)) for name in ("a", "b", "a")]
    await asyncio.sleep(0)
    go.set()
    await first
    assert await asyncio.gather(*waiting) == ["1", None, "1"]
    assert asked == [["a", "b", "a"]]


async def test_a_batch_leaves_the_inbox_as_many_rows_as_events(batches: Batches) -> None:
    def notes(number: int) -> Function:
        async def note(work: UnitOfWork) -> None:
            work.inbox.note(EventKey(f"k{number}"), CHAT)
            if number % 3 == 0:
                raise UserError(Text("不", "no"))

        return note

    async def keys(work: UnitOfWork) -> list[str]:
        return [row.key for row in await work.rows(select(inbox.c.key))]

    await batches.together(*map(notes, range(30)))
    assert sorted(await batches.database.run(keys)) == sorted(f"k{number}" for number in range(30) if number % 3)


@pytest.mark.parametrize("caught", [False, True], ids=["that is told", "that is swallowed"])
async def test_a_row_that_cannot_be_written_is_not_lost_by_the_errand_that_came_upon_it(batches: Batches, caught: bool) -> None:
    """The errand was told that it is done, and what it collected is written when a later one asks: that one must not be blamed."""

    async def puts_what_is_no_moment(work: UnitOfWork) -> str:
        work.settings.put("lost", "1")
        work.insert(inbox, key="k", chat="c", at="not a moment", state="done", error=None)
        return "done"

    async def asks(work: UnitOfWork) -> None:
        with suppress(Exception) if caught else nullcontext():
            await work.rows(select(inbox))

    told = await batches.together(puts("a"), puts_what_is_no_moment, asks)
    assert [type(each) for each in told] == [type(None), AttributeError, type(None)]
    assert await batches.database.run(names) == {"a": "1"}


async def test_letters_of_a_chat_keep_the_order_in_which_they_were_said_whoever_says_them(batches: Batches) -> None:
    """The outbox numbers them: rows that name other fields must not be written past one another."""

    def says(chat_id: str, text: str, **more: Any) -> Function:
        async def say(work: UnitOfWork) -> None:
            content = {"zh": text, "en": text}
            work.outbox.add(ChatKey("browser", "web", chat_id), content=content, kind="private", priority=1, language="zh", **more)

        return say

    async def order(work: UnitOfWork) -> list[str]:
        rows = await work.rows(select(outbox.c.content).where(outbox.c.chat_id == "1").order_by(outbox.c.id))
        return [row.content["zh"] for row in rows]

    later = START + timedelta(days=1)
    await batches.together(
        says("2", "别的", state="waiting"),
        says("1", "一", good_until=later),
        says("1", "二", state="waiting"),
        says("1", "三", good_until=later, state="waiting"),
        says("1", "四"),
    )
    assert await batches.database.run(order) == ["一", "二", "三", "四"]

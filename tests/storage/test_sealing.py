"""Sealed columns as a whole: what is plain still is sealed at the first start, and every value is brought to a new key."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, Integer, String, Text, select, update

from storage import key_file, sealing
from storage.columns import Moment
from storage.database import Database
from storage.key_file import BadKeyFile
from storage.keys import MemberId
from storage.schema import metadata
from storage.sealed_columns import SEALED, bound_to, key_of_row, table_of
from storage.tables_vault import vault_key
from storage.unit_of_work import UnitOfWork
from storage.vault import KeyLost, key_of

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
WORDS = "住院了，电话 138"
PLAIN = {
    "branch_word.meaning": "the branch's name of a command",
    "bound_chat.title": "what everybody in the group sees",
    "daily_lesson.text": "our own lesson",
    "discussion.prompt": "posted in the group for everybody",
    "lesson.heading": "our own lesson, searched by words",
    "lesson.words": "our own lesson, searched by words",
    "news_note.text": "what a curator wants posted to the group",
    "notice.text": "posted in the group for everybody",
    "process.address": "where the program is reached",
    "policy.reason": "what the branch decided for itself, about nobody",
    "departure.reason": "why they are away, as the register has it",
    "mutual.words": "what two organisations did together, about nobody",
    "register.reason": "why they are away in a word or two: work, studies, family",
    "seek_campaign.words": "printed on the branch's poster",
    "setting.value": "the deployment's own facts",
    "skill.words": "offered to be found by others; unique with its member",
    "vault_key.proof": "known words",
}
"""Columns for free text that are not sealed, and why."""


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url, lambda: START)
    await opened.start()
    yield opened
    await opened.stop()


def _filler(column: Any, number: int) -> Any:
    if column.nullable or column.server_default is not None:
        return None
    kinds = {Boolean: False, Moment: START, Date: date(2026, 3, 2), Integer: number}
    return next(
        (value for kind, value in kinds.items() if isinstance(column.type, kind)), number if "BIG" in repr(column.type).upper() else "x"
    )


async def _filled(work: UnitOfWork) -> None:
    """A row in every table with sealed columns, all of them sealed."""
    branch = work.branches.add("红旗村支部", "hongqi").id
    work.enter(branch)
    member = work.members.add("李小山", "lixiaoshan", []).id
    await work.flush()
    await _hung(work, branch, member)


async def _hung(work: UnitOfWork, branch: int, member: MemberId) -> None:
    for number, (name, sealed) in enumerate(SEALED.items(), 1):
        table = table_of(name)
        row = {each.name: value for each in table.columns if (value := _filler(each, number)) is not None}
        for each in table.columns:
            target = next((key.column.table.name for key in each.foreign_keys), "")
            if target and not each.nullable:
                row[each.name] = {"branch": branch, "member": member}.get(target, 0)
                if row[each.name] == 0:
                    parent = table_of(target)
                    row[each.name] = (
                        (await work.rows(select(parent.c.id)))[0][0]
                        if await work.rows(select(parent.c.id))
                        else await _parent(work, target, branch, member)
                    )
            elif each.name in {"choices", "data", "settled", "months", "flags"}:
                row[each.name] = []
        at = bound_to([row[key.name] for key in key_of_row(name)])
        work.insert(table, **{**row, **{each: work.vault.seal(name, each, at, WORDS) for each in sealed.columns}})
        await work.flush()


async def _parent(work: UnitOfWork, name: str, branch: int, member: MemberId) -> int:
    row = {each.name: value for each in table_of(name).columns if (value := _filler(each, 900)) is not None}
    row |= {"id": 900, "branch_id": branch} | ({"member_id": member} if "member_id" in row or "member_id" in table_of(name).c else {})
    work.insert(table_of(name), **{key: value for key, value in row.items() if key in table_of(name).c})
    await work.flush()
    return 900


async def _values(work: UnitOfWork) -> list[tuple[str, str, str, str]]:
    found = []
    for name, sealed in SEALED.items():
        key = key_of_row(name)
        for row in await work.rows(select(*key, *(table_of(name).c[each] for each in sealed.columns))):
            at = bound_to(row[: len(key)])
            found += [(name, column, at, value) for column, value in zip(sealed.columns, row[len(key) :], strict=True) if value]
    return found


async def test_every_sealed_column_is_carried_to_a_new_key_and_opens(database: Database) -> None:
    await database.run(_filled)
    before = await database.run(_values)
    assert {(name, column) for name, column, _, _ in before} == {(name, each) for name, sealed in SEALED.items() for each in sealed.columns}

    new, fresh = await database.run(sealing.renew)
    again = await database.run(sealing.renew)
    told: list[tuple[str, int]] = []
    await database.reseal(lambda table, rows: told.append((table, rows)))

    after = await database.run(_values)
    assert (fresh, again) == (True, (new, False)), "a rotation that was broken off goes on with its key"
    assert {key_of(value) for *_, value in after} == {new}
    assert {database.vault.open(*place, value) for *place, value in after} == {WORDS}  # type: ignore[arg-type]
    assert {table for table, _ in told} == set(SEALED)
    [old] = await database.run(sealing.retire, date(2026, 4, 1), keep=False)
    assert [(each.id, each.until) for each in database.vault.file.every()] == [(old, date(2026, 4, 1)), (new, None)]
    assert database.vault.file.prune(date(2026, 4, 1)) == []
    assert database.vault.file.prune(date(2026, 4, 2)) == [old]
    assert await database.run(sealing.unopened) == []


async def test_a_key_is_not_retired_while_a_value_is_of_it(database: Database) -> None:
    await database.run(_filled)
    await database.run(sealing.renew)
    assert await database.run(sealing.retire, None, keep=False) == []


async def test_what_was_plain_is_sealed_at_the_first_start_and_never_taken_plain_again(database: Database) -> None:
    async def as_before(work: UnitOfWork) -> None:
        await _filled(work)
        for name, sealed in SEALED.items():
            await work.change(update(table_of(name)).values(dict.fromkeys(sealed.columns, WORDS)))
        await work.change(vault_key.delete())

    await database.run(as_before)
    await database.stop()
    await database.start()
    values = await database.run(_values)
    assert {database.vault.open(*place, value) for *place, value in values} == {WORDS}  # type: ignore[arg-type]
    assert not database.vault.takes_plain
    assert all(WORDS not in value for *_, value in values)


@pytest.mark.sqlite
async def test_a_lost_key_is_found_at_the_start_and_what_it_sealed_can_be_given_up(database: Database) -> None:
    await database.run(_filled)
    await database.stop()
    lost = database.vault.file.every()[0].id
    database.vault.file.path.unlink()
    await database.start()
    assert database.missing_keys == (lost,)
    assert not database.vault.file.path.exists(), "no new key hides that the old one is missing"
    wrong = await database.run(sealing.unopened)
    assert len(wrong) == sum(len(each.columns) for each in SEALED.values())
    assert sum((await database.run(sealing.uses))[lost].values()) == len(wrong)
    await database.run(sealing.forget, lost)
    await database.stop()
    await database.start()
    assert database.missing_keys == ()
    assert await database.run(_values) == []


async def test_another_key_under_the_same_id_is_refused(database: Database) -> None:
    async def forged(work: UnitOfWork) -> None:
        other = key_file.made()
        await work.change(update(vault_key).values(proof=sealing.vault.proof(other)))

    await database.run(forged)
    await database.stop()
    with pytest.raises(BadKeyFile, match="right key file"):
        await database.start()


async def test_a_write_without_a_key_is_refused_and_leaves_nothing(database: Database, tmp_path: Path) -> None:
    database.vault.file.path.unlink()
    with pytest.raises(KeyLost):
        await database.run(_filled)


def test_every_column_for_words_is_sealed_or_has_a_reason_not_to_be() -> None:
    telling = {"phone", "telephone", "address", "employer", "note", "reason", "words", "health"}
    columns = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Text) or (isinstance(column.type, String) and column.name in telling)
    }
    sealed = {f"{name}.{each}" for name, what in SEALED.items() for each in what.columns}
    assert sealed <= columns
    assert columns - sealed - set(PLAIN) == set()

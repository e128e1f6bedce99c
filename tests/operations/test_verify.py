"""`zhibu verify`: every spoiled thing is found by its own check, and what to do is said."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import now
from bot.operations import verify
from bot.operations.lock import Lock
from storage import engines, looking
from storage.tables import setting
from storage.unit_of_work import UnitOfWork
from tests.operations.conftest import Zhibu


def letter(state: str, *, platform: str = "'browser', 'web', 'g'", slot: str = "NULL", content: str = "'{}'") -> str:
    return (
        "INSERT INTO outbox "
        "(branch_id, platform, instance, chat_id, slot, kind, priority, content, language, state, not_before, created_at) "
        f"SELECT id, {platform}, {slot}, 'group', 1, {content}, 'zh', '{state}', 1, 1 FROM branch"
    )


NOWHERE = "NULL, NULL, NULL"

SPOILED = {
    "references": ["PRAGMA foreign_keys=OFF", "DELETE FROM member WHERE id IN (SELECT member_id FROM check_in LIMIT 1)"],
    "ledgers: altered": ['UPDATE ledger_entry SET memo = \'{"reason": "mine"}\' WHERE number = 2'],
    "ledgers: unbalanced": ["UPDATE ledger_line SET fen = fen + 100 WHERE entry_id IN (SELECT id FROM ledger_entry WHERE number = 3)"],
    "ledgers: gap": [
        "DELETE FROM ledger_line WHERE entry_id IN (SELECT id FROM ledger_entry WHERE number = 2)",
        "DELETE FROM ledger_entry WHERE number = 2",
    ],
    "trail: altered": ["UPDATE trail_entry SET kind = 'dues' WHERE number = 1"],
    "trail: gap": ["DELETE FROM trail_entry WHERE number = 1"],
    "trail: end": ["DELETE FROM trail_entry WHERE number = (SELECT max(number) FROM trail_entry)"],
    "letters: unknown state": [letter("lost")],
    "letters: nobody knows where": [letter("waiting", platform=NOWHERE)],
    "letters: says nothing": [letter("waiting", content="NULL")],
    "letters: still holds its words": [letter("sent")],
    "letters: has one": [letter("unaddressed")],
    "slots": ["DROP INDEX uq_outbox_slot", letter("waiting", slot="'s'"), letter("waiting", slot="'s'")],
    "leases": [letter("sending")],
    "events: unknown state": ["INSERT INTO inbox (key, chat, at, state) VALUES ('k', 'c', 1, 'odd')"],
    "events: without a number": ["INSERT INTO inbox (key, chat, at, state) VALUES ('k', 'c', 1, 'failed')"],
    "questions": [
        "INSERT INTO question (id, branch_id, member_id, kind, choices, data, opened_at, expires_at) "
        "SELECT 7, branch_id, id, 'odd', '[]', '{}', 1, 9999999999999 FROM member LIMIT 1",
        "UPDATE member SET removed_at = 1 WHERE id = (SELECT member_id FROM question WHERE id = 7)",
    ],
}


@pytest.mark.sqlite
@pytest.mark.parametrize("what", SPOILED)
def test_what_was_spoiled_is_found_by_its_check_alone(zhibu: Zhibu, sample: Path, tmp_path: Path, what: str) -> None:
    with closing(sqlite3.connect(tmp_path / "zhibu.db")) as database:
        for statement in SPOILED[what]:
            database.execute(statement)
        database.commit()
    ran = zhibu("verify", "--json", "-c", sample)
    found = {each["check"]: each["wrong"] for each in json.loads(ran.out)["checks"]}
    check, _, said = what.partition(": ")
    assert ran.code == 1
    assert set(found) == set(verify.CHECKS)
    assert [name for name, wrong in found.items() if wrong] == [check]
    assert said in " ".join(found[check])


@pytest.mark.sqlite
def test_it_says_in_a_table_what_is_good_and_what_to_do_about_the_rest(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    ran = zhibu("verify", "-c", sample)
    assert (ran.code, ran.out.count("good  ")) == (0, len(verify.CHECKS))
    with closing(sqlite3.connect(tmp_path / "zhibu.db")) as database:
        database.execute(letter("sending"))
        database.commit()
    ran = zhibu("verify", "-c", sample)
    assert ran.code == 1
    assert "WRONG leases" in ran.out
    assert "What to do: the next “zhibu run” puts that right" in ran.out
    with Lock(tmp_path / "zhibu.db"):
        assert zhibu("verify", "-c", sample).code == 0, "while a program runs letters may be on their way"


@pytest.mark.sqlite
def test_a_damaged_file_is_all_there_is_to_say(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    content = bytearray((tmp_path / "zhibu.db").read_bytes())
    content[40960:81920] = bytes(40960)
    (tmp_path / "zhibu.db").write_bytes(content)
    ran = zhibu("verify", "-c", sample)
    assert (ran.code, ran.out.count("WRONG"), ran.out.count("good  ")) == (1, 1, 0)
    assert "zhibu restore FILE" in ran.out


@pytest.mark.sqlite
def test_it_only_looks(zhibu: Zhibu, sample: Path, config: Path, tmp_path: Path) -> None:
    before = (tmp_path / "zhibu.db").read_bytes()
    zhibu("verify", "-c", sample)
    assert (tmp_path / "zhibu.db").read_bytes() == before
    (tmp_path / "zhibu.db").unlink()
    assert "there is no database" in zhibu("verify", "-c", config).err
    assert not (tmp_path / "zhibu.db").exists()


def test_the_sample_is_good_on_either_kind_of_database(zhibu: Zhibu, sample: Path) -> None:
    ran = zhibu("verify", "--json", "-c", sample)
    found = json.loads(ran.out)
    assert (ran.code, found["good"]) == (0, True)
    assert {"ledgers", "letters", "slots", "events", "questions"} <= {each["check"] for each in found["checks"]}


def test_a_server_that_does_not_answer_is_one_sentence(zhibu: Zhibu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIBU_DATABASE__URL", "postgresql+asyncpg://nobody@127.0.0.1:1/nothing")
    ran = zhibu("verify")
    assert (ran.code, "[database] url" in ran.err, "went wrong" in ran.err) == (1, True, False)


def test_every_look_sees_the_same_moment_and_changes_nothing(database_url: str) -> None:
    async def named(work: UnitOfWork) -> int:
        return len(await work.rows(select(setting)))

    async def emptied(work: UnitOfWork) -> int:
        return await work.change(delete(setting))

    url = make_url(database_url)
    engine = engines.writing_engine(url)
    with engine.connect() as writer, looking.snapshot(url, now()) as look:
        before = look(named)
        with writer.begin():
            writer.execute(insert(setting).values(name="meanwhile", value="x"))
        assert look(named) == before
    with looking.snapshot(url, now()) as look:
        assert look(named) == before + 1
        with pytest.raises(SQLAlchemyError):
            look(emptied)
    engine.dispose()

"""`zhibu keys`: a new key on a live database, one that is lost, and what the other commands say of it."""

import asyncio
from pathlib import Path

import pytest

from bot.clock import now
from bot.config import DatabaseSection, Settings
from bot.operations import keys
from bot.operations.trouble import Trouble
from storage import sealing
from storage.database import Database
from storage.keys import MemberId
from storage.tables_learning import reflection
from storage.unit_of_work import UnitOfWork
from tests.operations.conftest import Zhibu

MANY = 2 * sealing.CHUNK + 50


async def _filled(work: UnitOfWork) -> MemberId:
    work.enter(work.branches.add("红旗村支部", "hongqi").id)
    member = work.members.add("李小山", "lixiaoshan", []).id
    await work.flush()
    text = {number: work.vault.seal("reflection", "text", number, f"心得{number}") for number in range(1, MANY + 1)}
    rows = {"branch_id": work.branch_id, "member_id": member, "at": now(), "shared": "", "noted": False}
    for number, sealed in text.items():
        work.insert(reflection, **rows, id=number, number=number, text=sealed)
    return member


async def _thought(work: UnitOfWork, member: MemberId, text: str) -> None:
    work.enter((await work.branches.all())[0].id)
    await work.reflections.add(member, text)


async def _read(work: UnitOfWork, member: MemberId) -> set[str]:
    work.enter((await work.branches.all())[0].id)
    return {each.text for each in await work.reflections.of(member)}


async def test_a_key_is_renewed_under_a_running_program_and_nothing_is_lost(database_url: str) -> None:
    settings = Settings(database=DatabaseSection(url=database_url))
    running, said = Database(database_url, now), list[str]()
    await running.start()
    member = await running.run(_filled)
    [old] = running.vault.file.every()
    rotation = asyncio.create_task(keys.rotate(settings, now, said.append))
    written = 0
    while not rotation.done():
        await running.run(_thought, member, f"新的{written}")
        written += 1
        if written % 5 == 0:
            assert len(await running.run(_read, member)) == MANY + written
    await rotation
    await running.run(_thought, member, f"新的{written}")
    used = await running.run(sealing.uses)
    [_, new] = running.vault.file.every()
    assert written, "the program went on meanwhile"
    assert used == {new.id: {"reflection.text": MANY + written + 1}}
    assert await running.run(_read, member) == {f"心得{n}" for n in range(1, MANY + 1)} | {f"新的{n}" for n in range(written + 1)}
    assert old.id in said[-2]
    assert [line for line in said if line.startswith("reflection: 300")]
    assert running.vault.file.every()[0].until is not None, "back-ups need the old one for a month"
    await running.stop()


async def test_a_rotation_that_was_broken_off_goes_on_with_its_key(database_url: str) -> None:
    class Killed(Exception):
        pass

    def kill(line: str) -> None:
        if line.startswith("reflection"):
            raise Killed

    settings, said = Settings(database=DatabaseSection(url=database_url)), list[str]()
    database = Database(database_url, now)
    await database.start()
    await database.run(_filled)
    with pytest.raises(Killed):
        await keys.rotate(settings, now, kill)
    new = database.vault.file.newest()
    assert new is not None
    used = await database.run(sealing.uses)
    assert used.pop(new.id) == {"reflection.text": sealing.CHUNK}
    assert used != {}
    await keys.rotate(settings, now, said.append, drop_old=True)
    assert said[0] == f"Going on with the key {new.id}."
    assert (await database.run(sealing.uses), database.vault.file.every()) == ({new.id: {"reflection.text": MANY}}, (new,))
    await database.stop()


def _lose(folder: Path) -> str:
    file = folder / "zhibu.keys"
    words = file.read_text(encoding="ascii").split()
    file.unlink()
    return words[1]


@pytest.mark.sqlite
def test_a_lost_key_stops_the_start_and_what_it_sealed_is_given_up_only_when_told(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    assert "MISSING" not in zhibu("keys", "list", "-c", sample).out
    lost = _lose(tmp_path)
    ran = zhibu("run", "-c", sample)
    assert ran.code == 1
    assert lost in ran.err
    assert f"zhibu keys forget {lost}" in ran.err
    assert "appeal.need" in ran.err
    assert not (tmp_path / "zhibu.keys").exists()
    assert f"{lost}  MISSING" in zhibu("keys", "list", "-c", sample).out
    doctor = zhibu("doctor", "-c", sample)
    assert (doctor.code, "appeal.need" in doctor.out + doctor.err) == (1, True)
    asked = zhibu("keys", "forget", lost, "-c", sample)
    assert "would be erased" in asked.out
    assert "nothing was erased" in asked.err
    verify = zhibu("verify", "-c", sample)
    assert verify.code == 1
    assert f"of the key {lost}, which is lost" in verify.out
    assert zhibu("keys", "forget", lost, "--yes", "-c", sample).code == 0
    assert zhibu("verify", "-c", sample).code == 0
    assert "no key that this database uses" in zhibu("keys", "forget", lost, "--yes", "-c", sample).err
    assert "sealed with" in zhibu("keys", "rotate", "-c", sample).out


@pytest.mark.sqlite
def test_a_back_up_without_its_key_is_not_restored_by_chance(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    made = zhibu("backup", tmp_path / "copy.db", "-c", sample)
    assert f"keep a copy of {tmp_path / 'zhibu.keys'}" in made.out
    before = (tmp_path / "zhibu.db").read_bytes()
    lost = _lose(tmp_path)
    ran = zhibu("restore", tmp_path / "copy.db", "-c", sample)
    assert (ran.code, lost in ran.err) == (1, True)
    assert (tmp_path / "zhibu.db").read_bytes() == before
    assert zhibu("restore", tmp_path / "copy.db", "--without-keys", "-c", sample).code == 0
    assert zhibu("verify", "-c", sample).code == 0


async def test_only_a_missing_key_is_forgotten(database_url: str) -> None:
    settings = Settings(database=DatabaseSection(url=database_url))
    database = Database(database_url, now)
    await database.start()
    await database.stop()
    with pytest.raises(Trouble, match="missing: none"):
        await keys.lost(settings, now, database.vault.file.every()[0].id)

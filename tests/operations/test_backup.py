"""`zhibu backup`: a consistent copy that overwrites nothing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.operations import sealed
from bot.operations.trouble import Trouble
from storage import maintenance, migrations
from tests.operations.conftest import Zhibu

pytestmark = pytest.mark.sqlite


def test_a_copy_taken_while_somebody_writes_is_whole_and_readable_by_its_owner_alone(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    with closing(sqlite3.connect(tmp_path / "zhibu.db", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM check_in")
        ran = zhibu("backup", target, "-c", sample)
        writer.execute("ROLLBACK")
    assert ran.code == 0
    assert target.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT count(*) FROM check_in").fetchone()[0] > 500


def test_nothing_is_overwritten_and_no_half_file_stays(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")
    ran = zhibu("backup", target, "-c", sample)
    assert ran.code == 1
    assert "nothing is overwritten" in ran.err
    assert target.read_text() == "precious"
    assert list(tmp_path.glob("*.partial")) == []


def test_a_folder_that_is_not_there_and_a_database_that_is_not_there_are_one_sentence(
    zhibu: Zhibu, config: Path, sample: Path, tmp_path: Path
) -> None:
    assert "cannot be written" in zhibu("backup", tmp_path / "no" / "copy.db", "-c", sample).err
    (tmp_path / "zhibu.db").unlink()
    assert "there is no database" in zhibu("backup", tmp_path / "copy.db", "-c", config).err


@pytest.fixture
def key(zhibu: Zhibu, tmp_path: Path) -> Path:
    path = tmp_path / "key"
    assert zhibu("backup", "--new-key", path).code == 0
    return path


def test_a_key_is_its_owners_alone_and_never_overwritten(zhibu: Zhibu, key: Path) -> None:
    before = key.read_bytes()
    assert key.stat().st_mode & 0o077 == 0
    ran = zhibu("backup", "--new-key", key)
    assert (ran.code, "never overwritten" in ran.err) == (1, True)
    assert key.read_bytes() == before
    assert before.decode().split(":")[1].strip() not in repr(sealed.read_key(key))


def test_a_sealed_copy_shows_nothing_and_opens_with_its_key_alone(zhibu: Zhibu, sample: Path, key: Path, tmp_path: Path) -> None:
    sample.write_text(sample.read_text(encoding="utf-8") + f'[backup]\nkey_file = "{key}"\n', encoding="utf-8")
    target, other = tmp_path / "copy.sealed", tmp_path / "other-key"
    assert "sealed" in zhibu("backup", target, "-c", sample).out
    assert "李小山".encode() not in target.read_bytes()
    assert list(tmp_path.glob("*to-be-sealed*")) == []
    assert b"".join(sealed.unseal(target, sealed.read_key(key))).startswith(b"SQLite format 3\0")
    sealed.new_key(other)
    with pytest.raises(Trouble, match="another key"):
        list(sealed.unseal(target, sealed.read_key(other)))
    assert zhibu("backup", tmp_path / "open.db", "--plain", "-c", sample).code == 0
    assert maintenance.healthy(tmp_path / "open.db")


@pytest.fixture(scope="module")
def three_chunks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A sealed file of three chunks, and its key."""
    folder = tmp_path_factory.mktemp("sealed")
    (folder / "plain").write_bytes(bytes(range(256)) * (10 * sealed.CHUNK // 1024))
    sealed.new_key(folder / "key")
    with (folder / "sealed").open("wb") as target:
        sealed.seal(folder / "plain", target, sealed.read_key(folder / "key"))
    return folder / "sealed", folder / "key"


HEADER = len(sealed.MARK) + 24
WHOLE = sealed.CHUNK + 16
SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "cut in a chunk": lambda whole: whole[: HEADER + 2 * WHOLE + 100],
    "cut between chunks": lambda whole: whole[: HEADER + 2 * WHOLE],
    "only the beginning": lambda whole: whole[:20],
    "no chunk at all": lambda whole: whole[:HEADER],
    "two chunks swapped": lambda whole: (
        whole[:HEADER] + whole[HEADER + WHOLE : HEADER + 2 * WHOLE] + whole[HEADER:][:WHOLE] + whole[HEADER + 2 * WHOLE :]
    ),
    "a chunk left out": lambda whole: whole[: HEADER + WHOLE] + whole[HEADER + 2 * WHOLE :],
    "a chunk twice": lambda whole: whole[: HEADER + WHOLE] + whole[HEADER:],
    "one bit": lambda whole: whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:],
    "another salt": lambda whole: whole[: HEADER - 1] + bytes([whole[HEADER - 1] ^ 1]) + whole[HEADER:],
    "something behind it": lambda whole: whole + b"x",
}


@pytest.mark.parametrize("how", SPOILED)
def test_whatever_was_done_to_a_sealed_file_is_found(three_chunks: tuple[Path, Path], tmp_path: Path, how: str) -> None:
    whole, key = three_chunks[0], sealed.read_key(three_chunks[1])
    assert sum(map(len, sealed.unseal(whole, key))) == 256 * (10 * sealed.CHUNK // 1024)
    spoiled = tmp_path / "spoiled"
    spoiled.write_bytes(SPOILED[how](whole.read_bytes()))
    with pytest.raises(Trouble):
        list(sealed.unseal(spoiled, key))


@pytest.mark.parametrize("words", ["", "zhibu-backup-key-1:", "zhibu-backup-key-1:AAAA", "zhibu-backup-key-1:不是", "AAAA"])
def test_what_is_no_key_is_one_sentence(tmp_path: Path, words: str) -> None:
    (tmp_path / "key").write_text(words, encoding="utf-8")
    with pytest.raises(Trouble, match="is not a key"):
        sealed.read_key(tmp_path / "key")
    with pytest.raises(Trouble, match="cannot be read"):
        sealed.read_key(tmp_path / "nowhere")


def test_either_a_file_or_a_key_has_to_be_named(zhibu: Zhibu, config: Path) -> None:
    assert "name the file" in zhibu("backup", "-c", config).err


def test_before_an_upgrade_the_database_is_copied_and_the_copy_is_kept(zhibu: Zhibu, config: Path, tmp_path: Path) -> None:
    url = make_url(f"sqlite+aiosqlite:///{tmp_path / 'zhibu.db'}")
    migrations.upgrade(url, "0009")
    assert zhibu("migrate", "-c", config).out == "The database is ready.\n"
    kept = list((tmp_path / "backups").iterdir())
    assert len(kept) == 1
    assert kept[0].name.startswith("zhibu-before-upgrade-from-0009-")
    assert migrations.current(make_url(f"sqlite:///{kept[0]}")) == "0009"
    assert migrations.is_current(url)
    assert zhibu("migrate", "-c", config).out == "The database was up to date.\n"
    assert list((tmp_path / "backups").iterdir()) == kept


def test_an_upgrade_is_not_begun_when_the_copy_cannot_be_made(zhibu: Zhibu, config: Path, tmp_path: Path) -> None:
    url = make_url(f"sqlite+aiosqlite:///{tmp_path / 'zhibu.db'}")
    migrations.upgrade(url, "0009")
    (tmp_path / "backups").write_text("a file where the folder should be")
    ran = zhibu("migrate", "-c", config)
    assert (ran.code, "[backup] folder" in ran.err) == (1, True)
    assert migrations.current(url.set(drivername="sqlite")) == "0009"

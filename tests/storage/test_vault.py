"""Sealed values and the file of their keys."""

import stat
from pathlib import Path

import pytest

from storage import key_file, vault
from storage.key_file import BadKeyFile, KeyFile
from storage.vault import Forged, KeyLost, Vault

WORDS = "上个月住院了，电话 138 0000 0000"


@pytest.fixture
def filled(tmp_path: Path) -> Vault:
    made = Vault(tmp_path / "branch.keys")
    made.file.write([key_file.made()])
    return made


def test_what_was_sealed_is_opened_and_shows_nothing(filled: Vault) -> None:
    sealed = filled.seal("register", "phone", 7, WORDS)

    assert filled.open("register", "phone", 7, sealed) == WORDS
    assert sealed.startswith("v1.")
    assert "138" not in sealed
    assert "住院" not in sealed
    assert sealed != filled.seal("register", "phone", 7, WORDS), "two equal texts cannot be told to be equal"


def test_an_empty_text_stays_empty(filled: Vault) -> None:
    assert filled.seal("register", "phone", 7, "") == ""
    assert filled.open("register", "phone", 7, "") == ""


@pytest.mark.parametrize("place", [("register", "phone", 8), ("register", "note", 7), ("appeal", "phone", 7)])
def test_a_value_that_was_moved_is_refused(filled: Vault, place: tuple[str, str, int]) -> None:
    sealed = filled.seal("register", "phone", 7, WORDS)

    with pytest.raises(Forged) as refused:
        filled.open(*place, sealed)
    assert WORDS not in str(refused.value)
    assert sealed not in str(refused.value)


def test_any_altered_sign_is_noticed(filled: Vault) -> None:
    sealed = filled.seal("register", "phone", 7, "138")
    start = len(sealed.rpartition(".")[0]) + 1
    for at in range(start, len(sealed)):
        altered = sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :]
        with pytest.raises(Forged):
            filled.open("register", "phone", 7, altered)
    for cut in ("v1.", sealed[:-8], sealed[:start], sealed + "."):
        with pytest.raises(Forged):
            filled.open("register", "phone", 7, cut)


def test_a_plain_value_is_refused_unless_plain_ones_are_awaited(filled: Vault) -> None:
    with pytest.raises(Forged):
        filled.open("register", "phone", 7, "13800000000")
    filled.takes_plain = True
    assert filled.open("register", "phone", 7, "13800000000") == "13800000000"


def test_a_lost_key_is_named_and_nothing_else(filled: Vault) -> None:
    sealed = filled.seal("register", "phone", 7, WORDS)
    lost = vault.key_of(sealed)
    filled.file.write([key_file.made()])

    with pytest.raises(KeyLost) as told:
        filled.open("register", "phone", 7, sealed)
    assert told.value.key_id == lost
    assert str(lost) in str(told.value)


def test_without_any_key_nothing_is_sealed(tmp_path: Path) -> None:
    with pytest.raises(KeyLost):
        Vault(tmp_path / "none.keys").seal("register", "phone", 7, WORDS)


def test_a_changed_file_is_read_again(filled: Vault) -> None:
    """A rotation is another process: it adds a key, and what is sealed from then on is of the new one."""
    old = filled.file.newest()
    new = key_file.made()
    assert old is not None
    KeyFile(filled.file.path).write([old, new])

    assert vault.key_of(filled.seal("register", "phone", 7, WORDS)) == new.id


def test_the_file_is_its_owners_alone_and_no_key_is_ever_shown(filled: Vault) -> None:
    [key] = filled.file.every()

    assert stat.S_IMODE(filled.file.path.stat().st_mode) == 0o600
    for shown in (repr(key), str(key), repr(filled), repr(filled.file)):
        assert key.secret.hex() not in shown
        assert repr(key.secret) not in shown


@pytest.mark.parametrize(
    "spoil", [lambda line: line[:-6], lambda line: line.replace("data", "date"), lambda line: "支部", lambda line: line + " x"]
)
def test_a_damaged_key_file_is_told_by_its_line(filled: Vault, spoil) -> None:  # type: ignore[no-untyped-def]
    path = filled.file.path
    text = path.read_text(encoding="ascii").strip()
    path.write_text(spoil(text), encoding="utf-8")

    with pytest.raises(BadKeyFile, match=path.name) as told:
        KeyFile(path).every()
    assert text.split()[2] not in str(told.value)

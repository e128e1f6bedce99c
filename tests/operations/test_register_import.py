"""`zhibu register …`: the operator imports a file as the secretary, and takes it back."""

from pathlib import Path

from tests.operations.conftest import Zhibu
from tests.sheets import xlsx

ROWS = [
    ["姓名", "手机", "身份证号"],
    ["李小山", "138 0000 1234", ""],
    ["周海", "1380", ""],
    ["王秀英", "+86 13900001234", "410323199001011234"],
]


def test_a_file_is_looked_at_imported_and_taken_back(zhibu: Zhibu, config: Path, tmp_path: Path) -> None:
    zhibu("init", "--branch", "红旗村支部", "--secretary", "王秀英", "-c", config)
    file = tmp_path / "名册.xlsx"
    file.write_bytes(xlsx(ROWS))
    seen = zhibu("register", "import", file, "-c", config)
    assert (seen.code, seen.err) == (0, "")
    assert "3 rows, 1 new, 1 changed, 0 same, 1 faulty" in seen.out
    assert "Row 3 周海: ⚠ phone: “1380” does not look like a telephone number; a mobile has 11 digits" in seen.out
    assert "410323199001011234" not in seen.out
    assert "Nothing was imported" in seen.out
    assert "no import of the last seven days" in zhibu("register", "undo", "-c", config).err
    taken = zhibu("register", "import", file, "--branch", "红旗村支部", "--as", "王秀英", "--take", "all", "-c", config)
    assert "Imported: 1 new, 1 changed, 1 faulty left out." in taken.out
    again = zhibu("register", "import", file, "--take", "2-4", "-c", config)
    assert "None of the rows chosen can be taken" in again.err
    assert zhibu("register", "undo", "-c", config).out == "The import is undone: 1 put back, 1 new ones removed.\n"


def test_what_cannot_be_imported_is_said_in_a_sentence(zhibu: Zhibu, config: Path, tmp_path: Path) -> None:
    zhibu("init", "--branch", "红旗村支部", "--secretary", "王秀英", "-c", config)
    file = tmp_path / "a.csv"
    assert "cannot be read" in zhibu("register", "import", file, "-c", config).err
    file.write_bytes("姓名,手机\n李小山,13800001234\n".encode("gbk"))
    assert "is no secretary" in zhibu("register", "import", file, "--as", "李小山", "-c", config).err
    assert "there is no branch" in zhibu("register", "import", file, "--branch", "别的", "-c", config).err
    assert "give the rows" in zhibu("register", "import", file, "--take", "some", "-c", config).err
    assert "no such rows: 9" in zhibu("register", "import", file, "--take", "9", "-c", config).err
    with file.open("wb") as large:
        large.truncate(50 * 1024 * 1024)
    assert "has 50 MB" in zhibu("register", "import", file, "-c", config).err


def test_the_ledger_and_the_report_are_written_for_their_owner_alone(zhibu: Zhibu, config: Path, tmp_path: Path) -> None:
    zhibu("init", "--branch", "红旗村支部", "--secretary", "王秀英", "-c", config)
    for name, more in (("台账.xlsx", ()), ("月报.xlsx", ("--report", "2020-03"))):
        file = tmp_path / name
        done = zhibu("register", "export", file, *more, "-c", config)
        assert (done.code, done.err) == (0, "")
        assert file.stat().st_mode & 0o077 == 0
        assert file.read_bytes().startswith(b"PK")
    assert "is there already" in zhibu("register", "export", tmp_path / "台账.xlsx", "-c", config).err

"""`zhibu lessons check`, as an author meets it."""

from pathlib import Path

import pytest

from tests.lesson_folder import lesson, library
from tests.operations.conftest import Zhibu

ROOT = Path(__file__).parent.parent.parent


def test_the_sample_library_is_good_and_there_are_enough_lessons(zhibu: Zhibu) -> None:
    ran = zhibu("lessons", "check", str(ROOT / "lessons"))
    assert (ran.code, ran.out) == (0, "")
    assert int(ran.err.split()[0]) >= 16


def test_faults_are_told_by_file_and_line(zhibu: Zhibu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = library(tmp_path / "lessons")
    monkeypatch.chdir(tmp_path)
    (folder / "pictures").mkdir()
    (folder / "pictures" / "huge.png").write_bytes(b"x" * (1024 * 1024 + 1))
    (folder / "skills" / "Bad Name.md").write_bytes(b"\xff\xfe")
    (folder / "README.md").write_text("not a lesson")
    lesson(folder, "pigs", "别的", topic="health")
    lesson(folder, "wages", "工资", topic="rights", picture="../pictures/none.png", audio="gone.mp3")
    lesson(folder, "lost", "放错了").rename(folder / "party" / "lost.md")
    ran = zhibu("lessons", "check", "lessons")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "lessons/party/lost.md:1: a lesson of the topic skills belongs into the folder skills",
        "lessons/rights/wages.md:1: there is no picture file ../pictures/none.png",
        "lessons/rights/wages.md:1: there is no audio file gone.mp3",
        "lessons/skills/Bad Name.md:1: the file's name should be of a-z, 0-9 and -, at most 60 of them",
        "lessons/skills/Bad Name.md:1: it is not a text in UTF-8",
        "lessons/skills/pigs.md:1: there is a lesson of this name: health/pigs.md",
        "lessons/pictures/huge.png:1: the file is larger than 1024 KiB",
    ]
    assert ran.err == "3 lessons are good; faults in the others: 7.\n"


def test_a_path_from_elsewhere_is_shown_whole(zhibu: Zhibu, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("elsewhere")
    lesson(folder, "outside", "在外面", picture="../outside.png").rename(folder / "outside.md")
    shown = zhibu("lessons", "check", str(folder)).out
    assert shown.startswith(f"{folder}/outside.md:1: a lesson of the topic skills belongs into the folder skills")
    assert "there is no picture file ../outside.png" in shown


def test_without_a_folder_it_says_what_to_do(zhibu: Zhibu, config: Path) -> None:
    ran = zhibu("lessons", "check", "/nowhere")
    assert (ran.code, ran.err) == (1, "zhibu: there is no folder /nowhere; name the folder of lessons, or set [study] lessons\n")
    config.write_text(config.read_text() + '[study]\nlessons = ""\n')
    ran = zhibu("lessons", "check", "-c", str(config))
    assert (ran.code, ran.err) == (1, "zhibu: [study] lessons is empty, so there is no library; name a folder\n")


def test_without_an_argument_the_library_beside_the_program_is_checked(
    zhibu: Zhibu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert zhibu("lessons", "check").code == 0

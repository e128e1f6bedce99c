"""The library follows the folder of lessons, without a restart."""

import os
from pathlib import Path

from bot.permissions import Actor, ActorKind
from bot.services import lesson_files
from bot.services import library as taken_over
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.lesson_folder import lesson, library


async def _titles(chat: Dialogue) -> list[str]:
    async def read(work: UnitOfWork) -> list[str]:
        return [each.title for each in await work.lessons.headings()]

    titles: list[str] = await chat.in_branch(read)
    return titles


def _later(path: Path) -> None:
    """Let a file be newer than a file system's clock can tell."""
    about = path.stat()
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns + 1_000_000_000))


async def test_lessons_are_there_from_the_first_tick_and_follow_the_files(study: Dialogue, lessons: Path) -> None:
    assert await _titles(study) == ["从上海到南湖", "工资被拖欠怎么办", "养猪先防病", "大棚里的食用菌"]
    lesson(lessons, "ducks", "养鸭", order=3)
    (lessons / "party" / "founding.md").unlink()
    await study.pass_time(minutes=2)
    assert await _titles(study) == ["工资被拖欠怎么办", "养猪先防病", "大棚里的食用菌", "养鸭"]
    library(lessons)
    await study.pass_time(minutes=2)
    assert "从上海到南湖" in await _titles(study)


async def test_a_broken_file_leaves_the_old_version_and_is_told_once_to_those_who_can_mend_it(study: Dialogue, lessons: Path) -> None:
    path = lessons / "skills" / "pigs.md"
    path.write_text(path.read_text(encoding="utf-8").replace("answer: B", "answer: E"), encoding="utf-8")
    seen = await study.pass_time(minutes=2)
    assert "skills/pigs.md:18 answer is “E”" in study.to("王秀英", seen)[0]
    assert study.in_group(seen) == []
    assert "养猪先防病" in await _titles(study)
    _later(path)
    assert await study.pass_time(minutes=2) == []


async def test_the_curator_hears_of_it_where_there_is_one(study: Dialogue, lessons: Path) -> None:
    await study.join("沈国栋", "member", "curator")
    (lessons / "skills" / "bad.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    seen = await study.pass_time(minutes=2)
    assert "skills/bad.md:" in study.to("沈国栋", seen)[0]
    assert study.to("王秀英", seen) == []


async def test_after_a_start_the_same_files_are_not_read_again_unless_they_have_faults(study: Dialogue, lessons: Path) -> None:
    known = await study.run(taken_over.known)
    assert known is not None
    assert lesson_files.read(str(lessons), known) is known
    assert not await study.in_branch(taken_over.reload, Actor(ActorKind.JOB, study.branch, None, frozenset()), known)
    assert len(await _titles(study)) == 4
    (lessons / "skills" / "bad.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    await study.pass_time(minutes=2)
    known = await study.run(taken_over.known)
    again = lesson_files.read(str(lessons), known)
    assert again is not None
    assert again.faults


async def test_a_folder_that_is_gone_takes_nothing_away(study: Dialogue, lessons: Path) -> None:
    lessons.rename(lessons.with_name("away"))
    assert "there is no such folder" in study.to("王秀英", await study.pass_time(minutes=2))[0]
    assert await study.pass_time(minutes=2) == []
    assert len(await _titles(study)) == 4


async def test_without_a_folder_there_is_no_library(chat: Dialogue) -> None:
    assert await chat.pass_time(minutes=2) == []
    assert await _titles(chat) == []

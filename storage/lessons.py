"""The lesson library: what the folder of lessons says, kept here so that it can be searched. It belongs to no branch."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, delete, select, update

from storage.lookups import Keyed, Lookup
from storage.records import fields
from storage.tables_study import lesson, lesson_file
from storage.work import Work

FINGERPRINT = "lessons"
"""The setting that holds what the folder looked like when it was read last."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A lesson without its words, for lists."""

    id: str
    topic: str
    series: str
    series_en: str
    position: int
    day: date | None
    minutes: int
    title: str
    title_en: str


@dataclass(frozen=True, slots=True)
class Lesson(Heading):
    """A lesson.

    `content` holds `source`, `source_en`, `short`, `short_en`, `body`, `body_en`, `picture`, `audio` (names for `Lessons.file`, or
    None) and `questions`: a list of `ask`, `ask_en`, `options`, `options_en`, `answer` (an index), `why`, `why_en`.
    """

    content: dict[str, Any]


_HEADING = [lesson.c[name] for name in Heading.__dataclass_fields__]


_LESSONS: Keyed[str, Lesson] = Keyed(select(*_HEADING, lesson.c.content), [lesson.c.id], fields(Lesson))


class Lessons:
    """The library. Crosses branches: every branch reads the same."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lookup: Lookup[str, Lesson] = Lookup(work, _LESSONS)

    async def get(self, lesson_id: str) -> Lesson | None:
        """The lesson of an id, also one whose file is gone."""
        return await self._lookup.get(lesson_id)

    async def many(self, ids: Collection[str]) -> dict[str, Lesson]:
        """The lessons of some ids."""
        return await self._lookup.many(ids)

    async def live(self, ids: Collection[str]) -> set[str]:
        """Which of some ids have a file."""
        rows = await self._work.rows(select(lesson.c.id).where(lesson.c.removed_at.is_(None), lesson.c.id.in_(ids)))
        return {row.id for row in rows}

    async def headings(self) -> list[Heading]:
        """Every lesson there is now: the first of each series, then the second of each, and so on."""
        order = (lesson.c.position, lesson.c.topic, lesson.c.series, lesson.c.id)
        return [
            fields(Heading)(row) for row in await self._work.rows(select(*_HEADING).where(lesson.c.removed_at.is_(None)).order_by(*order))
        ]

    async def found(self, words: Mapping[str, int], limit: int) -> list[tuple[Heading, int]]:
        """Lessons with their scores, the best first: each word that the heading holds counts three times its weight, else once."""
        score: ColumnElement[int] | None = None
        for word, weight in words.items():
            hit = case(
                (lesson.c.heading.contains(word, autoescape=True), 3 * weight),
                (lesson.c.words.contains(word, autoescape=True), weight),
                else_=0,
            )
            score = hit if score is None else score + hit
        if score is None:
            return []
        statement = select(*_HEADING, score.label("score")).where(lesson.c.removed_at.is_(None), score > 0)
        rows = await self._work.rows(statement.order_by(score.desc(), lesson.c.position, lesson.c.id).limit(limit))
        return [(fields(Heading)(row), int(row.score)) for row in rows]

    def put(self, made: Lesson, *, heading: str, words: str) -> None:
        """Keep a lesson as its file says it now; `heading` and `words` are what is searched."""
        row = {**asdict(made), "heading": heading, "words": words, "removed_at": None, "changed_at": self._work.now}
        self._work.upsert(lesson, ["id"], **row)
        self._lookup.put(made.id, made)

    async def remove_others(self, kept: Collection[str]) -> None:
        """The files of all other lessons are gone; what was read of them stays known."""
        gone = update(lesson).where(lesson.c.removed_at.is_(None), lesson.c.id.not_in(kept))
        await self._work.change(gone.values(removed_at=self._work.now))

    async def file(self, name: str) -> bytes | None:
        """A picture or recording by its name."""
        rows = await self._work.rows(select(lesson_file.c.content).where(lesson_file.c.name == name))
        return rows[0].content if rows else None

    async def file_names(self, prefix: str) -> list[str]:
        """The names of the files that begin so, in order."""
        named = select(lesson_file.c.name).where(lesson_file.c.name.startswith(prefix, autoescape=True))
        return [row.name for row in await self._work.rows(named.order_by(lesson_file.c.name))]

    async def put_files(self, files: Mapping[str, bytes], kept: Sequence[str]) -> None:
        """Keep pictures and recordings; of what is not named in `files` only `kept` stays."""
        await self._work.change(delete(lesson_file).where(lesson_file.c.name.not_in([*files, *kept])))
        for name, content in files.items():
            self._work.upsert(lesson_file, ["name"], name=name, content=content)

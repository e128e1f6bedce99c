"""Looks every two minutes, and at the start, whether the folder of lessons has changed."""

from typing import Any

from bot.config import Settings
from bot.jobs import JobContext, every, job
from bot.services import lesson_files, library


def read(settings: Settings, previous: Any) -> lesson_files.Folder | None:
    """The folder's files; read only where something is new."""
    return lesson_files.read(settings.study.lessons, previous)


@job("lesson_reload", every(2), prepare=read, known=library.known, where=lambda r: library.where_new(r.work, r.prepared, r.branches))
async def reload(ctx: JobContext) -> None:
    """Take over what is new; the first branch does it for all."""
    await library.reload(ctx.work, ctx.actor, ctx.prepared)

"""What questions know, opened: for tests that something is not kept there."""

from typing import Any

from sqlalchemy import select

from storage.sealed_rows import SealedData
from storage.tables import question
from storage.unit_of_work import UnitOfWork


async def known(work: UnitOfWork) -> list[dict[str, Any]]:
    """What each question knows, the answered ones too."""
    data = SealedData(work, question)
    rows = await work.rows(select(question.c.id, question.c.data, question.c.sealed))
    return [data.opened(row.id, row.data, row.sealed) for row in rows]

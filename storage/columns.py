"""What the tables are made of: names of constraints, kinds of columns. Moments are UTC, stored as whole milliseconds."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, ForeignKey, Integer, MetaData, Table, TypeDecorator, event

from storage.postgresql import widen

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


@event.listens_for(Table, "after_parent_attach")
def _of_ours(table: Table, parent: MetaData) -> None:
    if parent is metadata:
        widen(table)


Id = BigInteger().with_variant(Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as milliseconds since 1970 so that every database orders and compares it alike."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Milliseconds of an aware moment."""
        return _milliseconds(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """The moment of so many milliseconds, in UTC."""
        return _moment(value)

    # The drivers take whole numbers as they are: without SQLAlchemy's two calls around ours, ten times a message.
    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """How a moment is stored."""
        return _milliseconds

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """How a moment is read."""
        return _moment


def whole(at: datetime) -> datetime:
    """A moment as it is stored, so that what is remembered of it elsewhere is the same."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def moment_of(milliseconds: int) -> datetime:
    """The moment that a database keeps as so many milliseconds."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _milliseconds(value: datetime | None) -> int | None:
    return None if value is None else round(value.timestamp() * 1000)


def _moment(value: int | None) -> datetime | None:
    return None if value is None else datetime.fromtimestamp(value / 1000, UTC)


def branch_column() -> Column[int]:
    """The branch that a row belongs to."""
    return Column("branch_id", Id, ForeignKey("branch.id"), nullable=False, index=True)


def member_column(name: str = "member_id", *, primary_key: bool = False, nullable: bool = False) -> Column[int]:
    """The member that a row is about; it ends with them."""
    return Column(name, Id, ForeignKey("member.id", ondelete="CASCADE"), primary_key=primary_key, nullable=nullable)

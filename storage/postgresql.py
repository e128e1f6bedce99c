"""What makes PostgreSQL take and give what SQLite does, so that repositories and migrations are written once.

A text column takes any length and is ordered by code points whatever the server's locale, a whole number has 64 bits, a sum of whole
numbers is one, and an index of some rows only is so here, too.
"""

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex
from sqlalchemy.sql.functions import sum as summed


@compiles(String, "postgresql")
@compiles(Text, "postgresql")
def _text(_kind: Any, _compiler: Any, *, type_expression: Any = None, **_: Any) -> str:
    """Lengths are checked where something is said, not by the server: a title one sign too long must not undo a whole message."""
    return 'VARCHAR COLLATE "C"' if isinstance(type_expression, Column) else "VARCHAR"


@compiles(Integer, "postgresql")
def _whole(_kind: Any, _compiler: Any, *, type_expression: Any = None, **_: Any) -> str:
    """A column has 64 bits, as SQLite's."""
    return "BIGINT" if isinstance(type_expression, Column) else "INTEGER"


def widen(table: Table) -> None:
    """Compare with 64 bits, too: a number that somebody made up is looked for and not found, however large."""
    for column in table.columns:
        if type(column.type) is Integer:
            column.type = BigInteger().with_variant(Integer, "sqlite")


@compiles(summed, "postgresql")
def _sum(element: Any, compiler: Any, **options: Any) -> str:
    """PostgreSQL adds 64-bit numbers up to a decimal, which is none of the numbers that the ledgers reckon with."""
    return f"CAST(sum({compiler.process(element.clauses, **options)}) AS BIGINT)"


@compiles(CreateIndex, "postgresql")
def _of_some_rows(create: CreateIndex, compiler: Any, **options: Any) -> str:
    """The condition is declared for SQLite alone: an index that names PostgreSQL loads its thirty modules wherever the program starts."""
    index = create.element
    where = index.dialect_options["sqlite"]["where"]
    if where is not None:
        index.dialect_options["postgresql"]["where"] = where
    made: str = compiler.visit_create_index(create, **options)
    return made

"""What many tests begin with is made once in a test process, and its rows are put back for each of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Engine

from shared.bus.broker import SERVICES
from shared.database import owner_engine
from shared.plan import Plan

Given = TypeVar("Given")
#: Runs SQL as the owner, with values by name, and gives its rows.
Rows = Callable[..., list[tuple[Any, ...]]]
KEPT_IN = "kept_for_tests"
TABLES = """
    SELECT format('%%I.%%I', table_schema, table_name), string_agg(quote_ident(column_name), ', ')
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = ANY(%s) AND table_type = 'BASE TABLE' AND table_name <> 'alembic_version'
      AND is_generated = 'NEVER'
    GROUP BY table_schema, table_name
"""


@dataclass(frozen=True, slots=True)
class World:
    """What its builder gave, and the SQL that puts its rows into an empty installation."""

    given: object
    restoring: str


#: {(address of the database, name): the world}
_built: dict[tuple[str, str], World] = {}


def emptied(engine: Engine) -> Engine:
    """The owner's engine, after every row of every schema is gone, the append-only ones as well."""
    with engine.begin() as connection:
        connection.exec_driver_sql(in_spite_of_all([f"DELETE FROM {table}" for table in columns_of(engine)]))
    return engine


def begun(engine: Engine, name: str, build: Callable[[], Given]) -> Given:
    """The installation as `build` leaves it, and what `build` gave: the first time it is called, later what it left.

    Nothing else is left in the installation then. What `build` does depends on `name` and on nothing else.
    """
    key = str(engine.url), name
    if (world := _built.get(key)) is None:
        _built[key] = world = World(build(), kept(engine, name))
        return cast("Given", world.given)
    with emptied(engine).begin() as connection:
        connection.exec_driver_sql(world.restoring)
    return cast("Given", world.given)


def in_force(plan: Plan, today: date) -> None:
    """An installation in which one plan is in force since `today`, and nothing else."""
    from services.identity.main import activate  # noqa: PLC0415 -- settings must point to the test database first

    begun(owner_engine(), f"{plan.id} {today}", lambda: activate(plan, today=today))


def kept(engine: Engine, name: str) -> str:
    """Copy every table that has rows; the SQL that puts them back."""
    restoring = []
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {KEPT_IN}")
        for number, (table, columns) in enumerate(columns_of(engine).items()):
            copy = f'{KEPT_IN}."{name} {number}"'
            copying = f"CREATE TABLE {copy} AS SELECT {columns} FROM {table}"
            if connection.exec_driver_sql(copying).rowcount:
                into = f"INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE"
                restoring.append(f"{into} SELECT {columns} FROM {copy}")
    return in_spite_of_all(restoring)


@cache
def columns_of(engine: Engine) -> dict[str, str]:
    """{table: its columns that are written}, of all that the services keep."""
    with engine.begin() as connection:
        rows = connection.exec_driver_sql(TABLES, (["bus", "audit", *SERVICES],))
        return {str(table): str(columns) for table, columns in rows}


def in_spite_of_all(statements: list[str]) -> str:
    """One message, past references and append-only tables: those let a replica do as it likes."""
    return "; ".join(["SET LOCAL session_replication_role = replica", *statements])

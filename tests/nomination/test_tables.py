"""The tables are what the models say, and refuse what must not be."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from services.nomination.models import Table
from tests.nomination.conftest import Somebody, complete


def test_models_and_migrations_agree(database: Engine) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _: kind != "schema" or name == "nomination",
                "version_table_schema": "nomination",
                "compare_type": True,
            },
        )

        assert compare_metadata(context, Table.metadata) == []


def test_every_check_of_the_models_stands_in_the_database(database: Engine) -> None:
    declared = {
        constraint.name
        for table in Table.metadata.tables.values()
        for constraint in table.constraints
        if constraint.name and type(constraint).__name__ == "CheckConstraint"
    }
    with database.connect() as connection:
        standing = set(
            connection.exec_driver_sql(
                "SELECT conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'nomination'::regnamespace"
            ).scalars()
        )

    assert declared == standing


@pytest.mark.parametrize(
    "change",
    [
        "code = NULL",
        "stage = 'draft'",
        "stage = 'lost'",
        "given_by = ''",
        "publish_name = false, publish_story = false",
        "story = 'ngắn'",
        "happened_on = '2030-01-01'",
        "answer_by = submitted_on - 1",
        "photo = repeat('a', 64)",
    ],
)
def test_the_database_refuses_a_nomination_that_cannot_be(head: Somebody, database: Engine, change: str) -> None:
    head.browser().post("/api/v1/nominations", json=complete(), headers={"idempotency-key": "k"})

    with database.begin() as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql(f"UPDATE nomination.nomination SET {change}")


def test_nothing_here_reads_another_services_tables() -> None:
    folder = Path(__file__).parents[2] / "services" / "nomination"
    others = ("identity.", "review.", "publish.", "notify.", "report.")
    sql = [path for path in folder.rglob("*.py") if any(f" {verb} {other}" in path.read_text() for verb in
           ("FROM", "INTO", "UPDATE", "JOIN") for other in others)]  # fmt: skip

    assert sql == []

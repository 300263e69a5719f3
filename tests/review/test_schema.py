"""The tables are what the models say."""

from pathlib import Path

from alembic import command
from sqlalchemy import Engine

from services.review.models import Table
from shared.migrations.upgrade import configuration


def test_the_migration_makes_exactly_the_tables_of_the_models(database: Engine) -> None:
    with database.connect() as connection:
        settings = configuration(connection, "review", Path("services/review/migrations"), metadata=Table.metadata)

        command.check(settings)  # raises when the two differ

"""The tables that migrations make are the tables that the models describe."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

from services.publish.models import Table
from shared.migrations.upgrade import configuration


def test_models_and_migrations_describe_the_same_tables(database: Engine) -> None:
    with database.connect() as connection:
        configuration(connection, "publish", Path("services/publish/migrations"), Table.metadata)
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _: kind != "schema" or name == "publish",
                "include_object": lambda _object, name, _kind, _reflected, _compare_to: name != "alembic_version",
                "compare_type": True,
            },
        )
        differences = compare_metadata(context, Table.metadata)

    assert differences == []

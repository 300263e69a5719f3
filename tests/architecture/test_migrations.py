"""Tables and models say the same."""

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from shared.bus.broker import SERVICES
from shared.database import owner_engine
from shared.migrations.upgrade import upgrade


@pytest.mark.parametrize("service", SERVICES)
def test_the_migrations_of_a_service_make_the_tables_of_its_models(installation, service):
    metadata = metadata_of(f"services.{service}.models")
    with owner_engine().connect() as connection:
        options = {"include_schemas": True, "include_name": lambda name, kind, _: kind != "schema" or name == service}
        context = MigrationContext.configure(connection, opts={**options, "compare_type": False})

        differences = [found for found in compare_metadata(context, metadata) if "alembic_version" not in str(found)]

    assert differences == []


def metadata_of(name):
    """Every table of a service: its models are one module or a package of them."""
    models = import_module(name)
    for found in walk_packages(getattr(models, "__path__", []), f"{name}."):
        import_module(found.name)
    return (models if hasattr(models, "Table") else import_module(f"{name}.table")).Table.metadata


def test_a_second_upgrade_changes_nothing(installation):
    upgrade(*SERVICES)
    upgrade(*SERVICES)


def test_every_service_has_a_history():
    assert [name for name in SERVICES if not list(Path("services", name, "migrations").glob("0001_*.py"))] == []

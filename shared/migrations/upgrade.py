"""Roles, schemas, tables, rights: one run makes an empty PostgreSQL ready, a second run changes nothing."""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from psycopg import sql
from sqlalchemy import Connection, MetaData, text

from shared.database import owner_engine
from shared.settings import role_of, role_password

ROOT = Path(__file__).resolve().parents[2]
LOCK = 7_201_948  # one upgrade at a time; any number does
READS_THE_TRAIL = "identity"  # the one service whose pages show the audit trail


def upgrade(*services: str) -> None:
    """Bring the bus, the audit trail and the named services to their newest schema, in one transaction each.

    Safe to call from several processes at once: they take turns.
    """
    with owner_engine().connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
        try:
            connection.commit()
            migrate(connection, "bus", Path("shared/bus/migrations"))
            migrate(connection, "audit", Path("shared/audit/migrations"))
            for service in services:
                make_role(connection, service)
                migrate(connection, service, Path("services") / service / "migrations")
            for service in services:  # when all functions that they may ask are there
                grant(connection, service)
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
            connection.commit()


def migrate(connection: Connection, schema: str, versions: Path) -> None:
    """Run the schema's own history to its head."""
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
    connection.commit()
    command.upgrade(configuration(connection, schema, versions), "head")
    connection.commit()


def configuration(connection: Connection, schema: str, versions: Path, metadata: MetaData | None = None) -> Config:
    """Alembic's settings for one schema; `metadata` only where models are to be compared with the tables."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("version_locations", str(ROOT / versions))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, schema=schema, metadata=metadata)
    return config


def make_role(connection: Connection, service: str) -> None:
    """The service's login role, with the password of this installation."""
    role = role_of(service)
    known = connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role})
    statement = sql.SQL("{verb} ROLE {role} LOGIN PASSWORD {password}").format(
        verb=sql.SQL("ALTER" if known else "CREATE"),
        role=sql.Identifier(role),
        password=sql.Literal(role_password(service)),
    )
    connection.exec_driver_sql(statement.as_string(None))
    connection.commit()


def grant(connection: Connection, service: str) -> None:
    """Rights on the service's own rows, on the bus and the audit trail as far as it needs them, and on nothing else."""
    role = role_of(service)
    connection.exec_driver_sql(f"""
        GRANT USAGE ON SCHEMA {service}, bus TO {role};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {service} TO {role};
        REVOKE ALL ON {service}.alembic_version FROM {role};
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA {service} TO {role};
        GRANT SELECT, INSERT ON bus.event, bus.unsealed TO {role};
        GRANT SELECT, INSERT, UPDATE ON bus.delivery, bus.subject, bus.effect TO {role};
        GRANT SELECT, INSERT ON bus.day TO {role};
        GRANT SELECT ON bus.head TO {role};
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA bus TO {role};
    """)
    connection.exec_driver_sql(f"""
        GRANT USAGE ON SCHEMA audit TO {role};
        GRANT INSERT ON audit.entry, audit.unsealed TO {role};
        GRANT EXECUTE ON FUNCTION audit.looked_lately(audit.entry, interval) TO {role};
    """)
    if service == READS_THE_TRAIL:
        connection.exec_driver_sql(f"""
            GRANT SELECT ON audit.entry, audit.unsealed, audit.seal, audit.head TO {role};
            GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA audit TO {role};
        """)
    if connection.scalar(text("SELECT 1 FROM pg_namespace WHERE nspname = 'access'")):
        connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA access TO {role}")
        connection.exec_driver_sql(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA access TO {role}")
    connection.commit()


if __name__ == "__main__":
    upgrade(*sys.argv[1:])

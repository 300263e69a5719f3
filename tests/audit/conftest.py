"""A commune in the middle of its work: nominations, a case, a story, letters; and everybody signed in."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import Engine, text

from shared.database import owner_engine
from shared.settings import settings
from tests.audit.commune import Commune, founded
from tests.worlds import begun, emptied

NOW = datetime(2025, 5, 20, 1, 15, tzinfo=UTC)  # 08:15 on a Tuesday in Vietnam


@pytest.fixture(scope="module")
def _clock(installation: None) -> Iterator[None]:
    """The product's clock stands near NOW, in a demonstration."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUONGSANG_CLOCK_OFFSET_S", str((NOW - datetime.now(UTC)).total_seconds()))
        patch.setenv("GUONGSANG_DEMO", "1")
        settings.cache_clear()
        yield
    settings.cache_clear()


@pytest.fixture(scope="module")
def commune(_clock: None) -> Commune:
    """One commune for all tests of a module; what they write into the trail is cleared before each."""
    import_module("shared.access.door")._remembered.clear()
    found = begun(emptied(owner_engine()), "audit", founded)
    return replace(found, secrets={office: [*secrets] for office, secrets in found.secrets.items()})


@pytest.fixture
def trail(commune: Commune) -> "Trail":
    """The trail, empty."""
    found = Trail(owner_engine())
    found.clear()
    return found


class Trail:
    """The audit trail as its owner sees it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def clear(self) -> None:
        self.tamper("DELETE FROM audit.entry", "DELETE FROM audit.unsealed", "DELETE FROM audit.seal",
                    "DELETE FROM audit.head")  # fmt: skip

    def tamper(self, *statements: str, **values: Any) -> None:
        """What no role of ours may do: change rows as somebody with the database's own files could."""
        with self.engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in statements:
                connection.execute(text(statement), values)

    def rows(self) -> list[Any]:
        with self.engine.begin() as connection:
            return list(connection.exec_driver_sql("SELECT * FROM audit.entry ORDER BY id"))

    def said(self) -> list[str]:
        """Every entry as "action kind", oldest first."""
        return [f"{row.action} {row.object_kind}" for row in self.rows()]


@pytest.fixture
def forbidden(commune: Commune) -> Iterator[Callable[[str], None]]:
    """Takes a service the right to write the trail, until the test ends."""
    taken: list[str] = []

    def forbid(service: str) -> None:
        taken.append(service)
        run(f"REVOKE INSERT ON audit.entry FROM guongsang_{service}")

    yield forbid
    for service in taken:
        run(f"GRANT INSERT ON audit.entry TO guongsang_{service}")


def run(statement: str) -> None:
    with owner_engine().begin() as connection:
        connection.exec_driver_sql(statement)

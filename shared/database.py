"""Sessions and transactions. The only place, besides the relay and the worker's edge, that commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from shared.access.sight import EVERYTHING, Sight
from shared.settings import service_database_url, settings

SCHEME = "postgresql+psycopg"
#: What a service's pool keeps for requests (`shared.access.turns`), and what it opens beside them for short questions.
CONNECTIONS, SPARE = 6, 2
PATIENCE_S = 10


@cache
def engine_of(service: str) -> Engine:
    """The service's pool of connections, under its own role; made once per process.

    The role's search_path is its own schema, set when the role is made (`shared.migrations`). What is sent on it
    before somebody said what it may see raises Unscoped: by `transaction`, or for the bus's own by BUS_ONLY.
    """
    engine = connect(service_database_url(service), size=CONNECTIONS, spare=SPARE, name=service)
    event.listen(engine, "before_cursor_execute", require_scope)
    return engine


@cache
def owner_engine() -> Engine:
    """A pool under the role that owns the database: migrations, the housekeeper and the command line only."""
    return connect(settings().database_url, size=2, spare=2, name="owner")


def connect(url: str, *, size: int, spare: int, name: str) -> Engine:
    """An engine that checks a connection before use, so that a restarted PostgreSQL costs one retry, not one error."""
    scheme, _, rest = url.partition("://")
    return create_engine(
        f"{SCHEME}://{rest}" if scheme in {"postgresql", "postgres"} else url,
        pool_size=size,
        max_overflow=spare,
        pool_pre_ping=True,
        pool_timeout=PATIENCE_S,
        pool_recycle=1800,
        connect_args={
            "application_name": f"guongsang-{name}",
            "connect_timeout": 5,
            "options": "-c timezone=UTC -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s",
        },
    )


class Unscoped(RuntimeError):
    """A statement on a service's connection for which nobody said what it may see: a fault of ours, not the asker's."""


def require_scope(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
    """Raise Unscoped where no scope was set; a policy of the table would raise at the first row only, if there is one.

    A session takes a connection for one transaction, so what `look` marked is over together with it.
    """
    if not connection.get_execution_options().get(SCOPED):
        raise Unscoped(f"outside of shared.database.transaction: {statement.strip()[:80]}")


@contextmanager
def transaction(engine: Engine, sight: Sight = EVERYTHING) -> Iterator[Session]:
    """A session whose work is committed on leaving, or rolled back on any exception.

    The machinery's sees everything: workers, the command line, housekeeping. A request's has the sight of its asker
    (`shared.access.session`). A service's connection used in any other way has none, and answers nothing.
    """
    with Session(engine, expire_on_commit=False) as session, session.begin():
        look(session, sight)
        yield session


def look(session: Session, sight: Sight) -> None:
    """Let the rest of the transaction see this, and no more."""
    session.connection().execution_options(scoped=True).exec_driver_sql(LOOK, sight.settings)
    session.info[SIGHT] = sight


@contextmanager
def looking(session: Session, sight: Sight) -> Iterator[None]:
    """Let a few statements see something else than the rest of the transaction; what they change is written by then."""
    before: Sight = session.info[SIGHT]
    session.flush()
    look(session, sight)
    try:
        yield
        session.flush()
    except SQLAlchemyError:
        raise  # the transaction is lost as a whole, and its sight with it
    except BaseException:
        look(session, before)
        raise
    look(session, before)


@contextmanager
def widened(session: Session, sight: Sight, *, why: str) -> Iterator[None]:
    """`looking` for more than the asker may see: `why` says what for, to whoever searches for these places."""
    if not why:
        raise ValueError("a wider sight needs a reason")
    with looking(session, sight):
        yield


SIGHT = "database.sight"
SCOPED = "scoped"
#: For a connection that touches nothing but the bus, which has no scoped tables.
BUS_ONLY: dict[str, Any] = {SCOPED: True}
LOOK = """
    SELECT set_config('guongsang.plans', %s, true), set_config('guongsang.units', %s, true),
           set_config('guongsang.person', %s, true), set_config('guongsang.holder', %s, true)
"""

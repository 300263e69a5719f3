"""Sessions and transactions. The only place, besides the relay and the worker's edge, that commits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Engine, create_engine
from sqlmodel import Session

from shared.settings import service_database_url, settings

SCHEME = "postgresql+psycopg"


@cache
def engine_of(service: str) -> Engine:
    """The service's pool of connections, under its own role; made once per process.

    The role's search_path is its own schema, set when the role is made (`shared.migrations`).
    """
    return connect(service_database_url(service), size=4, name=service)


@cache
def owner_engine() -> Engine:
    """A pool under the role that owns the database: migrations, the housekeeper and the command line only."""
    return connect(settings().database_url, size=2, name="owner")


def connect(url: str, *, size: int, name: str) -> Engine:
    """An engine that checks a connection before use, so that a restarted PostgreSQL costs one retry, not one error."""
    scheme, _, rest = url.partition("://")
    return create_engine(
        f"{SCHEME}://{rest}" if scheme in {"postgresql", "postgres"} else url,
        pool_size=size,
        max_overflow=size,
        pool_pre_ping=True,
        pool_timeout=10,
        pool_recycle=1800,
        connect_args={
            "application_name": f"guongsang-{name}",
            "connect_timeout": 5,
            "options": "-c timezone=UTC -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s",
        },
    )


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session whose work is committed on leaving, or rolled back on any exception."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


def session_of(service: str) -> Callable[[], Iterator[Session]]:
    """A FastAPI dependency: one request is one transaction.

    Declare it with `scope="function"`: then the commit comes before the answer, and a failed commit is an error
    the caller sees. With the default scope FastAPI answers first.
    """

    def session() -> Iterator[Session]:
        with transaction(engine_of(service)) as opened:
            yield opened

    return session

"""Wakes relays after a commit, at most once in 10 ms per process.

NOTIFY takes a lock over the whole database at commit, so it has no place in the transactions of the hot path. A thread
sends it on a connection of its own. A wake-up that gets lost costs at most the relay's poll of one second.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable

import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from shared.database import BUS_ONLY

log = structlog.get_logger()
QUIET_S = 0.01

_waiting: dict[Engine, set[str]] = defaultdict(set)
_changed = threading.Condition()
_thread: threading.Thread | None = None


def channel_of(hearer: str) -> str:
    """The PostgreSQL notification channel on which a hearer's relay listens."""
    return f"bus_{hearer}"


def wake(bind: Engine | Connection, hearers: Iterable[str]) -> None:
    """Have the hearers' relays woken soon. Returns at once; never raises."""
    global _thread  # noqa: PLW0603 -- one waker per process, started when first needed, so that forks start clean
    engine = bind.engine
    with _changed:
        _waiting[engine].update(hearers)
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_keep_waking, name="bus-waker", daemon=True)
            _thread.start()
        _changed.notify()


def _keep_waking() -> None:
    while True:
        with _changed:
            _changed.wait_for(lambda: any(_waiting.values()))
            due = dict(_waiting)
            _waiting.clear()
        for engine, hearers in due.items():
            _notify(engine, sorted(hearers))
        time.sleep(QUIET_S)


def _notify(engine: Engine, hearers: list[str]) -> None:
    channels = [channel_of(hearer) for hearer in hearers]
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT", **BUS_ONLY) as connection:
            connection.exec_driver_sql(NOTIFY, (channels,))
    except SQLAlchemyError as error:
        log.warning("bus.wake_failed", error=type(error).__name__)


# Its own little transaction, which need not wait for the disk.
NOTIFY = """
    SELECT set_config('synchronous_commit', 'off', true), pg_notify(channel, '') FROM unnest(%s::text[]) AS channel
"""

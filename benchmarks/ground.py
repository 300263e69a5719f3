"""Engines of one's own in a temporary folder, with every schema and the sample people, and processes on top."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, text

from gateway.engines.embedded import Addresses, started
from gateway.supervisor.ports import LOOPBACK
from shared.bus.broker import celery_app, redis_client
from shared.clock import VIETNAM
from shared.database import engine_of, owner_engine
from shared.settings import settings

ROOT = Path(__file__).parents[1]
PLANS = ROOT / "benchmarks" / "plans"
DAY = datetime(2025, 5, 20, 8, 0, tzinfo=VIETNAM)  # within the period of the plan
WITHIN_S = 120.0


@contextmanager
def ground() -> Iterator[Addresses]:
    """Engines with migrated schemas and sample people; this process's settings point to them."""
    from gateway.demo.prepare import prepare  # noqa: PLC0415 -- reads settings that are set here

    folder = Path(tempfile.mkdtemp(prefix="guongsang-bench-"))
    folder.chmod(0o755)
    before = dict(os.environ)
    try:
        with started(folder / "var") as found:
            os.environ |= {
                "GUONGSANG_DATABASE_URL": found.database_url,
                "GUONGSANG_REDIS_URL": found.redis_url,
                "GUONGSANG_SECRET": "for measurements only, not a secret",
                "GUONGSANG_PLANS_DIR": str(PLANS),
                "GUONGSANG_VAR_DIR": str(folder / "var"),
                "GUONGSANG_DEMO": "1",
                "GUONGSANG_CLOCK_OFFSET_S": str(round((DAY - datetime.now(VIETNAM)).total_seconds())),
            }
            forget()
            prepare(False)
            yield found
            owner_engine().dispose()
    finally:
        os.environ.clear()
        os.environ.update(before)
        forget()
        shutil.rmtree(folder, ignore_errors=True)


def forget() -> None:
    """Drop what this process has cached of its settings."""
    for cached in (settings, owner_engine, engine_of, celery_app, redis_client):
        cached.cache_clear()


@contextmanager
def running(*commands: Sequence[str], sockets: Sequence[socket.socket] = ()) -> Iterator[None]:
    """Python modules as processes of their own (`-m` is added), ended with the block."""
    descriptors = [one.fileno() for one in sockets]
    log = Path(os.environ["GUONGSANG_VAR_DIR"]) / "processes.log"
    with log.open("ab") as said:
        processes = [
            subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, pass_fds=descriptors, stdout=said, stderr=said)
            for command in commands
        ]
    try:
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def until(condition: Callable[[], object], what: str, *, within_s: float = WITHIN_S) -> None:
    """Wait for the condition. Raises TimeoutError."""
    deadline = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not after {within_s:.0f} s")
        time.sleep(0.02)


def listening() -> socket.socket:
    """A bound socket on a free port, for web processes to share."""
    bound = socket.create_server((LOOPBACK, 0), backlog=512)
    bound.set_inheritable(True)
    return bound


def number(engine: Engine, query: str) -> float:
    """The one number that a query gives; 0 for none."""
    with engine.connect() as connection:
        return float(connection.execute(text(query)).scalar() or 0)

"""The real road of deliveries: relays and Celery workers as processes of their own, and what can be seen of them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from redis import Redis

from shared.bus.broker import KEY_PREFIX, queues_of, redis_client
from tests.bus.noting import HEARER

ROOT = Path(__file__).parents[2]
NOTING = "tests.bus.noting:worker"


def until(condition: Callable[[], object], *, within_s: float = 30.0, say: Callable[[], object] = lambda: "") -> None:
    """Wait for the condition; fail, with what `say` says, when it does not come true in time."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"not true after {within_s} s: {say()}"
        time.sleep(0.01)


class Road:
    """The processes of one test. Each leads a group of its own, which `kill` ends as a whole."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.processes: list[subprocess.Popen[bytes]] = []

    def relay(self, service: str = HEARER, *, linger_s: float = 0.0) -> subprocess.Popen[bytes]:
        return self.start(sys.executable, "-m", "shared.bus.relay", service, "--linger", str(linger_s))

    def worker(self, app: str = NOTING, service: str = HEARER, *, pool: str = "solo") -> subprocess.Popen[bytes]:
        """A worker as `shared.bus.worker.run` starts it."""
        celery = (sys.executable, "-m", "celery", "-A", app, "worker", f"--queues={','.join(queues_of(service))}")
        quiet = ("--without-gossip", "--without-mingle", "--loglevel=WARNING")
        return self.start(
            *celery, f"--pool={pool}", "--concurrency=1", f"--hostname={service}-{os.getpid()}@%h", *quiet
        )

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self.logs / f"{len(self.processes)}.log").open("wb")
        with log:
            process = subprocess.Popen(arguments, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        self.processes.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """SIGKILL, as the kernel does when memory runs out."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def said(self) -> str:
        """The end of every process's log."""
        return "\n".join(f"--- {path.name}\n{path.read_text()[-2000:]}" for path in sorted(self.logs.iterdir()))

    def end(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)


def broker() -> Redis:
    return redis_client()


def waiting(queue: str = HEARER) -> int:
    """Messages in the queue."""
    return int(broker().llen(f"{KEY_PREFIX}{queue}"))  # type: ignore[arg-type]  # the synchronous client answers at once


def forget_everything() -> None:
    """Leave Redis as it is after a restart without its files, or after FLUSHALL (which our user may not say)."""
    broker().eval("for _, key in ipairs(redis.call('SCAN', 0, 'COUNT', 100000)[2]) do redis.call('DEL', key) end", 0)

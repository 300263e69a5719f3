"""The running product: started as its users start it, on a var/ of its own, and ended with it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from gateway.supervisor.instance import running

ROOT = Path(__file__).parents[2]
READY_WITHIN_S = 150
STOPPED_WITHIN_S = 30
ENGINES_OF_OTHERS = ("GUONGSANG_DATABASE_URL", "GUONGSANG_REDIS_URL", "GUONGSANG_SMTP_HOST", "GUONGSANG_SECRET")


@contextmanager
def house(var: Path) -> Iterator[str]:
    """The address of a run that is ready; it is stopped at the end."""
    environment = {name: value for name, value in os.environ.items() if name not in ENGINES_OF_OTHERS}
    environment |= {"GUONGSANG_VAR_DIR": str(var), "GUONGSANG_PLANS_DIR": str(ROOT / "plans")}
    log = (var.parent / f"{var.name}.log").open("wb+")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.run"], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
    )
    try:
        yield ready(process, var, Path(log.name))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOPPED_WITHIN_S)
        log.close()


def ready(process: subprocess.Popen[bytes], var: Path, log: Path) -> str:
    """The address, once everything has been healthy. Fails with the run's own words."""
    pause = Event()  # nobody sets it: waiting on it is a look every now and then
    for _look in range(READY_WITHIN_S * 5):
        found = running(var)
        if found and found.ready:
            return found.address
        if process.poll() is not None:
            break
        pause.wait(0.2)
    raise AssertionError(f"the run did not become ready: {log.read_text(encoding='utf-8')[-2000:]}")

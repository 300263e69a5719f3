"""An embedded run of one's own: started as a process, looked at from outside, stopped."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gateway.engines.embedded import addresses
from gateway.supervisor import kernel
from gateway.supervisor.instance import ProcessState, read_processes, running
from shared.database import engine_of, owner_engine
from shared.settings import settings

ROOT = Path(__file__).parents[2]
READY_WITHIN_S = 180.0


class TooLateError(Exception):
    """Something did not come about in its time."""


def until(condition: Callable[[], object], *, within_s: float, what: str, every_s: float = 0.05) -> float:
    """Wait for the condition; the seconds it took. Raises TooLateError."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > within_s:
            raise TooLateError(f"{what}: not after {within_s:.0f} s")
        time.sleep(every_s)
    return time.monotonic() - began


@dataclass(frozen=True, slots=True)
class House:
    """A running house and its folder."""

    var: Path
    process: subprocess.Popen[bytes]

    @property
    def port(self) -> int:
        found = running(self.var)
        assert found is not None
        return int(found.address.rpartition(":")[2])

    def states(self) -> dict[str, ProcessState]:
        return read_processes(self.var)

    def kill(self, name: str) -> bool:
        """SIGKILL the process as it runs now; False when it is just being started again."""
        state = self.states()[name]
        if not state.pid or not state.healthy or kernel.mark(state.pid) != state.mark:
            return False
        os.kill(state.pid, signal.SIGKILL)
        return True

    def whole(self) -> bool:
        """Whether every process runs and is healthy."""
        return all(state.healthy for state in self.states().values())


@contextmanager
def house(*, plans: Path = ROOT / "plans") -> Iterator[House]:
    """A house in a folder of its own, whole, with this process's settings pointing to it; gone with the block."""
    folder = Path(tempfile.mkdtemp(prefix="guongsang-house-"))
    folder.chmod(0o755)
    var = folder / "var"
    before = dict(os.environ)
    environment = {name: value for name, value in before.items() if not name.startswith("GUONGSANG_")}
    environment["GUONGSANG_PLANS_DIR"] = str(plans)
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.house", str(var)], cwd=ROOT, env=environment, stdout=said, stderr=said
        )
    opened = House(var, process)
    try:
        until(lambda: ready(opened), within_s=READY_WITHIN_S, what=f"the house in {var}")
        use(var, plans)
        yield opened
    finally:
        os.environ.clear()
        os.environ.update(before)
        forget()
        process.terminate()
        process.wait(30)
        if os.environ.get("KEEP"):
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder)


def ready(opened: House) -> bool:
    if opened.process.poll() is not None:
        raise TooLateError(f"the house ended: {(opened.var.parent / 'said').read_text()}")
    found = running(opened.var)
    return bool(found and found.ready)


def use(var: Path, plans: Path) -> None:
    """Point this process to the house."""
    found = addresses(var)
    os.environ |= {
        "GUONGSANG_DATABASE_URL": found.database_url,
        "GUONGSANG_REDIS_URL": found.redis_url,
        "GUONGSANG_SECRET": (var / "secrets" / "installation").read_text(encoding="utf-8").strip(),
        "GUONGSANG_VAR_DIR": str(var),
        "GUONGSANG_PLANS_DIR": str(plans),
        "GUONGSANG_DEMO": "1",
    }
    forget()


def forget() -> None:
    """Drop what this process has cached of its settings."""
    for cached in (settings, owner_engine, engine_of):
        cached.cache_clear()

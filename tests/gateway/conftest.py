import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gateway.supervisor.instance import ProcessState, read_processes, running

ROOT = Path(__file__).parents[2]
HOUSE = Path(__file__).with_name("house.py")


def until(condition: Callable[[], object], *, within_s: float = 20.0) -> None:
    """Wait for the condition; fail when it does not come true in time."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"not true after {within_s} s"
        time.sleep(0.01)


def alive(pid: int) -> bool:
    """Whether the process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class Run:
    """A run of house.py on a folder."""

    def __init__(self, scenario: str, var: Path) -> None:
        self.var = var
        self.process = subprocess.Popen(
            [sys.executable, str(HOUSE), scenario, str(var)],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            text=True,
        )

    def ready(self) -> "Run":
        until(lambda: self.is_ready() or self.process.poll() is not None, within_s=60)
        assert self.process.poll() is None, self.words()
        return self

    def is_ready(self) -> bool:
        instance = running(self.var)
        return instance is not None and instance.ready and instance.pid == self.process.pid

    def state(self, name: str) -> ProcessState:
        return read_processes(self.var)[name]

    def pid(self, name: str) -> int:
        pid = self.state(name).pid
        assert pid is not None
        return pid

    def kill(self, name: str) -> int:
        """kill -9; returns the pid that was killed."""
        pid = self.pid(name)
        os.kill(pid, signal.SIGKILL)
        return pid

    def back(self, name: str, killed: int) -> ProcessState:
        """Wait until the killed process runs again and is healthy."""
        until(lambda: self.state(name).healthy and self.state(name).pid not in {None, killed}, within_s=30)
        return self.state(name)

    def pids(self) -> list[int]:
        return [state.pid for state in read_processes(self.var).values() if state.pid]

    def stop(self) -> float:
        """SIGTERM; returns the seconds it took to end."""
        began = time.monotonic()
        self.process.terminate()
        self.process.wait(15)
        return time.monotonic() - began

    def words(self) -> str:
        assert self.process.stderr is not None
        return self.process.stderr.read()

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.process.stderr:
            self.process.stderr.close()


@pytest.fixture
def start() -> Iterator[Callable[[str, Path], Run]]:
    """Start a scenario of house.py on a folder; ended with the test."""
    runs: list[Run] = []

    def begin(scenario: str, var: Path) -> Run:
        runs.append(Run(scenario, var))
        return runs[-1]

    yield begin
    for run in reversed(runs):
        run.end()


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """A fresh folder; below pytest's own, which is closed to other users."""
    return (tmp_path / "var").resolve()


@pytest.fixture
def open_var() -> Iterator[Path]:
    """A fresh folder where everybody may pass."""
    folder = Path(tempfile.mkdtemp(prefix="guongsang-", dir="/tmp")).resolve()
    folder.chmod(0o755)
    yield folder / "var"
    shutil.rmtree(folder)

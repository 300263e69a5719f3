"""One run at a time on one var/: the lock, the address, and the list of processes that others may read."""

import fcntl
import json
import os
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from gateway.supervisor import kernel
from shared.clock import now

ALREADY_RUNNING = 3  # exit code of a second start


class AlreadyRunningError(Exception):
    """Another run holds this var/. `exit_code` is what a command should end with."""

    exit_code = ALREADY_RUNNING

    def __init__(self, var: Path, instance: "Instance") -> None:
        where = f" at {instance.address}" if instance.address else ""
        super().__init__(f"{var}: already running{where} (process {instance.pid}); stop that one first, or use it")
        self.var = var
        self.instance = instance


class NotOursError(PermissionError):
    """The var/ was made by another user, and its data can only be used by that one, or by root."""

    def __init__(self, var: Path) -> None:
        super().__init__(
            f"{var}: belongs to user number {var.stat().st_uid}, this is user number {os.geteuid()}; "
            "start as that user, or choose another folder with GUONGSANG_VAR_DIR"
        )


@dataclass(frozen=True, slots=True)
class Instance:
    """The run that holds a var/."""

    pid: int
    started_at: datetime
    #: Where people open it; empty until it is known.
    address: str = ""
    #: Everything has been healthy once.
    ready: bool = False


@dataclass(frozen=True, slots=True)
class ProcessState:
    """A supervised process as the supervisor last saw it."""

    #: None while it waits to be started again.
    pid: int | None
    started_at: datetime | None
    restarts: int
    healthy: bool
    #: Tells the process from a later one with the same pid (Linux; `kernel.mark`).
    mark: str | None = None


class Hold:
    """The lock on a var/, kept until `release`, the end of this process, or the end of a `with` block."""

    def __init__(self, var: Path, descriptor: int, instance: Instance) -> None:
        self.var = var
        self.descriptor = descriptor
        self.instance = instance

    def say(self, *, address: str | None = None, ready: bool | None = None) -> None:
        """Tell whoever asks (`running`) where this run is opened, or that it is ready."""
        self.instance = Instance(
            pid=self.instance.pid,
            started_at=self.instance.started_at,
            address=self.instance.address if address is None else address,
            ready=self.instance.ready if ready is None else ready,
        )
        replace(self.var / "run/instance.json", asdict(self.instance))

    def release(self) -> None:
        """Let go. In a forked child, close the descriptor instead: unlocking would let go for the parent too."""
        (self.var / "run/instance.json").unlink(missing_ok=True)
        fcntl.flock(self.descriptor, fcntl.LOCK_UN)
        os.close(self.descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()


def hold(var: Path) -> Hold:
    """Take this var/ for this process, and end what a killed run left behind on it.

    Raises AlreadyRunningError if another process has it, NotOursError if another user made it.
    """
    if var.exists() and not os.access(var, os.W_OK):
        raise NotOursError(var)
    (var / "run").mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(lock_path(var), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except PermissionError:
        raise NotOursError(var) from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise AlreadyRunningError(var, read_instance(var)) from None
    held = Hold(var, descriptor, Instance(pid=os.getpid(), started_at=now()))
    held.say()
    end_leftovers(read_processes(var))
    return held


def end_leftovers(states: Mapping[str, ProcessState], *, within_s: float = 5.0) -> None:
    """Wait for processes of a killed run, which the kernel has told to end; after that, end them with SIGKILL."""
    left = {state.pid: state.mark for state in states.values() if state.pid and state.mark}
    deadline = time.monotonic() + within_s
    while alive := [pid for pid, mark in left.items() if kernel.mark(pid) == mark and not kernel.is_zombie(pid)]:
        if time.monotonic() > deadline:
            for pid in alive:
                with suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)
        time.sleep(0.02)
    for pid, mark in left.items():
        if mark.startswith(kernel.boot_id()):
            for member in kernel.leaderless(pid):
                with suppress(ProcessLookupError):
                    os.kill(member, signal.SIGKILL)


def running(var: Path) -> Instance | None:
    """The run that holds this var/ now, or None."""
    try:
        descriptor = os.open(lock_path(var), os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return read_instance(var)
    finally:
        os.close(descriptor)
    return None


def read_processes(var: Path) -> dict[str, ProcessState]:
    """{name: state} of the run that last held this var/; empty if there was none."""
    try:
        written = json.loads((var / "run/processes.json").read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return {
        name: ProcessState(**state | {"started_at": moment(state["started_at"])}) for name, state in written.items()
    }


def write_processes(var: Path, states: Mapping[str, ProcessState]) -> None:
    """Put the list in place of the last one, whole at any moment."""
    replace(var / "run/processes.json", {name: asdict(state) for name, state in states.items()})


def read_instance(var: Path) -> Instance:
    try:
        written = json.loads((var / "run/instance.json").read_text())
    except (FileNotFoundError, ValueError):  # taken a moment ago, not yet written
        return Instance(pid=0, started_at=now())
    return Instance(**written | {"started_at": datetime.fromisoformat(written["started_at"])})


def lock_path(var: Path) -> Path:
    return var / "run/lock"


def moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def replace(path: Path, content: object) -> None:
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(json.dumps(content, indent=1, default=datetime.isoformat))
    fresh.replace(path)

"""Processes that a killed run left on a data folder: they must be gone before the next server starts on it."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
POLITE_S, FIRM_S = 4.0, 6.0
POLL_S = 0.02


def end_all_in(folder: Path) -> None:
    """Wait for every process that works in the folder to end; ask it after 4 s, kill it after 6 s.

    Both engines make their data folder their working folder, and no other program has a reason to. Where there is no
    /proc it does nothing: PostgreSQL's own check of postmaster.pid remains.
    """
    began, asked = time.monotonic(), False
    while pids := working_in(folder):
        waited = time.monotonic() - began
        if waited > FIRM_S:
            signal_all(pids, signal.SIGKILL)
        elif waited > POLITE_S and not asked:
            signal_all(pids, signal.SIGQUIT)
            asked = True
        time.sleep(POLL_S)


def working_in(folder: Path) -> list[int]:
    """The pids of the processes whose working folder it is, this one left out."""
    if not PROC.exists():
        return []
    found = []
    for entry in PROC.iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with suppress(OSError):  # ended meanwhile, or not ours to ask
                if (entry / "cwd").readlink() == folder:
                    found.append(int(entry.name))
    return found


def signal_all(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)

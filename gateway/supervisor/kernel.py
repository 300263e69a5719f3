"""What the supervisor asks of the operating system beyond Python's `os`. Linux; elsewhere it does without."""

import ctypes
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

LINUX = sys.platform == "linux"
PR_SET_PDEATHSIG, PR_SET_NAME, PR_SET_CHILD_SUBREAPER = 1, 15, 36  # linux/prctl.h
M_ARENA_MAX, FEW_ARENAS = -8, 2  # malloc.h
PROC = Path("/proc")
STATE, PARENT, GROUP, SESSION, STARTED = 0, 1, 2, 3, 19  # proc(5), counted from the state on


def die_with_parent(signal_number: signal.Signals, *, parent: int) -> None:
    """Have the kernel send this process the signal when `parent` (a pid) ends, however it ends.

    Call it in the child, after any change of user: the kernel forgets the wish then. It survives exec.
    """
    if not LINUX:
        return
    prctl(PR_SET_PDEATHSIG, signal_number)
    if os.getppid() != parent:  # gone before the wish was heard
        os.kill(os.getpid(), signal_number)


def adopt_orphans() -> None:
    """Make this process the parent of descendants whose own parent dies, so that none is lost or left as a zombie."""
    if LINUX:
        prctl(PR_SET_CHILD_SUBREAPER, 1)


def name_process(name: str) -> None:
    """Show the name in ps and top; the kernel keeps 15 bytes of it."""
    if LINUX:
        libc().prctl(PR_SET_NAME, name.encode()[:15], 0, 0, 0)


def give_way(niceness: int) -> None:
    """Let others have the processor first; also where the kernel weighs whole sessions (sched(7), autogroup)."""
    os.nice(niceness)
    with suppress(OSError):
        (PROC / "self/autogroup").write_text(str(niceness))


def use_few_arenas() -> None:
    """Have the C library keep few heaps for threads (glibc): it makes eight per processor, and they never shrink."""
    if LINUX and hasattr(libc(), "mallopt"):
        libc().mallopt(M_ARENA_MAX, FEW_ARENAS)


def children(pid: int) -> list[int]:
    """The pids of its living children, zombies left out; empty where there is no /proc."""
    return [child for child, fields in processes() if fields[PARENT] == str(pid) and fields[STATE] != "Z"]


def mark(pid: int) -> str | None:
    """Names this very process: no later one with the same pid, on this or a later start of the machine, has it.

    None if there is no such process, or no /proc.
    """
    fields = stat_fields(pid)
    return f"{boot_id()}/{fields[STARTED]}" if fields else None


def is_zombie(pid: int) -> bool:
    """Whether the process has ended and only waits for its parent to take note."""
    fields = stat_fields(pid)
    return fields is not None and fields[STATE] == "Z"


def leaderless(group: int) -> list[int]:
    """The members of a process group and session whose leader is gone; empty while the leader lives."""
    if mark(group) and not is_zombie(group):
        return []
    return [pid for pid, fields in processes() if fields[GROUP] == fields[SESSION] == str(group)]


def boot_id() -> str:
    """Differs after every start of the machine; empty where it cannot be known."""
    path = PROC / "sys/kernel/random/boot_id"
    return path.read_text().strip() if path.exists() else ""


def processes() -> Iterator[tuple[int, list[str]]]:
    """Every process of the machine: pid, and the fields of its stat file from the state on (proc(5))."""
    if not LINUX:
        return
    for entry in PROC.iterdir():
        if entry.name.isdigit() and (fields := stat_fields(int(entry.name))):
            yield int(entry.name), fields


def stat_fields(pid: int) -> list[str] | None:
    try:
        stat = (PROC / str(pid) / "stat").read_text(errors="replace")
    except OSError:
        return None
    return stat.rpartition(")")[2].split()  # the name before it may hold blanks and brackets


def sync_folder(folder: Path) -> None:
    """Make the names in the folder outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def prctl(option: int, value: int) -> None:
    if libc().prctl(option, value, 0, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"prctl({option}, {value}): {os.strerror(number)}")


def libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)

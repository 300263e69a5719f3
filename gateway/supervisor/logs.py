"""Log files of the children: written by them, kept within bounds by the supervisor."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

MOST_BYTES = 5_000_000


def open_log(folder: Path, name: str) -> int:
    """A file descriptor that appends to <folder>/<name>.log."""
    return os.open(folder / f"{name}.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o640)


def rotate(folder: Path, *, most_bytes: int = MOST_BYTES) -> None:
    """Move the text of every log beyond the bound to <name>.log.1, in place of the one before.

    The file itself stays, since a running child holds it open in append mode. A line written between the end of the
    copy and the cut (microseconds) is lost.
    """
    for path in folder.glob("*.log"):
        if path.stat().st_size > most_bytes:
            older = path.with_suffix(".log.1")
            with path.open("r+b") as log, older.open("wb") as kept:
                with suppress(OSError):  # a full disk: the cut makes room
                    shutil.copyfileobj(log, kept, 1 << 20)
                log.truncate(0)


def tail(folder: Path, name: str, *, lines: int = 5, most_bytes: int = 4000) -> str:
    """The last lines of a child's log; empty if it has none."""
    try:
        with (folder / f"{name}.log").open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - most_bytes))
            return "\n".join(log.read().decode(errors="replace").splitlines()[-lines:])
    except FileNotFoundError:
        return ""

"""A container's health check: `python -m deploy.health web | worker`. Exits 0 when it is well, 1 when it is not.

A worker that has work and finishes nothing is ended, and the container engine starts it afresh: an engine restarts what
exits, and only shows what is merely unwell.
"""

import os
import signal
import sys
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from deploy.process import HEALTH, PID_FILE, PORT
from shared.bus.progress import WorkerProgress, worker_progress
from shared.clock import now
from shared.database import engine_of

PATIENCE = timedelta(seconds=60)
WAITING_SINCE = PID_FILE.with_name("guongsang-waiting-since")


def main() -> None:
    kind = sys.argv[1] if len(sys.argv) > 1 else ""
    match kind:
        case "web":
            well = answers(f"http://127.0.0.1:{PORT}{HEALTH}")
        case "worker":
            well = worker_is_well(os.environ["GUONGSANG_SERVICE"])
        case _:
            sys.exit(f"{kind!r} has no health check: web or worker")
    sys.exit(0 if well else 1)


def answers(url: str) -> bool:
    """Whether the web process answers within five seconds."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 -- our own address
            return bool(response.status == 200)  # noqa: PLR2004 -- HTTP's "OK"
    except (urllib.error.URLError, OSError):
        return False


def worker_is_well(service: str) -> bool:
    """Whether the worker gets on with its work; ends it when it has not for PATIENCE."""
    progress = next((one for one in worker_progress(engine_of(service)) if one.service == service), None)
    seen = judge(progress, waiting_since=read_moment(WAITING_SINCE), at=now())
    write_moment(WAITING_SINCE, seen.waiting_since)
    if seen.stuck:
        sys.stderr.write(f"worker of {service} has work and finished nothing for {PATIENCE.seconds} s: killed\n")
        end_worker()
    return not seen.stuck


@dataclass(frozen=True, slots=True)
class Judgement:
    """`waiting_since` is when work was first seen to wait, to be remembered until the next check."""

    stuck: bool
    waiting_since: datetime | None


def judge(progress: WorkerProgress | None, *, waiting_since: datetime | None, at: datetime) -> Judgement:
    """The time counts from the later of: work was first seen to wait, something was finished."""
    if progress is None or progress.due == 0:
        return Judgement(stuck=False, waiting_since=None)
    since = waiting_since or at
    finished_at = since if progress.idle_s is None else at - timedelta(seconds=progress.idle_s)
    return Judgement(stuck=at - max(since, finished_at) >= PATIENCE, waiting_since=since)


def read_moment(path: Path) -> datetime | None:
    """What `write_moment` wrote; None if nothing readable is there."""
    with suppress(OSError, ValueError):
        return datetime.fromisoformat(path.read_text(encoding="ascii"))
    return None


def write_moment(path: Path, moment: datetime | None) -> None:
    if moment is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text(moment.isoformat(), encoding="ascii")


def end_worker() -> None:
    """Kill the worker's first process; the container ends with it."""
    with suppress(OSError, ValueError):
        os.kill(int(PID_FILE.read_text(encoding="ascii")), signal.SIGKILL)


if __name__ == "__main__":
    main()

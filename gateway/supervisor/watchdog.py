"""Finds workers that live and do nothing, and ends them so that the supervisor starts them afresh."""

import logging
import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from gateway.supervisor import kernel
from gateway.supervisor.instance import ProcessState, read_processes
from shared.clock import now

LIMIT_S = 60.0
EVERY_S = 5.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """What the bus knows of one worker."""

    #: The name of its process.
    process: str
    #: Work that is due for it, including what it has taken and not finished: a stuck worker may have emptied its queue.
    waiting: int
    #: When it last finished one; None if never. Aware.
    finished_at: datetime | None


def laggards(
    progress: Sequence[Progress],
    *,
    waiting_since: Mapping[str, datetime],
    started_at: Mapping[str, datetime],
    at: datetime,
    limit: timedelta,
) -> list[str]:
    """The processes that had work for the whole of `limit` and finished nothing in it, in the order of `progress`.

    The time counts from the latest of: its queue was first seen not empty, it finished something, it was started.
    A process that is not in `started_at` is not running, and so no laggard.
    """
    found = []
    for one in progress:
        moments = [waiting_since.get(one.process, at), started_at.get(one.process, at), one.finished_at]
        last_sign = max(moment for moment in moments if moment is not None)
        if one.waiting > 0 and at - last_sign >= limit:
            found.append(one.process)
    return found


def watch(
    var: Path, probe: Callable[[], Sequence[Progress]], *, limit_s: float = LIMIT_S, every_s: float = EVERY_S
) -> None:
    """Ask `probe` for ever, and end the laggards with SIGKILL.

    What `probe` raises ends the watch. The supervisor starts it again, and every worker has the full time again.
    """
    waiting_since: dict[str, datetime] = {}
    while True:
        at = now()
        progress = probe()
        waiting_since = {one.process: waiting_since.get(one.process, at) for one in progress if one.waiting > 0}
        states = read_processes(var)
        started_at = {name: state.started_at for name, state in states.items() if state.started_at and state.pid}
        limit = timedelta(seconds=limit_s)
        for name in laggards(progress, waiting_since=waiting_since, started_at=started_at, at=at, limit=limit):
            log.error("%s has work and finished nothing for %s s: killed", name, limit_s)
            end(states[name])
        time.sleep(every_s)


def end(state: ProcessState) -> None:
    """Kill the process, unless its number is another's by now."""
    if state.pid and kernel.mark(state.pid) == state.mark:
        with suppress(ProcessLookupError):
            os.kill(state.pid, signal.SIGKILL)

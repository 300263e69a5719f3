"""The watchdog over the workers."""

from datetime import timedelta
from pathlib import Path

from gateway.supervisor.watchdog import Progress, watch
from shared.bus.progress import worker_progress
from shared.clock import now
from shared.database import owner_engine
from shared.logs import log_to_stderr


def run(var: Path) -> None:
    """End workers that live and do nothing."""
    log_to_stderr()

    def probe() -> list[Progress]:
        moment = now()
        return [
            Progress(
                process=f"worker-{one.service}",
                waiting=one.due,
                finished_at=None if one.idle_s is None else moment - timedelta(seconds=one.idle_s),
            )
            for one in worker_progress(owner_engine())
        ]

    watch(var, probe)

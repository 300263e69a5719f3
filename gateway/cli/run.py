"""`guongsang demo | start | status | stop`: the embedded run."""

import os
import signal
import sys
from datetime import datetime, time, timedelta
from time import monotonic, sleep
from typing import Annotated

import typer

from gateway.demo.merge.calendar import EVE, PLANS
from gateway.embedded import Run
from gateway.embedded import start as start_embedded
from gateway.supervisor.arbiter import StartFailedError
from gateway.supervisor.instance import AlreadyRunningError, NotOursError, read_processes, running
from gateway.supervisor.spec import imported
from shared.clock import VIETNAM
from shared.plan.shelf import shelf_for
from shared.settings import settings

#: The demonstration plays so long before the last report of the first plan on the shelf is due.
BEFORE_THE_END = timedelta(days=10)
MORNING = time(8, 0)
STOP_WITHIN_S = 12.0


def demo(
    once: Annotated[
        bool, typer.Option("--once", help="Drive one nomination through, print each step, and end.")
    ] = False,
    merger: Annotated[
        bool, typer.Option("--merger", help="Merge two communes on 1 July 2025, check that all adds up, and end.")
    ] = False,
) -> None:
    """The real plan with sample people and nominations, on engines of its own. Ctrl-C ends it."""
    if merger:
        sys.exit(launch_merger())
    sys.exit(
        launch(
            prepare=imported("gateway.demo.prepare:prepare", not once),
            demo=True,
            today=demo_day(),
            drive=imported("gateway.demo.drive:drive") if once else None,
        )
    )


def launch_merger() -> int:
    """The run of the merger, on its own shelf and from its own eve on."""
    os.environ["GUONGSANG_PLANS_DIR"] = str(PLANS)
    settings.cache_clear()
    return launch(
        prepare=imported("gateway.demo.merge.prepare:prepare"),
        demo=True,
        today=EVE,
        drive=imported("gateway.demo.merge.drive:drive"),
    )


def demo_day() -> datetime:
    """A morning on which much of the first plan is done and its last report is due soon."""
    plan = next(iter(shelf_for(settings().plans_dir, samples=True).values()))
    last = max((deadline.last_day for deadline in plan.deadlines), default=plan.period.ends_on)
    return datetime.combine(last - BEFORE_THE_END, MORNING, VIETNAM)


def start_installation() -> None:
    """Run an installation on this machine, with embedded engines unless settings name others. Ctrl-C ends it."""
    sys.exit(launch(prepare=imported("gateway.demo.prepare:migrate"), demo=False, today=None, drive=None))


def launch(**how: object) -> int:
    """The run's exit code; what went wrong is said in words."""
    try:
        return start_embedded(settings().var_dir, on_ready=announce, **how)  # type: ignore[arg-type]  # named by its callers above
    except (AlreadyRunningError, StartFailedError, NotOursError) as error:
        sys.stderr.write(f"{error}\n")
        return getattr(error, "exit_code", 1)


def announce(run: Run) -> None:
    """Say where to go."""
    sys.stdout.write(f"Gương Sáng: {run.address}/chon-vai\n" if settings().demo else f"Gương Sáng: {run.address}\n")
    if settings().demo:
        sys.stdout.write(f"Thư đã gửi (mẫu): {run.address}/thu-mau\nCtrl-C để dừng.\n")
    sys.stdout.flush()


def status() -> None:
    """Every process of the run on this var/, with its age and restarts. Exits 1 when nothing runs."""
    found = running(settings().var_dir.resolve())
    if found is None:
        sys.stdout.write(f"nothing runs on {settings().var_dir}\n")
        raise typer.Exit(1)
    sys.stdout.write(f"{found.address}  {'ready' if found.ready else 'starting'}\n")
    for name, state in read_processes(settings().var_dir.resolve()).items():
        sys.stdout.write(f"{name:20} {state.pid or '-':>8}  restarts {state.restarts}\n")


def stop() -> None:
    """End the run on this var/."""
    var = settings().var_dir.resolve()
    found = running(var)
    if found is None:
        sys.stdout.write(f"nothing runs on {settings().var_dir}\n")
        return
    os.kill(found.pid, signal.SIGTERM)
    deadline = monotonic() + STOP_WITHIN_S
    while running(var) and monotonic() < deadline:
        sleep(0.1)
    sys.exit(1 if running(var) else 0)

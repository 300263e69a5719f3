"""Runs that the tests start as a process of their own: `house.py SCENARIO VAR`."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from gateway.engines.embedded import prepare
from gateway.mailcatcher.process import prepare as mail
from gateway.supervisor.arbiter import StartFailedError, supervise
from gateway.supervisor.instance import AlreadyRunningError, NotOursError, hold
from gateway.supervisor.ports import listen
from gateway.supervisor.preload import preload
from gateway.supervisor.spec import ProcessSpec, Tier
from gateway.supervisor.watchdog import Progress, watch


def wait_for_ever() -> None:
    while True:
        signal.pause()


def answer(listening: socket.socket) -> None:
    """An HTTP server that answers with its own pid, until SIGTERM."""
    while True:
        connection, _ = listening.accept()
        with connection:
            connection.recv(1000)
            body = str(os.getpid()).encode()
            connection.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%b" % (len(body), body)
            )


def noting(var: Path, name: str) -> Callable[[], None]:
    """A process that writes its name to var/order when it is told to end."""

    def run() -> None:
        def note(*_: object) -> None:
            with (var / "order").open("a") as order:
                order.write(f"{name}\n")
            sys.exit(0)

        signal.signal(signal.SIGTERM, note)
        (var / f"up-{name}").touch()
        wait_for_ever()

    return run


def deaf(var: Path) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    (var / "up-deaf").touch()
    wait_for_ever()


def parent_of_many(var: Path) -> None:
    """Starts a process in its group and one in a session of its own, as PostgreSQL does."""
    kept = [subprocess.Popen(["/bin/sleep", "600"]), subprocess.Popen(["/bin/sleep", "601"], start_new_session=True)]
    (var / "grandchildren").write_text(" ".join(str(one.pid) for one in kept))
    wait_for_ever()


def working(var: Path, name: str) -> None:
    """Finishes something all the time."""
    done = var / f"done-{name}"
    while True:
        done.touch()
        time.sleep(0.02)


def progress_of(var: Path, *names: str) -> list[Progress]:
    """Both always have work; each has last finished when it touched its file."""

    def finished(name: str) -> datetime | None:
        path = var / f"done-{name}"
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone() if path.exists() else None

    return [Progress(name, waiting=7, finished_at=finished(name)) for name in names]


def up(var: Path, name: str) -> Callable[[], bool]:
    return (var / f"up-{name}").exists


def web(var: Path, *, preferred: int | None = None) -> ProcessSpec:
    listening = listen(var, "web", preferred=preferred)
    return ProcessSpec(name="web", run=lambda: answer(listening), sockets=(listening,))


def plain(var: Path) -> list[ProcessSpec]:
    return [
        web(var),
        ProcessSpec(name="sleeper", run=("/bin/sh", "-c", "echo started; exec sleep 600"), tier=Tier.WORKER),
        ProcessSpec(name="family", run=lambda: parent_of_many(var), tier=Tier.WORKER),
    ]


def ordered(var: Path) -> list[ProcessSpec]:
    tiers = {"engine": Tier.ENGINE, "server": Tier.SERVER, "worker": Tier.WORKER}
    before = {"engine": (), "server": ("engine",), "worker": ("server",)}
    return [
        ProcessSpec(name=name, run=noting(var, name), tier=tiers[name], after=before[name], healthy=up(var, name))
        for name in ("worker", "server", "engine")
    ]


def with_deaf(var: Path) -> list[ProcessSpec]:
    deaf_one = ProcessSpec(name="deaf", run=lambda: deaf(var), tier=Tier.WORKER, healthy=up(var, "deaf"))
    return [*ordered(var), deaf_one]


def watched(var: Path) -> list[ProcessSpec]:
    names = ("ant", "bee")
    workers = [
        ProcessSpec(name=name, run=lambda name=name: working(var, name), tier=Tier.WORKER)  # type: ignore[misc]
        for name in names
    ]
    dog = ProcessSpec(name="dog", run=lambda: watch(var, lambda: progress_of(var, *names), limit_s=1.0, every_s=0.1))
    return [*workers, dog]


def one_shot(var: Path) -> list[ProcessSpec]:
    ready = ProcessSpec(name="first", run=(var / "first").touch, once=True)

    def last() -> None:
        sys.exit(7 if (var / "first").exists() else 1)

    return [ready, ProcessSpec(name="last", run=last, once=True, ends_run=True, after=("first",))]


def hopeless(_var: Path) -> list[ProcessSpec]:
    def fail() -> None:
        raise RuntimeError("no such table: bread")

    return [ProcessSpec(name="migrate", run=fail, once=True, restart_delays_s=(0.0,))]


def engines(var: Path) -> list[ProcessSpec]:
    return [*prepare(var).processes]


def post(var: Path) -> list[ProcessSpec]:
    return [mail(var).process]


def shared_memory(_var: Path) -> list[ProcessSpec]:
    preload(["fastapi", "sqlmodel", "celery", "kombu", "redis", "psycopg", "jinja2", "uvicorn", "alembic"])
    return [ProcessSpec(name=f"worker-{number}", run=wait_for_ever) for number in range(6)]


SCENARIOS = {
    one.__name__: one for one in (plain, ordered, with_deaf, watched, one_shot, hopeless, engines, post, shared_memory)
}


def main(scenario: str, var: Path) -> int:
    try:
        with hold(var) as held:
            specs = SCENARIOS[scenario](held.var)
            held.say(address="http://127.0.0.1:8000/")
            return supervise(specs, held=held)
    except AlreadyRunningError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    except (StartFailedError, NotOursError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]).resolve()))

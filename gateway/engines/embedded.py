"""Both engines of a var/ together: for the embedded run, and alone for tests."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from gateway.engines import postgresql, valkey
from gateway.engines.account import Account, choose
from gateway.engines.passwords import write_private
from gateway.supervisor.instance import running
from gateway.supervisor.logs import tail
from gateway.supervisor.spec import ProcessSpec

START_WITHIN_S = 120.0
STOP_WITHIN_S = 10.0
POLL_S = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where the engines of a var/ are, passwords included."""

    #: PostgreSQL as the owner of the database, over TCP.
    database_url: str
    #: The same over a Unix socket, which is quicker; None where var/ has too long a path for one.
    database_socket_url: str | None
    #: PostgreSQL's superuser, for what an owner may not do.
    database_admin_url: str
    #: The broker, as the user that workers and relays are.
    redis_url: str
    #: The broker's administrator.
    redis_admin_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines(Addresses):
    """The addresses, and the processes that a supervisor runs."""

    account: Account
    processes: tuple[ProcessSpec, ...]


def prepare(var: Path) -> Engines:
    """Choose account, ports and passwords, the same as last time where possible; starts nothing.

    Hold the var/ first (`supervisor.instance.hold`). Raises NoAccountError, ModuleNotFoundError.
    """
    var = var.resolve()
    (var / "run").mkdir(parents=True, exist_ok=True)
    account = choose(var=var, programs=(postgresql.program("postgres"), valkey.program()))
    database = postgresql.settle(var, account)
    broker = valkey.settle(var, account)
    found = Addresses(
        database_url=database.url(),
        database_socket_url=database.socket_url(),
        database_admin_url=database.url(user=postgresql.SUPERUSER, database="postgres"),
        redis_url=broker.url(),
        redis_admin_url=broker.admin_url(),
    )
    write_private(addresses_path(var), json.dumps(asdict(found), indent=1))
    return Engines(**asdict(found), account=account, processes=(postgresql.spec(database), valkey.spec(broker)))


def addresses(var: Path) -> Addresses:
    """Where the engines of a running var/ are, for other programs on this machine. Raises FileNotFoundError."""
    return Addresses(**json.loads(addresses_path(var).read_text()))


def addresses_path(var: Path) -> Path:
    return var / "secrets/engines.json"


class EnginesDidNotStartError(RuntimeError):
    """The engines' process ended before they were healthy; the message holds what it said."""


@contextmanager
def started(var: Path) -> Iterator[Addresses]:
    """The engines, running and healthy until the block is left or this process ends.

    They run under a supervisor in a process of its own, so any program may ask for them. Raises
    EnginesDidNotStartError.
    """
    var.mkdir(parents=True, exist_ok=True)
    with (var / "engines.out").open("w+") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "gateway.engines", str(var), "--until-eof"],
            stdin=subprocess.PIPE,  # its end of file tells the supervisor that we are gone
            stdout=said,
            stderr=said,
            cwd=Path(__file__).parents[2],
        )
        try:
            wait_until_ready(var, process, said.name)
            yield addresses(var)
        finally:
            stop(process)


def wait_until_ready(var: Path, process: subprocess.Popen[bytes], said: str) -> None:
    deadline = time.monotonic() + START_WITHIN_S
    while not ((instance := running(var)) and instance.ready and instance.pid == process.pid):
        if process.poll() is not None or time.monotonic() > deadline:
            words = Path(said).read_text().strip()
            raise EnginesDidNotStartError(f"{words}\n{tail(var / 'log', 'supervisor')}")
        time.sleep(POLL_S)


def stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()  # the kernel ends the engines then
        process.wait()
    finally:
        if process.stdin:
            process.stdin.close()

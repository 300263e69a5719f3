"""Intake requests per second at 32 connections, beside a bare two-row insert under the same server."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlmodel import SQLModel

from benchmarks.figure import Figure, Size
from benchmarks.ground import ROOT, listening, running, until
from benchmarks.load import MARK
from gateway.demo.drive import dossier
from gateway.demo.people import actors, program_of
from gateway.embedded import WEB_PROCESSES
from shared.access.principal import Role
from shared.plan.shelf import shelf

GOAL = 1.0


def measure(size: Size) -> list[Figure]:
    """Both in turn, so that what the machine does besides falls on both alike."""
    make_bare_tables()
    ours, peer = [], []
    for _ in range(size.repetitions):
        with web("ours") as port:
            ours.append(loaded(port, "/api/v1/nominations", size.seconds, **nomination()))
        with web("bare") as port:
            peer.append(loaded(port, "/nominations", size.seconds, headers={}, body=bare_nomination()))
    return [Figure("intake at c=32 / bare FastAPI+SQLModel two rows", "requests/s", ours, peer, GOAL)]


def make_bare_tables() -> None:
    from benchmarks.bare import BareEvent, BareNomination, engine  # noqa: PLC0415 -- reads settings when imported

    with engine().begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA IF NOT EXISTS bare")
        SQLModel.metadata.create_all(connection, [BareEvent.__table__, BareNomination.__table__])  # type: ignore[attr-defined]  # mapped classes have one


@contextmanager
def web(which: str) -> Iterator[int]:
    """As many web processes as the embedded run has, on one port."""
    bound = listening()
    command = ("benchmarks.server", which, str(bound.fileno()))
    with running(*[command] * WEB_PROCESSES, sockets=[bound]):
        port: int = bound.getsockname()[1]
        bound.close()
        until(lambda: answers(port), f"{which} answers")
        yield port


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
            return True
    except urllib.error.HTTPError:
        return True  # the bare one has no such page
    except OSError:
        return False


def nomination() -> dict[str, Any]:
    """Headers and body of a complete nomination by an organisation's program."""
    plan = next(iter(shelf().values()))
    office = actors(plan, [Role.ORGANISATION], origin="http://127.0.0.1")[Role.ORGANISATION][0]
    return {
        "headers": program_of(plan, office).headers,
        "body": dossier(plan, "") | {"photo": None, "headline": f"Việc tốt mẫu số {MARK.decode()}"},
    }


def bare_nomination() -> dict[str, str]:
    whole = dossier(next(iter(shelf().values())), "")
    return {"name": whole["nominee"]["name"]} | {name: whole[name] for name in ("field", "headline", "story")}


def loaded(port: int, path: str, seconds: float, **what: Any) -> float:
    """Accepted requests per second. Raises AssertionError when any was not."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load", str(port), path, str(seconds)],
        input=json.dumps(what),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    found = json.loads(done.stdout)
    assert set(found["answers"]) == {"201"}, found
    return float(found["per_second"])

"""What each process of the embedded run does: each function is called in a fresh child and returns when it ends."""

import socket
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from gateway.supervisor import kernel
from gateway.supervisor.watchdog import Progress, watch
from shared.bus import housekeeper, relay, worker
from shared.bus.progress import worker_progress
from shared.clock import now
from shared.database import owner_engine
from shared.logs import log_to_stderr
from shared.service import Service


def service(name: str) -> Service:
    """A service by its front door."""
    found: Service = import_module(f"services.{name}.main").service
    return found


def run_web(listening: socket.socket) -> None:
    """Answer on the gateway's socket."""
    log_to_stderr()
    from gateway.app import gateway_app  # noqa: PLC0415 -- only this process needs all services

    serve(gateway_app(), listening)


def serve(app: ASGIApp, listening: socket.socket) -> None:
    """Answer on the socket as every web process of the embedded run does, until SIGTERM."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=4,
        limit_concurrency=512,
        h11_max_incomplete_event_size=64 * 1024,
    )
    uvicorn.Server(config).run(sockets=[listening])


def run_relay(name: str) -> None:
    """Pass the deliveries and effects of one service on."""
    log_to_stderr()
    give_way(name)
    relay.run(name, linger_s=LINGER_S.get(name, 0.0))


def run_worker(name: str, pool: str) -> None:
    """Work on the queues of one service."""
    log_to_stderr()
    give_way(name)
    worker.run(service(name).worker(), name, pool=pool)


def run_housekeeper() -> None:
    """Seal, announce days, clear away."""
    log_to_stderr()
    housekeeper.run()


def run_watchdog(var: Path) -> None:
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


#: Nobody waits for these: their relays let deliveries gather into larger batches, and others get the processor first.
LINGER_S = {"report": 0.1, "notify": 0.05}
NICENESS = 5


def give_way(name: str) -> None:
    """Let the services that people wait for go first where processors are short."""
    if name in LINGER_S:
        kernel.give_way(NICENESS)

"""A service's worker."""

from importlib import import_module

from gateway.processes.pace import give_way
from shared.bus import worker
from shared.logs import log_to_stderr


def run(name: str, pool: str) -> None:
    """Work on the queues of one service."""
    log_to_stderr()
    give_way(name)
    app = import_module(f"services.{name}.main").service.worker()
    worker.run(app, name, pool=pool)

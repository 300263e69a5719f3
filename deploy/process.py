"""What a container runs: `python -m deploy.process web | worker | relay | housekeeper`.

One image of a service does all three of its kinds. GUONGSANG_SERVICE says which service it is; whatever differs between
services comes from the service's front door.
"""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path
from tempfile import gettempdir

import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.bus import housekeeper, relay, worker
from shared.logs import log_to_stderr
from shared.service import Service

HEALTH = "/healthz"
PORT = 8000
PID_FILE = Path(gettempdir()) / "guongsang-worker.pid"  # a container has its own folder of temporary files


def main() -> None:
    """Run until told to stop."""
    asked = arguments()
    log_to_stderr()
    match asked.kind:
        case "web":
            run_web(service())
        case "worker":
            run_worker(service(), processes=asked.processes)
        case "relay":
            relay.run(service().name, linger_s=service().linger_s)
        case "housekeeper":
            housekeeper.run()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m deploy.process")
    parser.add_argument("kind", choices=("web", "worker", "relay", "housekeeper"))
    parser.add_argument("--processes", type=int, default=2, help="of a worker; more workers are better (--scale)")
    return parser.parse_args()


def service() -> Service:
    """The service that this container is for, by its front door."""
    name = os.environ.get("GUONGSANG_SERVICE", "")
    try:
        found: Service = import_module(f"services.{name}.main").service
    except ModuleNotFoundError as error:
        sys.exit(f"GUONGSANG_SERVICE is {name!r}, which this image does not hold: {error}")
    return found


def run_web(service: Service) -> None:
    """Answer on PORT. Nobody but the proxy reaches it, so what the proxy says of the client is true."""
    uvicorn.run(
        Watched(service.web),
        host="0.0.0.0",  # noqa: S104 -- on a network that is closed to the outside
        port=PORT,
        proxy_headers=True,
        forwarded_allow_ips="*",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=8,
        limit_concurrency=512,
        h11_max_incomplete_event_size=64 * 1024,
    )


def run_worker(service: Service, *, processes: int) -> None:
    """Work on the service's queues; `processes` children take a message each."""
    PID_FILE.write_text(f"{os.getpid()}\n", encoding="ascii")
    worker.run(service.worker(), service.name, pool="prefork", processes=processes)


class Watched:
    """A service's application with an address that says whether the process answers at all."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == HEALTH:
            await PlainTextResponse("ok")(scope, receive, send)
        else:
            await self.app(scope, receive, send)


if __name__ == "__main__":
    main()

"""What a container runs: `python -m deploy.process web | worker | relay | housekeeper`.

One image of a service does all three of its kinds. GUONGSANG_SERVICE, which the image sets, says which service it is.
"""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from shared.logs import log_to_stderr

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

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
            run_relay(linger_s=asked.linger)
        case "housekeeper":
            run_housekeeper()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m deploy.process")
    parser.add_argument("kind", choices=("web", "worker", "relay", "housekeeper"))
    parser.add_argument("--processes", type=int, default=2, help="of a worker; more workers are better (--scale)")
    parser.add_argument("--linger", type=float, default=0.0, help="seconds in which a relay lets deliveries gather")
    return parser.parse_args()


def service() -> "Service":
    """The service that this container is for, by its front door."""
    name = service_name()
    try:
        found: Service = import_module(f"services.{name}.main").service
    except ModuleNotFoundError as error:
        sys.exit(f"GUONGSANG_SERVICE is {name!r}, which this image does not hold: {error}")
    return found


def service_name() -> str:
    return os.environ.get("GUONGSANG_SERVICE", "")


def run_web(service: "Service") -> None:
    """Answer on PORT. Nobody but the proxy reaches it, so what the proxy says of the client is true."""
    import uvicorn  # noqa: PLC0415 -- a process loads what its kind needs: the others save their memory

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


def run_worker(service: "Service", *, processes: int) -> None:
    """Work on the service's queues; `processes` children take a message each."""
    from shared.bus import worker  # noqa: PLC0415 -- as above

    PID_FILE.write_text(f"{os.getpid()}\n", encoding="ascii")
    worker.run(service.worker(), service.name, pool="prefork", processes=processes)


def run_relay(*, linger_s: float) -> None:
    """Pass the deliveries and effects of the service on, without loading the service."""
    from shared.bus import relay  # noqa: PLC0415 -- as above

    relay.run(service_name(), linger_s=linger_s)


def run_housekeeper() -> None:
    """Seal, announce days, clear away."""
    from shared.bus import housekeeper  # noqa: PLC0415 -- as above

    housekeeper.run()


class Watched:
    """A service's application with an address that says whether the process answers at all."""

    def __init__(self, app: "ASGIApp") -> None:
        self.app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        if scope["type"] == "http" and scope["path"] == HEALTH:
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"ok"})
        else:
            await self.app(scope, receive, send)


if __name__ == "__main__":
    main()

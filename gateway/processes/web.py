"""A web process of the embedded run."""

import socket

import uvicorn
from starlette.types import ASGIApp

from gateway.app import gateway_app
from shared.logs import log_to_stderr


def run(listening: socket.socket) -> None:
    """Answer on the gateway's socket."""
    log_to_stderr()
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

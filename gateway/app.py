"""All services behind one address: each request goes to the service whose path prefix fits longest."""

from collections.abc import Sequence
from importlib import import_module

from fastapi.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette_compress import CompressMiddleware

from gateway import mail_pages
from shared.bus.broker import SERVICES
from shared.service import Service
from shared.settings import settings

HEALTH = "/healthz"


def services() -> list[Service]:
    """Every service, by its front door."""
    return [import_module(f"services.{name}.main").service for name in SERVICES]


def gateway_app() -> ASGIApp:
    """The ASGI application of a web process in the embedded run."""
    table: list[tuple[str, ASGIApp]] = [(path, service.web) for service in services() for path in service.paths]
    if settings().demo:
        table.append((mail_pages.PATH, mail_pages.web()))
    return CompressMiddleware(Dispatcher(table))


class Dispatcher:
    """Longest prefix first; "/" is the portal and takes what nobody else does."""

    def __init__(self, table: Sequence[tuple[str, ASGIApp]]) -> None:
        self.table = sorted(table, key=lambda entry: -len(entry[0]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
            return
        path = scope.get("path", "/")
        if path == HEALTH:
            await PlainTextResponse("ok")(scope, receive, send)
            return
        for prefix, app in self.table:
            if belongs(path, prefix):
                await app(scope, receive, send)
                return
        raise LookupError(f"no service answers {path}: one of them must have the prefix /")

    async def live(self, receive: Receive, send: Send) -> None:
        """Nothing to start or stop: the services hold no state of their own."""
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


def belongs(path: str, prefix: str) -> bool:
    """Whether a path is the prefix or lies below it: "/de-cu" takes "/de-cu/moi" and not "/de-cuong"."""
    return prefix in {"/", path} or path.startswith(f"{prefix}/")

"""Makes a service's web application: its routes behind doors, its pages, its errors in plain words."""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute
from starlette.staticfiles import StaticFiles

from shared.access.door import door_of
from shared.web.i18n import LazyText
from shared.web.middleware import BodyLimit, OneOrigin, Safely
from shared.web.pages import templates_of
from shared.web.problems import answer_errors
from shared.web.refusals import REFUSALS

STATIC_DIR = Path(__file__).parent / "static"


def create_app(
    service: str,
    routers: Sequence[APIRouter],
    *,
    home: Path | None = None,
    refusals: Mapping[str, LazyText] | None = None,
    body_limits: Mapping[str, int] | None = None,
) -> FastAPI:
    """The application of `service`.

    Templates lie below `home`, the service's own folder if nothing else is said. `refusals` puts the service's refusal
    keys into words; `body_limits` is {path prefix: bytes} for routes that take more than 256 KiB. Raises RuntimeError
    for a route without a door: default deny holds before the first request.
    """
    require_doors(routers)
    app = FastAPI(title=f"Gương Sáng: {service}", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.service = service
    app.state.templates = templates_of(home or Path(str(import_module(f"services.{service}").__file__)).parent)
    app.state.routers = routers
    app.state.refusals = REFUSALS | dict(refusals or {})
    for router in routers:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC_DIR), name="static")
    answer_errors(app)
    app.add_middleware(BodyLimit, limits=dict(body_limits or {}))
    app.add_middleware(OneOrigin)
    app.add_middleware(Safely)
    return app


def require_doors(routers: Sequence[APIRouter]) -> None:
    """Every route says who may come in, or there is no application."""
    for route in routes_of(routers):
        if not isinstance(route, APIRoute) or door_of(route.dependant) is None:
            raise RuntimeError(f"{route!r} has no door: declare may(…), signed_in() or public()")


def routes_of(routers: Sequence[APIRouter]) -> Iterator[BaseRoute]:
    """Every route of the routers, those of routers included in them as well."""
    for router in routers:
        for route in router.routes:
            inner = getattr(route, "original_router", None)
            if inner is None:
                yield route
            else:
                yield from routes_of([inner])

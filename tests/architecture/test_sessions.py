"""A session is opened last: whatever a request brings has arrived by then, however slow its line is."""

from importlib import import_module

from fastapi.dependencies.models import Dependant

from shared.bus.broker import SERVICES
from shared.web.app import routes_of

OPENERS = {"session_of.<locals>.session", "unbound_session_of.<locals>.session"}


def opens(dependant: Dependant) -> bool:
    """Whether there is a session in it."""
    return getattr(dependant.call, "__qualname__", "") in OPENERS or any(map(opens, dependant.dependencies))


def too_early(dependant: Dependant) -> bool:
    """Whether something that needs no session waits for one that is open."""
    opened = [opens(one) for one in dependant.dependencies]
    return opened != sorted(opened) or any(map(too_early, dependant.dependencies))


def test_every_route_opens_its_session_last() -> None:
    routes = [
        route for name in SERVICES for route in routes_of(import_module(f"services.{name}.main").web.state.routers)
    ]

    with_session = [route for route in routes if opens(route.dependant)]
    wrong = [f"{route.methods} {route.path}" for route in with_session if too_early(route.dependant)]

    assert wrong == [], "the session is the last of a route's parameters that have no default"
    assert len(with_session) > len(SERVICES)

"""The request that is being answered: every entry written meanwhile carries its route and trace."""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

LONGEST_ROUTE = 200

_answered: ContextVar[MutableMapping[str, Any] | None] = ContextVar("answered", default=None)


@contextmanager
def answering(scope: MutableMapping[str, Any]) -> Iterator[None]:
    """Inside, entries are about the request with this ASGI scope."""
    token = _answered.set(scope)
    try:
        yield
    finally:
        _answered.reset(token)


def route() -> str:
    """Method and path template of the present request, such as "GET /de-cu/{nomination_id}"; "" outside of one.

    The template, not the address: an address may hold what somebody searched for.
    """
    scope = _answered.get()
    if scope is None:
        return ""
    path = getattr(scope.get("route"), "path", "")
    return f"{scope['method']} {path}"[:LONGEST_ROUTE]


def trace() -> str:
    """The present request's W3C traceparent; "" outside of one."""
    scope = _answered.get()
    return str(scope.get("state", {}).get("traceparent", "")) if scope else ""

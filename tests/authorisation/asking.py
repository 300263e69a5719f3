"""One request to an application, in the loop of all tests and without anything left of the one before."""

from functools import partial
from typing import Any

import httpx
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from shared.access.secret import SESSION_COOKIE

ORIGIN = "http://testserver"


def ask(web: ASGIApp, method: str, address: str, *, secret: str | None, **sent: Any) -> httpx.Response:
    """The answer to whoever holds the session's secret. Redirects are not followed; a fault is a 500, as for people."""
    assert TestClient.portal is not None
    headers = {"origin": ORIGIN, "idempotency-key": "matrix"}
    if secret:
        headers["cookie"] = f"{SESSION_COOKIE}={secret}"
    return TestClient.portal.call(partial(_ask, web, method, address, headers=headers, **sent))


async def _ask(web: ASGIApp, method: str, address: str, **sent: Any) -> httpx.Response:
    transport = httpx.ASGITransport(app=web, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, trust_env=False) as client:
        return await client.request(method, address, **sent)

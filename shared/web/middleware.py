"""What every request passes before it meets a route: a bound on its body, its origin, headers, language, a log line."""

import secrets
import time
from collections.abc import Mapping

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.access.secret import shown_path
from shared.audit.present import answering
from shared.errors import Forbidden, TooLarge
from shared.settings import settings
from shared.web.i18n import LANGUAGES, use_language
from shared.web.problems import refusal_response

log = structlog.get_logger()
USUAL_BODY = 256 * 1024  # bytes
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; script-src 'self'; style-src 'self'; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
SAFE_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(self), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
}


class BodyLimit:
    """Refuses a body over its route's bound while it streams in, whatever Content-Length says."""

    def __init__(self, app: ASGIApp, limits: Mapping[str, int]) -> None:
        self.app = app
        self.limits = sorted(limits.items(), key=lambda item: -len(item[0]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS:
            await self.app(scope, receive, send)
            return
        limit = next((most for prefix, most in self.limits if scope["path"].startswith(prefix)), USUAL_BODY)
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdigit() and int(declared) > limit:
            await refuse(scope, receive, send, too_large(limit))
            return
        received = 0

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise too_large(limit)
            return message

        await self.app(scope, bounded, send)


def too_large(limit: int) -> TooLarge:
    return TooLarge("request.too_large", limit_kb=limit // 1024)


async def refuse(scope: Scope, receive: Receive, send: Send, refusal: TooLarge | Forbidden) -> None:
    """Answer without letting the request in."""
    response = refusal_response(Request(scope, receive), refusal)
    response.headers["connection"] = "close"  # what is left of the body is not read
    await response(scope, receive, send)


class OneOrigin:
    """Lets a browser change something only from our own pages; programs with a token carry no cookie to abuse."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS and is_foreign(Headers(scope=scope)):
            await refuse(scope, receive, send, Forbidden("request.foreign_origin"))
            return
        await self.app(scope, receive, send)


def is_foreign(headers: Headers) -> bool:
    """Whether a browser says that the request comes from somebody else's page.

    A request with neither header and no cookie comes from a program; with a cookie it must say where it comes from.
    """
    origin = headers.get("origin")
    if origin is not None:
        return origin.partition("://")[2] != headers.get("host") and origin != settings().public_url
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    return "cookie" in headers and "authorization" not in headers


class Safely:
    """The outermost: safe headers, the reader's language, one log line without personal data, a trace for errors."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        trace = trace_of(scope)
        scope.setdefault("state", {})["traceparent"] = trace
        began = time.perf_counter()
        status = 500

        async def dressed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                dress(MutableHeaders(scope=message), scope)
            await send(message)

        with (
            use_language(language_of(scope)),
            structlog.contextvars.bound_contextvars(trace=trace),
            answering(scope),
        ):
            await self.app(scope, receive, dressed)
        if status >= 500:  # noqa: PLR2004 -- HTTP's own number for our faults
            log.error("request.failed", path=shown_path(scope["path"]), status=status)
        log.debug("request.done", status=status, ms=round((time.perf_counter() - began) * 1000, 1))


def dress(headers: MutableHeaders, scope: Scope) -> None:
    """Safe headers; pages are never kept by shared caches, static files with a hash in their address for a year.

    A script that another one imports has none: it is asked for again, and answered "not modified".
    """
    for name, value in SAFE_HEADERS.items():
        headers.setdefault(name, value)
    if settings().secure:
        headers.setdefault("strict-transport-security", "max-age=31536000; includeSubDomains")
    if scope["path"].startswith("/static/"):
        named = scope["query_string"].startswith(b"v=")
        headers["cache-control"] = "public, max-age=31536000, immutable" if named else "no-cache"
    else:
        headers.setdefault("cache-control", "no-store")


def language_of(scope: Scope) -> str:
    """`?lang=` first, then the cookie, then Vietnamese."""
    request = Request(scope)
    asked = request.query_params.get("lang") or request.cookies.get("lang") or ""
    return asked if asked in LANGUAGES else LANGUAGES[0]


def trace_of(scope: Scope) -> str:
    """The request's W3C traceparent, or a fresh one."""
    given = Headers(scope=scope).get("traceparent", "")
    parts = given.split("-")
    if [len(part) for part in parts] == [2, 32, 16, 2] and all(set(part) <= set("0123456789abcdef") for part in parts):
        return given
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"

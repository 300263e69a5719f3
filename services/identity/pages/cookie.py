"""The cookie of a session, set and taken away."""

from http import HTTPStatus

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from services.identity.commands.sessions import SignedIn
from shared.access.secret import cookie_name
from shared.settings import settings
from shared.web.navigation import nav_of


def carried_secret(request: Request) -> str | None:
    """The secret of the request's cookie; unlike `door.secret_of`, never that of a token."""
    return request.cookies.get(cookie_name(secure=settings().secure))


def go_in(opened: SignedIn, path: str = "") -> Response:
    """Send the browser on with its new secret: to `path`, or else to where the role's day begins."""
    response = RedirectResponse(path or nav_of(opened.role, "")[0].href, HTTPStatus.SEE_OTHER)
    response.set_cookie(
        cookie_name(secure=settings().secure),
        opened.secret,
        max_age=int(opened.lifetime.total_seconds()),
        path="/",
        secure=settings().secure,
        httponly=True,
        samesite="lax",
    )
    return response


def go_out(path: str) -> Response:
    """Send the browser on without a secret."""
    response = RedirectResponse(path, HTTPStatus.SEE_OTHER)
    response.delete_cookie(
        cookie_name(secure=settings().secure), path="/", secure=settings().secure, httponly=True, samesite="lax"
    )
    return response

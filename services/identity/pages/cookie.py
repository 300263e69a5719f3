"""Cookies, set and taken away: the session's, and the tickets of its steps."""

from http import HTTPStatus

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from services.identity.commands.sessions import SignedIn
from shared.access.secret import cookie_name
from shared.settings import settings
from shared.web.navigation import LINKS

SIGN_IN = "/dang-nhap"


def carried_secret(request: Request) -> str | None:
    """The secret of the request's cookie; unlike `door.secret_of`, never that of a token."""
    return request.cookies.get(cookie_name(secure=settings().secure))


def go_in(opened: SignedIn, path: str = "") -> Response:
    """Send the browser on with its new secret: to `path`, or else to where the role's day begins."""
    response = RedirectResponse(path or first_page(opened), HTTPStatus.SEE_OTHER)
    put_secret(response, opened)
    return response


def first_page(opened: SignedIn) -> str:
    """Where the role's day begins."""
    href, _label = LINKS[opened.role][0]
    return href


def put_secret(response: Response, opened: SignedIn) -> None:
    """Let the browser carry the session's secret."""
    response.set_cookie(
        cookie_name(secure=settings().secure),
        opened.secret,
        max_age=int(opened.lifetime.total_seconds()),
        path="/",
        secure=settings().secure,
        httponly=True,
        samesite="lax",
    )


def go_out(path: str) -> Response:
    """Send the browser on without a secret."""
    response = RedirectResponse(path, HTTPStatus.SEE_OTHER)
    response.delete_cookie(
        cookie_name(secure=settings().secure), path="/", secure=settings().secure, httponly=True, samesite="lax"
    )
    return response


def address_of(request: Request) -> str | None:
    """Where the request comes from, as the web server says."""
    return request.client.host if request.client else None


def hand_ticket(response: Response, name: str, value: str, *, max_age_s: int, path: str = SIGN_IN) -> None:
    """Let the browser carry a ticket; it is sent back below `path` only, and no script reads it."""
    response.set_cookie(
        ticket_name(name),
        value,
        max_age=max_age_s,
        path=path,
        secure=settings().secure,
        httponly=True,
        samesite="lax",
    )


def carried_ticket(request: Request, name: str) -> str | None:
    return request.cookies.get(ticket_name(name))


def drop_ticket(response: Response, name: str, *, path: str = SIGN_IN) -> None:
    response.delete_cookie(ticket_name(name), path=path, secure=settings().secure, httponly=True, samesite="lax")


def ticket_name(name: str) -> str:
    """The cookie's name; with HTTPS a prefix that keeps other sites of the domain from planting one over HTTP."""
    return f"__Secure-guongsang-{name}" if settings().secure else f"guongsang-{name}"

"""Errors in plain words: a page for people, problem+json (RFC 9457) for programs. Never a stack trace."""

from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, RedirectResponse, Response

from shared.access.secret import shown_path
from shared.errors import Invalid, Refusal, SignInNeeded
from shared.web.i18n import LazyText, _, lazy
from shared.web.pages import render
from shared.web.refusals import TITLES

log = structlog.get_logger()
PROBLEM_JSON = "application/problem+json"
AWAY = (OperationalError, PoolTimeout)


def answer_errors(app: FastAPI) -> None:
    """Give the application an answer to everything that may go wrong."""
    app.add_exception_handler(Refusal, on_refusal)
    app.add_exception_handler(RequestValidationError, on_invalid_request)
    app.add_exception_handler(HTTPException, on_http_exception)
    for away in AWAY:
        app.add_exception_handler(away, on_database_away)
    app.add_exception_handler(ClientDisconnect, on_hung_up)
    app.add_exception_handler(Exception, on_bug)


async def on_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)  # noqa: S101 -- registered for this type only
    return refusal_response(request, error)


def refusal_response(request: Request, refusal: Refusal) -> Response:
    """What a refused request is answered: to sign in, a problem document, or a page."""
    if isinstance(refusal, SignInNeeded) and not wants_json(request):
        return RedirectResponse(f"/dang-nhap?next={quote(wanted(request))}", HTTPStatus.SEE_OTHER)
    faults = (
        {name: sentence(request, fault) for name, fault in refusal.faults.items()}
        if isinstance(refusal, Invalid)
        else {}
    )
    return answer(
        request,
        refusal.status,
        key=refusal.key,
        detail=sentence(request, refusal.key, **refusal.details),
        faults=faults,
    )


async def on_invalid_request(request: Request, error: Exception) -> Response:
    """FastAPI's own validation: one sentence per field, by the kind of the fault."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 -- registered for this type only
    faults: dict[str, str] = {}
    for fault in error.errors():
        name = ".".join(str(part) for part in fault["loc"][1:]) or str(fault["loc"][0])
        faults.setdefault(name, sentence(request, f"invalid.{fault['type']}", **fault.get("ctx", {})))
    return answer(
        request,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        key="form.invalid",
        detail=sentence(request, "form.invalid"),
        faults=faults,
    )


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Starlette's own: no such page, wrong method, unreadable form."""
    assert isinstance(error, HTTPException)  # noqa: S101 -- registered for this type only
    if isinstance(error.__cause__, Refusal):  # FastAPI wraps what is raised while it reads the body
        return refusal_response(request, error.__cause__)
    key = f"http.{error.status_code}"
    return answer(request, HTTPStatus(error.status_code), key=key, detail=sentence(request, key))


async def on_database_away(request: Request, error: Exception) -> Response:
    """PostgreSQL is restarting: say so, and when to try again."""
    log.warning("request.database_away", path=shown_path(request.url.path), error=type(error).__name__)
    response = answer(
        request,
        HTTPStatus.SERVICE_UNAVAILABLE,
        key="http.503",
        detail=sentence(request, "http.503"),
    )
    response.headers["retry-after"] = "5"
    return response


async def on_hung_up(request: Request, _error: Exception) -> Response:
    """The line broke while a form was on it: nobody reads the answer, and nothing of ours is wrong."""
    log.info("request.hung_up", path=shown_path(request.url.path))
    return Response(status_code=HTTPStatus.BAD_REQUEST)


async def on_bug(request: Request, error: Exception) -> Response:
    log.error("request.bug", path=shown_path(request.url.path), exc_info=error)
    return answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, key="http.500", detail=sentence(request, "http.500"))


def answer(
    request: Request, status: HTTPStatus, *, key: str, detail: str, faults: dict[str, str] | None = None
) -> Response:
    """The same refusal for a program or for a person."""
    title = str(TITLES.get(status, TITLES[HTTPStatus.INTERNAL_SERVER_ERROR]))
    trace = getattr(request.state, "traceparent", "")
    if wants_json(request):
        problem: dict[str, Any] = {
            "type": f"https://guongsang.vn/problems/{key}",
            "title": title,
            "status": int(status),
            "detail": detail,
            "trace": trace,
        }
        if faults:
            problem["errors"] = [{"field": name, "detail": fault} for name, fault in faults.items()]
        return JSONResponse(problem, status, media_type=PROBLEM_JSON)
    kept = _("Những gì bạn đã gửi trước đó vẫn còn nguyên.")
    cure = " ".join(faults.values()) if faults else _("Quay lại trang trước, sửa rồi gửi lại, hoặc gọi Văn phòng xã.")
    return render(
        request,
        "error.html",
        status_code=status,
        title=title,
        what_happened=detail,
        what_was_kept=kept,
        what_to_do=cure,
        trace=trace[3:11],
    )


def sentence(request: Request, key: str, **values: object) -> str:
    """The refusal key in the reader's language; a text that is no key stands for itself."""
    words: dict[str, LazyText] = request.app.state.refusals
    found = words.get(key)
    if found is None and key.startswith("invalid."):
        found = lazy("Giá trị không hợp lệ. Hãy xem lại rồi sửa.")
    text = str(found) if found else key
    try:
        return text % values if values else text
    except (KeyError, TypeError, ValueError):
        return text


def wants_json(request: Request) -> bool:
    """Programs ask below /api; or say so."""
    return request.url.path.startswith("/api/") or "application/json" in request.headers.get("accept", "")


def wanted(request: Request) -> str:
    """The page to come back to after signing in; only a path of ours, and only where coming back changes nothing."""
    if request.method != "GET":
        return "/"
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")

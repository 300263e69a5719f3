"""Answers that a reader's copy may stand in for: ETag by content, Last-Modified, 304."""

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path

from fastapi import Request
from starlette.responses import FileResponse, Response

from shared.access.principal import Principal
from shared.errors import NotFound


def fresh_or_304(
    request: Request, response: Response, *, visitor: Principal | None = None, changed_at: datetime | None = None
) -> Response:
    """The answer with its ETag, or 304 when the reader has it already.

    Readers ask each time, so that what was withdrawn is gone at once. What a signed-in person sees is kept by nobody
    else.
    """
    response.headers["etag"] = f'"{hashlib.sha256(response.body).hexdigest()[:32]}"'
    response.headers["cache-control"] = "private, no-cache" if visitor else "public, no-cache"
    response.headers["vary"] = "Cookie"
    if changed_at is not None:
        response.headers["last-modified"] = http_date(changed_at)
    return not_modified(response) if is_known(request, response.headers["etag"]) else response


def file_or_304(
    request: Request, path: Path, *, content: str, media_type: str, changed_at: datetime, filename: str | None = None
) -> Response:
    """A file named by its content: ranges for players, 304 for those who have it. Raises NotFound when it is gone."""
    if not path.is_file():
        raise NotFound("thing.unknown")
    response = FileResponse(path, media_type=media_type, filename=filename, content_disposition_type="inline")
    response.headers["etag"] = f'"{content}"'
    response.headers["cache-control"] = "public, no-cache"
    response.headers["last-modified"] = http_date(changed_at)
    known = is_known(request, response.headers["etag"]) or is_unchanged(request, changed_at)
    return not_modified(response) if known else response


def is_known(request: Request, etag: str) -> bool:
    """Whether If-None-Match names this ETag (weak comparison, RFC 9110 §13.1.2)."""
    asked = request.headers.get("if-none-match", "")
    return any(one.strip().removeprefix("W/") in {etag, "*"} for one in asked.split(",") if one.strip())


def is_unchanged(request: Request, changed_at: datetime) -> bool:
    """Whether If-Modified-Since is not before the change; If-None-Match goes first."""
    asked = request.headers.get("if-modified-since")
    if not asked or "if-none-match" in request.headers:
        return False
    try:
        return parsedate_to_datetime(asked) >= changed_at.replace(microsecond=0)
    except (TypeError, ValueError):
        return False


def not_modified(response: Response) -> Response:
    kept = {name: response.headers[name] for name in KEPT if name in response.headers}
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=kept)


def http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


KEPT = ("etag", "cache-control", "last-modified", "vary", "set-cookie")

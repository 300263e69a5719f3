"""/api/v1/openapi.json: what an organisation's programs can do, for whoever writes them."""

from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import JSONResponse, Response

from shared.access.door import Visitor
from shared.web.described import description_of

router = APIRouter()
WORDS = """
Nominate from an organisation's own system, one by one or many from a table.

**Sent twice is once.** `POST /api/v1/nominations` needs an `Idempotency-Key` of your own making (at most 200 printable
ASCII characters), a fresh one for each nomination, best a UUID. When no answer comes, send the same request with the
same key again: you get the first answer, up to 30 days later. The same key with another body is refused
(`idempotency.other_body`). Withdrawing, giving a supplement and confirming an import are done once however often they
are asked for. A table needs no key: what was imported is known by unit, name, headline and
day.

**Problems** are RFC 9457 documents: `type` ends in a stable key for your program, `detail` and `errors` are sentences
for people, in Vietnamese unless `Accept-Language` asks for English. After 503 try again in `Retry-After` seconds.

Ids of fields, movements and kinds are those of the plan; a refusal lists them.
"""


@router.get("/api/v1/openapi.json", include_in_schema=False)
def described(request: Request, who: Visitor) -> Response:  # noqa: ARG001 -- the door stands in the signature
    """Open to everybody: it says what there is, not what is in it."""
    return JSONResponse(document(request.app), headers={"cache-control": "public, max-age=3600"})


@cache
def document(web: FastAPI) -> dict[str, Any]:
    return description_of(web, title="Gương Sáng: đề cử", words=WORDS.strip())

"""What a phone keeps to nominate without a network: the form, the queue, the worker; and who is here."""

from functools import cache, partial
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from services.nomination.pages.posted import Nominating, Opened
from services.nomination.queries.movements import offering
from services.nomination.rules.assumed import with_assumed
from services.nomination.rules.sources import usual_village
from services.nomination.rules.typed import Sheet
from services.nomination.schemas.refusals import REFUSALS
from services.nomination.schemas.views import form_view
from services.nomination.schemas.whole import SAID_ON_THE_PHONE, screens
from shared.access.door import Visitor
from shared.clock import today
from shared.plan.shelf import plan_of
from shared.web.i18n import current_language
from shared.web.navigation import may_open
from shared.web.pages import STATIC, render, url_static

router = APIRouter()
HASHED = ("app.css", "app.js", "photos.js", "phone-form.js", "queue.js", "icons.svg", "favicon.svg")
AS_IMPORTED = ("outbox.js", "vendor/idb-keyval-6.3.0.js?v=6.3.0")
#: What the frame of a kept page shows of its reader: nobody.
NOBODY: dict[str, Any] = {"who": None, "who_unit": "", "nav": [], "may_open": partial(may_open, None), "chain_head": ""}


@router.get("/de-cu/toi")
def who_is_here(who: Nominating) -> Response:
    """{person, address}: whose drafts and queue a phone may show, and the village that most nominees live in."""
    village = usual_village(plan_of(who.plan_id), who)
    return JSONResponse({"person": str(who.person_id), "address": village.to(current_language()) if village else ""})


@router.get("/de-cu/tren-may")
def whole_form(request: Request, who: Nominating, session: Opened) -> Response:
    """The four screens in one page, without a word about whoever asks: phones keep it."""
    plan = plan_of(who.plan_id)
    plan = offering(session, plan, plan.unit.id, today())
    form = form_view(UUID(int=0), plan, who, sheet=Sheet.WHO, typed=with_assumed({}, plan), photos=())
    said = {key: str(REFUSALS[key]) for key in SAID_ON_THE_PHONE}
    return render(
        request, "nomination/on_phone.html", form=form, errors={}, screens=screens(), sentences=said, **NOBODY
    )


@router.get("/de-cu/hang-doi")
def queue(request: Request, who: Visitor) -> Response:  # noqa: ARG001 -- the door stands in the signature
    """Open to everybody: what waits lies on the phone, and may be seen and saved after the session has ended."""
    return render(request, "nomination/queue.html", **NOBODY)


@router.get("/de-cu/sw.js")
def worker(request: Request, who: Visitor) -> Response:  # noqa: ARG001 -- as above
    """The service worker; another version of any kept file makes another worker."""
    script = request.app.state.templates.get_template("nomination/sw.js").render(version=version(), files=kept_files())
    headers = {"service-worker-allowed": "/de-cu", "cache-control": "no-cache"}
    return Response(script, HTTPStatus.OK, headers, media_type="text/javascript")


@cache
def kept_files() -> list[str]:
    return [*(url_static(name) for name in HASHED), *(f"/static/{name}" for name in AS_IMPORTED)]


@cache
def version() -> str:
    """Changes with the content of every kept file; kept pages are kept anew whenever they open with a network."""
    imported = b"".join((STATIC / name.partition("?")[0]).read_bytes() for name in AS_IMPORTED)
    return sha256(imported + "".join(kept_files()).encode()).hexdigest()[:12]

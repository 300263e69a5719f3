"""/tra-cuu: how far a dossier is, for whoever holds its code. Steps only: no name, no reason, no outcome."""

from http import HTTPStatus
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from services.nomination.models import EndedPlan
from services.nomination.pages.posted import Opened
from services.nomination.queries.nominations import by_code, happenings
from services.nomination.schemas.receipt import public_steps
from services.nomination.schemas.refusals import REFUSALS
from shared.access.door import Visitor
from shared.access.sight import EVERYTHING
from shared.clock import today
from shared.database import widened
from shared.errors import NotFound
from shared.succession import ending_of
from shared.web.ended import ended_view
from shared.web.i18n import gettext
from shared.web.pages import render

router = APIRouter()


@router.get("/tra-cuu")
def ask_code(request: Request, who: Visitor, ma: str = "") -> Response:  # noqa: ARG001 -- the door stands in the signature
    if code := ma.strip()[:40]:
        return RedirectResponse(f"/tra-cuu/{quote(code, safe='')}", HTTPStatus.SEE_OTHER)
    return render(request, "nomination/look_up.html", code="", error="")


@router.get("/tra-cuu/{code}")
def look_up(request: Request, code: str, who: Visitor, session: Opened) -> Response:  # noqa: ARG001 -- as above
    try:
        with widened(session, EVERYTHING, why="whoever holds a receipt's code may follow its steps"):
            nomination = by_code(session, code)
            steps = public_steps(nomination, happenings(session, nomination.id), today())
            ended = ended_view(ending_of(session, EndedPlan, nomination.plan_id))
    except NotFound as unknown:
        said = gettext(REFUSALS[unknown.key].message, **unknown.details)
        return render(request, "nomination/look_up.html", status_code=HTTPStatus.NOT_FOUND, code=code[:40], error=said)
    return render(request, "nomination/steps.html", code=nomination.code, steps=steps, ended=ended)

"""/de-cu/{id}/bo-sung: what the commune asks for, and the unit's answer."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.nomination.commands.supplement import resubmit
from services.nomination.models import Nomination
from services.nomination.pages.posted import Form, Nominating, Opened
from services.nomination.pages.receipt import note_look, sent_one
from services.nomination.queries.supplements import last_supplement
from services.nomination.rules.fault import Incomplete
from services.nomination.rules.stages import Stage
from services.nomination.schemas.refusals import sentences
from shared.access.principal import Principal
from shared.bus.record import act_as
from shared.clock import today
from shared.errors import Refused
from shared.web.pages import arrived, render
from shared.web.problems import sentence

router = APIRouter(prefix="/de-cu/{nomination_id:uuid}")


@router.get("/bo-sung")
def ask(request: Request, nomination_id: UUID, who: Nominating, session: Opened) -> Response:
    nomination = sent_one(session, who, nomination_id)
    if nomination.stage != Stage.RETURNED:
        return RedirectResponse(f"/de-cu/{nomination_id}", HTTPStatus.SEE_OTHER)
    return supplement_page(request, session, who, nomination)


@router.post("/bo-sung")
def give(request: Request, nomination_id: UUID, who: Nominating, form: Form, session: Opened) -> Response:
    """Give it; a second press finds it given and leads to the same receipt."""
    act_as(session, who.person_id, request.state.traceparent)
    typed = form.one("addition")
    try:
        resubmit(session, who, nomination_id, addition=typed, today=today())
    except Incomplete as incomplete:
        nomination = sent_one(session, who, nomination_id)
        errors = sentences(incomplete.missing)
        return supplement_page(request, session, who, nomination, addition=typed, errors=errors)
    except Refused as refused:
        nomination = sent_one(session, who, nomination_id)
        said = sentence(request, refused.key, **refused.details)
        return supplement_page(request, session, who, nomination, addition=typed, refusal=said)
    return arrived(f"/de-cu/{nomination_id}", draft=f"{nomination_id}-bo-sung")


def supplement_page(
    request: Request,
    session: Session,
    who: Principal,
    nomination: Nomination,
    *,
    addition: str = "",
    errors: dict[str, str] | None = None,
    refusal: str = "",
) -> Response:
    """The page; what was typed stays in it, whatever was wrong."""
    note_look(session, who, nomination)
    return render(
        request,
        "nomination/supplement.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors or refusal else HTTPStatus.OK,
        nomination=nomination,
        asked=last_supplement(session, nomination.id),
        addition=addition,
        errors=errors or {},
        refusal=refusal,
    )

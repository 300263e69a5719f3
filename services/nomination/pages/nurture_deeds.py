"""/boi-duong/{id}/{deed}: one short form for each thing that is done for a candidate."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from services.nomination.commands.nurture import carry_out
from services.nomination.models import Candidate, MeasureRow
from services.nomination.pages.nurture import Nurturing, note_look
from services.nomination.pages.posted import Form, Opened, Posted
from services.nomination.queries.nurture import measure_in, visible_candidate
from services.nomination.rules.candidacy import Deed
from services.nomination.rules.fault import Incomplete
from services.nomination.rules.nurture import BOXES, noted_from
from services.nomination.schemas.nurture import SUPPORTS
from services.nomination.schemas.nurture_forms import FORMS
from services.nomination.schemas.refusals import sentences
from shared.access.principal import Principal
from shared.bus.record import act_as
from shared.clock import today
from shared.errors import NotFound, Refused
from shared.web.pages import arrived, render
from shared.web.parts import Choice
from shared.web.problems import sentence

router = APIRouter(prefix="/boi-duong/{candidate_id:uuid}")
OF_A_STEP = frozenset({Deed.FINISH_STEP, Deed.MOVE_STEP})


def deed_of(deed: str) -> Deed:
    """The deed of an address. Raises NotFound."""
    found = next((one for one in FORMS if one == deed and one not in OF_A_STEP), None)
    if found is None:
        raise NotFound("http.404")
    return found


def step_deed_of(deed: str) -> Deed:
    """What may be done about a step. Raises NotFound."""
    found = next((one for one in OF_A_STEP if one == deed), None)
    if found is None:
        raise NotFound("http.404")
    return found


Doing = Annotated[Deed, Depends(deed_of)]
DoingAStep = Annotated[Deed, Depends(step_deed_of)]


@router.get("/buoc/{measure_id:uuid}/{deed}")
def ask_about_step(
    request: Request, candidate_id: UUID, measure_id: UUID, deed: DoingAStep, who: Nurturing, session: Opened
) -> Response:
    return deed_page(request, session, who, candidate_id, deed=deed, measure_id=measure_id)


@router.post("/buoc/{measure_id:uuid}/{deed}")
def note_step(
    request: Request,
    candidate_id: UUID,
    measure_id: UUID,
    deed: DoingAStep,
    who: Nurturing,
    form: Form,
    session: Opened,
) -> Response:
    return noted(request, session, who, candidate_id, deed=deed, form=form, measure_id=measure_id)


@router.get("/{deed}")
def ask(request: Request, candidate_id: UUID, deed: Doing, who: Nurturing, session: Opened) -> Response:
    return deed_page(request, session, who, candidate_id, deed=deed)


@router.post("/{deed}")
def note_deed(
    request: Request, candidate_id: UUID, deed: Doing, who: Nurturing, form: Form, session: Opened
) -> Response:
    return noted(request, session, who, candidate_id, deed=deed, form=form)


def noted(
    request: Request,
    session: Session,
    who: Principal,
    candidate_id: UUID,
    *,
    deed: Deed,
    form: Posted,
    measure_id: UUID | None = None,
) -> Response:
    """Keep it and go back to the candidate; what was typed stays on the page, whatever was wrong."""
    act_as(session, who.person_id, request.state.traceparent)
    plan = visible_candidate(session, who, candidate_id).plan
    try:
        carry_out(session, who, candidate_id, deed, noted_from(deed, form.typed, plan, today()), measure_id=measure_id)
    except Incomplete as incomplete:
        errors = sentences(incomplete.missing)
        return deed_page(
            request, session, who, candidate_id, deed=deed, measure_id=measure_id, form=form, errors=errors
        )
    except Refused as refused:
        said = sentence(request, refused.key, **refused.details)
        return deed_page(request, session, who, candidate_id, deed=deed, measure_id=measure_id, form=form, refusal=said)
    return arrived(f"/boi-duong/{candidate_id}", draft=request.url.path)


def deed_page(
    request: Request,
    session: Session,
    who: Principal,
    candidate_id: UUID,
    *,
    deed: Deed,
    measure_id: UUID | None = None,
    form: Posted | None = None,
    errors: dict[str, str] | None = None,
    refusal: str = "",
) -> Response:
    candidate: Candidate = visible_candidate(session, who, candidate_id)
    measure: MeasureRow | None = measure_in(session, candidate.id, measure_id) if measure_id else None
    note_look(session, who, candidate)
    step = f"/buoc/{measure.id}" if measure else ""
    return render(
        request,
        "nomination/candidate_deed.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors or refusal else HTTPStatus.OK,
        candidate=candidate,
        measure=measure,
        words=FORMS[deed],
        boxes=BOXES[deed],
        action=f"/boi-duong/{candidate.id}{step}/{deed}",
        form=form or Posted({}),
        supports=[Choice(kind, str(label)) for kind, label in SUPPORTS.items()],
        last_day=candidate.plan.period.ends_on,
        today=today(),
        errors=errors or {},
        refusal=refusal,
    )

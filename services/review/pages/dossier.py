"""The page of one case: read, score, decide, submit for commendation, put forward."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from services.review import commands
from services.review.adapters import proposal_pdf
from services.review.models import Case
from services.review.pages.forms import (
    POINTS,
    ClimbForm,
    DecisionForm,
    ScoreForm,
    Typed,
    decision_form,
    one,
    score_form,
)
from services.review.pages.queue import LIST, done_words
from services.review.pages.resting import RestForm
from services.review.pages.view import view_of
from services.review.queries.cases import case_for, commendation_of
from services.review.queries.lists import Asked, next_case
from services.review.rules.awards import Track
from services.review.rules.scores import BadSheet, measures_of
from services.review.schemas import fault_sentences
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.access.session import session_of
from shared.audit.looks import opened, taken_out
from shared.audit.note import note
from shared.bus.record import act_as
from shared.clock import today
from shared.errors import Conflict, Invalid, NotFound, Refused
from shared.plan.shelf import plan_of
from shared.web.navigation import may_open
from shared.web.pages import arrived, render
from shared.web.problems import sentence

router = APIRouter(prefix=LIST)
Reviewer = Annotated[Principal, may(Action.READ_CASE)]
Member = Annotated[Principal, may(Action.SCORE)]
Chair = Annotated[Principal, may(Action.DECIDE)]
ProposalReader = Annotated[Principal, may(Action.READ_PROPOSAL)]
Proposer = Annotated[Principal, may(Action.PROPOSE_COMMENDATION)]
SessionDep = Annotated[Session, Depends(session_of("review"), scope="function")]


@router.get("/{case_id}")
def dossier(request: Request, case_id: UUID, who: Reviewer, session: SessionDep, xong: str = "") -> HTMLResponse:
    case = case_for(session, who, case_id)
    return page(request, session, who, case, done=done_words(session, who, xong))


@router.post("/{case_id}/phieu-cham")
def score(request: Request, case_id: UUID, who: Member, typed: Typed, session: SessionDep) -> Response:
    """Hand in the sheet, then go on to the next case or stay."""
    act_as(session, who.person_id, request.state.traceparent)
    case = case_for(session, who, case_id)
    form = score_form(typed, measures_of(case.plan, case.field))
    try:
        commands.score(session, who, case_id, points=form.points, note=form.note)
    except BadSheet as bad:
        errors = {POINTS + name: fault for name, fault in fault_sentences(request, bad).items()}
        return page(request, session, who, case, scoring=replace(form, errors=errors), refused=bad)
    except (Invalid, Refused) as refusal:
        scoring = replace(form, errors=errors_of(request, refusal))
        return page(request, session, who, case, scoring=scoring, refused=refusal)
    return arrived(onwards(session, who, case, typed), draft=f"phieu-{case.id}")


@router.post("/{case_id}/xem-truoc")
def preview(request: Request, case_id: UUID, who: Chair, typed: Typed, session: SessionDep) -> HTMLResponse:
    """The page with the message to the nominator as it would go out. Nothing is kept."""
    case = case_for(session, who, case_id)
    return page(request, session, who, case, deciding=decision_form(typed))


@router.post("/{case_id}/quyet-dinh")
def decide(request: Request, case_id: UUID, who: Chair, typed: Typed, session: SessionDep) -> Response:
    """Decide, then go on to the next case or stay. Whatever was typed is shown again when it is refused."""
    act_as(session, who.person_id, request.state.traceparent)
    case = case_for(session, who, case_id)
    form = decision_form(typed)
    if form.chosen is None:
        refusal = Invalid({"outcome": "form.choice"})
        return page(request, session, who, case, deciding=with_errors(request, form, refusal), refused=refusal)
    try:
        commands.decide(
            session, who, case_id, outcome=form.chosen, reason=form.reason, today=today(), version=form.version
        )
    except (Invalid, Refused, Conflict) as refused:
        return page(request, session, who, case, deciding=with_errors(request, form, refused), refused=refused)
    return RedirectResponse(onwards(session, who, case, typed), HTTPStatus.SEE_OTHER)


@router.post("/{case_id}/trinh-khen-thuong")
def propose(request: Request, case_id: UUID, who: Proposer, typed: Typed, session: SessionDep) -> RedirectResponse:
    """Submit a recognised model to the chair for commendation."""
    act_as(session, who.person_id, request.state.traceparent)
    chosen = one(typed, "track")
    track = Track(chosen) if chosen in set(Track) else Track.ROLE_MODEL_MERIT
    commands.propose_commendation(session, who, case_id, track=track, today=today())
    return RedirectResponse(f"{LIST}/{case_id}#khen-thuong", HTTPStatus.SEE_OTHER)


@router.get("/{case_id}/to-trinh.pdf")
def paper(case_id: UUID, who: ProposalReader, session: SessionDep) -> Response:
    """The tờ trình of a model that was submitted for commendation."""
    case = case_for(session, who, case_id)
    commendation = commendation_of(session, case.id)
    if commendation is None:
        raise NotFound("commendation.unknown")
    note(session, taken_out(who, "proposal", case.id, code=case.code, about=[case.nomination_id]))
    pdf = proposal_pdf(case, commendation, case.plan)
    name = f"to-trinh-{case.code}.pdf"
    return Response(pdf, media_type="application/pdf", headers={"content-disposition": f'inline; filename="{name}"'})


def page(
    request: Request,
    session: Session,
    who: Principal,
    case: Case,
    *,
    scoring: ScoreForm | None = None,
    deciding: DecisionForm | None = None,
    pausing: RestForm | None = None,
    climbing: ClimbForm | None = None,
    refused: Invalid | Refused | Conflict | None = None,
    done: str = "",
) -> HTMLResponse:
    """The whole page; with `refused`, what was wrong stands on top and what was typed stays in the form."""
    note(session, opened(who, "case", case.id, code=case.code, about=[case.nomination_id]))
    day = today()
    errors = dict((scoring or deciding or pausing or climbing or RestForm()).errors)
    return render(
        request,
        "review/case.html",
        status_code=int(refused.status) if refused else HTTPStatus.OK,
        view=view_of(
            session, who, case, today=day, scoring=scoring, deciding=deciding, pausing=pausing, climbing=climbing
        ),
        errors=errors,
        refusal="" if refused is None or errors else sentence(request, refused.key, **refused.details),
        kept=deciding.reason if deciding and refused and not errors else "",
        done=done,
        today=day,
        points=POINTS,
        list_href=LIST,
    )


def errors_of(request: Request, refusal: Invalid | Refused | Conflict) -> Mapping[str, str]:
    """{field: sentence}; a refusal that concerns no field gives none."""
    if not isinstance(refusal, Invalid):
        return {}
    return fault_sentences(request, refusal)


def with_errors(request: Request, form: DecisionForm, refusal: Invalid | Refused | Conflict) -> DecisionForm:
    return replace(form, errors=errors_of(request, refusal))


def onwards(session: Session, who: Principal, case: Case, typed: Mapping[str, object]) -> str:
    """The address of the next case that waits for the asker, if they asked for one and there is; else of this one."""
    if "next" not in typed or not may_open(who, LIST):
        return f"{LIST}/{case.id}?xong={case.id}"
    following = next_case(session, Asked(who, plan_of(case.plan_id), today()), after=case)
    where = f"{LIST}/{following}" if following else LIST
    return f"{where}?xong={case.id}"

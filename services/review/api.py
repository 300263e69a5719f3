"""The JSON API of the council: cases, scores, decisions, rests."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session

from services.review import commands
from services.review.models import Case
from services.review.queries.cases import case_for, former_sheets_of, sheets_of
from services.review.queries.lists import Asked, lines_after
from services.review.rules.scores import BadSheet, measures_of, tally_of
from services.review.rules.sight import sight_of
from services.review.rules.stages import Stage
from services.review.schemas import (
    LARGEST_PAGE,
    CaseOut,
    DecisionIn,
    HoldIn,
    PageOut,
    ReturnIn,
    ScoresIn,
    fault_sentences,
    place_of,
)
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.access.session import session_of
from shared.audit.looks import listed, opened
from shared.audit.note import note
from shared.bus.record import act_as
from shared.clock import today
from shared.errors import Invalid
from shared.plan.shelf import plan_of
from shared.web.described import problems

router = APIRouter(prefix="/api/v1/cases", responses=problems(HTTPStatus.NOT_FOUND))
Reviewer = Annotated[Principal, may(Action.READ_CASE)]
Member = Annotated[Principal, may(Action.SCORE)]
Chair = Annotated[Principal, may(Action.DECIDE)]
Returning = Annotated[Principal, may(Action.RETURN_CASE)]
Holding = Annotated[Principal, may(Action.HOLD_CASE)]
SessionDep = Annotated[Session, Depends(session_of("review"), scope="function")]


@router.get("")
def cases(
    who: Reviewer,
    session: SessionDep,
    stage: Stage | None = None,
    field: Annotated[str, Query(max_length=64)] = "",
    q: Annotated[str, Query(max_length=200)] = "",
    after: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 25,
) -> PageOut:
    """The commune's cases by the day their answer is due."""
    plan = plan_of(who.plan_id)
    if field and field not in {known.id for known in plan.fields}:
        raise Invalid({"field": "field.unknown"})
    asked = Asked(who, plan, today(), words=q, field=field)
    place = place_of(after) if after else None
    found = lines_after(session, asked, stage, after=place, limit=limit + 1)
    about = [line.nomination_id for line in found[:limit]]
    note(session, listed(who, "cases", about=about, filtered=stage or "", searched=bool(q)))
    return PageOut.of(found, limit)


@router.get("/{case_id}")
def case(case_id: UUID, who: Reviewer, session: SessionDep) -> CaseOut:
    return seen(session, who, case_for(session, who, case_id))


@router.put("/{case_id}/scores")
def score(case_id: UUID, sheet: ScoresIn, who: Member, request: Request, session: SessionDep) -> CaseOut:
    """Hand in or replace the asker's own sheet. Safe to send twice."""
    act_as(session, who.person_id, request.state.traceparent)
    try:
        scored = commands.score(session, who, case_id, points=sheet.scores, note=sheet.note)
    except Invalid as bad:
        prefix = "scores." if isinstance(bad, BadSheet) else ""
        raise Invalid({prefix + name: words for name, words in fault_sentences(request, bad).items()}) from bad
    return seen(session, who, scored)


@router.post("/{case_id}/decision")
def decide(case_id: UUID, decision: DecisionIn, who: Chair, request: Request, session: SessionDep) -> CaseOut:
    """Decide a case. Safe to send twice: the same decision of the same chair is answered as it was the first time."""
    chosen = decision.model_dump()
    return stepped(session, who, request, lambda: commands.decide(session, who, case_id, today=today(), **chosen))


@router.post("/{case_id}/return")
def return_case(case_id: UUID, asked: ReturnIn, who: Returning, request: Request, session: SessionDep) -> CaseOut:
    """Send the dossier back to its unit for what is missing. The same request twice is one."""

    def step() -> Case:
        return commands.return_case(session, who, case_id, missing=asked.missing, due_on=asked.due_on, today=today())

    return stepped(session, who, request, step)


@router.post("/{case_id}/resume")
def resume(case_id: UUID, who: Returning, request: Request, session: SessionDep) -> CaseOut:
    """Go on with what there is, without the supplement that was asked for."""
    return stepped(session, who, request, lambda: commands.resume(session, who, case_id, today=today()))


@router.post("/{case_id}/hold")
def hold(case_id: UUID, asked: HoldIn, who: Holding, request: Request, session: SessionDep) -> CaseOut:
    """Let the case rest until a day; held again, the day and the reason are moved. The same twice is one."""
    wanted = asked.model_dump()
    return stepped(session, who, request, lambda: commands.hold(session, who, case_id, **wanted, today=today()))


@router.post("/{case_id}/release")
def release(case_id: UUID, who: Holding, request: Request, session: SessionDep) -> CaseOut:
    """Let a held case go on."""
    return stepped(session, who, request, lambda: commands.release(session, who, case_id, today=today()))


def stepped(session: Session, who: Principal, request: Request, step: Callable[[], Case]) -> CaseOut:
    """The case after a step. Raises Invalid with a sentence for each wrong field."""
    act_as(session, who.person_id, request.state.traceparent)
    try:
        case = step()
    except Invalid as bad:
        raise Invalid(fault_sentences(request, bad)) from bad
    return seen(session, who, case)


def seen(session: Session, who: Principal, case: Case) -> CaseOut:
    """The case as the asker may see it."""
    note(session, opened(who, "case", case.id, code=case.code, about=[case.nomination_id]))
    plan = case.plan
    measures = measures_of(plan, case.field)
    session.flush()
    sheets = sheets_of(session, case)
    own = next((sheet for sheet in sheets if sheet.member_id == who.person_id), None)
    return CaseOut.of(
        case,
        criteria=[measure.id for measure in measures],
        members_needed=plan.review.members_needed,
        own=own,
        sheets=sheets,
        former=former_sheets_of(session, case),
        tally=tally_of([sheet.points for sheet in sheets], measures, plan.review),
        sight=sight_of(who.role, has_scored=own is not None, stage=case.stage),
    )

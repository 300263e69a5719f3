"""/de-cu/goi-y: what citizens, the media and the council suggested, and the unit's answer."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.nomination.commands.suggestions import decline, endorse, lead, pass_on
from services.nomination.pages.posted import Form, Opened, Posted
from services.nomination.queries.suggestions import PER_PAGE, given_by_unit, listed_suggestions, suggestion_of
from services.nomination.rules.fault import Incomplete
from services.nomination.rules.suggestions import checked_reason, led_by_unit, unit_to_pass_to
from services.nomination.rules.typed import Sheet
from services.nomination.schemas.refusals import sentences
from services.nomination.schemas.suggestions import ANSWERED, HERE, choices_of_units, list_of, place_typed, view_of
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action, may_at_all
from shared.access.sight import EVERYTHING
from shared.audit.looks import listed, opened
from shared.audit.note import note
from shared.bus.record import act_as
from shared.clock import today
from shared.database import widened
from shared.errors import Refused
from shared.plan.questions import units_within
from shared.plan.shelf import plan_of
from shared.web.pages import render
from shared.web.problems import sentence

router = APIRouter(prefix=HERE)
Answering = Annotated[Principal, may(Action.ANSWER_SUGGESTION)]
Passing = Annotated[Principal, may(Action.PASS_SUGGESTION)]


@router.get("")
def listing(request: Request, who: Answering, session: Opened, nhom: str = "", sau: str = "") -> Response:
    """Those that wait, or those that were answered; below them what the asker's unit told others."""
    answered = nhom == ANSWERED
    found = listed_suggestions(session, who, answered=answered, after=place_typed(sau), limit=PER_PAGE + 1)
    given = given_by_unit(session, who)
    about = {one.id for one in (*found[:PER_PAGE], *given)}
    note(session, listed(who, "suggestions", about=about, filtered=nhom))
    return render(request, "nomination/suggestions.html", view=list_of(found, given, answered=answered))


@router.get("/moi")
def introduce(request: Request, who: Answering, session: Opened) -> Response:  # noqa: ARG001 -- the door stands in the signature
    return lead_page(request, who, Posted({}), {})


@router.post("/moi")
def tell(request: Request, who: Answering, form: Form, session: Opened) -> Response:
    """A lead for another unit; for one's own it is a draft at once."""
    act_as(session, who.person_id, request.state.traceparent)
    plan = plan_of(who.plan_id)
    try:
        told = led_by_unit(form.typed, plan)
        with widened(session, EVERYTHING, why="whoever introduces somebody to another unit writes into its list"):
            draft_id = lead(session, who, plan, told, today())
    except Incomplete as incomplete:
        return lead_page(request, who, form, sentences(incomplete.missing))
    except Refused as refused:
        return lead_page(request, who, form, {}, refused=refused)
    return RedirectResponse(f"/de-cu/{draft_id}/{Sheet.WHO}" if draft_id else HERE, HTTPStatus.SEE_OTHER)


@router.get("/{suggestion_id:uuid}")
def show(request: Request, suggestion_id: UUID, who: Answering, session: Opened) -> Response:
    return suggestion_page(request, session, who, suggestion_id)


@router.post("/{suggestion_id:uuid}/de-cu")
def take_up(request: Request, suggestion_id: UUID, who: Answering, session: Opened) -> Response:
    """A draft with what is known; a second press leads to the same one."""
    act_as(session, who.person_id, request.state.traceparent)
    try:
        draft_id = endorse(session, who, suggestion_id, today())
    except Refused as refused:
        return suggestion_page(request, session, who, suggestion_id, refused=refused)
    return RedirectResponse(f"/de-cu/{draft_id}/{Sheet.WHO}", HTTPStatus.SEE_OTHER)


@router.post("/{suggestion_id:uuid}/khong-de-cu")
def turn_down(request: Request, suggestion_id: UUID, who: Answering, form: Form, session: Opened) -> Response:
    def decide() -> None:
        decline(session, who, suggestion_id, reason=checked_reason(form.typed), today=today())

    return answered(request, session, who, suggestion_id, form, decide)


@router.post("/{suggestion_id:uuid}/chuyen")
def pass_to(request: Request, suggestion_id: UUID, who: Passing, form: Form, session: Opened) -> Response:
    def decide() -> None:
        plan = plan_of(suggestion_of(session, who, suggestion_id).plan_id)
        unit = unit_to_pass_to(form.typed, plan)
        pass_on(session, who, suggestion_id, to_unit=unit.id, today=today())

    return answered(request, session, who, suggestion_id, form, decide)


def answered(
    request: Request, session: Session, who: Principal, suggestion_id: UUID, form: Posted, decide: Callable[[], None]
) -> Response:
    """Answer it and show it again; what was typed stays, whatever was wrong."""
    act_as(session, who.person_id, request.state.traceparent)
    try:
        decide()
    except Incomplete as incomplete:
        errors = sentences(incomplete.missing)
        return suggestion_page(request, session, who, suggestion_id, form=form, errors=errors)
    except Refused as refused:
        return suggestion_page(request, session, who, suggestion_id, form=form, refused=refused)
    return RedirectResponse(f"{HERE}/{suggestion_id}", HTTPStatus.SEE_OTHER)


def lead_page(
    request: Request, who: Principal, form: Posted, errors: dict[str, str], *, refused: Refused | None = None
) -> Response:
    plan = plan_of(who.plan_id)
    own = plan.unit_by_id(who.unit_id)
    units = sorted(units_within(plan, plan.unit), key=lambda unit: unit.id != own.id)
    return render(
        request,
        "nomination/lead.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors or refused else HTTPStatus.OK,
        units=choices_of_units(units),
        own=own.key,
        form=form,
        errors=errors,
        refusal=sentence(request, refused.key, **refused.details) if refused else "",
    )


def suggestion_page(
    request: Request,
    session: Session,
    who: Principal,
    suggestion_id: UUID,
    *,
    form: Posted | None = None,
    errors: dict[str, str] | None = None,
    refused: Refused | None = None,
) -> Response:
    """The page; what was typed stays in it, whatever was wrong."""
    suggestion = suggestion_of(session, who, suggestion_id)
    plan = plan_of(suggestion.plan_id)
    note(session, opened(who, "suggestion", suggestion.id, about=[suggestion.id]))
    return render(
        request,
        "nomination/suggestion.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors or refused else HTTPStatus.OK,
        view=view_of(suggestion, units_within(plan, plan.unit), plan),
        may_pass=may_at_all(who.role, Action.PASS_SUGGESTION),
        form=form or Posted({}),
        errors=errors or {},
        refusal=sentence(request, refused.key, **refused.details) if refused else "",
    )

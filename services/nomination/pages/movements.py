"""/phong-trao: the movements that units launched, what each has found, and the form to launch one."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.nomination.commands.movements import launch_movement
from services.nomination.pages.posted import Form, Opened, Posted
from services.nomination.queries.movements import (
    PER_PAGE,
    Running,
    found,
    found_counts,
    known,
    launched,
    tallies,
)
from services.nomination.rules.fault import Incomplete
from services.nomination.rules.movements import launch_from
from services.nomination.schemas.movements import movement_view, movements_view
from services.nomination.schemas.refusals import sentences
from services.nomination.schemas.views import choices_of, unit_name
from services.nomination.schemas.worklist import place_typed
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action, may_at_all
from shared.access.session import see
from shared.audit.looks import listed
from shared.audit.note import note
from shared.bus.record import act_as
from shared.clock import today
from shared.plan.shelf import plan_of
from shared.web.pages import render

router = APIRouter()
Reading = Annotated[Principal, may(Action.READ_MOVEMENTS)]
Launching = Annotated[Principal, may(Action.LAUNCH_MOVEMENT)]


@router.get("/phong-trao")
def show(request: Request, who: Reading, session: Opened, nhom: str = "") -> Response:
    running = Running.ENDED if nhom == Running.ENDED else Running.NOW
    return movements_page(request, session, who, Posted({}), {}, running=running)


@router.post("/phong-trao")
def launch(request: Request, who: Launching, form: Form, session: Opened) -> Response:
    act_as(session, who.person_id, request.state.traceparent)
    plan = plan_of(who.plan_id)
    try:
        launch_movement(session, who, plan, launch_from(form.typed, plan))
    except Incomplete as incomplete:
        see(session, who, Action.READ_MOVEMENTS)  # the page lists those of the whole commune
        return movements_page(request, session, who, form, sentences(incomplete.missing))
    return RedirectResponse("/phong-trao", HTTPStatus.SEE_OTHER)


@router.get("/phong-trao/{movement_id:uuid}")
def show_one(request: Request, movement_id: UUID, who: Reading, session: Opened, sau: str = "") -> Response:
    """What the movement has found: figures of all units, and the nominations that the asker may see."""
    movement = known(session, who, movement_id)
    tallied = tallies(session, movement.id)
    nominations = found(session, who, movement.id, after=place_typed(sau))
    note(session, listed(who, "nominations", about=[each.id for each in nominations[:PER_PAGE]], filtered="movement"))
    return render(
        request,
        "nomination/movement.html",
        view=movement_view(movement, tallied, nominations, today=today()),
    )


def movements_page(
    request: Request,
    session: Session,
    who: Principal,
    form: Posted,
    errors: dict[str, str],
    *,
    running: Running = Running.NOW,
) -> Response:
    plan = plan_of(who.plan_id)
    movements = launched(session, who, running, today())
    counted = found_counts(session, [each.id for each in movements])
    return render(
        request,
        "nomination/movements.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        view=movements_view(movements, counted, running=running, today=today()),
        form=form,
        errors=errors,
        tied_to=choices_of(plan.movements),
        may_launch=may_at_all(who.role, Action.LAUNCH_MOVEMENT),
        own_unit=unit_name(plan, who.unit_id),
    )

"""/phong-trao: the movements that units launched, and the form to launch one."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.nomination.commands.movements import launch_movement
from services.nomination.pages.posted import Form, Opened, Posted
from services.nomination.queries.movements import launched
from services.nomination.rules.fault import Incomplete
from services.nomination.rules.movements import launch_from
from services.nomination.schemas.refusals import sentences
from services.nomination.schemas.views import unit_name
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.access.session import see
from shared.bus.record import act_as
from shared.clock import today
from shared.plan.shelf import plan_of
from shared.web.pages import render

router = APIRouter()
Reading = Annotated[Principal, may(Action.READ_MOVEMENTS)]
Launching = Annotated[Principal, may(Action.LAUNCH_MOVEMENT)]


@router.get("/phong-trao")
def show(request: Request, who: Reading, session: Opened) -> Response:
    return movements_page(request, session, who, Posted({}), {})


@router.post("/phong-trao")
def launch(request: Request, who: Launching, session: Opened, form: Form) -> Response:
    act_as(session, who.person_id, request.state.traceparent)
    plan = plan_of(who.plan_id)
    try:
        launch_movement(session, who, plan, launch_from(form.typed, plan))
    except Incomplete as incomplete:
        see(session, who, Action.READ_MOVEMENTS)  # the page lists those of the whole commune
        return movements_page(request, session, who, form, sentences(incomplete.missing))
    return RedirectResponse("/phong-trao", HTTPStatus.SEE_OTHER)


def movements_page(
    request: Request, session: Session, who: Principal, form: Posted, errors: dict[str, str]
) -> Response:
    plan = plan_of(who.plan_id)
    return render(
        request,
        "nomination/movements.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        movements=[(each, unit_name(plan, each.unit_id)) for each in launched(session, who)],
        form=form,
        errors=errors,
        today=today(),
        own_unit=unit_name(plan, who.unit_id),
    )

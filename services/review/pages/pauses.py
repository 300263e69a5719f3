"""The clerk lets a case rest and go on: back to the unit for what is missing, on without it, held, let go."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.review import commands
from services.review.models import Case
from services.review.pages.dossier import SessionDep, errors_of, onwards, page
from services.review.pages.forms import Typed
from services.review.pages.queue import LIST
from services.review.pages.resting import RestForm, day_typed, rest_form
from services.review.queries.cases import case_for
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.bus.record import act_as
from shared.clock import today
from shared.errors import Invalid, Refused
from shared.web.pages import arrived

router = APIRouter(prefix=LIST)
Returning = Annotated[Principal, may(Action.RETURN_CASE)]
Holding = Annotated[Principal, may(Action.HOLD_CASE)]


@router.post("/{case_id}/tra-lai")
def return_case(request: Request, case_id: UUID, who: Returning, typed: Typed, session: SessionDep) -> Response:
    """Back to the unit, with what is missing and by when."""
    form = rest_form(typed)

    def act() -> Case:
        due_on = readable(day_typed(form.due_on), "due_on")
        return commands.return_case(session, who, case_id, missing=form.missing, due_on=due_on, today=today())

    return answered(request, session, who, case_id, form=form, act=act, draft=f"tra-lai-{case_id}")


@router.post("/{case_id}/xet-tiep")
def resume(request: Request, case_id: UUID, who: Returning, session: SessionDep) -> Response:
    """On with what there is."""
    return answered(request, session, who, case_id, act=lambda: commands.resume(session, who, case_id, today=today()))


@router.post("/{case_id}/tam-dung")
def hold(request: Request, case_id: UUID, who: Holding, typed: Typed, session: SessionDep) -> Response:
    """Held until a day; once more, and the day is moved."""
    form = rest_form(typed)

    def act() -> Case:
        if (ground := form.chosen_ground) is None:
            raise Invalid({"ground": "form.choice"})
        until = readable(day_typed(form.until), "until")
        return commands.hold(session, who, case_id, ground=ground, reason=form.reason, until=until, today=today())

    return answered(request, session, who, case_id, form=form, act=act)


@router.post("/{case_id}/bo-tam-dung")
def release(request: Request, case_id: UUID, who: Holding, session: SessionDep) -> Response:
    return answered(request, session, who, case_id, act=lambda: commands.release(session, who, case_id, today=today()))


def readable(found: date | None, name: str) -> date:
    if found is None:
        raise Invalid({name: "day.unreadable"})
    return found


def answered(
    request: Request,
    session: Session,
    who: Principal,
    case_id: UUID,
    *,
    act: Callable[[], Case],
    form: RestForm | None = None,
    draft: str = "",
) -> Response:
    """What follows from a step: the case as it is now; with what was typed, when the step was refused.

    `draft` is the key of what the device has kept of the form.
    """
    act_as(session, who.person_id, request.state.traceparent)
    case = case_for(session, who, case_id)
    try:
        act()
    except (Invalid, Refused) as refused:
        typed = replace(form or RestForm(), errors=errors_of(request, refused))
        return page(request, session, who, case, pausing=typed, refused=refused)
    where = onwards(session, who, case, {})
    return arrived(where, draft=draft) if draft else RedirectResponse(where, HTTPStatus.SEE_OTHER)

"""A recognised model climbs the ladder: put forward to the next rung, and what came of it there."""

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from services.review import commands
from services.review.pages.dossier import SessionDep, errors_of, page
from services.review.pages.forms import Typed, climb_form
from services.review.pages.queue import LIST
from services.review.queries.cases import case_for
from services.review.rules.ladder import checked_answer
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.bus.record import act_as
from shared.clock import today
from shared.errors import Invalid, Refused

router = APIRouter(prefix=LIST)
Forwarder = Annotated[Principal, may(Action.PUT_FORWARD)]


@router.post("/{case_id}/gioi-thieu")
def put_forward(request: Request, case_id: UUID, who: Forwarder, session: SessionDep) -> RedirectResponse:
    """Put a recognised model forward to the next rung."""
    act_as(session, who.person_id, request.state.traceparent)
    commands.put_forward(session, who, case_id, today=today())
    return RedirectResponse(f"{LIST}/{case_id}#bac-thang", HTTPStatus.SEE_OTHER)


@router.post("/{case_id}/cap-tren-tra-loi")
def note_answer(request: Request, case_id: UUID, who: Forwarder, typed: Typed, session: SessionDep) -> Response:
    """What the tier said whose answer is awaited; what was typed stays on the page, whatever was wrong."""
    act_as(session, who.person_id, request.state.traceparent)
    case, form = case_for(session, who, case_id), climb_form(typed)
    try:
        answer, words = checked_answer(form.answer, form.words)
        commands.note_answer(session, who, case_id, answer, words=words, today=today())
    except (Invalid, Refused) as refused:
        climbing = replace(form, errors=errors_of(request, refused))
        return page(request, session, who, case, climbing=climbing, refused=refused)
    return RedirectResponse(f"{LIST}/{case_id}#bac-thang", HTTPStatus.SEE_OTHER)

"""/de-cu/ban-giao/…: what a hand-over of somebody's office would move. Counts only: others do not read a draft."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.nomination.pages.posted import Opened
from services.nomination.queries.nominations import drafts_begun_by
from shared.access.door import may
from shared.access.principal import Principal, Role
from shared.access.rights import Action
from shared.access.sight import EVERYTHING
from shared.database import widened
from shared.plan.shelf import plan_of, shelf
from shared.web.i18n import current_language
from shared.web.pages import render

router = APIRouter()
Managing = Annotated[Principal, may(Action.MANAGE_PEOPLE)]


@router.get("/de-cu/ban-giao/{person_id}")
def what_moves(request: Request, who: Managing, person_id: UUID, session: Opened) -> Response:
    """How many drafts the person has begun for each unit: in the asker's commune, or for administrators in all."""
    plans = list(shelf()) if who.role is Role.ADMIN else [who.plan_id]
    language = current_language()
    with widened(session, EVERYTHING, why="how many drafts a hand-over moves; nobody is shown one"):
        begun = drafts_begun_by(session, person_id, plans)
    return render(
        request,
        "nomination/succession.html",
        person_id=person_id,
        counts=[
            (plan_of(one.plan_id).unit_by_id(one.unit_id).name.to(language), one.count, one.changed_at) for one in begun
        ],
    )

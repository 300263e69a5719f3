"""/boi-duong/{id}/de-cu: one button makes a nomination of a candidate."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from services.nomination.commands.graduation import make_nomination
from services.nomination.pages.nurture import Nurturing
from services.nomination.pages.posted import Opened
from services.nomination.queries.nurture import measures_of, trail_of, visible_candidate
from services.nomination.rules.typed import Sheet
from services.nomination.schemas.nurture_paper import paper_of
from shared.bus.record import act_as
from shared.clock import today
from shared.documents.papers import nurture_trail
from shared.evidence.evidence import remade
from shared.plan.shelf import plan_of
from shared.web.i18n import _

router = APIRouter(prefix="/boi-duong/{candidate_id:uuid}")


@router.post("/de-cu")
def nominate(request: Request, candidate_id: UUID, who: Nurturing, session: Opened) -> Response:
    """To the draft, which already says what is known. The paper is made anew as all evidence is."""
    act_as(session, who.person_id, request.state.traceparent)
    candidate = visible_candidate(session, who, candidate_id)
    trail = trail_of(session, candidate.id)
    pdf = nurture_trail(paper_of(candidate, measures_of(session, candidate.id), trail, today=today()))
    paper = remade(pdf, _("Quá trình bồi dưỡng.pdf"))
    draft_id = make_nomination(session, who, plan_of(who.plan_id), candidate.id, trail, paper, today=today())
    return RedirectResponse(f"/de-cu/{draft_id}/{Sheet.WHO}", HTTPStatus.SEE_OTHER)

"""/de-cu: what I have begun, what became of what I sent, and the button for the next one."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from services.nomination.commands.drafts import start_draft
from services.nomination.models import EndedPlan
from services.nomination.pages.posted import Nominating, Opened
from services.nomination.queries.nominations import drafts, sent
from services.nomination.rules.typed import Sheet
from services.nomination.schemas.views import line_of
from shared.access.rights import FOR_ONE_UNIT
from shared.audit.looks import listed
from shared.audit.note import note
from shared.bus.record import act_as
from shared.clock import today
from shared.plan.shelf import plan_of
from shared.succession import ending_of
from shared.web.ended import ended_view
from shared.web.pages import render

router = APIRouter()


@router.get("/de-cu")
def home(request: Request, who: Nominating, session: Opened, q: str = "", trang: int = 1) -> Response:
    plan = plan_of(who.plan_id)
    found = sent(session, who, words=q[:200], page=trang)
    begun = drafts(session, who)
    about = [each.id for each in (*found.nominations, *begun)]
    note(session, listed(who, "nominations", about=about, searched=bool(q)))
    return render(
        request,
        "nomination/home.html",
        drafts=[line_of(draft) for draft in begun],
        lines=[line_of(nomination) for nomination in found.nominations],
        listed=found,
        words=q[:200],
        ended=ended_view(ending_of(session, EndedPlan, plan.id)),
        is_open=plan.period.contains(today()),
        period=plan.period,
        first_sheet=Sheet.WHO.value,
        shows_units=who.role not in FOR_ONE_UNIT,
    )


@router.post("/de-cu/moi")
def begin(request: Request, who: Nominating, session: Opened) -> Response:
    """A fresh draft, opened on its first sheet."""
    act_as(session, who.person_id, request.state.traceparent)
    draft_id = start_draft(session, who, plan_of(who.plan_id), today())
    return RedirectResponse(f"/de-cu/{draft_id}/{Sheet.WHO}", HTTPStatus.SEE_OTHER)

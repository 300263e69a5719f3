"""/de-cu: what I have begun, what became of what I sent, and the button for the next one."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from services.nomination.commands.drafts import start_draft
from services.nomination.models import EndedPlan
from services.nomination.pages.posted import Nominating, Opened
from services.nomination.queries.withdrawals import count_open
from services.nomination.queries.worklist import PER_PAGE, Asked, Group, counts, lines, urgent
from services.nomination.rules.typed import Sheet
from services.nomination.schemas.worklist import place_typed, worklist_of
from shared.access.rights import FOR_ONE_UNIT, Action, may_at_all
from shared.audit.looks import listed
from shared.audit.note import note
from shared.bus.record import act_as
from shared.clock import today
from shared.plan.shelf import plan_of
from shared.succession import ending_of
from shared.web.ended import ended_view
from shared.web.pages import render

router = APIRouter()
LONGEST_SEARCH = 100


@router.get("/de-cu")
def home(request: Request, who: Nominating, session: Opened, q: str = "", nhom: str = "", sau: str = "") -> Response:
    """What needs the asker stands first; below it one of the two other groups, page by page."""
    plan, asked = plan_of(who.plan_id), Asked(who, q[:LONGEST_SEARCH])
    counted = counts(session, asked)
    usual = Group.WAITING if counted[Group.WAITING] or not counted[Group.ANSWERED] else Group.ANSWERED
    group = Group(nhom) if nhom in {Group.WAITING, Group.ANSWERED} else usual
    now = urgent(session, asked)
    found = lines(session, asked, group, after=place_typed(sau), limit=PER_PAGE + 1)
    about = [each.id for each in (*found[:PER_PAGE], *(one for one, _ in now))]
    note(session, listed(who, "nominations", about=about, filtered=group.value if nhom else "", searched=bool(q)))
    return render(
        request,
        "nomination/home.html",
        view=worklist_of(now, found, counted, group=group, words=asked.words),
        words=asked.words,
        ended=ended_view(ending_of(session, EndedPlan, plan.id)),
        is_open=plan.period.contains(today()),
        period=plan.period,
        withdrawals=count_open(session, who) if may_at_all(who.role, Action.ANSWER_WITHDRAWAL) else 0,
        shows_units=who.role not in FOR_ONE_UNIT,
        matches=may_at_all(who.role, Action.MATCH_NOMINEES),
    )


@router.post("/de-cu/moi")
def begin(request: Request, who: Nominating, session: Opened) -> Response:
    """A fresh draft, opened on its first sheet."""
    act_as(session, who.person_id, request.state.traceparent)
    draft_id = start_draft(session, who, plan_of(who.plan_id), today())
    return RedirectResponse(f"/de-cu/{draft_id}/{Sheet.WHO}", HTTPStatus.SEE_OTHER)

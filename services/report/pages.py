"""Report's pages: the living plan, the road of a nomination, the table of communes, the reports."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from sqlmodel import Session

from services.report import commands, queries
from services.report.models import EndedPlan
from services.report.views import clause_page, event_page, progress
from services.report.views import living_plan as plan_views
from services.report.views import road as road_views
from services.report.views.paper import progress_paper
from services.report.views.sight import followed, may_open_events, plans_seen, tier_of
from services.report.views.spreadsheet import summary_csv
from services.report.views.table import By, Table, commune_name
from services.report.views.table import table as communes_table
from shared.access.door import Visitor, may, public
from shared.access.principal import Principal, Role
from shared.access.rights import Action, Thing, decide, require
from shared.access.session import session_of
from shared.access.sight import Sight
from shared.audit.looks import opened, taken_out
from shared.audit.note import note
from shared.bus.record import act_as
from shared.clock import today
from shared.database import widened
from shared.errors import NotFound
from shared.plan import Plan
from shared.plan.shelf import plan_of, shelf
from shared.succession import endings
from shared.web.pages import render

router = APIRouter()
Read = Annotated[Session, Depends(session_of("report"), scope="function")]
RoadReader = Annotated[Principal, may(Action.READ_ROAD)]
EventReader = Annotated[Principal, may(Action.OPEN_EVENTS)]
ProgressReader = Annotated[Principal, may(Action.READ_PROGRESS)]
ReportReader = Annotated[Principal, may(Action.READ_REPORT)]
Reporter = Annotated[Principal, may(Action.SEND_REPORT)]
ProofReader = Annotated[Principal | None, public(more_for=Action.OPEN_EVENTS)]
PUBLIC_PLAN = "the plan itself, with the state of each clause, is public"


@router.get("/ke-hoach")
def living_plan(
    request: Request,
    who: Visitor,
    session: Read,
    xa: str = "",
    only: Annotated[str, Query(alias="trang-thai", max_length=20)] = "",
) -> HTMLResponse:
    """The official text, clause by clause, each with its state and its proofs; on demand those in one state only."""
    plan = plan_shown(who, xa)
    with widened(session, Sight(frozenset({plan.id}), units=None), why=PUBLIC_PLAN):
        view = plan_views.living_plan(session, plan, today(), only=only)
        links = commune_links(session, plan)
    return render(
        request,
        "report/living_plan.html",
        view=view,
        may_open=may_open_events(who, plan.id),
        communes=links,
    )


@router.get("/ke-hoach/{clause_id}")
def one_clause(request: Request, who: ProofReader, clause_id: str, session: Read, xa: str = "") -> HTMLResponse:
    """One clause: its words, who acts, who is told, and the events that prove it."""
    plan = plan_shown(who, xa)
    if all(clause.id != clause_id for clause in plan.clauses):
        raise NotFound("thing.unknown")
    may_open = may_open_events(who, plan.id)
    with widened(session, Sight(frozenset({plan.id}), units=None), why=PUBLIC_PLAN):
        view = clause_page.clause_page(session, plan, clause_id, today(), may_open=may_open)
    return render(request, "report/clause.html", view=view)


@router.get("/hanh-trinh/{nomination_id}")
def road(request: Request, who: RoadReader, nomination_id: UUID, session: Read) -> HTMLResponse:
    """Every step of a nomination: clause, actor, time, and what it caused."""
    fact = followed(who, queries.nomination(session, nomination_id))
    note(session, opened(who, "road", nomination_id, code=fact.code, about=[nomination_id], plan_id=fact.plan_id))
    may_open = may_open_events(who, fact.plan_id)
    return render(request, "report/road.html", view=road_views.road(session, fact), may_open=may_open)


@router.get("/su-kien/{event_id}")
def event(request: Request, who: EventReader, event_id: UUID, session: Read) -> HTMLResponse:
    """One event with its whole envelope."""
    step = queries.one_step(session, event_id)
    if step is None or not decide(who, Action.OPEN_EVENTS, commune_of(plan_of(step.plan_id))).allowed:
        raise NotFound("thing.unknown")
    note(session, opened(who, "event", event_id, about=[step.correlation_id], plan_id=step.plan_id))
    return render(request, "report/event.html", view=event_page.event_page(session, step))


@router.get("/tong-hop")
def table(request: Request, who: ProgressReader, session: Read, theo: By = By.THEN) -> HTMLResponse:
    """All communes of the aggregating tier at a glance; as they were, or rolled up to those of today."""
    return render(request, "report/table.html", view=table_seen(session, who, theo))


@router.get("/tong-hop.csv")
def table_csv(who: ProgressReader, session: Read, theo: By = By.THEN) -> StreamingResponse:
    """The same table for a spreadsheet."""
    note(session, taken_out(who, "summary_table", who.plan_id, about=[]))
    rows = summary_csv(table_seen(session, who, theo))
    headers = {"content-disposition": 'attachment; filename="tong-hop.csv"'}
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/tong-hop/{plan_id}")
def one_commune(request: Request, who: ProgressReader, plan_id: str, session: Read) -> HTMLResponse:
    """One commune: counts by field, kind, unit and quarter, quotas and deadlines."""
    if plan_id not in shelf():
        raise NotFound("thing.unknown")
    plan = plan_of(plan_id)
    require(who, Action.READ_PROGRESS, commune_of(plan))
    return render(request, "report/commune.html", view=progress.commune(session, plan, today()))


@router.get("/bao-cao")
def reports(request: Request, who: Reporter, session: Read) -> HTMLResponse:
    """The reports that the plan asks for, each with its day and state."""
    return render(request, "report/reports.html", lines=progress.deadline_lines(session, plan_of(who.plan_id), today()))


@router.get("/bao-cao/{deadline_id}.pdf")
def report_pdf(who: ReportReader, deadline_id: str, session: Read) -> Response:
    """The report as an official paper, from what is known now."""
    plan = plan_of(who.plan_id)
    deadline = progress.deadline_of(plan, deadline_id)
    note(session, taken_out(who, "progress_report", deadline.id, about=[]))
    headers = {"content-disposition": f'inline; filename="bao-cao-{deadline.id}.pdf"'}
    paper = progress_paper(session, plan, deadline, today(), deputy=who.stands_in_for(Role.CHAIR))
    return Response(paper, media_type="application/pdf", headers=headers)


@router.post("/bao-cao/{deadline_id}")
def send_report(request: Request, who: Reporter, deadline_id: str, session: Read) -> RedirectResponse:
    """Send the report off."""
    act_as(session, who.person_id, request.state.traceparent)
    commands.submit_report(session, plan_of(who.plan_id), deadline_id, today=today())
    return RedirectResponse("/bao-cao", 303)


def table_seen(session: Session, who: Principal, by: By) -> Table:
    return communes_table(session, plans_seen(who), today(), tier=tier_of(who), by=by)


def commune_links(session: Session, shown: Plan) -> list[tuple[str, str, bool, None]]:
    """Every plan of the installation under its commune's name; an ended one with its day."""
    known = endings(session, EndedPlan)
    return [
        (commune_name(plan, known.get(plan.id)), f"/ke-hoach?xa={plan.id}", plan is shown, None)
        for plan in shelf().values()
    ]


def commune_of(plan: Plan) -> Thing:
    """The plan as a whole, as far as rights go: it concerns its commune."""
    return Thing(plan.id, plan.unit.id)


def plan_shown(who: Principal | None, plan_id: str) -> Plan:
    """The plan asked for, or the reader's own, or the first of the installation."""
    if plan_id:
        if plan_id not in shelf():
            raise NotFound("thing.unknown")
        return plan_of(plan_id)
    return plan_of(who.plan_id) if who else next(iter(shelf().values()))

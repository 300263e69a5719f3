"""/de-cu/nhap: many nominations from one table. First what is wrong with it, then all that is right."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.nomination.adapters.table_file import rows_of
from services.nomination.commands.importing import add_rows, bring_table
from services.nomination.pages.evidence import chosen_file
from services.nomination.pages.posted import Nominating, Opened
from services.nomination.queries.importing import (
    PER_PAGE,
    counts_of,
    every_faulty,
    last_runs,
    rows_in,
    run_for,
)
from services.nomination.queries.movements import offering
from services.nomination.rules.import_rows import MOST_ROWS, heads_of
from services.nomination.rules.importing import RowState
from services.nomination.schemas.importing import HERE, bounds, correction_rows, line_of, run_view
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.access.sight import sight_of
from shared.audit.looks import opened, taken_out
from shared.audit.note import note
from shared.bus.record import act_as
from shared.clock import today
from shared.database import engine_of
from shared.errors import Refused
from shared.evidence.kinds import shown_name
from shared.plan.shelf import plan_of, shelf
from shared.text.spreadsheet import table
from shared.text.workbook import MEDIA_TYPE
from shared.web.pages import render
from shared.web.problems import sentence
from shared.web.spreadsheet import Form, taken_as

router = APIRouter()
Chosen = Annotated[tuple[str, bytes], Depends(chosen_file)]


@router.get(HERE)
def start(request: Request, who: Nominating, session: Opened) -> Response:
    return start_page(request, session, who)


@router.get(f"{HERE}/mau.{{form}}")
def template(form: Form, who: Nominating, session: Opened) -> Response:
    """The empty table, with the lists of the asker's plan and the movements that are open today."""
    headers = {"content-disposition": f'attachment; filename="de-cu.{form}"'}
    if form == "csv":
        return Response(b"".join(table([heads_of(who.role)])), media_type="text/csv; charset=utf-8", headers=headers)
    from services.nomination.adapters.import_template import workbook_template  # noqa: PLC0415 -- as in lines_of

    plan = offering(session, plan_of(who.plan_id), who.unit_id, today())
    return Response(workbook_template(plan, who.role), media_type=MEDIA_TYPE, headers=headers)


@router.post(HERE)
def bring(request: Request, who: Nominating, chosen: Chosen, session: Opened) -> Response:
    """Keep the table to be examined; what is wrong with the file as a whole stands by the box."""
    act_as(session, who.person_id, request.state.traceparent)
    name, data = chosen
    try:
        rows = rows_of(data, most=MOST_ROWS)
        run_id = bring_table(session, who, plan_of(who.plan_id), rows, file_name=shown_name(name))
    except Refused as refused:
        wrong = sentence(request, "import.missing" if not name else refused.key, **refused.details)
        return start_page(request, session, who, errors={"file": wrong})
    return RedirectResponse(f"{HERE}/{run_id}", HTTPStatus.SEE_OTHER)


@router.get(f"{HERE}/{{run_id:uuid}}")
def show(request: Request, run_id: UUID, who: Nominating, session: Opened, sau: int = 0) -> Response:
    """How far it is, and what is wrong row by row. It asks for itself anew while somebody has to wait."""
    return run_page(request, session, who, run_id, after=sau)


@router.post(f"{HERE}/{{run_id:uuid}}")
def add(request: Request, run_id: UUID, who: Nominating, session: Opened) -> Response:
    """Nominate what is without fault."""
    act_as(session, who.person_id, request.state.traceparent)
    try:
        add_rows(session, who, run_id)
    except Refused as refused:
        return run_page(request, session, who, run_id, refusal=sentence(request, refused.key, **refused.details))
    return RedirectResponse(f"{HERE}/{run_id}", HTTPStatus.SEE_OTHER)


@router.get(f"{HERE}/{{run_id:uuid}}/loi.{{form}}")
def faults(form: Form, run_id: UUID, who: Nominating, session: Opened) -> Response:
    """The faulty rows, each with its cure, streamed. The note of it is committed before the first byte."""
    run = run_for(session, who, run_id)
    note(session, taken_out(who, "import", run.id, about=()))
    rows = every_faulty(engine_of("nomination"), sight_of(who, Action.NOMINATE, shelf().values()), run.id)
    return taken_as(form, correction_rows(who.role, rows), name="can-sua")


def start_page(request: Request, session: Session, who: Principal, *, errors: dict[str, str] | None = None) -> Response:
    runs = last_runs(session, who)
    counted = counts_of(session, [run.id for run in runs])
    return render(
        request,
        "nomination/import.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        runs=[line_of(run, counted[run.id]) for run in runs],
        bounds=bounds(),
        errors=errors or {},
    )


def run_page(
    request: Request, session: Session, who: Principal, run_id: UUID, *, after: int = 0, refusal: str = ""
) -> Response:
    run = run_for(session, who, run_id)
    note(session, opened(who, "import", run.id, about=()))
    counts = counts_of(session, [run.id])[run.id]
    wrong = rows_in(session, run.id, RowState.FAULTY, after=max(after, 0), limit=PER_PAGE + 1)
    return render(
        request,
        "nomination/import_run.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK,
        view=run_view(run, counts, wrong),
        refusal=refusal,
    )

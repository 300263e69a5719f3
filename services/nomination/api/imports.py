"""Many nominations from one table, for programs: brought and examined, looked at, then confirmed."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlmodel import Session

from services.nomination.adapters.table_file import rows_of
from services.nomination.commands.importing import add_rows, bring_table
from services.nomination.models import ImportRun
from services.nomination.queries.importing import counts_of, rows_in, run_for
from services.nomination.rules.import_rows import MOST_ROWS
from services.nomination.rules.importing import RowState
from services.nomination.schemas.api_imports import LARGEST_PAGE, FaultsOut, ImportOut, faults_out, import_out
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.access.session import session_of
from shared.audit.looks import opened
from shared.audit.note import note
from shared.bus.record import act_as
from shared.evidence.kinds import shown_name
from shared.plan.shelf import plan_of
from shared.web.described import problems

router = APIRouter(prefix="/api/v1/imports", responses=problems())
Opened = Annotated[Session, Depends(session_of("nomination"), scope="function")]
Nominating = Annotated[Principal, may(Action.NOMINATE)]
NOT_FOUND = problems(HTTPStatus.NOT_FOUND)
TOO_LARGE = problems(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
ROW_LAST = 2_000_000  # behind every row of a spreadsheet
BINARY = {"schema": {"type": "string", "format": "binary"}}
TABLE_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "text/csv": BINARY,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": BINARY,
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"file": BINARY["schema"]}, "required": ["file"]}
            },
        },
    }
}


async def table_in(request: Request) -> tuple[str, bytes]:
    """(name, bytes) of the one file in a form, or the body itself without a name."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return "", await request.body()
    async with request.form(max_files=1, max_fields=5) as form:
        for value in form.values():
            if not isinstance(value, str):
                return value.filename or "", await value.read()
    return "", b""


@router.post("", status_code=HTTPStatus.ACCEPTED, openapi_extra=TABLE_BODY, responses=TOO_LARGE)
def bring(
    request: Request,
    who: Nominating,
    brought: Annotated[tuple[str, bytes], Depends(table_in)],
    response: Response,
    session: Opened,
) -> ImportOut:
    """Bring a table (CSV or XLSX, as `/de-cu/nhap/mau.csv` has its columns) to be examined.

    Nothing is nominated before the import is confirmed. No key is needed: what was nominated before, by whichever
    import, is known and never nominated twice.
    """
    act_as(session, who.person_id, request.state.traceparent)
    name, data = brought
    rows = rows_of(data, most=MOST_ROWS)
    run_id = bring_table(session, who, plan_of(who.plan_id), rows, file_name=shown_name(name) or "API")
    session.flush()
    out = shown(session, run_for(session, who, run_id))
    response.headers["location"] = out.links.self
    return out


@router.get("/{run_id}", responses=NOT_FOUND)
def show(run_id: UUID, who: Nominating, session: Opened) -> ImportOut:
    """How far it is. Ask again every few seconds while `stage` is `examining` or `adding`."""
    return shown(session, run_for(session, who, run_id))


@router.get("/{run_id}/faults", responses=NOT_FOUND)
def faults(
    run_id: UUID,
    who: Nominating,
    session: Opened,
    after: Annotated[int, Query(ge=0, le=ROW_LAST)] = 0,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 100,
) -> FaultsOut:
    """What is wrong, row by row: the faults of `limit` rows behind row `after`."""
    run = run_for(session, who, run_id)
    note(session, opened(who, "import", run.id, about=()))
    return faults_out(rows_in(session, run.id, RowState.FAULTY, after=after, limit=limit + 1), limit=limit)


@router.post("/{run_id}/confirm", status_code=HTTPStatus.ACCEPTED, responses=NOT_FOUND)
def confirm(run_id: UUID, request: Request, who: Nominating, session: Opened) -> ImportOut:
    """Nominate what is without fault. Twice is once."""
    act_as(session, who.person_id, request.state.traceparent)
    return shown(session, add_rows(session, who, run_id))


def shown(session: Session, run: ImportRun) -> ImportOut:
    return import_out(run, counts_of(session, [run.id])[run.id])

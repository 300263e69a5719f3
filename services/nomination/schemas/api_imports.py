"""The JSON API of imports: what programs get."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.nomination.models import ImportRow, ImportRun
from services.nomination.queries.importing import Counts
from services.nomination.rules.importing import ImportStage, RowState
from services.nomination.schemas.importing import done_of, wrong_row

LARGEST_PAGE = 500


class ImportLinks(BaseModel):
    """Addresses below the installation's own."""

    self: str
    faults: str
    confirm: str
    page: str


RUN_ID = "0199c1d2-8a10-7d02-8c11-2f6f3f1f9a01"
EXAMPLE: dict[str, Any] = {
    "id": RUN_ID,
    "stage": "examined",
    "goal": 5000,
    "done": 5000,
    "good": 4800,
    "faulty": 200,
    "known": 0,
    "added": 0,
    "links": {
        "self": f"/api/v1/imports/{RUN_ID}",
        "faults": f"/api/v1/imports/{RUN_ID}/faults",
        "confirm": f"/api/v1/imports/{RUN_ID}/confirm",
        "page": f"/de-cu/nhap/{RUN_ID}",
    },
}
FAULT: dict[str, Any] = {
    "row": 12,
    "field": "birth_year",
    "column": "Năm sinh",
    "detail": "“75” không phải năm sinh. Hãy ghi bốn chữ số.",
}


class ImportOut(BaseModel):
    """How far an import is. `done` of `goal` rows are through the present stage; the counts are of rows.

    `good` rows are without fault and not nominated yet, `known` ones were nominated before or stand twice in the table.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: UUID
    stage: ImportStage
    goal: int
    done: int
    good: int
    faulty: int
    known: int
    added: int
    links: ImportLinks


class FaultOut(BaseModel):
    """One wrong cell: its row as a spreadsheet counts, its column, what was wrong and what to do."""

    row: int
    field: str
    column: str
    detail: str


class FaultsOut(BaseModel):
    """Faults by row; `next` is what `after` is given for the following page, None on the last one."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [FAULT], "next": None}]})

    items: list[FaultOut]
    next: int | None


def import_out(run: ImportRun, counts: Counts) -> ImportOut:
    here = f"/api/v1/imports/{run.id}"
    return ImportOut(
        id=run.id,
        stage=ImportStage(run.stage),
        goal=run.goal,
        done=done_of(run, counts),
        good=counts[RowState.GOOD],
        faulty=counts[RowState.FAULTY],
        known=counts[RowState.KNOWN],
        added=counts[RowState.ADDED],
        links=ImportLinks(self=here, faults=f"{here}/faults", confirm=f"{here}/confirm", page=f"/de-cu/nhap/{run.id}"),
    )


def faults_out(rows: Sequence[ImportRow], *, limit: int) -> FaultsOut:
    """The faults of the first `limit` rows; one row more says that there is a next page."""
    items = [
        FaultOut(row=row.number, field=cell.box, column=cell.column, detail=cell.said)
        for row in map(wrong_row, rows[:limit])
        for cell in row.cells
    ]
    return FaultsOut(items=items, next=rows[limit - 1].number if len(rows) > limit else None)

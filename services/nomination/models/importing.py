"""Imports: a table that was brought, its rows, and what was ever imported."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.nomination.models.table import Table
from services.nomination.rules.importing import ImportStage, RowState
from shared.tables import Moment


class ImportRun(Table, table=True):
    """A table of nominations on its way in."""

    __tablename__ = "import_run"
    __table_args__ = (
        CheckConstraint(
            "stage IN ('examining', 'examined', 'adding', 'done', 'stopped')", name="import_run_stage_is_known"
        ),
        CheckConstraint("goal > 0", name="import_run_goal"),
        Index("import_run_of_unit", "plan_id", "unit_id", "id"),
        Index("import_run_age", "brought_at"),
    )

    id: UUID = Field(primary_key=True)
    plan_id: str = Field(sa_type=Text)
    unit_id: UUID  # in which the office is held
    role: str = Field(sa_type=Text)
    person_id: UUID  # who brought it
    person_name: str = Field(sa_type=Text)
    holder_id: UUID  # whose office it was brought in
    file_name: str = Field(sa_type=Text)
    stage: str = Field(default=ImportStage.EXAMINING.value, sa_type=Text)
    goal: int = Field(sa_type=Integer)  # how many rows the present stage is about
    brought_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)


class ImportRow(Table, table=True):
    """One row of it, as it was read. `number` is that of the file: the heads are row 1."""

    __tablename__ = "import_row"
    __table_args__ = (
        ForeignKeyConstraint(["run_id"], ["nomination.import_run.id"], name="import_row_run", ondelete="CASCADE"),
        CheckConstraint("number > 1", name="import_row_number"),
        CheckConstraint("state IN ('waiting', 'good', 'faulty', 'known', 'added')", name="import_row_state_is_known"),
        CheckConstraint("(state = 'added') = (nomination_id IS NOT NULL)", name="import_row_added_is_a_nomination"),
        Index("import_row_state", "run_id", "state", "number"),
        Index("import_row_fingerprint", "run_id", "fingerprint"),
    )

    run_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    cells: dict[str, str] = Field(sa_type=JSONB)
    state: str = Field(default=RowState.WAITING.value, sa_type=Text)
    faults: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)  # {box: {key, details}}
    fingerprint: UUID | None = None  # of a row without fault
    nomination_id: UUID | None = None


class Imported(Table, table=True):
    """What was imported under a plan, by its fingerprint; it stays when the run is forgotten."""

    __tablename__ = "imported"
    __table_args__ = (
        ForeignKeyConstraint(
            ["nomination_id"],
            ["nomination.nomination.id"],
            name="imported_nomination",
            deferrable=True,
            initially="DEFERRED",  # the claim comes first, the nomination just before the commit
        ),
        Index("imported_nomination_once", "nomination_id", unique=True),
    )

    plan_id: str = Field(primary_key=True, sa_type=Text)
    fingerprint: UUID = Field(primary_key=True)
    nomination_id: UUID

"""Candidates, what is planned for them, and what was done (plan II.2.c)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, Text, text
from sqlmodel import Field

from services.nomination.models.table import Table
from services.nomination.rules.candidacy import CandidateStage
from services.nomination.rules.nurture import NOTHING_DUE
from shared.plan import Plan
from shared.plan.carried import plan_for
from shared.tables import Moment


class Candidate(Table, table=True):
    """Somebody whom the unit helps to become a role model: named by itself, or sent back by the council."""

    __tablename__ = "candidate"
    __table_args__ = (
        ForeignKeyConstraint(["nomination_id"], ["nomination.nomination.id"], name="candidate_nomination"),
        CheckConstraint("source IN ('unit', 'council')", name="candidate_source"),
        CheckConstraint("stage IN ('nurtured', 'graduated', 'stopped')", name="candidate_stage"),
        CheckConstraint("source = 'unit' OR nomination_id IS NOT NULL", name="candidate_of_the_council"),
        Index("candidate_nomination_once", "nomination_id", unique=True),
        Index("candidate_of_unit", "plan_id", "unit_id", "id"),
        Index("candidate_due", "plan_id", "stage", "next_due", "id"),
        Index(
            "candidate_named_once",
            "plan_id",
            "unit_id",
            "name_folded",
            "identified_on",
            unique=True,
            postgresql_where=text("source = 'unit' AND stage = 'nurtured'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    nomination_id: UUID | None = None  # from which the council sent them
    plan_id: str = Field(sa_type=Text)
    unit_id: UUID
    weaknesses: str = Field(default="", sa_type=Text)  # as the council put it
    identified_on: date
    source: str = Field(sa_type=Text)
    stage: str = Field(default=CandidateStage.NURTURED.value, sa_type=Text)
    name: str = Field(sa_type=Text)  # personal data, as are why, mentor and weaknesses
    subject_kind: str = Field(sa_type=Text)
    field: str = Field(sa_type=Text)
    why: str = Field(sa_type=Text)
    mentor: str = Field(default="", sa_type=Text)
    promoted_on: date | None = None  # since when an example in their own unit
    next_due: date = NOTHING_DUE  # of the measures that are open
    origin: str | None = Field(default=None, sa_type=Text)  # the plan under which they were identified, once moved
    version: int = 1  # counts the changes
    name_folded: str = Field(sa_type=Text)
    search: str = Field(sa_type=Text)  # name and mentor, folded

    @property
    def plan(self) -> Plan:
        """The plan under which they are nurtured, with the words of its origin."""
        return plan_for(self.plan_id, self.origin)


class MeasureRow(Table, table=True):
    """One weakness, the step that overcomes it, and its last day."""

    __tablename__ = "measure"
    __table_args__ = (
        ForeignKeyConstraint(["candidate_id"], ["nomination.candidate.id"], name="measure_candidate"),
        Index("measure_of_candidate", "candidate_id", "due_on", "id"),
        Index("measure_open", "due_on", postgresql_where=text("done_on IS NULL")),
    )

    id: UUID = Field(primary_key=True)
    candidate_id: UUID
    weakness: str = Field(sa_type=Text)
    action: str = Field(sa_type=Text)
    due_on: date
    done_on: date | None = None
    reminded_on: date | None = None  # of its present day
    overdue_on: date | None = None


class TrailRow(Table, table=True):
    """One thing that was done for a candidate. `kind` is a deed, or how they came here."""

    __tablename__ = "trail"
    __table_args__ = (
        ForeignKeyConstraint(["candidate_id"], ["nomination.candidate.id"], name="trail_candidate"),
        ForeignKeyConstraint(["measure_id"], ["nomination.measure.id"], name="trail_measure"),
        CheckConstraint(
            "kind IN ('chosen', 'identified', 'transferred', 'buoc', 'xong', 'doi', 'ho-tro', 'tham', 'moc',"
            " 'nguoi-kem', 'tam-guong', 'dung', 'tiep-tuc', 'de-cu', 'tro-lai')",
            name="trail_kind",
        ),
        CheckConstraint("support IN ('material', 'moral')", name="trail_support"),
        CheckConstraint("amount_vnd > 0", name="trail_amount"),
        CheckConstraint("(kind = 'ho-tro') = (support IS NOT NULL)", name="trail_support_says_which"),
        Index("trail_of_candidate", "candidate_id", "happened_on", "noted_at", "id"),
        Index(
            "trail_once",
            "candidate_id",
            "kind",
            "happened_on",
            text("md5(detail)"),
            text("COALESCE(amount_vnd, 0)"),
            unique=True,
            postgresql_where=text("kind IN ('buoc', 'ho-tro', 'tham', 'moc')"),
        ),
    )

    id: UUID = Field(primary_key=True)
    candidate_id: UUID
    kind: str = Field(sa_type=Text)
    happened_on: date
    detail: str = Field(sa_type=Text)
    support: str | None = Field(default=None, sa_type=Text)
    amount_vnd: int | None = Field(default=None, sa_type=BigInteger)
    measure_id: UUID | None = None
    by_name: str = Field(sa_type=Text)
    noted_at: datetime = Field(sa_type=Moment)

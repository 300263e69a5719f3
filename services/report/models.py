"""What report has learned from events. Emptied and replayed, it comes back the same."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, MetaData, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.plan import Plan
from shared.plan.carried import plan_for
from shared.succession import EndedPlanRow
from shared.tables import Moment


class Table(SQLModel, registry=registry(metadata=MetaData(schema="report"))):
    """The base of report's tables."""


class Step(Table, table=True):
    """One event, as the road of a nomination and the living plan show it."""

    __tablename__ = "step"
    __table_args__ = (
        Index("step_road", "correlation_id", "event_id"),
        Index("step_recent", "plan_id", "event_id"),
    )
    event_id: UUID = Field(primary_key=True)
    name: str
    source: str
    subject: str
    said_at: datetime = Field(sa_type=Moment)
    plan_id: str
    section: str
    actor_id: UUID | None = None
    causation_id: UUID | None = None
    correlation_id: UUID
    data: dict[str, Any] = Field(sa_type=JSONB)


class Proof(Table, table=True):
    """An event that helps to fulfil a clause."""

    __tablename__ = "proof"
    __table_args__ = (Index("proof_by_clause", "plan_id", "clause_id", "said_at"),)
    event_id: UUID = Field(primary_key=True)
    clause_id: str = Field(primary_key=True)
    plan_id: str
    said_at: datetime = Field(sa_type=Moment)


class Person(Table, table=True):
    """Who acts, in which office: shown as the actor of a step."""

    __tablename__ = "person"
    person_id: UUID = Field(primary_key=True)
    role: str = Field(primary_key=True)
    unit_id: UUID = Field(primary_key=True)
    plan_id: str
    name: str


class NominationFact(Table, table=True):
    """A nomination as the tables count it. No personal data.

    `plan_id` and `unit_id` are where it is now; `submitted_…`, `decided_…` and `introduced_…` where that
    happened. They differ for a dossier that outlived its commune.
    """

    __tablename__ = "nomination_fact"
    __table_args__ = (
        Index("nomination_fact_open", "plan_id", postgresql_where=text("outcome = 'open'")),
        Index("nomination_fact_submitted", "submitted_plan", "submitted_on"),
        Index("nomination_fact_introduced", "introduced_plan", "introduced_on"),
    )
    nomination_id: UUID = Field(primary_key=True)
    plan_id: str
    unit_id: UUID
    code: str
    source: str
    field: str
    subject_kind: str
    model_kind: str
    direct_worker: bool
    headline: str
    submitted_on: date
    answer_by: date
    outcome: str = "open"  # open | recognised | nurture | declined | withdrawn
    decided_on: date | None = None
    introduced_on: date | None = None
    submitted_plan: str
    submitted_unit: UUID
    decided_plan: str | None = None
    introduced_plan: str | None = None

    @property
    def plan(self) -> Plan:
        """The plan under which it goes on, with the words of the one under which it was sent."""
        return plan_for(self.plan_id, self.submitted_plan)


class EndedPlan(EndedPlanRow, Table, table=True):
    """A commune that ended, and who goes on with the work of its units."""

    __tablename__ = "ended_plan"


class ChannelFact(Table, table=True):
    """A story that is out on a channel."""

    __tablename__ = "channel_fact"
    story_id: UUID = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    plan_id: str = Field(index=True)
    published_on: date


class ActivityFact(Table, table=True):
    """Something that was done besides nominations and stories."""

    __tablename__ = "activity_fact"
    activity_id: UUID = Field(primary_key=True)
    plan_id: str = Field(index=True)
    unit_id: UUID
    kind: str
    held_on: date
    participants: int
    cost_vnd: int = Field(sa_type=BigInteger)


class MessageFact(Table, table=True):
    """A message that reached somebody, and whether it was opened."""

    __tablename__ = "message_fact"
    message_id: UUID = Field(primary_key=True)
    plan_id: str = Field(index=True)
    read: bool = False


class QuotaWindow(Table, table=True):
    """How a unit stands against a quota in one quarter (or month, half-year, year)."""

    __tablename__ = "quota_window"
    plan_id: str = Field(primary_key=True)
    quota: str = Field(primary_key=True)
    unit_id: UUID = Field(primary_key=True)
    window: str = Field(primary_key=True)  # "2025-Q2"
    quota_id: UUID
    counted: int = 0
    met_on: date | None = None
    warned_on: date | None = None
    missed: bool = False


class DeadlineState(Table, table=True):
    """How a report that the plan asks for stands."""

    __tablename__ = "deadline_state"
    plan_id: str = Field(primary_key=True)
    deadline: str = Field(primary_key=True)
    deadline_id: UUID
    announced: int | None = None  # the days left that were last announced
    overdue: bool = False
    submitted_on: date | None = None
    on_time: bool | None = None


class PlanDay(Table, table=True):
    """The newest day that has begun under a plan, and since when nothing has been published."""

    __tablename__ = "plan_day"
    plan_id: str = Field(primary_key=True)
    cadence_id: UUID
    today: date
    last_published_on: date | None = None
    gap_said_for: date | None = None  # the last publication after which the gap was reported

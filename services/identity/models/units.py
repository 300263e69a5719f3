"""Plans in force and the units of each."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, Text, text
from sqlmodel import Field

from services.identity.models.table import Table, from_database
from shared.tables import Moment


class PlanActivation(Table, table=True):
    """A plan that its commune has put into force here."""

    __tablename__ = "plan_activation"

    plan_id: str = Field(primary_key=True, sa_type=Text)
    unit_id: UUID
    title: str = Field(sa_type=Text)
    starts_on: date
    ends_on: date  # inclusive
    activated_at: datetime = from_database()
    ended_on: date | None = None  # the first day on which others go on with it


class Unit(Table, table=True):
    """A unit's place in a plan. The same district stands in the plans of many communes, under a key of each."""

    __tablename__ = "unit"
    __table_args__ = (
        ForeignKeyConstraint(["plan_id"], ["identity.plan_activation.plan_id"]),
        Index("unit_key", "plan_id", "key", unique=True, postgresql_where=text("withdrawn_at IS NULL")),
    )

    plan_id: str = Field(primary_key=True, sa_type=Text)
    id: UUID = Field(primary_key=True)
    key: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    parent_id: UUID | None = None
    code: str | None = Field(default=None, sa_type=Text)
    code_list: str | None = Field(default=None, sa_type=Text)
    registered_at: datetime = from_database()
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)  # no longer in the plan file

"""Movements that units launched."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Index,
    Text,
)
from sqlmodel import Field

from services.nomination.models.table import Table
from shared.tables import Moment


class Movement(Table, table=True):
    """An emulation movement that a unit launched."""

    __tablename__ = "movement"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="movement_days"),
        CheckConstraint("char_length(title) BETWEEN 5 AND 200", name="movement_title"),
        Index("movement_of_plan", "plan_id", "starts_on"),
        Index("movement_once", "plan_id", "unit_id", "title", "starts_on", unique=True),
    )

    id: UUID = Field(primary_key=True)
    plan_id: str = Field(sa_type=Text)
    unit_id: UUID
    person_id: UUID
    title: str = Field(sa_type=Text)
    carries_out: str = Field(sa_type=Text)  # the movement of the plan that it is tied to; "" in old rows
    starts_on: date
    ends_on: date  # inclusive
    launched_at: datetime = Field(sa_type=Moment)

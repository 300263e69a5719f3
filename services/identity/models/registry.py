"""The registry of units through time, planned changes, and a small copy of the open work of each unit."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlmodel import Field

from services.identity.models.table import Table, from_database
from shared.ids import new_id
from shared.tables import Moment


class UnitVersion(Table, table=True):
    """What a unit was from `valid_from` until before `valid_until`; open-ended while it is None."""

    __tablename__ = "unit_version"
    __table_args__ = (
        CheckConstraint("valid_until > valid_from", name="unit_version_lasts"),
        CheckConstraint("(code IS NULL) = (code_list IS NULL)", name="unit_version_code"),
        ExcludeConstraint(
            ("unit_id", "="),
            (func.daterange(text("valid_from"), text("valid_until")), "&&"),
            name="unit_version_once",
            using="gist",
        ),
        Index("unit_version_parent", "parent_id"),
    )

    unit_id: UUID = Field(primary_key=True)
    valid_from: date = Field(primary_key=True)
    valid_until: date | None = None  # exclusive
    name: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    code: str | None = Field(default=None, sa_type=Text)
    code_list: str | None = Field(default=None, sa_type=Text)
    parent_id: UUID | None = None


class UnitSuccession(Table, table=True):
    """From `on_day`, the successor goes on with the predecessor: with all of it, or with a part."""

    __tablename__ = "unit_succession"
    __table_args__ = (
        CheckConstraint("predecessor_id <> successor_id", name="unit_succession_other"),
        CheckConstraint("how IN ('merge', 'split', 'dissolve')", name="unit_succession_how"),
        CheckConstraint("share IN ('whole', 'part')", name="unit_succession_share"),
        Index("unit_succession_successor", "successor_id"),
    )

    predecessor_id: UUID = Field(primary_key=True)
    successor_id: UUID = Field(primary_key=True)
    on_day: date = Field(primary_key=True)
    how: str = Field(sa_type=Text)
    share: str = Field(sa_type=Text)


class UnitChange(Table, table=True):
    """A confirmed change: scheduled for a day to come, or applied, cancelled or refused on its day."""

    __tablename__ = "unit_change"
    __table_args__ = (
        CheckConstraint("state IN ('scheduled', 'applied', 'cancelled', 'refused')", name="unit_change_state"),
        Index("unit_change_due", "on_day", postgresql_where=text("state = 'scheduled'")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    on_day: date
    request: dict[str, Any] = Field(sa_type=JSONB)
    state: str = Field(sa_type=Text)
    refusal: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    decided_by: UUID
    decided_at: datetime = from_database()
    settled_at: datetime | None = Field(default=None, sa_type=Moment)


class HeirRow(Table, table=True):
    """For a unit that left its plan: the unit that goes on with its work, and under which plan.

    `goes_on`: the former plan goes on without the unit; otherwise it ended.
    """

    __tablename__ = "heir"
    __table_args__ = (Index("heir_of", "heir_plan", "heir_id"),)

    plan_id: str = Field(primary_key=True, sa_type=Text)
    unit_id: UUID = Field(primary_key=True)
    heir_plan: str = Field(sa_type=Text)
    heir_id: UUID
    goes_on: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})


class OpenWork(Table, table=True):
    """A nomination, as far as a change of its unit moves it. Open while `closed` is false."""

    __tablename__ = "open_work"
    __table_args__ = (Index("open_work_plan", "plan_id", "unit_id", postgresql_where=text("NOT closed")),)

    nomination_id: UUID = Field(primary_key=True)
    plan_id: str = Field(sa_type=Text)
    unit_id: UUID
    code: str = Field(sa_type=Text)
    since: date | None = None  # None: its end was heard before its beginning
    closed: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})

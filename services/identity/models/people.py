"""People and their offices."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, text
from sqlmodel import Field

from services.identity.models.table import Table, from_database
from shared.ids import new_id
from shared.tables import Moment


class Person(Table, table=True):
    __tablename__ = "person"
    __table_args__ = (CheckConstraint("email = lower(email)", name="person_email_lower"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str = Field(sa_type=Text)
    email: str | None = Field(default=None, sa_type=Text, unique=True)  # None: signs in by a card only
    search: str = Field(
        default="", sa_type=Text, sa_column_kwargs={"server_default": text("''")}
    )  # folded name, e-mail
    sample: bool  # made up for demonstrations: the role chooser lets anybody act as this person
    created_at: datetime = from_database()
    signed_in_at: datetime | None = Field(default=None, sa_type=Moment)  # the last time


class Office(Table, table=True):
    """A role that a person holds for a unit of a plan, from `valid_from` until before `valid_until`."""

    __tablename__ = "office"
    __table_args__ = (
        ForeignKeyConstraint(["person_id"], ["identity.person.id"]),
        ForeignKeyConstraint(["plan_id", "unit_id"], ["identity.unit.plan_id", "identity.unit.id"]),
        CheckConstraint("valid_until > valid_from", name="office_lasts"),
        Index("office_once", "person_id", "role", "unit_id", "plan_id", unique=True,
              postgresql_where=text("valid_until IS NULL")),
        Index("office_plan", "plan_id", "unit_id"),
    )  # fmt: skip

    id: UUID = Field(default_factory=new_id, primary_key=True)
    person_id: UUID
    role: str = Field(sa_type=Text)
    unit_id: UUID
    plan_id: str = Field(sa_type=Text)
    valid_from: datetime = from_database()
    valid_until: datetime | None = Field(default=None, sa_type=Moment)

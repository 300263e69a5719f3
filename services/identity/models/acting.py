"""Acting for another, and the end of an office."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, Text, text
from sqlmodel import Field

from services.identity.models.table import Table, from_database
from shared.ids import new_id
from shared.tables import Moment


class Delegation(Table, table=True):
    """Somebody acts in the office of another, from `first_day` to `last_day`, both included, in Vietnam's calendar."""

    __tablename__ = "delegation"
    __table_args__ = (
        ForeignKeyConstraint(["office_id"], ["identity.office.id"]),
        ForeignKeyConstraint(["delegate_id"], ["identity.person.id"]),
        ForeignKeyConstraint(["granted_by"], ["identity.person.id"]),
        CheckConstraint("reason IN ('delegation', 'leave')", name="delegation_reason"),
        CheckConstraint("last_day BETWEEN first_day AND first_day + 89", name="delegation_lasts"),
        Index("delegation_office", "office_id", "last_day"),
        Index("delegation_delegate", "delegate_id", "last_day"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    office_id: UUID
    delegate_id: UUID
    reason: str = Field(sa_type=Text)
    first_day: date
    last_day: date
    note: str = Field(sa_type=Text)
    granted_by: UUID
    granted_at: datetime = from_database()
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)


class Ending(Table, table=True):
    """An office ends. `on_day` is the first day without it; `said_at` is set when that day has come and was said."""

    __tablename__ = "ending"
    __table_args__ = (
        ForeignKeyConstraint(["office_id"], ["identity.office.id"]),
        ForeignKeyConstraint(["successor_office_id"], ["identity.office.id"]),
        ForeignKeyConstraint(["ordered_by"], ["identity.person.id"]),
        CheckConstraint("reason IN ('transfer', 'retirement', 'other')", name="ending_reason"),
        CheckConstraint("successor_office_id <> office_id", name="ending_hands_over_to_another"),
        Index("ending_unsaid", "on_day", postgresql_where=text("said_at IS NULL")),
    )

    office_id: UUID = Field(primary_key=True)
    reason: str = Field(sa_type=Text)
    on_day: date
    successor_office_id: UUID | None = None
    note: str = Field(sa_type=Text)
    ordered_by: UUID
    ordered_at: datetime = from_database()
    said_at: datetime | None = Field(default=None, sa_type=Moment)


class PasswordLink(Table, table=True):
    """A link by which a person sets a password, once. `digest` is the SHA-256 of its secret; a used one has no row.

    `letter`: the mail that brings it, whose effect has this ref; None for one that is handed over.
    """

    __tablename__ = "password_link"
    __table_args__ = (
        ForeignKeyConstraint(["person_id"], ["identity.person.id"]),
        ForeignKeyConstraint(["made_by"], ["identity.person.id"]),
        CheckConstraint("octet_length(digest) = 32", name="password_link_digest_is_sha256"),
        Index("password_link_person", "person_id"),
    )

    digest: bytes = Field(primary_key=True, sa_type=LargeBinary)
    person_id: UUID
    letter: UUID | None = Field(default=None, unique=True)
    made_by: UUID
    made_at: datetime = from_database()
    expires_at: datetime = Field(sa_type=Moment)

"""Tables of identity. Moments are the database's own: sessions and offices must not follow a moved clock."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Identity,
    Index,
    Interval,
    LargeBinary,
    MetaData,
    Text,
    text,
)
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.ids import new_id
from shared.tables import Moment


class Table(SQLModel, registry=registry(metadata=MetaData(schema="identity"))):
    """The base of this service's tables."""


def from_database() -> datetime:
    """A moment that the database writes when the row is inserted."""
    found: datetime = Field(
        default=None, sa_type=Moment, nullable=False, sa_column_kwargs={"server_default": text("now()")}
    )
    return found


class PlanActivation(Table, table=True):
    """A plan that its commune has put into force here."""

    __tablename__ = "plan_activation"

    plan_id: str = Field(primary_key=True, sa_type=Text)
    unit_id: UUID
    title: str = Field(sa_type=Text)
    starts_on: date
    ends_on: date  # inclusive
    activated_at: datetime = from_database()


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


class Person(Table, table=True):
    __tablename__ = "person"
    __table_args__ = (CheckConstraint("email = lower(email)", name="person_email_lower"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str = Field(sa_type=Text)
    email: str = Field(sa_type=Text, unique=True)
    sample: bool  # made up for demonstrations: the role chooser lets anybody act as this person
    created_at: datetime = from_database()


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


class Credential(Table, table=True):
    """The password of a person, as Argon2id."""

    __tablename__ = "credential"
    __table_args__ = (ForeignKeyConstraint(["person_id"], ["identity.person.id"]),)

    person_id: UUID = Field(primary_key=True)
    hash: str = Field(sa_type=Text)
    changed_at: datetime = from_database()


class WebSession(Table, table=True):
    """A browser that is signed in. `digest` is the SHA-256 of its cookie; a session that ended has no row."""

    __tablename__ = "session"
    __table_args__ = (
        ForeignKeyConstraint(["person_id"], ["identity.person.id"]),
        ForeignKeyConstraint(["office_id"], ["identity.office.id"]),
        CheckConstraint("octet_length(digest) = 32", name="session_digest_is_sha256"),
        Index("session_person", "person_id"),
        Index("session_expiry", "expires_at"),
    )

    digest: bytes = Field(primary_key=True, sa_type=LargeBinary)
    person_id: UUID
    office_id: UUID  # the present office
    signed_in_at: datetime = from_database()
    last_seen_at: datetime = from_database()
    idle: timedelta = Field(sa_type=Interval)
    expires_at: datetime = Field(sa_type=Moment)


class ApiToken(Table, table=True):
    """A program of an organisation, acting in the office of the person who issued the token."""

    __tablename__ = "api_token"
    __table_args__ = (
        ForeignKeyConstraint(["office_id"], ["identity.office.id"]),
        CheckConstraint("octet_length(digest) = 32", name="api_token_digest_is_sha256"),
        Index("api_token_office", "office_id", "created_at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    digest: bytes = Field(sa_type=LargeBinary, unique=True)
    office_id: UUID
    name: str = Field(sa_type=Text)
    created_at: datetime = from_database()
    expires_at: datetime = Field(sa_type=Moment)
    last_used_at: datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)


class LoginAttempt(Table, table=True):
    """A try to give a password. The e-mail is kept as a digest: people type passwords into the wrong box."""

    __tablename__ = "login_attempt"
    __table_args__ = (
        Index("login_attempt_account", "account", "at", postgresql_where=text("NOT succeeded")),
        Index("login_attempt_network", "network", "at", postgresql_where=text("NOT succeeded")),
        Index("login_attempt_age", "at"),
    )

    id: int | None = Field(default=None, sa_type=BigInteger, primary_key=True, sa_column_args=(Identity(always=True),))
    account: bytes = Field(sa_type=LargeBinary)
    network: str = Field(sa_type=Text)
    at: datetime = from_database()
    succeeded: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})

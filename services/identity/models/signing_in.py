"""Passwords, sessions, tokens, and tries."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Identity,
    Index,
    Interval,
    LargeBinary,
    Text,
    text,
)
from sqlmodel import Field

from services.identity.models.table import Table, from_database
from shared.ids import new_id
from shared.tables import Moment
from shared.tries import TryRow


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
        ForeignKeyConstraint(["delegation_id"], ["identity.delegation.id"]),
        ForeignKeyConstraint(["card_id"], ["identity.card.id"]),
        CheckConstraint("octet_length(digest) = 32", name="session_digest_is_sha256"),
        CheckConstraint("(errand IS NULL) = (case_id IS NULL)", name="session_errand_has_case"),
        Index("session_person", "person_id"),
        Index("session_expiry", "expires_at"),
        Index("session_card", "card_id", postgresql_where=text("card_id IS NOT NULL")),
    )

    digest: bytes = Field(primary_key=True, sa_type=LargeBinary)
    person_id: UUID
    office_id: UUID  # the present office
    delegation_id: UUID | None = None  # by which the present office, which is another's, is acted in
    signed_in_at: datetime = from_database()
    last_seen_at: datetime = from_database()
    idle: timedelta = Field(sa_type=Interval)
    expires_at: datetime = Field(sa_type=Moment)
    card_id: UUID | None = None  # the card that opened it, and ends it when it is revoked
    second_factor: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    errand: str | None = Field(default=None, sa_type=Text)  # with `case_id`: all that an approval link opened
    case_id: UUID | None = None


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
    scopes: list[str] = Field(sa_type=ARRAY(Text))
    created_at: datetime = from_database()
    expires_at: datetime = Field(sa_type=Moment)
    last_used_at: datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)


class LoginAttempt(TryRow, Table, table=True):
    """A try to give a password, PIN or code."""

    __tablename__ = "login_attempt"
    __table_args__ = (
        Index("login_attempt_account", "account", "at", postgresql_where=text("NOT succeeded")),
        Index("login_attempt_network", "network", "at", postgresql_where=text("NOT succeeded")),
        Index("login_attempt_age", "at"),
    )

    id: int | None = Field(default=None, sa_type=BigInteger, primary_key=True, sa_column_args=(Identity(always=True),))

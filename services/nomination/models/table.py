"""What all tables of the service rest on, and what the service keeps for itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Identity,
    Index,
    LargeBinary,
    MetaData,
    Sequence,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.succession import EndedPlanRow
from shared.tables import Moment
from shared.tries import TryRow


class Table(SQLModel, registry=registry(metadata=MetaData(schema="nomination"))):
    """The base of this service's tables."""


#: Numbers for codes. One sequence for all plans and years: unique without a lock; gaps do no harm.
CODE_NUMBER = Sequence("code_number", metadata=Table.metadata, schema="nomination")


class EndedPlan(EndedPlanRow, Table, table=True):
    """A commune that ended, and who goes on with the work of its units."""

    __tablename__ = "ended_plan"


class Attempt(TryRow, Table, table=True):
    """A try of somebody who is not signed in: at the digits of a dossier's telephone."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index("attempt_account", "account", "at", postgresql_where=text("NOT succeeded")),
        Index("attempt_network", "network", "at", postgresql_where=text("NOT succeeded")),
        Index("attempt_age", "at"),
    )

    id: int | None = Field(default=None, sa_type=BigInteger, primary_key=True, sa_column_args=(Identity(always=True),))


class Idempotency(Table, table=True):
    """What a request with an Idempotency-Key was answered."""

    __tablename__ = "idempotency"
    __table_args__ = (Index("idempotency_age", "created_at"),)

    person_id: UUID = Field(primary_key=True)
    key: str = Field(primary_key=True, sa_type=Text)
    route: str = Field(sa_type=Text)
    body_sha256: bytes = Field(sa_type=LargeBinary)
    answer: dict[str, Any] = Field(sa_type=JSONB)
    created_at: datetime = Field(sa_type=Moment)

"""The peer of the intake: FastAPI and SQLModel as their tutorials show them; two rows, one commit, nothing else."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import Depends, FastAPI
from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, Session, SQLModel

POOL = 16


class NominationIn(SQLModel):
    name: str
    field: str
    headline: str
    story: str


class BareNomination(NominationIn, table=True):
    __table_args__ = {"schema": "bare"}

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    submitted_at: datetime = Field(default_factory=lambda: datetime.now(UTC))


class BareEvent(SQLModel, table=True):
    __table_args__ = {"schema": "bare"}

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    type: str
    data: dict[str, Any] = Field(sa_type=JSONB)


def engine() -> Engine:
    url = os.environ["GUONGSANG_DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://")
    return create_engine(url, pool_size=POOL, max_overflow=POOL)


app = FastAPI()
made = engine()


def session() -> Iterator[Session]:
    with Session(made) as opened:
        yield opened


@app.post("/nominations", status_code=201)
def submit(asked: NominationIn, opened: Annotated[Session, Depends(session)]) -> BareNomination:
    nomination = BareNomination.model_validate(asked)
    opened.add(nomination)
    opened.add(BareEvent(type="nomination.submitted", data=asked.model_dump()))
    opened.commit()
    opened.refresh(nomination)
    return nomination

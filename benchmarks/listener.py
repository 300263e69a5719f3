"""The two workers that are compared: one row per event over the bus, one row per plain Celery task.

`celery -A benchmarks.listener:worker` hears events; `celery -A benchmarks.listener:plain` runs tasks.
"""

from datetime import datetime
from functools import cache
from uuid import UUID, uuid4

from celery import Celery
from sqlalchemy import Column, DateTime, Engine, text
from sqlmodel import Field, Session, SQLModel

from shared.bus.ear import Ear
from shared.bus.told import Told
from shared.bus.worker import worker_of
from shared.database import connect, engine_of
from shared.events.review import CaseOpened
from shared.settings import service_database_url, settings

HEARER = "report"


class Row(SQLModel, table=True):
    """The effect of one event or task. `at` is when the database took it."""

    __tablename__ = "bench_row"
    __table_args__ = {"schema": "report"}

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str
    at: datetime | None = Field(
        default=None, sa_column=Column(DateTime(timezone=True), server_default=text("clock_timestamp()"))
    )


ear = Ear(HEARER)


@ear.on(CaseOpened)
def note(session: Session, told: Told[CaseOpened]) -> None:
    session.add(Row(code=told.data.code))


plain = Celery("plain", broker=settings().redis_url)
plain.conf.update(task_ignore_result=True, broker_transport_options={"global_keyprefix": "plain:"})


@cache
def own_engine() -> Engine:
    return connect(service_database_url(HEARER), size=4, spare=4, name="plain")


@plain.task  # type: ignore[untyped-decorator]  # Celery has no types
def insert(code: str) -> None:
    with Session(own_engine()) as session:
        session.add(Row(code=code))
        session.commit()


worker = worker_of(ear, {})
assert engine_of

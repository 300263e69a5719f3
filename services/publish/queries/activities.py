"""What was done for a plan outside the product."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, cast, extract, func, select
from sqlmodel import Session, col

from services.publish.models import Activity

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """Which activities; `unit_id` is set where the asker sees only its own unit's."""

    plan_id: str
    unit_id: UUID | None = None
    kind: str = ""
    year: int | None = None
    clause_id: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """Everything of one kind in one year."""

    kind: str
    year: int
    count: int
    participants: int
    cost_vnd: int


def activities(session: Session, asked: Asked, *, page: int) -> tuple[Sequence[Activity], int]:
    """(One page, the latest first; how many there are in all)."""
    total = session.scalar(select(func.count()).select_from(Activity).where(*conditions(asked))) or 0
    latest = select(Activity).where(*conditions(asked)).order_by(col(Activity.held_on).desc(), col(Activity.id).desc())
    return session.scalars(latest.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all(), total


def totals(session: Session, asked: Asked) -> Sequence[Total]:
    """One line for each kind and year, the latest year first (R65: what the plan cost in a year)."""
    cost = func.sum(col(Activity.cost_vnd))
    statement = (
        select(col(Activity.kind), YEAR, func.count(), func.sum(col(Activity.participants)), cost)
        .where(*conditions(asked))
        .group_by(col(Activity.kind), YEAR)
        .order_by(YEAR.desc(), cost.desc(), col(Activity.kind))
    )
    rows = session.connection().execute(statement)
    return [Total(kind, year, count, int(people), int(vnd)) for kind, year, count, people, vnd in rows]


def years(session: Session, asked: Asked) -> Sequence[int]:
    """The years in which something was done, the latest first."""
    seen = conditions(Asked(asked.plan_id, asked.unit_id))
    return session.scalars(select(YEAR).where(*seen).distinct().order_by(YEAR.desc())).all()


def conditions(asked: Asked) -> list[ColumnElement[bool]]:
    found = [col(Activity.plan_id) == asked.plan_id]
    if asked.unit_id is not None:
        found.append(col(Activity.unit_id) == asked.unit_id)
    if asked.kind:
        found.append(col(Activity.kind) == asked.kind)
    if asked.clause_id:
        found.append(col(Activity.clause_id) == asked.clause_id)
    if asked.year is not None:
        found.append(YEAR == asked.year)  # noqa: SIM300 -- a column, which makes a condition
    return found


YEAR = cast(extract("year", col(Activity.held_on)), Integer)

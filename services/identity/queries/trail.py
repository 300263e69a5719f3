"""What the audit trail tells: entries newest first, narrowed down by who, about whom, what and when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy
from sqlalchemy import ColumnElement, Engine, Select, and_, column, false, func, literal, or_, select, table, tuple_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session

from shared.audit.entry import Action
from shared.clock import VIETNAM
from shared.database import transaction

PER_PAGE = 50
BATCH = 500  # entries that an export keeps in memory
MOST_LINES = 1000  # of an answer to a citizen

ENTRY = table(
    "entry",
    *(column(name) for name in ("id", "at", "action", "actor_id", "actor_name", "role", "office_unit_id", "plan_id")),
    *(
        column(name)
        for name in ("by_token", "on_behalf_of", "object_kind", "object_id", "object_code", "unit_id", "detail")
    ),
    column("subjects", ARRAY(sqlalchemy.Uuid)),
    schema="audit",
)
E = ENTRY.c


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is read."""

    id: UUID
    at: datetime
    action: str
    actor_id: UUID | None
    actor_name: str
    role: str
    office_unit_id: UUID | None
    plan_id: str
    by_token: bool
    on_behalf_of: UUID | None
    object_kind: str
    object_id: str
    object_code: str
    unit_id: UUID
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whom or what entries are about: ids of nominations and accounts, or ids of things."""

    subjects: tuple[UUID, ...] = ()
    object_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries. None does not narrow; an empty tuple or About finds nothing. `until` is exclusive."""

    unit_id: UUID | None = None
    actors: tuple[UUID, ...] | None = None
    about: About | None = None
    action: Action | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Looks:
    """How often an office looked at somebody's data on one day, and at what."""

    on: date
    role: str
    office_unit_id: UUID | None
    plan_id: str
    by_token: bool
    action: str
    object_kind: str
    count: int


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A citizen's request that was noted and not answered yet."""

    id: str
    code: str
    subjects: tuple[UUID, ...]
    received_on: date
    answer_by: date


def newest(
    session: Session, wanted: Wanted, *, before: tuple[datetime, UUID] | None = None, limit: int = PER_PAGE
) -> list[Line]:
    """At most `limit` entries, newest first, older than the place `before`."""
    found = line_query(wanted).limit(limit)
    if before is not None:
        found = found.where(tuple_(E.at, E.id) < tuple_(literal(before[0]), literal(before[1])))
    return [Line(**row) for row in session.execute(found).mappings()]


def every(engine: Engine, wanted: Wanted) -> Iterator[Line]:
    """All entries, newest first. Each batch has a transaction of its own, so that a slow reader holds nothing."""
    before = None
    while True:
        with transaction(engine) as session:
            batch = newest(session, wanted, before=before, limit=BATCH)
        yield from batch
        if len(batch) < BATCH:
            return
        before = batch[-1].at, batch[-1].id


def line_query(wanted: Wanted) -> Select[Any]:
    return (
        select(*(E[each.name] for each in fields(Line))).where(*conditions(wanted)).order_by(E.at.desc(), E.id.desc())
    )


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """One condition for each thing that narrows down; each has its index."""
    found: list[ColumnElement[bool]] = []
    if wanted.unit_id is not None:
        found.append(E.unit_id == wanted.unit_id)
    if wanted.actors is not None:
        found.append(E.actor_id.in_(wanted.actors))
    if wanted.about is not None:
        found.append(is_about(wanted.about))
    if wanted.action is not None:
        found.append(E.action == wanted.action.value)
    if wanted.since is not None:
        found.append(E.at >= wanted.since)
    if wanted.until is not None:
        found.append(E.at < wanted.until)
    return found


def is_about(about: About) -> ColumnElement[bool]:
    ways: list[ColumnElement[bool]] = []
    if about.subjects:
        ways.append(shows(about.subjects))
    if about.object_ids:
        ways.append(E.object_id.in_(about.object_ids))
    return or_(*ways) if ways else false()


def shows(subjects: Sequence[UUID]) -> ColumnElement[bool]:
    """Whether data of one of them were shown."""
    found: ColumnElement[bool] = E.subjects.overlap(sqlalchemy.cast(list(subjects), ARRAY(sqlalchemy.Uuid)))
    return found


def looks_at(session: Session, subjects: Sequence[UUID], *, unit_id: UUID) -> list[Looks]:
    """Who looked at data of these in a commune, by day and office, latest day first; at most MOST_LINES."""
    on = func.date(func.timezone(VIETNAM.key, E.at)).label("on")
    by = (on, E.role, E.office_unit_id, E.plan_id, E.by_token, E.action, E.object_kind)
    looked = E.action.in_([Action.OPENED.value, Action.LISTED.value, Action.TAKEN_OUT.value])
    found = select(*by, func.count().label("count")).where(shows(subjects), E.unit_id == unit_id, looked)
    grouped = found.group_by(*by).order_by(on.desc(), E.role, E.object_kind, E.action).limit(MOST_LINES)
    return [Looks(**row) for row in session.execute(grouped).mappings()]


def open_requests(session: Session, unit_id: UUID) -> list[OpenRequest]:
    """The commune's requests that nobody has answered, in the order in which they are due; bounded."""
    answered = ENTRY.alias("answered")
    given = select(answered.c.id).where(
        answered.c.object_id == E.object_id,
        answered.c.object_kind == "answer",
        answered.c.action == Action.TAKEN_OUT.value,
    )
    found = (
        select(E.object_id, E.object_code, E.subjects, E.detail)
        .where(and_(E.unit_id == unit_id, E.action == Action.ANSWER_ASKED.value, ~given.exists()))
        .order_by(E.at, E.id)
        .limit(PER_PAGE)
    )
    return sorted(
        (
            OpenRequest(
                id=row.object_id,
                code=row.object_code,
                subjects=tuple(row.subjects),
                received_on=date.fromisoformat(row.detail["received_on"]),
                answer_by=date.fromisoformat(row.detail["answer_by"]),
            )
            for row in session.execute(found)
        ),
        key=lambda request: request.answer_by,
    )

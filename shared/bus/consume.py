"""Consume deliveries: exactly once per hearer in the database, in the order of each subject.

The optimistic batch first: one transaction for all fresh events. If one comes too early, the batch goes on without
it, with a savepoint for each. If anything fails, the same events are taken one by one, so that a bad event costs only
itself.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import structlog
from pydantic import ValidationError
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from shared.bus.ear import Ear, NotYet
from shared.bus.record import TOLD, unsay, words_so_far
from shared.bus.told import Told
from shared.database import transaction
from shared.events.catalogue import event_class
from shared.events.event import Event

log = structlog.get_logger()
MOST_STARTS = 5  # then the event is parked

#: Why an event has to come again: what it came too early for, or None when an earlier one of its subject is open.
Reasons = Mapping[UUID, str | None]
#: Hears rows in order; gives those that came too early.
HearRows = Callable[[Session, Ear, Sequence[Any]], Reasons]


class Unreadable(Exception):
    """The event cannot be understood by this release: no number of starts would help."""


class Taken(NamedTuple):
    """A pending delivery that nobody else holds, and how often it was started before."""

    event_id: UUID
    started_count: int


def consume(engine: Engine, ear: Ear, event_ids: Sequence[UUID]) -> int:
    """Have the ear hear the events that still wait for it; how many are now done.

    Raises OperationalError when PostgreSQL is away: the relay sends the same deliveries again later.
    """
    taken = take(engine, ear.name, event_ids)
    fresh = [one.event_id for one in taken if one.started_count == 0]
    done = 0
    if fresh:
        done, fresh = hear_together(engine, ear, fresh)
    again = [one.event_id for one in taken if one.started_count > 0]
    return done + sum(hear_alone(engine, ear, event_id) for event_id in again + fresh)


def hear_together(engine: Engine, ear: Ear, event_ids: list[UUID]) -> tuple[int, list[UUID]]:
    """Hear all in one transaction: (how many are done, those that have to be taken one by one)."""
    try:
        try:
            return hear_batch(engine, ear, event_ids, hear_all), []
        except NotYet:
            return hear_batch(engine, ear, event_ids, hear_what_is_ready), []
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 -- the worker's edge: whatever a handler raises, its neighbours go on
        log.info("bus.batch_split", hearer=ear.name, events=len(event_ids), error=type(error).__name__)
        return 0, event_ids


def hear_batch(engine: Engine, ear: Ear, event_ids: list[UUID], hear_rows: HearRows) -> int:
    """How many are done now; the others, which are held back or too early, come again."""
    with transaction(engine) as session:
        rows = lock(session, ear.name, event_ids)
        held_back = blocked(session, ear.name, rows)
        early = hear_rows(session, ear, [row for row in rows if row.id not in held_back])
        done = [row.id for row in rows if row.id not in held_back and row.id not in early]
        finish(session, ear.name, done)
        postpone(session, ear.name, {**dict.fromkeys(held_back), **early})
    return len(done)


def hear_all(session: Session, ear: Ear, rows: Sequence[Any]) -> Reasons:
    """The optimistic way, at no cost per event. Raises NotYet when any comes too early; never gives one."""
    for row in rows:
        hear(session, ear, row)
    return {}


def hear_what_is_ready(session: Session, ear: Ear, rows: Sequence[Any]) -> Reasons:
    """A savepoint for each; of those that come too early, with the later ones of their subject, nothing is left."""
    early: dict[UUID, str | None] = {}
    waiting: set[str] = set()
    for row in rows:
        if row.subject in waiting:
            early[row.id] = None
            continue
        said = words_so_far(session)
        try:
            with session.begin_nested():
                hear(session, ear, row)
        except NotYet as reason:
            unsay(session, said)
            waiting.add(row.subject)
            early[row.id] = f"not yet: {reason}"
    return early


def hear_alone(engine: Engine, ear: Ear, event_id: UUID) -> int:
    """Hear one event in a transaction of its own; 1 when it is done."""
    starts = start(engine, ear.name, [event_id])
    if starts > MOST_STARTS:
        give_up(engine, ear.name, event_id, "the worker died in each of its starts")
        return 0
    try:
        with transaction(engine) as session:
            rows = lock(session, ear.name, [event_id])
            if blocked(session, ear.name, rows):
                postpone(session, ear.name, {event_id: None})
                return 0
            for row in rows:
                hear(session, ear, row)
            finish(session, ear.name, [row.id for row in rows])
    except OperationalError:
        raise
    except NotYet as reason:
        with transaction(engine) as session:
            postpone(session, ear.name, {event_id: f"not yet: {reason}"})
        return 0
    except Exception as error:  # noqa: BLE001 -- the worker's edge: the fault is kept with the delivery
        fail(engine, ear.name, event_id, starts, error)
        return 0
    return len(rows)


def hear(session: Session, ear: Ear, row: Any) -> None:
    """Tell the ear one event; whatever it records names this event as its cause."""
    told = told_of(row)
    session.info[TOLD] = told
    ear.hear(session, told)


def told_of(row: Any) -> Told[Event]:
    """A row of bus.event as what a handler is told. Raises Unreadable for a type or data not of our catalogue."""
    try:
        data = event_class(row.type).model_validate(row.data)
    except (KeyError, ValidationError) as error:
        raise Unreadable(repr(error)) from error
    return Told(
        id=row.id,
        data=data,
        source=row.source,
        subject=row.subject,
        subject_version=row.subjectversion,
        time=row.time,
        plan_id=row.planid,
        step=row.planstep,
        unit_id=row.unitid,
        actor_id=row.actorid,
        causation_id=row.causationid,
        correlation_id=row.correlationid,
        traceparent=row.traceparent,
    )


def take(engine: Engine, hearer: str, event_ids: Sequence[UUID]) -> list[Taken]:
    """Those of the deliveries that are pending and in nobody's hands; fresh ones are marked as started.

    Others are marked when their own turn comes: they must not pay for a neighbour that ends the worker.
    """
    with transaction(engine) as session:
        rows = session.connection().exec_driver_sql(TAKE, (hearer, list(event_ids)))
        return [Taken(row.event_id, row.started_count) for row in rows]


def start(engine: Engine, hearer: str, event_ids: list[UUID]) -> int:
    """Leave a mark of the start that outlives a crash; the highest number of starts among them."""
    with transaction(engine) as session:
        rows = session.connection().exec_driver_sql(START, (hearer, event_ids)).all()
        return max((row.started_count for row in rows), default=0)


def lock(session: Session, hearer: str, event_ids: list[UUID]) -> Sequence[Any]:
    """The events of deliveries that are ours until the transaction ends: oldest first, each subject by version."""
    rows = session.connection().exec_driver_sql(LOCK, (hearer, event_ids)).all()
    first: dict[str, Any] = {}
    for row in rows:
        first.setdefault(row.subject, row.id)
    return sorted(rows, key=lambda row: (first[row.subject], row.subjectversion))


def blocked(session: Session, hearer: str, rows: Sequence[Any]) -> set[UUID]:
    """Those whose subject has an earlier version that this hearer has neither done nor holds here."""
    later = [row.id for row in rows if row.subjectversion > 1]
    if not later:
        return set()
    held = [row.id for row in rows]
    found = session.connection().exec_driver_sql(BLOCKED, (hearer, later, held))
    return {row.event_id for row in found}


def finish(session: Session, hearer: str, event_ids: list[UUID]) -> None:
    session.connection().exec_driver_sql(FINISH, (hearer, event_ids))


def postpone(session: Session, hearer: str, reasons: Reasons) -> None:
    """Let events that are held back or too early come again a little later; no start is counted."""
    if reasons:
        session.connection().exec_driver_sql(POSTPONE, (list(reasons), list(reasons.values()), hearer))


def fail(engine: Engine, hearer: str, event_id: UUID, starts: int, error: Exception) -> None:
    """Keep the fault; let it come again after a pause that grows, or park it after the last start."""
    log.warning("bus.handler_failed", hearer=hearer, event_id=str(event_id), starts=starts, error=repr(error)[:300])
    if isinstance(error, Unreadable) or starts >= MOST_STARTS:
        give_up(engine, hearer, event_id, repr(error))
        return
    with transaction(engine) as session:
        session.connection().exec_driver_sql(FAIL, (repr(error)[:2000], hearer, event_id))


def give_up(engine: Engine, hearer: str, event_id: UUID, reason: str) -> None:
    """Park the event: it waits for a person, and with it only the later events of its subject."""
    log.error("bus.parked", hearer=hearer, event_id=str(event_id), reason=reason[:300])
    with transaction(engine) as session:
        session.connection().exec_driver_sql(PARK, (reason[:2000], hearer, event_id))


# The mark need not wait for the disk: it has to outlive the worker, and PostgreSQL's own end is no fault of the event.
TAKE = """
    WITH ours AS (
        SELECT hearer, event_id, started_count FROM bus.delivery
        WHERE hearer = %s AND event_id = ANY(%s::uuid[]) AND state = 'pending' FOR UPDATE SKIP LOCKED
    ), started AS (
        UPDATE bus.delivery SET started_count = 1 FROM ours
        WHERE delivery.hearer = ours.hearer AND delivery.event_id = ours.event_id AND ours.started_count = 0
    )
    SELECT event_id, started_count, set_config('synchronous_commit', 'off', true) FROM ours
"""
START = """
    WITH ours AS (
        SELECT hearer, event_id FROM bus.delivery
        WHERE hearer = %s AND event_id = ANY(%s::uuid[]) AND state = 'pending' FOR UPDATE SKIP LOCKED
    )
    UPDATE bus.delivery SET started_count = started_count + 1 FROM ours
    WHERE delivery.hearer = ours.hearer AND delivery.event_id = ours.event_id RETURNING started_count
"""
LOCK = """
    SELECT event.* FROM bus.delivery JOIN bus.event ON event.id = delivery.event_id
    WHERE hearer = %s AND event_id = ANY(%s::uuid[]) AND state = 'pending'
    ORDER BY event.id FOR UPDATE OF delivery SKIP LOCKED
"""
BLOCKED = """
    SELECT later.event_id FROM bus.delivery AS later
    WHERE later.hearer = %s AND later.event_id = ANY(%s::uuid[]) AND EXISTS (
        SELECT 1 FROM bus.delivery AS earlier
        WHERE earlier.hearer = later.hearer AND earlier.subject = later.subject AND earlier.state <> 'done'
          AND earlier.subjectversion < later.subjectversion AND earlier.event_id <> ALL(%s::uuid[])
    )
"""
FINISH = """
    UPDATE bus.delivery SET state = 'done', done_at = now() WHERE hearer = %s AND event_id = ANY(%s::uuid[])
"""
POSTPONE = """
    UPDATE bus.delivery SET started_count = 0, last_error = coalesce(again.reason, last_error),
        next_at = now() + least(60, 0.1 * 2 ^ least(send_count, 12)) * interval '1 second'
    FROM unnest(%s::uuid[], %s::text[]) AS again (event_id, reason)
    WHERE hearer = %s AND delivery.event_id = again.event_id AND state = 'pending'
"""
FAIL = """
    UPDATE bus.delivery SET last_error = %s, next_at = now() + (0.5 * 4 ^ (started_count - 1)) * interval '1 second'
    WHERE hearer = %s AND event_id = %s AND state = 'pending'
"""
PARK = """
    UPDATE bus.delivery SET state = 'parked', last_error = %s WHERE hearer = %s AND event_id = %s AND state = 'pending'
"""

"""What an administrator asks the bus: what was said, what waits, what is parked; and has it said again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from shared.bus.record import rouse
from shared.database import transaction
from shared.events.catalogue import CATALOGUE


@dataclass(frozen=True, slots=True)
class Backlog:
    """How a hearer stands: `oldest_s` is the age of its oldest pending delivery in seconds, 0 when none waits."""

    hearer: str
    pending: int
    parked: int
    oldest_s: float
    last_done_at: datetime | None


def recent_events(engine: Engine, *, after: UUID | None, limit: int) -> list[Any]:
    """The newest `limit` events, oldest first; or those said after the event `after`."""
    with transaction(engine) as session:
        if after is None:
            rows = session.connection().exec_driver_sql(NEWEST, (limit,)).all()
            return list(reversed(rows))
        return list(session.connection().exec_driver_sql(SAID_AFTER, (after, limit)).all())


def one_event(engine: Engine, event_id: UUID) -> tuple[Any, Sequence[Any]] | None:
    """The event and its deliveries, or None."""
    with transaction(engine) as session:
        connection = session.connection()
        row = connection.exec_driver_sql("SELECT * FROM bus.event WHERE id = %s", (event_id,)).first()
        if row is None:
            return None
        return row, connection.exec_driver_sql(DELIVERIES_OF, (event_id,)).all()


def backlogs(engine: Engine) -> list[Backlog]:
    """Every hearer that ever heard, by name."""
    with transaction(engine) as session:
        rows = session.connection().exec_driver_sql(BACKLOGS).all()
    return [Backlog(row.hearer, row.pending, row.parked, float(row.oldest_s or 0), row.last_done_at) for row in rows]


def parked(engine: Engine, hearer: str | None = None) -> Sequence[Any]:
    """Parked deliveries with their events, oldest first."""
    with transaction(engine) as session:
        return session.connection().exec_driver_sql(PARKED, (hearer, hearer)).all()


def requeue(engine: Engine, *, hearer: str | None, event_ids: Sequence[UUID] | None, dry_run: bool) -> Sequence[Any]:
    """Let parked deliveries start anew; those that were (or, on a dry run, would be) requeued."""
    ids = list(event_ids) if event_ids is not None else None
    with transaction(engine) as session:
        found = session.connection().exec_driver_sql(REQUEUE, (hearer, hearer, ids, ids)).all()
        rouse(session, *{row.hearer for row in found})
        if dry_run:
            session.rollback()
    return found


def replay(
    engine: Engine, *, hearer: str, since: datetime, until: datetime, names: Sequence[str], dry_run: bool
) -> dict[str, int]:
    """Have a hearer hear events again that were said in [since, until): {event type: how many}.

    Only for hearers whose handlers rebuild rows (report). Deliveries that are still open are left alone. On a dry run
    nothing changes. Raises ValueError for a name that the hearer does not hear.
    """
    types = types_heard(hearer, names)
    with transaction(engine) as session:
        rows = session.connection().exec_driver_sql(REPLAY, (hearer, types, since, until, hearer)).all()
        rouse(session, hearer)
        if dry_run:
            session.rollback()
    return {row.type: row.said for row in rows}


def types_heard(hearer: str, names: Sequence[str]) -> list[str]:
    """Full types that the hearer hears, all of them when no name is given."""
    heard = {declared.NAME: full for full, declared in CATALOGUE.items() if hearer in declared.HEARD_BY}
    unknown = [name for name in names if name not in heard]
    if unknown:
        raise ValueError(f"{hearer} does not hear {', '.join(unknown)}; it hears {', '.join(sorted(heard))}")
    return [heard[name] for name in names] if names else list(heard.values())


def all_events(engine: Engine) -> Iterator[Any]:
    """Every event, oldest first, streamed."""
    with transaction(engine) as session:
        yield from (
            session.connection()
            .execution_options(stream_results=True, yield_per=1000)
            .exec_driver_sql("SELECT * FROM bus.event ORDER BY id")
        )


NEWEST = "SELECT * FROM bus.event ORDER BY id DESC LIMIT %s"
SAID_AFTER = "SELECT * FROM bus.event WHERE id > %s ORDER BY id LIMIT %s"
DELIVERIES_OF = "SELECT * FROM bus.delivery WHERE event_id = %s ORDER BY hearer"
BACKLOGS = """
    SELECT hearer,
        count(*) FILTER (WHERE state = 'pending') AS pending,
        count(*) FILTER (WHERE state = 'parked') AS parked,
        extract(epoch FROM now() - min(event.time) FILTER (WHERE state = 'pending')) AS oldest_s,
        max(done_at) AS last_done_at
    FROM bus.delivery JOIN bus.event ON event.id = delivery.event_id GROUP BY hearer ORDER BY hearer
"""
PARKED = """
    SELECT delivery.hearer, delivery.event_id, delivery.subject, delivery.started_count, delivery.last_error,
        event.type, event.time, event.planid
    FROM bus.delivery JOIN bus.event ON event.id = delivery.event_id
    WHERE delivery.state = 'parked' AND (%s::text IS NULL OR hearer = %s) ORDER BY event.id
"""
REQUEUE = """
    UPDATE bus.delivery SET state = 'pending', started_count = 0, send_count = 0, next_at = now()
    WHERE state = 'parked' AND (%s::text IS NULL OR hearer = %s) AND (%s::uuid[] IS NULL OR event_id = ANY(%s::uuid[]))
    RETURNING hearer, event_id, subject
"""
REPLAY = """
    WITH again AS (
        INSERT INTO bus.delivery (hearer, event_id, subject, subjectversion, next_at)
        SELECT %s, id, subject, subjectversion, now() FROM bus.event
        WHERE type = ANY(%s::text[]) AND time >= %s AND time < %s
        ON CONFLICT (hearer, event_id) DO UPDATE
            SET state = 'pending', done_at = NULL, started_count = 0, send_count = 0, next_at = now()
            WHERE delivery.state = 'done' AND delivery.hearer = %s
        RETURNING event_id
    )
    SELECT event.type, count(*) AS said FROM again JOIN bus.event ON event.id = again.event_id GROUP BY event.type
    ORDER BY event.type
"""

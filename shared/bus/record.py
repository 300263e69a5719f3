"""Record an event in the caller's transaction. Nothing leaves before its commit."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import Session as OrmSession
from sqlmodel import Session

from shared.bus.told import Told
from shared.bus.wake import wake
from shared.clock import now
from shared.events.event import Event
from shared.ids import new_id
from shared.plan import Plan

WORDS, ACTOR, TRACE, TOLD, HEARERS = "bus.words", "bus.actor", "bus.trace", "bus.told", "bus.hearers"
MOST_AT_ONCE = 1000  # a merger may say many thousand events in one transaction


@dataclass(frozen=True, slots=True)
class Word:
    """An event about to be recorded, with what its envelope needs from the moment it was said."""

    id: UUID
    event: Event
    plan: Plan
    time: datetime
    actor_id: UUID | None
    causation_id: UUID | None
    correlation_id: UUID | None
    traceparent: str | None
    version: int = 0

    @property
    def hearers(self) -> tuple[str, ...]:
        return self.event.HEARD_BY


def record(session: Session, event: Event, plan: Plan) -> UUID:
    """Say `event` under `plan`; the caller gets its id.

    The event, one delivery per hearer and the subject's next version are written just before the session commits,
    so that many events cost one round trip. The cause is the event being handled, or else the last event of the same
    subject; the correlation is the nomination, or the cause's, or the event's own id.
    """
    told: Told[Event] | None = session.info.get(TOLD)
    word = Word(
        id=new_id(),
        event=event,
        plan=plan,
        time=now(),
        actor_id=session.info.get(ACTOR) or (told.actor_id if told else None),
        causation_id=told.id if told else None,
        correlation_id=getattr(event, "nomination_id", None) or (told.correlation_id if told else None),
        traceparent=told.traceparent if told else session.info.get(TRACE),
    )
    session.info.setdefault(WORDS, []).append(word)
    return word.id


def record_once(session: Session, event: Event, plan: Plan) -> None:
    """Say `event` unless exactly this was said before: for readers that are rebuilt from events and then speak."""
    known = session.connection().exec_driver_sql(
        "SELECT 1 FROM bus.event WHERE subject = %s AND type = %s AND data = %s::jsonb LIMIT 1",
        (event.subject_path, event.TYPE, event.model_dump_json()),
    )
    if known.first() is None:
        record(session, event, plan)


def act_as(session: Session, actor_id: UUID | None, traceparent: str | None = None) -> None:
    """Name the person on whose behalf this session works; every event recorded in it carries the name."""
    session.info[ACTOR] = actor_id
    session.info[TRACE] = traceparent


@sqlalchemy_event.listens_for(OrmSession, "before_commit")
def write_words(session: OrmSession) -> None:
    """Write what was said, in three statements for every thousand of them."""
    words: list[Word] = session.info.pop(WORDS, [])
    if not words:
        return
    session.flush()
    connection = session.connection()
    for first in range(0, len(words), MOST_AT_ONCE):
        some = words[first : first + MOST_AT_ONCE]
        some = in_order(some, connection.exec_driver_sql(NEXT_VERSIONS, subject_columns(some)).all())
        connection.exec_driver_sql(INSERT_EVENTS, event_columns(some))
        connection.exec_driver_sql(INSERT_DELIVERIES, delivery_columns(some))
    rouse(session, *(hearer for word in words for hearer in word.hearers))


def rouse(session: OrmSession, *hearers: str) -> None:
    """Have these services' relays woken when the session commits."""
    session.info.setdefault(HEARERS, set()).update(hearers)


@sqlalchemy_event.listens_for(OrmSession, "after_commit")
def wake_hearers(session: OrmSession) -> None:
    """Tell the relays of the hearers that there is work."""
    if hearers := session.info.pop(HEARERS, None):
        wake(session.get_bind(), hearers)


def words_so_far(session: Session) -> int:
    """How many events the transaction has said."""
    return len(session.info.get(WORDS, ()))


def unsay(session: Session, so_far: int) -> None:
    """Take back what was said after `so_far`, together with the savepoint in which it was said."""
    del session.info.get(WORDS, [])[so_far:]


@sqlalchemy_event.listens_for(OrmSession, "after_rollback")
def forget_words(session: OrmSession) -> None:
    """What a rolled-back transaction wanted to say was never said."""
    session.info.pop(WORDS, None)
    session.info.pop(HEARERS, None)


def subject_columns(words: Sequence[Word]) -> tuple[list[str], list[int], list[UUID]]:
    """Subjects sorted, so that transactions that meet lock them in one order; how many events each gets; the last."""
    said = Counter(word.event.subject_path for word in words)
    last = {word.event.subject_path: word.id for word in words}
    subjects = sorted(said)
    return subjects, [said[subject] for subject in subjects], [last[subject] for subject in subjects]


def in_order(words: Sequence[Word], rows: Sequence[Any]) -> list[Word]:
    """The words with their subject's version, cause and correlation filled in."""
    said = Counter(word.event.subject_path for word in words)
    version = {row.subject: row.version - said[row.subject] for row in rows}
    previous: dict[str, UUID | None] = {row.subject: row.previous_event_id for row in rows}
    placed = []
    for word in words:
        subject = word.event.subject_path
        version[subject] += 1
        placed.append(
            replace(
                word,
                version=version[subject],
                causation_id=word.causation_id or previous[subject],
                correlation_id=word.correlation_id or word.id,
            )
        )
        previous[subject] = word.id
    return placed


def event_columns(words: Sequence[Word]) -> tuple[list[Any], ...]:
    """One list per column of bus.event."""
    dumped = [word.event.model_dump(mode="json") for word in words]
    return (
        [word.id for word in words],
        [word.event.TYPE for word in words],
        [f"/{word.event.SPEAKER}" for word in words],
        [word.event.subject_path for word in words],
        [word.version for word in words],
        [word.time for word in words],
        [json.dumps(data, ensure_ascii=False) for data in dumped],
        [word.plan.id for word in words],
        [word.plan.step_of(word.event.NAME, data) for word, data in zip(words, dumped, strict=True)],
        [word.plan.unit.id for word in words],
        [word.actor_id for word in words],
        [word.causation_id for word in words],
        [word.correlation_id for word in words],
        [word.traceparent for word in words],
    )


def delivery_columns(words: Sequence[Word]) -> tuple[list[Any], ...]:
    """One list per column of bus.delivery that has no default."""
    pairs = [(hearer, word) for word in words for hearer in word.hearers]
    return (
        [hearer for hearer, _ in pairs],
        [word.id for _, word in pairs],
        [word.event.subject_path for _, word in pairs],
        [word.version for _, word in pairs],
    )


NEXT_VERSIONS = """
    INSERT INTO bus.subject AS known (subject, version, last_event_id)
    SELECT * FROM unnest(%s::text[], %s::integer[], %s::uuid[])
    ON CONFLICT (subject) DO UPDATE SET
        version = known.version + excluded.version,
        previous_event_id = known.last_event_id,
        last_event_id = excluded.last_event_id
    RETURNING subject, version, previous_event_id
"""
INSERT_EVENTS = """
    WITH said AS (
        INSERT INTO bus.event (id, type, source, subject, subjectversion, time, data, planid, planstep, unitid, actorid,
                               causationid, correlationid, traceparent)
        SELECT id, type, source, subject, version, time, data::jsonb, plan, step, unit, actor, cause, correlation, trace
        FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::integer[], %s::timestamptz[], %s::text[],
                    %s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::uuid[], %s::uuid[], %s::text[])
            AS word (id, type, source, subject, version, time, data, plan, step, unit, actor, cause, correlation, trace)
        RETURNING id
    )
    INSERT INTO bus.unsealed SELECT id FROM said
"""
INSERT_DELIVERIES = """
    INSERT INTO bus.delivery (hearer, event_id, subject, subjectversion, next_at)
    SELECT *, now() FROM unnest(%s::text[], %s::uuid[], %s::text[], %s::integer[])
"""

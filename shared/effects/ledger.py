"""The effect ledger: planned, sending (committed before the call), then sent, unknown or failed.

Channels like Facebook, Zalo or SMTP have no idempotency key. A call whose answer was lost is looked up and never
blindly repeated; after three looks in vain it stays `unknown` for a person to decide.
"""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from shared.bus.record import TOLD, act_as, rouse
from shared.clock import now
from shared.database import transaction
from shared.effects.outcome import Effect, Failed, Later, Outcome, Sent, Unknown
from shared.effects.performer import Performer, Performers
from shared.errors import Refusal
from shared.plan import Plan

__all__ = [
    "Performers",
    "cancel_effects",
    "cancel_effects_under",
    "effect_key",
    "perform",
    "perform_all",
    "plan_effect",
]

log = structlog.get_logger()
AT_ONCE = 4  # calls that wait for the outside; a worker that is killed leaves no more of them unknown
MOST_ATTEMPTS = 50
MOST_LOOKUPS = 3


def effect_key(service: str, channel: str, target: str, ref: UUID) -> str:
    """The name of an effect: the same thing to the same target over the same channel is one effect."""
    return hashlib.sha256(f"{service}|{channel}|{target}|{ref}".encode()).hexdigest()


def plan_effect(session: Session, *, service: str, channel: str, target: str, ref: UUID, plan: Plan) -> str:
    """Plan an effect in the caller's transaction; its key. Planning the same effect again changes nothing."""
    key = effect_key(service, channel, target, ref)
    told = session.info.get(TOLD)
    session.connection().exec_driver_sql(
        PLAN, (key, service, channel, target, ref, plan.id, told.id if told else None, now())
    )
    rouse(session, service)
    return key


def cancel_effects(session: Session, *, service: str, ref: UUID, reason: str) -> int:
    """Cancel what is planned for `ref` and has not begun; how many were cancelled."""
    return session.connection().exec_driver_sql(CANCEL, (reason, service, ref)).rowcount


def cancel_effects_under(
    session: Session,
    *,
    service: str,
    plan_id: str,
    channels: Sequence[str],
    reason: str,
    ref: UUID | None = None,
) -> list[str]:
    """Cancel what is planned under a plan (for `ref` only) on some channels and has not begun; the effects' keys."""
    rows = session.connection().exec_driver_sql(CANCEL_UNDER, (reason, service, plan_id, list(channels), ref, ref))
    return list(rows.scalars())


def perform_all(engine: Engine, performers: Performers, keys: Sequence[str]) -> None:
    """Do the effects of one message: those within our own database in one transaction, the others AT_ONCE at a time.

    Raises OperationalError when PostgreSQL is away: the relay sends the same effects again later.
    """
    try:
        with transaction(engine) as session:
            outside = [key for key in keys if not perform_within(session, performers, key)]
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 -- one of them failed: each is done alone and meets its own fault there
        log.info("effect.batch_split", effects=len(keys), error=type(error).__name__)
        outside = list(keys)
    list(callers().map(lambda key: perform(engine, performers, key), outside))


@cache
def callers() -> ThreadPoolExecutor:
    """The threads that call the outside; kept, so that each may keep a connection open."""
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="effect")


def perform_within(session: Session, performers: Performers, key: str) -> bool:
    """Do one effect in the caller's transaction; False when it has to be done alone."""
    row = session.connection().exec_driver_sql(TAKE, (key,)).one_or_none()
    if row is None:
        return True
    effect = effect_of(row)
    performer = performers[effect.channel]
    if not performer.within or row.state != "planned":
        return False
    session.connection().exec_driver_sql(BEGIN, (key,))
    try:
        outcome = performer.send(effect, performer.prepare(session, effect))
    except Refusal as refusal:
        outcome = Failed(refusal.key)
    settle(session, performer, effect, outcome)
    return True


def perform(engine: Engine, performers: Performers, key: str) -> None:
    """Do one effect, or look up one whose outcome is unknown. Does nothing while another worker is at it.

    What lies within our own database and cannot be settled again and again has failed: nothing of it is anywhere.
    """
    with transaction(engine) as session:
        row = session.connection().exec_driver_sql(TAKE, (key,)).one_or_none()
        if row is None:
            return
        effect = effect_of(row)
        performer = performers[effect.channel]
        try:
            payload = performer.prepare(session, effect)
        except Refusal as refusal:
            settle(session, performer, effect, Failed(refusal.key))
            return
        looking = row.state != "planned"
        session.connection().exec_driver_sql(LOOK_AGAIN if looking else BEGIN, (key,))
    lookups = row.lookups + 1 if looking else 0
    outcome = call(performer, effect, payload, looking=looking)
    try:
        with transaction(engine) as session:
            settle(session, performer, effect, outcome, lookups=lookups)
    except OperationalError:
        raise
    except Exception as error:
        if not performer.within or lookups < MOST_LOOKUPS:
            raise
        log.exception("effect.given_up", channel=effect.channel, key=effect.key)
        with transaction(engine) as session:
            settle(session, performer, effect, Failed(repr(error)))


def call(performer: Performer, effect: Effect, payload: Any, *, looking: bool) -> Outcome:
    """Call the outside. An exception that the channel did not foresee leaves the outcome unknown."""
    try:
        return performer.look_up(effect, payload) if looking else performer.send(effect, payload)
    except Exception as error:  # noqa: BLE001 -- the edge of the world: whatever happened there, we do not know
        log.warning("effect.unforeseen", channel=effect.channel, key=effect.key, error=repr(error)[:300])
        return Unknown(repr(error)[:500])


def settle(session: Session, performer: Performer, effect: Effect, outcome: Outcome, *, lookups: int = 0) -> None:
    """Write the outcome down, and tell the channel once it is final."""
    match outcome:
        case Sent():
            write(session, effect, "sent", outcome.detail, external_id=outcome.external_id)
        case Failed():
            write(session, effect, "failed", outcome.reason)
        case Later() if effect.attempts >= MOST_ATTEMPTS:
            outcome = Failed(outcome.reason)
            write(session, effect, "failed", outcome.reason)
        case Later():
            write(session, effect, "planned", outcome.reason, again_after_s=outcome.after_s)
            return
        case Unknown() if lookups < MOST_LOOKUPS:
            write(session, effect, "unknown", outcome.reason, again_after_s=5 * 4**lookups)
            return
        case Unknown():
            write(session, effect, "unknown", outcome.reason)
    act_as(session, None)
    performer.settled(session, effect, outcome)


def write(
    session: Session,
    effect: Effect,
    state: str,
    detail: str,
    *,
    external_id: str | None = None,
    again_after_s: float | None = None,
) -> None:
    """`again_after_s` None: the relay does not touch it again."""
    session.connection().exec_driver_sql(
        WRITE, (state, detail[:2000], external_id, again_after_s, again_after_s is None, effect.key)
    )


def effect_of(row: Any) -> Effect:
    return Effect(
        key=row.key,
        service=row.service,
        channel=row.channel,
        target=row.target,
        ref=row.ref,
        plan_id=row.planid,
        attempts=row.attempts + 1,
    )


PLAN = """
    INSERT INTO bus.effect (key, service, channel, target, ref, planid, cause_id, next_at, created_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, now(), %s) ON CONFLICT (key) DO NOTHING
"""
CANCEL = """
    UPDATE bus.effect SET state = 'cancelled', detail = %s, settled_at = now()
    WHERE service = %s AND ref = %s AND state = 'planned'
"""
CANCEL_UNDER = """
    UPDATE bus.effect SET state = 'cancelled', detail = %s, settled_at = now()
    WHERE service = %s AND planid = %s AND channel = ANY(%s::text[]) AND state = 'planned'
      AND (%s::uuid IS NULL OR ref = %s)
    RETURNING key
"""
TAKE = """
    SELECT * FROM bus.effect
    WHERE key = %s AND settled_at IS NULL AND (
        state = 'planned' OR state = 'unknown' OR (state = 'sending' AND lease_until < now())
    ) FOR UPDATE SKIP LOCKED
"""
BEGIN = """
    UPDATE bus.effect SET state = 'sending', attempts = attempts + 1,
        lease_until = now() + interval '60 seconds', next_at = now() + interval '60 seconds' WHERE key = %s
"""
LOOK_AGAIN = """
    UPDATE bus.effect SET state = 'unknown', lookups = lookups + 1, next_at = now() + interval '60 seconds'
    WHERE key = %s
"""
WRITE = """
    UPDATE bus.effect SET state = %s, detail = %s, external_id = coalesce(%s, external_id), lease_until = NULL,
        next_at = coalesce(now() + %s::float * interval '1 second', 'infinity'),
        settled_at = CASE WHEN %s THEN now() END
    WHERE key = %s
"""

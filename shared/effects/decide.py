"""What people see of effects, and what they decide where the ledger cannot: to send again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from shared.bus.record import rouse


@dataclass(frozen=True, slots=True)
class Standing:
    """How an effect stands. `settled`: the ledger does nothing more about it by itself."""

    key: str
    channel: str
    target: str
    state: str
    attempts: int
    lookups: int
    detail: str
    external_id: str
    next_at: datetime | None  # None: never again by itself
    settled: bool


def effects_of(session: Session, *, service: str, ref: UUID) -> Mapping[str, Standing]:
    """{key: how it stands} of everything planned for `ref`, oldest first."""
    rows = session.connection().exec_driver_sql(STANDINGS, (service, ref)).all()
    return {
        row.key: Standing(
            key=row.key,
            channel=row.channel,
            target=row.target,
            state=row.state,
            attempts=row.attempts,
            lookups=row.lookups,
            detail=row.detail or "",
            external_id=row.external_id or "",
            next_at=row.next_at,
            settled=row.settled,
        )
        for row in rows
    }


def send_again(session: Session, *, service: str, key: str) -> bool:
    """Plan an effect anew that failed or stayed unknown: a person decided so. False when it is in another state."""
    again = session.connection().exec_driver_sql(AGAIN, (service, key)).rowcount == 1
    rouse(session, service)
    return again


STANDINGS = """
    SELECT key, channel, target, state, attempts, lookups, detail, external_id, settled_at IS NOT NULL AS settled,
        CASE WHEN next_at < 'infinity' THEN next_at END AS next_at
    FROM bus.effect WHERE service = %s AND ref = %s ORDER BY created_at, key
"""
AGAIN = """
    UPDATE bus.effect SET state = 'planned', next_at = now(), settled_at = NULL, lease_until = NULL, attempts = 0,
        lookups = 0, detail = NULL
    WHERE service = %s AND key = %s AND state IN ('failed', 'unknown') AND settled_at IS NOT NULL
"""

"""Idempotency keys: the same request sent twice is done once and answered twice.

A service keeps a table `idempotency` (`StoredAnswer`). The answer is stored in the transaction of the command, and
forgotten when it is older than KEPT.
"""

import hashlib
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session

from shared.clock import VIETNAM
from shared.errors import Refused

LONGEST_KEY = 200
KEPT = timedelta(days=30)  # a phone that was without a network for so long may still send again


class StoredAnswer(Protocol):
    """A row of a service's `idempotency` table."""

    person_id: UUID
    key: str
    route: str
    body_sha256: bytes
    answer: dict[str, Any]
    created_at: datetime


def body_hash(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()


def known_answer(
    session: Session, table: type[Any], *, person_id: UUID, key: str, route: str, body_sha256: bytes
) -> dict[str, Any] | None:
    """The answer given to the same request before, or None when it is new.

    Raises Refused("idempotency.other_body") when the key was used for something else.
    """
    row: StoredAnswer | None = session.get(table, (person_id, key))
    if row is None:
        return None
    if row.route != route or row.body_sha256 != body_sha256:
        raise Refused("idempotency.other_body", value=key)
    return row.answer


def forget_answers(session: Session, table: type[Any], day: date) -> None:
    """Delete the answers that are older than KEPT when the day begins. A key that was forgotten counts as new."""
    oldest = datetime.combine(day, time.min, VIETNAM) - KEPT
    session.execute(delete(table).where(table.created_at < oldest))


def checked_key(key: str | None) -> str:
    """A usable Idempotency-Key header. Raises Refused("idempotency.key_missing" | "idempotency.key_unusable")."""
    if not key:
        raise Refused("idempotency.key_missing")
    if len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise Refused("idempotency.key_unusable", longest=LONGEST_KEY)
    return key

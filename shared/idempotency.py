"""Idempotency keys: the same request sent twice is done once and answered twice.

Each service keeps a table `idempotency` (see `IdempotencyRow`). The answer is stored in the transaction of the command.
"""

import hashlib
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlmodel import Session

from shared.clock import now
from shared.errors import Refused

LONGEST_KEY = 200


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


def keep_answer(
    session: Session,
    table: type[Any],
    *,
    person_id: UUID,
    key: str,
    route: str,
    body_sha256: bytes,
    answer: dict[str, Any],
) -> None:
    """Store the answer with the command. Of two equal requests racing, the second meets the primary key."""
    session.add(
        table(person_id=person_id, key=key, route=route, body_sha256=body_sha256, answer=answer, created_at=now())
    )


def checked_key(key: str | None) -> str:
    """A usable Idempotency-Key header. Raises Refused("idempotency.key_missing" | "idempotency.key_unusable")."""
    if not key:
        raise Refused("idempotency.key_missing")
    if len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise Refused("idempotency.key_unusable", longest=LONGEST_KEY)
    return key

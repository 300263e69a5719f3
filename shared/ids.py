"""Identifiers: random enough to be unguessable, ordered enough to be kind to indexes."""

from uuid import UUID

from uuid_utils import compat


def new_id() -> UUID:
    """A fresh UUIDv7 (RFC 9562): sorts by the millisecond of its making."""
    return compat.uuid7()

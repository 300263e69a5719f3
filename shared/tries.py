"""Counts tries to guess a secret, or to fill a list, in PostgreSQL: the bound holds whatever else is away.

Each service keeps a table of its own (see `TryRow`) and asks these functions.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import LargeBinary, Text, insert, text
from sqlmodel import Field, Session, SQLModel

from shared.errors import Refused
from shared.tables import Moment


class TryRow(SQLModel):
    """The columns of a service's table of tries, beside its `id`. The account is a digest: people type secrets into the
    wrong box.
    """

    account: bytes = Field(sa_type=LargeBinary)
    network: str = Field(sa_type=Text)
    at: datetime = Field(
        default=None, sa_type=Moment, nullable=False, sa_column_kwargs={"server_default": text("now()")}
    )
    succeeded: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How many tries that did not succeed are let through within a window; the next is refused unread."""

    per_account: int
    per_network: int
    window: timedelta


def reserve_try(
    session: Session, table: type[TryRow], *, account: str, network: str, bounds: Bounds, refusal: str
) -> int:
    """The id of a try that may now be made. It counts as failed from its commit on, so that parallel tries cannot race.

    `account` names what is tried: an e-mail, "card:…", the code of a dossier; `network` as `shared.network` says it.
    Raises Refused(refusal) with the whole `minutes` until one is free again. A refused try is not counted: whoever
    waits gets in.
    """
    name = str(table.__table__)  # type: ignore[attr-defined]  # every mapped class has one
    digest = hashlib.sha256(account.encode()).digest()
    session.execute(LOCK, {"account": digest.hex(), "network": network})
    session.execute(text(FORGET_OLD.format(table=name)))
    asked = {
        "account": digest,
        "network": network,
        "window": bounds.window,
        "per_account": bounds.per_account,
        "per_network": bounds.per_network,
    }
    wait_s = session.execute(text(WAIT.format(table=name)), asked).scalar_one()
    if wait_s > 0:
        raise Refused(refusal, minutes=ceil(wait_s / 60))
    reserved = session.execute(
        insert(table).values(account=digest, network=network).returning(table.__table__.c.id)  # type: ignore[attr-defined]  # as above
    )
    made: int = reserved.scalar_one()
    return made


def succeed_try(session: Session, table: type[TryRow], try_id: int) -> None:
    """It was right: the try no longer counts."""
    name = str(table.__table__)  # type: ignore[attr-defined]  # as above
    session.execute(text(SUCCEED.format(table=name)), {"id": try_id})


#: Both locks in the order of their numbers, until the end of the transaction: no two tries count at the same moment.
LOCK = text("""
    SELECT pg_advisory_xact_lock(key) FROM (
        SELECT hashtextextended(name, 0) AS key
        FROM unnest(ARRAY[:account, 'network:' || :network]) AS name ORDER BY key
    ) AS keys
""")
FORGET_OLD = "DELETE FROM {table} WHERE at < now() - interval '1 day'"
SUCCEED = "UPDATE {table} SET succeeded = true WHERE id = :id"
#: Seconds until the n-th latest failure leaves the window; 0 when there are fewer than n in it.
WAIT = """
    SELECT greatest(0, coalesce(extract(epoch FROM max(last_of_bound) + :window - clock_timestamp()), 0)) FROM (
        (SELECT at AS last_of_bound FROM {table}
         WHERE account = :account AND NOT succeeded ORDER BY at DESC OFFSET :per_account - 1 LIMIT 1)
        UNION ALL
        (SELECT at FROM {table}
         WHERE network = :network AND NOT succeeded ORDER BY at DESC OFFSET :per_network - 1 LIMIT 1)
    ) AS bounds
"""

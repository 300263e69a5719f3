"""Counts tries to give a password, a PIN or a code, in PostgreSQL, so that the bound holds whatever else is away."""

import hashlib
from math import ceil

from sqlalchemy import text, update
from sqlmodel import Session, col

from services.identity.models.signing_in import LoginAttempt
from services.identity.rules.accounts import TRIES_PER_ACCOUNT, TRIES_PER_NETWORK, TRIES_WINDOW
from shared.errors import Refused

KEPT_FOR = "1 day"


def reserve_attempt(session: Session, *, account: str, network: str) -> int:
    """The id of a try that may now be made. It counts as failed from its commit on, so that parallel tries cannot race.

    `account` names what is tried: an e-mail, "card:…", "totp:…".
    Raises Refused("sign_in.too_many_tries") with the whole `minutes` until one is free again. A refused try is not
    counted: whoever waits gets in.
    """
    digest = hashlib.sha256(account.encode()).digest()
    session.execute(LOCK, {"account": digest.hex(), "network": network})
    session.execute(FORGET_OLD)
    wait_s = session.execute(
        WAIT,
        {
            "account": digest,
            "network": network,
            "window": TRIES_WINDOW,
            "per_account": TRIES_PER_ACCOUNT,
            "per_network": TRIES_PER_NETWORK,
        },
    ).scalar_one()
    if wait_s > 0:
        raise Refused("sign_in.too_many_tries", minutes=ceil(wait_s / 60))
    attempt = LoginAttempt(account=digest, network=network)
    session.add(attempt)
    session.flush()
    assert attempt.id is not None  # noqa: S101 -- given by the database
    return attempt.id


def succeed(session: Session, attempt_id: int) -> None:
    """It was right: the try no longer counts."""
    session.execute(update(LoginAttempt).where(col(LoginAttempt.id) == attempt_id).values(succeeded=True))


#: Both locks in the order of their numbers, until the end of the transaction: no two tries count at the same moment.
LOCK = text("""
    SELECT pg_advisory_xact_lock(key) FROM (
        SELECT hashtextextended(name, 0) AS key
        FROM unnest(ARRAY[:account, 'network:' || :network]) AS name ORDER BY key
    ) AS keys
""")
FORGET_OLD = text(f"DELETE FROM identity.login_attempt WHERE at < now() - interval '{KEPT_FOR}'")  # noqa: S608 -- a constant
#: Seconds until the n-th latest failure leaves the window; 0 when there are fewer than n in it.
WAIT = text("""
    SELECT greatest(0, coalesce(extract(epoch FROM max(last_of_bound) + :window - clock_timestamp()), 0)) FROM (
        (SELECT at AS last_of_bound FROM identity.login_attempt
         WHERE account = :account AND NOT succeeded ORDER BY at DESC OFFSET :per_account - 1 LIMIT 1)
        UNION ALL
        (SELECT at FROM identity.login_attempt
         WHERE network = :network AND NOT succeeded ORDER BY at DESC OFFSET :per_network - 1 LIMIT 1)
    ) AS bounds
""")

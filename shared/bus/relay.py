"""Passes due deliveries and effects of one service on to its Celery queues: `python -m shared.bus.relay review`.

The lease is committed before anything is sent, so a crash in between costs a delay, never a delivery; and nothing holds
a transaction while it talks to the network. A delivery stays due until its hearer has done it.
"""

import argparse
import random
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
import structlog
from psycopg import sql
from redis.exceptions import RedisError

from shared.bus.broker import CONSUME, PERFORM, push, queue_lengths, queues_of
from shared.bus.message import message
from shared.bus.wake import channel_of
from shared.settings import service_database_url

log = structlog.get_logger()
BATCH = 100  # deliveries in one message
LEASED_AT_ONCE = 500
LONGEST_QUEUE = 2  # messages: a worker that falls behind gets larger batches, not more of them
POLL_S = 1.0
FULL_POLL_S = 0.02  # while a queue is full: a worker that empties it must not run dry
BROKER_ERRORS = (RedisError, OSError)


def run(service: str, *, linger_s: float = 0.0) -> None:
    """Relay until SIGTERM. `linger_s` lets a hearer that nobody waits for collect larger batches."""
    stopping = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopping.set())
    pause = 0.2
    while not stopping.is_set():
        try:
            with psycopg.connect(service_database_url(service), autocommit=True, connect_timeout=5) as connection:
                pause = 0.2
                relay(connection, service, stopping, linger_s=linger_s)
        except psycopg.OperationalError as error:
            log.warning("relay.database_away", service=service, error=str(error).strip()[:200])
            stopping.wait(pause)
            pause = min(pause * 2, 2.0)


def relay(connection: psycopg.Connection[Any], service: str, stopping: threading.Event, *, linger_s: float) -> None:
    """Pass on, then sleep until a notification or the poll."""
    connection.execute("SET synchronous_commit = off")  # a lease that PostgreSQL forgets is a delivery sent twice
    connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel_of(service))))
    while not stopping.is_set():
        try:
            passed = pass_on(connection, service)
        except BROKER_ERRORS as error:
            log.warning("relay.broker_away", service=service, error=str(error)[:200])
            stopping.wait(0.5)
            continue
        if passed.full:
            stopping.wait(FULL_POLL_S)
        elif passed.sent < LEASED_AT_ONCE:
            sleep_until_woken(connection, stopping, linger_s=linger_s)


def sleep_until_woken(connection: psycopg.Connection[Any], stopping: threading.Event, *, linger_s: float) -> None:
    """Until a notification or the poll; then let work gather, and let one wake-up stand for all that came meanwhile."""
    if list(connection.notifies(timeout=POLL_S, stop_after=1)):
        stopping.wait(linger_s)
        list(connection.notifies(timeout=0))


class Passed(NamedTuple):
    """How many deliveries and effects went, and whether a queue was too full to take any."""

    sent: int
    full: bool


def pass_on(connection: psycopg.Connection[Any], service: str) -> Passed:
    """Lease what is due and send it."""
    deliveries, effects = queues_of(service)
    room, more_room = (length < LONGEST_QUEUE for length in queue_lengths(deliveries, effects))
    sent = 0
    if room:
        leased = [row[0] for row in connection.execute(LEASE_DELIVERIES, (jitter(), service, LEASED_AT_ONCE))]
        sent += send(CONSUME, deliveries, leased)
    if more_room:
        keys = [row[0] for row in connection.execute(LEASE_EFFECTS, (service, LEASED_AT_ONCE))]
        sent += send(PERFORM, effects, keys, size=10)
    return Passed(sent, full=not (room and more_room))


def send(task: str, queue: str, ids: Sequence[UUID | str], *, size: int = BATCH) -> int:
    """Send the ids in messages of at most `size`. What fails to go stays leased and is sent again when that ends."""
    push(queue, [message(task, chunk, queue) for chunk in chunks([str(one) for one in ids], size)])
    return len(ids)


def chunks(ids: list[str], size: int) -> Iterator[list[str]]:
    for begin in range(0, len(ids), size):
        yield ids[begin : begin + size]


def jitter() -> float:
    """A factor of 0.8 to 1.2, so that leases that began together do not end together."""
    return random.uniform(0.8, 1.2)  # noqa: S311 -- not a secret


LEASE_DELIVERIES = """
    UPDATE bus.delivery SET
        send_count = send_count + 1,
        next_at = now() + least(60, 5 * 2 ^ least(send_count, 10)) * %s::float * interval '1 second'
    FROM (
        SELECT hearer, event_id FROM bus.delivery
        WHERE hearer = %s AND state = 'pending' AND next_at <= now()
        ORDER BY next_at LIMIT %s FOR UPDATE SKIP LOCKED
    ) AS due
    WHERE delivery.hearer = due.hearer AND delivery.event_id = due.event_id
    RETURNING delivery.event_id
"""
LEASE_EFFECTS = """
    UPDATE bus.effect SET next_at = now() + interval '30 seconds'
    FROM (
        SELECT key FROM bus.effect
        WHERE service = %s AND state IN ('planned', 'sending', 'unknown') AND next_at <= now()
        ORDER BY next_at LIMIT %s FOR UPDATE SKIP LOCKED
    ) AS due
    WHERE effect.key = due.key
    RETURNING effect.key
"""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("service")
    parser.add_argument("--linger", type=float, default=0.0, help="seconds to wait after a wake-up")
    arguments = parser.parse_args()
    with suppress(KeyboardInterrupt):
        run(arguments.service, linger_s=arguments.linger)

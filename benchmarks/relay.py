"""Events per second that one relay leases and sends, its queue being emptied at once."""

import time

import psycopg

from benchmarks.figure import Figure, Size
from benchmarks.hop import HEARER, empty, make_table, say
from shared.bus.broker import KEY_PREFIX, redis_client
from shared.bus.relay import pass_on
from shared.settings import service_database_url


def measure(size: Size) -> list[Figure]:
    make_table()
    return [Figure("one relay, lease and send", "events/s", [relayed(size.events) for _ in range(size.repetitions)])]


def relayed(events: int) -> float:
    empty()
    say(events)
    sent = 0
    with psycopg.connect(service_database_url(HEARER), autocommit=True) as connection:
        began = time.perf_counter()
        while sent < events:
            sent += pass_on(connection, HEARER).sent
            redis_client().delete(f"{KEY_PREFIX}{HEARER}")
        return events / (time.perf_counter() - began)

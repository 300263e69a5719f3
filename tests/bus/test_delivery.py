"""The whole road, relay, Redis, Celery worker: recorded events are heard exactly once, whatever dies."""

import base64
import json
import threading
from collections import Counter

import pytest
from celery.exceptions import QueueNotFound
from sqlalchemy import text

from shared.bus.broker import CONSUME, EFFECTS, KEY_PREFIX, celery_app, push, queue_lengths
from shared.bus.message import message
from shared.bus.relay import BATCH, LEASED_AT_ONCE, LONGEST_QUEUE, pass_on
from shared.bus.wake import channel_of
from shared.database import engine_of, transaction
from shared.effects.ledger import plan_effect
from shared.ids import new_id
from tests.bus.noting import LETTERS, SLOWLY
from tests.bus.road import HEARER, broker, forget_everything, until, waiting


def codes(count, prefix=""):
    return [f"{prefix}{number:04}" for number in range(count)]


@pytest.mark.parametrize("pool", ["solo", "prefork"])
def test_recorded_events_are_heard_exactly_once(road, say, heard, pending, case_opened, pool):
    road.relay()
    road.worker(pool=pool)
    expected = codes(300)

    for begin in range(0, 300, 30):
        say(*(case_opened(code=code) for code in expected[begin : begin + 30]))
    until(lambda: pending() == 0, say=road.said)

    assert sorted(heard()) == expected


def test_a_services_own_worker_hears_what_was_said_while_nobody_was_there(road, say, database, pending, case_opened):
    ids = say(*(case_opened() for _ in range(5)))

    road.relay()
    road.worker("services.report.main:worker")
    until(lambda: pending() == 0, say=road.said)

    with database.begin() as connection:
        assert set(connection.execute(text("SELECT event_id FROM report.step")).scalars()) == set(ids)


def test_a_worker_killed_in_the_middle_of_a_batch_costs_a_delay_and_nothing_else(
    road, say, heard, pending, case_opened
):
    expected = codes(200, SLOWLY)
    say(*(case_opened(code=code) for code in expected))
    road.relay()
    first = road.worker()
    until(lambda: len(heard()) > 0, say=road.said)  # the first batch is done, the second has begun

    road.kill(first)
    assert pending() > 0
    road.worker()
    until(lambda: pending() == 0, say=road.said)

    assert sorted(heard()) == expected


def test_a_relay_killed_after_its_lease_costs_a_delay_and_nothing_else(road, say, heard, pending, case_opened):
    expected = codes(50)
    say(*(case_opened(code=code) for code in expected))
    lease_and_die()
    assert waiting() == 0

    road.relay()
    road.worker()
    until(lambda: pending() == 0, say=road.said)

    assert sorted(heard()) == expected


def lease_and_die():
    """What a relay leaves behind that dies between its commit and its first message."""
    from shared.bus.relay import LEASE_DELIVERIES  # noqa: PLC0415 -- the statement itself is what is tried here

    with transaction(engine_of(HEARER)) as session:
        assert session.connection().exec_driver_sql(LEASE_DELIVERIES, (1.0, HEARER, LEASED_AT_ONCE)).rowcount == 50


def test_an_emptied_redis_loses_no_event(road, say, heard, pending, case_opened):
    road.relay()
    say(*(case_opened(code=code) for code in codes(200, "before-")))
    until(lambda: waiting() > 0, say=road.said)

    forget_everything()
    road.worker()
    until(lambda: pending() == 0, say=road.said)
    forget_everything()
    say(*(case_opened(code=code) for code in codes(200, "after-")))
    until(lambda: pending() == 0, say=road.said)

    assert Counter(heard()) == Counter(codes(200, "before-") + codes(200, "after-"))


def garbage():
    """What somebody who can reach Redis might push, from noise to a message that is almost one of ours."""
    good = json.loads(message_of([str(new_id())]))
    return [
        b"\xff\xfe not a message",
        b"",
        b"[]",
        b"null",
        b"{}",
        b"[" * 100_000,
        json.dumps({"body": "e30=", "properties": {}}).encode(),
        json.dumps(good | {"content-type": "application/x-python-serialize"}).encode(),
        json.dumps(good | {"body": "!!!"}).encode(),
        json.dumps(good | {"body": "e30="}).encode(),
        json.dumps(good | {"headers": None}).encode(),
        json.dumps(good | {"headers": good["headers"] | {"task": "os.system"}}).encode(),
        json.dumps(good | {"headers": good["headers"] | {"eta": "in a while"}}).encode(),
        message_of(["no uuid"]),
        message_of("not a list"),
        message_of([None, {"a": 1}]),
        message_of([str(new_id())] * 1000),
    ]


def message_of(ids):
    return message(CONSUME, ids, HEARER)


def test_garbage_in_the_queue_harms_nothing(road, say, heard, pending, case_opened):
    road.relay()
    worker = road.worker()
    say(case_opened(code="first"))
    until(lambda: pending() == 0, say=road.said)

    push(HEARER, garbage())
    say(case_opened(code="last"))
    until(lambda: pending() == 0 and waiting() == 0, say=road.said)

    assert heard() == ["first", "last"]
    assert worker.poll() is None


def test_a_long_queue_makes_the_relay_wait(road, say, heard, pending, case_opened):
    """Back-pressure: whatever is recorded, Redis holds at most so many messages."""
    expected = codes(3000)
    for begin in range(0, 3000, 500):
        say(*(case_opened(code=code) for code in expected[begin : begin + 500]))
    longest, done = [0], threading.Event()

    def watch():
        while not done.wait(0.002):
            longest[0] = max(longest[0], *queue_lengths(HEARER))

    watcher = threading.Thread(target=watch)
    watcher.start()
    road.relay()
    until(lambda: waiting() >= LONGEST_QUEUE, say=road.said)
    road.worker()
    until(lambda: pending() == 0, say=road.said)
    done.set()
    watcher.join()

    assert longest[0] <= LONGEST_QUEUE + LEASED_AT_ONCE // BATCH
    assert sorted(heard()) == expected


def test_a_relay_that_meets_a_full_queue_leases_nothing(road, say, database, case_opened):
    push(HEARER, [message_of([str(new_id())])] * LONGEST_QUEUE)
    say(case_opened())

    with engine_of(HEARER).connect() as connection:
        assert pass_on(connection.connection.driver_connection, HEARER) == (0, True)

    with database.begin() as connection:
        assert connection.execute(
            text("SELECT send_count FROM bus.delivery WHERE hearer = :h"), {"h": HEARER}
        ).all() == [(0,)]


def test_a_thousand_wake_ups_while_the_relay_lingers_are_one(road, say, database, pending, case_opened):
    road.relay(linger_s=0.1)
    say(case_opened())
    until(lambda: waiting() == 1, say=road.said)  # it listens

    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for _ in range(1000):
            connection.execute(text(f"NOTIFY {channel_of(HEARER)}"))
    say(case_opened())

    until(lambda: waiting() == 2, within_s=20, say=road.said)  # one by one they would take a hundred seconds


def test_every_key_in_redis_carries_our_prefix_and_no_message_a_name(road, say, pending, case_opened):
    road.relay()
    say(*(case_opened(code="DC-2025-0147") for _ in range(3)))
    until(lambda: waiting() > 0, say=road.said)
    sent = broker().lindex(f"{KEY_PREFIX}{HEARER}", 0)
    assert b"DC-2025-0147" not in sent
    assert len(sent) < 1500

    road.worker()
    until(lambda: pending() == 0, say=road.said)

    keys = [key.decode() for key in broker().scan_iter()]
    assert [key for key in keys if not key.startswith(KEY_PREFIX)] == []


def test_a_message_of_ours_has_the_shape_of_one_that_celery_sends(road):
    queue, ids = f"identity{EFFECTS}", [str(new_id()), str(new_id())]
    celery_app().send_task(CONSUME, args=[ids], queue=queue)

    theirs, ours = broker().lpop(f"{KEY_PREFIX}{queue}"), message(CONSUME, ids, queue)

    assert shape_of(json.loads(ours)) == shape_of(json.loads(theirs))


def shape_of(sent):
    """The message without what differs each time: ids, sender, and the words in which arguments are logged."""
    logged = {"argsrepr": None, "kwargsrepr": None, "origin": None, "ignore_result": None}
    named = {"id": None, "root_id": None}
    sent["headers"] |= logged | named
    sent["properties"] |= {"correlation_id": None, "delivery_tag": None, "reply_to": None}
    return sent | {"body": json.loads(base64.b64decode(sent["body"]))}


def test_a_message_for_a_queue_that_no_service_has_is_refused_where_it_is_sent(road):
    with pytest.raises(QueueNotFound):
        celery_app().send_task(CONSUME, args=[[]], queue="raport")


def test_a_message_needs_no_binding_in_redis_to_find_its_queue(road):
    """kombu keeps its routes in Redis and drops what has none; ours go to the queue by its name."""
    celery_app().send_task(CONSUME, args=[[]], queue=HEARER)
    forget_everything()

    celery_app().send_task(CONSUME, args=[[]], queue=HEARER)

    assert waiting() == 1
    assert waiting("unroutable") == 0


def test_a_worker_killed_while_an_effect_is_on_its_way_does_not_send_it_again(road, plan, database, outside):
    key = planned(database, plan, "deaf")
    road.relay()
    first = road.worker()
    until(lambda: outside() == ["sent", "waiting"], say=road.said)

    road.kill(first)
    assert effect(database, key) == ("sending", 1)
    with database.begin() as connection:  # a minute later
        connection.execute(text("UPDATE bus.effect SET lease_until = now(), next_at = now()"))
    road.worker()
    until(lambda: "looked up" in outside() and effect(database, key)[0] == "unknown", say=road.said)

    assert outside() == ["sent", "waiting", "looked up"]


def test_effects_over_the_road_are_done_once_each(road, plan, database, outside):
    for number in range(60):
        planned(database, plan, f"reader-{number}")
    road.relay()
    road.worker()

    until(lambda: states(database) == {"sent": 60}, say=road.said)

    assert Counter(outside()) == {"sent": 60}


def planned(database, plan, target):
    with transaction(database) as session:
        return plan_effect(session, service=HEARER, channel=LETTERS, target=target, ref=new_id(), plan=plan)


def effect(database, key):
    with database.begin() as connection:
        row = connection.execute(text("SELECT state, attempts FROM bus.effect WHERE key = :key"), {"key": key}).one()
        return row.state, row.attempts


def states(database):
    with database.begin() as connection:
        return Counter(connection.execute(text("SELECT state FROM bus.effect")).scalars())

"""What the watchdog goes by: only work that a worker was given and could finish speaks against it."""

import pytest
from sqlalchemy import text

from shared.bus.consume import MOST_STARTS, consume, start
from shared.bus.ear import Ear
from shared.bus.progress import worker_progress
from shared.events.review import CaseOpened
from shared.ids import new_id
from tests.bus.conftest import HEARER


@pytest.fixture
def due(database):
    """How much speaks against the ear's worker."""
    return lambda: sum(one.due for one in worker_progress(database) if one.service == HEARER)


@pytest.fixture
def handed_over(database):
    """Notes that a relay has sent everything that is pending."""

    def send():
        with database.begin() as connection:
            connection.execute(text("UPDATE bus.delivery SET send_count = send_count + 1 WHERE state = 'pending'"))

    return send


def test_what_no_relay_has_sent_is_not_the_workers_fault(say, due, case_opened):
    say(case_opened())

    assert due() == 0


def test_what_was_sent_and_is_not_done_counts_until_it_is(say, hear, due, handed_over, case_opened):
    ids = say(case_opened(), case_opened())
    handed_over()
    assert due() == 2

    hear(ids)
    assert due() == 0


def test_what_a_worker_has_begun_and_never_ends_counts(say, database, due, handed_over, case_opened):
    ids = say(case_opened())
    handed_over()

    start(database, HEARER, ids)

    assert due() == 1


def test_a_parked_event_and_those_behind_it_do_not_count(say, note, hear, due, handed_over, case_opened):
    def refuses(session, told):
        raise ValueError("never")

    broken, case_id = Ear(HEARER), new_id()
    broken.on(CaseOpened)(refuses)
    (first,) = say(case_opened(case_id))
    for _ in range(MOST_STARTS):
        consume(note, broken, [first])
    (second,) = say(case_opened(case_id))
    hear([second])
    handed_over()

    assert due() == 0


def test_the_time_without_a_result_is_told_once_there_was_one(say, hear, database, case_opened, handed_over):
    first, _ = say(case_opened(), case_opened())
    handed_over()
    assert [one.idle_s for one in worker_progress(database) if one.service == HEARER] == [None]

    hear([first])
    (idle_s,) = [one.idle_s for one in worker_progress(database) if one.service == HEARER]
    assert 0 <= idle_s < 60

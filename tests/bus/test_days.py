"""Each calendar day is announced once per plan, also when the installation was off or two housekeepers meet."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from shared.bus.days import GRACE, MOST_AT_ONCE, announce_days, first_day
from shared.database import transaction

BEGAN = date(2025, 5, 20)


@pytest.fixture
def begun(database, plan):
    with transaction(database) as session:
        first_day(session, plan, BEGAN)


def days_said(database, plan):
    with database.begin() as connection:
        rows = connection.execute(
            text("SELECT data ->> 'day' FROM bus.event WHERE type LIKE '%day_began%' AND planid = :plan ORDER BY id"),
            {"plan": plan.id},
        )
        return [date.fromisoformat(day) for day in rows.scalars()]


def test_a_plan_that_nobody_activated_has_no_days(database, plan):
    assert announce_days(database, [plan], BEGAN) == 0
    assert days_said(database, plan) == []


def test_the_first_day_is_the_one_of_activation(database, plan, begun):
    assert announce_days(database, [plan], BEGAN) == 1
    assert days_said(database, plan) == [BEGAN]


def test_a_day_is_announced_once_however_often_one_looks(database, plan, begun):
    assert [announce_days(database, [plan], BEGAN) for _ in range(3)] == [1, 0, 0]


def test_days_on_which_nothing_ran_are_caught_up_with_in_order(database, plan, begun):
    announce_days(database, [plan], BEGAN)

    assert announce_days(database, [plan], BEGAN + timedelta(days=4)) == 4

    assert days_said(database, plan) == [BEGAN + timedelta(days=n) for n in range(5)]


def test_a_long_absence_is_caught_up_with_in_bites(database, plan, begun):
    today = BEGAN + timedelta(days=MOST_AT_ONCE + 9)

    assert [announce_days(database, [plan], today) for _ in range(3)] == [MOST_AT_ONCE, 10, 0]

    assert days_said(database, plan) == [BEGAN + timedelta(days=n) for n in range(MOST_AT_ONCE + 10)]


def test_a_clock_that_goes_back_announces_nothing(database, plan, begun):
    announce_days(database, [plan], BEGAN + timedelta(days=2))

    assert announce_days(database, [plan], BEGAN) == 0


def test_days_end_when_no_report_can_be_owed_any_more(database, plan):
    last = plan.period.ends_on + GRACE
    with transaction(database) as session:
        first_day(session, plan, last)

    assert announce_days(database, [plan], last + timedelta(days=400)) == 1
    assert announce_days(database, [plan], last + timedelta(days=401)) == 0


def test_activating_again_does_not_begin_the_days_anew(database, plan, begun):
    announce_days(database, [plan], BEGAN + timedelta(days=3))

    with transaction(database) as session:
        first_day(session, plan, BEGAN)

    assert announce_days(database, [plan], BEGAN + timedelta(days=3)) == 0


def test_two_housekeepers_announce_a_day_once(database, plan, begun):
    keepers = [
        threading.Thread(target=announce_days, args=(database, [plan], BEGAN + timedelta(days=6))) for _ in range(4)
    ]

    for keeper in keepers:
        keeper.start()
    for keeper in keepers:
        keeper.join()

    assert days_said(database, plan) == [BEGAN + timedelta(days=n) for n in range(7)]


def test_every_plan_has_days_of_its_own(database, plan):
    plans = [plan, replace(plan, id="another"), replace(plan, id="a-third")]
    with transaction(database) as session:
        for number, begun in enumerate(plans):
            first_day(session, begun, BEGAN - timedelta(days=number))

    announce_days(database, plans, BEGAN)

    assert [len(days_said(database, begun)) for begun in plans] == [1, 2, 3]

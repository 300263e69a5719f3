"""After a consent was taken back the law's days run, around weekends and holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.nomination.rules.clocks import Clocks, Duty, clocks, extension_faults, next_due, said_of
from shared.holidays import holidays_from

DAYS = st.dates(date(2023, 1, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("asked_on", "answer_by"),
    [
        (date(2025, 3, 27), date(2025, 3, 31)),  # a Thursday: Friday, Monday
        (date(2025, 3, 29), date(2025, 4, 1)),  # a Saturday
        (date(2025, 1, 24), date(2025, 2, 4)),  # Tết lies between
        (date(2025, 4, 29), date(2025, 5, 6)),  # Reunification, Labour Day and a moved rest day
        (date(2025, 8, 29), date(2025, 9, 4)),  # National Day's two days
    ],
)
def test_an_answer_is_due_on_the_second_working_day(asked_on: date, answer_by: date) -> None:
    found = clocks(asked_on, holidays=holidays_from(asked_on.year))

    assert found == Clocks(answer_by, asked_on + timedelta(15), asked_on + timedelta(20))


@given(DAYS)
def test_two_working_days_lie_behind_the_request_whatever_day_it_is(asked_on: date) -> None:
    holidays = holidays_from(asked_on.year)
    answer_by = clocks(asked_on, holidays=holidays).answer_by

    between = [asked_on + timedelta(days) for days in range(1, (answer_by - asked_on).days + 1)]
    working = [day for day in between if day.weekday() < 5 and day not in holidays]

    assert (len(working), working[-1]) == (2, answer_by)


@pytest.mark.parametrize(
    ("days", "reason", "already", "faults"),
    [
        (15, "Đài nghỉ sửa máy.", 0, set()),
        (1, "Đài nghỉ sửa máy.", 0, set()),
        (16, "Đài nghỉ sửa máy.", 0, {"days"}),
        (0, "Đài nghỉ sửa máy.", 0, {"days"}),
        (None, "", 0, {"days", "reason"}),
        (5, "Đài nghỉ sửa máy.", 5, {"days"}),
    ],
)
def test_an_extension_is_one_of_fifteen_days_with_its_reason(
    days: int | None, reason: str, already: int, faults: set[str]
) -> None:
    assert set(extension_faults(days=days, reason=reason, already=already)) == faults


@given(st.sets(st.sampled_from(list(Duty))), DAYS)
def test_what_is_due_next_is_the_nearest_of_what_is_owed(done: set[Duty], asked_on: date) -> None:
    last = clocks(asked_on, holidays=frozenset())
    due = {Duty.ANSWER: last.answer_by, Duty.STOP: last.stop_by, Duty.THIRD_PARTIES: last.third_parties_by}

    found = next_due(due, done)

    assert found == (min(due[duty] for duty in Duty if duty not in done) if len(done) < 3 else None)


@pytest.mark.parametrize(
    ("duty", "days_left", "said"),
    [
        (Duty.ANSWER, 2, ""),
        (Duty.ANSWER, 1, "due"),
        (Duty.ANSWER, 0, "due"),
        (Duty.ANSWER, -1, "overdue"),
        (Duty.STOP, 4, ""),
        (Duty.STOP, 3, "due"),
        (Duty.THIRD_PARTIES, -30, "overdue"),
    ],
)
def test_a_day_reminds_before_and_accuses_after(duty: Duty, days_left: int, said: str) -> None:
    today = date(2025, 4, 10)

    assert said_of(duty, today + timedelta(days_left), today) == said

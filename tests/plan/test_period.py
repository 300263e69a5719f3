from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shared.plan import Deadline, Period, Text, Window
from shared.plan.period import MONTHS, window_of

days = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))
pers = st.sampled_from(sorted(MONTHS))


@given(days, st.integers(0, 2000), pers)
def test_windows_cover_every_day_of_a_period_once_and_start_and_end_with_it(first: date, length: int, per: str) -> None:
    period = Period(first, first + timedelta(days=length))

    windows = period.windows(per)  # type: ignore[arg-type]  # hypothesis gives plain strings

    assert windows[0].contains(period.starts_on)
    assert windows[-1].contains(period.ends_on)
    assert all(later.starts_on == earlier.ends_on + timedelta(days=1) for earlier, later in pairwise(windows))


@given(days, pers)
def test_a_day_lies_in_its_own_window_only(day: date, per: str) -> None:
    window = window_of(day, per)  # type: ignore[arg-type]  # hypothesis gives plain strings

    assert window.contains(day)
    assert not window.next.contains(day)
    assert 0 <= window.days_left(day) < 366


@given(days)
def test_a_deadline_is_met_up_to_the_day_before_and_not_on_its_day(before: date) -> None:
    deadline = Deadline("d", "R70", Text("a", "a"), before, "interim", "district")

    assert deadline.last_day == before - timedelta(days=1)
    assert deadline.is_met_by(deadline.last_day)
    assert not deadline.is_met_by(before)
    assert deadline.days_left(deadline.last_day) == 0


def test_both_ends_of_a_period_count() -> None:
    period = Period(date(2023, 4, 1), date(2023, 6, 30))

    assert [period.contains(date(2023, *day)) for day in ((3, 31), (4, 1), (6, 30), (7, 1))] == [
        False, True, True, False,
    ]  # fmt: skip
    assert period.quarters() == (Window(2023, 2),)


def test_windows_have_names_for_events_and_for_people() -> None:
    windows = [Window(2026, 4), Window(2026, 11, "month"), Window(2026, 2, "half_year"), Window(2026, 1, "year")]

    assert [window.key for window in windows] == ["2026-Q4", "2026-M11", "2026-H2", "2026"]
    assert [window.label.vi for window in windows] == [
        "quý IV/2026",
        "tháng 11/2026",
        "6 tháng cuối năm 2026",
        "năm 2026",
    ]
    assert [window.label.en for window in windows] == ["Q4 2026", "November 2026", "second half of 2026", "2026"]

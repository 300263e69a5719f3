from datetime import date, timedelta

import pytest

from services.report.rules import Evidence, Standing, State, gap_days, report_alarm, standing


def evidence(today, *, proofs=0, submitted=None, counted=None):
    return Evidence(proofs, today, submitted or {}, counted or {})


def deadline_clause(plan, report):
    deadline = next(one for one in plan.deadlines if one.report == report)
    return deadline, plan.clause(deadline.clause)


@pytest.mark.parametrize(
    ("days_before_last_day", "expected"),
    [
        (61, Standing(State.NOT_STARTED, 61)),
        (60, Standing(State.DUE, 60)),
        (0, Standing(State.DUE, 0)),
        (-1, Standing(State.LATE, -1)),
    ],
)
def test_a_report_is_due_until_its_last_day_and_late_on_the_day_that_the_plan_names(
    plan, days_before_last_day, expected
):
    deadline, clause = deadline_clause(plan, "final")

    today = deadline.before - timedelta(days=1 + days_before_last_day)

    assert standing(plan, clause, evidence(today)) == expected


def test_a_report_that_was_sent_is_done(plan):
    deadline, clause = deadline_clause(plan, "interim")

    found = standing(plan, clause, evidence(date(2025, 1, 1), submitted={deadline.id: True}))

    assert found == Standing(State.DONE)


def test_a_short_quarter_is_due_by_its_end_and_a_full_one_goes_on(plan):
    quota = plan.quotas[0]
    clause = plan.clause(quota.clause)
    today = date(2025, 5, 20)

    short = standing(plan, clause, evidence(today, counted={quota.id: quota.minimum - 1}))
    full = standing(plan, clause, evidence(today, counted={quota.id: quota.minimum}))

    assert (short, full) == (Standing(State.DUE, 41), Standing(State.UNDER_WAY, 41))


def test_a_clause_without_a_day_is_late_only_when_the_plan_is_over_without_a_proof(plan):
    clause = next(one for one in plan.clauses if one.section == "II.3.b")
    during, after = plan.period.starts_on, plan.period.ends_on + timedelta(days=1)

    assert standing(plan, clause, evidence(during)).state is State.NOT_STARTED
    assert standing(plan, clause, evidence(during, proofs=1)).state is State.UNDER_WAY
    assert standing(plan, clause, evidence(after)).state is State.LATE
    assert standing(plan, clause, evidence(after, proofs=1)).state is State.DONE


@pytest.mark.parametrize(
    ("days_left", "announced", "expected"),
    [
        (31, None, None),
        (30, None, 30),
        (20, 30, None),
        (14, 30, 14),
        (5, 30, 7),
        (0, 1, 0),
        (0, 0, None),
        (-1, 0, None),
    ],
)
def test_a_report_is_announced_once_per_alarm_day_also_when_days_were_skipped(days_left, announced, expected):
    assert report_alarm(days_left, announced) == expected


def test_silence_is_a_gap_only_after_forty_five_days():
    today = date(2025, 5, 20)

    assert gap_days(today, last_published_on=today - timedelta(days=45), since=date(2023, 4, 1)) is None
    assert gap_days(today, last_published_on=today - timedelta(days=46), since=date(2023, 4, 1)) == 46

"""Report learns from events, keeps the plan's clock, and can be emptied and rebuilt."""

from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

import pytest
from sqlalchemy import text

from services.report import queries
from services.report.commands import submit_report
from services.report.views.living_plan import living_plan
from services.report.views.road import road
from services.report.views.table import table
from shared.bus.inspect import replay
from shared.database import engine_of, transaction
from shared.errors import Conflict
from shared.events.clock import DayBegan
from shared.events.publish import ActivityRecorded, RoleModelIntroduced
from shared.ids import new_id
from tests.report.conftest import hear_all

LONG_AGO, FAR_AHEAD = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def introduced(plan, said, on):
    return RoleModelIntroduced(
        story_id=new_id(),
        nomination_id=said.nomination_id,
        unit_id=said.unit_id,
        field=said.field,
        subject_kind=said.subject_kind,
        model_kind=said.model_kind,
        direct_worker=said.direct_worker,
        title="Một tấm gương",
        introduced_on=on,
    )


def day(on):
    return DayBegan(day_id=uuid5(NAMESPACE_URL, f"test/{on}"), day=on)


def said_names(database):
    with database.begin() as connection:
        rows = connection.execute(text("SELECT type FROM bus.event WHERE source = '/report' ORDER BY id")).scalars()
        return [name.split(".", 2)[2].rsplit(".", 1)[0] for name in rows]


@pytest.fixture
def session(database):
    with transaction(engine_of("report")) as opened:
        yield opened


def test_an_introduction_counts_once_in_the_quarter_of_its_day(tell, database, plan, submitted):
    said = submitted()
    event = introduced(plan, said, date(2025, 6, 30))

    tell(said, event)
    tell(event.model_copy(update={"title": "Nói lại"}))

    with transaction(engine_of("report")) as session:
        figures = queries.communes(session, [plan.id], today=date(2025, 7, 1))[plan.id]
        windows = {row.window: (row.counted, row.met_on) for row in queries.quota_windows(session, plan.id)}
    assert (figures.nominated, figures.introduced) == (1, 1)
    assert dict(figures.introduced_by_quarter) == {"2025-Q2": 1}
    assert windows == {"2025-Q2": (1, date(2025, 6, 30))}
    assert said_names(database) == ["quota.met"]


def test_the_clock_warns_on_alarm_days_and_says_when_a_quarter_was_missed(tell, database, plan):
    quarter_end = date(2025, 6, 30)
    tell(*(day(quarter_end - timedelta(days=left)) for left in (31, 30, 29, 14, 7, 0)), day(date(2025, 7, 1)))

    quota = [name for name in said_names(database) if name.startswith("quota.")]
    assert quota == ["quota.at_risk", "quota.at_risk", "quota.at_risk", "quota.missed"]


def test_the_final_report_is_announced_then_overdue_on_the_day_that_the_plan_names(tell, database, plan):
    deadline = next(one for one in plan.deadlines if one.report == "final")

    tell(day(deadline.last_day), day(deadline.before), day(deadline.before + timedelta(days=1)))

    final = [name for name in said_names(database) if name.startswith("report.")]
    # the interim report, two years before, is overdue from the first day on
    assert final == ["report.overdue", "report.due", "report.overdue"]


def test_a_report_is_sent_once_and_on_time_up_to_the_last_day(tell, database, plan):
    deadline = next(one for one in plan.deadlines if one.report == "final")
    with transaction(engine_of("report")) as session:
        submit_report(session, plan, deadline.id, today=deadline.last_day)

    with pytest.raises(Conflict), transaction(engine_of("report")) as session:
        submit_report(session, plan, deadline.id, today=deadline.before)

    with transaction(engine_of("report")) as session:
        state = queries.deadline_states(session, plan.id)[deadline.id]
    assert (state.submitted_on, state.on_time) == (deadline.last_day, True)


def test_an_introduction_heard_before_its_nomination_waits_for_it(tell, database, plan, submitted):
    said = submitted()

    tell(introduced(plan, said, date(2025, 5, 10)))
    tell(said)
    hear_all(database)

    with transaction(engine_of("report")) as session:
        assert queries.communes(session, [plan.id], today=date(2025, 5, 20))[plan.id].introduced == 1


def test_emptied_and_replayed_report_comes_back_the_same_and_says_nothing_twice(tell, database, plan, submitted):
    said = submitted()
    tell(said, introduced(plan, said, date(2025, 5, 10)), day(date(2025, 6, 16)), day(date(2025, 7, 1)))
    before, spoken = everything(), said_names(database)

    empty(database)
    replay(database, hearer="report", since=LONG_AGO, until=FAR_AHEAD, names=[], dry_run=False)
    hear_all(database)

    assert everything() == before
    assert said_names(database) == spoken


def everything():
    tables = ("step", "proof", "nomination_fact", "quota_window", "deadline_state", "plan_day")
    with transaction(engine_of("report")) as session:
        return {
            name: sorted(str(row) for row in session.execute(text(f"SELECT * FROM report.{name}"))) for name in tables
        }


def empty(database):
    with database.begin() as connection:
        for name in ("step", "proof", "nomination_fact", "quota_window", "deadline_state", "plan_day", "person"):
            connection.execute(text(f"DELETE FROM report.{name}"))


def test_the_living_plan_shows_what_an_activity_proves(tell, session, plan):
    clause = next(one for one in plan.clauses if "activity.recorded" in one.realised_as("event"))
    kind = next(found.where["activity_kind"] for found in clause.realised_by if found.name == "activity.recorded")
    tell(
        ActivityRecorded(
            activity_id=new_id(),
            activity_kind=kind,
            clause_id="",
            unit_id=plan.unit.id,
            title="Một buổi sinh hoạt",
            held_on=date(2025, 5, 1),
            participants=40,
            cost_vnd=0,
        )
    )

    view = living_plan(session, plan, date(2025, 5, 20))

    lines = {line.clause.id: line for part in view.sections for line in part.lines}
    assert len(lines) == len(plan.clauses)
    assert lines[clause.id].proofs == 1


def test_the_road_names_clauses_causes_and_no_personal_data(tell, session, plan, submitted):
    said = submitted()
    tell(said, introduced(plan, said, date(2025, 5, 10)))

    view = road(session, queries.nomination(session, said.nomination_id))

    assert [(stone.title, stone.cause) for stone in view.stones] == [
        ("Gửi đề cử", ""),
        ("Điển hình được giới thiệu với công chúng", ""),
        ("Đạt chỉ tiêu quý", "Điển hình được giới thiệu với công chúng"),
    ]
    assert "R23" in view.clauses
    assert "Người Mẫu" not in str(view)


def test_the_table_has_every_commune_zeros_included(tell, session, plan, submitted):
    tell(submitted())

    view = table(session, [plan], date(2025, 5, 20), tier=plan.unit)

    assert [(line.name, line.figures.nominated) for line in view.lines] == [(plan.unit.name.vi, 1)]
    assert len(view.heat[0].values) == len(view.quarters) == 9
    assert len(view.silent) == 1

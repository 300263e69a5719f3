"""What report makes of a merger: figures where things happened, rolled up, and a clock that stops."""

from datetime import date, timedelta
from itertools import permutations
from uuid import NAMESPACE_URL, uuid5

import pytest

from services.report.commands import submit_report
from services.report.models import NominationFact
from services.report.rules import State
from services.report.views.living_plan import living_plan
from services.report.views.progress import deadline_lines
from services.report.views.sight import plans_seen
from services.report.views.table import By, table
from shared.access.principal import Role
from shared.bus.inspect import replay
from shared.database import engine_of, transaction
from shared.errors import Refused
from shared.events.clock import DayBegan
from shared.events.nomination import NominationTransferred
from shared.events.publish import RoleModelIntroduced
from shared.ids import new_id
from tests.merger.conftest import (
    BINH_LUONG,
    EVE,
    HOA_QUY,
    HOA_QUY_BEFORE,
    MORNING,
    THE_DAY,
    at_the_door,
    clock_at,
    dissolution,
    hear,
    say,
    somebody,
)
from tests.merger.dossiers import decided, decision, handed_in
from tests.report.test_progress import FAR_AHEAD, LONG_AGO

TABLES = ("nomination_fact", "quota_window", "deadline_state", "plan_day", "ended_plan")


def day(plan, on):
    return DayBegan(day_id=uuid5(NAMESPACE_URL, f"{plan.id}/{on}"), day=on)


def introduced(plan, nomination_id, on):
    return RoleModelIntroduced(
        story_id=new_id(),
        nomination_id=nomination_id,
        unit_id=somebody(plan, unit="" if plan.id != HOA_QUY else "binh-luong-1").unit_id,
        field=plan.fields[-1].id,
        subject_kind=plan.subject_kinds[0].id,
        model_kind=plan.model_kinds[0].id,
        direct_worker=True,
        title="Một tấm gương",
        introduced_on=on,
    )


@pytest.fixture
def everything(rows):
    return lambda: {name: sorted(map(str, rows(f"SELECT * FROM report.{name}"))) for name in TABLES}


@pytest.fixture
def figures(database):
    def of(plan, by, today=THE_DAY):
        with transaction(engine_of("report")) as session:
            officer = at_the_door(somebody(plan, Role.AGGREGATOR_OFFICER, plan.aggregator.key))
            view = table(session, plans_seen(officer), today, tier=plan.aggregator, by=by)
        return {
            line.plan.id: (line.figures.nominated, line.figures.introduced, line.figures.open) for line in view.lines
        }

    return of


def test_figures_stand_where_things_happened_and_roll_up_with_equal_sums(
    former, neighbour, successor, merged, hear_all, figures
):
    waiting, done, _theirs = handed_in(former), decided(former, "recognised"), handed_in(neighbour)
    decided(neighbour, "declined")
    hear_all()
    say(former, introduced(former, done, date(2025, 6, 29)))
    hear_all()
    merged()
    say(successor, decision(successor, waiting, "recognised"), introduced(successor, waiting, date(2025, 7, 20)))
    hear_all()

    then, today = figures(successor, By.THEN, date(2025, 7, 31)), figures(successor, By.TODAY, date(2025, 7, 31))

    assert then == {BINH_LUONG: (2, 1, 0), HOA_QUY_BEFORE: (2, 0, 0), HOA_QUY: (0, 1, 1)}
    assert today == {HOA_QUY: (4, 2, 1)}


def test_a_divided_commune_is_undecided_and_not_guessed(former, neighbour, successor, hear_all, figures):
    handed_in(former)
    hear_all()
    say(former, dissolution(former, neighbour, successor))
    hear_all()

    with transaction(engine_of("report")) as session:
        view = table(session, [former, neighbour, successor], THE_DAY, tier=successor.aggregator, by=By.TODAY)

    assert {line.plan.id: (line.figures.nominated, line.undecided) for line in view.lines} == {
        BINH_LUONG: (1, True),
        HOA_QUY_BEFORE: (0, False),
        HOA_QUY: (0, False),
    }


def test_before_the_day_the_district_sees_both_and_the_province_none(former, neighbour, successor, figures):
    assert set(figures(former, By.THEN)) == {BINH_LUONG, HOA_QUY_BEFORE}
    assert set(figures(successor, By.TODAY)) == {HOA_QUY}


def test_duties_that_would_end_later_are_neither_missed_nor_late(former, successor, hear_all, rows):
    days = [date(2025, 6, 30) + timedelta(days=number) for number in range(0, 110, 5)]
    say(former, *(day(former, on) for on in days[:2]))
    hear_all("report")
    say(former, dissolution(former, successor), *(day(former, on) for on in [THE_DAY, *days[2:]]))
    hear_all("report")

    said = rows(
        "SELECT type, data->>'quarter', data->>'last_day' FROM bus.event WHERE source = '/report' AND time >= :eve",
        eve=EVE,
    )
    assert not [one for one in said if one[1] in {"2025-Q3", "2025-Q4"} and "missed" in one[0]]
    assert ("vn.guongsang.quota.missed.v1", "2025-Q2", None) in said  # its quarter ended before the commune
    with transaction(engine_of("report")) as session:
        view = living_plan(session, former, date(2025, 10, 1))
    assert view.ended is not None
    assert view.ended.words == "Từ ngày 01/07/2025, xã Bình Lương cũ đã sáp nhập vào xã Hóa Quỳ mới."
    assert all(line.standing.state is not State.DUE for part in view.sections for line in part.lines)


def test_a_report_that_is_due_after_the_end_is_the_successors(former, successor, hear_all, rows):
    final = next(one for one in former.deadlines if one.report == "final")
    before = final.last_day - timedelta(days=5)
    say(former, day(former, before - timedelta(days=1)))
    hear_all("report")  # it was announced as due already
    say(former, dissolution(former, successor, on=before))
    say(former, *(day(former, before + timedelta(days=number)) for number in range(12)))

    hear_all("report")

    assert rows("SELECT data->>'report' FROM bus.event WHERE type LIKE '%report.overdue%'") == [("interim",)]
    with transaction(engine_of("report")) as session:
        lines = {line.deadline.report: line for line in deadline_lines(session, former, final.before)}
        with pytest.raises(Refused, match=r"report\.commune_ended"):
            submit_report(session, former, final.id, today=before)
    assert lines["final"].standing.state is State.TRANSFERRED
    assert lines["interim"].standing.state is State.LATE


#: Days come in their order, and a submission before its transfer; all else may come as it likes.
ORDERS = [
    order
    for order in permutations(["end", "decision", "30 June", "1 July", "transfer"])
    if order.index("30 June") < order.index("1 July") and (order.index("decision") + order.index("transfer")) % 4 == 1
]


@pytest.mark.parametrize("order", ORDERS, ids=", ".join)
def test_every_order_between_subjects_ends_alike(former, successor, hear_all, rows, order):
    nomination_id = handed_in(former)
    hear_all("report")
    transfer = NominationTransferred(
        nomination_id=nomination_id, code="DC-2025-0001", from_plan=BINH_LUONG, to_plan=HOA_QUY,
        from_unit_id=somebody(former).unit_id, to_unit_id=somebody(former).unit_id, transferred_on=THE_DAY,
    )  # fmt: skip
    events = {
        "end": say(former, dissolution(former, successor)),
        "decision": say(former, decision(former, nomination_id, "recognised")),
        "30 June": say(former, day(former, date(2025, 6, 30))),
        "1 July": say(former, day(former, THE_DAY)),
        "transfer": say(successor, transfer),
    }

    for name in order:
        assert hear("report", events[name]) == 1

    facts = rows("SELECT plan_id, outcome, submitted_plan, decided_plan FROM report.nomination_fact")
    assert facts == [(HOA_QUY, "recognised", BINH_LUONG, BINH_LUONG)]
    windows = rows('SELECT quota, "window", counted, missed FROM report.quota_window')
    assert windows == [(former.quotas[0].id, "2025-Q2", 0, True)]
    overdue = rows("SELECT deadline, overdue FROM report.deadline_state ORDER BY 1")
    assert overdue == [("final_report", True), ("interim_report", True)]
    assert rows("SELECT today, gap_said_for FROM report.plan_day") == [(THE_DAY, None)]


def test_emptied_and_replayed_report_comes_back_the_same(
    database, former, neighbour, successor, merged, hear_all, rows, everything
):
    waiting = handed_in(former)
    decided(neighbour, "recognised")
    hear_all()
    for plan in (former, neighbour):
        say(plan, *(day(plan, on) for on in (date(2025, 6, 16), date(2025, 6, 30), THE_DAY)))
    hear_all("report")
    merged()
    say(successor, introduced(successor, waiting, date(2025, 7, 20)))
    hear_all()
    before, spoken = everything(), rows("SELECT count(*) FROM bus.event")

    for name in (*TABLES, "step", "proof", "person"):
        rows(f"DELETE FROM report.{name}")
    replay(database, hearer="report", since=LONG_AGO, until=FAR_AHEAD, names=[], dry_run=False)
    hear_all("report")

    assert everything() == before
    assert rows("SELECT count(*) FROM bus.event") == spoken


def test_pages_csv_and_api_can_be_asked_both_ways(former, neighbour, successor, merged, hear_all, seat):
    handed_in(former)
    handed_in(neighbour)
    hear_all()
    merged()
    with clock_at(MORNING):
        officer = seat("report", successor, Role.AGGREGATOR_OFFICER, successor.aggregator.key)
        then, today = officer.get("/tong-hop"), officer.get("/tong-hop?theo=hien-nay")
        assert "Xã Bình Lương (trước 01/07/2025)" in then.text
        assert "gồm xã Bình Lương cũ, xã Hóa Quỳ cũ" in today.text
        assert "Gộp về xã hiện nay" in today.text
        assert officer.get("/tong-hop.csv?theo=hien-nay").text.count("\r\n") == 2
        assert officer.get("/tong-hop.csv").text.count("\r\n") == 4
        for by in ("luc-do", "hien-nay"):
            communes = officer.get(f"/api/v1/summary?theo={by}").json()["communes"]
            assert sum(one["nominated"] for one in communes) == 2
        assert officer.get("/tong-hop?theo=khac").status_code == 422
        plan = seat("report").get(f"/ke-hoach?xa={BINH_LUONG}").text
        assert "xã Bình Lương cũ đã sáp nhập vào xã Hóa Quỳ mới" in plan
        assert "Chuyển sang xã mới" in plan


def test_the_road_of_a_moved_dossier_is_seen_by_its_village_and_the_new_commune(
    former, successor, merged, hear_all, seat
):
    nomination_id, declined = handed_in(former), decided(former, "declined")
    hear_all()
    merged()
    with clock_at(MORNING):
        for browser in (seat("report", successor, unit="binh-luong-1"), seat("report", successor, Role.CLERK)):
            page = browser.get(f"/hanh-trinh/{nomination_id}")
            assert page.status_code == 200
            assert "Hồ sơ chuyển về xã mới" in page.text
            assert browser.get(f"/hanh-trinh/{declined}").status_code == 200
        assert seat("report", successor, unit="hoa-quy-1").get(f"/hanh-trinh/{nomination_id}").status_code == 404
    with transaction(engine_of("report")) as session:
        assert session.get_one(NominationFact, nomination_id).submitted_plan == BINH_LUONG

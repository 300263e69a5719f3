"""The log of what was done: recorded once, counted by year and kind, an organisation's own only."""

from uuid import uuid4

import pytest

from shared.access.principal import Role
from shared.plan import Plan
from tests.worlds import Rows

from .conftest import Seats, said

TALK = {
    "kind": "talk",
    "clause": "",
    "title": "Tọa đàm với ba gương làm kinh tế giỏi",
    "held_on": "27/3/2024",
    "participants": "120",
    "cost": "1.200.000",
}


def typed(plan: Plan, **changes: str) -> dict[str, str]:
    return TALK | {"id": str(uuid4()), "unit": str(plan.unit.id)} | changes


def test_an_activity_is_recorded_once_and_said(seats: Seats, plan: Plan, rows: Rows) -> None:
    clerk, form = seats(Role.CLERK), typed(plan)

    answers = [clerk.post("/hoat-dong/moi", data=form).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert rows("SELECT kind, title, participants, cost_vnd FROM publish.activity") == [
        ("talk", TALK["title"], 120, 1_200_000)
    ]
    assert said(rows, "activity.%") == ["activity.recorded"]
    assert rows("SELECT planstep FROM bus.event WHERE type LIKE '%activity.recorded%'") == [("II.3.b",)]


def test_totals_count_by_year_and_kind(seats: Seats, plan: Plan) -> None:
    clerk = seats(Role.CLERK)
    for changes in ({}, {"held_on": "1/6/2024", "cost": "800.000"}, {"held_on": "5/5/2023", "kind": "print_run"}):
        clerk.post("/hoat-dong/moi", data=typed(plan, **changes))

    everything = clerk.get("/hoat-dong").text
    of_2023 = clerk.get("/hoat-dong", params={"nam": 2023}).text
    talks = clerk.get("/hoat-dong", params={"loai": "talk"}).text

    assert "<b>3.200.000</b>" in everything
    assert "<b>2.000.000</b>" in talks
    assert "<b>1.200.000</b>" in of_2023


def test_an_organisation_records_and_sees_its_own_only(seats: Seats, plan: Plan, rows: Rows) -> None:
    seats(Role.CLERK).post("/hoat-dong/moi", data=typed(plan, title="Việc của xã"))
    women = seats(Role.ORGANISATION, unit="women")
    own = str(plan.unit_by_key("women").id)

    foreign = women.post("/hoat-dong/moi", data=typed(plan, title="Việc người khác"))
    women.post("/hoat-dong/moi", data=typed(plan, title="Việc của hội", unit=own))
    log = women.get("/hoat-dong").text

    assert foreign.status_code == 403
    assert ("Việc của hội" in log, "Việc của xã" in log) == (True, False)
    assert seats(Role.NOMINATOR, unit="village-1").get("/hoat-dong").status_code == 403


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Ô này chưa có chữ nào"),
        ({"kind": "party"}, "Hãy chọn một mục trong danh sách"),
        ({"clause": "R999"}, "Hãy chọn một mục trong danh sách"),
        ({"held_on": "31/2/2024"}, "Không có ngày này"),
        ({"held_on": "hôm qua"}, "Hãy gõ ngày như 27/3/2026"),
        ({"held_on": "1/1/2020"}, "nằm ngoài thời gian của kế hoạch"),
        ({"cost": "nhiều"}, "Hãy gõ số nguyên"),
        ({"participants": "-3"}, "Hãy gõ số nguyên"),
    ],
)
def test_what_is_wrong_is_said_by_its_box_and_nothing_typed_is_lost(
    seats: Seats, plan: Plan, rows: Rows, changes: dict[str, str], sentence: str
) -> None:
    form = typed(plan, **changes)

    answer = seats(Role.CLERK).post("/hoat-dong/moi", data=form)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert form["id"] in answer.text
    assert rows("SELECT count(*) FROM publish.activity") == [(0,)]


def test_a_clause_that_is_named_becomes_the_step(seats: Seats, plan: Plan, rows: Rows) -> None:
    seats(Role.EDITOR).post("/hoat-dong/moi", data=typed(plan, kind="print_run", clause="R46"))

    assert rows("SELECT data ->> 'clause_id' FROM bus.event WHERE type LIKE '%activity%'") == [("R46",)]

"""Putting a plan into force."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from services.identity.main import activate, enroll_person
from shared.access.principal import Role
from shared.errors import Refused
from shared.plan import Plan, Text, Unit
from tests.worlds import Rows

from .conftest import CLERK, FIRST_DAY, HEAD, PASSWORD, People, principal, sign_in

SAID = "SELECT replace(type, 'vn.guongsang.', ''), count(*) FROM bus.event WHERE planid = :plan GROUP BY 1 ORDER BY 1"


def test_activation_registers_every_unit_says_so_once_and_begins_the_days(active: Plan, rows: Rows) -> None:
    said = rows(SAID, plan=active.id)

    assert said == [("plan.activated.v1", 1), ("unit.registered.v1", len(active.units))]
    assert rows("SELECT count(*) FROM identity.unit WHERE plan_id = :plan", plan=active.id) == [(len(active.units),)]
    assert rows("SELECT last_day FROM bus.day WHERE planid = :plan", plan=active.id) == [(date(2024, 2, 29),)]


def test_activating_twice_or_at_once_changes_and_says_nothing_more(active: Plan, rows: Rows) -> None:
    before = rows("SELECT * FROM identity.unit ORDER BY id")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: activate(active, today=date(2024, 5, 1)), range(4)))

    assert rows(SAID, plan=active.id) == [("plan.activated.v1", 1), ("unit.registered.v1", len(active.units))]
    assert rows("SELECT * FROM identity.unit ORDER BY id") == before
    assert rows("SELECT last_day FROM bus.day WHERE planid = :plan", plan=active.id) == [(date(2024, 2, 29),)]


def test_four_processes_that_start_together_activate_a_new_plan_once(database: Engine, plan: Plan, rows: Rows) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: activate(plan, today=FIRST_DAY), range(4)))

    assert rows(SAID, plan=plan.id) == [("plan.activated.v1", 1), ("unit.registered.v1", len(plan.units))]


def test_the_units_event_carries_its_place_in_the_tree(active: Plan, village: Unit, rows: Rows) -> None:
    (found,) = rows("SELECT data, unitid FROM bus.event WHERE subject = :unit", unit=f"unit/{village.id}")

    assert found == (
        {
            "unit_id": str(village.id),
            "key": village.key,
            "name": str(village.name),
            "kind": "village",
            "parent_id": str(active.unit.id),
            "code": None,
            "code_list": None,
        },
        active.unit.id,
    )


def test_a_changed_file_updates_and_says_only_the_units_that_changed(active: Plan, village: Unit, rows: Rows) -> None:
    renamed = replace(village, name=Text("Thôn Đồi Chè", "Tea Hill village"))
    changed = replace(active, units=tuple(renamed if unit is village else unit for unit in active.units))

    activate(changed, today=FIRST_DAY)

    names = rows("SELECT data->>'name' FROM bus.event WHERE subject = :unit ORDER BY time", unit=f"unit/{village.id}")
    assert names == [(str(village.name),), ("Thôn Đồi Chè",)]
    assert rows("SELECT name FROM identity.unit WHERE id = :id", id=village.id) == [("Thôn Đồi Chè",)]
    assert rows(SAID, plan=active.id)[1] == ("unit.registered.v1", len(active.units) + 1)


def test_two_units_may_exchange_their_keys(active: Plan, rows: Rows) -> None:
    first, second = [unit for unit in active.units if unit.kind == "village"][:2]
    swapped = {first.id: replace(first, key=second.key), second.id: replace(second, key=first.key)}
    changed = replace(active, units=tuple(swapped.get(unit.id, unit) for unit in active.units))

    activate(changed, today=FIRST_DAY)

    assert rows("SELECT key FROM identity.unit WHERE id = :id", id=first.id) == [(second.key,)]


def test_a_unit_that_leaves_the_plan_takes_its_peoples_rights_along_until_it_comes_back(
    active: Plan, village: Unit, people: People, browser: Any
) -> None:
    secret = sign_in(browser)
    assert principal(secret) is not None

    activate(replace(active, units=tuple(unit for unit in active.units if unit is not village)), today=FIRST_DAY)
    assert principal(secret) is None

    activate(active, today=FIRST_DAY)
    assert principal(secret) is not None


def test_the_same_district_stands_in_the_plans_of_two_communes(active: Plan, other_plan: Plan, rows: Rows) -> None:
    activate(other_plan, today=FIRST_DAY)

    found = rows(
        "SELECT plan_id FROM identity.unit WHERE id = :id ORDER BY plan_id = :first DESC",
        id=active.aggregator.id,
        first=active.id,
    )
    assert found == [(active.id,), (other_plan.id,)]


def test_enrolling_says_the_person_once_for_each_office(
    active: Plan, village: Unit, people: People, rows: Rows
) -> None:
    again = enroll_person(active, name="Trưởng thôn", email=HEAD.upper(), role=Role.NOMINATOR, unit=village.key)
    also = enroll_person(active, name="Trưởng thôn", email=HEAD, role=Role.CLERK, unit=active.unit.key)

    assert (again, also) == (people.head, people.head)
    said = rows("SELECT data FROM bus.event WHERE subject = :it ORDER BY subjectversion", it=f"person/{people.head}")
    contact = {"name": "Trưởng thôn", "email": HEAD}
    assert [row[0] for row in said] == [
        {"person_id": str(people.head), "role": "nominator", "unit_id": str(village.id), "personal": contact},
        {"person_id": str(people.head), "role": "clerk", "unit_id": str(active.unit.id), "personal": contact},
    ]


def test_a_new_name_is_taken_over_and_said(active: Plan, people: People, rows: Rows) -> None:
    enroll_person(active, name="Văn phòng - Thống kê", email=CLERK, role=Role.CLERK, unit=active.unit.key)

    said = rows("SELECT data->'personal'->>'name' FROM bus.event WHERE subject = :it ORDER BY subjectversion",
                it=f"person/{people.clerk}")  # fmt: skip
    assert said == [("Văn phòng",), ("Văn phòng - Thống kê",)]


def test_enrolling_somebody_again_never_replaces_their_password(active: Plan, people: People, browser: Any) -> None:
    enroll_person(active, name="X", email=CLERK, role=Role.EDITOR, unit=active.unit.key, password="another password")

    assert sign_in(browser, CLERK, PASSWORD)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"email": "không phải thư"}, "email.malformed"),
        ({"email": ""}, "email.missing"),
        ({"name": "  "}, "name.missing"),
        ({"name": "Lan\0"}, "text.control_character"),
        ({"password": "ngắn"}, "password.too_short"),
        ({"password": "1234567890"}, "password.easily_guessed"),
    ],
)
def test_unusable_people_are_refused_and_nothing_is_said(
    active: Plan, rows: Rows, change: dict[str, str], key: str
) -> None:
    given: dict[str, Any] = {"name": "Lan", "email": "lan@xa.example", "role": Role.CLERK, "unit": active.unit.key}

    with pytest.raises(Refused) as refused:
        enroll_person(active, **(given | change))

    assert refused.value.key == key
    assert rows("SELECT count(*) FROM identity.person") == [(0,)]
    assert rows("SELECT count(*) FROM bus.event WHERE subject LIKE 'person/%'") == [(0,)]


def test_nobody_is_enrolled_under_a_plan_that_is_not_in_force(database: Engine, plan: Plan) -> None:
    with pytest.raises(Refused) as refused:
        enroll_person(plan, name="Lan", email="lan@xa.example", role=Role.CLERK, unit=plan.unit.key)

    assert refused.value.key == "plan.not_activated"

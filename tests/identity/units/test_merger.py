"""The real case: on 1 July 2025, Bình Lương and Hóa Quỳ become one commune, under a code that one of them had."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from services.identity.commands.changes import cancel, confirm
from services.identity.main import activate, enroll_person, enroll_sample_people
from services.identity.queries.changes import preview_of
from services.identity.queries.registry import (
    history_of,
    rolled_up,
    successors_of,
    tree_as_at,
    unit_as_at,
)
from services.identity.rules.units import Dissolve, Merge, Place
from shared.access.principal import Role
from shared.database import engine_of, transaction
from shared.errors import Conflict, Refused
from shared.plan.unit import coded_unit_id
from tests.identity.conftest import principal, sign_in
from tests.worlds import Rows

from .conftest import BEFORE, DAY, EVE, HEAD, NEW_NAME, OLD_NAMES, Communes

MERGER = Merge(OLD_NAMES, NEW_NAME, DAY)


def agree(communes: Communes, request: Any = MERGER, *, today: date = BEFORE) -> Any:
    with transaction(engine_of("identity")) as session:
        digest = preview_of(session, request).digest
        return confirm(session, request, digest=digest, decided_by=communes.admin, today=today).id


def test_before_on_the_day_and_after(
    communes: Communes, nominate: Any, hear: Any, day_begins: Callable[[date], None], look: Any, rows: Rows
) -> None:
    villages = [plan.unit_by_key("village-1") for plan in communes.old]
    for plan, village in zip(communes.old, villages, strict=True):
        nominate(plan, village)
    hear()

    agree(communes)
    day_begins(EVE)
    assert look(unit_as_at, communes.binh_luong.unit.id, EVE).valid_until is None, "nothing has happened yet"
    assert rows("SELECT state FROM identity.unit_change") == [("scheduled",)]

    day_begins(DAY)

    assert rows("SELECT state FROM identity.unit_change") == [("applied",)]
    before, after = look(tree_as_at, EVE), look(tree_as_at, DAY)
    old, new = coded_unit_id(code_list="gso/2023", code="16186"), coded_unit_id(code_list="gso/2025", code="16186")
    assert (old in before, new in before, old in after, new in after) == (True, False, False, True)
    assert before[communes.binh_luong.unit.id].name == "Xã Bình Lương"
    assert communes.binh_luong.unit.id not in after
    assert before[villages[0].id].parent_id == communes.binh_luong.unit.id
    assert (after[villages[0].id].parent_id, after[villages[0].id].name) == (new, "Thôn Bình Lương 1")
    assert after[new].parent_id == communes.merged.aggregator.id
    assert look(successors_of, communes.binh_luong.unit.id, DAY) == (new,)
    assert look(rolled_up, old, DAY) == new
    assert look(rolled_up, old, EVE) == old
    assert [version.valid_from for version in look(history_of, villages[0].id)] == [date(2023, 4, 1), DAY]
    assert rows("SELECT plan_id FROM identity.plan_activation WHERE ended_on = :day ORDER BY 1", day=DAY) == [
        (name,) for name in OLD_NAMES
    ]


def test_every_unit_person_office_and_open_nomination_is_accounted_for_once(
    communes: Communes, nominate: Any, hear: Any, look: Any
) -> None:
    counts = {"village-1": 3, "village-2": 1, "women": 2}
    for plan in communes.old:
        for key, count in counts.items():
            for _ in range(count):
                nominate(plan, plan.unit_by_key(key))
    hear()

    preview = look(preview_of, MERGER)

    change = preview.change
    assert change.questions == ()
    units = Counter(each.unit for each in change.heirs)
    assert units == Counter(Place(plan.id, unit.id) for plan in communes.old for unit in plan.units)
    goes_on = {each.unit.unit_id for each in change.heirs if each.heir.unit_id == each.unit.unit_id}
    ended = set(change.ends)
    above = {unit.id for plan in communes.old for unit in plan.units if unit.key in {"district", "home-affairs"}}
    assert goes_on | ended | above == {each.unit.unit_id for each in change.heirs}
    assert (len(goes_on), len(ended), len(above)) == (6 + 2 + 9 + 3 + 1, 14 + 14, 2)
    held = [move.held.id for move in preview.offices]
    assert len(held) == len(set(held)) == len(look(all_offices))
    assert Counter(move.code for move in preview.work) == Counter({f"DC-2025-{n:04}": 1 for n in range(1, 13)})
    assert {each.to.plan for each in preview.work} == {NEW_NAME}


def test_offices_of_villages_go_on_and_those_of_the_commune_end(
    communes: Communes, day_begins: Any, browser: TestClient, rows: Rows
) -> None:
    secret = sign_in(browser, HEAD)
    agree(communes)

    day_begins(DAY)

    who = principal(secret)
    assert who is not None, "the session goes on"
    assert (who.role, who.plan_id) == (Role.NOMINATOR, NEW_NAME)
    held = rows(
        "SELECT role, plan_id, count(*) FROM identity.office_in_force GROUP BY 1, 2 ORDER BY 1, 2",
    )
    assert held == [("admin", NEW_NAME, 1), ("nominator", NEW_NAME, 6 + 2 + 9 + 3 + 1)]
    said = rows("SELECT DISTINCT planid FROM bus.event WHERE subject = :it AND type LIKE '%person.enrolled%'",
                it=f"person/{who.person_id}")  # fmt: skip
    assert {plan for (plan,) in said} == {OLD_NAMES[0], NEW_NAME}


def test_the_dissolution_names_an_heir_for_every_unit_of_the_plan(
    communes: Communes, day_begins: Any, rows: Rows
) -> None:
    agree(communes)

    day_begins(DAY)

    said = rows("SELECT planid, data FROM bus.event WHERE type LIKE '%unit.dissolved%' ORDER BY planid")
    assert [plan for plan, _ in said] == list(OLD_NAMES)
    for (_, data), plan in zip(said, communes.old, strict=True):
        assert (data["plan"], data["on"], data["unit_id"]) == (plan.id, "2025-07-01", str(plan.unit.id))
        assert data["successors"] == [str(communes.merged.unit.id)]
        assert {heir["unit_id"] for heir in data["heirs"]} == {str(unit.id) for unit in plan.units}
        known = {str(unit.id) for unit in communes.merged.units}
        assert {heir["heir_id"] for heir in data["heirs"]} <= known
    moved = rows(
        "SELECT count(*) FROM bus.event WHERE type LIKE '%unit.transferred%' AND planid = :plan", plan=NEW_NAME
    )
    renamed = rows("SELECT count(*) FROM bus.event WHERE type LIKE '%unit.renamed%' AND planid = :plan", plan=NEW_NAME)
    assert moved == renamed == [(6 + 2 + 9 + 3,)]


def test_a_merger_of_today_or_earlier_takes_effect_at_once(communes: Communes, look: Any) -> None:
    agree(communes, today=date(2025, 7, 3))

    assert communes.merged.unit.id in look(tree_as_at, DAY)
    assert communes.binh_luong.unit.id not in look(tree_as_at, DAY)


def test_what_changed_since_the_preview_is_shown_again_and_not_confirmed(
    communes: Communes, nominate: Any, hear: Any, look: Any, rows: Rows
) -> None:
    digest = look(preview_of, MERGER).digest
    nominate(communes.binh_luong, communes.binh_luong.unit_by_key("village-1"))
    hear()

    with pytest.raises(Conflict, match=r"change\.differs"), transaction(engine_of("identity")) as session:
        confirm(session, MERGER, digest=digest, decided_by=communes.admin, today=BEFORE)

    assert rows("SELECT count(*) FROM identity.unit_change") == [(0,)]


def test_a_cancelled_change_never_happens(communes: Communes, day_begins: Any, look: Any) -> None:
    change_id = agree(communes)
    with transaction(engine_of("identity")) as session:
        cancel(session, change_id)

    day_begins(DAY)

    assert communes.binh_luong.unit.id in look(tree_as_at, DAY)


def test_what_has_become_impossible_is_refused_on_its_day_and_says_why(
    communes: Communes, day_begins: Any, rows: Rows
) -> None:
    agree(communes)
    agree(communes)

    day_begins(DAY)

    found = rows("SELECT state, refusal->>'key' FROM identity.unit_change ORDER BY id")
    assert found == [("applied", None), ("refused", "change.plan_not_in_force")]


def test_an_ended_plan_stays_ended(communes: Communes, day_begins: Any, rows: Rows) -> None:
    agree(communes)
    day_begins(DAY)
    before = rows("SELECT * FROM identity.unit_version ORDER BY unit_id, valid_from")

    activate(communes.binh_luong, today=DAY)

    assert enroll_sample_people(communes.binh_luong) == ()
    with pytest.raises(Refused, match=r"plan\.ended"):
        enroll_person(communes.binh_luong, name="X", email="x@xa.example", role=Role.CLERK, unit="commune")
    assert rows("SELECT * FROM identity.unit_version ORDER BY unit_id, valid_from") == before


def test_the_district_ends_after_its_communes_and_old_units_roll_up(
    communes: Communes, day_begins: Any, look: Any
) -> None:
    agree(communes)
    day_begins(DAY)
    district, province = communes.binh_luong.aggregator.id, communes.merged.aggregator.id

    agree(communes, Dissolve(district, province, DAY), today=DAY)

    assert district not in look(tree_as_at, DAY)
    assert look(rolled_up, district, DAY) == province
    assert look(rolled_up, communes.binh_luong.unit_by_key("home-affairs").id, DAY) == province


def all_offices(session: Any) -> list[Any]:
    return list(session.connection().exec_driver_sql("SELECT id FROM identity.office_in_force"))

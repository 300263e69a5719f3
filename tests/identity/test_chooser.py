"""The role chooser of demonstrations."""

import re
from collections import Counter
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from services.identity.main import activate, enroll_sample_people
from shared.access.principal import Role
from shared.errors import Refused
from shared.plan import Plan
from tests.worlds import Rows

from .conftest import FIRST_DAY, People, principal, secret_of


@pytest.fixture
def commune(active: Plan, demonstration: None) -> Plan:
    enroll_sample_people(active)
    return active


def test_there_is_a_sample_person_for_every_role_and_unit_and_as_many_members_as_scores_are_needed(
    active: Plan, rows: Rows
) -> None:
    enrolled = enroll_sample_people(active)

    kinds = Counter(unit.kind for unit in active.units)
    heads = sum(kinds[kind] for kind in ("village", "neighbourhood", "health_station", "police", "school"))
    assert Counter(person.role for person in enrolled) == {
        Role.NOMINATOR: heads,
        Role.ORGANISATION: kinds["organisation"],
        Role.CLERK: 1,
        Role.COUNCIL_MEMBER: active.review.members_needed,
        Role.CHAIR: 1,
        Role.EDITOR: 1,
        Role.AGGREGATOR_OFFICER: 1,
    }
    assert all(person.name.endswith("(mẫu)") and person.email.endswith("@mau.example") for person in enrolled)
    assert enroll_sample_people(active) == enrolled
    assert rows("SELECT count(*) FROM bus.event WHERE subject LIKE 'person/%'") == [(len(enrolled),)]


def test_the_officer_of_the_tier_above_is_one_person_for_all_communes(active: Plan, other_plan: Plan) -> None:
    activate(other_plan, today=FIRST_DAY)

    officers = [
        person.person_id
        for plan in (active, other_plan)
        for person in enroll_sample_people(plan)
        if person.role is Role.AGGREGATOR_OFFICER
    ]

    assert len(officers) == 2
    assert len(set(officers)) == 1


def test_every_role_has_a_card_whose_button_signs_in_as_that_sample_person(browser: TestClient, commune: Plan) -> None:
    page = browser.get("/chon-vai")

    cards = re.findall(r'<form class="words".*?</form>', page.text, re.DOTALL)
    roles = []
    for card in cards:
        office = re.search(r'name="office" value="([^"]+)"|<option value="([^"]+)"', card)
        answer = browser.post("/chon-vai", data={"office": office[1] or office[2]} if office else {})
        assert answer.status_code == 303
        who = principal(secret_of(browser)) if secret_of(browser) else None
        roles.append((who.role.value if who else None, answer.headers["location"]))
    assert roles == [
        ("nominator", "/de-cu"),
        ("organisation", "/de-cu"),
        ("clerk", "/xet-duyet"),
        ("council_member", "/xet-duyet"),
        ("chair", "/xet-duyet"),
        ("editor", "/bien-tap"),
        ("aggregator_officer", "/tong-hop"),
        (None, "/"),
    ]


def test_the_real_plans_commune_comes_first_and_others_may_be_chosen(
    browser: TestClient, commune: Plan, other_plan: Plan
) -> None:
    activate(other_plan, today=FIRST_DAY)
    enroll_sample_people(other_plan)

    first, second = browser.get("/chon-vai"), browser.get("/chon-vai", params={"xa": other_plan.id})

    links = re.findall(r'href="/chon-vai\?xa=([^"]+)"', first.text)
    assert links == [commune.id, other_plan.id]
    assert not commune.sample
    assert f"<h2>{commune.unit.name}</h2>" in unescape(first.text)
    assert f"<h2>{other_plan.unit.name}</h2>" in unescape(second.text)


def test_without_a_demonstration_the_chooser_does_not_exist(browser: TestClient, active: Plan, rows: Rows) -> None:
    enroll_sample_people(active)
    office = rows("SELECT id FROM identity.office LIMIT 1")[0][0]

    assert browser.get("/chon-vai").status_code == 404
    assert browser.post("/chon-vai", data={"office": str(office)}).status_code == 404
    assert secret_of(browser) == ""


def test_nobody_real_can_be_chosen(browser: TestClient, people: People, commune: Plan, rows: Rows) -> None:
    office = rows("SELECT id FROM identity.office WHERE person_id = :id", id=people.clerk)[0][0]

    answer = browser.post("/chon-vai", data={"office": str(office)})

    assert (answer.status_code, secret_of(browser)) == (404, "")


def test_a_real_persons_email_never_becomes_a_sample_persons(active: Plan, database: Engine, rows: Rows) -> None:
    enroll_sample_people(active)
    rows("UPDATE identity.person SET sample = false WHERE email LIKE 'chu-tich.%'")

    with pytest.raises(Refused) as refused:
        enroll_sample_people(active)

    assert refused.value.key == "person.sample_differs"


def test_before_any_plan_is_in_force_the_chooser_says_that_nothing_is_there(
    browser: TestClient, database: Engine, demonstration: None
) -> None:
    assert browser.get("/chon-vai").status_code == 404


def test_signing_out_of_a_demonstration_leads_back_to_the_chooser(browser: TestClient, commune: Plan) -> None:
    assert browser.post("/dang-xuat").headers["location"] == "/chon-vai"

"""The page on which those who answer for it see who may do what, and why."""

import pytest
from fastapi.testclient import TestClient

from services.identity.main import activate, enroll_person
from shared.access.principal import Role
from shared.plan import Plan, Unit

from .conftest import CLERK, FIRST_DAY, HEAD, PASSWORD, People, sign_in

PAGE = "/quan-tri/quyen"


def test_a_role_is_answered_verb_by_verb_with_the_reason(browser: TestClient, people: People, active: Plan) -> None:
    sign_in(browser, CLERK)

    page = browser.get(f"{PAGE}?ai=chair&don-vi=village-1").text

    decides = line_of(page, "Quyết định công nhận")
    assert ("Được" in decides, "Chủ tịch Ủy ban nhân dân là người quyết định." in decides) == (True, True)
    scores = line_of(page, "Chấm điểm")
    assert ("Không" in scores, "Việc này dành cho: Thành viên Hội đồng." in scores) == (True, True)


def test_a_village_head_may_only_where_it_is_their_own_village(browser: TestClient, people: People) -> None:
    sign_in(browser, CLERK)

    own = browser.get(f"{PAGE}?ai=nominator&cua=village-1&don-vi=village-1").text
    other = browser.get(f"{PAGE}?ai=nominator&cua=village-1&don-vi=village-2").text

    assert "Không" not in line_of(own, "Rút đề cử")
    assert "Ở đây là đơn vị khác trong xã." in line_of(other, "Rút đề cử")


def test_a_person_is_shown_with_where_the_office_comes_from_and_until_when(
    browser: TestClient, people: People, rows
) -> None:
    rows(
        "UPDATE identity.office SET valid_from = '2024-03-01', valid_until = now() + interval '10 years' "
        "WHERE person_id = :head",
        head=people.head,
    )
    [(office, until)] = rows(
        "SELECT id, to_char(valid_until AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM/YYYY') "
        "FROM identity.office WHERE person_id = :head",
        head=people.head,
    )
    sign_in(browser, CLERK)

    page = browser.get(f"{PAGE}?ai={office}&don-vi=village-1").text

    assert "Trưởng thôn" in page
    assert f"Được giao vai trò này từ ngày 01/03/2024 đến ngày {until}." in page


def test_a_clerk_sees_the_own_commune_only_an_administrator_every_one(
    browser: TestClient, other_browser: TestClient, people: People, active: Plan, other_plan: Plan
) -> None:
    activate(other_plan, today=FIRST_DAY)
    enroll_person(other_plan, name="Người xã bạn", email="ban@xa.example", role=Role.CHAIR, unit=other_plan.unit.key)
    enroll_person(
        active, name="Quản trị", email="quan.tri@xa.example", role=Role.ADMIN, unit=active.unit.key, password=PASSWORD
    )
    sign_in(browser, CLERK)
    sign_in(other_browser, "quan.tri@xa.example")

    assert browser.get(f"{PAGE}?xa={other_plan.id}").status_code == 403
    assert "Người xã bạn" not in browser.get(PAGE).text
    assert "Người xã bạn" in other_browser.get(f"{PAGE}?xa={other_plan.id}").text


@pytest.mark.parametrize("query", ["?xa=không-có", "?ai=ma-nao-do", "?ai=00000000-0000-7000-8000-000000000001"])
def test_what_is_not_there_is_not_found(browser: TestClient, people: People, query: str) -> None:
    sign_in(browser, CLERK)

    assert browser.get(PAGE + query).status_code == 404


def test_a_village_head_has_no_business_there(browser: TestClient, people: People, village: Unit) -> None:
    sign_in(browser, HEAD)

    assert browser.get(PAGE).status_code == 403


def line_of(page: str, verb: str) -> str:
    """The line of the answer (the first table that has the verb)."""
    return page.partition(f'<th scope="row">{verb}</th>')[2].partition("</tr>")[0]

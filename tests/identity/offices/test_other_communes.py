"""Pages that look further than their asker may: an officer of one commune does nothing to what belongs to another."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from services.identity.main import activate, enroll_person, issue_card
from shared.access.principal import Role
from shared.ids import new_id
from shared.plan import Plan
from tests.identity.conftest import FIRST_DAY, secret_of, sign_in
from tests.worlds import Rows

from .conftest import Somebody, Town

LIST = "/quan-tri/nguoi"


def village_of(plan: Plan) -> str:
    return next(unit.key for unit in plan.units if unit.kind == "village")


@pytest.fixture
def stranger(other_plan: Plan, town: Town, enrolled: Callable[..., Somebody]) -> Somebody:
    """A village head of another commune, with a card that nobody has started."""
    activate(other_plan, today=FIRST_DAY)
    head = enrolled("Trưởng thôn bên kia", Role.NOMINATOR, village_of(other_plan), other_plan)
    issue_card(other_plan, who=head.email)
    return head


def days(today: date, to: Somebody) -> dict[str, str]:
    return {"to": str(to.id), "first": f"{today:%d/%m/%Y}", "last": f"{today:%d/%m/%Y}", "reason": "leave"}


def answers_about(browser: TestClient, them: Somebody, today: date, to: Somebody) -> dict[str, int]:
    """{what is tried on somebody by the ids of theirs: the answer's status}."""
    person, office = f"{LIST}/{them.id}", f"{LIST}/vai-tro/{them.office}"
    ending = {"on": f"{today:%d/%m/%Y}", "reason": "transfer", "to": "khong"}
    return {
        "look at the form": browser.get(f"{person}/sua").status_code,
        "correct": browser.post(f"{person}/sua", data={"name": "Khác", "email": "khac@xa.example"}).status_code,
        "make a link": browser.post(f"{person}/mat-khau").status_code,
        "mail a link": browser.post(f"{person}/mat-khau/thu").status_code,
        "look at the end": browser.get(f"{office}/thoi-giu").status_code,
        "end": browser.post(f"{office}/thoi-giu", data=ending).status_code,
        "keep": browser.post(f"{office}/giu-lai").status_code,
        "look at the leave": browser.get(f"{office}/vang-mat").status_code,
        "record leave": browser.post(f"{office}/vang-mat", data=days(today, to)).status_code,
        "issue a card": browser.post("/the-thon/phat", data={"person": str(them.id)}).status_code,
        "take a card": browser.post("/the-thon/thu-hoi", data={"person": str(them.id)}).status_code,
    }


def kept(rows: Rows, them: Somebody) -> list[tuple[Any, ...]]:
    """All of theirs that the tries could have changed."""
    return rows(
        "SELECT p.name, p.email, (SELECT count(*) FROM identity.password_link l WHERE l.person_id = p.id),"
        " (SELECT o.valid_until FROM identity.office o WHERE o.id = :office),"
        " (SELECT count(*) FROM identity.delegation d WHERE d.office_id = :office),"
        " (SELECT array_agg(c.id) FROM identity.card c WHERE c.person_id = p.id AND c.revoked_at IS NULL)"
        " FROM identity.person p WHERE p.id = :id",
        id=them.id,
        office=them.office,
    )


def test_the_ids_of_another_communes_people_lead_nowhere(
    browser: TestClient, town: Town, stranger: Somebody, today: date, rows: Rows
) -> None:
    before = kept(rows, stranger)
    sign_in(browser, town.clerk.email)

    answers = answers_about(browser, stranger, today, town.member)

    assert set(answers.values()) == {404}, answers
    assert browser.get(f"{LIST}/{stranger.id}").status_code == 404
    assert kept(rows, stranger) == before


def test_who_serves_in_two_communes_is_out_of_reach_of_either_clerk(
    browser: TestClient, town: Town, stranger: Somebody, active: Plan, today: date, rows: Rows
) -> None:
    before = kept(rows, stranger)
    sign_in(browser, town.clerk.email)
    here = {"name": stranger.name, "email": stranger.email, "role": "nominator", "unit": village_of(active)}
    assert browser.post(f"{LIST}/moi", data=here).status_code == 303

    answers = answers_about(browser, stranger, today, town.member)
    browser.post("/the-thon/phat-tat-ca")
    page = browser.get("/the-thon").text

    assert set(answers.values()) == {403}, answers
    assert kept(rows, stranger) == before
    assert "Cũng đề cử ở xã khác" in page
    assert "<code>" not in page.partition(stranger.name)[2].partition("</tr>")[0]
    sheet = browser.get("/the-thon/to-the.pdf")  # the cards of the commune's own heads
    assert rows("SELECT subjects FROM audit.entry WHERE action = 'taken_out'") == [([town.head.id],)]
    assert sheet.status_code == 200
    sign_in(browser, town.admin.email)
    assert browser.post("/the-thon/phat", data={"person": str(stranger.id)}).status_code == 303


def test_a_chair_records_no_leave_in_another_commune(
    browser: TestClient, town: Town, stranger: Somebody, active: Plan, today: date, rows: Rows
) -> None:
    sign_in(browser, town.chair.email)
    path = f"{LIST}/vai-tro/{stranger.office}/vang-mat"
    assert browser.post(path, data=days(today, town.member)).status_code == 404

    enroll_person(active, name=stranger.name, email=stranger.email, role=Role.NOMINATOR, unit=village_of(active))

    assert browser.post(path, data=days(today, town.member)).status_code == 403
    assert rows("SELECT count(*) FROM identity.delegation") == [(0,)]


def test_a_clerk_enrols_in_the_own_commune_whatever_the_address_asks_for(
    browser: TestClient, town: Town, other_plan: Plan, rows: Rows
) -> None:
    activate(other_plan, today=FIRST_DAY)
    form = {"name": "Ai đó", "email": "ai.do@xa.example", "role": "nominator", "unit": village_of(other_plan)}
    sign_in(browser, town.clerk.email)

    browser.post(f"{LIST}/moi", params={"xa": other_plan.id}, data=form)

    assert rows("SELECT count(*) FROM identity.office WHERE plan_id = :plan", plan=other_plan.id) == [(0,)]


def test_no_approval_link_is_made_for_another_communes_chair(
    browser: TestClient, town: Town, stranger: Somebody, other_plan: Plan, enrolled: Callable[..., Somebody], rows: Rows
) -> None:
    chair = enrolled("Chủ tịch bên kia", Role.CHAIR, other_plan.unit.key, other_plan)
    sign_in(browser, town.clerk.email)

    made = browser.post("/lien-ket-duyet", data={"case": str(new_id()), "office": str(chair.office)})

    assert made.status_code == 404
    assert rows("SELECT count(*) FROM identity.approval_link") == [(0,)]
    assert secret_of(browser)

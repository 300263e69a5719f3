"""A dossier comes back, the unit adds what is missing; the commune may let it rest."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from services.nomination.handlers import ask_for_supplement, note_going_on, note_hold, note_release
from shared.access.principal import Role
from shared.events.review import CaseHeld, CaseReleased, CaseResumed, CaseReturned
from shared.ids import new_id
from shared.plan import Plan
from tests.nomination.conftest import Somebody, complete, events, stage_of
from tests.nomination.reading import words
from tests.nomination.test_news import hear

MISSING = "Xin nêu rõ bà hiến bao nhiêu mét vuông đất."
ADDED = "Bà hiến 300 m2, có xác nhận của thôn."


def about(nomination_id: str, plan: Plan) -> dict[str, Any]:
    return {
        "case_id": new_id(),
        "nomination_id": UUID(nomination_id),
        "code": "DC-2025-0001",
        "unit_id": plan.unit_by_key("village-1").id,
    }


@pytest.fixture
def returned(head: Somebody, plan: Plan) -> str:
    """The id of a nomination that came back."""
    answer = head.browser().post("/api/v1/nominations", json=complete(), headers={"idempotency-key": "k"})
    nomination_id: str = answer.json()["id"]
    request = {"number": 1, "missing": MISSING, "returned_on": date(2025, 3, 26), "due_on": date(2025, 4, 2)}
    hear(plan, ask_for_supplement, CaseReturned(**about(nomination_id, plan), **request))
    return nomination_id


def test_the_unit_reads_what_is_missing_and_gives_it_once(head: Somebody, returned: str, database: Engine) -> None:
    browser, path = head.browser(), f"/de-cu/{returned}/bo-sung"

    receipt, page = browser.get(f"/de-cu/{returned}"), browser.get(path)
    empty = browser.post(path, data={"addition": "  x "})
    answers = [browser.post(path, data={"addition": ADDED}).status_code for _ in range(2)]

    assert (MISSING in receipt.text, MISSING in page.text, path in receipt.text) == (True, True, True)
    assert (empty.status_code, "ít nhất 10 chữ cái" in words(empty)) == (422, True)
    assert (answers, stage_of(database, returned)) == ([303, 303], "submitted")
    (said,) = events(database, "nomination.resubmitted")
    assert (said["number"], said["addition"], said["resubmitted_on"]) == (1, ADDED, "2025-03-27")
    assert said["answer_by"] == "2025-04-11"  # ten working days, the Hùng kings' day not among them
    assert "Đã gửi phần bổ sung" in words(browser.get(f"/de-cu/{returned}"))


def test_programs_give_it_too_and_others_cannot(head: Somebody, somebody: Any, returned: str) -> None:
    path = f"/api/v1/nominations/{returned}/supplement"
    neighbour, chair = somebody("village-2").browser(), somebody("commune", Role.CHAIR).browser()

    strangers = [each.post(path, json={"addition": ADDED}).status_code for each in (neighbour, chair)]
    short = head.browser().post(path, json={"addition": "x"})
    answers = [head.browser().post(path, json={"addition": ADDED}) for _ in range(2)]

    assert (strangers, short.status_code, [each.status_code for each in answers]) == ([404, 403], 422, [200, 200])
    assert answers[1].json()["stage"] == "submitted"


def test_what_comes_after_the_council_went_on_is_refused_and_not_lost(
    head: Somebody, plan: Plan, returned: str, database: Engine
) -> None:
    on = {"number": 1, "resumed_on": date(2025, 4, 3), "answer_by": date(2025, 4, 18)}
    hear(plan, note_going_on, CaseResumed(**about(returned, plan), **on))

    refused = head.browser().post(f"/de-cu/{returned}/bo-sung", data={"addition": ADDED})

    assert (refused.status_code, ADDED in refused.text, "Xã không chờ bổ sung" in refused.text) == (422, True, True)
    assert stage_of(database, returned) == "submitted"


def test_a_dossier_that_rests_says_until_when_and_not_why(head: Somebody, plan: Plan, returned: str) -> None:
    held = {"ground": "complaint", "held_on": date(2025, 3, 27), "held_until": date(2025, 4, 30)}
    hear(plan, note_hold, CaseHeld(**about(returned, plan), **held))
    resting = words(head.browser().get(f"/de-cu/{returned}"))
    released = CaseReleased(**about(returned, plan), released_on=date(2025, 4, 1), answer_by=date(2025, 4, 30))
    hear(plan, note_release, released)

    assert ("tạm dừng xem xét đến ngày 30/04/2025" in resting, "khiếu nại" in resting) == (True, False)
    assert "tạm dừng xem xét đến ngày" not in words(head.browser().get(f"/de-cu/{returned}"))


def test_everybody_sees_the_step_and_not_the_question(head: Somebody, returned: str, database: Engine) -> None:
    with database.connect() as connection:
        code = connection.exec_driver_sql("SELECT code FROM nomination.nomination").scalar_one()

    page = head.browser().get(f"/tra-cuu/{code}")

    assert ("chờ đơn vị bổ sung" in page.text, MISSING in page.text) == (True, False)

"""Nominations from programs: once, complete, and seen by those who may see them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from shared.access.principal import Role
from shared.plan import Plan
from tests.nomination.calls import PATH, faults, sent
from tests.nomination.conftest import Somebody, complete, events, stage_of


def test_a_complete_nomination_gets_a_receipt_and_is_said_once(head: Somebody, database: Engine, plan: Plan) -> None:
    response = sent(head.browser(), complete())

    receipt = response.json()
    assert response.status_code == 201
    assert receipt["answer_by"] == "2025-04-11"
    assert receipt["links"]["self"] == response.headers["location"] == f"{PATH}/{receipt['id']}"
    assert receipt["links"]["look_up"] == f"/tra-cuu/{receipt['code']}"
    assert events(database, "nomination.submitted") == [
        {
            "nomination_id": receipt["id"],
            "code": receipt["code"],
            "unit_id": str(plan.unit_by_key("village-1").id),
            "unit_key": "village-1",
            "source": "village",
            "subject_kind": "individual",
            "model_kind": "good_deed",
            "field": "F13",
            "movement": "new_countryside",
            "areas": ["work"],
            "initiative": False,
            "direct_worker": True,
            "headline": "Hiến đất làm đường thôn",
            "story": complete()["story"],
            "happened_on": "2025-02-10",
            "photo": None,
            "submitted_on": "2025-03-27",
            "answer_by": "2025-04-11",
            "consent": {
                "given_by": "self",
                "proof": "spoken",
                "publish_name": True,
                "publish_story": True,
                "publish_photo": False,
                "text_version": "2026-2",
            },
            "personal": {"name": "Lò Thị Ấm", "birth_year": 1975, "address": "Thôn 1"},
        }
    ]


def test_the_event_names_the_person_the_plan_and_its_clause(head: Somebody, database: Engine, plan: Plan) -> None:
    sent(head.browser(), complete())

    with database.connect() as connection:
        said = connection.exec_driver_sql("SELECT * FROM bus.event WHERE type LIKE '%%nomination.submitted%%'").one()
    assert (said.planid, said.unitid, said.actorid) == (plan.id, plan.unit.id, head.principal.person_id)
    assert said.planstep == "II.2.c"
    assert said.traceparent


def test_the_same_request_again_gets_the_same_answer_and_no_second_event(head: Somebody, database: Engine) -> None:
    first = sent(head.browser(), complete())
    again = sent(head.browser(), complete())

    assert (again.status_code, again.json()) == (201, first.json())
    assert len(events(database, "nomination.submitted")) == 1


def test_twenty_at_once_with_one_key_are_one_nomination(head: Somebody, database: Engine) -> None:
    with head.browser() as browser, ThreadPoolExecutor(20) as crowd:
        answers = list(crowd.map(lambda _: sent(browser, complete()), range(20)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert len(events(database, "nomination.submitted")) == 1
    with database.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM nomination.nomination").scalar() == 1


def different(number: int) -> dict[str, Any]:
    return complete(headline=f"Việc tốt thứ {number}")


def test_many_at_once_with_their_own_keys_all_get_their_own_code(head: Somebody, database: Engine) -> None:
    with head.browser() as browser, ThreadPoolExecutor(20) as crowd:
        answers = list(crowd.map(lambda number: sent(browser, different(number), f"key-{number}"), range(40)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["code"] for answer in answers}) == 40
    assert {said["code"] for said in events(database, "nomination.submitted")} == {
        answer.json()["code"] for answer in answers
    }


def test_a_key_used_for_something_else_is_refused_and_its_neighbours_are_not(head: Somebody, database: Engine) -> None:
    sent(head.browser(), complete(), "used")
    keys = ["used", *(f"fresh-{number}" for number in range(7))]

    with head.browser() as browser, ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(lambda number: sent(browser, different(number), keys[number]), range(8)))

    assert [answer.status_code for answer in answers] == [422, *[201] * 7]
    assert "“used” đã dùng cho một nội dung khác" in answers[0].json()["detail"]
    assert len(events(database, "nomination.submitted")) == 8


def test_two_people_may_use_the_same_key(somebody: Callable[..., Somebody], database: Engine) -> None:
    for unit in ("village-1", "village-2"):
        assert sent(somebody(unit).browser(), complete()).status_code == 201

    assert [said["unit_key"] for said in events(database, "nomination.submitted")] == ["village-1", "village-2"]


def test_a_nomination_is_shown_to_its_unit_and_not_to_another(somebody: Callable[..., Somebody]) -> None:
    ours, theirs = somebody("village-1"), somebody("village-2")
    receipt = sent(ours.browser(), complete()).json()

    shown = ours.browser().get(receipt["links"]["self"])
    hidden = theirs.browser().get(receipt["links"]["self"])

    assert shown.json() | {"happenings": []} == {
        **receipt,
        "stage": "submitted",
        "unit": "village-1",
        "source": "village",
        "nominee": "Lò Thị Ấm",
        "headline": "Hiến đất làm đường thôn",
        "submitted_on": "2025-03-27",
        "happenings": [],
    }
    assert hidden.status_code == 404


def test_another_communes_clerk_finds_nothing(somebody: Callable[..., Somebody], other_plan: Plan) -> None:
    receipt = sent(somebody("village-1").browser(), complete()).json()

    own = somebody("commune", Role.CLERK).browser().get(receipt["links"]["self"])
    foreign = somebody("commune", Role.CLERK, other_plan).browser().get(receipt["links"]["self"])

    assert (own.status_code, foreign.status_code) == (200, 404)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CHAIR, Role.COUNCIL_MEMBER])
def test_who_does_not_nominate_is_turned_away(somebody: Callable[..., Somebody], role: Role) -> None:
    assert sent(somebody("commune", role).browser(), complete()).status_code == 403


def test_without_a_name_nobody_comes_in(head: Somebody) -> None:
    stranger = head.browser()
    stranger.cookies.clear()

    assert sent(stranger, complete()).status_code == 401


@pytest.mark.parametrize(("unit", "source"), [("radio", "media"), ("emulation-council", "council")])
def test_the_clerk_enters_what_media_and_council_found(
    somebody: Callable[..., Somebody], database: Engine, unit: str, source: str
) -> None:
    clerk = somebody("commune", Role.CLERK)

    assert sent(clerk.browser(), complete(unit=unit)).status_code == 201
    assert [(said["unit_key"], said["source"]) for said in events(database, "nomination.submitted")] == [(unit, source)]


def test_a_withdrawn_nomination_stays_withdrawn_and_is_said_once(head: Somebody, database: Engine) -> None:
    receipt = sent(head.browser(), complete()).json()
    path = f"{receipt['links']['self']}/withdraw"

    without = head.browser().post(path, json={"reason": "  "})
    first = head.browser().post(path, json={"reason": "Gia đình không muốn nêu tên"})
    again = head.browser().post(path, json={"reason": "Gia đình không muốn nêu tên"})

    assert faults(without) == {"reason": "Hãy ghi lý do rút, ít nhất 5 chữ cái, để xã biết."}
    assert (first.status_code, first.json()["stage"]) == (200, "withdrawn")
    assert again.json() == first.json()
    assert [said["reason"] for said in events(database, "nomination.withdrawn")] == ["Gia đình không muốn nêu tên"]
    assert stage_of(database, receipt["id"]) == "withdrawn"


def test_nobody_withdraws_another_units_nomination(somebody: Callable[..., Somebody], database: Engine) -> None:
    receipt = sent(somebody("village-1").browser(), complete()).json()

    response = (
        somebody("village-2")
        .browser()
        .post(f"{receipt['links']['self']}/withdraw", json={"reason": "Không phải của tôi"})
    )

    assert response.status_code == 404
    assert stage_of(database, receipt["id"]) == "submitted"


def test_an_unknown_nomination_is_not_found(head: Somebody) -> None:
    assert head.browser().get(f"{PATH}/{uuid4()}").status_code == 404

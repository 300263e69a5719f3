"""Who was put forward before is suggested to the clerk, who decides and may take it back; no dossier comes twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from services.nomination.handlers import note_case
from shared.access.principal import Role
from shared.events.review import CaseOpened
from shared.plan import Plan
from tests.nomination.conftest import Somebody, complete, events, filled
from tests.nomination.reading import words
from tests.nomination.test_news import case_of, hear

LIST = "/de-cu/trung"
FENCE = {"headline": "Xây hàng rào hoa", "story": "Bà cùng chị em trồng hoa dọc đường thôn, nay đường nào cũng đẹp."}


def put(who: Somebody, plan: Plan, name: str = "Lò Thị Ấm", *, key: str = "k", **changes: Any) -> UUID:
    """The id of a nomination that lies before the council."""
    nominee = complete()["nominee"] | {"name": name} | changes.pop("nominee", {})
    answer = who.browser().post(
        "/api/v1/nominations", json=complete(nominee=nominee, **changes), headers={"idempotency-key": key}
    )
    assert answer.status_code == 201, answer.text
    lay_before_the_council(plan, answer.json()["id"])
    return UUID(answer.json()["id"])


def lay_before_the_council(plan: Plan, nomination_id: str) -> None:
    hear(plan, note_case, CaseOpened(**case_of(nomination_id, plan), answer_by=date(2025, 4, 10)))


@pytest.fixture
def clerk(somebody: Callable[..., Somebody]) -> Somebody:
    return somebody("commune", Role.CLERK)


@pytest.fixture
def twice(head: Somebody, plan: Plan) -> tuple[UUID, UUID]:
    """One person, nominated twice for two deeds, the second time without marks and middle name."""
    return put(head, plan), put(head, plan, "bà Lò Ấm", key="k2", **FENCE)


def pages(twice: tuple[UUID, UUID]) -> str:
    return f"{LIST}/{twice[0]}/{twice[1]}"


def test_the_clerk_sees_who_may_be_the_same_and_why(clerk: Somebody, twice: tuple[UUID, UUID]) -> None:
    browser = clerk.browser()

    listed, receipt, compared = (words(browser.get(path)) for path in (LIST, f"/de-cu/{twice[1]}", pages(twice)))

    for page in (listed, receipt, compared):
        assert "một bên thiếu tên đệm" in page
    assert ("Có thể là một" in listed, "Có vẻ là cùng một việc" in receipt) == (True, False)
    assert ("bà Lò Ấm" in compared, "Lò Thị Ấm" in compared, "Xây hàng rào hoa" in compared) == (True, True, True)


def test_nobody_is_merged_until_somebody_says_so_and_it_can_be_undone(
    clerk: Somebody, head: Somebody, twice: tuple[UUID, UUID], database: Engine
) -> None:
    browser, page = clerk.browser(), pages(twice)
    assert [events(database, f"nominee.{name}") for name in ("merged", "separated")] == [[], []]

    merged = [browser.post(page, data={"verdict": "same"}).status_code for _ in range(2)]
    over_the_years = words(browser.get(f"/de-cu/{twice[0]}/cac-lan"))
    contradicted = browser.post(page, data={"verdict": "different"})
    undone = browser.post(page, data={"verdict": "open"})

    assert (merged, "2 lần được đề cử" in over_the_years) == ([303, 303], True)
    assert (contradicted.status_code, "đã có người quyết định" in contradicted.text) == (422, True)
    assert (undone.status_code, "đã hoàn tác quyết định trước" in words(browser.get(page))) == (303, True)
    (said,) = events(database, "nominee.merged")
    assert (said["nomination_id"], said["other_id"]) == (str(twice[1]), str(twice[0]))
    assert len(events(database, "nominee.reconsidered")) == 1
    assert "1 lần được đề cử" in words(head.browser().get(f"/de-cu/{twice[0]}/cac-lan"))


def test_whoever_was_told_apart_is_not_suggested_again(
    clerk: Somebody, plan: Plan, twice: tuple[UUID, UUID], database: Engine
) -> None:
    browser, page = clerk.browser(), pages(twice)
    browser.post(page, data={"verdict": "different"})
    lay_before_the_council(plan, str(twice[1]))

    assert "Không có cặp hồ sơ nào chờ xem" in words(browser.get(LIST))
    assert "một bên thiếu tên đệm" not in words(browser.get(f"/de-cu/{twice[1]}"))
    assert "bà Lò Ấm" in words(browser.get(f"{LIST}?nhom=khac-nhau"))
    assert len(events(database, "nominee.separated")) == 1
    browser.post(page, data={"verdict": "open"})
    assert "bà Lò Ấm" in words(browser.get(LIST))


def test_units_and_neighbours_see_no_suggestion(
    somebody: Callable[..., Somebody], head: Somebody, twice: tuple[UUID, UUID], other_plan: Plan
) -> None:
    assert head.browser().get(LIST).status_code == 403
    assert "có thể đã được đề cử" not in words(head.browser().get(f"/de-cu/{twice[1]}"))
    neighbour = somebody("commune", Role.CLERK, other_plan).browser()
    assert neighbour.get(pages(twice)).status_code == 404
    assert neighbour.post(pages(twice), data={"verdict": "same"}).status_code == 404
    assert "Lò" not in words(neighbour.get(LIST))


def test_a_household_and_its_head_are_shown_and_never_merged(clerk: Somebody, head: Somebody, plan: Plan) -> None:
    person = put(head, plan, "Lò Văn Ấm")
    household = put(head, plan, "Hộ ông Lò Văn Ấm", key="k2", subject_kind="household", **FENCE)

    page = words(clerk.browser().get(f"{LIST}/{person}/{household}"))

    assert ("mang tên chủ hộ" in page, "Cùng một người" in page) == (True, False)
    assert "Không có cặp hồ sơ nào chờ xem" in words(clerk.browser().get(LIST))


def test_one_achievement_told_by_two_units_is_pointed_out(
    clerk: Somebody, head: Somebody, somebody: Callable[..., Somebody], plan: Plan
) -> None:
    women = somebody("women", Role.ORGANISATION)
    first = put(head, plan)
    second = put(women, plan, "LO THI AM", key="k2", headline="Hiến đất để làm đường của thôn")

    assert "Có thể cùng một việc" in words(clerk.browser().get(LIST))
    assert "Một thành tích không khen hai lần" in words(clerk.browser().get(pages((first, second))))


def test_the_check_says_that_the_deed_was_put_forward_and_under_which_code(head: Somebody, plan: Plan) -> None:
    put(head, plan)
    browser = head.browser()

    same = words(browser.get(f"{filled(browser, viec={'headline': 'Hiến đất làm đường thôn 1'})}/kiem-tra"))
    other = words(browser.get(f"{filled(browser, viec=FENCE | {'happened_on': '1/3/2025'})}/kiem-tra"))

    assert ("DC-2025-" in same, "Có vẻ là cùng một việc." in same) == (True, True)
    assert ("DC-2025-" in other, "Có vẻ là cùng một việc." in other) == (True, False)


def test_the_very_same_dossier_is_refused_with_its_code_and_the_draft_stays(
    head: Somebody, plan: Plan, database: Engine
) -> None:
    put(head, plan)
    (code,) = [said["code"] for said in events(database, "nomination.submitted")]
    browser = head.browser()
    draft = filled(browser, ai={"name": "LÒ  THỊ ẤM"}, viec={"headline": "hiến đất làm đường thôn"})

    by_form = browser.post(f"{draft}/kiem-tra")
    by_api = browser.post("/api/v1/nominations", json=complete(), headers={"idempotency-key": "other"})

    for refused in (by_form, by_api):
        assert (refused.status_code, f"mã {code}" in refused.text) == (422, True)
    assert browser.get(f"{draft}/kiem-tra").status_code == 200
    assert len(events(database, "nomination.submitted")) == 1


def test_what_was_withdrawn_or_is_another_units_may_come_again(
    head: Somebody, somebody: Callable[..., Somebody], plan: Plan
) -> None:
    first = put(head, plan)
    put(somebody("village-2"), plan, key="theirs")
    head.browser().post(f"/de-cu/{first}/rut", data={"reason": "Xin rút để viết lại."})

    put(head, plan, key="again")


def test_of_two_equal_ones_at_the_same_moment_one_is_taken(head: Somebody, database: Engine) -> None:
    with head.browser() as browser, ThreadPoolExecutor(8) as crowd:
        answers = list(
            crowd.map(
                lambda number: (
                    browser.post(
                        "/api/v1/nominations", json=complete(), headers={"idempotency-key": f"key-{number}"}
                    ).status_code
                ),
                range(12),
            )
        )

    assert sorted(answers) == [201] + [422] * 11
    assert len(events(database, "nomination.submitted")) == 1


def test_namesakes_are_found_by_an_index(head: Somebody, plan: Plan, database: Engine) -> None:
    put(head, plan)
    with database.begin() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        steps = connection.exec_driver_sql(
            "EXPLAIN SELECT id FROM nomination.nomination WHERE name_keys && ARRAY['am lo'] LIMIT 200"
        ).scalars()

        assert any("nomination_keys" in step for step in steps)

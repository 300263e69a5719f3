"""Other units, the clerk, the public: what each may find, and what all may do."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from shared.access.principal import Role
from tests.nomination.conftest import STORY, TYPED, Somebody, begun, complete, events, filled, stage_of
from tests.nomination.reading import id_of, words


@pytest.mark.parametrize("way", ["", "/ai", "/kiem-tra", "/phieu.pdf", "/rut"])
def test_another_unit_finds_neither_draft_nor_receipt(somebody: Callable[..., Somebody], way: str) -> None:
    ours, theirs = somebody("village-1").browser(), somebody("village-2").browser()
    draft, sent = filled(ours), filled(ours)
    ours.post(f"{sent}/kiem-tra")

    assert [theirs.get(address + way).status_code for address in (draft, sent)] == [404, 404]
    assert ours.get(sent).status_code == 200


@pytest.mark.parametrize("way", ["/ai", "/kiem-tra", "/bo-nhap", "/rut"])
def test_another_unit_changes_nothing(somebody: Callable[..., Somebody], database: Engine, way: str) -> None:
    draft = filled(somebody("village-1").browser())

    theirs = TYPED["ai"] | {"name": "Kẻ lạ", "reason": "abcdef"}
    response = somebody("village-2").browser().post(draft + way, data=theirs)

    assert response.status_code == 404
    assert stage_of(database, id_of(draft)) == "draft"


def test_the_clerk_sees_no_villages_draft(somebody: Callable[..., Somebody]) -> None:
    village, clerk = somebody("village-1").browser(), somebody("commune", Role.CLERK).browser()
    draft = filled(village)
    before = clerk.get(draft).status_code
    village.post(f"{draft}/kiem-tra")

    assert (before, clerk.get(draft).status_code) == (404, 200)


def test_the_clerk_enters_a_paper_in_a_villages_name(somebody: Callable[..., Somebody], database: Engine) -> None:
    clerk = somebody("commune", Role.CLERK).browser()
    without = filled(clerk)
    named = filled(clerk, ai={"unit": "village-3"})

    refused, sent = clerk.post(f"{without}/kiem-tra"), clerk.post(f"{named}/kiem-tra")

    assert "Hãy chọn đơn vị đề cử." in words(refused)
    assert sent.status_code == 303
    assert [said["unit_key"] for said in events(database, "nomination.submitted")] == ["village-3"]
    assert somebody("village-3").browser().get(named).status_code == 200


def test_everybody_may_ask_by_code_and_learns_the_steps_and_nothing_else(head: Somebody, database: Engine) -> None:
    browser = head.browser()
    browser.post(f"{filled(browser)}/kiem-tra")
    code = events(database, "nomination.submitted")[0]["code"]
    browser.cookies.clear()

    asked = browser.get(f"/tra-cuu?ma={code.lower()}")
    steps = words(browser.get(asked.headers["location"]))
    unknown = browser.get("/tra-cuu/DC-1999-0001")

    assert "Đã gửi cho xã" in steps
    assert "11/04/2025" in steps
    assert not any(secret in steps for secret in ("Ấm", "Thôn 1", "hiến", STORY[:20]))
    assert unknown.status_code == 404
    assert "Không có hồ sơ nào mang mã “DC-1999-0001”." in words(unknown)


def test_a_code_with_a_telephone_opens_with_its_last_three_digits_only(head: Somebody) -> None:
    nominee = complete()["nominee"] | {"phone": "0912 345 678"}
    browser = head.browser()
    code = browser.post("/api/v1/nominations", json=complete(nominee=nominee), headers={"idempotency-key": "k"}).json()[
        "code"
    ]
    browser.cookies.clear()

    asked, wrong, right = (browser.get(f"/tra-cuu/{code}{digits}") for digits in ("", "?so=679", "?so=678"))
    by_form = browser.get(f"/tra-cuu?ma={code.lower()}&so=678")
    whole = browser.get(f"/tra-cuu/{code}?so=0912345678")

    assert [answer.status_code for answer in (asked, wrong, right, whole)] == [200, 422, 200, 422]
    assert "Đã gửi cho xã" in words(right)
    assert not any("Đã gửi cho xã" in words(answer) for answer in (asked, wrong, whole))
    assert "Ba số cuối điện thoại không khớp" in words(wrong)
    assert by_form.headers["location"] == f"/tra-cuu/{code.lower()}?so=678"


@pytest.mark.parametrize("path", ["/de-cu/0199", "/de-cu/khong-co/ai", "/tra-cuu/%00", "/tra-cuu/" + "x" * 3000])
def test_an_address_that_nobody_gave_is_not_found(head: Somebody, path: str) -> None:
    assert head.browser().get(path).status_code == 404


def test_an_unknown_sheet_is_not_found(head: Somebody) -> None:
    browser = head.browser()

    assert browser.get(f"{begun(browser)}/luong").status_code == 404


def test_a_movement_is_launched_once_and_said(head: Somebody, database: Engine) -> None:
    browser = head.browser()
    movement = {"title": "Sạch làng, đẹp ngõ", "starts_on": "1/4/2025", "ends_on": "30/6/2025"}

    for _ in range(2):
        assert browser.post("/phong-trao", data=movement).status_code == 303
    page = words(browser.get("/phong-trao"))

    said = events(database, "movement.launched")
    assert [(one["title"], one["starts_on"], one["ends_on"]) for one in said] == [
        ("Sạch làng, đẹp ngõ", "2025-04-01", "2025-06-30")
    ]
    assert "Sạch làng, đẹp ngõ Thôn 1 · từ 01/04/2025 đến 30/06/2025 Sắp bắt đầu" in page


def test_a_movement_needs_a_title_and_days_within_the_plan(head: Somebody, database: Engine) -> None:
    response = head.browser().post("/phong-trao", data={"title": "Ngõ", "starts_on": "1/4/2026", "ends_on": ""})

    assert response.status_code == 422
    assert "Ngày 1/4/2026 nằm ngoài kế hoạch." in words(response)
    assert 'value="1/4/2026"' in response.text
    assert events(database, "movement.launched") == []

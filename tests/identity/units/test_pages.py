"""The pages of units: the tree as at a day, one unit through time, and a merger from form to confirmation."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from services.identity.main import enroll_person
from shared.access.principal import Role
from shared.clock import set_to
from tests.identity.conftest import PASSWORD, sign_in
from tests.worlds import Rows

from .conftest import BEFORE, DAY, EVE, NEW_NAME, OLD_NAMES, Communes, morning
from .test_merger import agree

FORM = {"ke-hoach": list(OLD_NAMES), "ke-hoach-moi": NEW_NAME, "ngay": "1/7/2025"}


@pytest.fixture
def merged(communes: Communes) -> Communes:
    agree(communes, today=DAY)
    return communes


def digest_in(page: str) -> str:
    found = re.search(r'name="dong-y" value="([0-9a-f]{64})"', page)
    assert found, page
    return found[1]


def test_the_tree_shows_binh_luong_under_nhu_xuan_before_and_the_new_commune_after(
    merged: Communes, browser: TestClient
) -> None:
    before = browser.get("/don-vi", params={"ngay": "30/6/2025"}).text
    after = browser.get("/don-vi", params={"ngay": "1/7/2025"}).text

    assert before.index("Huyện Như Xuân</a>") < before.index("Xã Bình Lương</a>")
    assert "mã 16204 (gso/2023)" in before
    assert "Xã Bình Lương</a>" not in after
    assert "mã 16186 (gso/2025)" in after
    assert "mã 16186 (gso/2025)" not in before


def test_a_search_without_accents_finds_a_unit_of_that_day(merged: Communes, browser: TestClient) -> None:
    before = browser.get("/don-vi", params={"ngay": "30.06.2025", "q": "binh luong"}).text
    after = browser.get("/don-vi", params={"ngay": "01/07/2025", "q": "binh luong"}).text

    assert "Xã Bình Lương</a>" in before
    assert "Xã Bình Lương</a>" not in after
    assert "Thôn Bình Lương 1</a>" in after


def test_a_day_that_is_none_is_said_and_kept_as_typed(merged: Communes, browser: TestClient) -> None:
    answer = browser.get("/don-vi", params={"ngay": "31/6/2025"})

    assert answer.status_code == 422
    assert "Không đọc được ngày này" in answer.text
    assert 'value="31/6/2025"' in answer.text


def test_the_page_of_a_unit_that_is_gone_says_where_it_went(merged: Communes, browser: TestClient) -> None:
    page = browser.get(f"/don-vi/{merged.binh_luong.unit.id}").text

    assert "Xã Bình Lương không còn" in page
    assert f'href="/don-vi/{merged.merged.unit.id}' in page
    assert "Sáp nhập vào Xã Hóa Quỳ" in page
    assert browser.get(f"/don-vi/{merged.admin}").status_code == 404


def test_an_administrator_previews_a_merger_and_agrees_to_it(
    communes: Communes, admin_browser: TestClient, nominate: Any, hear: Any, rows: Rows
) -> None:
    for _ in range(3):
        nominate(communes.binh_luong, communes.binh_luong.unit_by_key("village-1"))
    hear()

    with set_to(morning(BEFORE)):
        preview = admin_browser.post("/don-vi/thay-doi/sap-nhap", data=FORM)
        for words in (
            "Hồ sơ đang chờ (3)",
            "Nhập vào Trạm Y tế xã",
            "Trang thông tin điện tử của xã (Xã Bình Lương)",
            "Báo cáo tổng kết: hạn cuối 19/12/2025",
            "Tỉnh Thanh Hóa",
            "Chủ tịch (mẫu)",
        ):
            assert words in preview.text
        assert rows("SELECT count(*) FROM identity.unit_change") == [(0,)]

        agreed = admin_browser.post("/don-vi/thay-doi/sap-nhap", data=FORM | {"dong-y": digest_in(preview.text)})

    assert agreed.headers["location"] == "/don-vi/thay-doi?xong=hen"
    assert "Sáp nhập" in admin_browser.get("/don-vi/thay-doi").text
    assert rows("SELECT state, on_day FROM identity.unit_change") == [("scheduled", DAY)]


def test_what_has_changed_since_is_answered_with_a_new_preview(
    communes: Communes, admin_browser: TestClient, nominate: Any, hear: Any, rows: Rows
) -> None:
    with set_to(morning(BEFORE)):
        seen = digest_in(admin_browser.post("/don-vi/thay-doi/sap-nhap", data=FORM).text)
        nominate(communes.binh_luong, communes.binh_luong.unit_by_key("village-1"))
        hear()

        answer = admin_browser.post("/don-vi/thay-doi/sap-nhap", data=FORM | {"dong-y": seen})

    assert answer.status_code == 409
    assert "có thứ đã thay đổi" in answer.text
    assert digest_in(answer.text) != seen
    assert rows("SELECT count(*) FROM identity.unit_change") == [(0,)]


@pytest.mark.parametrize("path", ["/don-vi/thay-doi", "/don-vi/thay-doi/sap-nhap", "/don-vi/nhap"])
def test_changes_belong_to_administrators(communes: Communes, browser: TestClient, path: str) -> None:
    enroll_person(
        communes.binh_luong, name="Chủ tịch", email="ct@xa.example", role=Role.CHAIR, unit="commune", password=PASSWORD
    )
    assert browser.get(path).status_code == 303

    sign_in(browser, "ct@xa.example")

    assert browser.get(path).status_code == 403
    assert browser.post(path).status_code in {403, 405}


def test_a_unit_is_renamed_moved_and_dissolved_from_its_page(
    merged: Communes, admin_browser: TestClient, rows: Rows
) -> None:
    village = merged.merged.unit_by_key("binh-luong-2")
    with set_to(morning(DAY.replace(day=20))):
        asked = {"don-vi": str(village.id), "ten": "Thôn Đồi Chè", "loai": "village", "ngay": "10/7/2025"}
        preview = admin_browser.post("/don-vi/thay-doi/doi-ten", data=asked)
        agreed = admin_browser.post("/don-vi/thay-doi/doi-ten", data=asked | {"dong-y": digest_in(preview.text)})
        assert agreed.headers["location"] == "/don-vi/thay-doi?xong=1"

    page = admin_browser.get(f"/don-vi/{village.id}").text
    assert "Đổi tên từ Thôn Bình Lương 2 thành Thôn Đồi Chè" in page
    said = rows("SELECT planid, data->>'name' FROM bus.event WHERE type LIKE '%unit.renamed%' AND subject = :it "
                "ORDER BY subjectversion", it=f"unit/{village.id}")  # fmt: skip
    assert said == [(NEW_NAME, "Thôn Bình Lương 2"), (NEW_NAME, "Thôn Đồi Chè")]


def test_somebody_whose_office_ended_is_told_at_sign_in(communes: Communes, browser: TestClient) -> None:
    enroll_person(
        communes.binh_luong, name="Chủ tịch", email="ct@xa.example", role=Role.CHAIR, unit="commune", password=PASSWORD
    )
    agree(communes, today=DAY)

    answer = browser.post("/dang-nhap", data={"email": "ct@xa.example", "password": PASSWORD})

    assert answer.status_code == 403
    assert "không còn vai trò nào" in answer.text
    assert "Chủ tịch Ủy ban nhân dân xã" in answer.text
    assert f"/don-vi/{communes.merged.unit.id}" in answer.text


def test_programs_ask_for_units_as_at_a_day(merged: Communes, browser: TestClient) -> None:
    before = browser.get("/api/v1/units", params={"as_at": str(EVE), "limit": 1000}).json()
    after = browser.get("/api/v1/units", params={"as_at": str(DAY), "limit": 1000}).json()
    old = browser.get(f"/api/v1/units/{merged.binh_luong.unit.id}", params={"as_at": str(DAY)}).json()

    codes = [{(item["code_list"], item["code"]) for item in found["items"]} for found in (before, after)]
    assert ("gso/2023", "16204") in codes[0] - codes[1]
    assert ("gso/2025", "16186") in codes[1] - codes[0]
    assert (len(before["items"]), before["next"]) == (51, None)
    assert old["rolled_up_to"] == str(merged.merged.unit.id)
    assert [version["valid_until"] for version in old["versions"]] == [str(DAY)]
    first = browser.get("/api/v1/units", params={"as_at": str(EVE), "limit": 30}).json()
    rest = browser.get("/api/v1/units", params={"as_at": str(EVE), "limit": 30, "after": first["next"]}).json()
    assert first["items"] + rest["items"] == before["items"]

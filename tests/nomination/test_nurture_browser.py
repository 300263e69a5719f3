"""From somebody promising to a nomination, on a phone: axe finds nothing, nothing sticks out."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine

from tests.nomination.conftest import Somebody, events
from tests.nomination.test_browser import go_on, look, opened

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True}
DESK = {"width": 1366, "height": 768}


def deed(page: Page, link: str, name: str, shots: Path, **typed: str) -> None:
    """Open a form from the candidate's page, fill it in and keep it."""
    page.get_by_role("link", name=link).first.click()
    page.wait_for_load_state()
    for label, value in typed.items():
        page.locator(f"#{label}").fill(value)
    look(page, f"js-nurture-{name}", shots)
    page.locator("main form .btn.main").click()
    page.wait_for_load_state()


def test_a_unit_nurtures_somebody_until_they_are_nominated(
    chromium: Browser, address: str, head: Somebody, database: Engine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shots = tmp_path_factory.getbasetemp() / "shots"
    shots.mkdir(exist_ok=True)
    launch = {"title": "Sạch làng, đẹp ngõ", "starts_on": "1/3/2025", "ends_on": "30/6/2025"}
    head.browser().post("/phong-trao", data=launch)
    with opened(chromium, address, head, PHONE, scripts=True) as context:
        page = context.new_page()
        page.goto("/boi-duong")
        look(page, "js-nurture-0-empty", shots)
        page.get_by_role("link", name="Thêm người cần bồi dưỡng").click()
        go_on(page, "Bắt đầu bồi dưỡng")
        look(page, "js-nurture-1-wrong", shots)
        assert page.get_by_role("alert").get_by_role("heading").inner_text() == "Cần sửa 7 chỗ"
        page.locator("#name").fill("Hà Văn Bính")
        page.locator("#field").select_option("F04")
        page.locator("#why").fill("Dám thử trồng rau sạch trong nhà lưới.")
        page.locator("#mentor").fill("Chi hội Nông dân thôn")
        page.locator("#weakness").fill("Chưa biết ghi chép chi tiêu")
        page.locator("#detail").fill("Học lớp kế toán hộ gia đình")
        page.locator("#due_on").fill("29/3/2025")
        look(page, "js-nurture-2-new", shots)
        go_on(page, "Bắt đầu bồi dưỡng")
        look(page, "js-nurture-3-begun", shots)

        page.get_by_role("link", name="Ghi hỗ trợ").click()
        page.get_by_label("Hỗ trợ vật chất").check()
        page.locator("#detail").fill("Tiền mua giống, Hội Nông dân tặng")
        page.locator("#amount").fill("1.500.000")
        look(page, "js-nurture-4-support", shots)
        go_on(page, "Ghi lại")
        deed(page, "Ghi một mốc", "5-milestone", shots, detail="Bán lứa rau đầu tiên, thu 6 triệu đồng")
        deed(page, "Thành tấm gương", "6-example", shots, detail="Năm hộ trong thôn làm theo")
        deed(page, "Đã xong", "7-done", shots, detail="Đã có sổ thu chi hằng ngày")
        look_at_both_widths(page, "js-nurture-8-candidate", shots)
        page.goto("/boi-duong")
        look_at_both_widths(page, "js-nurture-9-list", shots)

        page.get_by_role("link", name="Hà Văn Bính").click()
        go_on(page, "Đã chín: lập đề cử")
        assert page.get_by_label("Họ và tên, hoặc tên gọi").input_value() == "Hà Văn Bính"
        page.goto(f"{page.url.rpartition('/')[0]}/minh-chung")
        look(page, "js-nurture-10-evidence", shots)
        assert page.get_by_text("Quá trình bồi dưỡng").first.is_visible()

        page.goto("/phong-trao")
        page.get_by_role("link", name="Sạch làng, đẹp ngõ").click()
        look(page, "js-nurture-11-movement", shots)

        page.goto("/boi-duong/moi")
        assert page.locator("#name").input_value() == ""  # the next candidate begins on an empty form

    assert [one["kind"] for one in events(database, "support.recorded")] == ["material"]
    assert len(events(database, "nurture.step_done")) == len(events(database, "candidate.promoted")) == 1


def look_at_both_widths(page: Page, name: str, shots: Path) -> None:
    """At a desk, then on the phone that the page stays on."""
    page.set_viewport_size(DESK)
    look(page, f"{name}-wide", shots)
    page.set_viewport_size(PHONE["viewport"])  # type: ignore[arg-type]  # its size
    look(page, name, shots)

"""From somebody promising to a nomination, on a phone: axe finds nothing, nothing sticks out."""

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from tests.nomination.conftest import Somebody, events
from tests.nomination.test_browser import go_on, look, opened
from tests.sound import require_sound_at

DESK, NARROW = 1366, 390
PHONE = {"viewport": {"width": NARROW, "height": 844}, "device_scale_factor": 2, "has_touch": True}


def deed(page: Page, link: str, name: str, **typed: str) -> None:
    """Open a form from the candidate's page, fill it in and keep it."""
    page.get_by_role("link", name=link).first.click()
    page.wait_for_load_state()
    for label, value in typed.items():
        page.locator(f"#{label}").fill(value)
    look(page, f"js-nurture-{name}")
    page.locator("main form .btn.main").click()
    page.wait_for_load_state()


def test_a_unit_nurtures_somebody_until_they_are_nominated(
    chromium: Browser, address: str, head: Somebody, database: Engine
) -> None:
    launch = {"title": "Sạch làng, đẹp ngõ", "starts_on": "1/3/2025", "ends_on": "30/6/2025"}
    head.browser().post("/phong-trao", data=launch)
    with opened(chromium, address, head, PHONE, scripts=True) as context:
        page = context.new_page()
        page.goto("/boi-duong")
        look(page, "js-nurture-0-empty")
        page.get_by_role("link", name="Thêm người cần bồi dưỡng").click()
        go_on(page, "Bắt đầu bồi dưỡng")
        look(page, "js-nurture-1-wrong")
        assert page.get_by_role("alert").get_by_role("heading").inner_text() == "Cần sửa 7 chỗ"
        page.locator("#name").fill("Hà Văn Bính")
        page.locator("#field").select_option("F04")
        page.locator("#why").fill("Dám thử trồng rau sạch trong nhà lưới.")
        page.locator("#mentor").fill("Chi hội Nông dân thôn")
        page.locator("#weakness").fill("Chưa biết ghi chép chi tiêu")
        page.locator("#detail").fill("Học lớp kế toán hộ gia đình")
        page.locator("#due_on").fill("29/3/2025")
        look(page, "js-nurture-2-new")
        go_on(page, "Bắt đầu bồi dưỡng")
        look(page, "js-nurture-3-begun")

        page.get_by_role("link", name="Ghi hỗ trợ").click()
        page.get_by_label("Hỗ trợ vật chất").check()
        page.locator("#detail").fill("Tiền mua giống, Hội Nông dân tặng")
        page.locator("#amount").fill("1.500.000")
        look(page, "js-nurture-4-support")
        go_on(page, "Ghi lại")
        deed(page, "Ghi một mốc", "5-milestone", detail="Bán lứa rau đầu tiên, thu 6 triệu đồng")
        deed(page, "Thành tấm gương", "6-example", detail="Năm hộ trong thôn làm theo")
        deed(page, "Đã xong", "7-done", detail="Đã có sổ thu chi hằng ngày")
        require_sound_at(page, DESK, NARROW, picture="nurture-8-candidate")
        page.goto("/boi-duong")
        require_sound_at(page, DESK, NARROW, picture="nurture-9-list")

        page.get_by_role("link", name="Hà Văn Bính").click()
        go_on(page, "Đã chín: lập đề cử")
        assert page.get_by_label("Họ và tên, hoặc tên gọi").input_value() == "Hà Văn Bính"
        page.goto(f"{page.url.rpartition('/')[0]}/minh-chung")
        look(page, "js-nurture-10-evidence")
        expect(page.get_by_text("Quá trình bồi dưỡng").first).to_be_visible()

        page.goto("/phong-trao")
        page.get_by_role("link", name="Sạch làng, đẹp ngõ").click()
        look(page, "js-nurture-11-movement")

        page.goto("/boi-duong/moi")
        assert page.locator("#name").input_value() == ""  # the next candidate begins on an empty form

    assert [one["kind"] for one in events(database, "support.recorded")] == ["material"]
    assert len(events(database, "nurture.step_done")) == len(events(database, "candidate.promoted")) == 1

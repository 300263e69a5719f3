"""The village form in Chromium on a phone, without scripts and with; axe finds nothing; nothing sticks out."""

import io
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import Engine

from shared.access.secret import SESSION_COOKIE
from tests.nomination.conftest import STORY, Somebody, begun, events
from tests.sound import keep_picture, require_sound

PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "has_touch": True}
DESKTOP = {"viewport": {"width": 1366, "height": 768}}


def opened(
    chromium: Browser,
    address: str,
    who: Somebody,
    profile: dict[str, object],
    *,
    scripts: bool,
    service_workers: Literal["allow", "block"] = "block",
) -> BrowserContext:
    context = chromium.new_context(
        **profile,  # type: ignore[arg-type]  # playwright's own names
        base_url=address,
        java_script_enabled=scripts,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        service_workers=service_workers,
    )
    context.add_cookies([{"name": SESSION_COOKIE, "value": who.secret, "url": address}])
    return context


def photo(width: int) -> bytes:
    buffer = io.BytesIO()
    Image.radial_gradient("L").resize((width, 1200)).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()


def look(page: Page, name: str) -> None:
    """Keep a picture if pictures are wanted, and have axe look for faults where scripts run."""
    if name.startswith("js"):
        require_sound(page, name)
    else:
        keep_picture(page, name)


def go_on(page: Page, label: str = "Tiếp tục") -> None:
    page.get_by_role("button", name=label).click()
    page.wait_for_load_state()


@pytest.mark.parametrize(("scripts", "profile"), [(False, DESKTOP), (True, PHONE)], ids=["plain", "js"])
def test_a_village_head_nominates_somebody(
    chromium: Browser,
    address: str,
    head: Somebody,
    database: Engine,
    scripts: bool,
    profile: dict[str, object],
    request: pytest.FixtureRequest,
) -> None:
    kind = request.node.callspec.id
    with opened(chromium, address, head, profile, scripts=scripts) as context:
        page = context.new_page()
        page.goto("/de-cu")
        look(page, f"{kind}-0-empty")
        go_on(page, "Đề cử người mới")
        look(page, f"{kind}-1-who")
        go_on(page)
        look(page, f"{kind}-1-who-wrong")
        assert page.get_by_role("alert").get_by_role("heading").inner_text() == "Cần sửa 1 chỗ"
        page.get_by_label("Họ và tên, hoặc tên gọi").fill("Lò Thị Ấm")
        go_on(page)
        page.get_by_label("Kể ngắn gọn việc đã làm").fill(STORY)
        page.get_by_label("Nông nghiệp").check()
        look(page, f"{kind}-2-deed")
        go_on(page)
        page.locator("input[type=file][multiple]").set_input_files(
            [{"name": f"{side}.jpg", "mimeType": "image/jpeg", "buffer": photo(side)} for side in (1600, 2000)]
        )
        page.get_by_label("Chính người được đề cử").check()
        for purpose in ("Nêu tên", "Đăng bài kể về việc làm", "Đăng ảnh"):
            page.get_by_label(purpose).check()
        look(page, f"{kind}-4-consent")
        if scripts:
            page.locator(".thumbs img").nth(1).wait_for()
            page.get_by_role("button", name="Bỏ ảnh 2").click()
            page.get_by_text("Đã chọn 1 ảnh").wait_for()
        go_on(page)
        look(page, f"{kind}-5-check")
        go_on(page, "Gửi đề cử cho xã")
        page.locator(".code").wait_for()
        look(page, f"{kind}-6-receipt")

        said = events(database, "nomination.submitted")[0]
        assert page.locator(".code").inner_text() == said["code"]
        assert (said["personal"]["name"], said["field"], said["movement"]) == ("Lò Thị Ấm", "F04", "new_countryside")
        assert said["photo"]
        page.goto("/de-cu")
        look(page, f"{kind}-7-list")
        page.goto(f"/tra-cuu/{said['code']}")
        look(page, f"{kind}-8-public")
        page.goto("/phong-trao")
        look(page, f"{kind}-9-movements")


def test_what_was_typed_on_a_sheet_survives_a_reload_before_it_is_sent(
    chromium: Browser, address: str, head: Somebody
) -> None:
    with opened(chromium, address, head, PHONE, scripts=True) as context:
        page = context.new_page()
        page.goto(f"{begun(head.browser())}/viec")
        page.get_by_label("Kể ngắn gọn việc đã làm").fill(STORY)
        page.get_by_text("Đã lưu nháp trên máy này").wait_for()

        page.reload()

        assert page.get_by_label("Kể ngắn gọn việc đã làm").input_value() == STORY


def test_throwing_a_draft_away_asks_first(chromium: Browser, address: str, head: Somebody) -> None:
    with opened(chromium, address, head, PHONE, scripts=True) as context:
        page = context.new_page()
        draft = begun(head.browser())
        page.goto(f"{draft}/kiem-tra")

        page.get_by_role("button", name="Xóa bản nháp này").click()
        page.get_by_role("dialog").get_by_role("button", name="Quay lại").click()
        still_there = page.goto(f"{draft}/kiem-tra")
        page.get_by_role("button", name="Xóa bản nháp này").click()
        page.get_by_role("dialog").get_by_role("button", name="Đồng ý").click()
        page.wait_for_url("**/de-cu")
        gone = page.goto(draft)

        assert still_there is not None
        assert gone is not None
        assert (still_there.status, gone.status) == (200, 404)

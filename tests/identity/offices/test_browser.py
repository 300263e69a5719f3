"""The pages of people, of acting for another and of leaving in Chromium, on a phone and on a desk."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser

from services.identity.rules.offices import Reason
from shared.plan import Plan
from tests.identity.conftest import PASSWORD
from tests.identity.test_browser import Screen, address, window

from .conftest import Town, end, lend

__all__ = ["address"]  # the fixture: identity's application behind a real port


def enter(screen: Screen, email: str, path: str) -> None:
    screen.open(f"/dang-nhap?next={path}")
    screen.page.get_by_label("Thư điện tử").fill(email)
    screen.page.get_by_label("Mật khẩu").fill(PASSWORD)
    screen.page.get_by_role("button", name="Đăng nhập").click()
    screen.page.wait_for_url(f"**{path}")


def test_an_administrator_looks_after_people(
    chromium: Browser, address: str, town: Town, today: date, active: Plan
) -> None:
    lend(town.chair.office, town.member.id, first=today, days=5, by=town.chair.id, reason=Reason.LEAVE)
    end(town.editor.office, on=today + timedelta(days=9), by=town.admin.id, to=town.member.id)
    with window(chromium, address) as screen:
        enter(screen, town.admin.email, "/quan-tri/nguoi")
        screen.require_good("people")

        screen.page.get_by_label("Tìm tên").fill("dang hoa")
        screen.page.get_by_role("button", name="Tìm").click()
        screen.page.get_by_role("link", name=town.clerk.name).click()
        screen.require_good("person")
        screen.page.get_by_role("button", name="Cấp đường dẫn đặt mật khẩu").click()
        screen.page.get_by_text("chỉ hiện một lần này").wait_for()
        screen.require_good("person-link")
        link = screen.page.locator("code").first.inner_text()

        screen.page.get_by_role("link", name="Thôi giữ, bàn giao").first.click()
        screen.require_good("leaving")
        screen.page.get_by_label("Thôi giữ từ ngày").fill("hôm qua")
        screen.page.get_by_role("button", name="Ghi việc thôi giữ").click()
        screen.page.get_by_role("button", name="Đồng ý").click()
        screen.page.get_by_role("alert").wait_for()
        screen.require_good("leaving-wrong")

        screen.open(f"/quan-tri/nguoi/{town.chair.id}")
        screen.require_good("person-away")
        screen.open("/quan-tri/nguoi/moi")
        screen.require_good("enrol")
        screen.open(f"/quan-tri/nguoi/{town.head.id}/sua")
        screen.require_good("correct")
        screen.open(f"/quan-tri/nguoi/vai-tro/{town.head.office}/vang-mat")
        screen.require_good("absence")
        screen.open("/dat-mat-khau/" + link.rpartition("/")[2])
        screen.require_good("password-link")
        for box in ("Mật khẩu mới", "Gõ lại mật khẩu mới"):
            screen.page.get_by_label(box, exact=True).fill("suối trong chảy qua bản")
        screen.page.get_by_role("button", name="Đặt mật khẩu").click()
        screen.page.get_by_text("Đã đặt mật khẩu").wait_for()
        screen.require_good("password-set")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_chair_lends_the_office_and_the_delegate_acts(
    chromium: Browser, address: str, town: Town, today: date, scripts: bool
) -> None:
    with window(chromium, address, scripts=scripts) as screen:
        enter(screen, town.chair.email, "/uy-quyen")
        screen.page.get_by_label("Người làm thay", exact=True).select_option(str(town.member.id))
        screen.page.get_by_label("Từ ngày").fill(f"{today:%d/%m/%Y}")
        screen.page.get_by_label("Đến hết ngày").fill(f"{today:%d/%m/%Y}")
        screen.page.get_by_role("button", name="Nhờ làm thay").click()
        screen.page.get_by_text("Người làm thay đã được báo").wait_for()
        if scripts:
            screen.require_good("acting")

    with window(chromium, address, scripts=scripts) as screen:
        enter(screen, town.member.email, "/doi-vai")
        if scripts:
            screen.require_good("offices-lent")
        screen.page.get_by_role("button", name="Làm thay").click()
        screen.page.wait_for_url("**/xet-duyet")
        screen.open("/uy-quyen")
        screen.page.locator("aside strong", has_text=f"thay mặt {town.chair.name}").wait_for()
        if scripts:
            screen.require_good("acting-as-delegate")

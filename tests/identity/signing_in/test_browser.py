"""The pages of signing in, in Chromium: in order for axe, not wider than the screen, usable without scripts."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from services.identity.main import enroll_person, issue_card
from services.identity.settings import sign_in_settings
from shared.access.principal import Role
from shared.ids import new_id
from shared.plan import Plan, Unit
from tests.identity.conftest import CLERK, PASSWORD, People
from tests.identity.test_browser import Screen, address, window
from tests.worlds import Rows

from .conftest import PIN, Holder
from .test_approvals import newest_code
from .test_second_factor import code_of, secret_on

__all__ = ["address"]  # the fixture of the pages' server


@pytest.fixture
def demanded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("GUONGSANG_REQUIRE_TOTP", "true")
    sign_in_settings.cache_clear()
    yield
    monkeypatch.undo()
    sign_in_settings.cache_clear()


def sign_in(screen: Screen, email: str = CLERK, next_path: str = "/tai-khoan") -> None:
    screen.open(f"/dang-nhap?next={next_path}")
    screen.page.get_by_label("Thư điện tử").fill(email)
    screen.page.get_by_label("Mật khẩu").fill(PASSWORD)
    screen.page.get_by_role("button", name="Đăng nhập", exact=True).click()


@pytest.mark.parametrize("scripts", [False, True])
def test_a_card_is_started_used_and_remembered_by_the_phone(
    chromium: Browser, address: str, holder: Holder, scripts: bool
) -> None:
    with window(chromium, address, scripts=scripts) as screen:
        screen.page.goto(address + holder.address)
        assert holder.secret not in screen.page.url
        assert screen.page.evaluate("document.referrer") == ""
        screen.require_good("card-first-use") if scripts else None
        screen.page.get_by_label("Mã bắt đầu").fill(holder.start_code)
        screen.page.get_by_label("Mã PIN mới").fill("123456")
        screen.page.get_by_label("Gõ lại mã PIN").fill("123456")
        screen.page.get_by_role("button", name="Đặt mã PIN và vào").click()
        screen.page.get_by_role("alert").wait_for()
        screen.page.get_by_label("Mã PIN mới").fill(PIN)
        screen.page.get_by_label("Gõ lại mã PIN").fill(PIN)
        screen.page.get_by_role("button", name="Đặt mã PIN và vào").click()
        screen.page.wait_for_url("**/de-cu")

        screen.open("/dang-nhap")
        screen.page.get_by_role("heading", name="Ai đang dùng máy này?").wait_for()
        screen.page.get_by_role("button", name="L. T. Mẫu").click()
        screen.page.get_by_label("Mã PIN").fill("593017")
        screen.page.get_by_role("button", name="Vào", exact=True).click()
        screen.page.get_by_role("alert").wait_for()
        assert screen.page.get_by_label("Mã PIN").input_value() == ""
        screen.page.get_by_label("Mã PIN").fill(PIN)
        screen.page.get_by_role("button", name="Vào", exact=True).click()
        screen.page.wait_for_url("**/de-cu")


def test_the_pages_of_a_card_are_in_order(chromium: Browser, address: str, people: People, holder: Holder) -> None:
    with window(chromium, address) as screen:
        screen.page.goto(address + holder.address)
        screen.require_good("card-first-use")
        screen.page.get_by_role("button", name="Đặt mã PIN và vào").click()
        screen.page.get_by_role("alert").wait_for()
        screen.require_good("card-first-use-wrong")
        screen.page.get_by_label("Mã bắt đầu").fill(holder.start_code)
        screen.page.get_by_label("Mã PIN mới").fill(PIN)
        screen.page.get_by_label("Gõ lại mã PIN").fill(PIN)
        screen.page.get_by_role("button", name="Đặt mã PIN và vào").click()
        screen.page.wait_for_url("**/de-cu")
        sign_in(screen)
        screen.page.wait_for_url("**/tai-khoan")
        screen.open("/dang-nhap")
        screen.require_good("shared-phone")
        screen.page.get_by_role("button", name="V. phòng").click()
        screen.require_good("shared-phone-password")
        screen.open("/dang-nhap")
        screen.page.get_by_role("button", name="L. T. Mẫu").click()
        screen.require_good("pin")


def test_the_clerk_issues_and_revokes_cards(
    chromium: Browser, address: str, people: People, holder: Holder, active: Plan, village: Unit, rows: Rows
) -> None:
    for name in ("Trưởng thôn đã thu hồi (mẫu)", "Hiệu trưởng trường đang khóa (mẫu)"):
        enroll_person(active, name=name, email=None, role=Role.NOMINATOR, unit=village.key)
        issue_card(active, who=name)
    rows(
        "UPDATE identity.card SET failures = 100 WHERE person_id = (SELECT id FROM identity.person WHERE name ~ 'khóa')"
    )
    with window(chromium, address) as screen:
        sign_in(screen, next_path="/the-thon")
        screen.page.get_by_role("heading", name="Thẻ trưởng thôn", level=1).wait_for()
        screen.require_good("cards")
        screen.page.get_by_role("button", name="Thu hồi Trưởng thôn đã thu hồi (mẫu)").click()
        screen.page.get_by_role("button", name="Đồng ý").click()
        screen.page.get_by_text("Đã thu hồi thẻ.").wait_for()
        screen.require_good("cards-revoked")


def test_an_authenticator_is_set_up_while_signing_in(
    chromium: Browser, address: str, people: People, demanded: None
) -> None:
    with window(chromium, address) as screen:
        sign_in(screen)
        screen.page.get_by_role("heading", name="Thêm mã xác thực").wait_for()
        screen.require_good("authenticator-setup")
        screen.page.get_by_label("Mã xác thực").fill(code_of(secret_on(screen.page.content()), steps=-1))
        screen.page.get_by_role("button", name="Tiếp tục").click()
        screen.page.get_by_role("heading", name="Mã dự phòng").wait_for()
        screen.require_good("recovery-codes")
        screen.page.get_by_role("link", name="Tôi đã cất các mã").click()
        screen.page.wait_for_url("**/tai-khoan")
        screen.require_good("account-with-authenticator")
        screen.open("/tai-khoan/xac-thuc")
        screen.require_good("authenticator-on")
        sign_in(screen)
        screen.page.get_by_role("heading", name="Mã xác thực").wait_for()
        screen.page.get_by_label("Mã xác thực").fill("000000")
        screen.page.get_by_role("button", name="Tiếp tục").click()
        screen.page.get_by_role("alert").wait_for()
        screen.require_good("second-step-wrong")


def test_an_approval_link_is_made_and_asks_for_its_code(
    chromium: Browser, address: str, people: People, active: Plan, rows: Rows
) -> None:
    enroll_person(active, name="Ủy viên", email="u@xa.example", role=Role.COUNCIL_MEMBER, unit=active.unit.key)
    case = new_id()
    with window(chromium, address) as screen:
        sign_in(screen, next_path=f"/lien-ket-duyet?ho-so={case}")
        screen.page.get_by_role("heading", name="Liên kết duyệt").wait_for()
        screen.require_good("approval")
        screen.page.get_by_role("button", name="Lập liên kết").click()
        screen.page.get_by_text("Đã lập liên kết.").wait_for()
        screen.require_good("approval-made")
        path = screen.page.locator("code").first.inner_text().partition("/duyet/")[2]
        code = newest_code(rows)
        screen.page.context.clear_cookies()
        screen.open(f"/duyet/{path}")
        screen.require_good("approval-code")
        screen.page.get_by_label("Mã xác nhận").fill(code)
        screen.page.get_by_role("button", name="Mở hồ sơ").click()
        screen.page.wait_for_url(f"**/xet-duyet/{case}")


def test_the_pages_speak_english(browser: TestClient, holder: Holder) -> None:
    browser.get(holder.address)
    assert "First use of the card" in browser.get("/dang-nhap/ma-pin?lang=en").text

"""Sign-in, account and role chooser in Chromium, on a phone and on a desk, with and without scripts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from services.identity.main import activate, enroll_person, enroll_sample_people, issue_api_token
from shared.access.principal import Role
from shared.plan import Plan, Unit
from tests.serving import serving
from tests.sound import require_sound_at

from .conftest import CLERK, FIRST_DAY, HEAD, PASSWORD, People

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]  # fmt: skip
PHONE, DESK = 360, 1366


@dataclass(frozen=True, slots=True)
class Screen:
    """One page on a phone, which is looked at on a desk's width as well."""

    page: Page
    address: str

    def open(self, path: str) -> None:
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status < 400, path

    def require_good(self, name: str) -> None:
        """axe finds nothing, and nothing sticks out to the right, on either width."""
        require_sound_at(self.page, DESK, PHONE, picture=name)


@pytest.fixture(scope="module")
def address(installation: None) -> Iterator[str]:
    """Identity's application behind a real port."""
    from services.identity.main import web  # noqa: PLC0415 -- settings must point to the test database first

    with serving(web) as found:
        yield found


@contextmanager
def window(chromium: Browser, address: str, *, scripts: bool = True) -> Iterator[Screen]:
    context = chromium.new_context(
        viewport={"width": PHONE, "height": 740},
        device_scale_factor=2,
        has_touch=True,
        java_script_enabled=scripts,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
    )
    faults: list[str] = []
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    try:
        yield Screen(page, address)
        assert [fault for fault in faults if "422" not in fault and "404" not in fault] == []
    finally:
        context.close()


def test_sign_in_is_clear_when_it_fails_and_leads_on_when_it_succeeds(
    chromium: Browser, address: str, people: People
) -> None:
    with window(chromium, address) as screen:
        screen.open("/dang-nhap?next=/tai-khoan")
        screen.require_good("sign-in")

        screen.page.get_by_label("Thư điện tử").fill(HEAD)
        screen.page.get_by_label("Mật khẩu").fill("sai rồi sai rồi")
        screen.page.get_by_role("button", name="Đăng nhập").click()
        screen.page.get_by_role("alert").wait_for()
        screen.require_good("sign-in-wrong")
        assert screen.page.get_by_label("Thư điện tử").input_value() == HEAD
        assert screen.page.get_by_label("Mật khẩu").input_value() == ""

        screen.page.get_by_label("Mật khẩu").fill(PASSWORD)
        screen.page.get_by_role("button", name="Đăng nhập").click()
        screen.page.wait_for_url("**/tai-khoan")


def test_the_account_page_and_the_offices(
    chromium: Browser, address: str, people: People, active: Plan, village: Unit
) -> None:
    enroll_person(active, name="Trưởng thôn", email=HEAD, role=Role.CLERK, unit=active.unit.key)
    issue_api_token(active, email=HEAD, role=Role.NOMINATOR, unit=village.key, name="Phần mềm thi đua của xã")
    with window(chromium, address) as screen:
        screen.open("/dang-nhap?next=/tai-khoan")
        screen.page.get_by_label("Thư điện tử").fill(HEAD)
        screen.page.get_by_label("Mật khẩu").fill(PASSWORD)
        screen.page.get_by_role("button", name="Đăng nhập").click()

        screen.page.get_by_label("Tên của mã").fill("Trang tin của thôn")
        screen.page.get_by_role("button", name="Lập mã mới").click()
        screen.page.get_by_text("mã chỉ hiện một lần này").wait_for()
        screen.require_good("account")

        screen.open("/doi-vai")
        screen.require_good("offices")


def test_the_role_chooser(chromium: Browser, address: str, active: Plan, other_plan: Plan, demonstration: None) -> None:
    activate(other_plan, today=FIRST_DAY)
    enroll_sample_people(other_plan)
    enroll_sample_people(active)
    with window(chromium, address) as screen:
        screen.open("/chon-vai")
        screen.require_good("chooser")

        screen.page.get_by_label("Trong vai").first.select_option(index=1)
        screen.page.get_by_role("button", name="Vào vai này").first.click()
        screen.page.wait_for_url("**/de-cu")


def test_everything_works_without_scripts(
    chromium: Browser, address: str, people: People, active: Plan, demonstration: None
) -> None:
    enroll_sample_people(active)
    with window(chromium, address, scripts=False) as screen:
        screen.open("/chon-vai")
        screen.page.get_by_role("button", name="Vào vai này").nth(2).click()
        screen.page.wait_for_url("**/xet-duyet")

        screen.open("/tai-khoan")
        screen.page.locator("summary").click()
        screen.page.get_by_role("button", name="Đăng xuất").click()
        screen.page.wait_for_url("**/chon-vai")

        screen.open("/dang-nhap?next=/tai-khoan")
        screen.page.get_by_label("Thư điện tử").fill(HEAD)
        screen.page.get_by_label("Mật khẩu").fill(PASSWORD)
        screen.page.get_by_role("button", name="Đăng nhập").click()
        screen.page.wait_for_url("**/tai-khoan")


def test_the_page_of_rights(chromium: Browser, address: str, people: People, active: Plan, demonstration: None) -> None:
    enroll_sample_people(active)
    with window(chromium, address) as screen:
        screen.open("/dang-nhap?next=/quan-tri/quyen")
        screen.page.get_by_label("Thư điện tử").fill(CLERK)
        screen.page.get_by_label("Mật khẩu").fill(PASSWORD)
        screen.page.get_by_role("button", name="Đăng nhập").click()
        screen.page.wait_for_url("**/quan-tri/quyen")
        screen.require_good("rights")

        screen.page.get_by_label("Ai", exact=True).select_option("nominator")
        screen.page.get_by_label("Thuộc đơn vị").select_option("village-1")
        screen.page.get_by_label("Việc của đơn vị").select_option("village-2")
        screen.page.get_by_role("button", name="Xem").click()
        screen.page.get_by_text("Ở đây là").first.wait_for()
        screen.require_good("rights-answer")

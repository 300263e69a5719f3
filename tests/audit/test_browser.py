"""The trail and a citizen's answer in Chromium, on a phone and on a desk."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from gateway.app import gateway_app
from shared.access.principal import Role
from shared.access.secret import SESSION_COOKIE
from shared.audit.trail import TRAIL
from shared.database import owner_engine
from shared.seal.chain import seal
from tests.audit.commune import Commune
from tests.serving import serving
from tests.sound import PICTURES, require_sound_at

PHONE, DESK = 360, 1366


@pytest.fixture(scope="module")
def address(commune: Commune) -> Iterator[str]:
    """The whole product behind a real port, the trail sealed."""
    seal(owner_engine(), TRAIL)
    with serving(gateway_app()) as found:
        yield found


@pytest.fixture
def page(chromium: Browser, address: str, commune: Commune) -> Iterator[Page]:
    """The clerk's window."""
    phone: ViewportSize = {"width": PHONE, "height": 740}
    context = chromium.new_context(
        viewport=phone, device_scale_factor=2, has_touch=True, base_url=address, locale="vi-VN"
    )
    secret = commune.secrets[Role.CLERK, commune.plan.unit.id][0]
    context.add_cookies([{"name": SESSION_COOKIE, "value": secret, "url": address}])
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    yield opened
    context.close()


def test_the_trail_is_read_and_searched(page: Page, commune: Commune) -> None:
    page.goto(f"/xet-duyet/{commune.case}")
    page.goto("/quan-tri/nhat-ky")
    expect(page.get_by_text("khớp với nhật ký của xã")).to_be_visible()
    require_sound_at(page, DESK, PHONE, picture="trail")

    page.get_by_label("Về ai, hồ sơ nào").fill(commune.code)
    page.get_by_label("Việc").select_option("opened")
    page.get_by_role("button", name="Tìm").click()
    said = re.compile(rf"Cán bộ đầu mối \(mẫu\), .* xem hồ sơ xét duyệt {commune.code} lúc \d\d:\d\d ngày 20/05/2025\.")
    expect(page.get_by_text(said).first).to_be_visible()
    require_sound_at(page, DESK, PHONE, picture="trail-found")

    page.get_by_label("Từ ngày").fill("31/2/2025")
    page.get_by_role("button", name="Tìm").click()
    expect(page.get_by_role("alert")).to_be_visible()
    require_sound_at(page, DESK, PHONE, picture="trail-wrong-day")


def test_a_citizen_is_answered(page: Page, commune: Commune) -> None:
    page.goto(f"/xet-duyet/{commune.case}")
    page.goto("/quan-tri/nhat-ky")
    page.get_by_role("link", name="Trả lời công dân").click()
    page.get_by_label("Họ và tên").fill("lo thi mau")
    page.get_by_role("button", name="Tìm hồ sơ").click()
    page.get_by_label(commune.code).check()
    require_sound_at(page, DESK, PHONE, picture="answer-find")

    page.get_by_role("button", name="Xem ai đã xem").click()
    expect(page.get_by_role("cell", name="Xét duyệt, đề nghị khen thưởng").first).to_be_visible()
    require_sound_at(page, DESK, PHONE, picture="answer")

    page.get_by_role("button", name="Ghi nhận yêu cầu").click()
    expect(page.get_by_text("Hạn trả lời: hết ngày 23/05/2025")).to_be_visible()
    require_sound_at(page, DESK, PHONE, picture="answer-noted")
    href = page.get_by_role("link", name="In thư trả lời").get_attribute("href")

    page.goto("/quan-tri/nhat-ky/ai-da-xem")
    expect(page.get_by_text("Yêu cầu chờ trả lời")).to_be_visible()
    require_sound_at(page, DESK, PHONE, picture="answer-waiting")

    letter = page.request.get(str(href))
    assert letter.body().startswith(b"%PDF")
    if PICTURES:
        (Path(PICTURES) / "answer.pdf").write_bytes(letter.body())
    page.goto("/quan-tri/nhat-ky/ai-da-xem")
    expect(page.get_by_text("Yêu cầu chờ trả lời")).not_to_be_visible()

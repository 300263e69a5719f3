"""What an officer records of somebody's consent, and the way back by code and telephone: a phone, a desk, axe."""

from pathlib import Path

from playwright.sync_api import Browser, expect
from sqlalchemy import Engine

from tests.evidence.corpus import picture
from tests.nomination.calls import sent
from tests.nomination.conftest import Somebody, complete
from tests.nomination.test_browser import PHONE, opened
from tests.nomination.test_consent import named
from tests.nomination.test_taking_back import PHONE as NUMBER
from tests.nomination.test_taking_back import WITH_PHONE
from tests.sound import require_sound_at

WIDTHS = 1366, 360


def test_the_village_head_records_an_answer_and_its_end_and_the_nominee_ends_the_rest(
    chromium: Browser, address: str, head: Somebody, database: Engine, tmp_path: Path
) -> None:
    receipt = sent(head.browser(), complete(nominee=WITH_PHONE)).json()
    register = f"/de-cu/{receipt['id']}/dong-y"
    party = named(head, database, receipt["id"])
    scan = tmp_path / "phieu.png"
    scan.write_bytes(picture("PNG", 200))

    with opened(chromium, address, head, PHONE, scripts=True) as context:
        page = context.new_page()
        page.goto(register)
        require_sound_at(page, *WIDTHS, picture="consent-register")
        page.goto(f"{register}/{party}/ghi")
        require_sound_at(page, *WIDTHS, picture="consent-record")
        page.get_by_role("button", name="Ghi lại").click()
        require_sound_at(page, *WIDTHS, picture="consent-record-wrong")
        for choice in ("Đồng ý những việc đánh dấu dưới đây", "Nêu tên", "Cổng thông tin của xã trên mạng"):
            page.get_by_label(choice).check()
        page.get_by_label("giấy").first.check()
        page.get_by_label("Ảnh chụp hoặc bản quét").set_input_files(scan)
        page.get_by_role("button", name="Ghi lại").click()
        page.goto(f"{register}/{party}/rut")
        require_sound_at(page, *WIDTHS, picture="consent-end-recorded")

        page.goto("/rut-dong-y")
        page.get_by_label("Mã hồ sơ").fill(receipt["code"])
        page.get_by_label("Số điện thoại đã ghi trong hồ sơ").fill(NUMBER)
        page.get_by_role("button", name="Tiếp tục").click()
        require_sound_at(page, *WIDTHS, picture="consent-end-by-telephone")
        page.get_by_role("button", name="Rút tất cả").click()
        expect(page.get_by_role("button", name="Rút tất cả")).to_have_count(0)
        require_sound_at(page, *WIDTHS, picture="consent-ended")

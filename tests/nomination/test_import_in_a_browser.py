"""A table is brought in a browser: its page goes on by itself, with scripts and without, and is sound."""

import pytest
from playwright.sync_api import Browser, FilePayload, expect
from sqlalchemy import Engine

from tests.nomination.conftest import Somebody
from tests.nomination.tables import as_csv, planted
from tests.nomination.test_browser import DESKTOP, PHONE, opened
from tests.nomination.test_import import carry_out
from tests.sound import require_sound


@pytest.mark.parametrize(("profile", "scripts"), [(PHONE, True), (DESKTOP, False)], ids=["scripts", "plain"])
def test_a_table_goes_in_and_its_page_follows(
    chromium: Browser, address: str, head: Somebody, database: Engine, profile: dict[str, object], scripts: bool
) -> None:
    table = FilePayload(name="bảng.csv", mimeType="text/csv", buffer=as_csv(planted(20, 5)[0]))
    shown = "scripts" if scripts else "plain"
    with opened(chromium, address, head, profile, scripts=scripts) as context:
        page = context.new_page()
        page.goto("/de-cu")
        page.get_by_role("link", name="Nhập từ bảng Excel").click()
        page.get_by_label("Bảng đã điền").set_input_files(table)
        page.get_by_role("button", name="Kiểm tra bảng").click()
        expect(page.get_by_text("0/20")).to_be_visible()

        carry_out(database)

        expect(page.get_by_text("Chờ xác nhận")).to_be_visible()
        if scripts:
            require_sound(page, f"import-{shown}")
        page.get_by_role("button", name="Gửi 15 đề cử cho xã").click()
        expect(page.get_by_text("0/15")).to_be_visible()

        carry_out(database)

        expect(page.get_by_text("Đã nhập xong")).to_be_visible()
        expect(page.get_by_text("Dòng 2")).to_be_visible()

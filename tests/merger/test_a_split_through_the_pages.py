"""A commune that is divided, by an administrator in Chromium: what is asked, what moves, what is counted."""

import pytest
from playwright.sync_api import Page

from shared.access.principal import Role
from tests.merger.conftest import BINH_LUONG, EVE, HEARERS, HOA_QUY, HOA_QUY_BEFORE, somebody
from tests.merger.dossiers import decided, handed_in
from tests.merger.test_in_a_browser import address
from tests.sound import require_sound_at

__all__ = ["address"]
WIDTHS = (1366, 360)
BEFORE = "Xã Hóa Quỳ (gso/2023/16186)"
AFTER = "Xã Hóa Quỳ (gso/2025/16186)"


@pytest.fixture
def open_page(chromium, address):
    """Opens a page of the product as somebody who has a seat."""
    contexts = []

    def opened(seat, path):
        context = chromium.new_context(
            viewport={"width": WIDTHS[0], "height": 850}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
        )
        contexts.append(context)
        context.add_cookies([{"name": one.name, "value": one.value, "url": address} for one in seat.cookies.jar])
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def waiting(former, neighbour, seat, hear_all):
    """Two communes with people; of the one that is divided, a village and the women wait for an answer."""
    for plan in (former, neighbour):
        seat("identity", plan, Role.ADMIN)
    first, second = (handed_in(former, who=somebody(former, unit=key)) for key in ("village-1", "women"))
    decided(former, "declined")
    hear_all("identity", *HEARERS, at=EVE)
    return first, second


def preview(page: Page, *, of: str, into: tuple[str, ...]) -> None:
    page.get_by_role("link", name="Chia xã").click()
    page.get_by_role("group", name="Xã được chia").get_by_text(of).click()
    for words in into:
        page.get_by_role("group", name="Các xã tiếp tục").get_by_text(words).click()
    page.get_by_label("Ngày có hiệu lực").fill("1/7/2025")
    page.get_by_role("button", name="Xem trước mọi thứ sẽ chuyển").click()
    page.wait_for_load_state()


def answer(page: Page, answers: dict[str, str], otherwise: str) -> int:
    """Says of every unit that is asked for where it goes, until nothing is asked; how many answers it took."""
    given = 0
    while boxes := page.locator("select[name^=ve-]").all():
        for box in boxes:
            label = page.locator(f"label[for={box.get_attribute('id')}]").inner_text()
            wanted = next((where for unit, where in answers.items() if label.startswith(unit)), otherwise)
            choices = [one for one in box.locator("option").all_inner_texts() if wanted in one]
            box.select_option(label=choices[0])
            given += 1
        page.get_by_role("button", name="Xem lại với các câu trả lời").click()
        page.wait_for_load_state()
    return given


def agree(page: Page) -> None:
    page.get_by_role("button", name="Đồng ý thay đổi").click()
    page.get_by_text("Thay đổi đã có hiệu lực.").wait_for()


def figures(page: Page) -> dict[str, str]:
    """{commune: how many were nominated} of the table of the tier above."""
    rows = page.get_by_role("table", name="Các xã").locator("tbody tr").all()
    return {row.locator("th").inner_text().split("\n")[0]: row.locator("td").first.inner_text() for row in rows}


def test_a_divided_commune_asks_for_each_place_and_its_dossiers_follow(
    waiting, former, successor, seat, open_page, hear_all, rows
):
    first, second = waiting
    page = open_page(seat("identity", former, Role.ADMIN), "/don-vi/thay-doi")

    preview(page, of="Xã Bình Lương", into=(BEFORE, AFTER))
    require_sound_at(page, *WIDTHS, picture="split-asks")
    asked = answer(page, {"Xã Bình Lương": BEFORE, "Thôn 1": f"Nguyên vẹn về {AFTER}"}, otherwise=BEFORE)
    page.get_by_role("heading", name="Hồ sơ đang chờ (2)").wait_for()
    require_sound_at(page, *WIDTHS, picture="split-answered")
    agree(page)
    require_sound_at(page, *WIDTHS, picture="split-done")
    hear_all("identity", *HEARERS)

    assert asked == 1  # the plan of the new commune says which villages it takes
    under = dict(rows('SELECT nomination_id, plan_id FROM review."case"'))
    assert (under[first], under[second]) == (HOA_QUY, HOA_QUY_BEFORE)
    assert rows("SELECT count(*) FROM nomination.nomination WHERE plan_id = :p", p=BINH_LUONG) == [(1,)]
    officer = seat("report", successor, Role.AGGREGATOR_OFFICER, successor.aggregator.key)
    table = open_page(officer, "/tong-hop")
    table.get_by_role("heading", name=successor.aggregator.name.vi).wait_for()
    require_sound_at(table, *WIDTHS, picture="split-then")
    then = figures(table)
    table.get_by_role("link", name="Gộp về xã hiện nay").click()
    table.get_by_text("Chưa phân chia").wait_for()
    require_sound_at(table, *WIDTHS, picture="split-today")
    today = figures(table)
    assert then == {"Xã Bình Lương (trước 01/07/2025)": "3", "Xã Hóa Quỳ": "0"}
    assert today == {"Xã Hóa Quỳ": "0", "Xã Bình Lương (trước 01/07/2025) Chưa phân chia": "3"}


def test_a_commune_that_keeps_a_part_decides_what_was_handed_to_it(
    waiting, former, successor, seat, open_page, hear_all, rows
):
    page = open_page(seat("identity", former, Role.ADMIN), "/don-vi/thay-doi")

    preview(page, of="Xã Bình Lương", into=("Xã Bình Lương", AFTER))
    answer(page, {"Thôn 1": f"Nguyên vẹn về {AFTER}"}, otherwise="Ở lại")
    page.get_by_role("heading", name="Hồ sơ đang chờ (2)").wait_for()
    kept = page.get_by_text("Xét tiếp tại chỗ").count()
    require_sound_at(page, *WIDTHS, picture="split-part")
    agree(page)
    hear_all("identity", *HEARERS)

    assert kept == 2
    assert rows('SELECT DISTINCT plan_id FROM review."case"') == [(BINH_LUONG,)]
    assert rows("SELECT count(*) FROM report.ended_plan") == [(0,)]
    (code,) = rows("SELECT code FROM nomination.nomination WHERE id = :id", id=waiting[0])[0]
    village = seat("nomination", successor, unit="binh-luong-1")
    clerk = seat("nomination", successor, Role.CLERK)
    for path in (f"/de-cu/{waiting[0]}", f"/hanh-trinh/{waiting[0]}"):
        page = open_page(village, path)
        page.locator("main").get_by_text(code).first.wait_for()
        require_sound_at(page, *WIDTHS, picture=f"split-part-{path.split('/')[1]}")
        open_page(clerk, path).get_by_role("heading", name="Không tìm thấy trang này").wait_for()
    women = open_page(village, f"/de-cu/{waiting[1]}")
    women.get_by_role("heading", name="Không tìm thấy trang này").wait_for()

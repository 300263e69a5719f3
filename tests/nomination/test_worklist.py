"""The worklist: what needs me first, what waits, what was answered; found without accents, page by page, taken out."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine

from services.nomination.handlers import ask_for_supplement, note_recognition
from shared.access.principal import Role
from shared.events.review import CaseRecognised, CaseReturned
from shared.plan import Plan
from tests.evidence.corpus import paper, picture
from tests.nomination.conftest import Somebody, complete, filled
from tests.nomination.reading import words
from tests.nomination.test_browser import DESKTOP, opened
from tests.nomination.test_news import decided, hear
from tests.nomination.test_supplement import about
from tests.sound import require_sound_at


def handed_in(head: Somebody, number: int, name: str) -> str:
    nomination = complete(nominee={"name": name, "birth_year": 1975, "address": "Thôn 1"})
    answer = head.browser().post("/api/v1/nominations", json=nomination, headers={"idempotency-key": f"k{number}"})
    found: str = answer.json()["id"]
    return found


@pytest.fixture
def work(head: Somebody, plan: Plan) -> Somebody:
    """A village head with a draft, one that came back, 23 that wait and one that was answered."""
    filled(head.browser(), ai={"name": "Người Đang Viết"})
    returned, answered = handed_in(head, 1, "Người Bổ Sung"), handed_in(head, 2, "Đặng Thị Hòa")
    for number in range(3, 26):
        handed_in(head, number, f"Người Chờ {number:02}")
    request = {"number": 1, "missing": "Xin nêu rõ.", "returned_on": date(2025, 3, 26), "due_on": date(2025, 4, 2)}
    hear(plan, ask_for_supplement, CaseReturned(**about(returned, plan), **request))
    hear(plan, note_recognition, CaseRecognised(**decided(answered, plan)))
    return head


def test_what_needs_me_stands_first_and_the_rest_is_counted(work: Somebody) -> None:
    page = words(work.browser().get("/de-cu"))

    assert page.index("Cần làm ngay 2") < page.index("Người Bổ Sung") < page.index("Người Đang Viết")
    assert page.index("Người Đang Viết") < page.index("Đang chờ trả lời 23") < page.index("Người Chờ 03")
    assert ("Đã có trả lời 1" in page, "Đặng Thị Hòa" in page) == (True, False)


def test_pages_follow_one_another_and_nobody_is_shown_twice(work: Somebody) -> None:
    browser = work.browser()
    first = browser.get("/de-cu").text
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = browser.get(following).text

    names = [[f"Người Chờ {n:02}" in page for page in (first, second)] for n in range(3, 26)]
    assert [sum(shown) for shown in names] == [1] * 23
    assert ('rel="next"' in second, browser.get("/de-cu?sau=x%00&nhom=la").status_code) == (False, 200)


def test_the_search_needs_no_accents_and_finds_drafts_too(work: Somebody) -> None:
    browser = work.browser()

    found, draft = words(browser.get("/de-cu?q=dang+hoa")), words(browser.get("/de-cu?q=dang viet"))

    assert ("Đặng Thị Hòa" in found, "Người Chờ" in found) == (True, False)
    assert "Người Đang Viết" in draft
    assert "Không tìm thấy" in words(browser.get("/de-cu?q=khong-co-ai"))


def test_both_tables_hold_all_of_the_asker_and_nothing_of_others(
    work: Somebody, somebody: Callable[..., Somebody], database: Engine
) -> None:
    browser, neighbour = work.browser(), somebody("village-2")
    handed_in(neighbour, 1, "Người Thôn Khác")

    table = browser.get("/de-cu/danh-sach.csv?nhom=cho-tra-loi")
    book = browser.get("/de-cu/danh-sach.xlsx?nhom=cho-tra-loi")
    clerks = somebody("office", Role.CLERK).browser().get("/de-cu/danh-sach.csv?nhom=cho-tra-loi").text

    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert (len(rows), rows[0][1], rows[1][1]) == (24, "Người được đề cử", "Người Chờ 03")
    assert cells(book.content)[1][1:3] == ["Người Chờ 03", "Hiến đất làm đường thôn"]
    assert len(cells(book.content)) == 24
    assert ("Người Thôn Khác" in table.text, "Người Thôn Khác" in clerks) == (False, True)
    with database.connect() as connection:
        noted = connection.exec_driver_sql(
            "SELECT cardinality(subjects) FROM audit.entry WHERE object_kind = 'worklist' ORDER BY at"
        ).scalars()
        assert list(noted)[:2] == [23, 23]


def cells(book: bytes) -> list[list[Any]]:
    """The texts of a workbook's one sheet, as a spreadsheet reads them."""
    with ZipFile(io.BytesIO(book)) as archive:
        assert archive.testzip() is None
        sheet = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    return [["".join(cell.itertext()) for cell in row] for row in sheet.iter() if row.tag.endswith("}row")]


def test_the_worklist_the_supplement_and_its_evidence_are_sound(
    work: Somebody, chromium: Browser, address: str, database: Engine
) -> None:
    with database.connect() as connection:
        returned = connection.exec_driver_sql(
            "SELECT id FROM nomination.nomination WHERE stage = 'returned'"
        ).scalar_one()
    for name, data in (("Giấy xác nhận của thôn.pdf", paper(2)), ("Ảnh đường mới.png", picture("PNG", 240))):
        work.browser().post(f"/de-cu/{returned}/minh-chung", files={"file": (name, data, "x/y")})

    with opened(chromium, address, work, DESKTOP, scripts=True) as context:
        page = context.new_page()
        for shown, path in (
            ("worklist", "/de-cu"),
            ("supplement", f"/de-cu/{returned}/bo-sung"),
            ("evidence", f"/de-cu/{returned}/minh-chung"),
        ):
            page.goto(path)
            require_sound_at(page, 360, 1366, picture=f"nominator-{shown}")

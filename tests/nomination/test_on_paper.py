"""The paper form: printed, filled in by hand, keyed in with its scan."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from services.nomination.rules.consent import TEXT_VERSION
from shared.access.principal import Role
from shared.ids import new_id
from tests.documents.pdf import pages_of, text_of
from tests.evidence.corpus import document, paper, picture
from tests.nomination.conftest import PLAN, STORY, Somebody, events
from tests.nomination.reading import leads_to, words

SHEET: dict[str, Any] = {
    "unit": "village-2",
    "name": "Lò Thị Ấm",
    "address": "Thôn 2",
    "story": STORY,
    "field": "F13",
    "given_by": "self",
    "publish": ["name", "story"],
}
SCAN = ("mặt trước.png", picture("PNG", 240), "image/png")


@pytest.fixture
def clerk(somebody: Callable[..., Somebody]) -> Somebody:
    return somebody("commune", Role.CLERK)


def keyed_in(who: Somebody, *scan: Any, nomination_id: str = "", **changes: Any) -> Any:
    typed = SHEET | {"id": nomination_id or str(new_id())} | changes
    files = [("scan", page) for page in scan] or [("scan", ("", b"", "application/octet-stream"))]
    return who.browser().post("/de-cu/tu-giay", data=typed, files=files)


def kept(database: Engine) -> list[Any]:
    with database.connect() as connection:
        found = connection.exec_driver_sql("SELECT name, kind, brought_by FROM nomination.evidence ORDER BY id")
        return list(found)


def test_the_printed_form_asks_what_the_plan_asks_and_ticks_nothing(head: Somebody) -> None:
    answer = head.browser().get("/de-cu/mau-giay.pdf")

    text = text_of(answer.content)
    assert len(pages_of(answer.content)) == 2
    for asked in (
        "Họ và tên",
        "Nông nghiệp",
        "Cả nước chung sức xây dựng nông thôn mới",
        "Họ có thể rút lại bất cứ lúc nào",
        "Cha mẹ hoặc người giám hộ",
        "Đăng bài kể về việc làm",
        "Ký, ghi rõ họ tên",
        f"Mẫu {PLAN}/{TEXT_VERSION}",
    ):
        assert asked in text
    assert "☑" not in text


def test_a_sheet_keyed_in_by_the_clerk_is_the_units_nomination_with_its_scan(clerk: Somebody, database: Engine) -> None:
    answer = keyed_in(clerk, SCAN, ("mặt sau.pdf", paper(1), "application/pdf"))

    said = events(database, "nomination.submitted")
    assert leads_to(answer) == f"/de-cu/{said[0]['nomination_id']}"
    assert [(one["unit_key"], one["source"], one["consent"]["proof"]) for one in said] == [
        ("village-2", "village", "signed_paper")
    ]
    assert [(row.name, row.kind) for row in kept(database)] == [("mặt trước.png", "picture"), ("mặt sau.pdf", "pdf")]
    assert {one["nomination_id"] for one in events(database, "evidence.attached")} == {said[0]["nomination_id"]}
    assert "mặt sau.pdf" in words(clerk.browser().get(f"{leads_to(answer)}/minh-chung"))


def test_sent_twice_a_sheet_is_one_nomination(clerk: Somebody, database: Engine) -> None:
    once = str(new_id())

    first, second = keyed_in(clerk, SCAN, nomination_id=once), keyed_in(clerk, SCAN, nomination_id=once)

    assert leads_to(first) == leads_to(second) == f"/de-cu/{once}"
    assert len(events(database, "nomination.submitted")) == len(kept(database)) == 1


def test_what_is_incomplete_becomes_a_draft_with_its_scan_and_says_what_is_missing(
    clerk: Somebody, database: Engine
) -> None:
    answer = keyed_in(clerk, SCAN, name="", unit="")

    shown = words(clerk.browser().get(leads_to(answer)))
    assert "Hãy ghi họ và tên" in shown
    assert "Hãy chọn đơn vị đề cử" in shown
    assert STORY in shown
    assert "Ký trên giấy" in shown
    assert events(database, "nomination.submitted") == []
    assert [row.name for row in kept(database)] == ["mặt trước.png"]


@pytest.mark.parametrize(
    ("scan", "says"),
    [
        ((), "Chưa có ảnh chụp hay bản quét phiếu"),
        ((SCAN,) * 5, "Nhiều quá 4 tệp"),
        ((("phiếu.docx", document("Chữ"), "application/octet-stream"),), "phải là ảnh (JPG, PNG, WEBP) hoặc PDF"),
        ((("phiếu.png", b"<svg/>", "image/png"),), "không đúng với đuôi tên"),
    ],
)
def test_without_a_scan_that_can_be_read_nothing_is_kept_and_nothing_typed_is_lost(
    clerk: Somebody, database: Engine, scan: Any, says: str
) -> None:
    answer = keyed_in(clerk, *scan, given_by="")

    assert answer.status_code == 422
    assert says in words(answer)
    assert "Hãy cho biết ai đã đồng ý" in words(answer)
    assert STORY in answer.text
    with database.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM nomination.nomination").scalar_one() == 0


def test_a_village_keys_in_its_own_sheets_only(head: Somebody, database: Engine) -> None:
    other, own = keyed_in(head, SCAN), keyed_in(head, SCAN, unit="")

    assert leads_to(other).endswith("/kiem-tra")
    assert [one["unit_key"] for one in events(database, "nomination.submitted")] == ["village-1"]
    assert own.status_code == 303


def test_a_sheet_of_another_form_is_pointed_out(head: Somebody) -> None:
    old = words(head.browser().get("/de-cu/tu-giay?mau=binh-luong-2020/2020-1"))
    today = words(head.browser().get(f"/de-cu/tu-giay?mau={PLAN}/{TEXT_VERSION}"))

    assert "in theo mẫu khác" in old
    assert "in theo mẫu khác" not in today
    assert not re.search(
        r'type="(?:radio|checkbox)" id="(?:given_by|publish)"[^>]*checked', head.browser().get("/de-cu/tu-giay").text
    )

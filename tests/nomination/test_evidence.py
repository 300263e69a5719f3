"""Evidence: whatever is brought, nothing is given out as it came, and nothing of it breaks the service."""

import re
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from shared.access.principal import Role
from shared.settings import settings
from tests.evidence.corpus import (
    FILES,
    SCRIPT,
    TEST_SIGNATURE,
    Brought,
    corpus,
    document,
    paper,
    picture,
    scripted_paper,
)
from tests.nomination.conftest import Somebody, begun, events, filled
from tests.nomination.reading import words


def bring(browser: TestClient, draft: str, name: str, data: bytes) -> Any:
    return browser.post(f"{draft}/minh-chung", files={"file": (name, data, "application/octet-stream")})


def kept(database: Engine) -> list[Any]:
    with database.connect() as connection:
        return list(connection.exec_driver_sql("SELECT * FROM nomination.evidence ORDER BY id"))


def test_three_hundred_files_and_none_comes_back_unchanged(head: Somebody, database: Engine) -> None:
    browser, files = head.browser(), corpus()
    drafts = [begun(browser) for _ in range(0, FILES, settings().evidence_most_files)]

    wrong = [
        one.name
        for number, one in enumerate(files)
        if not as_expected(bring(browser, drafts[number % len(drafts)], one.name, one.data), one)
    ]

    assert (len(files), wrong) == (FILES, [])
    came = {sha256(one.data).hexdigest() for one in files}
    rows = kept(database)
    assert rows, "some of them are good"
    for row in rows:
        answer = browser.get(f"/de-cu/{row.nomination_id}/minh-chung/{row.id}")
        assert answer.status_code == 200
        assert sha256(answer.content).hexdigest() == row.sha256
        assert row.sha256 not in came
        assert SCRIPT not in answer.content
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("sandbox")
        assert not {"/", "\\", "\x00"} & set(row.name)


def as_expected(answer: Any, brought: Brought) -> bool:
    """Taken or refused in words; never a fault of ours."""
    taken = answer.status_code == 303
    return answer.status_code in {303, 400, 422} and brought.good in {None, taken}


def test_what_is_wrong_is_said_and_what_was_brought_before_stays(head: Somebody, database: Engine) -> None:
    browser = head.browser()
    draft = begun(browser)
    bring(browser, draft, "ảnh.png", picture("PNG", 240))

    answers = {
        name: words(bring(browser, draft, name, data))
        for name, data in {
            "trang.svg": SCRIPT,
            "trang.png": SCRIPT,
            "v.txt": TEST_SIGNATURE,
            "m.docx": document("Chữ", extra={"word/vbaProject.bin": b"x"}),
        }.items()
    }
    nothing = browser.post(f"{draft}/minh-chung", data={})

    said = ("Không nhận loại tệp này", "không đúng với đuôi tên", "dấu hiệu vi-rút", "Tệp có macro")
    assert [sentence in text for sentence, text in zip(said, answers.values(), strict=True)] == [True] * 4
    assert all("ảnh.png" in text for text in answers.values())
    assert (nothing.status_code, "Chưa có tệp nào" in words(nothing)) == (422, True)


def test_a_paper_is_bound_anew_and_its_script_is_gone(head: Somebody, database: Engine) -> None:
    browser = head.browser()
    draft = begun(browser)

    for name, data in (("ba.pdf", paper(3)), ("script.pdf", scripted_paper())):
        assert bring(browser, draft, name, data).status_code == 303
    first, second = (browser.get(f"{draft}/minh-chung/{row.id}") for row in kept(database))
    preview = browser.get(f"{draft}/minh-chung/{kept(database)[0].id}/xem.webp")

    assert first.content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", first.content)) == 3
    assert b"JavaScript" not in second.content
    assert (preview.status_code, preview.content[8:12]) == (200, b"WEBP")


def test_it_goes_off_with_the_dossier_and_stays_as_it_was_sent(
    head: Somebody, somebody: Any, database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUONGSANG_EVIDENCE_MOST_FILES", "2")
    settings.cache_clear()
    browser, clerk = head.browser(), somebody("office", Role.CLERK).browser()
    draft = filled(browser)
    for name in ("một.png", "hai.docx", "hai-lần.docx", "ba.pdf"):
        data = picture("PNG", 40) if name == "một.png" else paper(1) if name == "ba.pdf" else document("Xác nhận")
        bring(browser, draft, name, data)
    one, two = kept(database)
    hidden = clerk.get(f"{draft}/minh-chung/{one.id}").status_code
    assert browser.post(f"{draft}/minh-chung/{one.id}/bo").status_code == 303

    assert browser.post(f"{draft}/kiem-tra").status_code == 303
    late = bring(browser, draft, "muộn.png", picture("PNG", 240))
    away = browser.post(f"{draft}/minh-chung/{two.id}/bo")

    (said,) = events(database, "evidence.attached")
    assert (said["sha256"], said["kind"], said["number"]) == (two.sha256, "document", 0)
    assert (late.status_code, away.status_code, len(kept(database))) == (422, 422, 1)
    taken = clerk.get(f"{draft}/minh-chung/{two.id}")
    assert (hidden, taken.text, "Xác nhận" in clerk.get(f"{draft}/minh-chung").text) == (404, "Xác nhận\n", True)
    assert somebody("village-2").browser().get(f"{draft}/minh-chung/{two.id}").status_code == 404

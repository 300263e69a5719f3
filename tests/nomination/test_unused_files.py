"""Files that no dossier needs any more go after a month; what is needed stays, whoever else gave it up."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from services.nomination.commands.unused_files import forget_unused_files
from shared.clock import today
from shared.database import engine_of, transaction
from shared.plan import Plan
from shared.settings import settings
from tests.evidence.corpus import paper
from tests.nomination.conftest import PLAN, Somebody, begun, complete
from tests.nomination.test_evidence import bring, kept
from tests.nomination.test_photos import brought, jpeg


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, day: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for files, instead of the one that all tests share."""
    monkeypatch.setenv("GUONGSANG_VAR_DIR", str(tmp_path))
    settings.cache_clear()
    return tmp_path


def after(days: int) -> None:
    """The day begins that comes so many days from today."""
    with transaction(engine_of("nomination")) as session:
        forget_unused_files(session, PLAN, today() + timedelta(days=days))


def files(folder: Path, store: str) -> int:
    return sum(1 for path in (folder / store).rglob("*") if path.is_file())


def test_evidence_that_was_thrown_away_or_taken_away_goes_after_thirty_days(
    head: Somebody, database: Engine, folder: Path
) -> None:
    browser = head.browser()
    thrown, lived = begun(browser), begun(browser)
    bring(browser, thrown, "một.pdf", paper(1))
    bring(browser, lived, "hai.pdf", paper(2))
    browser.post(f"{lived}/minh-chung/{kept(database)[1].id}/bo")
    browser.post(f"{thrown}/bo-nhap")
    assert files(folder, "evidence") == 4  # each paper and its preview

    after(30)
    assert files(folder, "evidence") == 4
    after(31)
    assert files(folder, "evidence") == 0


def test_evidence_that_another_dossier_has_too_stays(head: Somebody, database: Engine, folder: Path) -> None:
    browser = head.browser()
    thrown, lived = begun(browser), begun(browser)
    for draft in (thrown, lived):
        bring(browser, draft, "một.pdf", paper(1))
    browser.post(f"{thrown}/bo-nhap")

    after(31)

    (row,) = kept(database)
    assert browser.get(f"{lived}/minh-chung/{row.id}").status_code == 200


def test_a_photo_that_was_never_sent_goes_after_thirty_days(head: Somebody, folder: Path) -> None:
    photo = brought(head.browser(), jpeg()).json()["links"]["320"]

    after(30)
    assert head.browser().get(photo).status_code == 200
    after(31)
    assert head.browser().get(photo).status_code == 404
    assert files(folder, "photos") > 0  # what fails now may still come back whole
    after(32)

    assert files(folder, "photos") == 0


def test_a_photo_that_a_draft_or_a_dossier_has_stays(
    head: Somebody, somebody: Callable[..., Somebody], folder: Path
) -> None:
    browser = head.browser()
    draft = begun(browser)
    browser.post(f"{draft}/anh", files={"photo": ("ảnh.jpg", jpeg(640, 480), "image/jpeg")})
    sent = brought(browser, jpeg()).json()["photo"]
    consent = complete()["consent"] | {"publish_photo": True}
    answer = browser.post(
        "/api/v1/nominations", json=complete(photo=sent, consent=consent), headers={"Idempotency-Key": "k" * 20}
    )
    assert answer.status_code == 201
    other = somebody("village-2").browser()
    brought(other, jpeg())  # the same picture, which this unit sends nowhere
    there = files(folder, "photos")

    after(31)
    after(32)

    assert files(folder, "photos") == there
    assert browser.get(f"/anh/{sent}.webp").status_code == 200


def test_a_photo_that_another_commune_has_too_stays(
    head: Somebody, somebody: Callable[..., Somebody], other_plan: Plan, folder: Path
) -> None:
    photo = brought(head.browser(), jpeg()).json()["links"]["320"]
    elsewhere = somebody("village-1", under=other_plan).browser()
    brought(elsewhere, jpeg())

    after(31)
    after(32)

    assert (head.browser().get(photo).status_code, elsewhere.get(photo).status_code) == (404, 200)


def test_the_month_of_a_photo_begins_anew_when_it_is_brought_again(head: Somebody, database: Engine) -> None:
    photo = brought(head.browser(), jpeg()).json()["links"]["320"]
    with database.begin() as connection:
        connection.exec_driver_sql("UPDATE nomination.photo SET brought_at = brought_at - interval '40 days'")
    brought(head.browser(), jpeg())

    after(1)

    assert head.browser().get(photo).status_code == 200

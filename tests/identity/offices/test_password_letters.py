"""Links for a new password that go by mail: the link stands in the letter and nowhere else."""

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from services.identity.main import enroll_person, service
from shared.access.principal import Role
from shared.access.secret import shown_path
from shared.database import engine_of
from shared.effects.ledger import perform
from shared.plan import Plan, Unit
from tests.identity.conftest import sign_in
from tests.notify.postbox import Postbox
from tests.worlds import Rows

from .conftest import Town

LIST = "/quan-tri/nguoi"
NEW = "suối trong chảy qua bản"


@pytest.fixture
def send(rows: Rows) -> Callable[[], None]:
    """Does what the worker would do with the letters that are planned now."""

    def sent() -> None:
        for (key,) in rows("SELECT key FROM bus.effect WHERE channel = 'password_link' AND settled_at IS NULL"):
            perform(engine_of("identity"), service.performers, key)

    return sent


def link_in(postbox: Postbox, address: str) -> str:
    """The path of the link in the newest letter to somebody."""
    return re.findall(r"/dat-mat-khau/[\w-]{43}", postbox.letters_to(address)[-1].get_content())[0]


def test_the_letter_brings_the_link_to_its_person_and_nobody_else_sees_it(
    browser: TestClient,
    other_browser: TestClient,
    town: Town,
    rows: Rows,
    postbox: Postbox,
    send: Callable[[], None],
) -> None:
    sign_in(browser, town.clerk.email)
    postbox.will.append("busy")
    page = f"{LIST}/{town.head.id}"

    asked = browser.post(f"{page}/mat-khau/thu")
    shown = browser.get(asked.headers["location"]).text
    send()
    once = browser.get(page).text
    send()
    link = link_in(postbox, town.head.email)

    assert asked.status_code == 303
    assert "sẽ tới người này" in shown
    assert ("Đang gửi" in once, "Đã gửi" in browser.get(page).text) == (True, True)
    assert len(postbox.taken) == 1
    kept = "".join(
        str(rows(f"SELECT to_jsonb(t)::text FROM {table} t"))
        for table in ("bus.effect", "bus.event", "audit.entry", "identity.password_link")
    )
    assert town.head.id.hex in kept.replace("-", "")
    assert link.rpartition("/")[2] not in shown + once + kept
    assert other_browser.post(link, data={"new": NEW, "again": NEW}).status_code == 200
    assert sign_in(other_browser, town.head.email, NEW)
    assert "Thư đặt mật khẩu" not in browser.get(page).text


def test_a_letter_that_was_lost_is_the_same_letter_and_a_newer_one_ends_its_link(
    browser: TestClient,
    other_browser: TestClient,
    town: Town,
    rows: Rows,
    postbox: Postbox,
    send: Callable[[], None],
) -> None:
    sign_in(browser, town.clerk.email)
    postbox.will.append("drop")
    page = f"{LIST}/{town.head.id}"

    browser.post(f"{page}/mat-khau/thu")
    send()
    assert rows("SELECT state FROM bus.effect") == [("unknown",)]
    send()  # looks it up, which must not make the link in that letter worthless
    first = link_in(postbox, town.head.email)

    assert len(postbox.taken) == 1
    assert "Hãy hỏi người nhận" in browser.get(page).text
    assert other_browser.get(first).status_code == 200
    browser.post(f"{page}/mat-khau/thu")
    send()
    assert other_browser.get(first).status_code == 410
    assert other_browser.get(link_in(postbox, town.head.email)).status_code == 200


def test_a_letter_whose_link_was_replaced_or_whose_address_changed_is_not_sent(
    browser: TestClient, town: Town, rows: Rows, postbox: Postbox, send: Callable[[], None]
) -> None:
    sign_in(browser, town.clerk.email)
    page = f"{LIST}/{town.head.id}"

    browser.post(f"{page}/mat-khau/thu")
    browser.post(f"{page}/mat-khau")
    send()
    browser.post(f"{page}/mat-khau/thu")
    browser.post(f"{page}/sua", data={"name": town.head.name, "email": "khac@xa.example"})
    send()

    assert postbox.taken == []
    assert rows("SELECT DISTINCT state, detail FROM bus.effect") == [("failed", "password_link.over")]


def test_an_address_that_does_not_exist_is_shown_on_the_page(
    browser: TestClient, town: Town, postbox: Postbox, send: Callable[[], None]
) -> None:
    sign_in(browser, town.clerk.email)
    page = f"{LIST}/{town.head.id}"
    browser.post(f"{page}/sua", data={"name": town.head.name, "email": "nobody@xa.example"})

    browser.post(f"{page}/mat-khau/thu")
    send()

    assert "Chưa gửi được" in browser.get(page).text


def test_who_has_no_address_gets_no_letter(
    browser: TestClient, town: Town, active: Plan, village: Unit, rows: Rows
) -> None:
    person = enroll_person(active, name="Không thư", email=None, role=Role.NOMINATOR, unit=village.key)
    sign_in(browser, town.clerk.email)

    answer = browser.post(f"{LIST}/{person}/mat-khau/thu")

    assert "/mat-khau/thu" not in browser.get(f"{LIST}/{person}").text
    assert (answer.status_code, "chưa có thư điện tử" in answer.text) == (422, True)
    assert rows("SELECT count(*) FROM bus.effect") == [(0,)]


def test_a_clerk_mails_no_link_to_the_chair(browser: TestClient, town: Town, rows: Rows) -> None:
    sign_in(browser, town.clerk.email)

    assert browser.post(f"{LIST}/{town.chair.id}/mat-khau/thu").status_code == 403
    assert rows("SELECT count(*) FROM bus.effect") == [(0,)]


def test_no_log_has_the_link() -> None:
    assert shown_path("/dat-mat-khau/abc") == "/dat-mat-khau/…"

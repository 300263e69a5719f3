"""An authenticator beside the password."""

import re
from collections.abc import Iterator
from http import HTTPStatus

import pyotp
import pytest
from fastapi.testclient import TestClient

from services.identity.main import enroll_person, forget_authenticator
from services.identity.settings import sign_in_settings
from shared.access.principal import Role
from shared.plan import Plan
from tests.identity.conftest import CLERK, HEAD, PASSWORD, People, principal, secret_of, sign_in
from tests.worlds import Rows

STEP = "/dang-nhap/xac-thuc"


@pytest.fixture
def demanded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation that demands a second factor of its officials."""
    monkeypatch.setenv("GUONGSANG_REQUIRE_TOTP", "true")
    sign_in_settings.cache_clear()
    yield
    monkeypatch.undo()
    sign_in_settings.cache_clear()


def code_of(secret: str, *, steps: int = 0) -> str:
    """The code that an app shows now, or so many steps of 30 seconds later."""
    import time  # noqa: PLC0415

    return pyotp.TOTP(secret).at(int(time.time()) + 30 * steps)


def secret_on(page: str) -> str:
    """The secret in letters, as somebody types it off the page."""
    found = re.search(r"<code>([A-Z2-7 ]{20,})</code>", page)
    assert found, page
    return found[1].replace(" ", "")


def set_up(browser: TestClient) -> tuple[str, list[str]]:
    """(the app's secret, the recovery codes) of whoever is signed in."""
    browser.post("/tai-khoan/xac-thuc")
    secret = secret_on(browser.get("/tai-khoan/xac-thuc").text)
    for _ in range(3):  # the clock may step between making the code and its being read
        page = browser.post("/tai-khoan/xac-thuc/xac-nhan", data={"code": code_of(secret, steps=-1)})
        if page.status_code == HTTPStatus.OK:
            break
    assert page.status_code == HTTPStatus.OK, page.text
    return secret, re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", page.text)


def give_password(browser: TestClient, email: str = CLERK, **more: str) -> str:
    """Where the right password leads."""
    answer = browser.post("/dang-nhap", data={"email": email, "password": PASSWORD, **more})
    assert answer.status_code == 303
    return answer.headers["location"]


def test_once_confirmed_the_code_is_asked_for_and_the_way_is_not_lost(browser: TestClient, people: People) -> None:
    sign_in(browser, CLERK)
    secret, codes = set_up(browser)
    assert len(codes) == 10
    browser.post("/dang-xuat")

    assert give_password(browser, next="/bao-cao") == STEP
    assert secret_of(browser) == ""  # the password alone opens nothing
    wrong = browser.post(STEP, data={"code": "000000"})
    assert (wrong.status_code, "Mã không đúng" in wrong.text) == (422, True)
    right = browser.post(STEP, data={"code": f" {code_of(secret)[:3]} {code_of(secret)[3:]} "})

    assert (right.status_code, right.headers["location"]) == (303, "/bao-cao")
    assert principal(secret_of(browser)) is not None


def test_a_code_is_accepted_once_and_no_older_one_after_it(
    browser: TestClient, other_browser: TestClient, people: People
) -> None:
    sign_in(browser, CLERK)
    secret, _ = set_up(browser)
    code = code_of(secret)
    give_password(browser)
    assert browser.post(STEP, data={"code": code}).status_code == 303

    give_password(other_browser)
    answers = [other_browser.post(STEP, data={"code": one}).status_code for one in (code, code_of(secret, steps=-1))]

    assert answers == [422, 422]


@pytest.mark.parametrize(("steps", "status"), [(1, 303), (2, 422), (-3, 422)])
def test_a_clock_may_differ_by_one_step(browser: TestClient, people: People, steps: int, status: int) -> None:
    sign_in(browser, CLERK)
    secret, _ = set_up(browser)
    give_password(browser)

    assert browser.post(STEP, data={"code": code_of(secret, steps=steps)}).status_code == status


def test_a_recovery_code_stands_in_once(browser: TestClient, other_browser: TestClient, people: People) -> None:
    sign_in(browser, CLERK)
    _, codes = set_up(browser)
    give_password(browser)
    assert browser.post(STEP, data={"code": codes[0].upper().replace("-", " ")}).status_code == 303

    give_password(other_browser)
    again = other_browser.post(STEP, data={"code": codes[0]})
    other = other_browser.post(STEP, data={"code": codes[1]})

    assert (again.status_code, other.status_code) == (422, 303)


def test_new_recovery_codes_make_the_old_ones_worthless(browser: TestClient, people: People) -> None:
    sign_in(browser, CLERK)
    _, codes = set_up(browser)

    page = browser.post("/tai-khoan/xac-thuc/ma-du-phong", data={"code": codes[0]})

    assert page.status_code == 200
    give_password(browser)
    assert browser.post(STEP, data={"code": codes[1]}).status_code == 422


def test_ten_wrong_codes_are_tried_and_the_eleventh_is_refused_even_if_right(
    browser: TestClient, people: People
) -> None:
    sign_in(browser, CLERK)
    secret, _ = set_up(browser)
    give_password(browser)

    tries = [browser.post(STEP, data={"code": "000000"}).status_code for _ in range(10)]

    assert tries == [422] * 10
    assert browser.post(STEP, data={"code": code_of(secret)}).status_code == 429


def test_the_first_step_is_over_when_the_password_changes(
    browser: TestClient, other_browser: TestClient, people: People
) -> None:
    sign_in(browser, CLERK)
    secret, _ = set_up(browser)
    give_password(other_browser)
    new = "suối trong chảy qua bản"
    browser.post("/tai-khoan/mat-khau", data={"current": PASSWORD, "new": new, "again": new})

    answer = other_browser.post(STEP, data={"code": code_of(secret)})

    assert answer.status_code == 422
    assert "Mật khẩu đã đổi" in answer.text
    assert secret_of(other_browser) == ""


def test_setting_up_signs_out_elsewhere_where_no_code_was_given(
    browser: TestClient, other_browser: TestClient, people: People
) -> None:
    elsewhere, before = sign_in(other_browser, CLERK), sign_in(browser, CLERK)

    set_up(browser)

    assert (principal(elsewhere), principal(before)) == (None, None)
    assert principal(secret_of(browser)) is not None


def test_a_secret_that_was_shown_and_not_confirmed_is_worth_nothing_after_the_next(
    browser: TestClient, people: People
) -> None:
    sign_in(browser, CLERK)
    browser.post("/tai-khoan/xac-thuc")
    seen = secret_on(browser.get("/tai-khoan/xac-thuc").text)
    browser.post("/tai-khoan/xac-thuc")

    answer = browser.post("/tai-khoan/xac-thuc/xac-nhan", data={"code": code_of(seen)})

    assert answer.status_code == 422


def test_where_it_is_demanded_it_is_set_up_while_signing_in(
    browser: TestClient, people: People, demanded: None
) -> None:
    assert give_password(browser, next="/bao-cao") == STEP
    page = browser.get(STEP).text
    assert "Thêm mã xác thực" in page
    assert secret_of(browser) == ""

    done = browser.post(STEP, data={"code": code_of(secret_on(page))})

    assert done.status_code == 200
    assert len(re.findall(r"<code>[a-z2-9]{5}-[a-z2-9]{5}</code>", done.text)) == 10
    assert 'href="/bao-cao"' in done.text
    assert principal(secret_of(browser)) is not None


def test_where_it_is_demanded_nobody_gives_it_up_and_nobody_slips_past_by_another_office(
    browser: TestClient, people: People, active: Plan, demanded: None, rows: Rows
) -> None:
    sign_in(browser, HEAD)  # nominates only: nothing is demanded
    enroll_person(active, name="Trưởng thôn", email=HEAD, role=Role.CHAIR, unit=active.unit.key)
    ((office,),) = rows("SELECT id FROM identity.office WHERE role = 'chair'")
    assert browser.post("/doi-vai", data={"office": str(office)}).headers["location"].startswith("/dang-nhap")

    browser.post("/dang-xuat")
    give_password(browser, HEAD)
    secret = secret_on(browser.get(STEP).text)
    browser.post(STEP, data={"code": code_of(secret, steps=-1)})
    assert browser.post("/doi-vai", data={"office": str(office)}).headers["location"] == "/xet-duyet"
    refused = browser.post("/tai-khoan/xac-thuc/bo", data={"code": code_of(secret)})
    assert (refused.status_code, "bắt buộc" in refused.text) == (422, True)


def test_giving_it_up_takes_a_code_and_an_administrator_can_drop_it(browser: TestClient, people: People) -> None:
    sign_in(browser, CLERK)
    secret, _ = set_up(browser)
    assert browser.post("/tai-khoan/xac-thuc/bo", data={"code": "000000"}).status_code == 422
    assert browser.post("/tai-khoan/xac-thuc/bo", data={"code": code_of(secret)}).status_code == 303
    assert give_password(browser) != STEP

    set_up(browser)
    assert give_password(browser) == STEP
    forget_authenticator(email=CLERK)
    assert give_password(browser) != STEP


def test_the_database_keeps_neither_secret_nor_recovery_codes(browser: TestClient, people: People, rows: Rows) -> None:
    sign_in(browser, CLERK)
    secret, codes = set_up(browser)

    stored = str(rows("SELECT t.*, r.* FROM identity.totp t JOIN identity.recovery_code r USING (person_id)"))

    assert secret not in stored
    assert secret.encode().hex() not in stored
    assert not any(code.replace("-", "") in stored for code in codes)


def test_a_sealed_secret_moved_to_another_person_opens_nothing(browser: TestClient, people: People, rows: Rows) -> None:
    sign_in(browser, CLERK)
    secret, _ = set_up(browser)
    rows(
        "INSERT INTO identity.totp (person_id, sealed, confirmed_at) "
        "SELECT :head, sealed, confirmed_at FROM identity.totp",
        head=people.head,
    )
    give_password(browser, HEAD)

    with pytest.raises(ValueError, match="not sealed"):
        browser.post(STEP, data={"code": code_of(secret)})

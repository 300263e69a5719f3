"""One's own account: another office, another password, tokens."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from services.identity.main import enroll_person, issue_api_token, reset_password
from services.identity.rules.accounts import MOST_TOKENS
from shared.access import door
from shared.access.principal import Role
from shared.errors import Refused
from shared.plan import Plan, Unit
from tests.worlds import Rows

from .conftest import CLERK, HEAD, ORIGIN, PASSWORD, People, principal, secret_of, sign_in

NEW = "suối trong chảy qua bản"


@pytest.fixture
def two_offices(people: People, active: Plan) -> str:
    """The id of a second office, as clerk, of the village head."""
    enroll_person(active, name="Trưởng thôn", email=HEAD, role=Role.CLERK, unit=active.unit.key)
    return "clerk"


def office_id(rows: Rows, person: object, role: str) -> str:
    return str(rows("SELECT id FROM identity.office WHERE person_id = :p AND role = :r", p=person, r=role)[0][0])


def test_switching_gives_a_fresh_secret_and_the_limits_of_the_new_role(
    browser: TestClient, people: People, two_offices: str, rows: Rows
) -> None:
    old = sign_in(browser)
    assert "Chuyển sang" in browser.get("/doi-vai").text

    answer = browser.post("/doi-vai", data={"office": office_id(rows, people.head, two_offices)})

    assert (answer.status_code, answer.headers["location"]) == (303, "/xet-duyet")
    assert "Max-Age=43200" in answer.headers["set-cookie"]
    assert principal(old) is None
    who = principal(secret_of(browser))
    assert who is not None
    assert who.role is Role.CLERK
    assert rows(
        "SELECT idle = interval '30 min', expires_at = signed_in_at + interval '12 h' FROM identity.session"
    ) == [(True, True)]


def test_nobody_switches_to_an_office_that_is_not_theirs_or_is_over(
    browser: TestClient, people: People, two_offices: str, rows: Rows
) -> None:
    secret = sign_in(browser)
    own = office_id(rows, people.head, two_offices)
    rows("UPDATE identity.office SET valid_until = now() WHERE id = :id", id=own)

    theirs = browser.post("/doi-vai", data={"office": office_id(rows, people.clerk, "clerk")})
    over = browser.post("/doi-vai", data={"office": own})
    nonsense = browser.post("/doi-vai", data={"office": "clerk"})

    assert [answer.status_code for answer in (theirs, over, nonsense)] == [404, 404, 422]
    who = principal(secret)
    assert who is not None
    assert who.role is Role.NOMINATOR


def test_a_village_heads_old_session_does_not_become_an_officials(
    browser: TestClient, people: People, two_offices: str, rows: Rows
) -> None:
    sign_in(browser)
    rows("UPDATE identity.session SET signed_in_at = now() - interval '13 hours'")

    answer = browser.post("/doi-vai", data={"office": office_id(rows, people.head, two_offices)})

    assert (answer.status_code, answer.headers["location"]) == (303, "/dang-nhap?next=/")


def test_a_new_password_ends_the_sessions_elsewhere_and_the_old_password(
    browser: TestClient, other_browser: TestClient, people: People
) -> None:
    elsewhere, here = sign_in(other_browser), sign_in(browser)

    answer = browser.post("/tai-khoan/mat-khau", data={"current": PASSWORD, "new": NEW, "again": NEW})

    assert (answer.status_code, answer.headers["location"]) == (303, "/tai-khoan?da=doi-mat-khau")
    assert (principal(elsewhere), principal(here)) == (None, None)
    assert principal(secret_of(browser)) is not None
    assert other_browser.post("/dang-nhap", data={"email": HEAD, "password": PASSWORD}).status_code == 422
    assert sign_in(other_browser, HEAD, NEW)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"current": "sai rồi sai rồi"}, "Mật khẩu hiện tại không đúng."),
        ({"again": NEW + "!"}, "không giống nhau"),
        ({"new": "ngắn", "again": "ngắn"}, "ít nhất 10 ký tự"),
        ({"new": "matkhau123", "again": "matkhau123"}, "dễ đoán"),
        ({"new": "a" * 129, "again": "a" * 129}, "dài quá 128 ký tự"),
    ],
)
def test_a_password_that_cannot_be_taken_is_explained_and_nothing_changes(
    browser: TestClient, people: People, change: dict[str, str], words: str
) -> None:
    secret = sign_in(browser)

    answer = browser.post("/tai-khoan/mat-khau", data={"current": PASSWORD, "new": NEW, "again": NEW} | change)

    assert answer.status_code == 422
    assert words in answer.text
    assert NEW not in answer.text
    assert principal(secret) is not None


def test_guessing_the_current_password_is_bounded_as_signing_in_is(browser: TestClient, people: People) -> None:
    sign_in(browser)

    wrong = {"current": "sai rồi sai rồi", "new": NEW, "again": NEW}
    answers = [browser.post("/tai-khoan/mat-khau", data=wrong) for _ in range(11)]

    assert ["Hãy đợi 15 phút" in answer.text for answer in answers] == [False] * 10 + [True]


def test_a_password_reset_by_an_administrator_signs_the_person_out(browser: TestClient, people: People) -> None:
    secret = sign_in(browser, CLERK)

    reset_password(email=CLERK, password=NEW)

    assert principal(secret) is None
    assert sign_in(browser, CLERK, NEW)


def test_a_token_is_shown_once_works_as_its_issuer_and_dies_when_revoked(browser: TestClient, people: People) -> None:
    sign_in(browser)

    shown = browser.post("/tai-khoan/ma-api", data={"name": "Phần mềm thi đua", "days": "90", "scopes": ["read"]}).text
    (secret,) = set(re.findall(r"gs_[\w-]{43}", shown))
    later = browser.get("/tai-khoan").text
    me = TestClient(browser.app).get("/api/v1/me", headers={"authorization": f"Bearer {secret}"})

    assert "Phần mềm thi đua" in later
    assert "gs_" not in later
    assert (me.status_code, me.json()["person_id"], me.json()["by_token"]) == (200, str(people.head), True)

    (revoke,) = re.findall(r"/tai-khoan/ma-api/[0-9a-f-]+/thu-hoi", later)
    assert browser.post(revoke).status_code == 303
    assert principal(secret) is None
    assert "Phần mềm thi đua" not in browser.get("/tai-khoan").text


def test_nobody_revokes_a_token_of_somebody_else(
    browser: TestClient, people: People, active: Plan, village: Unit
) -> None:
    token = issue_api_token(active, email=HEAD, role=Role.NOMINATOR, unit=village.key, name="Phần mềm")
    sign_in(browser, CLERK)

    answer = browser.post(f"/tai-khoan/ma-api/{token.id}/thu-hoi")

    assert answer.status_code == 404
    assert principal(token.secret) is not None


def test_an_official_has_no_tokens(browser: TestClient, people: People, active: Plan) -> None:
    sign_in(browser, CLERK)

    assert "Mã API" not in browser.get("/tai-khoan").text
    assert browser.post("/tai-khoan/ma-api", data={"name": "x", "days": "90"}).status_code == 403


@pytest.mark.parametrize("days", [0, 366])
def test_an_administrator_may_issue_a_token_for_any_office_but_not_for_ever(
    people: People, active: Plan, days: int
) -> None:
    office: dict[str, Any] = {"email": CLERK, "role": Role.CLERK, "unit": active.unit.key, "name": "Sao lưu"}

    who = principal(issue_api_token(active, **office, days=1).secret)

    assert who is not None
    assert (who.role, who.by_token) == (Role.CLERK, True)
    with pytest.raises(Refused):
        issue_api_token(active, **office, days=days)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"name": "", "days": "90"}, "Hãy đặt tên cho mã"),
        ({"name": "x" * 81, "days": "90"}, "Dài quá: có 81 chữ cái, tối đa 80."),
        ({"name": "x\0", "days": "90"}, "Có ký tự không đọc được."),
        ({"name": "x", "days": "36500"}, "Hãy chọn một trong: 90, 180, 365 ngày."),
        ({"name": "x", "days": "²"}, "Hãy chọn một trong"),
    ],
)
def test_a_token_form_with_faults_is_explained(
    browser: TestClient, people: People, form: dict[str, str], words: str
) -> None:
    sign_in(browser)

    answer = browser.post("/tai-khoan/ma-api", data=form)

    assert answer.status_code == 422
    assert words in answer.text


def test_an_office_has_at_most_ten_living_tokens(browser: TestClient, people: People) -> None:
    sign_in(browser)

    answers = [
        browser.post("/tai-khoan/ma-api", data={"name": f"Mã {n}", "days": "90", "scopes": ["nominate"]})
        for n in range(MOST_TOKENS + 1)
    ]

    assert [answer.status_code for answer in answers] == [200] * MOST_TOKENS + [422]
    assert "Đã có 10 mã còn hiệu lực." in answers[-1].text


def test_a_leaked_token_opens_no_account_page(people: People, active: Plan, village: Unit, browser: TestClient) -> None:
    token = issue_api_token(active, email=HEAD, role=Role.NOMINATOR, unit=village.key, name="Phần mềm")
    program = {"authorization": f"Bearer {token.secret}"}

    answers = [
        browser.get("/tai-khoan", headers=program),
        browser.post("/tai-khoan/ma-api", data={"name": "x", "days": "90"}, headers=program),
        browser.post("/tai-khoan/mat-khau", data={}, headers=program),
        browser.post("/doi-vai", data={"office": str(token.id)}, headers=program),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4


def test_without_signing_in_pages_ask_for_it_and_the_api_says_401(browser: TestClient, people: People) -> None:
    page = browser.get("/tai-khoan")
    api = browser.get("/api/v1/me")

    assert (page.status_code, page.headers["location"]) == (303, "/dang-nhap?next=/tai-khoan")
    assert (api.status_code, api.headers["content-type"]) == (401, "application/problem+json")


def test_me_says_who_where_and_as_what(browser: TestClient, people: People, active: Plan, village: Unit) -> None:
    sign_in(browser)

    answer = browser.get("/api/v1/me", headers={"origin": ORIGIN})

    assert answer.json() == {
        "person_id": str(people.head),
        "name": "Trưởng thôn",
        "role": "nominator",
        "plan_id": active.id,
        "unit": {"id": str(village.id), "key": village.key, "name": str(village.name)},
        "by_token": False,
    }
    assert door.TRUSTED_S <= 2  # a revocation takes effect within it

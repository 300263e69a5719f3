"""What a token may do: its office's rights, as far as its scopes go."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from services.identity.main import issue_api_token
from shared.access.principal import Principal, Role
from shared.access.reach import Scope, token_may
from shared.plan import Plan, Unit
from tests.identity.conftest import HEAD, People, principal, sign_in

ID = "0199b1c2-0000-7000-8000-000000000000"
CHANGES = {
    ("PUT", "/api/v1/photos"): Scope.NOMINATE,
    ("POST", "/api/v1/nominations"): Scope.NOMINATE,
    ("POST", f"/api/v1/nominations/{ID}/withdraw"): Scope.NOMINATE,
    ("PUT", f"/api/v1/cases/{ID}/scores"): Scope.REVIEW,
    ("POST", f"/api/v1/cases/{ID}/decision"): Scope.REVIEW,
    ("POST", f"/api/v1/stories/{ID}/approval"): Scope.PUBLISH,
    ("POST", f"/api/v1/messages/{ID}/read"): Scope.READ,
}


@pytest.mark.parametrize(("request_", "scope"), CHANGES.items())
def test_each_change_takes_its_own_scope_and_no_other(request_: tuple[str, str], scope: Scope) -> None:
    method, path = request_
    assert {one: token_may({one}, method=method, path=path) for one in Scope} == {one: one is scope for one in Scope}


@pytest.mark.parametrize(
    "path",
    ["/tai-khoan/ma-api", "/doi-vai", "/the-thon/phat", "/api/v1/photosx", "/api/v1/new", "/", "//api/v1/photos"],
)
def test_what_no_scope_names_is_changed_by_no_token(path: str) -> None:
    assert not token_may(frozenset(Scope), method="POST", path=path)
    assert not token_may(frozenset(Scope), method="DELETE", path=path)


def test_reading_takes_the_scope_to_read() -> None:
    assert token_may({Scope.READ}, method="GET", path="/api/v1/me")
    assert not token_may({Scope.NOMINATE, Scope.REVIEW, Scope.PUBLISH}, method="GET", path="/api/v1/me")


def test_every_change_that_the_api_offers_has_a_scope() -> None:
    """A new route below /api that changes something is refused to every token until the table names it."""
    from gateway.app import services  # noqa: PLC0415 -- settings must point to the test database first

    for method, path in changes_of(service.web for service in services()):
        real = path.replace("{nomination_id}", ID).replace("{case_id}", ID).replace("{story_id}", ID)
        real = real.replace("{message_id}", ID)
        assert any(token_may({scope}, method=method, path=real) for scope in Scope), f"{method} {path}"


def changes_of(apps: Iterator[FastAPI]) -> Iterator[tuple[str, str]]:
    from shared.web.app import routes_of  # noqa: PLC0415

    for app in apps:
        for route in routes_of(app.state.routers):
            path = route.path  # type: ignore[attr-defined]  # every route of ours has one
            for method in route.methods - {"GET", "HEAD"}:  # type: ignore[attr-defined]
                if path.startswith("/api/"):
                    yield method, path


def test_the_door_keeps_a_token_within_its_scopes(
    browser: TestClient, people: People, active: Plan, village: Unit
) -> None:
    office = {"email": HEAD, "role": Role.NOMINATOR, "unit": village.key}
    reads = issue_api_token(active, **office, name="đọc", scopes={Scope.READ}).secret
    sends = issue_api_token(active, **office, name="gửi", scopes={Scope.NOMINATE}).secret
    program = TestClient(browser.app)

    answers = {
        name: program.get("/api/v1/me", headers={"authorization": f"Bearer {secret}"})
        for name, secret in (("reads", reads), ("sends", sends))
    }

    assert {name: answer.status_code for name, answer in answers.items()} == {"reads": 200, "sends": 403}
    assert "Mã API này không được lập cho việc đó" in answers["sends"].json()["detail"]
    found: Principal | None = principal(sends)
    assert found is not None
    assert found.scopes == {Scope.NOMINATE}


def test_the_page_says_in_plain_words_what_each_token_may_do_and_takes_none_for_nothing(
    browser: TestClient, people: People
) -> None:
    sign_in(browser)
    empty = browser.post("/tai-khoan/ma-api", data={"name": "Mã", "days": "90"})
    more = browser.post("/tai-khoan/ma-api", data={"name": "Mã", "days": "90", "scopes": ["nominate", "publish"]})
    good = browser.post("/tai-khoan/ma-api", data={"name": "Mã", "days": "90", "scopes": ["nominate"]})

    assert (empty.status_code, "Hãy chọn ít nhất một việc" in empty.text) == (422, True)
    assert more.status_code == 422
    assert good.status_code == 200
    assert 'data-label="Được làm">Gửi và rút đề cử</td>' in good.text


def test_a_session_has_no_scopes_and_reaches_all_that_its_office_does(browser: TestClient, people: People) -> None:
    who = principal(sign_in(browser))

    assert who is not None
    assert (who.scopes, who.narrowed) == (frozenset(), None)
    assert who.reaches(method="POST", path="/anything")

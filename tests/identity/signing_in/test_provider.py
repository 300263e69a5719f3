"""OpenID Connect against a real provider process, which can also behave badly."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient

from services.identity.adapters import provider
from services.identity.settings import sign_in_settings
from shared.access.principal import Role
from shared.settings import settings
from tests.identity.conftest import CLERK, HEAD, ORIGIN, People, principal, secret_of, sign_in
from tests.worlds import Rows

from .conftest import Holder, start

PROCESS = Path(__file__).parent / "provider_process.py"
CLIENT_ID, CLIENT_SECRET = "guongsang", "a secret of the tests"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The provider, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"AUTHLIB_INSECURE_TRANSPORT": "1"}
    process = subprocess.Popen([sys.executable, str(PROCESS), str(port)], env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            httpx.get(f"{address}/jwks")
        except httpx.TransportError:
            assert process.poll() is None, "the provider has ended"
            time.sleep(0.1)
        else:
            return
    pytest.fail("the provider does not answer")


@pytest.fixture
def at_provider(issuer: str, database: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An installation that has this provider. By default it vouches for subject-1 and does nothing wrong."""
    for name, value in {
        "OIDC_ISSUER": issuer,
        "OIDC_CLIENT_ID": CLIENT_ID,
        "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "OIDC_LABEL": "Tài khoản tỉnh",
        "PUBLIC_URL": ORIGIN,
    }.items():
        monkeypatch.setenv(f"GUONGSANG_{name}", value)
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    sign_in_settings.cache_clear()
    settings.cache_clear()
    provider._known.clear()
    behave(issuer)
    yield issuer
    monkeypatch.undo()
    sign_in_settings.cache_clear()
    settings.cache_clear()


def behave(issuer: str, **how: object) -> None:
    assert httpx.post(f"{issuer}/behave", json=how).status_code == 204


def to_provider(url: str) -> str:
    """Where the provider sends the browser back to: a path of ours."""
    answer = httpx.get(url)
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["location"])
    return f"{parts.path}?{parts.query}"


def go(browser: TestClient, path: str = "/dang-nhap/oidc") -> str:
    """The address of the provider that we send the browser to."""
    answer = browser.get(path)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def link(browser: TestClient) -> httpx.Response:
    """Link the account at the provider to whoever is signed in."""
    page = browser.post("/tai-khoan/lien-ket").text
    url = page.partition('class="btn main" href="')[2].partition('"')[0].replace("&amp;", "&")
    return browser.get(to_provider(url))


@pytest.fixture
def linked(browser: TestClient, people: People, at_provider: str) -> None:
    """The clerk has linked subject-1, and has signed out."""
    sign_in(browser, CLERK)
    assert link(browser).headers["location"] == "/tai-khoan?da=lien-ket"
    browser.post("/dang-xuat")


def test_a_linked_account_opens_a_session_and_leads_on(browser: TestClient, people: People, linked: None) -> None:
    answer = browser.get(to_provider(go(browser, "/dang-nhap/oidc?next=/bao-cao")))

    assert (answer.status_code, answer.headers["location"]) == (303, "/bao-cao")
    who = principal(secret_of(browser))
    assert who is not None
    assert (who.person_id, who.role) == (people.clerk, Role.CLERK)


def test_the_request_carries_pkce_state_and_nonce_and_they_differ_each_time(
    browser: TestClient, at_provider: str
) -> None:
    first, second = (parse_qs(urlsplit(go(browser)).query) for _ in range(2))

    assert first["code_challenge_method"] == ["S256"]
    assert first["redirect_uri"] == [f"{ORIGIN}/dang-nhap/oidc/ve"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 43
        assert first[name] != second[name]


@pytest.mark.parametrize(
    "fault",
    [
        "wrong nonce",
        "no nonce",
        "wrong audience",
        "two audiences",
        "expired",
        "alg none",
        "shared key",
        "another key",
        "other issuer in token",
        "other issuer in answer",
        "no id token",
        "says no",
    ],
)
def test_an_answer_that_is_not_right_is_refused_in_plain_words(
    browser: TestClient, linked: None, at_provider: str, fault: str
) -> None:
    behave(at_provider, fault=fault)

    answer = browser.get(to_provider(go(browser)))

    assert answer.status_code == 422
    assert secret_of(browser) == ""
    assert any(words in answer.text for words in ("không đáng tin nên bị từ chối", "đã không đồng ý"))
    assert "Traceback" not in answer.text
    behave(at_provider)
    assert browser.get(to_provider(go(browser))).status_code == 303  # the next one is not held against anybody


def test_a_provider_that_calls_itself_something_else_is_not_believed(browser: TestClient, at_provider: str) -> None:
    behave(at_provider, fault="other issuer")

    answer = browser.get("/dang-nhap/oidc")

    assert answer.status_code == 422
    assert "không đáng tin" in answer.text


def test_a_provider_that_is_away_leaves_the_password(
    browser: TestClient, people: People, at_provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("GUONGSANG_OIDC_ISSUER", f"http://127.0.0.1:{unused.getsockname()[1]}")
        sign_in_settings.cache_clear()

        answer = browser.get("/dang-nhap/oidc")

    assert (answer.status_code, "Không nối được" in answer.text) == (422, True)
    assert sign_in(browser, CLERK)


def test_a_provider_over_plain_http_elsewhere_is_not_asked(
    browser: TestClient, at_provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUONGSANG_OIDC_ISSUER", "http://provider.example")
    sign_in_settings.cache_clear()

    assert "không đáng tin" in browser.get("/dang-nhap/oidc").text


def test_an_answer_is_taken_once_and_only_by_the_browser_that_asked(
    browser: TestClient, other_browser: TestClient, linked: None
) -> None:
    back = to_provider(go(browser))

    stolen = other_browser.get(back)
    mine = browser.get(back)
    again = browser.get(back)

    assert [answer.status_code for answer in (stolen, mine, again)] == [422, 303, 422]
    assert "không bắt đầu từ máy này" in stolen.text
    assert secret_of(other_browser) == ""


def test_a_code_that_was_used_is_refused_by_the_provider_too(
    browser: TestClient, linked: None, at_provider: str
) -> None:
    back = to_provider(go(browser))
    kept = browser.cookies["guongsang-oidc"]
    browser.get(back)
    browser.post("/dang-xuat")
    browser.cookies.set("guongsang-oidc", kept, path="/dang-nhap")

    answer = browser.get(back)

    assert (answer.status_code, "không đáng tin" in answer.text) == (422, True)
    assert secret_of(browser) == ""


def test_a_state_of_another_flow_is_refused(browser: TestClient, linked: None) -> None:
    first = to_provider(go(browser))
    go(browser)

    assert "không bắt đầu từ máy này" in browser.get(first).text


def test_nobody_is_found_by_email_unless_the_installation_trusts_verified_ones(
    browser: TestClient, people: People, at_provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    behave(at_provider, email=CLERK, email_verified=True)
    assert "chưa được liên kết" in browser.get(to_provider(go(browser))).text

    monkeypatch.setenv("GUONGSANG_OIDC_TRUST_EMAIL", "true")
    sign_in_settings.cache_clear()
    behave(at_provider, email=CLERK, email_verified=False)
    assert "chưa được liên kết" in browser.get(to_provider(go(browser))).text

    behave(at_provider, email=CLERK.upper(), email_verified=True)
    assert browser.get(to_provider(go(browser))).status_code == 303
    behave(at_provider, email="", email_verified=False)  # the first time made the link
    assert browser.get(to_provider(go(browser))).status_code == 303


def test_an_email_that_the_provider_gives_to_somebody_new_does_not_take_an_account_over(
    browser: TestClient, linked: None, at_provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUONGSANG_OIDC_TRUST_EMAIL", "true")
    sign_in_settings.cache_clear()
    behave(at_provider, sub="subject-2", email=CLERK, email_verified=True)

    assert "chưa được liên kết" in browser.get(to_provider(go(browser))).text


def test_one_account_there_belongs_to_one_person_here(
    browser: TestClient, other_browser: TestClient, linked: None
) -> None:
    sign_in(other_browser, HEAD)

    answer = link(other_browser)

    assert (answer.status_code, "liên kết với người khác" in answer.text) == (422, True)


def test_unlinking_ends_it(browser: TestClient, linked: None) -> None:
    sign_in(browser, CLERK)
    assert "Đã liên kết" in browser.get("/tai-khoan").text
    browser.post("/tai-khoan/lien-ket/bo")
    browser.post("/dang-xuat")

    assert "chưa được liên kết" in browser.get(to_provider(go(browser))).text


def test_linking_coming_in_unlinking_and_a_stranger_are_in_the_audit_trail(
    browser: TestClient, linked: None, at_provider: str, rows: Rows
) -> None:
    browser.get(to_provider(go(browser)))
    browser.post("/tai-khoan/lien-ket/bo")
    browser.post("/dang-xuat")
    behave(at_provider, sub="subject-2")
    browser.get(to_provider(go(browser)))

    entries = rows(
        "SELECT action, object_kind, route, detail FROM audit.entry WHERE action <> 'office_given' ORDER BY id"
    )
    back = "GET /dang-nhap/oidc/ve"
    assert [tuple(entry) for entry in entries[-5:]] == [
        ("signed_out", "account", "POST /dang-xuat", {}),
        ("signed_in", "account", back, {"second_factor": True}),
        ("provider_unlinked", "account", "POST /tai-khoan/lien-ket/bo", {}),
        ("signed_out", "account", "POST /dang-xuat", {}),
        ("sign_in_failed", "provider", back, {"why": "provider.not_linked", "network": ""}),
    ]
    assert ("provider_linked", "account", back, {}) in [tuple(entry) for entry in entries]
    assert rows("SELECT count(*) FROM audit.entry WHERE entry::text LIKE '%subject-2%'") == [(0,)]


def test_a_card_is_not_enough_to_link(browser: TestClient, holder: Holder, at_provider: str) -> None:
    start(browser, holder)

    assert link(browser).status_code == 422


def test_somebody_else_who_signs_in_meanwhile_gets_no_link(
    browser: TestClient, people: People, at_provider: str
) -> None:
    sign_in(browser, CLERK)
    page = browser.post("/tai-khoan/lien-ket").text
    url = page.partition('class="btn main" href="')[2].partition('"')[0].replace("&amp;", "&")
    sign_in(browser, HEAD)

    answer = browser.get(to_provider(url))

    assert (answer.status_code, "đăng xuất trong lúc liên kết" in answer.text) == (422, True)


def test_without_a_provider_there_is_no_such_page(browser: TestClient, people: People) -> None:
    assert browser.get("/dang-nhap/oidc").status_code == 404
    assert browser.get("/dang-nhap/oidc/ve").status_code == 404
    assert "/dang-nhap/oidc" not in browser.get("/dang-nhap").text

"""The sign-in form, seen from a browser."""

import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from services.identity.commands.sign_in import sign_in as sign_in_command
from services.identity.rules.accounts import TRIES_PER_ACCOUNT, TRIES_PER_NETWORK
from shared.access.secret import SECURE_SESSION_COOKIE, SESSION_COOKIE, hashed
from shared.database import engine_of
from shared.errors import Refused
from shared.settings import settings
from tests.worlds import Rows

from .conftest import CLERK, HEAD, PASSWORD, People, principal, secret_of, sign_in


def test_the_right_password_opens_the_roles_own_page_and_the_cookie_is_the_persons(
    browser: TestClient, people: People
) -> None:
    answer = browser.post("/dang-nhap", data={"email": HEAD, "password": PASSWORD})

    assert (answer.status_code, answer.headers["location"]) == (303, "/de-cu")
    cookie = answer.headers.get_list("set-cookie")[0]
    assert cookie.startswith(f"{SESSION_COOKIE}=")
    assert cookie.partition("; ")[2] == "HttpOnly; Max-Age=7776000; Path=/; SameSite=lax"
    who = principal(secret_of(browser))
    assert who is not None
    assert (who.person_id, who.name, who.role.value, who.by_token) == (people.head, "Trưởng thôn", "nominator", False)


def test_an_officials_cookie_is_kept_for_a_working_day(browser: TestClient, people: People) -> None:
    answer = browser.post("/dang-nhap", data={"email": CLERK, "password": PASSWORD})

    assert "Max-Age=43200" in answer.headers["set-cookie"]


def test_with_https_the_cookie_is_tied_to_the_host(
    browser: TestClient, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUONGSANG_PUBLIC_URL", "https://guong.example")
    settings.cache_clear()

    answer = browser.post("/dang-nhap", data={"email": HEAD, "password": PASSWORD})
    monkeypatch.undo()
    settings.cache_clear()

    cookie = answer.headers.get_list("set-cookie")[0]
    assert cookie.startswith(f"{SECURE_SESSION_COOKIE}=")
    assert cookie.endswith("HttpOnly; Max-Age=7776000; Path=/; SameSite=lax; Secure")


def test_signing_in_gives_a_fresh_secret_so_that_a_planted_one_is_worth_nothing(
    browser: TestClient, people: People
) -> None:
    planted = sign_in(browser)
    assert principal(planted) is not None

    fresh = sign_in(browser, CLERK)

    assert fresh != planted
    assert principal(planted) is None


def test_the_database_keeps_no_secret_and_no_password(browser: TestClient, people: People, rows: Rows) -> None:
    secret = sign_in(browser)

    assert rows("SELECT digest FROM identity.session") == [(hashed(secret),)]
    stored = rows("SELECT hash FROM identity.credential")
    assert [row[0][:29] for row in stored] == ["$argon2id$v=19$m=19456,t=2,p=1"[:29]] * 2
    assert stored[0] != stored[1]


def test_signing_out_ends_the_session_here_and_now(browser: TestClient, people: People) -> None:
    secret = sign_in(browser)
    assert principal(secret) is not None

    answer = browser.post("/dang-xuat")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert secret_of(browser) == ""
    assert principal(secret) is None


def test_an_unknown_account_and_a_wrong_password_get_the_same_answer(browser: TestClient, people: People) -> None:
    known = browser.post("/dang-nhap", data={"email": HEAD, "password": "sai rồi sai rồi"})
    unknown = browser.post("/dang-nhap", data={"email": "ai.do@xa.example", "password": "sai rồi sai rồi"})

    assert known.status_code == unknown.status_code == 422
    assert known.text.replace(HEAD, "…") == unknown.text.replace("ai.do@xa.example", "…")
    assert "Thư điện tử hoặc mật khẩu không đúng." in known.text
    assert f'value="{HEAD}"' in known.text
    assert "sai rồi" not in known.text


def test_an_unknown_account_takes_as_long_as_a_known_one(people: People, database: Engine) -> None:
    def seconds(email: str) -> float:
        began = perf_counter()
        with pytest.raises(Refused):
            sign_in_command(engine_of("identity"), email=email, password="sai rồi sai rồi", address=None)
        return perf_counter() - began

    pairs = [(seconds(HEAD), seconds(f"nobody{n}@xa.example")) for n in range(TRIES_PER_ACCOUNT)]

    known, unknown = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    assert 0.6 < known / unknown < 1.6  # without the dummy hash it is above 3


def test_ten_wrong_tries_are_let_through_and_the_eleventh_is_refused_whatever_it_brings(
    browser: TestClient, people: People, rows: Rows
) -> None:
    wrong = [browser.post("/dang-nhap", data={"email": HEAD, "password": f"sai lần thứ {n}"}) for n in range(10)]
    eleventh = browser.post("/dang-nhap", data={"email": HEAD, "password": PASSWORD})

    assert [answer.status_code for answer in wrong] == [422] * 10
    assert (eleventh.status_code, eleventh.headers["retry-after"]) == (429, "900")
    assert "Hãy đợi 15 phút rồi thử lại" in eleventh.text
    assert f'value="{HEAD}"' in eleventh.text

    rows("""
        UPDATE identity.login_attempt SET at = at - interval '15 minutes'
        WHERE id = (SELECT min(id) FROM identity.login_attempt)
    """)
    assert sign_in(browser)


def test_an_account_that_does_not_exist_is_refused_after_as_many_tries(browser: TestClient, people: People) -> None:
    tries = [browser.post("/dang-nhap", data={"email": "ai.do@xa.example", "password": "x" * 12}) for _ in range(11)]

    assert [answer.status_code for answer in tries] == [422] * 10 + [429]


def test_tries_at_the_same_moment_do_not_slip_through(people: People, database: Engine) -> None:
    def outcome(_: int) -> str:
        with pytest.raises(Refused) as refused:
            sign_in_command(engine_of("identity"), email=HEAD, password="sai rồi sai rồi", address="192.0.2.7")
        return refused.value.key

    with ThreadPoolExecutor(8) as pool:
        outcomes = sorted(pool.map(outcome, range(30)))

    assert outcomes == ["sign_in.too_many_tries"] * 20 + ["sign_in.wrong"] * 10


def test_a_password_that_is_changed_while_it_is_verified_opens_nothing(
    people: People, database: Engine, rows: Rows
) -> None:
    def outcome() -> str:
        with pytest.raises(Refused) as refused:
            sign_in_command(engine_of("identity"), email=HEAD, password=PASSWORD, address=None)
        return refused.value.key

    with ThreadPoolExecutor(1) as pool:
        with database.begin() as changing:
            changing.execute(text("UPDATE identity.credential SET hash = hash || 'x'"))
            signing_in = pool.submit(outcome)
            while not rows(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            ):
                assert not signing_in.done()
        assert signing_in.result(10) == "sign_in.wrong"

    assert rows("SELECT count(*) FROM identity.session") == [(0,)]


def test_a_network_gets_a_hundred_tries_over_all_accounts(people: People, rows: Rows) -> None:
    rows(
        "INSERT INTO identity.login_attempt (account, network) "
        "SELECT sha256(n::text::bytea), '2001:db8:0:7::/64' FROM generate_series(1, :n) AS n",
        n=TRIES_PER_NETWORK - 1,
    )

    keys = []
    for last in ("a", "b"):
        with pytest.raises(Refused) as refused:
            sign_in_command(engine_of("identity"), email=HEAD, password="x" * 12, address=f"2001:db8:0:7::{last}")
        keys.append(refused.value.key)

    assert keys == ["sign_in.wrong", "sign_in.too_many_tries"]
    assert sign_in_command(engine_of("identity"), email=HEAD, password=PASSWORD, address="2001:db8:0:8::1")


def test_right_passwords_are_not_counted(browser: TestClient, people: People) -> None:
    for _ in range(TRIES_PER_ACCOUNT + 2):
        assert sign_in(browser)


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/xet-duyet/DC-2025-0001?trang=2", "/xet-duyet/DC-2025-0001?trang=2"),
        ("https://evil.example/", "/de-cu"),
        ("//evil.example/", "/de-cu"),
        ("/\\evil.example", "/de-cu"),
        ("/\t/evil.example", "/de-cu"),
        ("javascript:alert(1)", "/de-cu"),
        ("", "/de-cu"),
    ],
)
def test_after_signing_in_one_comes_back_to_pages_of_ours_only(
    browser: TestClient, people: People, asked: str, led_to: str
) -> None:
    form = browser.get("/dang-nhap", params={"next": asked})
    assert re.findall(r'name="next" value="([^"]*)"', form.text) == ([led_to] if led_to == asked else [])

    answer = browser.post("/dang-nhap", data={"email": HEAD, "password": PASSWORD, "next": asked})

    assert answer.headers["location"] == led_to


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"origin": "null"}])
@pytest.mark.parametrize("path", ["/dang-nhap", "/dang-xuat", "/doi-vai", "/tai-khoan/mat-khau", "/tai-khoan/ma-api"])
def test_another_sites_page_can_post_nothing(
    browser: TestClient, people: People, path: str, headers: dict[str, str]
) -> None:
    secret = sign_in(browser)

    answer = browser.post(path, data={"email": CLERK, "password": PASSWORD}, headers=headers)

    assert answer.status_code == 403
    assert "đến từ một trang web khác" in answer.text
    assert principal(secret) is not None


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("a\0b@xa.example", "Có ký tự không đọc được."),
        ("a" * 260 + "@xa.example", "Dài quá: có 271 chữ cái, tối đa 254."),
        ("không phải thư", "không phải địa chỉ thư điện tử"),
        ("", "Hãy điền thư điện tử."),
    ],
)
def test_an_email_that_cannot_be_one_is_explained_at_its_box(
    browser: TestClient, people: People, rows: Rows, email: str, words: str
) -> None:
    answer = browser.post("/dang-nhap", data={"email": email, "password": PASSWORD})

    assert answer.status_code == 422
    at_the_box = re.search(r'id="email-error">(.*?)</p>', answer.text, re.DOTALL)
    assert at_the_box is not None
    assert words in at_the_box[1]
    assert rows("SELECT count(*) FROM identity.login_attempt") == [(0,)]


def test_letters_typed_in_two_code_points_are_the_same_letters(browser: TestClient, people: People) -> None:
    assert sign_in(browser, f"  {HEAD.upper()} ", unicodedata.normalize("NFD", PASSWORD))


def test_a_password_of_many_kilobytes_is_just_wrong(browser: TestClient, people: People) -> None:
    answer = browser.post("/dang-nhap", data={"email": HEAD, "password": "ă" * 20_000})

    assert answer.status_code == 422
    assert "không đúng" in answer.text


def test_a_missing_password_is_asked_for_and_not_counted(browser: TestClient, people: People, rows: Rows) -> None:
    answer = browser.post("/dang-nhap", data={"email": HEAD})

    assert answer.status_code == 422
    assert "Hãy điền mật khẩu." in answer.text
    assert rows("SELECT count(*) FROM identity.login_attempt") == [(0,)]


def test_somebody_without_an_office_is_told_so_only_after_the_right_password(
    browser: TestClient, people: People, rows: Rows
) -> None:
    rows("UPDATE identity.office SET valid_until = now() WHERE person_id = :id", id=people.head)

    wrong = browser.post("/dang-nhap", data={"email": HEAD, "password": "sai rồi sai rồi"})
    right = browser.post("/dang-nhap", data={"email": HEAD, "password": PASSWORD})

    assert "không còn vai trò nào" not in wrong.text
    assert "không còn vai trò nào" in right.text
    assert (right.status_code, secret_of(browser)) == (403, "")

"""A village head's card: issued, started, used, lost, taken back."""

import io

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader

from services.identity.main import enroll_person, enroll_sample_people, issue_card
from services.identity.rules.pins import MOST_FAILURES, MOST_START_FAILURES
from shared.access.principal import Role
from shared.errors import NotFound, Refused
from shared.plan import Plan, Unit
from tests.identity.conftest import CLERK, HEAD, PASSWORD, People, principal, secret_of, sign_in
from tests.worlds import Rows

from .conftest import CARD_HOLDER, PIN, Holder, give_pin, start


def test_the_first_use_sets_the_pin_and_every_later_one_asks_for_nothing_else(
    browser: TestClient, other_browser: TestClient, holder: Holder
) -> None:
    start(browser, holder)
    who = principal(secret_of(browser))
    assert who is not None
    assert (who.person_id, who.role) == (holder.person_id, Role.NOMINATOR)

    opened = other_browser.get(holder.address)
    assert (opened.status_code, opened.headers["location"]) == (303, "/dang-nhap/ma-pin")
    page = other_browser.get("/dang-nhap/ma-pin").text
    assert "start_code" not in page
    assert give_pin(other_browser, holder) == 303
    assert principal(secret_of(other_browser)) is not None


def test_the_address_is_changed_at_once_for_a_ticket_and_leaves_no_trace(browser: TestClient, holder: Holder) -> None:
    answer = browser.get(holder.address)

    assert (answer.headers["referrer-policy"], answer.headers["cache-control"]) == ("no-referrer", "no-store")
    cookie = answer.headers["set-cookie"]
    assert holder.secret not in cookie
    assert cookie.endswith("HttpOnly; Max-Age=900; Path=/dang-nhap; SameSite=lax")
    page = browser.get("/dang-nhap/ma-pin")
    assert (page.headers["referrer-policy"], page.headers["cache-control"]) == ("same-origin", "no-store")
    assert holder.secret not in page.text


def test_whoever_finds_a_card_learns_nobodys_name_from_it(browser: TestClient, holder: Holder) -> None:
    browser.get(holder.address)

    for text in (browser.get("/dang-nhap/ma-pin").text, browser.post("/dang-nhap/ma-pin", data={"pin": PIN}).text):
        assert CARD_HOLDER not in text
        assert "Mẫu" not in text


def test_a_card_without_its_start_code_is_worth_nothing(browser: TestClient, holder: Holder, rows: Rows) -> None:
    wrong = f"{(int(holder.start_code) + 1) % 10**6:06d}"
    browser.get(holder.address)

    tries = [
        browser.post("/dang-nhap/ma-pin", data={"start_code": wrong, "pin": PIN, "again": PIN})
        for _ in range(MOST_START_FAILURES)
    ]
    rows("DELETE FROM identity.login_attempt")  # as if the finder were patient
    right = browser.post("/dang-nhap/ma-pin", data={"start_code": holder.start_code, "pin": PIN, "again": PIN})

    assert {answer.status_code for answer in tries} == {422}
    assert "Mã bắt đầu không đúng" in tries[0].text
    assert right.status_code == 422
    assert "Thẻ này không dùng được nữa" in right.text
    assert secret_of(browser) == ""


@pytest.mark.parametrize(
    ("pin", "words"),
    [
        ("12345", "đúng sáu chữ số"),
        ("1234567", "đúng sáu chữ số"),
        ("abcdef", "đúng sáu chữ số"),
        ("٣٤٥٦٧٨", "đúng sáu chữ số"),
        ("000000", "dễ đoán"),
        ("123456", "dễ đoán"),
        ("987654", "dễ đoán"),
        ("121212", "dễ đoán"),
        ("123123", "dễ đoán"),
        ("123321", "dễ đoán"),
        ("686868", "dễ đoán"),
        ("190575", "ngày sinh"),
    ],
)
def test_a_pin_that_is_guessed_first_is_refused_in_words(
    browser: TestClient, holder: Holder, pin: str, words: str
) -> None:
    browser.get(holder.address)

    answer = browser.post("/dang-nhap/ma-pin", data={"start_code": holder.start_code, "pin": pin, "again": pin})

    assert answer.status_code == 422
    assert words in answer.text
    start(browser, holder)  # nothing was used up


def test_a_pin_typed_differently_the_second_time_is_not_taken(browser: TestClient, holder: Holder) -> None:
    browser.get(holder.address)

    answer = browser.post("/dang-nhap/ma-pin", data={"start_code": holder.start_code, "pin": PIN, "again": "274906"})

    assert answer.status_code == 422
    assert f'value="{holder.start_code}"' in answer.text  # what was typed is kept, but for the PIN
    assert PIN not in answer.text


def test_ten_wrong_pins_pause_a_card_and_the_page_says_what_to_do(
    browser: TestClient, holder: Holder, rows: Rows
) -> None:
    start(browser, holder)
    browser.get(holder.address)

    tries = [browser.post("/dang-nhap/ma-pin", data={"pin": "593017"}) for _ in range(10)]
    eleventh = browser.post("/dang-nhap/ma-pin", data={"pin": PIN})

    assert {answer.status_code for answer in tries} == {422}
    assert (eleventh.status_code, eleventh.headers["retry-after"]) == (429, "900")
    assert "Hãy đợi 15 phút rồi thử lại, hoặc gọi Văn phòng xã" in eleventh.text
    rows("UPDATE identity.login_attempt SET at = at - interval '15 minutes'")
    assert give_pin(browser, holder) == 303


def test_a_hundred_wrong_pins_in_a_row_lock_a_card_for_good_however_slowly_they_come(
    browser: TestClient, holder: Holder, rows: Rows
) -> None:
    start(browser, holder)
    rows("UPDATE identity.card SET failures = :n", n=MOST_FAILURES - 1)

    assert give_pin(browser, holder, "593017") == 422
    rows("DELETE FROM identity.login_attempt")
    locked = browser.post("/dang-nhap/ma-pin", data={"pin": PIN})

    assert "gọi hoặc đến Văn phòng xã để được phát thẻ mới" in locked.text.lower().replace("văn phòng", "Văn phòng")
    assert locked.status_code == 422


def test_the_right_pin_forgives_the_wrong_ones_before_it(browser: TestClient, holder: Holder, rows: Rows) -> None:
    start(browser, holder)
    give_pin(browser, holder, "593017")
    assert rows("SELECT failures FROM identity.card") == [(1,)]

    give_pin(browser, holder)

    assert rows("SELECT failures FROM identity.card") == [(0,)]


def test_a_reissued_card_makes_the_old_one_and_all_it_opened_worthless_at_once(
    browser: TestClient, other_browser: TestClient, people: People, holder: Holder
) -> None:
    start(browser, holder)
    lost = secret_of(browser)
    assert principal(lost) is not None
    browser.get(holder.address)  # the page that asks for the PIN is open
    sign_in(other_browser, CLERK)

    answer = other_browser.post("/the-thon/phat", data={"person": str(holder.person_id)})

    assert (answer.status_code, answer.headers["location"]) == (303, "/the-thon?da=phat")
    assert principal(lost) is None
    assert browser.post("/dang-nhap/ma-pin", data={"pin": PIN}).status_code == 422
    assert browser.get(holder.address).status_code == 410


def test_a_revoked_card_opens_nothing_and_a_password_of_the_same_person_still_does(
    browser: TestClient, other_browser: TestClient, people: People, active: Plan
) -> None:
    issued = issue_card(active, who=HEAD)
    card = Holder(people.head, issued.secret, issued.start_code)
    start(browser, card)
    by_card, by_password = secret_of(browser), sign_in(other_browser)

    clerk = TestClient(browser.app, base_url="http://testserver", headers={"origin": "http://testserver"})
    sign_in_as_clerk(clerk)
    clerk.post("/the-thon/thu-hoi", data={"person": str(people.head)})

    assert principal(by_card) is None
    assert principal(by_password) is not None


def sign_in_as_clerk(client: TestClient) -> None:
    answer = client.post("/dang-nhap", data={"email": CLERK, "password": PASSWORD}, follow_redirects=False)
    assert answer.status_code == 303


def test_a_card_opens_nominating_offices_only(
    browser: TestClient, people: People, holder: Holder, active: Plan, rows: Rows
) -> None:
    rows(
        "INSERT INTO identity.office (id, person_id, role, unit_id, plan_id) "
        "SELECT gen_random_uuid(), :p, 'chair', unit_id, plan_id FROM identity.office WHERE person_id = :clerk",
        p=holder.person_id,
        clerk=people.clerk,
    )
    start(browser, holder)
    ((office,),) = rows("SELECT id FROM identity.office WHERE role = 'chair'")

    answer = browser.post("/doi-vai", data={"office": str(office)})

    assert (answer.status_code, answer.headers["location"]) == (303, "/dang-nhap?next=/")
    who = principal(secret_of(browser))
    assert who is not None
    assert who.role is Role.NOMINATOR


def test_the_clerks_page_shows_how_it_stands_with_every_card(
    browser: TestClient, other_browser: TestClient, people: People, holder: Holder
) -> None:
    sign_in(browser, CLERK)
    page = browser.get("/the-thon").text
    assert "Chưa phát" in page  # the head with an e-mail
    assert "Đã phát, chờ dùng lần đầu" in page
    assert holder.start_code in page
    assert holder.secret not in page

    start(other_browser, holder)
    page = browser.get("/the-thon").text
    assert "Đang dùng" in page
    assert holder.start_code not in page

    browser.post("/the-thon/phat-tat-ca")
    assert "Chưa phát" not in browser.get("/the-thon").text
    assert principal(secret_of(other_browser)) is not None  # whoever has a card keeps it


def test_the_sheet_prints_cards_without_their_start_codes_until_they_are_started(
    browser: TestClient, other_browser: TestClient, people: People, holder: Holder, village: Unit
) -> None:
    sign_in(browser, CLERK)

    paper = browser.get("/the-thon/to-the.pdf", params={"dien_thoai": "0237 000 000"})

    assert (paper.status_code, paper.headers["content-type"], paper.headers["cache-control"]) == (
        200,
        "application/pdf",
        "no-store",
    )
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
    assert CARD_HOLDER in text
    assert str(village.name) in text
    assert "0237 000 000" in text
    assert holder.start_code not in text

    start(other_browser, holder)
    assert browser.get("/the-thon/to-the.pdf").status_code == 422


def test_nobody_but_clerk_and_administrator_keeps_cards(browser: TestClient, people: People, holder: Holder) -> None:
    sign_in(browser, HEAD)

    answers = [
        browser.get("/the-thon"),
        browser.get("/the-thon/to-the.pdf"),
        browser.post("/the-thon/phat", data={"person": str(holder.person_id)}),
        browser.post("/the-thon/thu-hoi", data={"person": str(holder.person_id)}),
        browser.post("/the-thon/phat-tat-ca"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5


def test_a_clerk_reaches_the_cards_of_the_own_commune_only(
    browser: TestClient, people: People, active: Plan, other_plan: Plan
) -> None:
    from services.identity.main import activate  # noqa: PLC0415 -- settings of the demonstration come first
    from tests.identity.conftest import FIRST_DAY  # noqa: PLC0415

    activate(other_plan, today=FIRST_DAY)
    away = enroll_person(
        other_plan,
        name="Người xã khác",
        email=None,
        role=Role.NOMINATOR,
        unit=next(unit.key for unit in other_plan.units if unit.kind == "village"),
    )
    sign_in(browser, CLERK)

    answers = [browser.post(f"/the-thon/{act}", data={"person": str(away)}) for act in ("phat", "thu-hoi")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "Người xã khác" not in browser.get("/the-thon").text


def test_somebody_without_an_email_is_enrolled_once_and_told_to_have_no_address(
    active: Plan, village: Unit, rows: Rows
) -> None:
    first = enroll_person(active, name=CARD_HOLDER, email=None, role=Role.NOMINATOR, unit=village.key)
    again = enroll_person(active, name=CARD_HOLDER, email=None, role=Role.NOMINATOR, unit=village.key)

    assert first == again
    assert rows("SELECT data -> 'personal' FROM bus.event WHERE type LIKE '%person.enrolled%'") == [
        ({"name": CARD_HOLDER, "email": ""},)
    ]


def test_a_card_is_issued_by_email_or_name_and_only_to_whoever_nominates(active: Plan, people: People) -> None:
    assert issue_card(active, who=HEAD).secret
    assert issue_card(active, who="Trưởng thôn").secret
    with pytest.raises(NotFound):
        issue_card(active, who=CLERK)


def test_two_people_of_one_name_are_not_mixed_up(active: Plan, village: Unit) -> None:
    other = next(unit for unit in active.units if unit.kind == "village" and unit.key != village.key)
    for unit in (village, other):
        enroll_person(active, name=CARD_HOLDER, email=None, role=Role.NOMINATOR, unit=unit.key)

    with pytest.raises(Refused, match="several"):
        issue_card(active, who=CARD_HOLDER)


def test_sample_people_have_cards_in_a_demonstration_and_nowhere_else(
    active: Plan, rows: Rows, request: pytest.FixtureRequest
) -> None:
    enroll_sample_people(active)
    assert rows("SELECT count(*) FROM identity.card") == [(0,)]

    request.getfixturevalue("demonstration")
    enroll_sample_people(active)
    enroll_sample_people(active)
    assert rows("SELECT count(*) = count(DISTINCT person_id), bool_and(started_at IS NOT NULL) FROM identity.card") == [
        (True, True)
    ]

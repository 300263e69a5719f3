"""Several people, one phone, nobody's account shared."""

from fastapi.testclient import TestClient

from services.identity.main import enroll_person, issue_card
from services.identity.rules.devices import MOST_REMEMBERED, By, Entry, short_name, with_newest
from shared.access.principal import Role
from shared.ids import new_id
from shared.plan import Plan, Unit
from tests.identity.conftest import CLERK, PASSWORD, People, principal, secret_of, sign_in

from .conftest import CARD_HOLDER, PIN, Holder, give_pin, start, words

DEVICE = "guongsang-may"


def test_the_device_names_those_who_signed_in_on_it_shortly_and_asks_for_their_secret(
    browser: TestClient, people: People, holder: Holder
) -> None:
    start(browser, holder)
    browser.post("/dang-xuat")
    sign_in(browser, CLERK)
    browser.post("/dang-xuat")

    page = browser.get("/dang-nhap").text

    assert "Ai đang dùng máy này?" in page
    assert "L. T. Mẫu" in page
    assert "V. phòng" in page
    assert CARD_HOLDER not in page
    assert CLERK not in page

    cards = browser.post("/dang-nhap/nguoi", data={"ai": card_of(browser, page, "L. T. Mẫu")})
    assert cards.headers["location"] == "/dang-nhap/ma-pin"
    assert "L. T. Mẫu" in browser.get("/dang-nhap/ma-pin").text
    assert browser.post("/dang-nhap/ma-pin", data={"pin": PIN}).status_code == 303
    who = principal(secret_of(browser))
    assert who is not None
    assert who.person_id == holder.person_id


def card_of(browser: TestClient, page: str, name: str) -> str:
    """The value of the button with this name."""
    before, _, _ = page.partition(f"<b>{name}</b>")
    return before.rpartition('value="')[2].partition('"')[0]


def test_whoever_has_a_password_types_only_that_and_goes_where_they_wanted(browser: TestClient, people: People) -> None:
    sign_in(browser, CLERK)
    browser.post("/dang-xuat")
    page = browser.get("/dang-nhap?next=/bao-cao").text

    chosen = browser.post("/dang-nhap/nguoi", data={"ai": str(people.clerk), "next": "/bao-cao"})
    assert chosen.headers["location"] == f"/dang-nhap?ai={people.clerk}&next=%2Fbao-cao"
    form = browser.get(chosen.headers["location"]).text
    assert 'name="email"' not in form
    assert "V. phòng" in page

    wrong = browser.post("/dang-nhap", data={"ai": str(people.clerk), "password": "sai rồi sai rồi"})
    assert (wrong.status_code, 'name="email"' in wrong.text) == (422, False)
    right = browser.post("/dang-nhap", data={"ai": str(people.clerk), "password": PASSWORD, "next": "/bao-cao"})
    assert (right.status_code, right.headers["location"]) == (303, "/bao-cao")


def test_an_id_that_the_device_does_not_remember_leads_nowhere(browser: TestClient, people: People) -> None:
    assert browser.post("/dang-nhap/nguoi", data={"ai": str(people.clerk)}).headers["location"] == "/dang-nhap"
    assert browser.post("/dang-nhap", data={"ai": str(people.clerk), "password": PASSWORD}).status_code == 422


def test_a_forged_device_remembers_nobody(browser: TestClient, people: People) -> None:
    sign_in(browser, CLERK)
    cookie = browser.cookies[DEVICE]
    browser.cookies.delete(DEVICE, path="/dang-nhap")
    browser.cookies.set(DEVICE, cookie[:-3] + "AAA", path="/dang-nhap")

    assert "V. phòng" not in browser.get("/dang-nhap").text


def test_forgetting_the_device_forgets_everybody(browser: TestClient, people: People, holder: Holder) -> None:
    start(browser, holder)

    browser.post("/dang-nhap/quen-may")

    assert "Ai đang dùng máy này?" not in browser.get("/dang-nhap").text
    assert DEVICE not in browser.cookies


def test_signing_out_ends_ones_own_session_and_leaves_the_others_on_the_list(
    browser: TestClient, people: People, holder: Holder
) -> None:
    start(browser, holder)
    first = secret_of(browser)
    sign_in(browser, CLERK)

    browser.post("/dang-xuat")

    page = browser.get("/dang-nhap").text
    assert "L. T. Mẫu" in page
    assert "V. phòng" in page
    assert principal(first) is None  # one session at a time in a browser


def test_a_revoked_card_is_no_longer_on_the_list(
    browser: TestClient, other_browser: TestClient, people: People, holder: Holder
) -> None:
    start(browser, holder)
    sign_in(other_browser, CLERK)
    other_browser.post("/the-thon/thu-hoi", data={"person": str(holder.person_id)})

    assert "Ai đang dùng máy này?" not in browser.get("/dang-nhap").text


def test_a_device_remembers_six_at_most_the_newest_first(browser: TestClient, active: Plan, village: Unit) -> None:
    names = [f"Người Số {n}" for n in range(MOST_REMEMBERED + 1)]
    for name in names:
        enroll_person(active, name=name, email=None, role=Role.NOMINATOR, unit=village.key)
        issued = issue_card(active, who=name)
        start(browser, Holder(new_id(), issued.secret, issued.start_code))

    page = words(browser.get("/dang-nhap").text)

    assert [f"N. S. {n}" in page for n in range(MOST_REMEMBERED + 1)] == [False] + [True] * MOST_REMEMBERED
    assert page.index("N. S. 6") < page.index("N. S. 1")


def test_names_are_short_where_anybody_may_look() -> None:
    assert [short_name(name) for name in ("Hoàng Văn Thượng", "Ấm", "Trưởng thôn Mơ (mẫu)", " ")] == [
        "H. V. Thượng",
        "Ấm",
        "T. t. Mơ (mẫu)",
        "",
    ]


def test_coming_back_moves_to_the_front_and_is_there_once() -> None:
    one, two = Entry(By.CARD, new_id()), Entry(By.PASSWORD, new_id())
    assert with_newest((one, two), two) == (two, one)


def test_the_page_for_the_pin_is_gone_when_its_ticket_is(browser: TestClient, holder: Holder) -> None:
    start(browser, holder)
    assert browser.get("/dang-nhap/ma-pin").headers["location"] == "/dang-nhap"
    assert browser.post("/dang-nhap/ma-pin", data={"pin": PIN}).headers["location"] == "/dang-nhap"
    assert give_pin(browser, holder) == 303

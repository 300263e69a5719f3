"""Approval links: one person, one case, one errand, once."""

import re
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from services.identity.adapters.tickets import ticket
from services.identity.commands import approvals
from services.identity.commands.approvals import code_of
from services.identity.main import enroll_person, service
from services.identity.rules.codes import MOST_WRONG_CODES
from shared.access import door
from shared.access.principal import Role
from shared.access.reach import Errand
from shared.database import engine_of
from shared.effects.ledger import perform
from shared.ids import new_id
from shared.plan import Plan
from tests.identity.conftest import CLERK, HEAD, People, principal, secret_of, sign_in
from tests.notify.postbox import Postbox
from tests.worlds import Rows

MEMBER, CHAIR = "uy.vien@xa.example", "chu.tich@xa.example"


@pytest.fixture
def council(people: People, active: Plan) -> dict[str, UUID]:
    """{e-mail: person} of a council member and the chair."""
    return {
        email: enroll_person(active, name=name, email=email, role=role, unit=active.unit.key)
        for name, email, role in (
            ("Ủy viên", MEMBER, Role.COUNCIL_MEMBER),
            ("Chủ tịch", CHAIR, Role.CHAIR),
        )
    }


def make(clerk: TestClient, rows: Rows, case: UUID, role: str = "council_member") -> str:
    """The path of a link that the clerk makes for the case."""
    ((office,),) = rows("SELECT id FROM identity.office WHERE role = :role", role=role)
    page = clerk.post("/lien-ket-duyet", data={"case": str(case), "office": str(office)})
    assert page.status_code == 200, page.text
    found = re.search(r"<code>https?://[^/]+(/duyet/[^<]+)</code>", page.text)
    assert found
    return found[1]


@pytest.fixture
def link(browser: TestClient, council: dict[str, UUID], rows: Rows) -> tuple[str, UUID]:
    """(the path of a link for the council member, its case); the clerk has signed out."""
    case = new_id()
    sign_in(browser, CLERK)
    path = make(browser, rows, case)
    browser.post("/dang-xuat")
    return path, case


def newest_code(rows: Rows) -> str:
    """The code of the newest link, as its mail says it."""
    ((link_id,),) = rows("SELECT id FROM identity.approval_link ORDER BY made_at DESC, id DESC LIMIT 1")
    return code_of(link_id)


def enter(browser: TestClient, path: str, code: str) -> Any:
    answer = browser.get(path)
    assert answer.status_code == 303, answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"
    return browser.post("/duyet/ma", data={"code": code})


def test_the_link_and_its_code_open_this_case_for_this_errand_and_nothing_else(
    other_browser: TestClient, link: tuple[str, UUID], council: dict[str, UUID], rows: Rows
) -> None:
    path, case = link

    answer = enter(other_browser, path, newest_code(rows))

    assert (answer.status_code, answer.headers["location"]) == (303, f"/xet-duyet/{case}")
    who = principal(secret_of(other_browser))
    assert who is not None
    assert (who.person_id, who.role) == (council[MEMBER], Role.COUNCIL_MEMBER)
    assert who.narrowed is not None
    assert (who.narrowed.errand, who.narrowed.case_id) == (Errand.SCORE, case)
    reaches = {
        ("GET", f"/xet-duyet/{case}"): True,
        ("POST", f"/xet-duyet/{case}/phieu-cham"): True,
        ("POST", f"/xet-duyet/{case}/quyet-dinh"): False,
        ("GET", f"/xet-duyet/{new_id()}"): False,
        ("POST", f"/xet-duyet/{new_id()}/phieu-cham"): False,
        ("GET", "/xet-duyet"): False,
        ("GET", "/tai-khoan"): False,
        ("POST", "/doi-vai"): False,
        ("PUT", f"/api/v1/cases/{case}/scores"): False,
        ("GET", f"/xet-duyet/{case}/../{new_id()}"): False,
    }
    assert {key: who.reaches(method=key[0], path=key[1]) for key in reaches} == reaches
    assert other_browser.get("/tai-khoan").status_code == 403
    assert rows("SELECT expires_at - signed_in_at <= interval '30 min' FROM identity.session") == [(True,)]


def test_a_link_is_used_once(other_browser: TestClient, link: tuple[str, UUID], rows: Rows) -> None:
    path, _ = link
    code = newest_code(rows)
    assert enter(other_browser, path, code).status_code == 303
    other_browser.post("/dang-xuat")

    again = enter(other_browser, path, code)

    assert (again.status_code, "đã dùng rồi" in again.text) == (422, True)
    assert secret_of(other_browser) == ""


def test_signing_out_ends_what_the_link_opened(
    other_browser: TestClient, link: tuple[str, UUID], council: dict[str, UUID], rows: Rows
) -> None:
    path, _ = link
    enter(other_browser, path, newest_code(rows))
    carried = secret_of(other_browser)
    assert principal(carried) is not None

    left = other_browser.post("/dang-xuat")

    assert (left.status_code, left.headers["location"], secret_of(other_browser)) == (303, "/", "")
    door._remembered.clear()
    assert principal(carried) is None
    assert rows("SELECT count(*) FROM identity.session") == [(0,)]
    assert rows("SELECT action FROM audit.entry WHERE actor_id = :id ORDER BY id DESC LIMIT 1", id=council[MEMBER]) == [
        ("signed_out",)
    ]


def test_looking_uses_nothing_up(other_browser: TestClient, link: tuple[str, UUID], rows: Rows) -> None:
    path, _ = link
    for _ in range(20):  # a mail scanner
        other_browser.get(path)
        other_browser.get("/duyet/ma")

    assert enter(other_browser, path, newest_code(rows)).status_code == 303


def test_five_wrong_codes_end_it(other_browser: TestClient, link: tuple[str, UUID], rows: Rows) -> None:
    path, _ = link
    wrong = f"{(int(newest_code(rows)) + 1) % 10**6:06d}"

    pages = [enter(other_browser, path, wrong).text for _ in range(MOST_WRONG_CODES)]
    right = enter(other_browser, path, newest_code(rows))

    assert "Còn 4 lần" in pages[0]
    assert "đã hết hiệu lực" in pages[-1]
    assert (right.status_code, "đã hết hiệu lực" in right.text) == (422, True)


def test_a_link_lasts_a_day(other_browser: TestClient, link: tuple[str, UUID], rows: Rows) -> None:
    path, _ = link
    rows("UPDATE identity.approval_link SET expires_at = now()")

    answer = enter(other_browser, path, newest_code(rows))

    assert (answer.status_code, "đã hết hạn" in answer.text) == (422, True)


@pytest.mark.parametrize("place", [3, -3])
def test_a_forged_link_is_refused_in_words(other_browser: TestClient, link: tuple[str, UUID], place: int) -> None:
    path, _ = link
    letters = list(path.removeprefix("/duyet/"))
    letters[place] = "A" if letters[place] != "A" else "B"

    answer = other_browser.get(f"/duyet/{''.join(letters)}")

    assert (answer.status_code, "không đúng hoặc đã hết hạn" in answer.text) == (422, True)


def test_a_ticket_of_another_purpose_is_no_link(other_browser: TestClient, link: tuple[str, UUID], rows: Rows) -> None:
    ((link_id,),) = rows("SELECT id FROM identity.approval_link")

    assert other_browser.get(f"/duyet/{ticket('duyet', {'link': str(link_id)})}").status_code == 422


def test_the_code_of_one_link_does_not_open_another(
    browser: TestClient, other_browser: TestClient, council: dict[str, UUID], rows: Rows
) -> None:
    sign_in(browser, CLERK)
    for_member = make(browser, rows, new_id())
    code_for_member = newest_code(rows)
    for_chair = make(browser, rows, new_id(), "chair")

    assert enter(other_browser, for_chair, code_for_member).status_code == 422
    assert enter(other_browser, for_member, code_for_member).status_code == 303


def test_a_newer_link_for_the_same_person_and_case_ends_the_older(
    browser: TestClient, other_browser: TestClient, link: tuple[str, UUID], rows: Rows
) -> None:
    path, case = link
    code = newest_code(rows)
    sign_in(browser, CLERK)
    make(browser, rows, case)

    assert enter(other_browser, path, code).status_code == 422


def test_somebody_else_who_is_signed_in_is_told_to_sign_out_first(
    other_browser: TestClient, link: tuple[str, UUID], rows: Rows
) -> None:
    path, _ = link
    before = sign_in(other_browser, HEAD)

    answer = enter(other_browser, path, newest_code(rows))

    assert (answer.status_code, "của người khác" in answer.text) == (422, True)
    assert principal(before) is not None


def test_an_office_that_has_ended_opens_nothing(other_browser: TestClient, link: tuple[str, UUID], rows: Rows) -> None:
    path, _ = link
    rows("UPDATE identity.office SET valid_until = now() WHERE role = 'council_member'")

    assert enter(other_browser, path, newest_code(rows)).status_code == 422


def test_only_the_clerk_makes_links_and_only_for_the_council(
    browser: TestClient, council: dict[str, UUID], rows: Rows
) -> None:
    ((head,), (member,)) = rows(
        "SELECT id FROM identity.office WHERE role IN ('nominator', 'council_member') ORDER BY role DESC"
    )
    case = str(new_id())
    sign_in(browser, HEAD)
    assert browser.post("/lien-ket-duyet", data={"case": case, "office": str(member)}).status_code == 403
    sign_in(browser, CLERK)
    assert browser.post("/lien-ket-duyet", data={"case": case, "office": str(head)}).status_code == 404


def test_the_code_goes_to_the_person_by_mail_and_the_maker_never_sees_it(
    browser: TestClient,
    council: dict[str, UUID],
    rows: Rows,
    postbox: Postbox,
) -> None:
    postbox.will.append("busy")
    sign_in(browser, CLERK)
    ((office,),) = rows("SELECT id FROM identity.office WHERE role = 'council_member'")
    page = browser.post("/lien-ket-duyet", data={"case": str(new_id()), "office": str(office)}).text
    code = newest_code(rows)
    ((key,),) = rows("SELECT key FROM bus.effect WHERE service = 'identity'")

    perform(engine_of("identity"), service.performers, key)
    assert rows("SELECT state FROM bus.effect WHERE key = :key", key=key) == [("planned",)]
    rows("UPDATE bus.effect SET next_at = now()")
    perform(engine_of("identity"), service.performers, key)

    assert code not in page
    assert rows("SELECT state FROM bus.effect WHERE key = :key", key=key) == [("sent",)]
    (letter,) = postbox.letters_to(MEMBER)
    assert code in letter.get_content()


def test_the_code_stands_in_no_table(link: tuple[str, UUID], rows: Rows) -> None:
    code = newest_code(rows)

    for table in ("identity.approval_link", "bus.effect", "bus.event"):
        assert code not in str(rows(f"SELECT to_jsonb(t)::text FROM {table} t")).replace("-", " ").split()
    assert approvals.CODE == "code"

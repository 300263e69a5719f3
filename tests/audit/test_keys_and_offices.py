"""What keys and offices leave in the trail: wrong ones, lent ones, and never a secret."""

import json
import re

import pytest

from services.identity.main import enroll_person, forget_authenticator, issue_card
from shared.access.principal import Role
from tests.audit.commune import COLLEAGUE, PASSWORD, browser, one_value
from tests.audit.drives import somebody
from tests.audit.drives_keys import PIN, STEP, confirmed, making_an_approval_link, person_of, without_email
from tests.audit.drives_offices import days_away, office_of

pytestmark = pytest.mark.xdist_group("audit")  # its commune is founded once

WRONG = "274906"


@pytest.fixture
def card(commune):
    """(whose card it is, its address); its PIN is PIN."""
    name, person = without_email(commune)
    issued = issue_card(commune.plan, who=name)
    window = browser()
    window.get(f"/the/{issued.secret}")
    window.post("/dang-nhap/ma-pin", data={"start_code": issued.start_code, "pin": PIN, "again": PIN})
    return person, f"/the/{issued.secret}"


def give_pin(address, pin):
    window = browser()
    window.get(address)
    return window.post("/dang-nhap/ma-pin", data={"pin": pin})


def reasons(trail):
    return [(row.action, row.object_kind, row.detail.get("why")) for row in trail.rows()]


def test_a_wrong_pin_a_block_and_a_revoked_card_are_noted_for_their_holder(commune, trail, card):
    person, address = card
    trail.clear()

    for _ in range(11):
        give_pin(address, WRONG)
    commune.browser(Role.CLERK).post("/the-thon/thu-hoi", data={"person": str(person)})

    assert reasons(trail) == [
        *[("sign_in_failed", "card", "pin.wrong")] * 10,
        ("sign_in_blocked", "card", "sign_in.too_many_tries"),
        ("card_revoked", "account", None),
    ]
    assert {tuple(row.subjects) for row in trail.rows()} == {(person,)}


def test_a_card_that_was_revoked_after_it_was_opened_is_noted(commune, trail, card):
    person, address = card
    window = browser()
    window.get(address)
    commune.browser(Role.CLERK).post("/the-thon/thu-hoi", data={"person": str(person)})
    trail.clear()

    window.post("/dang-nhap/ma-pin", data={"pin": PIN})

    assert reasons(trail) == [("sign_in_failed", "card", "card.unusable")]


def test_how_somebody_came_in_is_in_the_entry(commune, trail, card):
    _person, address = card
    trail.clear()

    give_pin(address, PIN)

    assert [row.detail for row in trail.rows()] == [{"card": True}]


def test_a_wrong_code_of_an_authenticator_is_noted_and_so_is_who_drops_it(commune, trail):
    email, window = somebody(commune)
    confirmed(window)
    later = browser()
    later.post("/dang-nhap", data={"email": email, "password": PASSWORD})
    trail.clear()

    later.post(STEP, data={"code": "000000"})
    forget_authenticator(email=email)

    assert reasons(trail) == [
        ("sign_in_failed", "account", "totp.wrong"),
        ("second_factor_removed", "account", None),
    ]
    assert [row.role for row in trail.rows()] == ["", "command_line"]


def test_an_approval_link_with_a_wrong_code_is_noted_for_whom_it_was_made(commune, trail):
    path = re.search(r"<code>https?://[^/]+(/duyet/[^<]+)</code>", making_an_approval_link(commune)().text)
    assert path
    member = browser()
    member.get(path[1])
    trail.clear()

    member.post("/duyet/ma", data={"code": "x"})

    assert reasons(trail) == [("sign_in_failed", "approval_link", "approval.wrong_code")]
    made_for = one_value(
        "SELECT o.person_id FROM identity.approval_link l JOIN identity.office o ON o.id = l.office_id"
        " ORDER BY l.made_at DESC, l.id DESC LIMIT 1"
    )
    assert trail.rows()[0].subjects == [made_for]


def test_whoever_acts_for_another_is_named_with_whom_they_act_for(commune, trail):
    email, holder = somebody(commune)
    office = office_of(email)
    delegate = enroll_person(
        commune.plan, name="Người Làm Thay (mẫu)", email="lam-thay@mau.example", role=Role.EDITOR,
        unit=commune.plan.unit.key, password=PASSWORD,
    )  # fmt: skip
    holder.post("/uy-quyen", data=days_away(str(delegate)) | {"office": office})
    lent = str(one_value("SELECT id FROM identity.delegation WHERE office_id = %s", office))
    window = browser()
    window.post("/dang-nhap", data={"email": "lam-thay@mau.example", "password": PASSWORD})
    trail.clear()

    window.post("/doi-vai", data={"delegation": lent})
    window.get(f"/de-cu/{commune.nomination}")
    window.post("/dang-xuat")

    rows = trail.rows()
    assert trail.said() == ["office_switched account", "opened nomination", "signed_out account"]
    assert {(row.actor_id, row.actor_name, row.role) for row in rows} == {
        (delegate, "Người Làm Thay (mẫu)", "nominator")
    }
    assert {str(row.on_behalf_of) for row in rows} == {person_of(email)}
    page = commune.browser(Role.CLERK).get("/quan-tri/nhat-ky").text
    assert "Người Làm Thay (mẫu), làm thay" in page


def test_no_secret_pin_or_code_is_in_any_entry(commune, trail, card):
    _person, address = card
    give_pin(address, WRONG)
    give_pin(address, PIN)
    _email, window = somebody(commune)
    code = confirmed(window)
    window.post("/tai-khoan/xac-thuc/ma-du-phong", data={"code": code})
    admin = commune.browser(Role.ADMIN)
    link = re.search(r"/dat-mat-khau/([^<\s\"]+)", admin.post(f"/quan-tri/nguoi/{person_of(COLLEAGUE)}/mat-khau").text)
    assert link

    kept = json.dumps([dict(row._mapping) for row in trail.rows()], default=str)

    assert trail.rows()
    for secret in (PIN, WRONG, code, link[1], address.rpartition("/")[2]):
        assert secret not in kept

"""Drives of routes about keys: cards, second factors, links for a password, links for one approval."""

import re
from uuid import UUID

import pyotp
from fastapi.testclient import TestClient

from services.identity.commands.approvals import code_of
from services.identity.main import enroll_person, issue_card
from shared.access.principal import Role
from tests.audit.commune import PASSWORD, Commune, browser, one_value
from tests.audit.drives import FRESH, Act, drive, get, somebody

PIN, STEP = "274905", "/dang-nhap/xac-thuc"

get("GET /the-thon", Role.CLERK, lambda c: "/the-thon")


def person_of(email: str) -> str:
    return str(one_value("SELECT id FROM identity.person WHERE email = %s", email))


def without_email(commune: Commune) -> tuple[str, UUID]:
    """(name, id) of a fresh person who nominates and has no e-mail."""
    name = f"Người Cầm Thẻ {next(FRESH)} (mẫu)"
    return name, enroll_person(commune.plan, name=name, email=None, role=Role.NOMINATOR, unit=commune.village.key)


@drive("POST /dang-nhap/ma-pin")
def giving_the_pin(commune: Commune) -> Act:
    name, _person = without_email(commune)
    card = issue_card(commune.plan, who=name)
    start = browser()
    start.get(f"/the/{card.secret}")
    start.post("/dang-nhap/ma-pin", data={"start_code": card.start_code, "pin": PIN, "again": PIN})
    later = browser()
    later.get(f"/the/{card.secret}")
    return lambda: later.post("/dang-nhap/ma-pin", data={"pin": PIN})


@drive("POST /the-thon/phat")
def issuing_a_card(commune: Commune) -> Act:
    _name, person = without_email(commune)
    return lambda: commune.browser(Role.CLERK).post("/the-thon/phat", data={"person": str(person)})


@drive("POST /the-thon/phat-tat-ca")
def issuing_all_cards(commune: Commune) -> Act:
    without_email(commune)
    return lambda: commune.browser(Role.CLERK).post("/the-thon/phat-tat-ca")


@drive("POST /the-thon/thu-hoi")
def revoking_a_card(commune: Commune) -> Act:
    name, person = without_email(commune)
    issue_card(commune.plan, who=name)
    return lambda: commune.browser(Role.CLERK).post("/the-thon/thu-hoi", data={"person": str(person)})


@drive("GET /the-thon/to-the.pdf")
def printing_cards(commune: Commune) -> Act:
    name, _person = without_email(commune)
    issue_card(commune.plan, who=name)
    return lambda: commune.browser(Role.CLERK).get("/the-thon/to-the.pdf")


def set_up(window: TestClient) -> pyotp.TOTP:
    """An authenticator that waits to be confirmed."""
    window.post("/tai-khoan/xac-thuc")
    letters = re.search(r"<code>([A-Z2-7 ]{20,})</code>", window.get("/tai-khoan/xac-thuc").text)
    assert letters
    return pyotp.TOTP(letters[1].replace(" ", ""))


def confirmed(window: TestClient) -> str:
    """A recovery code of an authenticator that counts from now on."""
    page = window.post("/tai-khoan/xac-thuc/xac-nhan", data={"code": set_up(window).now()})
    return re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", page.text)[0]


@drive("POST /tai-khoan/xac-thuc/xac-nhan")
def confirming_an_authenticator(commune: Commune) -> Act:
    _email, window = somebody(commune)
    app = set_up(window)
    return lambda: window.post("/tai-khoan/xac-thuc/xac-nhan", data={"code": app.now()})


@drive("POST /tai-khoan/xac-thuc/ma-du-phong")
def drawing_recovery_codes(commune: Commune) -> Act:
    _email, window = somebody(commune)
    code = confirmed(window)
    return lambda: window.post("/tai-khoan/xac-thuc/ma-du-phong", data={"code": code})


@drive("POST /tai-khoan/xac-thuc/bo")
def giving_an_authenticator_up(commune: Commune) -> Act:
    _email, window = somebody(commune)
    code = confirmed(window)
    return lambda: window.post("/tai-khoan/xac-thuc/bo", data={"code": code})


@drive("POST /dang-nhap/xac-thuc")
def the_second_step(commune: Commune) -> Act:
    email, window = somebody(commune)
    code = confirmed(window)
    later = browser()
    later.post("/dang-nhap", data={"email": email, "password": PASSWORD})
    return lambda: later.post(STEP, data={"code": code})


@drive("POST /dat-mat-khau/{secret}")
def using_a_password_link(commune: Commune) -> Act:
    email, _window = somebody(commune)
    page = commune.browser(Role.ADMIN).post(f"/quan-tri/nguoi/{person_of(email)}/mat-khau").text
    link = re.search(r"/dat-mat-khau/[^<\s\"]+", page)
    assert link
    typed = {"new": "gió mát bên bờ suối", "again": "gió mát bên bờ suối"}
    return lambda: browser().post(link[0], data=typed)


def council_office() -> str:
    find = "SELECT id FROM identity.office WHERE role = 'council_member' AND valid_until IS NULL LIMIT 1"
    return str(one_value(find))


@drive("POST /lien-ket-duyet")
def making_an_approval_link(commune: Commune) -> Act:
    asked = {"case": commune.open_case, "office": council_office()}
    return lambda: commune.browser(Role.CLERK).post("/lien-ket-duyet", data=asked)


@drive("POST /duyet/ma")
def using_an_approval_link(commune: Commune) -> Act:
    page = making_an_approval_link(commune)().text
    path = re.search(r"<code>https?://[^/]+(/duyet/[^<]+)</code>", page)
    assert path
    link_id = one_value("SELECT id FROM identity.approval_link ORDER BY made_at DESC, id DESC LIMIT 1")
    member = browser()
    member.get(path[1])
    return lambda: member.post("/duyet/ma", data={"code": code_of(link_id)})

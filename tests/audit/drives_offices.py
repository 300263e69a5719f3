"""Drives of routes about offices and units: people, delegations, ends of offices, changes and lists of units."""

import re
from datetime import date, datetime, timedelta

from shared.access.principal import Role
from shared.clock import VIETNAM
from shared.text.dates import shown_day
from tests.audit.commune import Commune, one_value
from tests.audit.drives import FRESH, Act, drive, get, somebody
from tests.audit.drives_keys import person_of

PEOPLE, CHANGES = "/quan-tri/nguoi", "/don-vi/thay-doi"
HEADS = "code_list,code,name,kind,parent,valid_from,valid_until"

get("GET /quan-tri/nguoi", Role.CLERK, lambda c: f"{PEOPLE}?q=mau")
get("GET /quan-tri/quyen", Role.CHAIR, lambda c: "/quan-tri/quyen")


def in_days(days: int) -> str:
    """A day counted from today by the database's clock, by which offices live; as it is typed."""
    return shown_day(datetime.now(VIETNAM).date() + timedelta(days=days))


def office_of(email: str) -> str:
    find = "SELECT o.id FROM identity.office o JOIN identity.person p ON p.id = o.person_id WHERE p.email = %s"
    return str(one_value(find, email))


def sample_clerk() -> str:
    find = (
        "SELECT p.id FROM identity.person p JOIN identity.office o ON o.person_id = p.id"
        " WHERE p.sample AND o.role = 'clerk' LIMIT 1"
    )
    return str(one_value(find))


def page_of_somebody(route: str, path: str) -> None:
    """A page about a fresh person or their office, which an administrator opens."""

    @drive(route)
    def opening(commune: Commune) -> Act:
        email, _window = somebody(commune)
        address = path.format(person=person_of(email), office=office_of(email))
        return lambda: commune.browser(Role.ADMIN).get(address)


page_of_somebody("GET /quan-tri/nguoi/{person_id}", PEOPLE + "/{person}")
page_of_somebody("GET /quan-tri/nguoi/{person_id}/sua", PEOPLE + "/{person}/sua")
page_of_somebody("GET /quan-tri/nguoi/vai-tro/{office_id}/vang-mat", PEOPLE + "/vai-tro/{office}/vang-mat")
page_of_somebody("GET /quan-tri/nguoi/vai-tro/{office_id}/thoi-giu", PEOPLE + "/vai-tro/{office}/thoi-giu")


@drive("POST /quan-tri/nguoi/moi")
def giving_an_office(commune: Commune) -> Act:
    typed = {
        "name": "Người Nhận Việc (mẫu)",
        "email": f"nhan-viec-{next(FRESH)}@mau.example",
        "role": "nominator",
        "unit": commune.village.key,
    }
    return lambda: commune.browser(Role.CLERK).post(f"{PEOPLE}/moi", data=typed)


@drive("POST /quan-tri/nguoi/{person_id}/sua")
def correcting_a_name(commune: Commune) -> Act:
    email, _window = somebody(commune)
    path = f"{PEOPLE}/{person_of(email)}/sua"
    return lambda: commune.browser(Role.ADMIN).post(path, data={"name": "Tên Mới (mẫu)", "email": email})


@drive("POST /quan-tri/nguoi/{person_id}/mat-khau")
def making_a_password_link(commune: Commune) -> Act:
    email, _window = somebody(commune)
    return lambda: commune.browser(Role.ADMIN).post(f"{PEOPLE}/{person_of(email)}/mat-khau")


@drive("POST /quan-tri/nguoi/{person_id}/mat-khau/thu")
def mailing_a_password_link(commune: Commune) -> Act:
    email, _window = somebody(commune)
    return lambda: commune.browser(Role.ADMIN).post(f"{PEOPLE}/{person_of(email)}/mat-khau/thu")


def days_away(to: str) -> dict[str, str]:
    return {"to": to, "first": in_days(0), "last": in_days(3), "reason": "leave"}


@drive("POST /uy-quyen")
def lending_an_office(commune: Commune) -> Act:
    email, window = somebody(commune)
    typed = days_away(sample_clerk()) | {"office": office_of(email), "reason": "delegation"}
    return lambda: window.post("/uy-quyen", data=typed)


@drive("POST /uy-quyen/{delegation_id}/thu-hoi")
def taking_an_office_back(commune: Commune) -> Act:
    email, window = somebody(commune)
    office = office_of(email)
    window.post("/uy-quyen", data=days_away(sample_clerk()) | {"office": office})
    lent = one_value("SELECT id FROM identity.delegation WHERE office_id = %s", office)
    return lambda: window.post(f"/uy-quyen/{lent}/thu-hoi")


@drive("POST /quan-tri/nguoi/vai-tro/{office_id}/vang-mat")
def recording_leave(commune: Commune) -> Act:
    email, _window = somebody(commune)
    path = f"{PEOPLE}/vai-tro/{office_of(email)}/vang-mat"
    return lambda: commune.browser(Role.CLERK).post(path, data=days_away(sample_clerk()))


def farewell(days: int) -> dict[str, str]:
    return {"on": in_days(days), "reason": "retirement", "to": "khong"}


@drive("POST /quan-tri/nguoi/vai-tro/{office_id}/thoi-giu")
def ending_an_office(commune: Commune) -> Act:
    email, _window = somebody(commune)
    path = f"{PEOPLE}/vai-tro/{office_of(email)}/thoi-giu"
    return lambda: commune.browser(Role.CLERK).post(path, data=farewell(0))


@drive("POST /quan-tri/nguoi/vai-tro/{office_id}/giu-lai")
def keeping_an_office(commune: Commune) -> Act:
    email, _window = somebody(commune)
    path = f"{PEOPLE}/vai-tro/{office_of(email)}"
    commune.browser(Role.CLERK).post(f"{path}/thoi-giu", data=farewell(10))
    return lambda: commune.browser(Role.CLERK).post(f"{path}/giu-lai")


def renaming(commune: Commune) -> dict[str, str]:
    """A new name for the village on a day to come, agreed to."""
    typed = {
        "don-vi": str(commune.village.id),
        "ten": f"Thôn Mới {next(FRESH)}",
        "loai": commune.village.kind,
        "ngay": shown_day(date(2025, 9, 1)),
    }
    preview = commune.browser(Role.ADMIN).post(f"{CHANGES}/doi-ten", data=typed)
    digest = re.search(r'name="dong-y" value="([0-9a-f]{64})"', preview.text)
    assert digest, preview.text
    return typed | {"dong-y": digest[1]}


@drive("POST /don-vi/thay-doi/{kind}")
def changing_a_unit(commune: Commune) -> Act:
    agreed = renaming(commune)
    return lambda: commune.browser(Role.ADMIN).post(f"{CHANGES}/doi-ten", data=agreed)


@drive("POST /don-vi/thay-doi/huy/{change_id}")
def cancelling_a_change(commune: Commune) -> Act:
    commune.browser(Role.ADMIN).post(f"{CHANGES}/doi-ten", data=renaming(commune))
    change = one_value("SELECT id FROM identity.unit_change WHERE state = 'scheduled' ORDER BY id DESC LIMIT 1")
    return lambda: commune.browser(Role.ADMIN).post(f"{CHANGES}/huy/{change}")


@drive("POST /don-vi/nhap")
def importing_units(commune: Commune) -> Act:
    table = f"{HEADS}\ngso/2023,99,Tỉnh Mẫu,tỉnh,,2023-01-01,"
    asked = {"danh-sach": table, "dong-y": "1"}
    return lambda: commune.browser(Role.ADMIN).post("/don-vi/nhap", data=asked)

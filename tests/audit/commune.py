"""Founds a commune by the front doors: every row in it came the way it comes in real life."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient

from gateway.app import gateway_app
from gateway.demo.drive import dossier
from gateway.demo.picture import sample_photo
from services.identity.main import activate, enroll_person, enroll_sample_people, open_sample_sessions
from services.identity.main import web as identity_web
from shared.access.principal import Role
from shared.access.secret import SESSION_COOKIE
from shared.bus.broker import SERVICES
from shared.bus.consume import consume
from shared.database import engine_of, owner_engine
from shared.plan import Plan, Unit
from shared.plan.shelf import shelf

ORIGIN = "http://testserver"
NOMINEE = "Lò Thị Mẫu"
PASSWORD = "nắng ấm trên đồi chè"
ADMIN, COLLEAGUE = "quan.tri@mau.example", "dong.nghiep@mau.example"
assert identity_web is not None


@dataclass
class Commune:
    """Ids of what is there, and browsers of everybody. `open_*` is a second nomination, not decided yet."""

    plan: Plan
    village: Unit
    secrets: dict[tuple[Role, UUID], list[str]]
    photo: str = ""
    nomination: str = ""
    code: str = ""
    case: str = ""
    story: str = ""
    open_nomination: str = ""
    open_case: str = ""
    message: str = ""
    event: str = ""

    def browser(self, role: Role, unit: Unit | None = None, number: int = 0) -> TestClient:
        """Somebody in a role for a unit, the commune's or the village's own if none is named."""
        own = (
            self.village
            if role is Role.NOMINATOR
            else self.plan.aggregator
            if role is Role.AGGREGATOR_OFFICER
            else None
        )
        place = unit or own or self.plan.unit
        return browser(self.secrets[role, place.id][number])


def browser(secret: str = "") -> TestClient:
    """A browser that follows no redirects and is shown what goes wrong, as people are."""
    return TestClient(
        gateway_app(),
        base_url=ORIGIN,
        cookies={SESSION_COOKIE: secret} if secret else {},
        headers={"origin": ORIGIN},
        follow_redirects=False,
        raise_server_exceptions=False,
    )


def founded() -> Commune:
    """One recognised model with its story, commendation and letters; one open nomination."""
    plan = next(iter(shelf().values()))
    activate(plan)
    enroll_sample_people(plan)
    village = next(unit for unit in plan.units if unit.kind == "village")
    commune = Commune(plan, village, {})
    for one in open_sample_sessions(plan):
        commune.secrets.setdefault((one.office.role, one.office.unit_id), []).append(one.secret)
    sign_up(commune, ADMIN, Role.ADMIN, plan.unit)
    sign_up(commune, COLLEAGUE, Role.NOMINATOR, village)
    hear_all()
    hand_in(commune)
    recognise(commune)
    commune.message = str(
        one_value("SELECT id FROM notify.message WHERE nomination_id = %s LIMIT 1", commune.nomination)
    )
    commune.event = str(
        one_value("SELECT event_id FROM report.step WHERE correlation_id = %s LIMIT 1", commune.nomination)
    )
    return commune


def sign_up(commune: Commune, email: str, role: Role, unit: Unit) -> None:
    """Enrol somebody real and sign them in with their password."""
    enroll_person(commune.plan, name=f"Người {role} (mẫu)", email=email, role=role, unit=unit.key, password=PASSWORD)
    window = browser()
    assert window.post("/dang-nhap", data={"email": email, "password": PASSWORD}).status_code == 303
    commune.secrets.setdefault((role, unit.id), []).append(window.cookies[SESSION_COOKIE])


def hand_in(commune: Commune) -> None:
    """Two nominations of the village, the first with a photo."""
    head = commune.browser(Role.NOMINATOR)
    commune.photo = head.put("/api/v1/photos", content=sample_photo()).json()["photo"]
    commune.nomination, commune.code = handed_in(commune, dossier(commune.plan, commune.photo), key="first")
    commune.open_nomination, _code = handed_in(
        commune, dossier(commune.plan, commune.photo) | {"headline": "Dựng nhà cho hộ nghèo"}, key="second"
    )
    hear_all()
    find = "SELECT id FROM review.case WHERE nomination_id = %s"
    commune.case = str(one_value(find, commune.nomination))
    commune.open_case = str(one_value(find, commune.open_nomination))


def handed_in(commune: Commune, body: dict[str, Any], *, key: str) -> tuple[str, str]:
    """(id, code) of a nomination by the API."""
    answer = commune.browser(Role.NOMINATOR).post("/api/v1/nominations", json=body, headers={"idempotency-key": key})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"], answer.json()["code"]


def recognise(commune: Commune) -> None:
    """The council scores the first case, the chair recognises it, the clerk proposes a commendation."""
    chair = commune.browser(Role.CHAIR)
    criteria = chair.get(f"/api/v1/cases/{commune.case}").json()["criteria"]
    for number in range(commune.plan.review.members_needed):
        member = commune.browser(Role.COUNCIL_MEMBER, number=number)
        scores = {"scores": dict.fromkeys(criteria, 8)}
        assert member.put(f"/api/v1/cases/{commune.case}/scores", json=scores).status_code == 200
    decision = {"outcome": "recognised", "reason": "Việc làm bền bỉ, được cả thôn xác nhận."}
    assert chair.post(f"/api/v1/cases/{commune.case}/decision", json=decision).status_code == 200
    clerk = commune.browser(Role.CLERK)
    assert clerk.post(f"/xet-duyet/{commune.case}/trinh-khen-thuong").status_code == 303
    hear_all()
    commune.story = str(one_value("SELECT id FROM publish.story WHERE nomination_id = %s", commune.nomination))


def hear_all() -> None:
    """Every service hears all that waits for it."""
    heard = True
    while heard:
        heard = False
        for name in SERVICES:
            with owner_engine().begin() as connection:
                ids = (
                    connection.exec_driver_sql(
                        "SELECT event_id FROM bus.delivery WHERE hearer = %s AND state = 'pending' ORDER BY event_id",
                        (name,),
                    )
                    .scalars()
                    .all()
                )
            if ids:
                front = import_module(f"services.{name}.main").service
                heard = bool(consume(engine_of(name), front.ear, list(ids))) or heard


def one_value(sql: str, *values: object) -> Any:
    with owner_engine().begin() as connection:
        return connection.exec_driver_sql(sql, values).scalar_one()

"""A commune under its plan on a day in 2025, with people who are signed in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from gateway.app import gateway_app
from services.identity.main import activate, enroll_person
from services.nomination.main import web
from shared.access.principal import Office, Principal, Role
from shared.access.secret import SESSION_COOKIE
from shared.plan import Plan
from shared.plan.shelf import plan_of
from shared.settings import settings
from tests.serving import serving
from tests.signed_in import secret_of
from tests.worlds import in_force

PLAN = "binh-luong-2023-2025"
OTHER_PLAN = "cat-van-2023-2025"
NOW = datetime(2025, 3, 27, 3, 0, tzinfo=UTC)  # 10:00 on a Thursday in Vietnam
STORY = "Bà Ấm hiến 300 m2 đất làm đường thôn. Bà còn vận động năm hộ cùng làm. Nay xe vào được tận ngõ."


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person with an office, signed in."""

    principal: Principal
    secret: str

    def browser(self) -> TestClient:
        """A browser of theirs; redirects are not followed."""
        return TestClient(
            web,
            cookies={SESSION_COOKIE: self.secret},
            headers={"origin": "http://testserver"},
            follow_redirects=False,
            raise_server_exceptions=False,
        )


@pytest.fixture(autouse=True)
def day(installation: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The product's clock stands near NOW, in every thread and process."""
    offset = (NOW - datetime.now(UTC)).total_seconds()
    monkeypatch.setenv("GUONGSANG_CLOCK_OFFSET_S", str(offset))
    monkeypatch.setenv("GUONGSANG_DEMO", "1")  # the neighbours' sample plans too
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture(scope="session")
def address(installation: None) -> Iterator[str]:
    """The whole product behind its gateway, listening."""
    with serving(gateway_app()) as found:
        yield found


@pytest.fixture
def plan(database: Engine) -> Plan:
    found = plan_of(PLAN)
    in_force(found, today=NOW.date())
    return found


@pytest.fixture
def somebody(plan: Plan) -> Callable[..., Somebody]:
    """Enrols and signs in: `somebody("village-1")`, `somebody("commune", Role.CLERK)`."""

    def enrolled(unit: str, role: Role = Role.NOMINATOR, under: Plan = plan) -> Somebody:
        name = f"Người của {unit}"
        person_id = enroll_person(under, name=name, email=f"{role}.{unit}.{under.id}@mau.example", role=role, unit=unit)
        office = Office(role, under.unit_by_key(unit).id, under.id)
        return Somebody(Principal(person_id, name, office, (office,)), secret_of(person_id))

    return enrolled


@pytest.fixture
def head(somebody: Callable[..., Somebody]) -> Somebody:
    """The head of a village."""
    return somebody("village-1")


@pytest.fixture
def other_plan(plan: Plan) -> Plan:
    """Another commune's plan, in force beside ours."""
    found = plan_of(OTHER_PLAN)
    activate(found)
    return found


def complete(**changes: Any) -> dict[str, Any]:
    """A complete nomination as a program sends it."""
    nomination: dict[str, Any] = {
        "nominee": {"name": "Lò Thị Ấm", "birth_year": 1975, "address": "Thôn 1"},
        "consent": {
            "given_by": "self",
            "proof": "spoken",
            "publish_name": True,
            "publish_story": True,
            "publish_photo": False,
        },
        "subject_kind": "individual",
        "model_kind": "good_deed",
        "field": "F13",
        "movement": "new_countryside",
        "headline": "Hiến đất làm đường thôn",
        "story": STORY,
        "happened_on": "2025-02-10",
        "areas": ["work"],
        "initiative": False,
        "direct_worker": True,
    }
    return nomination | changes


def events(database: Engine, name: str) -> list[dict[str, Any]]:
    """The data of every recorded event of a type, oldest first."""
    with database.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT data FROM bus.event WHERE type = %s ORDER BY id", (f"vn.guongsang.{name}.v1",)
        )
        return [row.data for row in rows]


def stage_of(database: Engine, nomination_id: str | UUID) -> str:
    with database.connect() as connection:
        found: str = connection.exec_driver_sql(
            "SELECT stage FROM nomination.nomination WHERE id = %s", (str(nomination_id),)
        ).scalar_one()
        return found


#: What is typed on each sheet of a complete draft.
TYPED: dict[str, dict[str, Any]] = {
    "ai": {"subject_kind": "individual", "name": "Lò Thị Ấm", "birth_year": "1975", "address": "Thôn 1"},
    "viec": {
        "field": "F13",
        "story": STORY,
        "headline": "",
        "happened_on": "10/2/2025",
        "model_kind": "good_deed",
        "movement": "new_countryside",
        "direct_worker": "1",
        "areas": ["work"],
    },
    "anh": {"given_by": "self", "proof": "spoken", "publish": ["name", "story"]},
}


def begun(browser: TestClient) -> str:
    """The address of a fresh draft."""
    location: str = browser.post("/de-cu/moi").headers["location"]
    return location.rpartition("/")[0]


def filled(browser: TestClient, **changes: dict[str, Any]) -> str:
    """The address of a draft that is complete but for the `changes` to its sheets."""
    draft = begun(browser)
    for sheet, typed in TYPED.items():
        browser.post(f"{draft}/{sheet}", data=typed | changes.get(sheet.replace("-", "_"), {}))
    return draft

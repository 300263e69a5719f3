"""An activated plan, a village head and a clerk with passwords, and browsers that talk to identity's application."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlmodel import Session

from services.identity.main import enroll_person
from shared.access import door
from shared.access.principal import Principal, Role
from shared.access.secret import SESSION_COOKIE, hashed
from shared.database import engine_of, transaction
from shared.plan import Plan, Unit
from shared.plan.shelf import shelf
from shared.settings import settings
from tests.notify.postbox import Postbox
from tests.worlds import begun, in_force

ORIGIN = "http://testserver"
PASSWORD = "nắng ấm trên đồi chè"
HEAD, CLERK = "truong.thon@xa.example", "van.phong@xa.example"
FIRST_DAY = date(2024, 3, 1)


@dataclass(frozen=True, slots=True)
class People:
    """Ids of two people: the head of the plan's first village, and the commune's clerk. Their password is PASSWORD."""

    head: UUID
    clerk: UUID


@pytest.fixture
def plan(installation: None) -> Plan:
    return next(iter(shelf().values()))


@pytest.fixture
def other_plan(demonstration: None) -> Plan:
    """A second commune's plan; only demonstrations have one."""
    return list(shelf().values())[1]


@pytest.fixture
def village(plan: Plan) -> Unit:
    return next(unit for unit in plan.units if unit.kind == "village")


@pytest.fixture
def active(database: Engine, plan: Plan) -> Plan:
    """The plan, in force."""
    in_force(plan, today=FIRST_DAY)
    return plan


@pytest.fixture
def people(active: Plan, village: Unit, database: Engine) -> People:
    def enrolled() -> People:
        head = enroll_person(
            active, name="Trưởng thôn", email=HEAD, role=Role.NOMINATOR, unit=village.key, password=PASSWORD
        )
        clerk = enroll_person(
            active, name="Văn phòng", email=CLERK, role=Role.CLERK, unit=active.unit.key, password=PASSWORD
        )
        return People(head, clerk)

    return begun(database, "identity: people", enrolled)


@pytest.fixture
def browser(installation: None) -> Iterator[TestClient]:
    yield from new_browser()


@pytest.fixture
def other_browser(installation: None) -> Iterator[TestClient]:
    yield from new_browser()


def new_browser() -> Iterator[TestClient]:
    """A browser that follows no redirect, so that a test sees where it is sent."""
    from services.identity.main import web  # noqa: PLC0415 -- settings must point to the test database first

    with TestClient(web, base_url=ORIGIN, follow_redirects=False, headers={"origin": ORIGIN}) as client:
        yield client


@pytest.fixture
def demonstration(installation: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("GUONGSANG_DEMO", "1")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def postbox(installation: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    """The mail server of the installation."""
    box = Postbox()
    box.start()
    monkeypatch.setenv("GUONGSANG_SMTP_PORT", str(box.port))
    settings.cache_clear()
    yield box
    box.stop()
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def in_identity(database: Engine) -> Iterator[Session]:
    """A transaction of the service, committed at the end of the test."""
    with transaction(engine_of("identity")) as session:
        yield session


def sign_in(browser: TestClient, email: str = HEAD, password: str = PASSWORD, **more: str) -> str:
    """Sign in by the form; the cookie's secret."""
    answer = browser.post("/dang-nhap", data={"email": email, "password": password, **more})
    assert answer.status_code == 303, answer.text
    return secret_of(browser)


def secret_of(browser: TestClient) -> str:
    return browser.cookies.get(SESSION_COOKIE) or ""


def principal(secret: str, service: str = "review") -> Principal | None:
    """Who carries the secret, as another service finds out."""
    return door.look_up(service, hashed(secret))

"""The shelf of the merger: Bình Lương and Hóa Quỳ in force with their people, and what they have open."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlmodel import Session

from services.identity.main import activate, enroll_person, enroll_sample_people
from services.identity.queries.changes import preview_of
from services.identity.rules.units import Request
from shared.access.principal import Role
from shared.bus.consume import consume
from shared.bus.days import announce_days
from shared.bus.record import record
from shared.clock import VIETNAM, set_to
from shared.database import engine_of, transaction
from shared.events.nomination import Consent, NominationSubmitted, Nominee
from shared.ids import new_id
from shared.plan import Plan, Unit
from shared.plan.shelf import shelf
from shared.settings import settings
from tests.conftest import ROOT
from tests.identity.conftest import PASSWORD, sign_in
from tests.worlds import begun

BEFORE, EVE, DAY = date(2025, 6, 1), date(2025, 6, 30), date(2025, 7, 1)
ADMIN, HEAD = "quan-tri@xa.example", "thon-1@xa.example"
OLD_NAMES = ("binh-luong-2023-2025", "hoa-quy-2023-2025")
NEW_NAME = "hoa-quy-2025"
CONSENT = Consent(
    given_by="self", proof="spoken", publish_name=True, publish_story=True, publish_photo=True, text_version="1"
)


@pytest.fixture
def merger_shelf(installation: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("GUONGSANG_PLANS_DIR", str(ROOT / "gateway" / "demo" / "merger"))
    monkeypatch.setenv("GUONGSANG_DEMO", "1")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@dataclass
class Communes:
    """Two communes in force on 1 June 2025 with their sample people, and the plan of the commune they will become."""

    binh_luong: Plan
    hoa_quy: Plan
    merged: Plan
    admin: UUID
    nominations: list[UUID] = field(default_factory=list)

    @property
    def old(self) -> tuple[Plan, Plan]:
        return self.binh_luong, self.hoa_quy


@pytest.fixture
def communes(database: Engine, merger_shelf: None) -> Communes:
    first, second = (shelf()[name] for name in OLD_NAMES)

    def peopled() -> UUID:
        with set_to(morning(BEFORE)):
            for plan in (first, second):
                activate(plan, today=BEFORE)
                enroll_sample_people(plan)
            enroll_person(
                first, name="Trưởng thôn", email=HEAD, role=Role.NOMINATOR, unit="village-1", password=PASSWORD
            )
            return enroll_person(
                first, name="Quản trị", email=ADMIN, role=Role.ADMIN, unit=first.unit.key, password=PASSWORD
            )

    return Communes(first, second, shelf()[NEW_NAME], admin=begun(database, "identity: communes", peopled))


@pytest.fixture
def nominate(database: Engine) -> Callable[[Plan, Unit], UUID]:
    """Says a nomination of a unit; the code counts up."""
    numbers = iter(range(1, 1000))

    def say(plan: Plan, unit: Unit) -> UUID:
        nomination_id = new_id()
        with transaction(engine_of("nomination")) as session:
            record(
                session,
                NominationSubmitted(
                    nomination_id=nomination_id,
                    code=f"DC-2025-{next(numbers):04}",
                    unit_id=unit.id,
                    unit_key=unit.key,
                    source="village",
                    subject_kind="individual",
                    model_kind="good_deed",
                    field="F13",
                    movement=plan.movements[0].id,
                    areas=["work"],
                    initiative=False,
                    direct_worker=True,
                    headline="Dọn đường thôn",
                    story="Mỗi sáng chủ nhật dọn đường thôn.",
                    happened_on=None,
                    photo=None,
                    submitted_on=BEFORE,
                    answer_by=DAY,
                    consent=CONSENT,
                    personal=Nominee(name="Bà Mẫu"),
                ),
                plan,
            )
        return nomination_id

    return say


@pytest.fixture
def hear(database: Engine) -> Callable[[], None]:
    """Has identity hear all that waits for it."""

    def run() -> None:
        from services.identity.main import service  # noqa: PLC0415 -- settings must point to the test database first

        while True:
            with database.begin() as connection:
                waiting = list(
                    connection.exec_driver_sql(
                        "SELECT event_id FROM bus.delivery WHERE hearer = 'identity' AND state = 'pending' LIMIT 100"
                    ).scalars()
                )
            if not waiting or not consume(engine_of("identity"), service.ear, waiting):
                return

    return run


@pytest.fixture
def day_begins(database: Engine, hear: Callable[[], None]) -> Callable[[date], None]:
    """Announces every day until this one, and has identity hear it."""

    def begin(day: date) -> None:
        with set_to(morning(day)):
            while announce_days(database, shelf().values(), day):
                hear()

    return begin


@pytest.fixture
def look(database: Engine) -> Callable[..., Any]:
    """Asks one of identity's queries in a transaction of its own: look(unit_as_at, unit_id, day)."""

    def ask(query: Callable[..., Any], *asked: Any) -> Any:
        with transaction(engine_of("identity")) as session:
            return query(session, *asked)

    return ask


@pytest.fixture
def admin_browser(communes: Communes, browser: TestClient) -> TestClient:
    sign_in(browser, ADMIN)
    return browser


def digest_of(session: Session, request: Request) -> str:
    return preview_of(session, request).digest


def morning(day: date) -> datetime:
    return datetime.combine(day, time(8), VIETNAM)

"""A commune in force, people who sign in for real, nominations and decisions said on the bus and heard by publish."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from shared.access.principal import Office, Principal, Role
from shared.bus.consume import consume
from shared.bus.record import record
from shared.database import engine_of, transaction
from shared.effects.ledger import perform
from shared.events.event import Event
from shared.events.nomination import Consent, NominationSubmitted, NominationWithdrawn, Nominee
from shared.events.review import CaseRecognised
from shared.ids import new_id
from shared.plan import Plan
from shared.plan.shelf import shelf
from shared.settings import settings
from tests.signed_in import cookies_of
from tests.worlds import Rows, in_force

ROOT = Path(__file__).parents[2]
ORIGIN = "http://testserver"
EVERYWHERE = ("portal", "atom", "radio", "leaflet")
STORY = (
    "Mười năm nay, mỗi tuần hai buổi, bà nấu cháo cho bệnh nhân nghèo ở trạm y tế xã, mỗi buổi khoảng 60 suất.\n"
    "Gạo và rau bà trồng lấy, củi con cháu chở giúp. Từ năm 2022, mười hai chị em trong thôn thay nhau đến nấu cùng."
)
AGREED = Consent(
    given_by="self", proof="spoken", publish_name=True, publish_story=True, publish_photo=True, text_version="1"
)

Seats = Callable[..., TestClient]
Drafts = Callable[..., UUID]


@pytest.fixture(autouse=True)
def _no_files_of_other_tests(installation: None) -> None:
    shutil.rmtree(settings().var_dir / "radio", ignore_errors=True)
    shutil.rmtree(settings().var_dir / "leaflets", ignore_errors=True)


@pytest.fixture
def plan(installation: None) -> Plan:
    return shelf()["binh-luong-2023-2025"]


@pytest.fixture
def other_plan(plan: Plan) -> Iterator[Plan]:
    """The plan of a neighbour: this is an installation with samples."""
    with settings_with(GUONGSANG_DEMO="1"):
        yield next(each for each in shelf().values() if each.unit.id != plan.unit.id)


@pytest.fixture
def strange_plan(installation: None, tmp_path: Path) -> Iterator[Plan]:
    """A ward's plan that shares no name with the first: other kinds, fields, channels, period."""
    shutil.copy(ROOT / "tests" / "plan" / "fixtures" / "suoi-mo-2026-2030.yaml", tmp_path)
    with settings_with(GUONGSANG_PLANS_DIR=str(tmp_path), GUONGSANG_DEMO="1"):
        yield next(iter(shelf().values()))


@contextmanager
def settings_with(**values: str) -> Iterator[None]:
    """Inside, the installation has these settings."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in values.items():
            patch.setenv(name, value)
        settings.cache_clear()
        try:
            yield
        finally:
            patch.undo()
            settings.cache_clear()


def nomination_under(plan: Plan, *, name: str = "Lò Thị Ấm", **changes: Any) -> NominationSubmitted:
    """A village's nomination of an individual in the plan's last field."""
    village = next(unit for unit in plan.units if unit.kind == "village")
    facts: dict[str, Any] = {
        "nomination_id": new_id(),
        "code": "DC-2024-0147",
        "unit_id": village.id,
        "unit_key": village.key,
        "source": "village",
        "subject_kind": "individual",
        "model_kind": "good_deed",
        "field": plan.fields[-1].id,
        "movement": plan.movements[0].id,
        "areas": [plan.achievement_areas[0].id],
        "initiative": False,
        "direct_worker": True,
        "headline": "Nồi cháo nghĩa tình mười năm ở trạm y tế xã",
        "story": STORY,
        "happened_on": date(2024, 3, 27),
        "photo": None,
        "submitted_on": date(2024, 11, 14),
        "answer_by": date(2024, 11, 28),
        "consent": AGREED,
        "personal": Nominee(name=name, birth_year=1966, address="Thôn Nà Phặc"),
    }
    return NominationSubmitted(**(facts | changes))


def recognition_of(nomination: NominationSubmitted) -> CaseRecognised:
    return CaseRecognised(
        case_id=new_id(),
        nomination_id=nomination.nomination_id,
        code=nomination.code,
        unit_id=nomination.unit_id,
        field=nomination.field,
        subject_kind=nomination.subject_kind,
        model_kind=nomination.model_kind,
        decided_on=date(2024, 11, 25),
        reason="Việc làm bền bỉ, được cả thôn xác nhận.",
    )


def withdrawal_of(nomination_id: UUID, plan: Plan) -> NominationWithdrawn:
    return NominationWithdrawn(
        nomination_id=nomination_id, code="DC-2024-0147", unit_id=plan.unit.id, reason="Gia đình xin rút"
    )


def told(plan: Plan, *events: Event, times: int = 1) -> list[UUID]:
    """Records the events as their speakers do and has publish hear them; their ids."""
    from services.publish.handlers import ear  # noqa: PLC0415 -- settings must point to the test database first

    ids = []
    for event in events:
        with transaction(engine_of(event.SPEAKER)) as session:
            ids.append(record(session, event, plan))
    for _ in range(times):
        consume(engine_of("publish"), ear, ids)
    return ids


@pytest.fixture
def drafts(database: Engine, plan: Plan, rows: Rows) -> Drafts:
    """Has a nomination recognised; the id of the story drafted from it."""

    def drafted(under: Plan = plan, **changes: Any) -> UUID:
        nomination = nomination_under(under, **changes)
        told(under, nomination, recognition_of(nomination))
        found = rows("SELECT id FROM publish.story WHERE nomination_id = :id", id=nomination.nomination_id)
        return UUID(str(found[0][0]))

    return drafted


def person(plan: Plan, role: Role = Role.EDITOR, unit: str = "") -> Principal:
    """Somebody verified, for tests of commands."""
    unit_id = plan.unit_by_key(unit).id if unit else plan.unit.id
    office = Office(role, unit_id, plan.id)
    return Principal(UUID(int=list(Role).index(role) + 1), f"Người {role}", office, (office,))


def approved(story_id: UUID, plan: Plan, *channels: str, checks: tuple[str, ...] = ()) -> None:
    """Approves the story as its editor, for every channel if none is named."""
    from services.publish.commands.approving import Approval, approve  # noqa: PLC0415 -- see `told`

    chosen = channels or EVERYWHERE
    with transaction(engine_of("publish")) as session:
        approve(session, story_id, Approval(chosen, frozenset(checks)), who=person(plan))


def effect_keys(rows: Rows, *, states: tuple[str, ...] = ("planned",)) -> list[str]:
    sql = "SELECT key FROM bus.effect WHERE service = 'publish' AND state = ANY(:states) ORDER BY created_at, channel"
    return [key for (key,) in rows(sql, states=list(states))]


def carried(rows: Rows, performers: Any = None) -> None:
    """Performs every planned effect, those that come up meanwhile included."""
    from services.publish.commands.carrying import PERFORMERS  # noqa: PLC0415 -- see `told`

    while keys := effect_keys(rows):
        for key in keys:
            perform(engine_of("publish"), performers or PERFORMERS, key)


@pytest.fixture
def published(drafts: Drafts, plan: Plan, rows: Rows) -> Drafts:
    """A story that is out on the named channels, as a page and in the feed if none is named; its id."""

    def out(*channels: str, under: Plan = plan, **changes: Any) -> UUID:
        story_id = drafts(under, **changes)
        approved(story_id, under, *(channels or ("portal", "atom")), checks=("secrecy_check", "child_check"))
        carried(rows)
        return story_id

    return out


def said(rows: Rows, name: str = "story.%") -> list[str]:
    """The names of publish's events, oldest first."""
    sql = "SELECT type FROM bus.event WHERE source = '/publish' AND type LIKE :full ORDER BY id"
    full = f"vn.guongsang.{name}.v1"
    return [found.removeprefix("vn.guongsang.").removesuffix(".v1") for (found,) in rows(sql, full=full)]


@pytest.fixture
def web(database: Engine) -> Iterator[TestClient]:
    """A reader's browser, not signed in."""
    from services.publish.main import web as app  # noqa: PLC0415 -- see `told`

    with TestClient(app, base_url=ORIGIN, follow_redirects=False) as client:
        yield client


@pytest.fixture
def seats(database: Engine, plan: Plan) -> Iterator[Seats]:
    """Enrols somebody in a role and signs them in: a browser before publish's application."""
    from services.publish.main import web as app  # noqa: PLC0415 -- see `told`

    in_force(plan, today=date(2024, 3, 1))
    opened: list[TestClient] = []

    def seat(role: Role = Role.EDITOR, *, unit: str = "", under: Plan = plan) -> TestClient:
        client = TestClient(
            app,
            base_url=ORIGIN,
            follow_redirects=False,
            headers={"origin": ORIGIN},
            cookies=cookies_of(enrolled(role, unit or under.unit.key, under)),
        )
        opened.append(client)
        return client

    yield seat
    for client in opened:
        client.close()


def enrolled(role: Role, unit: str, plan: Plan) -> UUID:
    """Somebody in a role of a unit, whose plan is in force."""
    from services.identity import main as identity  # noqa: PLC0415 -- see `told`

    identity.activate(plan, today=date(2024, 3, 1))
    email = f"{role}-{unit}@{plan.id}.example"
    return identity.enroll_person(plan, name=f"Người {role}", email=email, role=role, unit=unit)

"""A commune in force with its people, a mail server, and a way to let notify hear and send as it does in service."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from services.notify.adapters import smtp
from services.notify.settings import notify_settings
from shared.access.principal import Role
from shared.bus.consume import consume
from shared.bus.record import act_as, record
from shared.database import engine_of, owner_engine, transaction
from shared.effects.ledger import perform
from shared.events.event import Event
from shared.events.nomination import Consent, NominationSubmitted, Nominee
from shared.ids import new_id
from shared.plan import Plan, Unit
from shared.plan.shelf import shelf
from shared.settings import settings
from tests.notify.postbox import Postbox
from tests.signed_in import cookies_of
from tests.worlds import Rows, begun

ORIGIN = "http://testserver"
NOMINEE = "Lò Thị Ấm"

Say = Callable[..., list[UUID]]
Enrol = Callable[..., UUID]


@pytest.fixture(autouse=True)
def _line_afresh() -> None:
    smtp.hang_up()
    smtp._line.resting_until = 0.0


@pytest.fixture(scope="session")
def postbox() -> Iterator[Postbox]:
    box = Postbox()
    box.start()
    yield box
    box.stop()


@pytest.fixture
def post(postbox: Postbox, installation: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    """The mail server, empty and well-behaved; notify is told of it and waits for nothing longer than half a second."""
    postbox.will.clear()
    postbox.taken.clear()
    values = {
        "GUONGSANG_SMTP_PORT": str(postbox.port),
        "GUONGSANG_MAIL_FROM": "xa@binh-luong.example",
        "GUONGSANG_PUBLIC_URL": "http://guong.example",
        "GUONGSANG_NOTIFY_MAIL_STEP_S": "0.5",
        "GUONGSANG_NOTIFY_MAIL_ACCEPT_S": "0.5",
        "GUONGSANG_NOTIFY_MAIL_REST_S": "0",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    notify_settings.cache_clear()
    yield postbox
    monkeypatch.undo()
    settings.cache_clear()
    notify_settings.cache_clear()


@pytest.fixture
def plan(installation: None) -> Plan:
    return shelf()["binh-luong-2023-2025"]


@pytest.fixture
def other_plan(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plan]:
    """A neighbour's plan; only demonstrations have one."""
    monkeypatch.setenv("GUONGSANG_DEMO", "1")
    settings.cache_clear()
    yield next(each for each in shelf().values() if each.unit.id != plan.unit.id)
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def village(plan: Plan) -> Unit:
    return next(unit for unit in plan.units if unit.kind == "village")


@pytest.fixture
def active(database: Engine, plan: Plan) -> Plan:
    """The plan, in force and heard of."""
    begun(database, f"notify: {plan.id}", lambda: activate(plan))
    return plan


@pytest.fixture
def enrol(database: Engine, plan: Plan) -> Enrol:
    """Enrols somebody through identity and lets notify hear of it; their id. Their mailbox is role-key@xa.example."""
    from services.identity import main as identity  # noqa: PLC0415 -- settings must point to the test database first

    def enrolled(role: Role, unit: Unit | None = None, *, under: Plan = plan, email: str = "", name: str = "") -> UUID:
        at = unit or under.unit
        person_id = identity.enroll_person(
            under,
            name=name or f"{role} {at.key}",
            email=email or f"{role}-{at.key}@xa.example",
            role=role,
            unit=at.key,
        )
        hear_all()
        return person_id

    return enrolled


@pytest.fixture
def office(active: Plan, enrol: Enrol, database: Engine) -> dict[Role, UUID]:
    """One person in each role of the commune; the nominator is the head of the first village."""
    village = next(unit for unit in active.units if unit.kind == "village")
    women = next(unit for unit in active.units if unit.kind == "organisation")
    places = {Role.NOMINATOR: village, Role.ORGANISATION: women, Role.AGGREGATOR_OFFICER: active.aggregator}
    return begun(
        database,
        "notify: office",
        lambda: {role: enrol(role, places.get(role)) for role in Role if role is not Role.ADMIN},
    )


@pytest.fixture
def say(database: Engine, plan: Plan) -> Say:
    """Records events as one person's doing and lets notify hear them; their ids."""

    def said(*events: Event, by: UUID | None = None, under: Plan = plan) -> list[UUID]:
        with transaction(database) as session:
            act_as(session, by)
            ids = [record(session, event, under) for event in events]
        hear_all()
        return ids

    return said


@pytest.fixture
def browser(database: Engine) -> Iterator[Callable[..., TestClient]]:
    """Signs somebody in through identity: a browser before notify's application."""
    from services.notify.main import web  # noqa: PLC0415 -- settings must point to the test database first

    opened: list[TestClient] = []

    def browse(email: str) -> TestClient:
        client = TestClient(
            web, base_url=ORIGIN, follow_redirects=False, headers={"origin": ORIGIN}, cookies=sign_in(email)
        )
        opened.append(client)
        return client

    yield browse
    for client in opened:
        client.close()


def sign_in(email: str) -> dict[str, str]:
    """The cookies of somebody who is signed in now."""
    with owner_engine().begin() as connection:
        who = connection.exec_driver_sql("SELECT id FROM identity.person WHERE email = %s", (email,)).scalar_one()
    return cookies_of(who)


def activate(plan: Plan) -> None:
    """Put a plan into force through identity, and let notify hear of it."""
    from services.identity import main as identity  # noqa: PLC0415 -- settings must point to the test database first

    identity.activate(plan, today=date(2024, 3, 1))
    hear_all()


def hear_all() -> None:
    """Have notify hear everything that waits for it, as its worker does: in batches, oldest first."""
    from services.notify.handlers import ear  # noqa: PLC0415 -- settings must point to the test database first

    while ids := waiting():
        if not consume(engine_of("notify"), ear, ids):
            return


def tell_again(owner: Rows) -> None:
    """Have notify hear once more all that it has heard before."""
    owner("UPDATE bus.delivery SET state = 'pending', done_at = NULL, started_count = 0 WHERE hearer = 'notify'")
    hear_all()


def waiting() -> list[UUID]:
    with transaction(engine_of("notify")) as session:
        return list(
            session.connection()
            .exec_driver_sql(
                "SELECT event_id FROM bus.delivery WHERE hearer = 'notify' AND state = 'pending' "
                "ORDER BY event_id LIMIT 100"
            )
            .scalars()
        )


def mail_all(*, rounds: int = 1) -> None:
    """Have the ledger do what is not settled, `rounds` times, whatever pause it has set."""
    from services.notify.commands.mailing import PERFORMERS  # noqa: PLC0415 -- settings first

    for _ in range(rounds):
        with transaction(engine_of("notify")) as session:
            keys = list(
                session.connection()
                .exec_driver_sql(
                    "SELECT key FROM bus.effect WHERE service = 'notify' AND settled_at IS NULL "
                    "ORDER BY created_at, key"
                )
                .scalars()
            )
        for key in keys:
            perform(engine_of("notify"), PERFORMERS, key)


def submitted(plan: Plan, **changes: Any) -> NominationSubmitted:
    """A nomination by the plan's first village, in its last field."""
    village = next(unit for unit in plan.units if unit.kind == "village")
    facts: dict[str, Any] = {
        "nomination_id": new_id(),
        "code": "DC-2025-0147",
        "unit_id": village.id,
        "unit_key": village.key,
        "source": "village",
        "subject_kind": plan.subject_kinds[0].id,
        "model_kind": plan.model_kinds[0].id,
        "field": plan.fields[-1].id,
        "movement": plan.movements[0].id,
        "areas": [plan.achievement_areas[0].id],
        "initiative": False,
        "direct_worker": True,
        "headline": "Nồi cháo nghĩa tình",
        "story": "Mười năm nay bà nấu cháo miễn phí cho bệnh nhân nghèo.",
        "happened_on": None,
        "photo": None,
        "submitted_on": date(2025, 11, 14),
        "answer_by": date(2025, 11, 28),
        "consent": Consent(
            given_by="self", proof="spoken", publish_name=True, publish_story=True, publish_photo=True, text_version="1"
        ),
        "personal": Nominee(name=NOMINEE),
    }
    return NominationSubmitted(**(facts | changes))


def about_case(kind: type[Event], nomination: NominationSubmitted, **more: Any) -> Event:
    """An event of review about a nomination."""
    facts = {
        "case_id": new_id(),
        "nomination_id": nomination.nomination_id,
        "code": nomination.code,
        "unit_id": nomination.unit_id,
        "field": nomination.field,
        "subject_kind": nomination.subject_kind,
        "model_kind": nomination.model_kind,
        "answer_by": nomination.answer_by,
        "decided_on": date(2025, 11, 20),
        "reason": "Việc làm bền bỉ, giúp được nhiều người.",
        "track": "role_model_merit",
        "form": "giay_khen",
        "proposed_on": date(2025, 11, 21),
        "to_unit_id": more.pop("to_unit_id", nomination.unit_id),
        "put_forward_on": date(2025, 11, 22),
    }
    return kind(**(facts | more))

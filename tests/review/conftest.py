"""Two communes in force, people who sign in for real, and nominations that are said on the bus and heard by review."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text
from sqlmodel import Session

from shared.access.principal import Office, Principal, Role
from shared.bus.consume import consume
from shared.bus.record import record
from shared.database import engine_of, transaction
from shared.events.nomination import Consent, NominationSubmitted, NominationWithdrawn, Nominee
from shared.ids import new_id
from shared.plan import Plan
from shared.plan.shelf import shelf
from shared.settings import settings
from tests.signed_in import cookies_of
from tests.worlds import in_force

ORIGIN = "http://testserver"
STORY = "Mười năm nay bà nấu cháo miễn phí cho bệnh nhân nghèo ở trạm y tế xã, mỗi tuần hai buổi, khoảng 60 suất."
CONSENT = Consent(
    given_by="self", proof="spoken", publish_name=True, publish_story=True, publish_photo=True, text_version="1"
)

Seats = Callable[..., TestClient]
OpensCase = Callable[..., UUID]


@pytest.fixture
def plan(installation: None) -> Plan:
    """A plan that asks for three sheets of five scores from 0 to 10, and recognises from 7."""
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
def in_review(database: Engine) -> Iterator[Session]:
    """A transaction of the service, committed at the end of the test."""
    with transaction(engine_of("review")) as session:
        yield session


@pytest.fixture
def opens_case(database: Engine, plan: Plan) -> OpensCase:
    """Has a nomination said and heard; the id of its case."""

    def opened(under: Plan = plan, **changes: Any) -> UUID:
        nomination = nomination_under(under, **changes)
        told(under, nomination)
        with database.begin() as connection:
            found = connection.execute(
                text('SELECT id FROM review."case" WHERE nomination_id = :id'), {"id": nomination.nomination_id}
            )
            return UUID(str(found.scalar_one()))

    return opened


def nomination_under(plan: Plan, *, name: str = "Lò Thị Ấm", **changes: Any) -> NominationSubmitted:
    """A village's nomination of an individual in the plan's last field, answered by 28/11/2024 unless changed."""
    village = next(unit for unit in plan.units if unit.kind == "village")
    person = Nominee(name=name, birth_year=changes.pop("birth_year", 1966), address="Thôn Nà Phặc")
    facts: dict[str, Any] = {
        "nomination_id": new_id(),
        "code": "DC-2024-0147",
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
        "headline": "Nồi cháo nghĩa tình mười năm ở trạm y tế xã",
        "story": STORY,
        "happened_on": date(2024, 3, 27),
        "photo": None,
        "submitted_on": date(2024, 11, 14),
        "answer_by": date(2024, 11, 28),
        "consent": CONSENT,
        "personal": person,
    }
    return NominationSubmitted(**(facts | changes))


def withdrawal_of(nomination_id: UUID, plan: Plan) -> NominationWithdrawn:
    village = next(unit for unit in plan.units if unit.kind == "village")
    return NominationWithdrawn(
        nomination_id=nomination_id, code="DC-2024-0147", unit_id=village.id, reason="Người được đề cử đổi ý"
    )


def told(plan: Plan, *events: NominationSubmitted | NominationWithdrawn, times: int = 1) -> list[UUID]:
    """Records the events as nomination does and has review hear them; their ids."""
    from services.review.handlers import ear  # noqa: PLC0415 -- settings must point to the test database first

    with transaction(engine_of("nomination")) as session:
        ids = [record(session, event, plan) for event in events]
    for _ in range(times):
        consume(engine_of("review"), ear, ids)
    return ids


@pytest.fixture
def seats(database: Engine, plan: Plan) -> Iterator[Seats]:
    """Enrols somebody in a role of a commune and signs them in: a browser before review's application."""
    from services.identity import main as identity  # noqa: PLC0415 -- settings must point to the test database first
    from services.review.main import web  # noqa: PLC0415

    in_force(plan, today=date(2024, 3, 1))
    opened: list[TestClient] = []

    def seat(role: Role, *, number: int = 1, under: Plan = plan) -> TestClient:
        if under is not plan:
            identity.activate(under, today=date(2024, 3, 1))
        unit = under.aggregator if role is Role.AGGREGATOR_OFFICER else under.unit
        if role is Role.NOMINATOR:
            unit = next(each for each in under.units if each.kind == "village")
        email = f"{role}-{number}@{under.id}.example"
        who = identity.enroll_person(under, name=name_of(role, number), email=email, role=role, unit=unit.key)
        headers, cookies = {"origin": ORIGIN}, cookies_of(who)
        client = TestClient(web, base_url=ORIGIN, follow_redirects=False, headers=headers, cookies=cookies)
        opened.append(client)
        return client

    yield seat
    for client in opened:
        client.close()


NAMES: Mapping[Role, tuple[str, ...]] = {
    Role.COUNCIL_MEMBER: ("Vi Thị Nga", "Lò Văn Bình", "Hà Thị Mai", "Lương Văn Sáng"),
    Role.CHAIR: ("Lê Văn Chủ", "Phạm Văn Phó"),
    Role.CLERK: ("Ngân Thị Thu",),
}


def name_of(role: Role, number: int) -> str:
    return NAMES.get(role, (f"Người {role}",) * 9)[number - 1]


def person(plan: Plan, role: Role, *, number: int = 1) -> Principal:
    """Somebody verified, for tests of commands. The same number is the same person."""
    office = Office(role, plan.unit.id, plan.id)
    return Principal(UUID(int=hash_of(role, number)), name_of(role, number), office, (office,))


def hash_of(role: Role, number: int) -> int:
    return (list(Role).index(role) + 1) * 100 + number


def in_office(who: Principal, plan: Plan) -> Principal:
    """The same person in the same role of another commune."""
    office = replace(who.office, plan_id=plan.id, unit_id=plan.unit.id)
    return replace(who, office=office, offices=(office,))


@pytest.fixture
def scored(database: Engine, plan: Plan) -> Callable[..., None]:
    """Has members hand in sheets for a case: one for each number in `points`, the same for every criterion."""
    from services.review import commands  # noqa: PLC0415 -- settings must point to the test database first
    from services.review.rules.scores import measures_of  # noqa: PLC0415

    def score(case_id: UUID, *points: int, note: str = "") -> None:
        for number, given in enumerate(points, start=1):
            member = person(plan, Role.COUNCIL_MEMBER, number=number)
            sheet = {measure.id: given for measure in measures_of(plan, plan.fields[-1].id)}
            with transaction(engine_of("review")) as session:
                commands.score(session, member, case_id, points=sheet, note=note if number == 1 else "")

    return score


@pytest.fixture
def decided(database: Engine, plan: Plan) -> Callable[..., None]:
    """Has the chair decide a case on 20/11/2024."""
    from services.review import commands  # noqa: PLC0415 -- settings must point to the test database first
    from services.review.rules.stages import Outcome  # noqa: PLC0415

    def decide(case_id: UUID, outcome: str, reason: str = "", *, number: int = 1) -> None:
        chair = person(plan, Role.CHAIR, number=number)
        with transaction(engine_of("review")) as session:
            commands.decide(session, chair, case_id, outcome=Outcome(outcome), reason=reason, today=date(2024, 11, 20))

    return decide

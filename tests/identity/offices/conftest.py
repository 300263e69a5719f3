"""A commune with people in every office, and days told in Vietnam's calendar."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine

from services.identity.commands import acting
from services.identity.commands.leaving import Farewells, end_office
from services.identity.main import enroll_person
from services.identity.queries.acting import today_in_vietnam
from services.identity.rules.offices import Farewell, Reason
from shared.access.principal import Role
from shared.database import engine_of, transaction
from shared.plan import Plan, Unit
from tests.identity.conftest import PASSWORD
from tests.worlds import Rows, begun


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person with an office."""

    id: UUID
    email: str
    name: str
    office: UUID


@dataclass(frozen=True, slots=True)
class Town:
    """One person in each office; their password is PASSWORD."""

    head: Somebody
    clerk: Somebody
    member: Somebody
    chair: Somebody
    editor: Somebody
    admin: Somebody


@pytest.fixture
def enrolled(active: Plan, rows: Rows) -> Callable[..., Somebody]:
    """Enrols somebody and says who they are."""

    def enrol(name: str, role: Role, unit: str, plan: Plan = active) -> Somebody:
        email = f"{role.value}.{len(name)}.{abs(hash(name)) % 1000}@xa.example"
        person = enroll_person(plan, name=name, email=email, role=role, unit=unit, password=PASSWORD)
        (office,) = rows(
            "SELECT id FROM identity.office WHERE person_id = :p AND role = :r ORDER BY valid_from DESC LIMIT 1",
            p=person,
            r=role.value,
        )
        return Somebody(person, email, name, office[0])

    return enrol


@pytest.fixture
def town(enrolled: Callable[..., Somebody], active: Plan, village: Unit, database: Engine) -> Town:
    def peopled() -> Town:
        commune = active.unit.key
        return Town(
            head=enrolled("Trưởng thôn", Role.NOMINATOR, village.key),
            clerk=enrolled("Cán bộ Đặng Hòa", Role.CLERK, commune),
            member=enrolled("Ủy viên", Role.COUNCIL_MEMBER, commune),
            chair=enrolled("Chủ tịch xã", Role.CHAIR, commune),
            editor=enrolled("Biên tập", Role.EDITOR, commune),
            admin=enrolled("Quản trị", Role.ADMIN, commune),
        )

    return begun(database, "identity: town", peopled)


@pytest.fixture
def today(database: Engine) -> date:
    with transaction(engine_of("identity")) as session:
        return today_in_vietnam(session)


def lend(office: UUID, to: UUID, *, first: date, days: int = 1, by: UUID, reason: Reason = Reason.DELEGATION) -> UUID:
    """Lend an office for some days."""
    with transaction(engine_of("identity")) as session:
        return acting.delegate(
            session,
            office_id=office,
            delegate_id=to,
            first_day=first,
            last_day=first + timedelta(days=days - 1),
            reason=reason,
            note="",
            granted_by=by,
        )


def take_back(delegation: UUID) -> None:
    with transaction(engine_of("identity")) as session:
        acting.revoke(session, delegation)


def end(office: UUID, *, on: date, by: UUID, to: UUID | None = None) -> None:
    """End an office."""
    with transaction(engine_of("identity")) as session:
        end_office(
            session,
            office,
            Farewells(on=on, reason=Farewell.TRANSFER, successor_id=to, note="QĐ 12"),
            ordered_by=by,
        )

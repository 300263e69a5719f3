"""The two communes of 30 June 2025 and the one of 1 July, with everything that is said and heard between services."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

import pytest
from sqlalchemy import Engine, text
from starlette.testclient import TestClient

from shared.access import door
from shared.access.principal import Office, Principal, Role
from shared.bus.consume import consume
from shared.bus.record import record
from shared.clock import set_to
from shared.database import engine_of, transaction
from shared.effects.ledger import perform
from shared.events.event import Event
from shared.events.identity import Heir, UnitDissolved
from shared.plan import Plan
from shared.plan.shelf import plan_of
from shared.settings import settings
from tests.conftest import ROOT

BINH_LUONG, HOA_QUY_BEFORE, HOA_QUY = "binh-luong-2023-2025", "hoa-quy-2023-2025", "hoa-quy-2025"
EVE = datetime(2025, 6, 30, 3, 0, tzinfo=UTC)  # 10:00 in Vietnam on the last day of both communes
MORNING = datetime(2025, 7, 1, 1, 0, tzinfo=UTC)  # 08:00 on the first day of the new one
THE_DAY = date(2025, 7, 1)
STORY = "Bà hiến 300 m2 đất làm đường thôn. Bà còn vận động năm hộ cùng làm. Nay xe vào được tận ngõ."
HEARERS = ("nomination", "review", "publish", "notify", "report")

Rows = Callable[..., list[Any]]
PEOPLE = UUID("0197b1f0-0000-7000-8000-000000000000")


@pytest.fixture(autouse=True)
def shelf_of_the_merger(installation: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The three plans are on the shelf, and it is the eve of the merger."""
    monkeypatch.setenv("GUONGSANG_PLANS_DIR", str(ROOT / "gateway" / "demo" / "merger"))
    monkeypatch.setenv("GUONGSANG_DEMO", "1")
    settings.cache_clear()
    door._remembered.clear()
    with set_to(EVE):
        yield
    monkeypatch.undo()
    settings.cache_clear()


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """The product's clock, in every thread: what requests see."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUONGSANG_CLOCK_OFFSET_S", str((moment - datetime.now(UTC)).total_seconds()))
        settings.cache_clear()
        with set_to(moment):
            yield
    settings.cache_clear()


@pytest.fixture
def former(database: Engine) -> Plan:
    return plan_of(BINH_LUONG)


@pytest.fixture
def neighbour(database: Engine) -> Plan:
    return plan_of(HOA_QUY_BEFORE)


@pytest.fixture
def successor(database: Engine) -> Plan:
    return plan_of(HOA_QUY)


@pytest.fixture
def rows(database: Engine) -> Rows:
    """Runs SQL as the owner and gives its rows."""

    def run(sql: str, **values: object) -> list[Any]:
        with database.begin() as connection:
            result = connection.execute(text(sql), values)
            return list(result) if result.returns_rows else []

    return run


def heirs_of(plan: Plan, successor: Plan) -> list[Heir]:
    """A unit that the successor's plan knows goes on itself; another by its kind, or else the commune takes over."""
    known = {unit.id for unit in successor.units}
    by_kind = {unit.kind: unit.id for unit in reversed(successor.units)}
    return [
        Heir(
            unit_id=unit.id,
            heir_id=unit.id if unit.id in known else by_kind.get(unit.kind, successor.unit.id),
            plan=successor.id,
        )
        for unit in plan.units
    ]


def dissolution(plan: Plan, *successors: Plan, **changes: Any) -> UnitDissolved:
    """The end of a commune; its units in turn to each successor, the commune itself to the first."""
    parts = [heirs_of(plan, one) for one in successors]
    heirs = [parts[number % len(parts)][number] for number in range(len(plan.units))]
    at = next(number for number, unit in enumerate(plan.units) if unit.id == plan.unit.id)
    heirs[at] = parts[0][at]
    facts: dict[str, Any] = {
        "unit_id": plan.unit.id,
        "plan": plan.id,
        "successors": [one.unit.id for one in successors],
        "heirs": heirs,
        "on": THE_DAY,
    }
    return UnitDissolved(**(facts | changes))


def say(plan: Plan, *events: Event, at: datetime = EVE, by: UUID | None = None) -> list[UUID]:
    """Records events as their speakers do; nobody has heard them yet."""
    from services.identity.commands.sayings import say_ending  # noqa: PLC0415 -- settings first

    ids = []
    with set_to(at):
        for event in events:
            with transaction(engine_of(event.SPEAKER if event.SPEAKER != "clock" else "identity")) as session:
                if by:
                    session.info["bus.actor"] = by
                if isinstance(event, UnitDissolved):
                    ids.append(say_ending(session, event, plan))
                else:
                    ids.append(record(session, event, plan))
    return ids


def hear(service: str, ids: Sequence[UUID]) -> int:
    """Has a service hear these; how many are done now."""
    handlers = __import__(f"services.{service}.handlers", fromlist=["ear"])
    return consume(engine_of(service), handlers.ear, list(ids))


@pytest.fixture
def hear_all(rows: Rows) -> Callable[..., None]:
    """Has services hear what waits for them, until nothing does. All of them, if none is named."""

    def until_quiet(*services: str, at: datetime = MORNING) -> None:
        with set_to(at):
            while any(round_of(service) for service in services or HEARERS):
                pass

    def round_of(service: str) -> int:
        waiting = rows(
            "SELECT event_id FROM bus.delivery WHERE hearer = :name AND state = 'pending' ORDER BY event_id LIMIT 500",
            name=service,
        )
        return hear(service, [event_id for (event_id,) in waiting]) if waiting else 0

    return until_quiet


@pytest.fixture
def merged(former: Plan, neighbour: Plan, successor: Plan, hear_all: Callable[..., None]) -> Callable[[], None]:
    """Both communes end, and every service has heard it."""

    def merge() -> None:
        for plan in (former, neighbour):
            say(plan, dissolution(plan, successor), at=MORNING)
        hear_all()

    return merge


def carry_effects(rows: Rows, service: str = "publish") -> None:
    """Performs every planned effect of a service."""
    from services.publish.commands.carrying import PERFORMERS  # noqa: PLC0415 -- settings first

    wanted = "SELECT key FROM bus.effect WHERE service = :name AND state = 'planned' ORDER BY created_at, channel"
    while keys := rows(wanted, name=service):
        for (key,) in keys:
            perform(engine_of(service), PERFORMERS, key)


def somebody(plan: Plan, role: Role = Role.NOMINATOR, unit: str = "", number: int = 0) -> Principal:
    """Somebody verified, for tests of commands; the same under any plan."""
    key = unit or (next(one.key for one in plan.units if one.kind == "village") if role is Role.NOMINATOR else "")
    office = Office(role, plan.unit_by_key(key).id if key else plan.unit.id, plan.id)
    return Principal(uuid5(PEOPLE, f"{role}/{number}"), f"Người {role} {number}", office, (office,))


def at_the_door(who: Principal) -> Principal:
    """The same, with the ended plans that they have to do with by now."""
    with transaction(engine_of("identity")) as session:
        ended = session.execute(text("SELECT DISTINCT plan_id, heir_plan FROM identity.heir")).all()
    return replace(who, inherits=door.inherited_by(who, [list(one) for one in ended]))


@pytest.fixture
def seat(database: Engine) -> Iterator[Callable[..., TestClient]]:
    """Enrols somebody and signs them in: a browser before one service."""
    from services.identity import main as identity  # noqa: PLC0415 -- settings first
    from services.identity.commands.sessions import open_session  # noqa: PLC0415
    from shared.access.secret import SESSION_COOKIE  # noqa: PLC0415

    opened: list[TestClient] = []

    def take(service: str, plan: Plan | None = None, role: Role = Role.NOMINATOR, unit: str = "") -> TestClient:
        web = __import__(f"services.{service}.main", fromlist=["web"]).web
        cookies = {}
        if plan:
            identity.activate(plan, today=plan.period.starts_on)
            who = somebody(plan, role, unit)
            key = plan.unit_by_id(who.unit_id).key
            person_id = identity.enroll_person(
                plan, name=who.name, email=f"{role}-{key}@{plan.id}.example", role=role, unit=key
            )
            with transaction(engine_of("identity")) as session:
                cookies = {SESSION_COOKIE: open_session(session, person_id).secret}
        client = TestClient(web, cookies=cookies, headers={"origin": "http://testserver"}, follow_redirects=False)
        opened.append(client)
        return client

    yield take
    for client in opened:
        client.close()

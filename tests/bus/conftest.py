"""A plan, events to say, and an ear that writes down what it hears into a table of its own."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from shared.bus.consume import consume
from shared.bus.ear import Ear
from shared.bus.record import record
from shared.bus.told import Told
from shared.database import transaction
from shared.events.review import CaseOpened
from shared.ids import new_id
from shared.plan import Plan
from shared.plan.shelf import shelf
from tests.bus.road import Road, forget_everything

HEARER = "report"


@pytest.fixture
def plan(installation: None) -> Plan:
    return next(iter(shelf().values()))


@pytest.fixture
def case_opened(plan: Plan) -> Callable[..., CaseOpened]:
    """Makes a `case.opened`; the same case id makes the next version of the same subject."""

    def make(case_id: UUID | None = None, code: str = "DC-2025-0001") -> CaseOpened:
        return CaseOpened(
            case_id=case_id or new_id(),
            nomination_id=new_id(),
            code=code,
            unit_id=plan.units[0].id,
            field=plan.fields[0].id,
            subject_kind="individual",
            model_kind="role_model",
            answer_by=date(2025, 6, 1),
        )

    return make


@pytest.fixture
def note(database: Engine) -> Engine:
    """A table in which handlers of these tests leave their effect."""
    with database.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS public.heard (id serial, event_id uuid, code text)"))
        connection.execute(text("TRUNCATE public.heard"))
    return database


def writes_down(session: Session, told: Told[CaseOpened]) -> None:
    session.connection().execute(
        text("INSERT INTO public.heard (event_id, code) VALUES (:id, :code)"), {"id": told.id, "code": told.data.code}
    )


@pytest.fixture
def ear(note: Engine) -> Ear:
    """An ear that writes down every case it hears of."""
    heard = Ear(HEARER)
    heard.on(CaseOpened)(writes_down)
    return heard


@pytest.fixture
def say(database: Engine, plan: Plan) -> Callable[..., list[UUID]]:
    """Records events in one transaction; their ids."""

    def said(*events: CaseOpened) -> list[UUID]:
        with transaction(database) as session:
            return [record(session, event, plan) for event in events]

    return said


@pytest.fixture
def heard(note: Engine) -> Callable[[], list[str]]:
    """The codes written down so far, in order."""

    def read() -> list[str]:
        with note.begin() as connection:
            return list(connection.execute(text("SELECT code FROM public.heard ORDER BY id")).scalars())

    return read


@pytest.fixture
def state_of(database: Engine) -> Callable[[UUID], tuple[str, int, str | None]]:
    """(state, starts, last error) of an event's delivery to the ear."""

    def read(event_id: UUID) -> tuple[str, int, str | None]:
        with database.begin() as connection:
            row = connection.execute(
                text("SELECT state, started_count, last_error FROM bus.delivery WHERE hearer = :h AND event_id = :e"),
                {"h": HEARER, "e": event_id},
            ).one()
            return row.state, row.started_count, row.last_error

    return read


@pytest.fixture
def hear(database: Engine, ear: Ear) -> Callable[[list[UUID]], int]:
    """Has the ear hear these events now."""
    return lambda event_ids: consume(database, ear, event_ids)


@pytest.fixture
def road(note: Engine, tmp_path: Path) -> Iterator[Road]:
    """Relays and workers as processes of their own, over an empty Redis; killed with the test."""
    with note.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS public.outside (id serial, key text, what text)"))
        connection.execute(text("TRUNCATE public.outside"))
        connection.execute(text("GRANT ALL ON ALL TABLES IN SCHEMA public TO guongsang_report"))
        connection.execute(text("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO guongsang_report"))
    forget_everything()
    opened = Road(tmp_path)
    yield opened
    opened.end()


@pytest.fixture
def pending(database: Engine) -> Callable[[], int]:
    """How many deliveries to the ear are not done."""

    def count() -> int:
        with database.begin() as connection:
            found = connection.execute(
                text("SELECT count(*) FROM bus.delivery WHERE hearer = :h AND state <> 'done'"), {"h": HEARER}
            )
            return int(found.scalar_one())

    return count


@pytest.fixture
def outside(road: Road, database: Engine) -> Callable[[], list[str]]:
    """What letters met outside, in order."""

    def read() -> list[str]:
        with database.begin() as connection:
            return list(connection.execute(text("SELECT what FROM public.outside ORDER BY id")).scalars())

    return read

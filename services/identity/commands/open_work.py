"""Keep the small copy of what is open in each unit, from what nomination and review say."""

from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from services.identity.models.registry import OpenWork


def open_work(session: Session, *, nomination_id: UUID, plan_id: str, unit_id: UUID, code: str, since: date) -> None:
    """A nomination is open. Its end may have been heard before: then it stays closed."""
    statement = insert(OpenWork).values(
        nomination_id=nomination_id, plan_id=plan_id, unit_id=unit_id, code=code, since=since
    )
    session.execute(
        statement.on_conflict_do_update(index_elements=["nomination_id"], set_={"since": statement.excluded.since})
    )


def move_work(session: Session, *, nomination_id: UUID, plan_id: str, unit_id: UUID, code: str) -> None:
    """A nomination goes on under another plan."""
    statement = insert(OpenWork).values(nomination_id=nomination_id, plan_id=plan_id, unit_id=unit_id, code=code)
    moved = {"plan_id": statement.excluded.plan_id, "unit_id": statement.excluded.unit_id}
    session.execute(statement.on_conflict_do_update(index_elements=["nomination_id"], set_=moved))


def close_work(session: Session, *, nomination_id: UUID, plan_id: str, unit_id: UUID, code: str) -> None:
    """A nomination is decided or withdrawn; so it stays, in whatever order its events are heard."""
    statement = insert(OpenWork).values(
        nomination_id=nomination_id, plan_id=plan_id, unit_id=unit_id, code=code, closed=True
    )
    session.execute(statement.on_conflict_do_update(index_elements=["nomination_id"], set_={"closed": True}))

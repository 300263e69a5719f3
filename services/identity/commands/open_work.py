"""Keep the small copy of what is open in each unit, from what nomination and review say."""

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from services.identity.models.registry import OpenWork
from shared.events.nomination import NominationSubmitted, NominationTransferred, NominationWithdrawn
from shared.events.review import CaseDeclined, CaseRecognised, CaseSentToNurture


def open_work(session: Session, said: NominationSubmitted, *, plan_id: str) -> None:
    """A nomination is open. Its end may have been heard before: then it stays closed."""
    statement = insert(OpenWork).values(
        nomination_id=said.nomination_id,
        plan_id=plan_id,
        unit_id=said.unit_id,
        code=said.code,
        since=said.submitted_on,
    )
    session.execute(
        statement.on_conflict_do_update(index_elements=["nomination_id"], set_={"since": statement.excluded.since})
    )


def move_work(session: Session, said: NominationTransferred) -> None:
    """A nomination goes on under another plan."""
    place = {"plan_id": said.to_plan, "unit_id": said.to_unit_id}
    statement = insert(OpenWork).values(nomination_id=said.nomination_id, code=said.code, **place)
    session.execute(statement.on_conflict_do_update(index_elements=["nomination_id"], set_=place))


def close_work(
    session: Session,
    said: NominationWithdrawn | CaseRecognised | CaseDeclined | CaseSentToNurture,
    *,
    plan_id: str,
) -> None:
    """A nomination is decided or withdrawn; so it stays, in whatever order its events are heard."""
    statement = insert(OpenWork).values(
        nomination_id=said.nomination_id, plan_id=plan_id, unit_id=said.unit_id, code=said.code, closed=True
    )
    session.execute(statement.on_conflict_do_update(index_elements=["nomination_id"], set_={"closed": True}))

"""What the other services made of a nomination: its stage and its timeline follow."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from services.nomination.models import Happening, Nomination
from services.nomination.rules.stages import Stage, Step, after_hearing
from shared.bus.ear import NotYet


def note(
    session: Session,
    *,
    event_id: UUID,
    nomination_id: UUID,
    kind: str,
    at: datetime,
    step: Step | None = None,
    detail: str = "",
    address: str = "",
) -> Nomination:
    """Put news on the timeline and take the step that it means, if there is still one to take."""
    nomination = session.exec(select(Nomination).where(Nomination.id == nomination_id).with_for_update()).one_or_none()
    if nomination is None:
        raise NotYet(f"nomination {nomination_id} is not here")
    fresh = session.execute(
        insert(Happening)
        .values(id=event_id, nomination_id=nomination_id, kind=kind, happened_at=at, detail=detail, address=address)
        .on_conflict_do_nothing()
        .returning(Happening.__table__.c.id)  # type: ignore[attr-defined]  # SQLModel hides the table from mypy
    ).scalar()
    stage = after_hearing(Stage(nomination.stage), step) if fresh and step else Stage(nomination.stage)
    if stage.value != nomination.stage:
        nomination.stage = stage.value
        nomination.changed_at = at
        nomination.version += 1
    return nomination

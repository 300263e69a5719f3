"""What the other services made of a nomination: its stage and its timeline follow."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from services.nomination.models import Candidate, Happening, Nomination
from services.nomination.rules.stages import Stage, Step, after_hearing
from shared.bus.ear import NotYet
from shared.bus.record import record
from shared.events.nomination import CandidateIdentified
from shared.ids import new_id


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


def identify_candidate(session: Session, nomination: Nomination, *, weaknesses: str, on: date) -> None:
    """Name the nominee as one to nurture, once (plan II.2.c), under the plan where the dossier goes on."""
    candidate_id = session.execute(
        insert(Candidate)
        .values(
            id=new_id(),
            nomination_id=nomination.id,
            plan_id=nomination.plan_id,
            unit_id=nomination.unit_id,
            weaknesses=weaknesses,
            identified_on=on,
        )
        .on_conflict_do_nothing()
        .returning(Candidate.__table__.c.id)  # type: ignore[attr-defined]  # SQLModel hides the table from mypy
    ).scalar()
    if candidate_id is None or nomination.stage == Stage.WITHDRAWN:
        return
    event = CandidateIdentified(
        candidate_id=candidate_id,
        nomination_id=nomination.id,
        unit_id=nomination.unit_id,
        field=nomination.field,
        subject_kind=nomination.subject_kind,
        weaknesses=weaknesses,
    )
    record(session, event, nomination.plan)

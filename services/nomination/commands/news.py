"""What the other services made of a nomination: its stage and its timeline follow."""

from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from services.nomination.models import Happening, Nomination
from services.nomination.rules.stages import Stage, Step, after_hearing
from shared.bus.ear import NotYet
from shared.bus.told import Told
from shared.events.review import RoleModelPutForward
from shared.plan.ladder import tier_of_unit


def note(
    session: Session, told: Told[Any], kind: str, *, step: Step | None = None, detail: str = "", address: str = ""
) -> Nomination:
    """Put news of a nomination on its timeline, and take the step that it means if there is still one to take.

    Raises NotYet.
    """
    nomination_id = told.data.nomination_id
    nomination = session.exec(select(Nomination).where(Nomination.id == nomination_id).with_for_update()).one_or_none()
    if nomination is None:
        raise NotYet(f"nomination {nomination_id} is not here")
    fresh = session.execute(
        insert(Happening)
        .values(
            id=told.id, nomination_id=nomination_id, kind=kind, happened_at=told.time, detail=detail, address=address
        )
        .on_conflict_do_nothing()
        .returning(Happening.__table__.c.id)  # type: ignore[attr-defined]  # SQLModel hides the table from mypy
    ).scalar()
    stage = after_hearing(Stage(nomination.stage), step) if fresh and step else Stage(nomination.stage)
    if stage.value != nomination.stage:
        nomination.stage = stage.value
        nomination.changed_at = told.time
        nomination.version += 1
    return nomination


def note_put_forward(session: Session, told: Told[RoleModelPutForward]) -> None:
    """The commune itself put the model forward: on the ladder, that is the rung of the unit it went to."""
    said = told.data
    tier = tier_of_unit(told.plan, said.to_unit_id, said.put_forward_on)
    note(session, told, "put_forward", detail=tier.rung.id if tier else "")

"""Movements that units launch, and the nominations that come out of them (plan II.2.c)."""

from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from services.nomination.commands.transfer import require_going_on
from services.nomination.models import Movement
from services.nomination.queries.movements import chosen_movement
from services.nomination.rules.fault import Fault, Incomplete
from services.nomination.rules.movements import Launch, Launched
from shared.access.principal import Principal
from shared.bus.record import record
from shared.clock import now
from shared.events.nomination import MovementFound, MovementLaunched
from shared.ids import new_id
from shared.plan import Plan


def launch_movement(session: Session, who: Principal, plan: Plan, launch: Launch) -> bool:
    """Launch a movement in the name of the asker's unit; False when the very same one was launched before.

    Raises Refused("nomination.commune_ended").
    """
    require_going_on(session, plan)
    movement_id = session.execute(
        insert(Movement)
        .values(
            id=new_id(),
            plan_id=plan.id,
            unit_id=who.unit_id,
            person_id=who.person_id,
            title=launch.title,
            carries_out=launch.carries_out,
            starts_on=launch.starts_on,
            ends_on=launch.ends_on,
            launched_at=now(),
        )
        .on_conflict_do_nothing()
        .returning(Movement.__table__.c.id)  # type: ignore[attr-defined]  # SQLModel hides the table from mypy
    ).scalar()
    if movement_id is None:
        return False
    event = MovementLaunched(
        movement_id=movement_id,
        unit_id=who.unit_id,
        title=launch.title,
        starts_on=launch.starts_on,
        ends_on=launch.ends_on,
    )
    record(session, event, plan)
    return True


def open_movement(session: Session, plan: Plan, choice: str, today: date) -> Launched | None:
    """As `chosen_movement`, but raises Incomplete."""
    chosen = chosen_movement(session, plan, choice, today)
    if isinstance(chosen, Fault):
        raise Incomplete({"movement": chosen})
    return chosen


def say_found(session: Session, plan: Plan, launched: Launched, *, nomination_id: UUID, unit_id: UUID) -> None:
    """Say that a movement found a nominee."""
    said = MovementFound(movement_id=launched.id, nomination_id=nomination_id, unit_id=unit_id, title=launched.title)
    record(session, said, plan)

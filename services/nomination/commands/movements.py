"""Movements that units launch (plan II.2.c)."""

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from services.nomination.commands.transfer import require_going_on
from services.nomination.models import Movement
from services.nomination.rules.movements import Launch
from shared.access.principal import Principal
from shared.bus.record import record
from shared.clock import now
from shared.events.nomination import MovementLaunched
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

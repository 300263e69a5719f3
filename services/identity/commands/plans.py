"""Put a plan into force, or bring a changed plan file up to date."""

from datetime import date
from uuid import UUID, uuid5

from sqlalchemy import func, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from services.identity.commands.registry import lock_registry, register
from services.identity.models.units import PlanActivation, Unit
from services.identity.queries.accounts import has_ended
from shared.bus.days import first_day
from shared.bus.record import record
from shared.events.identity import PlanActivated, UnitRegistered
from shared.plan import Plan
from shared.plan import Unit as PlanUnit


def activate_plan(session: Session, plan: Plan, today: date) -> None:
    """Put the plan into force from `today` on: its units are registered, its days are announced, everyone is told.

    Safe to call again, from several processes too: then nothing is said but the units that are new or have changed.
    A unit that the file no longer names is withdrawn, and so are the rights of its people. A plan whose commune has
    ended stays ended: nothing happens.
    """
    lock_registry(session)
    if has_ended(session, plan.id):
        return
    is_new = put_into_force(session, plan)
    reworded = register_units(session, plan)
    register(session, plan, reworded, today)
    if is_new:
        record(session, activation_of(plan), plan)
    first_day(session, plan, today)


def activation_id(plan: Plan) -> UUID:
    """The subject of `plan.activated`: the same wherever and whenever the plan is activated."""
    return uuid5(plan.unit.id, plan.id)


def put_into_force(session: Session, plan: Plan) -> bool:
    """Whether the plan is activated for the first time. The row's lock makes a second caller wait for the first."""
    values = {
        "unit_id": plan.unit.id,
        "title": str(plan.title),
        "starts_on": plan.period.starts_on,
        "ends_on": plan.period.ends_on,
    }
    statement = insert(PlanActivation).values(plan_id=plan.id, **values)
    known = session.execute(
        statement.on_conflict_do_nothing().returning(col(PlanActivation.plan_id))
    ).scalar_one_or_none()
    if known is not None:
        return True
    session.execute(update(PlanActivation).where(col(PlanActivation.plan_id) == plan.id).values(**values))
    return False


def activation_of(plan: Plan) -> PlanActivated:
    return PlanActivated(
        plan_id=activation_id(plan),
        key=plan.id,
        title=str(plan.title),
        starts_on=plan.period.starts_on,
        ends_on=plan.period.ends_on,
    )


def register_units(session: Session, plan: Plan) -> tuple[UUID, ...]:
    """Make the rows equal to the plan's units; say each that is new, back, or different. Those known before."""
    known = {unit.id: unit for unit in session.exec(select(Unit).where(Unit.plan_id == plan.id))}
    gone = set(known) - {unit.id for unit in plan.units}
    session.execute(
        update(Unit)
        .where(col(Unit.plan_id) == plan.id, col(Unit.id).in_(gone), col(Unit.withdrawn_at).is_(None))
        .values(withdrawn_at=func.now())
    )
    changed = [unit for unit in plan.units if unit.id not in known or differs(known[unit.id], unit, plan)]
    if not changed:
        return ()
    release_keys(session, plan, [unit.id for unit in changed])
    rows = [{"plan_id": plan.id, "id": unit.id, **place_of(unit, plan), "withdrawn_at": None} for unit in changed]
    statement = insert(Unit).values(rows)
    kept = {name: statement.excluded[name] for name in rows[0] if name not in {"plan_id", "id"}}
    session.execute(statement.on_conflict_do_update(index_elements=["plan_id", "id"], set_=kept))
    for unit in changed:
        record(session, UnitRegistered(unit_id=unit.id, **place_of(unit, plan)), plan)
    session.expire_all()
    return tuple(unit.id for unit in changed if unit.id in known)


def release_keys(session: Session, plan: Plan, ids: list[UUID]) -> None:
    """Two units may have changed keys with each other: a key is unique among units that are not withdrawn."""
    session.execute(
        update(Unit).where(col(Unit.plan_id) == plan.id, col(Unit.id).in_(ids)).values(withdrawn_at=func.now())
    )


def differs(row: Unit, unit: PlanUnit, plan: Plan) -> bool:
    return row.withdrawn_at is not None or any(
        getattr(row, name) != value for name, value in place_of(unit, plan).items()
    )


def place_of(unit: PlanUnit, plan: Plan) -> dict[str, object]:
    """What is registered of a unit besides its id, by the names that rows and events share."""
    return {
        "key": unit.key,
        "name": str(unit.name),
        "kind": unit.kind,
        "parent_id": plan.unit_by_key(unit.parent).id if unit.parent else None,
        "code": unit.code,
        "code_list": unit.code_list,
    }

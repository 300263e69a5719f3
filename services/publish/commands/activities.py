"""Records what was done for the plan outside the product."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from services.publish.commands.closing import require_going_on
from services.publish.models import Activity
from services.publish.rules.activity import require_held
from shared.access.principal import Principal
from shared.access.rights import Action, Thing, require
from shared.access.sight import EVERYTHING
from shared.bus.record import record
from shared.clock import now
from shared.database import widened
from shared.errors import Conflict, Invalid
from shared.events.publish import ActivityRecorded
from shared.plan import Plan
from shared.plan.shelf import plan_of


@dataclass(frozen=True, slots=True)
class Done:
    """One activity as somebody tells it. `id` comes from the form, so that sending it twice records it once."""

    id: UUID
    kind: str
    clause_id: str  # "" when only the kind says it
    unit_id: UUID
    title: str
    held_on: date
    participants: int
    cost_vnd: int


def record_activity(session: Session, done: Done, *, who: Principal, today: date) -> UUID:
    """Store it and say so; its id. The same form again changes nothing.

    Raises Forbidden for a unit that the asker does not act for, Invalid for a kind, clause, unit or day that the plan
    does not have, Conflict when the id is another plan's, Refused("activity.commune_ended").
    """
    if is_known(session, done.id, who):
        return done.id
    plan = plan_of(who.plan_id)
    require_going_on(session, plan.id, refusal="activity.commune_ended")
    require(who, Action.RECORD_ACTIVITY, Thing(plan.id, done.unit_id))
    require_in_plan(done, plan)
    require_held(done.held_on, today=today, starts_on=plan.period.starts_on, ends_on=plan.period.ends_on)
    session.add(
        Activity(
            id=done.id,
            plan_id=plan.id,
            unit_id=done.unit_id,
            kind=done.kind,
            clause_id=done.clause_id,
            title=done.title,
            held_on=done.held_on,
            participants=done.participants,
            cost_vnd=done.cost_vnd,
            recorded_by=who.person_id,
            recorded_at=now(),
        )
    )
    record(
        session,
        ActivityRecorded(
            activity_id=done.id,
            activity_kind=done.kind,
            clause_id=done.clause_id,
            unit_id=done.unit_id,
            title=done.title,
            held_on=done.held_on,
            participants=done.participants,
            cost_vnd=done.cost_vnd,
        ),
        plan,
    )
    return done.id


def is_known(session: Session, activity_id: UUID, who: Principal) -> bool:
    """Whether the asker recorded it before. Raises Conflict when somebody else did, in whatever commune."""
    with widened(session, EVERYTHING, why="another's activity with this id must be met, not overlooked and run into"):
        known = session.get(Activity, activity_id)
    if known is not None and (known.plan_id, known.recorded_by) != (who.plan_id, who.person_id):
        raise Conflict("activity.other")
    return known is not None


def require_in_plan(done: Done, plan: Plan) -> None:
    """Raises Invalid with one fault for each name that the plan does not have."""
    known = {
        "kind": done.kind in {kind.id for kind in plan.activity_kinds},
        "unit": done.unit_id in {unit.id for unit in plan.units},
        "clause": not done.clause_id or done.clause_id in {clause.id for clause in plan.clauses},
    }
    if faults := {name: "form.choice" for name, is_known in known.items() if not is_known}:
        raise Invalid(faults)

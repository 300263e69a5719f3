"""Confirm a change of units, keep it until its day, and let it take effect."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, text
from sqlmodel import Session, col, select, update

from services.identity.commands.offices import end_office, move_office
from services.identity.commands.plans import activate_plan
from services.identity.commands.registry import apply, lock_registry
from services.identity.commands.requests import as_json, from_json
from services.identity.commands.sayings import say_change
from services.identity.models.registry import UnitChange
from services.identity.models.units import PlanActivation
from services.identity.queries.changes import Preview, plans_in_force, preview_of
from services.identity.rules.units import Request
from shared.errors import Conflict, NotFound, Refusal, Refused
from shared.plan.shelf import shelf


def confirm(session: Session, request: Request, *, digest: str, decided_by: UUID, today: date) -> UnitChange:
    """The change, applied if its day has come, or scheduled for it.

    `digest` is that of the preview that was agreed to. Raises Conflict("change.differs") when the change would move
    other things by now, Refused("change.unanswered") while a question is open, and whatever `preview_of` raises.
    """
    lock_registry(session)
    preview = decided(session, request)
    if preview.digest != digest:
        raise Conflict("change.differs")
    kept = UnitChange(on_day=request.on, request=as_json(request), state="scheduled", decided_by=decided_by)
    session.add(kept)
    session.flush()
    if request.on <= today:
        settle(session, kept, preview, today)
    return kept


def take_effect(session: Session, day: date) -> None:
    """Apply what was scheduled until this day, in its order. What has become impossible is refused and kept as such."""
    if session.execute(DUE, {"day": day}).first() is None:
        return
    lock_registry(session)
    due = select(UnitChange).where(UnitChange.state == "scheduled", col(UnitChange.on_day) <= day)
    for kept in session.exec(due.order_by(col(UnitChange.on_day), col(UnitChange.id)).with_for_update()).all():
        try:
            preview = decided(session, from_json(kept.request))
        except Refusal as refusal:
            details = {name: str(value) for name, value in refusal.details.items()}
            kept.state, kept.refusal = "refused", {"key": refusal.key, "details": details}
            continue
        settle(session, kept, preview, day)


def decided(session: Session, request: Request) -> Preview:
    """The preview of a change that leaves nothing open. Raises Refused."""
    preview = preview_of(session, request)
    if preview.change.questions:
        raise Refused("change.unanswered", count=len(preview.change.questions))
    return preview


def cancel(session: Session, change_id: UUID) -> None:
    """Take back a change whose day has not come. Raises NotFound, Conflict when it has taken effect."""
    kept = session.exec(select(UnitChange).where(UnitChange.id == change_id).with_for_update()).one_or_none()
    if kept is None:
        raise NotFound("change.unknown")
    if kept.state != "scheduled":
        raise Conflict("change.settled")
    kept.state = "cancelled"


def settle(session: Session, kept: UnitChange, preview: Preview, today: date) -> None:
    """The change takes effect: units, plans, offices; and everybody is told."""
    change = preview.change
    in_force = plans_in_force(session)
    apply(session, change)
    session.execute(
        update(PlanActivation).where(col(PlanActivation.plan_id).in_(change.ending_plans)).values(ended_on=change.on)
    )
    for plan_id in change.starting_plans:
        if plan_id not in in_force:
            activate_plan(session, shelf()[plan_id], today)
    say_change(session, preview, in_force)
    for move in preview.offices:
        if move.to is None:
            end_office(session, move.held)
        elif not move.stays:
            move_office(session, move.held, move.to)
    kept.state = "applied"
    session.flush()
    session.execute(update(UnitChange).where(col(UnitChange.id) == kept.id).values(settled_at=func.now()))


DUE = text("SELECT 1 FROM identity.unit_change WHERE state = 'scheduled' AND on_day <= :day LIMIT 1")

"""A day began: steps for candidates that are due soon are reminded of, and those not taken in time are said."""

from datetime import date

from sqlmodel import Session

from services.nomination.models import EndedPlan
from services.nomination.queries.nurture import open_measures
from services.nomination.rules.step_due import looks_ahead, overdue_due, reminder_due
from shared.bus.record import record
from shared.events.nomination import NurtureStepDue, NurtureStepOverdue
from shared.plan import Plan
from shared.succession import ending_of


def begin_day(session: Session, plan: Plan, today: date) -> None:
    """Say what the day brings for the plan's candidates. A day told again says nothing new."""
    if ending_of(session, EndedPlan, plan.id):
        return
    for candidate, measure in open_measures(session, plan.id, until=looks_ahead(today)):
        due_on = measure.due_on
        about = {"candidate_id": candidate.id, "unit_id": candidate.unit_id, "step_id": measure.id, "due_on": due_on}
        if reminder_due(due_on, today=today, reminded_on=measure.reminded_on):
            measure.reminded_on = today
            record(session, NurtureStepDue(**about, days_left=(due_on - today).days), candidate.plan)
        elif overdue_due(due_on, today=today, said_on=measure.overdue_on):
            measure.overdue_on = today
            record(session, NurtureStepOverdue(**about), candidate.plan)

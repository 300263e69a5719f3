"""A day began: what is awaited is reminded of, and what did not come in time is said."""

from datetime import date

from sqlmodel import Session

from services.review.commands.waiting import about
from services.review.queries.cases import ending_of_commune
from services.review.queries.resting import awaited_supplements, holds_past
from services.review.rules.resting import expiry_due, overdue_due, reminder_due
from shared.bus.record import record
from shared.events.review import HoldExpired, SupplementDue, SupplementOverdue
from shared.plan import Plan


def begin_day(session: Session, plan: Plan, today: date) -> None:
    """Say what the day brings for the plan's resting cases. A day told again says nothing new."""
    if ending_of_commune(session, plan.id):
        return
    watch_supplements(session, plan, today)
    watch_holds(session, plan, today)


def watch_supplements(session: Session, plan: Plan, today: date) -> None:
    for case, request in awaited_supplements(session, plan.id):
        due_on = request.due_on
        if reminder_due(due_on, today=today, reminded_on=request.reminded_on):
            request.reminded_on = today
            said = SupplementDue(**about(case), due_on=due_on, days_left=(due_on - today).days)
            record(session, said, case.plan)
        elif overdue_due(due_on, today=today, said_on=request.overdue_on):
            request.overdue_on = today
            record(session, SupplementOverdue(**about(case), due_on=due_on), case.plan)


def watch_holds(session: Session, plan: Plan, today: date) -> None:
    for case, held in holds_past(session, plan.id, today):
        if expiry_due(held.held_until, today=today, reminded_on=held.reminded_on):
            held.reminded_on = today
            record(session, HoldExpired(**about(case), held_until=held.held_until, said_on=today), case.plan)

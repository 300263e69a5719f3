"""When somebody is reminded of a step that helps a candidate."""

from datetime import date, timedelta

REMIND_DAYS_BEFORE = 3


def reminder_due(due_on: date, *, today: date, reminded_on: date | None) -> bool:
    """Whether the unit is reminded today: once for each last day, shortly before it."""
    return reminded_on is None and timedelta() <= due_on - today <= timedelta(days=REMIND_DAYS_BEFORE)


def overdue_due(due_on: date, *, today: date, said_on: date | None) -> bool:
    """Whether it is said today that a step was not taken: once for each last day."""
    return said_on is None and today > due_on


def looks_ahead(today: date) -> date:
    """The last day of which somebody may be reminded today."""
    return today + timedelta(days=REMIND_DAYS_BEFORE)

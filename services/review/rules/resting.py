"""Why a case may rest, for how long, and when somebody is reminded of it."""

from datetime import date, timedelta
from enum import StrEnum

from services.review.rules.decisions import clean_text
from shared.errors import Invalid, Refused
from shared.plan import ReviewRule

SHORTEST, LONGEST = 10, 2000  # characters of what is missing, and of the reason of a hold
DUE_AT_MOST_DAYS = 90
REMIND_DAYS_BEFORE = 2
REMIND_AGAIN_AFTER_DAYS = 7


class Ground(StrEnum):
    """Decree 152/2025/NĐ-CP, Art. 4: what is being looked into is not commended meanwhile."""

    DISCIPLINE = "discipline"
    INVESTIGATION = "investigation"
    INSPECTION = "inspection"
    COMPLAINT = "complaint"
    PRESS = "press"
    OTHER = "other"


def check_returns_left(rule: ReviewRule, *, returned: int) -> None:
    """Raise Refused("case.returned_enough") when the dossier went back as often as the plan allows."""
    if returned >= rule.supplements_at_most:
        raise Refused("case.returned_enough", most=rule.supplements_at_most)


def checked_words(raw: str, *, name: str) -> str:
    """What is missing, or why a case is held, as it is kept. Raises Invalid."""
    words = clean_text(raw, name=name, longest=LONGEST)
    if len(words) < SHORTEST:
        raise Invalid({name: f"{name}.too_short"})
    return words


def check_due(due_on: date, *, today: date) -> None:
    """Raise Invalid unless the unit has at least a day, and at most DUE_AT_MOST_DAYS."""
    if not today < due_on <= today + timedelta(days=DUE_AT_MOST_DAYS):
        raise Invalid({"due_on": "due_on.out_of_reach"})


def check_until(until: date, rule: ReviewRule, *, today: date) -> None:
    """Raise Invalid unless the last day of a hold lies ahead, within what the plan allows at a time."""
    if not today < until <= today + timedelta(days=rule.held_at_most_days):
        raise Invalid({"until": "until.out_of_reach"})


def reminder_due(due_on: date, *, today: date, reminded_on: date | None) -> bool:
    """Whether the unit is reminded today: once, shortly before the last day."""
    return reminded_on is None and timedelta() <= due_on - today <= timedelta(days=REMIND_DAYS_BEFORE)


def overdue_due(due_on: date, *, today: date, said_on: date | None) -> bool:
    """Whether it is said today that a supplement did not come: once."""
    return said_on is None and today > due_on


def expiry_due(held_until: date, *, today: date, reminded_on: date | None) -> bool:
    """Whether it is said today that a hold should have ended: on the first day after it, then every week."""
    last = reminded_on or held_until - timedelta(days=REMIND_AGAIN_AFTER_DAYS)
    return today > held_until and today - last >= timedelta(days=REMIND_AGAIN_AFTER_DAYS)

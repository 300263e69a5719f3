"""Said by the housekeeper: time passes."""

from datetime import date
from uuid import UUID

from shared.events.event import Event


class DayBegan(
    Event,
    type="clock.day_began",
    version=1,
    subject="day",
    heard_by=("identity", "nomination", "review", "report"),
):
    """A calendar day began in Vietnam, within the period of the plan or in its year of grace.

    Said once per plan and day, also for days on which the installation was off, in order. Schedules hang on it:
    a handler that needs "today" takes `day`, never the clock.
    """

    day_id: UUID
    day: date

"""What a plan asks for by a day, on a day, or in every quarter."""

from dataclasses import dataclass
from datetime import date, timedelta

from shared.plan.period import Per, Period, Window
from shared.plan.text import Text


@dataclass(frozen=True, slots=True)
class Deadline:
    """A report that must have gone *before* a day: that day itself is too late."""

    id: str
    clause: str
    title: Text
    before: date
    report: str
    to: str

    @property
    def last_day(self) -> date:
        """The last day that is in time: "trước ngày 31/5" is met on 30/5."""
        return self.before - timedelta(days=1)

    def is_met_by(self, day: date) -> bool:
        return day < self.before

    def days_left(self, today: date) -> int:
        """Whole days from today to the last day in time: 0 on that day, negative when it is too late."""
        return (self.last_day - today).days


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day to honour role models. `on` is None where the plan names the year only."""

    id: str
    clause: str
    title: Text
    year: int
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """How many of an event each unit owes in every window.

    `unit` is "commune" for the plan's own unit, whatever its kind, or the kind of the units that owe it each.
    """

    id: str
    clause: str
    title: Text
    minimum: int
    per: Per
    counts: str
    unit: str
    alarms: tuple[int, ...]

    def windows(self, period: Period) -> tuple[Window, ...]:
        return period.windows(self.per)

    def alarm_days(self, window: Window) -> tuple[date, ...]:
        """The days on which a short window raises an alarm, earliest first."""
        return tuple(window.ends_on - timedelta(days=days) for days in sorted(self.alarms, reverse=True))


@dataclass(frozen=True, slots=True)
class Yearbook:
    """A yearbook with a period of its own, which may differ from the plan's."""

    clause: str
    title: Text
    period: Period

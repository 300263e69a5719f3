"""Said by report: how the plan stands against its own clock and quotas."""

from datetime import date
from uuid import UUID

from shared.events.event import Event


class QuotaMet(Event, type="quota.met", version=1, subject="quota", heard_by=("report",)):
    """The quarter has what the plan asks of it."""

    quota_id: UUID
    quota: str
    unit_id: UUID
    quarter: str  # "2026-Q4"
    counted: int
    minimum: int


class QuotaAtRisk(Event, type="quota.at_risk", version=1, subject="quota", heard_by=("notify", "report")):
    """The quarter is short, and one of the plan's alarm days before its end has come."""

    quota_id: UUID
    quota: str
    unit_id: UUID
    quarter: str
    counted: int
    minimum: int
    days_left: int  # whole days from today to the quarter's last day, 0 on that day


class QuotaMissed(Event, type="quota.missed", version=1, subject="quota", heard_by=("notify", "report")):
    """The quarter ended short."""

    quota_id: UUID
    quota: str
    unit_id: UUID
    quarter: str
    counted: int
    minimum: int


class ReportDue(Event, type="report.due", version=1, subject="deadline", heard_by=("notify", "report")):
    """A report of the plan is due soon. `last_day` is the last day that is in time (deadlines are exclusive)."""

    deadline_id: UUID
    report: str
    title: str
    last_day: date
    days_left: int


class ReportSubmitted(Event, type="report.submitted", version=1, subject="deadline", heard_by=("notify", "report")):
    """The report went to the aggregating tier."""

    deadline_id: UUID
    report: str
    title: str
    to_unit_id: UUID
    submitted_on: date
    on_time: bool


class ReportOverdue(Event, type="report.overdue", version=1, subject="deadline", heard_by=("notify", "report")):
    """The last day passed and no report went."""

    deadline_id: UUID
    report: str
    title: str
    last_day: date


class CadenceGapDetected(
    Event, type="cadence.gap_detected", version=1, subject="cadence", heard_by=("notify", "report")
):
    """Nothing was published for longer than the plan's "regular and continuous" allows (plan I.2)."""

    cadence_id: UUID
    unit_id: UUID
    last_published_on: date | None
    days_silent: int

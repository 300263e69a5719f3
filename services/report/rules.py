"""The plan against its own clock: pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.plan import Clause, Deadline, Occasion, Period, Plan, Quota, Window

ONCE_SECTIONS = {"title", "basis", "sign", "recipients"}  # fulfilled by one act, not by going on
DUE_SOON_DAYS = 60
REPORT_ALARMS = (30, 14, 7, 3, 1, 0)  # whole days before the last day on which a report is announced as due
SILENT_DAYS = 45  # "thường xuyên, liên tục" (I.2): longer without a story is a gap


class State(StrEnum):
    """How a clause stands."""

    DONE = "done"
    UNDER_WAY = "under_way"
    DUE = "due"
    LATE = "late"
    NOT_STARTED = "not_started"
    TRANSFERRED = "transferred"  # its day lies after the end of the commune: the successor's plan counts anew


@dataclass(frozen=True, slots=True)
class Standing:
    """A clause's state; `days` to the day it is due, negative once that has passed, None where no day is set."""

    state: State
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known for a clause: how many events prove it, and which duties hang on it."""

    proofs: int
    today: date
    submitted: dict[str, bool]  # {deadline id: whether it was in time}
    counted: dict[str, int]  # {quota id: how many in the present window}
    ended_on: date | None = None  # the first day without the commune; `today` is then before it

    def outlives(self, day: date) -> bool:
        """Whether a duty of that day came to an end with the commune."""
        return self.ended_on is not None and day >= self.ended_on


def standing(plan: Plan, clause: Clause, evidence: Evidence) -> Standing:
    """How the clause stands today. What is late comes before what is due, and that before what goes on."""
    duties = [
        *(deadline_standing(due, evidence) for due in plan.deadlines if due.clause == clause.id),
        *(quota_standing(quota, plan.period, evidence) for quota in plan.quotas if quota.clause == clause.id),
        *(occasion_standing(one, evidence) for one in plan.occasions if one.clause == clause.id),
    ]
    return worst(duties) if duties else going(plan.period, clause, evidence)


def going(period: Period, clause: Clause, evidence: Evidence) -> Standing:
    """A clause without a day of its own: once done it is done, or it goes on as long as the plan does."""
    if evidence.ended_on:
        return Standing(State.DONE if evidence.proofs else State.TRANSFERRED)
    over = evidence.today > period.ends_on
    if evidence.proofs:
        once = clause.section in ONCE_SECTIONS
        return Standing(State.DONE if once or over else State.UNDER_WAY)
    return Standing(State.LATE if over else State.NOT_STARTED)


def deadline_standing(deadline: Deadline, evidence: Evidence) -> Standing:
    """A report: sent is done, in time or not; a passed day is late (the day named by the plan is itself too late)."""
    if deadline.id in evidence.submitted:
        return Standing(State.DONE)
    if evidence.outlives(deadline.last_day):
        return Standing(State.TRANSFERRED)
    days = deadline.days_left(evidence.today)
    if days < 0:
        return Standing(State.LATE, days)
    return Standing(State.DUE if days <= DUE_SOON_DAYS else State.NOT_STARTED, days)


def quota_standing(quota: Quota, period: Period, evidence: Evidence) -> Standing:
    """A quota in the present window: enough is under way, short is due by the window's end."""
    window = present_window(quota, period, evidence.today)
    if window is None:
        return Standing(State.DONE if evidence.proofs else State.LATE)
    enough = evidence.counted.get(quota.id, 0) >= quota.minimum
    if evidence.ended_on:
        ended = State.DONE if enough else State.LATE
        return Standing(State.TRANSFERRED if evidence.outlives(window.ends_on) else ended)
    if enough:
        return Standing(State.UNDER_WAY, window.days_left(evidence.today))
    return Standing(State.DUE, window.days_left(evidence.today))


def occasion_standing(occasion: Occasion, evidence: Evidence) -> Standing:
    """An occasion: an act that proves it makes it done; a year without a day is due by its end."""
    if evidence.proofs:
        return Standing(State.DONE)
    day = occasion.on or date(occasion.year, 12, 31)
    if evidence.outlives(day):
        return Standing(State.TRANSFERRED)
    days = (day - evidence.today).days
    if days < 0:
        return Standing(State.LATE, days)
    return Standing(State.DUE if days <= DUE_SOON_DAYS else State.NOT_STARTED, days)


def worst(standings: Iterable[Standing]) -> Standing:
    """The one that needs somebody most."""
    order = (State.LATE, State.DUE, State.TRANSFERRED, State.NOT_STARTED, State.UNDER_WAY, State.DONE)
    return min(standings, key=lambda one: (order.index(one.state), one.days if one.days is not None else 10_000))


def present_window(quota: Quota, period: Period, today: date) -> Window | None:
    """The window of the quota in which today falls, None outside the plan."""
    return next((window for window in quota.windows(period) if window.contains(today)), None)


def alarm_due(quota: Quota, window: Window, *, today: date, warned_on: date | None) -> bool:
    """Whether an alarm day of the plan has come that was not yet answered by a warning."""
    return any(day <= today and (warned_on is None or warned_on < day) for day in quota.alarm_days(window))


def report_alarm(days_left: int, announced: int | None) -> int | None:
    """The alarm to announce today: the nearest one that has come and was not announced; None when there is none."""
    come = [alarm for alarm in REPORT_ALARMS if days_left <= alarm]
    if days_left < 0 or not come:
        return None
    return min(come) if announced is None or min(come) < announced else None


def gap_days(today: date, *, last_published_on: date | None, since: date) -> int | None:
    """For how many days nothing was published when that is a gap, else None. `since` is the plan's first day."""
    silent = (today - (last_published_on or since)).days
    return silent if silent > SILENT_DAYS else None

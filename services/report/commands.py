"""What report does on its own account: keeps the plan's clock and quotas, and sends reports off."""

from datetime import date
from uuid import UUID, uuid5

from sqlmodel import Session

from services.report import rules
from services.report.models import DeadlineState, EndedPlan, PlanDay, QuotaWindow
from services.report.queries import deadline_states, open_windows, quota_windows
from shared.bus.record import record, record_once
from shared.bus.told import Told
from shared.errors import Conflict, Refused
from shared.events.identity import UnitDissolved
from shared.events.report import (
    CadenceGapDetected,
    QuotaAtRisk,
    QuotaMet,
    QuotaMissed,
    ReportDue,
    ReportOverdue,
    ReportSubmitted,
)
from shared.plan import Deadline, Plan, Quota, Window
from shared.plan.period import window_of
from shared.succession import ending_of, keep_ending


def begin_day(session: Session, plan: Plan, today: date) -> None:
    """Let the plan's clock strike: quotas at risk or missed, reports due or overdue, silence."""
    day = plan_day(session, plan, today)
    if today < day.today:
        return  # a day told again after a later one has nothing new to say
    day.today = today
    ending = ending_of(session, EndedPlan, plan.id)
    for quota in plan.quotas:
        watch_quota(session, plan, quota, today, until=ending.on if ending else None)
    for deadline in plan.deadlines:
        if ending is None or deadline.last_day < ending.on:
            watch_deadline(session, plan, deadline, today)
    if ending is None and plan.period.contains(today):
        watch_cadence(session, plan, day)


def stop_clock(session: Session, told: Told[UnitDissolved]) -> None:
    """What would end on the commune's last day or later is neither missed nor late: its successor's plan counts anew.

    Nothing of it is left, so that it makes no difference whether the last days were heard before or after.
    """
    ending = keep_ending(session, EndedPlan, told)
    plan = ending.plan
    ends = {(quota.id, window.key): window.ends_on for quota in plan.quotas for window in quota.windows(plan.period)}
    for row in quota_windows(session, plan.id):
        if ends.get((row.quota, row.window), ending.on) < ending.on:
            continue
        row.warned_on, row.missed = None, False
        if not row.counted:
            session.delete(row)
    moved = [deadline.id for deadline in plan.deadlines if deadline.last_day >= ending.on]
    for key, state in deadline_states(session, plan.id).items():
        if key in moved and state.submitted_on is None:
            session.delete(state)
    plan_day(session, plan, plan.period.starts_on).gap_said_for = None


def plan_day(session: Session, plan: Plan, today: date) -> PlanDay:
    """The plan's row, made when the plan is heard of first."""
    found = session.get(PlanDay, plan.id)
    if found is None:
        found = PlanDay(plan_id=plan.id, cadence_id=uuid5(plan.unit.id, f"{plan.id}/cadence"), today=today)
        session.add(found)
    return found


def count_towards_quotas(session: Session, plan: Plan, *, event_name: str, unit_id: UUID, on: date) -> None:
    """Count one for every quota of the plan that counts this event, in the window of the day it happened."""
    for quota in plan.quotas:
        if quota.counts == event_name:
            owner = owing_unit(plan, quota, unit_id)
            if owner is not None:
                count_one(session, plan, quota, owner, on)


def owing_unit(plan: Plan, quota: Quota, unit_id: UUID) -> UUID | None:
    """Who owes the quota: the commune as a whole, or the acting unit when it is of the kind that owes it each."""
    if quota.unit == "commune":
        return plan.unit.id
    return unit_id if plan.unit_by_id(unit_id).kind == quota.unit else None


def count_one(session: Session, plan: Plan, quota: Quota, unit_id: UUID, on: date) -> None:
    """One more in the window; `quota.met` is said when it becomes enough."""
    window = window_of(on, quota.per)
    row = quota_window(session, plan, quota, unit_id, window)
    row.counted += 1
    if row.counted >= quota.minimum and row.met_on is None:
        row.met_on = on
        record_once(session, QuotaMet(**figures(row, quota)), plan)


def watch_quota(session: Session, plan: Plan, quota: Quota, today: date, *, until: date | None) -> None:
    """Warn on the plan's alarm days while a window is short; say so when it ended short.

    `until` is the first day without the commune: windows that end on it or later are not watched.
    """
    window = rules.present_window(quota, plan.period, today)
    if window and (until is None or window.ends_on < until):
        for unit_id in owing_units(plan, quota):
            row = quota_window(session, plan, quota, unit_id, window)
            warn_if_short(session, plan, quota, row, window, today)
    for row in open_windows(session, plan.id, quota.id):
        if window_ended(quota, plan, row.window, min(today, until or today)) and row.counted < quota.minimum:
            row.missed = True
            record_once(session, QuotaMissed(**figures(row, quota)), plan)


def warn_if_short(session: Session, plan: Plan, quota: Quota, row: QuotaWindow, window: Window, today: date) -> None:
    """One warning per alarm day that has come."""
    short = row.counted < quota.minimum
    if short and rules.alarm_due(quota, window, today=today, warned_on=row.warned_on):
        row.warned_on = today
        record_once(session, QuotaAtRisk(**figures(row, quota), days_left=window.days_left(today)), plan)


def owing_units(plan: Plan, quota: Quota) -> list[UUID]:
    """Every unit that owes the quota."""
    if quota.unit == "commune":
        return [plan.unit.id]
    return [unit.id for unit in plan.units if unit.kind == quota.unit]


def window_ended(quota: Quota, plan: Plan, key: str, today: date) -> bool:
    return any(window.key == key and window.ends_on < today for window in quota.windows(plan.period))


def quota_window(session: Session, plan: Plan, quota: Quota, unit_id: UUID, window: Window) -> QuotaWindow:
    """The row of a window, made when it is needed first."""
    found = session.get(QuotaWindow, (plan.id, quota.id, unit_id, window.key))
    if found is None:
        found = QuotaWindow(
            plan_id=plan.id,
            quota=quota.id,
            unit_id=unit_id,
            window=window.key,
            quota_id=uuid5(unit_id, f"{plan.id}/{quota.id}/{window.key}"),
        )
        session.add(found)
    return found


def figures(row: QuotaWindow, quota: Quota) -> dict[str, object]:
    """What every quota event says."""
    return {
        "quota_id": row.quota_id,
        "quota": quota.id,
        "unit_id": row.unit_id,
        "quarter": row.window,
        "counted": row.counted,
        "minimum": quota.minimum,
    }


def watch_deadline(session: Session, plan: Plan, deadline: Deadline, today: date) -> None:
    """Announce a report that is due soon, once per alarm; say so when its last day has passed without it."""
    row = deadline_state(session, plan, deadline)
    if row.submitted_on:
        return
    left = deadline.days_left(today)
    if (alarm := rules.report_alarm(left, row.announced)) is not None:
        row.announced = alarm
        record_once(session, ReportDue(**due(row, deadline), last_day=deadline.last_day, days_left=left), plan)
    elif left < 0 and not row.overdue:
        row.overdue = True
        record_once(session, ReportOverdue(**due(row, deadline), last_day=deadline.last_day), plan)


def deadline_state(session: Session, plan: Plan, deadline: Deadline) -> DeadlineState:
    found = session.get(DeadlineState, (plan.id, deadline.id))
    if found is None:
        found = DeadlineState(
            plan_id=plan.id, deadline=deadline.id, deadline_id=uuid5(plan.unit.id, f"{plan.id}/{deadline.id}")
        )
        session.add(found)
    return found


def due(row: DeadlineState, deadline: Deadline) -> dict[str, object]:
    """What every event about a report says."""
    return {"deadline_id": row.deadline_id, "report": deadline.report, "title": deadline.title.vi}


def watch_cadence(session: Session, plan: Plan, day: PlanDay) -> None:
    """Report a silence once, until something is published again."""
    since = plan.period.starts_on
    silent = rules.gap_days(day.today, last_published_on=day.last_published_on, since=since)
    mark = day.last_published_on or since
    if silent is not None and day.gap_said_for != mark:
        day.gap_said_for = mark
        record_once(
            session,
            CadenceGapDetected(
                cadence_id=day.cadence_id,
                unit_id=plan.unit.id,
                last_published_on=day.last_published_on,
                days_silent=silent,
            ),
            plan,
        )


def submit_report(session: Session, plan: Plan, deadline_id: str, *, today: date) -> None:
    """Send a report of the plan to the tier that it goes to.

    Raises Refused("report.not_yet") before the plan began, Refused("report.commune_ended") for one that the successor
    owes, Conflict("report.already_submitted").
    """
    deadline = next((one for one in plan.deadlines if one.id == deadline_id), None)
    if deadline is None:
        raise Refused("report.unknown", value=deadline_id)
    if today < plan.period.starts_on:
        raise Refused("report.not_yet")
    ending = ending_of(session, EndedPlan, plan.id)
    if ending and deadline.last_day >= ending.on:
        raise Refused("report.commune_ended", day=f"{ending.on:%d/%m/%Y}", successor=str(ending.successor.unit.name))
    row = deadline_state(session, plan, deadline)
    if row.submitted_on:
        raise Conflict("report.already_submitted", on=f"{row.submitted_on:%d/%m/%Y}")
    row.submitted_on, row.on_time = today, deadline.is_met_by(today)
    record(
        session,
        ReportSubmitted(
            **due(row, deadline),
            to_unit_id=plan.unit_by_key(deadline.to).id,
            submitted_on=today,
            on_time=row.on_time,
        ),
        plan,
    )

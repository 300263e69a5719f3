"""Announces each calendar day once per plan, so that everything that depends on "today" hangs on an event."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID, uuid5

from sqlalchemy import Engine
from sqlmodel import Session

from shared.bus.record import record
from shared.database import transaction
from shared.events.clock import DayBegan
from shared.plan import Plan

GRACE = timedelta(days=365)  # reports may be owed after the period ends
MOST_AT_ONCE = 31
_NAMESPACE = UUID("6f0d8d0a-6f64-5d0e-9c56-7d2c4b7c1c11")


def announce_days(engine: Engine, plans: Iterable[Plan], today: date) -> int:
    """Say `clock.day_began` for every day not yet announced, oldest first; how many were said.

    A plan begins to be announced on the day when it is activated (`first_day`). Days on which the installation was off
    are caught up with, at most MOST_AT_ONCE per call and plan.
    """
    return sum(announce(engine, plan, today) for plan in plans)


def announce(engine: Engine, plan: Plan, today: date) -> int:
    with transaction(engine) as session:
        last = session.connection().exec_driver_sql(LAST_DAY, (plan.id,)).scalar()
        if last is None:
            return 0
        until = min(today, plan.period.ends_on + GRACE, last + timedelta(days=MOST_AT_ONCE))
        days = [last + timedelta(days=n) for n in range(1, (until - last).days + 1)]
        for day in days:
            record(session, DayBegan(day_id=uuid5(_NAMESPACE, f"{plan.id}/{day}"), day=day), plan)
        if days:
            session.connection().exec_driver_sql(
                "UPDATE bus.day SET last_day = %s WHERE planid = %s", (days[-1], plan.id)
            )
        return len(days)


def first_day(session: Session, plan: Plan, day: date) -> None:
    """Begin announcing days for a plan, from `day` on (inclusive). Does nothing when it has begun before."""
    session.connection().exec_driver_sql(FIRST_DAY, (plan.id, day - timedelta(days=1)))


LAST_DAY = "SELECT last_day FROM bus.day WHERE planid = %s FOR UPDATE"
FIRST_DAY = "INSERT INTO bus.day (planid, last_day) VALUES (%s, %s) ON CONFLICT (planid) DO NOTHING"

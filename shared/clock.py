"""The only place that reads the clock. Everything else is told the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from shared.settings import settings

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC; in a demonstration, moved by the installation's clock offset.

    For what happens in the plan. Leases, sessions and other machinery live by the database's own now().
    """
    return _set_to.get() or datetime.now(UTC) + timedelta(seconds=settings().clock_offset_s)


def today() -> date:
    """The present day in Vietnam, where every deadline of a plan counts."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The Vietnamese calendar day in which an aware moment falls."""
    return moment.astimezone(VIETNAM).date()


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Inside, it is `moment`: for loading sample data of the past and for tests."""
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)

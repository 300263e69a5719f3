"""What services ask of a plan, answered for any plan: nothing here knows a commune."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from shared.plan.catalogue import Channel, Purpose, Recipient
from shared.plan.clause import Clause, Section
from shared.plan.period import Window
from shared.plan.plan import Plan
from shared.plan.schedule import Deadline, Occasion, Quota
from shared.plan.text import Text
from shared.plan.unit import Unit

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Scored:
    """One thing that a council member gives points for."""

    id: str
    title: Text
    text: Text


def scored_criteria(plan: Plan, field_id: str) -> tuple[Scored, ...]:
    """What is scored for a nomination in a field: the general criteria, then the field's own if the plan says so.

    Raises UnknownInPlan for a field that the plan does not have.
    """
    field = plan.field(field_id)
    general = tuple(Scored(each.id, each.title, each.text) for each in plan.criteria)
    return (*general, Scored(field.id, field.title, field.text)) if plan.review.field_is_scored else general


def answer_by(plan: Plan, *, submitted_on: date, holidays: Collection[date] = frozenset()) -> date:
    """The last day for an answer: the plan's working days after the day of submission, which does not count."""
    return working_day_after(submitted_on, plan.review.answer_within_working_days, holidays=holidays)


def working_day_after(day: date, count: int, *, holidays: Collection[date] = frozenset()) -> date:
    """The `count`-th working day after a day. Working days are Monday to Friday without `holidays`."""
    left = count
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY and day not in holidays
    return day


def units_of(plan: Plan, *kinds: str) -> tuple[Unit, ...]:
    """The units of some kinds, in the plan's order."""
    return tuple(unit for unit in plan.units if unit.kind in kinds)


def units_within(plan: Plan, unit: Unit) -> tuple[Unit, ...]:
    """A unit and every unit below it, in the plan's order."""
    within = {unit.key}
    size = 0
    while size != len(within):
        size = len(within)
        within |= {each.key for each in plan.units if each.parent in within}
    return tuple(each for each in plan.units if each.key in within)


def units_owing(plan: Plan, quota: Quota) -> tuple[Unit, ...]:
    """The units that owe a quota, each for itself."""
    if quota.unit in {"commune", plan.unit.kind}:
        return (plan.unit,)
    return units_of(plan, quota.unit)


def quota_window(plan: Plan, quota: Quota, day: date) -> Window | None:
    """The window of a quota that runs on a day; None outside the plan's period."""
    if not plan.period.contains(day):
        return None
    return next(window for window in quota.windows(plan.period) if window.contains(day))


def next_deadline(plan: Plan, today: date) -> Deadline | None:
    """The deadline that can still be met and comes first."""
    ahead = (deadline for deadline in plan.deadlines if deadline.is_met_by(today))
    return min(ahead, key=lambda deadline: deadline.before, default=None)


def occasions_of(plan: Plan, year: int) -> tuple[Occasion, ...]:
    """The occasions of a year: those with a day in order, then those without."""
    found = (occasion for occasion in plan.occasions if occasion.year == year)
    return tuple(sorted(found, key=lambda occasion: (occasion.on is None, occasion.on or date.max)))


def active_channels(plan: Plan) -> tuple[Channel, ...]:
    """The channels that the product carries stories to."""
    return tuple(channel for channel in plan.channels if channel.active)


def channel_forms(plan: Plan, channels: Iterable[str]) -> frozenset[Literal["traditional", "online"]]:
    """The forms among some channels: a good mix has both (plan I.2). Raises UnknownInPlan for an unknown channel."""
    return frozenset(plan.channel(channel).form for channel in channels)


def recipients_of(plan: Plan, purpose: Purpose) -> tuple[Recipient, ...]:
    """The lines of "Nơi nhận" with a purpose."""
    return tuple(recipient for recipient in plan.recipients if recipient.purpose == purpose)


def recipient_units(plan: Plan, recipient: Recipient) -> tuple[Unit, ...]:
    return tuple(plan.unit_by_key(key) for key in recipient.units)


def party_title(plan: Plan, party: str) -> Text:
    """The title of whoever a clause says acts or is told. Raises UnknownInPlan."""
    for parties in (plan.roles, plan.groups, plan.recipients):
        for each in parties:
            if each.id == party:
                return each.title
    return plan.role(party).title  # unknown: says so


def clauses_by_section(plan: Plan) -> Mapping[Section, tuple[Clause, ...]]:
    """{section: its clauses}, every section of the plan in order, those without clauses too."""
    return {
        section: tuple(clause for clause in plan.clauses if clause.section == section.id) for section in plan.sections
    }

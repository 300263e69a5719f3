"""What a launched movement needs."""

from dataclasses import dataclass
from datetime import date

from services.nomination.rules.fault import Fault, Faults, Incomplete
from services.nomination.rules.typed import Typed, day_in, one, text_in
from shared.plan import Plan

TITLE_LENGTH = range(5, 201)  # characters; the last is 200


@dataclass(frozen=True, slots=True)
class Launch:
    """A movement about to be launched; `ends_on` is its last day."""

    title: str
    starts_on: date
    ends_on: date


def launch_from(typed: Typed, plan: Plan) -> Launch:
    """The movement that was typed. Raises Incomplete with every box that is wrong."""
    faults: Faults = {}
    title = text_in(typed, "title", TITLE_LENGTH.stop - 1, faults)
    starts_on = day_in(typed, "starts_on", faults)
    ends_on = day_in(typed, "ends_on", faults)
    if len(title) < TITLE_LENGTH.start:
        faults.setdefault("title", Fault("title.missing", {"shortest": TITLE_LENGTH.start}))
    for box, day in (("starts_on", starts_on), ("ends_on", ends_on)):
        if day is None:
            faults.setdefault(box, Fault("day.missing"))
        elif not plan.period.contains(day):
            faults[box] = Fault("day.outside_plan", outside(plan, one(typed, box)))
    if starts_on and ends_on and ends_on < starts_on:
        faults.setdefault("ends_on", Fault("ends_on.before_start", {"value": one(typed, "ends_on")[:40]}))
    if faults or starts_on is None or ends_on is None:
        raise Incomplete(faults)
    return Launch(title, starts_on, ends_on)


def outside(plan: Plan, value: str) -> dict[str, str]:
    return {
        "value": value[:40],
        "first": f"{plan.period.starts_on:%d/%m/%Y}",
        "last": f"{plan.period.ends_on:%d/%m/%Y}",
    }

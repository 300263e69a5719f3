"""What a launched movement needs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.nomination.rules.dossier import unknown
from services.nomination.rules.fault import Fault, Faults, Incomplete
from services.nomination.rules.typed import Typed, day_in, one, text_in
from shared.plan import Plan, Text, Unit
from shared.plan.catalogue import Movement

TITLE_LENGTH = range(5, 201)  # characters; the last is 200


@dataclass(frozen=True, slots=True)
class Launch:
    """A movement about to be launched; `ends_on` is its last day."""

    title: str
    starts_on: date
    ends_on: date
    carries_out: str  # id of the plan's movement that it is tied to


@dataclass(frozen=True, slots=True)
class Launched:
    """A unit's movement as a dossier names it: `carries_out` stands for it wherever the plan's list is read."""

    id: UUID
    title: str
    carries_out: str
    unit_id: UUID


def with_launched(plan: Plan, launched: Iterable[Launched]) -> Plan:
    """The plan with the units' movements behind its own: what a form offers, and the words for what was chosen."""
    offered = (Movement(str(one.id), titled(one, plan.unit_by_id(one.unit_id)), "") for one in launched)
    return replace(plan, movements=(*plan.movements, *offered))


def titled(launched: Launched, unit: Unit) -> Text:
    """The movement with the unit that launched it: two villages may have one of the same name."""
    return Text(f"{launched.title} ({unit.name.vi})", f"{launched.title} ({unit.name.en})")


def launch_from(typed: Typed, plan: Plan) -> Launch:
    """The movement that was typed. Raises Incomplete with every box that is wrong."""
    faults: Faults = {}
    title = text_in(typed, "title", TITLE_LENGTH.stop - 1, faults)
    starts_on = day_in(typed, "starts_on", faults)
    ends_on = day_in(typed, "ends_on", faults)
    carries_out = one(typed, "carries_out") or plan.movements[0].id
    if all(carries_out != each.id for each in plan.movements):
        faults["carries_out"] = unknown("movement", carries_out, plan.movements)
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
    return Launch(title, starts_on, ends_on, carries_out)


def outside(plan: Plan, value: str) -> dict[str, str]:
    return {
        "value": value[:40],
        "first": f"{plan.period.starts_on:%d/%m/%Y}",
        "last": f"{plan.period.ends_on:%d/%m/%Y}",
    }

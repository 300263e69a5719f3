"""The ladder of role models: from their own unit up to the nation, as the plan names its rungs."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.plan.plan import Plan
from shared.plan.rung import Rung
from shared.plan.unit import Unit


@dataclass(frozen=True, slots=True)
class Tier:
    """A rung above the commune, and the unit that stands for it; None where it is no unit of the plan: the nation."""

    rung: Rung
    unit: Unit | None


def own_rung(plan: Plan) -> Rung | None:
    """The first rung: an example in one's own unit. None when the plan has no ladder."""
    return plan.ladder[0] if plan.ladder else None


def commune_rung(plan: Plan) -> Rung | None:
    """The second rung: recognised by the commune that issued the plan."""
    return plan.ladder[1] if len(plan.ladder) > 1 else None


def tiers_on(plan: Plan, day: date) -> tuple[Tier, ...]:
    """The rungs above the commune that there are on a day, the lowest first.

    A rung of a kind of unit is there only if such a unit stands above the commune. A plan without a ladder has the
    tier that its reports go to.
    """
    above = units_above(plan)
    if not plan.ladder:
        return (Tier(Rung(plan.aggregator.kind, plan.aggregator.name, "", plan.aggregator.kind), plan.aggregator),)
    found = []
    for rung in plan.ladder[2:]:
        unit = next((each for each in above if each.kind == rung.of), None)
        if rung.stands_on(day) and (rung.of is None or unit):
            found.append(Tier(rung, unit))
    return tuple(found)


def tier_of_unit(plan: Plan, unit_id: UUID, day: date) -> Tier | None:
    """The tier for which a unit stands on a day; None when it stands for none."""
    return next((tier for tier in tiers_on(plan, day) if tier.unit and tier.unit.id == unit_id), None)


def units_above(plan: Plan) -> list[Unit]:
    """The units above the commune, the nearest first."""
    above: list[Unit] = []
    unit = plan.unit
    while unit.parent:
        unit = plan.unit_by_key(unit.parent)
        above.append(unit)
    return above

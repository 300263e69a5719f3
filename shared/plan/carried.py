"""A dossier that goes on under another commune's plan, read with the words of the plan under which it was written."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Protocol, TypeVar

from shared.plan.plan import Plan
from shared.plan.shelf import plan_of


class _Named(Protocol):
    @property
    def id(self) -> object: ...


N = TypeVar("N", bound=_Named)


def plan_for(plan_id: str, origin: str | None) -> Plan:
    """The plan under which a dossier goes on; `origin` is the one under which it was written, None for the same.

    What the plan does not know of the dossier's field, movement, kinds, areas and units is read in its origin. For
    dossiers only: the plan's own lists hold nothing of its predecessors. Raises UnknownInPlan.
    """
    plan = plan_of(plan_id)
    return plan if origin in {None, plan_id} else carried_on(plan, plan_of(str(origin)))


@cache
def carried_on(plan: Plan, origin: Plan) -> Plan:
    """The plan with what only its predecessor names. The council's criteria are the plan's own."""
    return replace(
        plan,
        units=(*missing(plan.units, origin.units), *plan.units),  # the plan's own come last: they keep their keys
        subject_kinds=(*plan.subject_kinds, *missing(plan.subject_kinds, origin.subject_kinds)),
        model_kinds=(*plan.model_kinds, *missing(plan.model_kinds, origin.model_kinds)),
        achievement_areas=(*plan.achievement_areas, *missing(plan.achievement_areas, origin.achievement_areas)),
        fields=(*plan.fields, *missing(plan.fields, origin.fields)),
        movements=(*plan.movements, *missing(plan.movements, origin.movements)),
    )


def missing(known: Iterable[N], others: Iterable[N]) -> tuple[N, ...]:
    ids = {one.id for one in known}
    return tuple(one for one in others if one.id not in ids)

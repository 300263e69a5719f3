"""The plans of this installation."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from types import MappingProxyType

from shared.plan import wording
from shared.plan.faults import Fault, PlanFaults
from shared.plan.loader import load
from shared.plan.plan import Plan, UnknownInPlan
from shared.settings import settings

_reading = Lock()  # the first requests of a process come together: one reads, the others wait for what it read


def shelf() -> Mapping[str, Plan]:
    """{plan id: plan} of every *.yaml in the plans folder and its subfolders, read once per process.

    Sample plans are among them in a demonstration only. Raises PlanFaults with the faults of all files.
    """
    return shelf_for(settings().plans_dir, samples=settings().demo)


@cache
def shelf_for(folder: Path, *, samples: bool) -> Mapping[str, Plan]:
    """The plans of a folder, without or with the samples."""
    plans = shelf_in(folder)
    return MappingProxyType({plan_id: plan for plan_id, plan in plans.items() if samples or not plan.sample})


def plan_of(plan_id: str) -> Plan:
    """A plan by its id. Raises UnknownInPlan when this installation does not carry it out."""
    plans = shelf()
    if (plan := plans.get(plan_id)) is None:
        raise UnknownInPlan("plan", plan_id, plans)
    return plan


def shelf_in(folder: Path) -> Mapping[str, Plan]:
    """The plans of a folder, as `shelf` gives them; in the order of their paths, real plans before samples."""
    with _reading:
        return _read(folder)


@cache
def _read(folder: Path) -> Mapping[str, Plan]:
    plans: dict[str, Plan] = {}
    faults: list[Fault] = []
    for path in sorted(folder.rglob("*.yaml")):
        try:
            plan = load(path)
        except PlanFaults as found:
            faults.extend(found.faults)
            continue
        if plan.id in plans:
            said = wording.repeated_plan(plan.id)
            faults.append(Fault(str(path), 1, "id", said.wrong, said.instead, said.key))
        plans.setdefault(plan.id, plan)
    if faults:
        raise PlanFaults(list(dict.fromkeys(faults)))
    return MappingProxyType(dict(sorted(plans.items(), key=lambda item: item[1].sample)))

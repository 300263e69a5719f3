"""From whom a nomination comes (plan V.2, V.3): villages, organisations, the media body, the council."""

from enum import StrEnum

from services.nomination.rules.fault import Fault, Incomplete
from shared.access.principal import Principal, Role
from shared.plan import Plan, Text, Unit, UnknownInPlan
from shared.plan.questions import units_within


class Source(StrEnum):
    VILLAGE = "village"
    ORGANISATION = "organisation"
    MEDIA = "media"
    COUNCIL = "council"


VILLAGES = frozenset({"village", "neighbourhood"})
COUNCILS = frozenset({"council", "commune", "ward", "township", "special_zone"})


def source_of(unit_kind: str) -> Source:
    """The source by the kind of the nominating unit; agencies, schools and stations count as organisations."""
    if unit_kind in VILLAGES:
        return Source.VILLAGE
    if unit_kind in COUNCILS:
        return Source.COUNCIL
    return Source.MEDIA if unit_kind == "media" else Source.ORGANISATION


def nominating_unit(plan: Plan, who: Principal, key: str) -> Unit | Fault:
    """The unit in whose name the asker nominates, or why not.

    People of a unit speak for their own. The clerk enters what others brought on paper, and the leads of the media
    and of the council (plan V.3), and so has to name a unit of the commune.
    """
    if who.role is not Role.CLERK:
        own = plan.unit_by_id(who.unit_id)
        return own if key in {"", own.key} else Fault("unit.not_yours", {"value": key[:80], "own": own.key})
    within = units_within(plan, plan.unit)
    if not key:
        return Fault("unit.missing")
    try:
        unit = plan.unit_by_key(key)
    except UnknownInPlan:
        unit = None
    if unit is None or unit not in within:
        return Fault("choice.unknown", {"value": key[:80], "choices": ", ".join(each.key for each in within)})
    return unit


def usual_village(plan: Plan, who: Principal) -> Text | None:
    """The village of the asker, where most nominees live; None for people who speak for no village."""
    unit = plan.unit_by_id(who.unit_id)
    return unit.name if source_of(unit.kind) is Source.VILLAGE else None


def named_unit(plan: Plan, who: Principal, key: str) -> Unit:
    """As `nominating_unit`, but raises Incomplete."""
    unit = nominating_unit(plan, who, key)
    if isinstance(unit, Fault):
        raise Incomplete({"unit": unit})
    return unit

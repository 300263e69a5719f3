"""What of the report's knowledge a reader is shown."""

from services.report.models import NominationFact
from shared.access.principal import Principal
from shared.access.rights import Action, Thing, decide
from shared.errors import NotFound
from shared.plan import Plan
from shared.plan.shelf import plan_of, shelf


def may_open_events(who: Principal | None, plan_id: str) -> bool:
    """Whether the reader may open the events of a plan."""
    return who is not None and decide(who, Action.OPEN_EVENTS, Thing(plan_id, plan_of(plan_id).unit.id)).allowed


def plans_seen(who: Principal) -> list[Plan]:
    """The plans whose progress the asker oversees: their own; for the tier, every plan that reports to it."""
    return [
        plan for plan in shelf().values() if decide(who, Action.READ_PROGRESS, Thing(plan.id, plan.unit.id)).allowed
    ]


def followed(who: Principal, fact: NominationFact | None) -> NominationFact:
    """The nomination, if the asker may follow it: the nominating unit, the commune, the tier. Raises NotFound."""
    if fact is None or not decide(who, Action.READ_ROAD, Thing(fact.plan_id, fact.unit_id)).allowed:
        raise NotFound("thing.unknown")
    return fact
